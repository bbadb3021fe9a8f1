"""The parts of a line that each ask for something, with the probability of each kind of command."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import Kind
from dialogs.conversation import Conversation
from dialogs.understanding.ranker import likely_kinds
from dialogs.understanding.segments import clauses, segments
from dialogs.understanding.thresholds import APART, BEGINS, LOOKS, SURELY_APART, WRITES

_MOST = 6
"""Sentences of a line, or clauses of a sentence, that are understood one by one."""


class Heard(NamedTuple):
    """A part of a line with the probability of each kind of command."""

    text: str
    likely: Mapping[str, float]

    @classmethod
    def of(cls, advisor: Advisor, conversation: Conversation, text: str) -> "Heard":
        return cls(text, likely_kinds(advisor, conversation, text))

    @property
    def ranked(self) -> tuple[tuple[str, float], ...]:
        """The kinds, the likeliest first."""
        return tuple(sorted(self.likely.items(), key=lambda each: -each[1]))

    @property
    def best(self) -> tuple[str, float]:
        return max(self.likely.items(), key=lambda each: each[1], default=(Kind.CHAT, 0.0))

    @property
    def begins(self) -> bool:
        """Whether the part is an idea, or a list."""
        return self.best[0] in (Kind.IDEA, Kind.IDEAS) and self.best[1] >= BEGINS

    @property
    def adds_up(self) -> bool:
        """Whether it is a sum, whose numbers may stand in several sentences."""
        return self.best[0] == Kind.CALCULATE and self.best[1] >= LOOKS


def parts_of(advisor: Advisor, conversation: Conversation, whole: Heard) -> tuple[Heard, ...]:
    """The sentences of a line, and clauses where each surely asks for something else; an idea and a sum stay whole."""
    cut = segments(whole.text)
    if "\n" in whole.text.strip() or len(cut) > _MOST or whole.begins or whole.adds_up:
        return (whole,)
    parts = tuple(_joined(each for sentence in cut for each in _apart(advisor, conversation, sentence)))
    return parts if len(parts) > 1 else tuple(part._replace(text=whole.text) for part in parts)


def _apart(advisor: Advisor, conversation: Conversation, sentence: str) -> tuple[Heard, ...]:
    whole, cut = Heard.of(advisor, conversation, sentence), clauses(sentence)
    if not 1 < len(cut) <= _MOST:
        return (whole,)
    least = SURELY_APART if whole.best[1] >= WRITES else APART
    groups: list[Heard] = []
    for clause in cut:
        heard = Heard.of(advisor, conversation, clause)
        if groups and (heard.best[1] < least or heard.best[0] == groups[-1].best[0]):
            groups[-1] = groups[-1]._replace(text=f"{groups[-1].text} {clause}")
        else:
            groups.append(heard)
    return tuple(groups) if len(groups) > 1 and groups[0].best[1] >= least else (whole,)


def _joined(parts: Iterable[Heard]) -> list[Heard]:
    """Neighbours that tell one idea are one."""
    joined: list[Heard] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last is not None and last.best[0] == part.best[0] and part.best[0] in (Kind.IDEA, Kind.IDEAS):
            joined[-1] = last._replace(text=f"{last.text} {part.text}")
        else:
            joined.append(part)
    return joined
