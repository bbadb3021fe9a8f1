"""The board: the numbered ideas of a place, each with its answers. Verdicts are worked out from these each time.

Two people may change an idea at the same moment, in different threads. So each change of a board has a number, each
part of an idea carries that of the change that set it, and of two copies of an idea the later of each part counts
(`merged`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

from dialogs.answer import Answer, IdeaNote
from dialogs.message import Person, day_of
from knowledge.judgement import Judgement, Judgements
from knowledge.pack import Pack, Question, Verdict


class Stage(NamedTuple):
    """A status ("" for none), and who set it when (seconds since 1970); "" and 0 where that is not known."""

    status: str = ""
    at: int = 0
    by: str = ""
    name: str | None = None

    @property
    def person(self) -> Person:
        return Person(self.by, self.name)

    @property
    def who(self) -> str:
        """Their name, or id; "" where no status stands."""
        return (self.name or self.by) if self.status else ""

    @property
    def day(self) -> str:
        """The day on which it was set; "" where no status stands."""
        return day_of(self.at).isoformat() if self.status and self.at else ""


NO_STAGE = Stage()
"""That of an idea whose status nobody has set."""


class Idea(BaseModel):
    """One idea. `number` never changes.

    `id` is made from where it was told (a message and its row, or a conversation and the revision at which the idea
    began), so that it is added only once. `title` is up to 60 characters of `text`, or what somebody renamed it to;
    "" where nobody told what it is about.
    `by` and `name` are its owner, `at` is when it was added (seconds since 1970). `named` and `removed` are when it was
    renamed and removed, 0 for never; of a removed idea little is kept (see `without_content`). `titled` is the number
    of the board's change that renamed it, as `Answer.order`. `until` is how long it is kept. `judged` is the verdict
    after its last change ("" if too little was known), by the version of the pack in `pack`. `link` leads to the
    message that told or finished it. `facts` are the outside entries that its text called for when it was judged, None
    if nobody has looked. `staged` is the number of the board's change that set the `stage`. Fields that only a newer
    version of the advisor knows are kept.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    number: int = 0
    id: str
    title: str
    text: str = ""
    by: str
    name: str | None = None
    at: int
    answers: dict[str, Answer] = {}
    named: int = 0
    titled: int = 0
    removed: int = 0
    until: int = 0
    judged: str = ""
    pack: str = ""
    link: str = ""
    facts: tuple[str, ...] | None = None
    notes: tuple[IdeaNote, ...] = ()
    stage: Stage = NO_STAGE
    staged: int = 0
    life: int = 0
    into: int = 0

    @model_validator(mode="before")
    @classmethod
    def _with_stage(cls, stored: Any) -> Any:
        """An older version stored the status alone."""
        if not isinstance(stored, dict) or "status" not in stored:
            return stored
        status = stored["status"]
        return {"stage": Stage(status), **{name: value for name, value in stored.items() if name != "status"}}

    @property
    def owner(self) -> Person:
        return Person(self.by, self.name)

    @property
    def label(self) -> str:
        """How it is named: by number and title, as far as it has them. One that is not on the list has no number."""
        return labelled(self.number, self.title)

    @property
    def status(self) -> str:
        """Its status, "" for none."""
        return self.stage.status

    @property
    def chosen(self) -> dict[str, str]:
        """Answers as question: option."""
        return {question: answer.option for question, answer in self.answers.items() if answer.option}

    @property
    def people(self) -> frozenset[str]:
        """Ids of all of whom something stands here."""
        given, noted = (answer.by for answer in self.answers.values()), (note.by for note in self.notes)
        return frozenset((self.by, self.stage.by, *given, *noted)) - {""}

    @property
    def kept_notes(self) -> tuple[IdeaNote, ...]:
        """The notes that nobody has taken back."""
        return tuple(note for note in self.notes if not note.gone)

    @property
    def turns(self) -> int:
        """How often it was removed and brought back; an older version does not count it."""
        return self.life or int(bool(self.removed))

    def replace(self, **changes: object) -> Self:
        """A copy with these fields changed."""
        copy = object.__new__(type(self))  # in half the time of `model_copy`
        copy.__setstate__({**self.__getstate__(), "__dict__": vars(self) | changes})
        return copy

    @property
    def orders(self) -> dict[str, int]:
        """The number of the change that set each part: by question, "" for the title, or status."""
        return {
            "": self.titled,
            "status": self.staged,
            **{question: answer.order for question, answer in self.answers.items()},
        }

    def in_order(self, before: "Idea | None", order: int) -> Self:
        """With what a change sets, in comparison with the idea `before` it, marked as set by it."""
        old, title = ({}, "") if before is None else (before.answers, before.title)
        answers = {
            question: answer if answer.order or old.get(question) is answer else answer.replace(order=order)
            for question, answer in self.answers.items()
        }
        renamed = self.named and not self.titled and self.title != title
        moved = self.stage != (NO_STAGE if before is None else before.stage)
        return self.replace(
            answers=answers, titled=order if renamed else self.titled, staged=order if moved else self.staged
        )

    def merged(self, other: "Idea") -> "Idea":
        """Both copies in one: the later of each answer, title and status; the verdict of the later that has one."""
        if self.turns != other.turns:  # removed or brought back in between
            last = max(self, other, key=lambda copy: copy.turns)
            return last.without_content(last.removed) if last.removed else last
        answers = dict(self.answers)
        for question, answer in other.answers.items():
            mine = answers.get(question)
            if mine is None or _is_later(_part(answer), _part(mine)):
                answers[question] = answer
        titles = [(copy.titled, copy.named, copy.title) for copy in (self, other)]
        titled, named, title = titles[_is_later(titles[1], titles[0])]
        newer = max(other.orders.values()) >= max(self.orders.values())
        last = other if other.pack and (newer or not self.pack) else self
        staged, stage = max(((c.staged, c.stage) for c in (self, other)), key=lambda c: (c[0], c[1][1], c[1][:3]))
        whole = self.replace(
            answers=answers,
            title=title,
            named=named,
            titled=titled,
            link=self.link or other.link,
            notes=_merged_notes(self.notes, other.notes),
            stage=stage,
            staged=staged,
            judged=last.judged,
            pack=last.pack,
            facts=last.facts,
        )
        removed = max(self.removed, other.removed)
        return whole.without_content(removed) if removed else whole

    def taken_off(self, at: int) -> Self:
        """The idea removed from the board at this time."""
        return self.replace(removed=at, life=self.turns + 1)

    def is_in(self, merged: "Idea") -> bool:
        """Whether all that the last change of this copy has set stands in the one that it was merged into."""
        parts = self.orders
        last = max(parts.values())
        return self.removed > 0 or {part for part in parts.items() if part[1] == last} <= merged.orders.items()

    def without_content(self, removed: int) -> "Idea":
        """An idea that was removed: its number, its id and its times; title, text, people and answers are gone."""
        return Idea(
            number=self.number,
            id=self.id,
            title="",
            by="",
            at=self.at,
            removed=removed,
            until=self.until,
            life=self.life,
            into=self.into,
        )

    def without_person(self, person: str) -> "Idea":
        """Without what this person gave: the whole idea if it is theirs, else their answers to it."""
        if self.by == person:
            return self.without_content(self.removed or self.at)
        kept = {question: answer for question, answer in self.answers.items() if answer.by != person}
        notes = tuple(note for note in self.notes if note.by != person)
        stage = Stage(*self.stage[:2]) if self.stage.by == person else self.stage
        same = (kept, notes, stage) == (self.answers, self.notes, self.stage)
        return self if same else self.replace(answers=kept, notes=notes, stage=stage)


