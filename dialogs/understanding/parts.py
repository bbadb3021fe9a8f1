"""The parts of a line that each ask for something, with the probability of each kind of command where the talk stands.

A line is cut where a new wish may begin: at sentences, and inside them at commas and joining words.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import Kind
from dialogs.conversation import Conversation
from dialogs.flows.board_position import board_of
from dialogs.understanding.mentions import mentions
from dialogs.understanding.thresholds import APART, BEGINS, LOOKS, SURELY_APART, WRITES
from knowledge.interfaces import Place, Where
from knowledge.pack import Question

_MOST = 6
"""Sentences of a line, or clauses of a sentence, that are understood one by one."""

_ENDS = re.compile(r"(?<=[.!?…])[)\"'”]*\s+(?=\S)|\n+|;\s+|\s+[–—-]\s+")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|approx|ca|nr|no|vs|etc|max|min|incl)\.|\b\d+\.)$", re.IGNORECASE)
_JOINTS = re.compile(r",(?!\d)\s*|\s+(?=(?:and|but|then|also|so|plus|or)\b)", re.IGNORECASE)
_NUMBERS = re.compile(r"#?\d+(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?=#?\d)", re.IGNORECASE)
"""Numbers that a comma or a word joins are one phrase."""
_WORD = re.compile(r"\w")


class Heard(NamedTuple):
    """A part of a line with the probability of each kind of command."""

    text: str
    likely: Mapping[str, float]

    @classmethod
    def of(cls, advisor: Advisor, conversation: Conversation, text: str) -> "Heard":
        return cls(text, advisor.knowledge.command_kinds.probabilities(text, place_of(advisor, conversation, text)))

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


def place_of(advisor: Advisor, conversation: Conversation, text: str) -> Place:
    flows = advisor.flows
    flow, prompt = flows.current(conversation), flows.open_prompt(conversation)
    question = prompt.id if isinstance(prompt, Question) else None
    # The first line of a thread is about nothing that is listed in the channel.
    listed = bool(conversation.revision and board_of(conversation).shown)
    where: Where
    if not flow.accepts_descriptions:
        where = "lesson"
    elif flow is flows.board:
        where = "board"
    elif question is not None:
        where = "question"
    else:
        where = "result" if conversation.started or listed else "fresh"
    return Place(
        where,
        question,
        proposed=conversation.confirm is not None and where != "lesson",
        listed=listed,
        named=bool(listed and mentions(advisor, board_of(conversation), text)),
        last=conversation.last,
    )


def segments(text: str) -> tuple[str, ...]:
    parts, at = [], 0
    for end in _ENDS.finditer(text):
        part = text[at : end.start()].strip()
        if part and not _ABBREVIATED.search(part):
            parts.append(part)
            at = end.end()
    parts.append(text[at:].strip())
    return tuple(part for part in parts if _WORD.search(part))


def clauses(segment: str) -> tuple[str, ...]:
    """The parts of a sentence that commas and joining words divide."""
    joined = [span for found in _NUMBERS.finditer(segment) for span in range(*found.span())]
    cuts = [0, *(joint.start() for joint in _JOINTS.finditer(segment) if joint.start() not in joined), len(segment)]
    parts = (segment[begin:end].strip(" ,") for begin, end in pairwise(cuts))
    return tuple(part for part in parts if _WORD.search(part))
