"""Parsers: from a typed text, at one point of a conversation, to an intent; from a press of feedback to a rating."""
