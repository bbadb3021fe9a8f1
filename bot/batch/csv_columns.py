"""The columns of a CSV of ideas: the text, the questions, and those that are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.pack import Question

ADDED = ("verdict", "strength", "scenario", "passage", "missing", "ask", "error")
"""The columns that the output adds; one that the input already has is overwritten."""

EVIDENCE = "read"
"""An optional column: each answer that was read, with its words."""


class BadFile(ValueError):
    """A file that cannot be used; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The output's header, how many of its columns the input has, and where ours are in it."""

    header: tuple[str, ...]
    given: int
    text: int
    questions: Mapping[int, Question]
    added: Mapping[str, int]

    @classmethod
    def of(cls, header: Sequence[str], questions: Sequence[Question], *, evidence: bool = False) -> "Columns":
        """Reads a header, ignoring case; BadFile if it has no `text` or has a name of ours twice."""
        wanted = (*ADDED, EVIDENCE) if evidence else ADDED
        names = [name.strip().casefold() for name in header]
        ours = {question.id: question for question in questions}
        for name in ("text", *ours, *wanted):
            if names.count(name) > 1:
                raise BadFile(f"There are two columns `{name}`. Keep one of them.")
        if "text" not in names:
            shown = ", ".join(header) or "none"
            raise BadFile(f"No column is called `text`. Columns: {shown}. Name the one with the ideas `text`.")
        whole = [*names, *(name for name in wanted if name not in names)]
        return cls(
            header=(*header, *whole[len(names) :]),
            given=len(names),
            text=names.index("text"),
            questions={at: ours[name] for at, name in enumerate(names) if name in ours},
            added={name: whole.index(name) for name in wanted},
        )