def _merged_notes(mine: tuple[IdeaNote, ...], theirs: tuple[IdeaNote, ...]) -> tuple[IdeaNote, ...]:
    """All notes in the order in which they were given; one that either copy says was taken back is."""
    every = {note.key: note for note in (*mine, *theirs)}
    gone = {note.key: note for note in (*mine, *theirs) if note.gone}
    return tuple(note for _, note in sorted({**every, **gone}.items(), key=lambda item: item[0][1]))


_Part = tuple[int, int, str]
"""What a part of an idea was set by: the number of its change, and time; last what tells two of the same apart."""


def _part(answer: Answer) -> _Part:
    return answer.order, answer.at, f"{answer.option} {answer.by}"


def _is_later(one: _Part, other: _Part) -> bool:
    """Whether one part was set after another. Times count only where a version without numbers has set one of them."""
    numbered = one[0] > 0 and other[0] > 0
    return (one[0] * numbered, one[1], *one) > (other[0] * numbered, other[1], *other)


class Board(BaseModel):
    """The ideas of a place, by number. `next` is the number of the next new idea."""

    model_config = ConfigDict(frozen=True)

    ideas: tuple[Idea, ...] = ()
    next: int = 1

    @property
    def shown(self) -> tuple[Idea, ...]:
        return tuple(idea for idea in self.ideas if not idea.removed)

    @property
    def participants(self) -> frozenset[str]:
        """Ids of all people of whom something is stored here."""
        return frozenset(person for idea in self.shown for person in idea.people)

    @property
    def names(self) -> dict[str, str]:
        """The names of people, as far as they are known here, by their ids."""
        given = [(one.by, one.name) for idea in self.shown for one in idea.answers.values()]
        told = [(one.by, one.name) for idea in self.shown for one in idea.notes]
        owners = [(idea.by, idea.name) for idea in self.shown]
        return {by: name for by, name in (*given, *told, *owners) if name}

    def find(self, number: int) -> Idea | None:
        """The idea with this number; None if there is none (any more)."""
        return next((idea for idea in self.shown if idea.number == number), None)

    def current(self, number: int) -> Idea | None:
        """The idea with this number, or the one that it was merged into; None if it is gone."""
        known = {idea.number: idea for idea in self.ideas}
        while number in known and known[number].removed and known[number].into:
            number = known[number].into
        return self.find(number)

    def add(self, ideas: Iterable[Idea]) -> Self:
        """With these ideas added and numbered. Ideas that are on the board already stay as they are."""
        known = {idea.id for idea in self.ideas}
        new = [idea for idea in ideas if idea.id not in known]
        numbered = (idea.replace(number=number) for number, idea in enumerate(new, self.next))
        return self.model_copy(update={"ideas": (*self.ideas, *numbered), "next": self.next + len(new)})

    def from_number(self, number: int) -> Self:
        """The same board, whose next new idea gets this number."""
        return self.model_copy(update={"next": number})

    def put(self, *changed: Idea) -> Self:
        """With these ideas in place of those with the same numbers."""
        by_number = {idea.number: idea for idea in changed}
        return self.model_copy(update={"ideas": tuple(by_number.get(idea.number, idea) for idea in self.ideas)})

    def changed_since(self, before: "Board") -> tuple[Idea, ...]:
        """The ideas that are new here or differ from before."""
        old = {idea.number: idea for idea in before.ideas}
        return tuple(idea for idea in self.ideas if old.get(idea.number) is not idea and old.get(idea.number) != idea)


