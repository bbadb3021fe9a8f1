"""Short remarks; the words of each stand in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.message import Person

Remark = Literal[
    "questions_wait",
    "lessons_wait",
    "no_lessons",
    "no_such_lesson",
    "no_practice",
    "lessons_left",
    "lesson_why",
    "at_the_first_lesson",
    "once_more",
    "not_finished",
    "finished_by",
    "belongs_to",
    "hello_again",
    "you_are_welcome",
    "cancelled",
    "nothing_to_cancel",
    "at_the_first",
    "outdated",
    "came_late",
    "pack_changed",
    "nothing_open",
    "triage_empty",
    "one_idea",
    "too_fast",
    "newer_version",
    "forgotten",
]


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the fixed short remarks of the catalogue, by its key there."""

    remark: Remark
    values: Mapping[str, str | Person] = field(default_factory=dict)
