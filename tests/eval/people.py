"""Simulated people: each talks to the advisor by typing, confirms or denies what it proposes, and presses at the last.

What they do next follows from what is open and what is asked back, as with people. Counted are the verdicts that are
those of the answers they have in mind, answers that took no button, messages, and the same message twice in a row.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.replay import open_question
from dialogs.message import Action, Message, Press, Typed, Verb
from dialogs.message import Person as Sender
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.decision import decide

FILE = Path(__file__).parent / "people.yaml"
MOST_MESSAGES = 30
_PATIENCE = 2
_NOON = 1_795_000_000


class Person(BaseModel):
    """One simulated person; see people.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    opens: str
    answers: Mapping[str, str]
    says: Mapping[str, tuple[str, ...]]
    aside: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class TalkResult:
    """How one talk went. `typed`: answers that took no button; `repeated`: the same message came twice in a row."""

    name: str
    finished: bool
    right: bool
    messages: int
    typed: int
    repeated: bool
    trouble: tuple[str, ...] = ()


@dataclass(slots=True)
class _Talk:
    """A conversation under way."""

    advisor: Advisor
    person: Person
    conversation: Conversation = field(init=False)
    messages: int = 0
    repeated: bool = False
    said: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    asides: set[str] = field(default_factory=set)
    pressed: set[str] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conversation = Conversation.fresh(self.advisor.pack)

    def send(self, content: Typed | Press) -> None:
        self.messages += 1
        message = Message(f"m{self.messages}", Sender("ana"), _NOON + 30 * self.messages, content)
        turn = respond(self.advisor, self.conversation, message)
        self.conversation = turn.conversation
        shown = self._shown(turn)
        self.repeated = self.repeated or shown == self.said
        self.said = shown

    def _shown(self, turn: Turn) -> str:
        revision = turn.conversation.revision
        return plain(lay_out(self.advisor, (*turn.card, *turn.below, *turn.aside), revision))

    def press(self, verb: Verb, *arguments: str) -> None:
        self.send(Press(Action(verb, arguments), self.conversation.revision))

    def answer(self, question: str) -> None:
        """Confirms, denies, types, or at the end of their patience presses."""
        person, proposal = self.person, self.conversation.confirm
        if proposal is not None and person.answers[proposal.question] == proposal.option:
            self.send(Typed("yes"))
            return
        if question in person.aside and question not in self.asides:
            self.asides.add(question)
            self.send(Typed(person.aside[question]))
            return
        tries = self.asked[question]
        self.asked[question] += 1
        if tries >= _PATIENCE:
            self.pressed.add(question)
            self.press(Verb.ANSWER, question, person.answers[question])
            return
        says = person.says[question]
        text = says[min(tries, len(says) - 1)]
        before = self.conversation
        self.send(Typed(f"no, {text}" if proposal is not None else text))
        if self.conversation.chosen == before.chosen and self.conversation.confirm is None:
            self.trouble.append(f"{question}: {text}")


def talk_to(advisor: Advisor, person: Person) -> TalkResult:
    """One whole talk, up to the result or to MOST_MESSAGES."""
    talk = _Talk(advisor, person)
    talk.send(Typed(person.opens))
    if not talk.conversation.started:
        talk.send(Typed("ok start"))
    while talk.messages < MOST_MESSAGES:
        question = open_question(advisor.pack, talk.conversation)
        if question is None:
            break
        talk.answer(question.id)
    chosen = talk.conversation.chosen
    finished = talk.conversation.started and open_question(advisor.pack, talk.conversation) is None
    wrong = [f"{q}: {chosen.get(q)} for {option}" for q, option in person.answers.items() if chosen.get(q) != option]
    verdict = decide(advisor.pack, dict(person.answers)).verdict
    return TalkResult(
        name=person.name,
        finished=finished,
        right=finished and decide(advisor.pack, chosen).verdict == verdict,
        messages=talk.messages,
        typed=len(person.answers) - len(talk.pressed),
        repeated=talk.repeated,
        trouble=(*talk.trouble, *wrong),
    )


def load(file: Path = FILE) -> tuple[Person, ...]:
    """The people of a file."""
    return tuple(map(Person.model_validate, yaml.safe_load(file.read_text(encoding="utf-8"))))


def report(results: list[TalkResult], questions: int) -> str:
    """A line for each person, and what they come to."""
    lines = [
        f"  {r.name:28} {'right' if r.right else 'wrong' if r.finished else 'stuck':6} {r.messages:2} messages, "
        f"{r.typed} typed{', repeated' if r.repeated else ''}{'  ' + '; '.join(r.trouble) if r.trouble else ''}"
        for r in results
    ]
    total = len(results)
    typed = sum(r.typed for r in results) / (questions * total)
    messages = sum(r.messages for r in results) / total
    right, stuck = sum(r.right for r in results), sum(not r.finished for r in results)
    repeated = sum(r.repeated for r in results)
    lines.append(
        f"  right verdict {right} of {total}, stuck {stuck}, the same twice in a row {repeated}, "
        f"answers without a button {typed:.0%}, {messages:.1f} messages on average"
    )
    return "\n".join(lines)
