"""What the rest of the advisor asks of text: a few small interfaces and their results.

Without an encoder, or for a pack without `beside` phrasings, `lexical` implements the matcher; otherwise `semantic`
does. Callers do not depend on which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from knowledge.certainty_thresholds import Certainty as Certainty
from knowledge.judgement import Judgements
from knowledge.pack import Pack
from knowledge.typed_answers.trees import Trees, stored_trees

SURE_PROJECT = 0.95
"""Probability from which a text surely describes a project, whatever else it may be."""

PROJECT = 0.4
"""Probability from which a text that asks nothing is taken to describe a project."""


class MatchOutcome(StrEnum):
    """ANSWER: answer at once. OFFER: ask "did you mean …?". UNKNOWN: say that it is not covered."""

    ANSWER = "answer"
    OFFER = "offer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """Which passages a text asks for.

    `top` holds up to three ids of passages, outside entries or terms, best first, also where the outcome is UNKNOWN.
    `score` is 0..1. `together`: how many of the first of `top` are answered in one message; a question may compare two
    terms. `leads`: the first of what is offered is so far ahead that it may be shown at once, with the others below.
    """

    outcome: MatchOutcome
    top: tuple[str, ...]
    score: float
    together: int = 1
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Closest:
    """The closest scenario or FAQ and how close it is, 0..1. `id` is None if nothing is near."""

    id: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that a text already gives, with the words that led to it.

    `probability`: 0..1; 1 if the answer is stated in words.
    """

    option: str
    evidence: str
    probability: float = 1.0


class Matcher(Protocol):
    """Finds passages and scenarios. Total: any text gives a result, no text raises."""

    def passage(self, text: str) -> Match:
        """The passage a question asks for."""

    def scenario(self, text: str) -> Closest:
        """The scenario closest to a description by structure; none where the text describes no project."""

    def project(self, text: str) -> float:
        """The probability that the text describes a project of any kind, 0..1."""

    def calls(self, text: str) -> tuple[str, ...]:
        """The outside entries that a description calls for, best first; also those that are no longer shown."""

    def faq(self, text: str) -> Closest:
        """The closest of the FAQs (never None where the pack has any)."""

    def prepare(self, idea: str) -> None:
        """Compares an idea in advance, so that its results are cached."""


class Reader(Protocol):
    """Reads answers from text. In doubt it reads nothing: a wrong reading is worse than none."""

    def read(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states or plainly implies, by question id."""

    def read_ahead(self, text: str) -> Iterator[object]:
        """Reads a part of a text at each step. What was found is remembered, so that `read` takes little time."""

    def likely(self, text: str) -> Mapping[str, Reading]:
        """Answers that are more likely than not but are not read: below the threshold, or stopped by a guard."""

    def stated(self, text: str) -> Mapping[str, Reading]:
        """The answers that the text states in words."""

    def hedged(self, text: str) -> bool:
        """Whether the text is about others or another time, sets a condition, or takes something back."""


@dataclass(frozen=True, slots=True)
class UnderstoodAnswer:
    """What a typed answer says about one question: an option or `unsure`, how certain, and the words it was read from.

    `probability`: 0..1; 1 if the answer is stated in words.
    """

    question: str
    option: str
    certainty: Certainty
    evidence: str
    probability: float = 1.0


Where = Literal["fresh", "question", "result", "board", "lesson"]
"""What is on screen."""


class Place(NamedTuple):
    """Where a text is typed: what is on screen, the question that is open, whether an answer to it is proposed, whether
    there is a list, whether the text names ideas of it, and the
    name of the last command.
    """

    where: Where
    question: str | None = None
    proposed: bool = False
    listed: bool = False
    named: bool = False
    last: str = ""


class CommandKinds(Protocol):
    """Recognises which kind of command a part of a line asks for. Total: any text gives a result, no text raises."""

    def probabilities(self, text: str, place: Place) -> Mapping[str, float]:
        """The probability of each kind, as `kind` or `kind.what`; they add up to 1."""


class AnswerReader(Protocol):
    """Reads typed answers. Total: any text gives a result, no text raises."""

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        """What a text answers: the open question first (None: no question is open), then any others. At most one answer
        a question; () if it answers nothing.
        """


class PhraseMatcher(Protocol):
    """Compares a text by meaning with phrases. Total: any text gives a result, no text raises."""

    def nearness(self, text: str, groups: Mapping[str, tuple[str, ...]]) -> Mapping[str, float]:
        """How near the nearest phrase of each group is to the text: up to 1, the same words. A group without phrases,
        and every group for a text without words, has 0.
        """


@dataclass(frozen=True)
class Knowledge:
    """A pack and the engines that understand text in its terms."""

    pack: Pack
    matcher: Matcher
    reader: Reader
    typed_answers: AnswerReader
    command_kinds: CommandKinds
    common_words: frozenset[str] = frozenset()
    """Words in lower case that stand in what people ask."""
    by_meaning: bool = False
    """Whether the encoder is used. Without one, or for a pack without `beside` phrasings, text is understood by its
    words alone.
    """
    phrases: PhraseMatcher | None = None
    """Only with the encoder: words alone tell nothing of how near a text is."""

    candidates: Trees = field(default_factory=stored_trees)
    """By which the answers that a part of a line may give are ranked."""

    @cached_property
    def judgements(self) -> Judgements:
        """What follows from sets of answers."""
        return Judgements(self.pack)
