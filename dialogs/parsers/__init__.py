"""What typed text means: from a text, at one point of a conversation, to an intent."""
