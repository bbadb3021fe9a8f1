"""An advisor that understands what it is told to: what texts answer, state, describe and ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation
from knowledge.interfaces import Certainty, Closest, Knowledge, Match, MatchOutcome, Place, Reading, UnderstoodAnswer
from tests.dialogs.talk import NOON

NOWHERE = Match(MatchOutcome.UNKNOWN, (), 0.0)


def sure(question: str, option: str, share: float = 1.0) -> UnderstoodAnswer:
    """Plainly said."""
    return UnderstoodAnswer(question, option, Certainty.TAKE, f"{question} {option}", share)


def maybe(question: str, option: str) -> UnderstoodAnswer:
    """Likely meant."""
    return UnderstoodAnswer(question, option, Certainty.PROPOSE, f"{question} {option}")


@dataclass
class Understanding:
    """What texts mean; of a text that is not listed, nothing is understood.

    `replies` are keyed by text, or by text and open question where that makes a difference. `projects` has how sure a
    text describes a project.
    """

    replies: Mapping[str | tuple[str, str | None], tuple[UnderstoodAnswer, ...]] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    projects: Mapping[str, float] = field(default_factory=dict)
    passages: Mapping[str, Match] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def probabilities(self, text: str, place: Place) -> Mapping[str, float]:
        return self.kinds.get(text, {})

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        found = self.replies.get((text, open_question), self.replies.get(text, ()))
        return tuple(sorted(found, key=lambda answer: answer.question != open_question))

    def stated(self, text: str) -> Mapping[str, Reading]:
        return {question: Reading(option, text) for question, option in self.states.get(text, {}).items()}

    def read(self, text: str) -> Mapping[str, Reading]:
        found = {question: Reading(option, text) for question, option in self.reads.get(text, {}).items()}
        return found | dict(self.stated(text))

    def read_ahead(self, text: str) -> Iterator[object]:
        yield self.read(text)

    def likely(self, text: str) -> Mapping[str, Reading]:
        return {question: Reading(option, text) for question, option in self.hints.get(text, {}).items()}

    def hedged(self, text: str) -> bool:
        return text in self.unsure

    def project(self, text: str) -> float:
        return self.projects.get(text, 0.0)

    def passage(self, text: str) -> Match:
        return self.passages.get(text, NOWHERE)

    def scenario(self, text: str) -> Closest:
        return Closest(None, 0.0)

    def faq(self, text: str) -> Closest:
        return Closest(None, 0.0)

    def calls(self, text: str) -> tuple[str, ...]:
        return ()

    def prepare(self, idea: str) -> None:
        """Nothing is to be prepared."""


def understanding(advisor: Advisor, meanings: Understanding) -> Advisor:
    """The advisor, but for how it understands text."""
    knowledge: Knowledge = replace(
        advisor.knowledge,
        matcher=meanings,
        reader=meanings,
        typed_answers=meanings,
        command_kinds=meanings,
        by_meaning=bool(meanings.kinds),
    )
    return Advisor.build(knowledge, catalogue.load())


def asked(advisor: Advisor, question: str | None, **answers: str) -> Conversation:
    """In the middle of the questions, with one of them open; without one, all of it is over."""
    given = {
        name: Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON + number)
        for number, (name, option) in enumerate(answers.items())
    }
    return Conversation.fresh(advisor.pack).replace(
        started=True, revision=9, answers=given, revisit=question, concluded=question is None, people=("ana",)
    )
