"""Labelled texts of the project's own. See docs/understanding.md."""
