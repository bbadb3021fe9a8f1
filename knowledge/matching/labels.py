"""Labels of texts."""

NONE = ""
"""The label of texts that belong nowhere."""
