"""Findings of `advisor doctor`."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


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


ok = partial(Finding, Status.OK)
look = partial(Finding, Status.LOOK)
bad = partial(Finding, Status.BAD)
