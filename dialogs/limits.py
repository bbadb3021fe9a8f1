"""How much is read of what people send; what is beyond is never parsed."""

MAX_TEXT = 4_000
"""Characters of one text."""