NO_IDEAS = Board()
"""The board of a place that has none yet."""


def labelled(number: int, title: str) -> str:
    """How an idea is named; `number` is 0 for none, `title` "" for none."""
    return f"{number}. {title}" if number and title else title or str(number or "")


def idea_id(source: str, row: int) -> str:
    """The id of an idea, made from its source and its place there: a message and the row, or a conversation and the
    revision at which the idea began.
    """
    return blake2s(f"{source}#{row}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea and what follows from its answers.

    `was` is its verdict by another version of the pack ("" for none), if the verdict differs now. `lost` are ids of
    outside facts that it called for and that are out of date or gone.
    """

    idea: Idea
    judged: Judgement
    was: str | None = None
    lost: tuple[str, ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether something has changed since it was judged."""
        return self.was is not None or bool(self.lost)

    @property
    def number(self) -> int:
        return self.idea.number

    @property
    def verdict(self) -> Verdict | None:
        """None if too little is known."""
        return self.judged.verdict

    @property
    def strength(self) -> float:
        """How clear the case is, 0 to 1; 0 without a verdict."""
        return self.judged.strength

    @property
    def missing(self) -> tuple[Question, ...]:
        return self.judged.missing

    @property
    def possible(self) -> tuple[Verdict, ...]:
        return self.judged.possible

    @property
    def ask(self) -> Question | None:
        """The question whose answer narrows them most."""
        return self.judged.ask


class Judge:
    """Judges ideas by one pack."""

    def __init__(self, judgements: Judgements) -> None:
        self._judgements = judgements
        self._pack = judgements.pack
        self._facts: tuple[date, frozenset[str]] | None = None

    def row(self, idea: Idea, today: date | None = None) -> IdeaRow:
        """What follows for an idea. Answers that the pack does not know (any more) count as missing.

        `today` decides which outside facts still hold; without it `lost` is empty.
        """
        judged = self._judgements.of(known_answers(self._pack, idea.chosen))
        now = judged.verdict.id if judged.verdict is not None else ""
        other = idea.pack not in ("", self._pack.version) and idea.judged != now
        lost = () if today is None else tuple(fact for fact in idea.facts or () if fact not in self._current(today))
        return IdeaRow(idea, judged, idea.judged if other else None, lost)

    def _current(self, today: date) -> frozenset[str]:
        """Ids of the outside entries that are current on this day; remembered for the next call."""
        if self._facts is None or self._facts[0] != today:
            self._facts = today, frozenset(entry.id for entry in self._pack.outside_on(today))
        return self._facts[1]

    def noted(self, idea: Idea, **changes: object) -> Idea:
        """The idea with its verdict by this pack recorded, so that a later change of the verdict is noticed; with other
        changes made at the same time.
        """
        verdict = self.row(idea).verdict
        return idea.replace(judged=verdict.id if verdict is not None else "", pack=self._pack.version, **changes)


def known_answers(pack: Pack, chosen: Mapping[str, str]) -> dict[str, str]:
    """The answers that the pack knows, in the order of its questions."""
    return {
        question.id: chosen[question.id]
        for question in pack.questions
        if question.id in chosen and pack.has_option(question.id, chosen[question.id])
    }


def clearest_first(rows: Iterable[IdeaRow]) -> tuple[IdeaRow, ...]:
    """Ideas with a verdict before those without one; the strongest first, then by number."""
    return tuple(sorted(rows, key=lambda row: (row.verdict is None, -row.strength, len(row.missing), row.number)))
