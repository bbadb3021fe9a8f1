"""Feedback: whether a result or an answer was of use."""

from dataclasses import dataclass

RESULT = "result"
"""The subject of feedback is `result:<verdict>`, or the id of a passage, an outside entry or a term."""

UP, DOWN = "up", "down"

NOTE_LIMIT = 300
"""Characters of the note that somebody adds to their feedback."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One press of feedback: its subjects, whether they were of use, and the person's note.

    `begun` distinguishes several results of one conversation.
    """

    about: tuple[str, ...]
    up: bool
    note: str = ""
    begun: int = 0


def about_result(verdict: str) -> str:
    """The subject of feedback on a result."""
    return f"{RESULT}:{verdict}"


def about_of(text: str) -> tuple[str, ...]:
    """The subjects of a press, from the comma-separated ids that cards carry."""
    return tuple(filter(None, text.split(",")))
