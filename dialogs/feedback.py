"""What feedback says, and about what."""

from dataclasses import dataclass

RESULT = "result"
"""What feedback is about: `result:<verdict>`, or the id of a passage, an outside entry or a term."""

UP, DOWN = "up", "down"

NOTE_LIMIT = 300
"""Characters of what somebody wrote to their feedback."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One press of feedback: what it is about, whether it was of use, and what the person wrote to it.

    `begun` tells apart the results of one conversation.
    """

    about: tuple[str, ...]
    up: bool
    note: str = ""
    begun: int = 0


def about_result(verdict: str) -> str:
    """What feedback on a result is about."""
    return f"{RESULT}:{verdict}"


def about_of(text: str) -> tuple[str, ...]:
    """What a press is about, from the text that cards carry: ids with commas between."""
    return tuple(filter(None, text.split(",")))
