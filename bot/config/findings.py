"""What `advisor doctor` found out."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """OK: in order. LOOK: works, and somebody should know. BAD: keeps the advisor, or a part of it, from working."""

    OK = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried. `code` stays the same from version to version, `message` may change.

    `message` says what is so and, where something is wrong, what to do.
    """

    status: Status
    area: str
    code: str
    message: str


def ok(area: str, code: str, message: str) -> Finding:
    """It is in order."""
    return Finding(Status.OK, area, code, message)


def look(area: str, code: str, message: str) -> Finding:
    """It works, with something to know."""
    return Finding(Status.LOOK, area, code, message)


def bad(area: str, code: str, message: str) -> Finding:
    """It does not work."""
    return Finding(Status.BAD, area, code, message)
