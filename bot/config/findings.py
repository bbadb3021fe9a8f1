"""Findings of `advisor doctor`."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """OK: in order. LOOK: works, with something to know. BAD: the advisor, or a part of it, does not work."""

    OK = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `code` stays the same from version to version, `message` may change.

    `message` says what was found and, if something is wrong, what to do.
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
