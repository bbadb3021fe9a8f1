"""From what a learner answered to where they are, what was right, and what follows. None of it is stored."""

from dataclasses import dataclass

from dialogs.conversation import Tour
from dialogs.message import Message
from knowledge.lessons import Case, CheckOption, Lesson
from knowledge.pack import UNSURE, Pack, Question

PASSED = ""
"""Stands for the answer to a lesson's question that was passed over."""


@dataclass(frozen=True, slots=True)
class AtLesson:
    """A lesson's question is open."""

    number: int
    lesson: Lesson

    @property
    def id(self) -> str:
        """Unlike that of any framework question."""
        return f"lesson:{self.number}"

    @property
    def name(self) -> str:
        """The lesson's title."""
        return self.lesson.title

    @property
    def options(self) -> tuple[CheckOption, ...]:
        """The check's."""
        return self.lesson.check.options


@dataclass(frozen=True, slots=True)
class AtOffer:
    """All lessons are through; practise or finish is open."""


@dataclass(frozen=True, slots=True)
class AtCase:
    """A framework question is open for a case."""

    case: Case
    question: Question


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Nothing is open."""


Place = AtLesson | AtOffer | AtCase | AtEnd


def begun(pack: Pack, message: Message, first: int = 1, before: Tour | None = None) -> Tour:
    """A round in the pack's order, from the lesson with this number (from 1) on; `before` is the round that it ends."""
    ids = [lesson.id for lesson in pack.lessons]
    order = (*ids[first - 1 :], *ids[: first - 1])
    return _round(order, message, public=before is not None and before.public)


def again(pack: Pack, tour: Tour, message: Message) -> Tour:
    """The next round: what was not right comes first. Where others read along the order would tell, so it stays."""
    missed = [lesson.id for _, lesson in missed_in(pack, tour)] if not tour.public else []
    others = [lesson.id for lesson in pack.lessons if lesson.id not in missed]
    return _round((*missed, *others), message, public=tour.public)


def _round(order: tuple[str, ...], message: Message, public: bool) -> Tour:
    sender = message.sender
    return Tour(by=sender.id, name=sender.name, public=public or not message.private, order=order)


def lessons_of(pack: Pack, tour: Tour) -> tuple[AtLesson, ...]:
    """The lessons in this round's order, with their numbers in the pack; those the pack got since come last."""
    known = {lesson.id: AtLesson(number, lesson) for number, lesson in enumerate(pack.lessons, 1)}
    named = [lesson_id for lesson_id in tour.order if lesson_id in known]
    return tuple(known[lesson_id] for lesson_id in (*named, *(i for i in known if i not in named)))


def place(pack: Pack, tour: Tour) -> Place:
    """Where the learner is."""
    lessons = lessons_of(pack, tour)
    for at in lessons:
        if at.lesson.id == tour.revisit:
            return at
    for at in lessons:
        if at.lesson.id not in tour.first:
            return at
    case = case_of(pack, tour)
    if case is not None:
        question = next((q for q in pack.questions if q.id not in practised(pack, tour)), None)
        if question is not None:
            return AtCase(case, question)
    return AtOffer() if tour.finished is None and pack.practice else AtEnd()


def before(pack: Pack, tour: Tour) -> AtLesson | None:
    """The lesson that "back" leads to; None at the first of the round."""
    lessons, now = lessons_of(pack, tour), place(pack, tour)
    position = lessons.index(now) if isinstance(now, AtLesson) else len(lessons)
    return lessons[position - 1] if position > 0 else None


def case_of(pack: Pack, tour: Tour) -> Case | None:
    """The case that is practised on, as far as the pack still has it."""
    return next((case for case in pack.practice if case.scenario == tour.case), None)


def next_case(pack: Pack, tour: Tour) -> Case:
    """The case after the last one, in the pack's order, round and round. The pack has one at least."""
    names = [case.scenario for case in pack.practice]
    following = names.index(tour.case) + 1 if tour.case in names else 0
    return pack.practice[following % len(names)]


def practised(pack: Pack, tour: Tour) -> dict[str, str]:
    """The options chosen for the case that the pack still knows."""
    return {question: option for question, option in tour.answers.items() if pack.has_option(question, option)}


def story(pack: Pack, case: Case) -> dict[str, str]:
    """The options that a case's story gives; what it leaves open is unsure."""
    return {q.id: case.answers[q.id].option if q.id in case.answers else UNSURE for q in pack.questions}


def missed_in(pack: Pack, tour: Tour) -> tuple[tuple[int, Lesson], ...]:
    """The lessons whose first answer was not right or that were passed over, by number, in the pack's order."""
    return tuple(
        (number, lesson)
        for number, lesson in enumerate(pack.lessons, 1)
        if tour.first.get(lesson.id, PASSED) != lesson.check.right.id
    )
