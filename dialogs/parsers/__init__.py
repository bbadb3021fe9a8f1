"""Parsers: from a typed text, at one point of a conversation, to an intent."""
