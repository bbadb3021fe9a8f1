"""The stored state of one thread: answers, not a position. Whatever can be derived is replayed from them."""

from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Annotated, Self

from pydantic import Field, TypeAdapter

from dialogs.answer import Answer as Answer
from dialogs.answer import AnswerMethod as AnswerMethod
from dialogs.answer import IdeaNote
from dialogs.commands.command import Replaceable
from dialogs.focus import NO_FOCUS, Change, Focus, Written
from dialogs.ideas.board import Board
from dialogs.ideas.board_list import Listing
from dialogs.ideas.collected_ideas import CollectedIdeas
from dialogs.message import Message, Person
from dialogs.titles import shortened
from knowledge.pack import UNSURE, Pack, Question

SCHEMA = 1
"""Version of the stored form. A replica never overwrites a document with a higher one."""

REMEMBERED_IDS = 32
IDEA_LIMIT = 1000
EVIDENCE_LIMIT = 120


@dataclass(frozen=True)
class Tour(Replaceable):
    """One person's progress through the lessons: their answers, from which the position is replayed.

    `order` holds lesson ids. `first` has the first answer to each lesson's question, "" if it was skipped. `revisit` is
    a lesson opened again. `case` is the scenario they practise on, `answers` are their options for it. `finished` is in
    seconds since 1970. `public`: others can read the thread, so not everybody is shown what was right or wrong.
    """

    by: str
    name: str | None = None
    public: bool = False
    order: tuple[str, ...] = ()
    first: dict[str, str] = field(default_factory=dict)
    revisit: str | None = None
    case: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    finished: int | None = None

    @property
    def person(self) -> Person:
        return Person(self.by, self.name)


@dataclass(frozen=True)
class Proposal:
    """An option that somebody is asked to confirm.

    It is recorded when they say yes; also when the only person in the thread goes on, if it has evidence. `evidence` is
    the words that it was read from; "" for a supposition, and if it would replace a recorded answer, which stays until
    they say yes. `told`: it was read from the idea's description, before its question was asked.
    """

    question: str
    option: str
    evidence: str = ""
    told: bool = False


def options_beside(question: Question, proposed: str) -> tuple[str, ...]:
    """The options in the order in which they are shown: the proposed one first."""
    return (proposed, *(option.id for option in question.options if option.id != proposed))


