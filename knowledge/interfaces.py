"""What the rest of the advisor asks of text: a few small interfaces and their results.

`lexical` serves them from the pack's words alone; a better engine takes its place without anyone else noticing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.certainty import Certainty as Certainty
from knowledge.pack import Pack

PROJECT = 0.4
"""From this sureness on, a text that asks nothing describes a project."""


class MatchOutcome(StrEnum):
    """ANSWER: sure enough to answer at once. OFFER: "did you mean". UNKNOWN: say that it is not covered."""

    ANSWER = "answer"
    OFFER = "offer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """Which passages a text asks for.

    `top` holds up to three ids of passages, outside entries or terms, best first, also where the outcome is UNKNOWN.
    `score` is 0..1. So many of the first of `top` are answered `together`: a question may ask how two terms differ.
    """

    outcome: MatchOutcome
    top: tuple[str, ...]
    score: float
    together: int = 1


@dataclass(frozen=True, slots=True)
class Closest:
    """The closest scenario or FAQ and how close it is, 0..1. `id` is None where nothing is near."""

    id: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that a text already gives, with the words that led to it.

    `probability`: how likely it is, 0..1; 1 where it is stated in so many words.
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
        """How sure it is that the text describes a project, whichever scenario it is closest to; 0..1."""

    def calls(self, text: str) -> tuple[str, ...]:
        """The outside entries that a description calls for, whether or not they are shown any more; best first."""

    def faq(self, text: str) -> Closest:
        """The closest of the FAQs (never None where the pack has any)."""

    def prepare(self, idea: str) -> None:
        """Compares an idea beforehand, so that a result need not."""


class Reader(Protocol):
    """Reads answers out of text. In doubt it reads nothing: a wrong reading is worse than none."""

    def read(self, text: str) -> Mapping[str, Reading]:
        """Answers that the text states or plainly implies, by question id."""

    def read_answer(self, text: str) -> Mapping[str, Reading]:
        """The same for a reply about an idea that is known: what the reply itself is about answers nothing."""

    def likely(self, text: str) -> Mapping[str, Reading]:
        """Answers that it rather implies than not and that are not read: not sure enough, or kept back by a guard."""

    def stated(self, text: str) -> Mapping[str, Reading]:
        """Of those that are read, what it states in so many words."""

    def hedged(self, text: str) -> bool:
        """Whether it speaks of others or of another time, sets a condition, or takes back what it says."""


@dataclass(frozen=True, slots=True)
class UnderstoodAnswer:
    """What a reply says about one question: an option or `unsure`, how sure, and the words it was read from.

    `probability`: how likely it is, 0..1; 1 where it is stated in so many words.
    """

    question: str
    option: str
    certainty: Certainty
    evidence: str
    probability: float = 1.0


class AnswerReader(Protocol):
    """Reads typed replies. Total: any text gives a result, no text raises."""

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        """What a typed reply answers, in the light of the open question: that one first, then any other question; ()
        where it answers nothing. At most one per question.
        """


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A pack and the engines that understand text in its terms."""

    pack: Pack
    matcher: Matcher
    reader: Reader
    typed_answers: AnswerReader
    by_meaning: bool = False
    """Whether an encoder helps; else text is understood by its words alone."""
