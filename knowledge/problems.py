"""What can be wrong with a pack, worded for its author."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `line` counts from 1; None where the whole file or folder is meant."""

    file: Path
    line: int | None
    message: str
    hint: str

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message} {self.hint}"


class PackError(Exception):
    """A pack that cannot be used, with every problem that was found; its text is one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))


def one_of(wrong: str, known: Collection[str]) -> str:
    """A hint that lists what is known, the nearest first as a suggestion."""
    if not known:
        return "None is known."
    nearest = get_close_matches(wrong, known, n=1)
    suggestion = f"Did you mean `{nearest[0]}`? " if nearest else ""
    return f"{suggestion}Known: {', '.join(known)}."