@dataclass(frozen=True)
class Conversation(Replaceable):
    """One thread.

    `revision` grows with every change. `opened` is the revision at which the open question was opened: a press on a
    card of an earlier revision is stale. `revisit` names a question opened again. `idea_by` is the author of `idea`, ""
    for the first in `people`. `shown` names what else stands on the live card, so that it can still be read when the
    next card is posted. `people` holds the first two who wrote, "" for the second while nothing that they wrote was for
    the advisor; `seen` hashed message ids. `flow` names the active flow. `noted` is the day (since 1970) on which its
    participants were last recorded. `confirm` waits to be confirmed. `missed` counts the texts in a row that were not
    understood for sure. `intake` holds the ideas that are sent one at a time after a list was asked for. `likely` holds
    options that the idea's description suggests, to be proposed when their questions come up. `spoke` is the hashed id
    of the author of the last line, if several people write and theirs is known. `listing` is what is shown of the
    place's ideas. `begun` is the revision at which the current idea began. `heading` is the title of `idea`; without
    it, as in older documents, its first line is. An older version that does not know a field drops it and asks its open
    question (one that knows only `confirm` proposes without asking the question first). `board` has the ideas of the
    place while a message that may concern them is processed; it is stored separately. `undo` has what the last
    messages wrote (`Written`), `writers` who stands in it beside the first in `people`. `answered` has the ids of what
    the last message was answered with, `offered` of what it was offered beside: what "the first one" and "and prompts?"
    are about. `last` is the name of the last command that was carried out. `told` are the
    remarks that are said once in a thread, and were. `draft` is the last text to take away in the words of a language
    model; it is stored beside the document.
    """

    schema: int
    revision: int = 0
    opened: int = 0
    pack: str = ""
    idea: str = ""
    idea_by: str = ""
    started: bool = False
    concluded: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)
    revisit: str | None = None
    shown: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    flow: str = ""
    tour: Tour | None = None
    noted: int = 0
    confirm: Proposal | None = None
    missed: int = 0
    intake: CollectedIdeas | None = None
    likely: tuple[Proposal, ...] = ()
    spoke: str = ""
    listing: Listing | None = None
    begun: int = 0
    heading: str = ""
    answered: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    notes: tuple[IdeaNote, ...] = ()
    focus: Focus = NO_FOCUS
    last: str = ""
    undo: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    board: Annotated[Board | None, Field(exclude=True)] = None
    own: Annotated[int, Field(exclude=True)] = 0
    draft: Annotated[str, Field(exclude=True)] = ""

    @classmethod
    def fresh(cls, pack: Pack) -> Self:
        """A conversation in which nothing has been said."""
        return cls(schema=SCHEMA, pack=pack.version)

    def to_json(self) -> str:
        """The stored form; fields at their default are left out."""
        return _DOCUMENT.serializer.to_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, document: str | bytes) -> "Conversation":
        """Reads the stored form; pydantic.ValidationError if it is invalid."""
        read: Conversation = _DOCUMENT.validator.validate_json(document)
        return read

    def replace(self, **changes: object) -> Self:
        """A copy with these fields changed. A text that is removed takes its author and its title with it."""
        if changes.get("idea") == "":
            changes |= {"idea_by": "", "heading": ""}
        return self._with(changes)

    def author(self, person: str) -> str:
        """What `idea_by` holds for a person: "" for the first who wrote, which is the usual case."""
        return "" if self.people[:1] == (person,) else person

    @property
    def chosen(self) -> dict[str, str]:
        """Answers as question: option."""
        return {question: answer.option for question, answer in self.answers.items()}

    @property
    def kept_notes(self) -> tuple[IdeaNote, ...]:
        """The notes that nobody has taken back."""
        return tuple(note for note in self.notes if not note.gone)

    @property
    def written(self) -> tuple[Written, ...]:
        """What the last messages wrote, the newest last."""
        return tuple(map(Written.of, self.undo))

    def without_written(self, written: Written, rest: tuple[Change, ...] = ()) -> Self:
        """The conversation in which this cannot be taken back any more, but for the rest of it."""
        left = (written._replace(changes=rest),) if rest else ()
        found = (left if one == written else (one,) for one in self.written)
        return self.replace(undo=tuple(one.stored for each in found for one in each))

    @property
    def title(self) -> str:
        """The title of the idea in the person's own words; "" if there is none."""
        return self.heading or shortened(self.idea)

    @property
    def own_order(self) -> str:
        """The order of the list if it was given by numbers, which stays until another is asked for; else ""."""
        return self.listing.order if self.listing is not None and self.listing.order[:1].isdigit() else ""

    @property
    def participants(self) -> frozenset[str]:
        """Ids of all people of whom something is stored here."""
        others = (self.idea_by, self.focus.by, "" if self.tour is None else self.tour.by)
        listed = () if self.intake is None else [idea.by for idea in self.intake.ideas]
        told = [note.by for note in self.notes]
        given = [answer.by for answer in self.answers.values()]
        return frozenset((*self.people, *given, *others, *listed, *told, *self.writers)) - {""}

    @property
    def shared(self) -> bool:
        """Whether more than one person takes part, so that names are shown."""
        return len({*self.people, *[answer.by for answer in self.answers.values()]}) > 1

    def without_person(self, person: str) -> Self | None:
        """The conversation without what this person gave; None if nobody else takes part in it.

        Their description is removed, with all answers that were read from it; without a recorded author it belongs to
        the first who wrote. A question whose answer is removed is asked again, as is one that waits to be confirmed;
        undo is no longer possible. Their lessons and listed ideas are removed, nobody else's. Hashed message ids stay;
        they identify nobody.
        """
        first = self.people[:1] == (person,)
        idea = "" if self.idea_by == person or (first and not self.idea_by) else self.idea
        answers = {
            question: answer
            for question, answer in self.answers.items()
            if answer.by != person and (idea or not answer.is_read_from(self.idea))
        }
        tour = self.tour if self.tour is not None and self.tour.by != person else None
        after = self.replace(
            revision=self.revision + 1,
            people=tuple(other for other in self.people if other != person and (other or not first)),
            answers=answers,
            idea=idea,
            heading="",  # others may have given it; the title is then made of the idea
            concluded=self.concluded and answers == self.answers,
            tour=tour,
            confirm=None,
            notes=tuple(note for note in self.notes if note.by != person),
            undo=(),
            writers=(),
            focus=NO_FOCUS,
            last="",
            likely=self.likely if idea else (),
            spoke="" if self.spoke == hashed(person) else self.spoke,
            flow=self.flow if tour == self.tour else "",
            intake=None if self.intake is None else self.intake.without_person(person),
        )
        return after if after.participants else None

    def ends_with(self, ids: tuple[str, ...]) -> bool:
        """Whether the message with these ids is the last that had an effect."""
        seen = tuple(map(hashed, ids))
        return self.seen[-len(seen) :] == seen

    def has_seen(self, message_id: str) -> bool:
        return hashed(message_id) in self.seen


_DOCUMENT = TypeAdapter(Conversation)
"""Reads and writes conversations."""

_READ = "read:"

AGAIN = "again"
"""In `shown`: the live card asks again, in short, what was asked before."""

WAITING = "waiting"
"""In `shown`: the live card only says that the framework's questions wait; "continue" goes on with them."""

ANSWERED = "answered"
"""In `shown`: the live card answers a question, and no questions are under way."""


def read_mark(question_id: str) -> str:
    """The mark in `shown` for an answer that the live card shows as read from a text."""
    return _READ + question_id


def shown_readings(conversation: Conversation) -> tuple[str, ...]:
    """The questions whose answers the live card shows as read from a text."""
    return tuple(mark.removeprefix(_READ) for mark in conversation.shown if mark.startswith(_READ))


def given_answer(message: Message, option: str, how: AnswerMethod, words: str = "") -> Answer:
    """An answer with its giver, time and words."""
    return Answer(option, how, message.sender.id, message.at, message.sender.name, words[:EVIDENCE_LIMIT] or None)


def hashed(message_id: str) -> str:
    """Eight hex digits in place of an id."""
    return blake2s(message_id.encode(), digest_size=4).hexdigest()


def migrate(pack: Pack, conversation: Conversation) -> tuple[Conversation, bool]:
    """The conversation on this version of the pack, and whether anything that was answered is asked again.

    Answers whose ids still exist are kept, the rest is dropped.
    """
    if conversation.pack == pack.version:
        return conversation, False
    kept = {q: answer for q, answer in conversation.answers.items() if pack.has_option(q, answer.option)}
    revisit = conversation.revisit if conversation.revisit and pack.has_option(conversation.revisit, UNSURE) else None
    proposal = conversation.confirm
    confirm = proposal if proposal is not None and pack.has_option(proposal.question, proposal.option) else None
    likely = tuple(each for each in conversation.likely if pack.has_option(each.question, each.option))
    moved = conversation.replace(
        pack=pack.version,
        answers=kept,
        revisit=revisit,
        confirm=confirm,
        likely=likely,
        answered=(),
        offered=(),
    )
    return moved, bool(conversation.pack) and len(kept) < len(conversation.answers)
