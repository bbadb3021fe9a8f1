"""Derives a learner's position, score and next lessons from their answers, and from these the live card, and why a
button has nothing to act on. None of it is stored.
"""

from dataclasses import dataclass
from itertools import pairwise

from dialogs.catalogue import Catalogue, Remark
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import ProgressTopic, Value
from dialogs.conversation import Conversation, Tour
from dialogs.flows.choices import Choice, ChoicePrompt
from dialogs.flows.practice import case_of, case_result, case_talk
from dialogs.message import Message, Verb, number_in
from dialogs.replies import Reply
from dialogs.replies.lessons import CaseQuestion, LessonCard, LessonFeedback, LessonsFinished, PracticeOffer
from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Together
from knowledge.lessons import Case, Check, CheckOption, Lesson
from knowledge.pack import UNSURE, Pack, Question
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

SKIPPED = ""
"""In place of the answer to a lesson's question: it was skipped."""

_LONG_WORD = 4
"""Letters of a word that tells options apart."""

_MOST_AGAIN = 2
"""Most lessons that are suggested to be read again: more would be discouraging."""


@dataclass(frozen=True, slots=True)
class AtLesson:
    """A lesson's question is open."""

    number: int
    lesson: Lesson

    @property
    def id(self) -> str:
        """Never the id of a framework question."""
        return f"lesson:{self.number}"

    @property
    def name(self) -> str:
        return self.lesson.title

    @property
    def options(self) -> tuple[CheckOption, ...]:
        return self.lesson.check.options


@dataclass(frozen=True, slots=True)
class AtOffer:
    """All lessons are done; the choice to practise or to finish is open."""


@dataclass(frozen=True, slots=True)
class AtCase:
    """A framework question is open for a case."""

    case: Case
    question: Question


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Nothing is open."""


Position = AtLesson | AtOffer | AtCase | AtEnd


def tour_of(conversation: Conversation) -> Tour:
    """The learner's round. ValueError if nobody is learning here."""
    if conversation.tour is None:
        raise ValueError("nobody is learning here")
    return conversation.tour


def new_round(pack: Pack, message: Message, first: int = 1, before: Tour | None = None) -> Tour:
    """A round in the pack's order, starting at the lesson `first` (from 1); `before` is the round that it replaces."""
    ids = [lesson.id for lesson in pack.lessons]
    order = _current(pack, (*ids[first - 1 :], *ids[: first - 1]), message)
    return _round(order, message, public=before is not None and before.public)


def next_round(pack: Pack, tour: Tour, message: Message) -> Tour:
    """The next round: lessons without a right answer come first. In public the order would reveal them, so it stays."""
    missed = [lesson.id for _, lesson in missed_lessons(pack, tour)] if not tour.public else []
    others = [lesson.id for lesson in pack.lessons if lesson.id not in missed]
    return _round(_current(pack, (*missed, *others), message), message, public=tour.public)


def _current(pack: Pack, ids: tuple[str, ...], message: Message) -> tuple[str, ...]:
    """Without lessons that rest on an outside entry that is out of date."""
    today = message.day
    known = {lesson.id: lesson for lesson in pack.lessons}
    return tuple(lesson_id for lesson_id in ids if pack.lesson_is_current(known[lesson_id], today))


def _round(order: tuple[str, ...], message: Message, public: bool) -> Tour:
    sender = message.sender
    return Tour(by=sender.id, name=sender.name, public=public or not message.private, order=order)


def lessons_of(pack: Pack, tour: Tour) -> tuple[AtLesson, ...]:
    """The lessons in this round's order, with their numbers in the pack; lessons added to the pack since come last.

    A lesson that rests on outside entries takes part only if the round began with it.
    """
    known = {lesson.id: AtLesson(number, lesson) for number, lesson in enumerate(pack.lessons, 1)}
    named = [lesson_id for lesson_id in tour.order if lesson_id in known]
    since = [name for name, at in known.items() if name not in named and not at.lesson.facts]
    return tuple(known[lesson_id] for lesson_id in (*named, *since))


def position(pack: Pack, tour: Tour) -> Position:
    lessons = lessons_of(pack, tour)
    for number, lesson in enumerate(pack.lessons, 1):
        if lesson.id == tour.revisit:
            return AtLesson(number, lesson)
    for at in lessons:
        if at.lesson.id not in tour.first:
            return at
    case = case_of(pack, tour)
    if case is not None:
        question = next((q for q in pack.questions if q.id not in case_talk(pack, tour)), None)
        if question is not None:
            return AtCase(case, question)
    return AtOffer() if tour.finished is None and pack.practice else AtEnd()


def previous_lesson(pack: Pack, tour: Tour) -> AtLesson | None:
    """The lesson that "back" leads to; None at the first of the round."""
    lessons, now = lessons_of(pack, tour), position(pack, tour)
    index = lessons.index(now) if isinstance(now, AtLesson) and now in lessons else len(lessons)
    return lessons[index - 1] if index > 0 else None


def is_current(pack: Pack, number: int, message: Message) -> bool:
    """Whether a lesson rests on nothing that is out of date."""
    return pack.lesson_is_current(pack.lessons[number - 1], message.day)


def with_first(pack: Pack, tour: Tour, at: AtLesson, option: str, message: Message) -> Tour:
    """The tour with the first answer to a lesson. If there is no practice, the last answer ends it."""
    after = tour.replace(first={**tour.first, at.lesson.id: option}, revisit=None)
    if after.finished is None and isinstance(position(pack, after), AtEnd):
        return after.replace(finished=message.at)
    return after


def one_back(pack: Pack, tour: Tour, at: Position) -> Tour | None:
    """The tour at the previous lesson, or at the case's previous question; None at the first."""
    if isinstance(at, AtCase):
        answered = [question.id for question in pack.questions if question.id in tour.answers]
        rest = {question: option for question, option in tour.answers.items() if question not in answered[-1:]}
        return tour.replace(answers=rest) if answered else None
    previous = previous_lesson(pack, tour)
    return None if previous is None else tour.replace(revisit=previous.lesson.id)


def missed_lessons(pack: Pack, tour: Tour) -> tuple[tuple[int, Lesson], ...]:
    """Lessons that were skipped or whose first answer was wrong, with numbers, in the pack's order."""
    return tuple(
        (at.number, at.lesson)
        for at in sorted(lessons_of(pack, tour), key=lambda at: at.number)
        if tour.first.get(at.lesson.id, SKIPPED) != at.lesson.check.right.id
    )


def wrong_lessons(pack: Pack, tour: Tour) -> tuple[tuple[int, Lesson], ...]:
    """The missed lessons that were answered."""
    return tuple(found for found in missed_lessons(pack, tour) if tour.first.get(found[1].id, SKIPPED))


def feedback(pack: Pack, at: AtLesson, option: str) -> LessonFeedback | None:
    """Why an option of a lesson is right or wrong, or which one is right after "I don't know"; None if the lesson does
    not have the option (any more).
    """
    chosen = at.lesson.check.option(option)
    known = chosen is not None or option == UNSURE
    return LessonFeedback(pack, at.lesson, at.number, chosen) if known else None


def reasons_shown(pack: Pack, tour: Tour, shown: tuple[str, ...]) -> tuple[LessonFeedback, ...]:
    """The reasons for answers that stand on the live card."""
    reasons = [feedback(pack, at, tour.first[at.lesson.id]) for at in lessons_of(pack, tour) if at.id in shown]
    return tuple(reason for reason in reasons if reason is not None)


def finish_told(pack: Pack, tour: Tour) -> Notice:
    """That somebody finished; a person without a known name would have to be mentioned."""
    if not tour.person.name:
        return Notice("finished_by_unnamed", {"title": pack.title})
    return Notice("finished_by", {"person": tour.person, "title": pack.title})


def told(pack: Pack, tour: Tour, topic: str) -> Notice:
    """The learner's position in one line, or how much is left."""
    at, total = position(pack, tour), str(len(pack.lessons))
    if not isinstance(at, AtLesson):
        return Notice("lessons_done")
    to_go = sum(other.lesson.id not in tour.first and other != at for other in lessons_of(pack, tour))
    place = {"number": str(at.number), "total": total, "title": at.name, "left": str(to_go)}
    if topic == ProgressTopic.DURATION:
        return Notice("lesson_time", {"left": str(to_go + 1)})
    if topic == ProgressTopic.LEFT:
        return Notice("lessons_to_go" if to_go else "lesson_last", place)
    return Notice("lesson_place", place)


def last_lesson(pack: Pack, tour: Tour) -> Lesson | None:
    """The lesson read again, if it was answered, else the last one answered or skipped."""
    known = {at.lesson.id: at.lesson for at in lessons_of(pack, tour)}
    seen = (*tour.first, *(one for one in tour.first if one == tour.revisit))
    return next((known[lesson_id] for lesson_id in reversed(seen) if lesson_id in known), None)


def last_told(pack: Pack, tour: Tour, option: str, text: str, openers: tuple[str, ...]) -> Reply:
    """Why an option of the last lesson is right or wrong: the one with this id, else one that the text names, else the
    one that was chosen. A number behind an opener ("why not 1") is an option of the open question. After a case, where
    its story says otherwise; not in the midst of it.
    """
    at, case = position(pack, tour), case_of(pack, tour)
    if isinstance(at, AtCase):
        return Notice("case_told_at_its_end")
    pairs = pairwise(fold(text))
    place = next((number for before, word in pairs if before in openers and (number := number_in(word))), 0)
    if isinstance(at, AtLesson) and 0 < place <= len(at.options):
        option_told = at.options[place - 1]
        if option_told.right:  # no more than that it can be chosen
            return Notice("lesson_option_right", {"told": option_told.label})
        return Notice("lesson_option_wrong", {"told": option_told.label, "why": option_told.explanation})
    if case is not None and not isinstance(at, AtLesson):
        return _case_told(pack, tour, case)
    last = last_lesson(pack, tour)
    if last is None:
        return Notice("lessons_unanswered")
    check = last.check
    told = check.option(option) or _named_in(text, check) or check.option(tour.first[last.id])
    label = check.right.label
    if told is None:
        return Notice("lesson_was_open", {"label": label, "reason": check.right.reason})
    key: Remark = "lesson_was_right" if told.right else "lesson_was_wrong"
    return Notice(key, {"label": label, "told": told.label, "why": told.explanation})


def _case_told(pack: Pack, tour: Tour, case: Case) -> Reply:
    """Where the answers to a case differ from its story, and by which words of it."""
    rows = [row for row in case_result(pack, case, case_talk(pack, tour)).rows if row.yours != row.story]
    told = [Notice("case_why", {"question": r.question.name, "story": r.story.record, "clue": r.clue}) for r in rows]
    return Together(tuple(told)) if told else Notice("case_all_right")


def _named_in(text: str, check: Check) -> CheckOption | None:
    """The wrong option whose words, and no other's, a text has."""
    words = set(fold(text))
    found = [option for option in check.options if not option.right and words & _own_words(option, check)]
    return found[0] if len(found) == 1 else None


def _own_words(option: CheckOption, check: Check) -> set[str]:
    """The longer words of an option that no other option has, and that say something."""
    others = {word for other in check.options if other != option for word in fold(other.label)}
    telling = {word for word in fold(option.label) if len(word) >= _LONG_WORD}
    return telling - others - english().neutral_words - english().introducing


def score_told(pack: Pack, tour: Tour) -> Notice:
    """How many answers were right so far, and which were not."""
    seen = [at for at in lessons_of(pack, tour) if at.lesson.id in tour.first]
    answered = [at for at in seen if tour.first[at.lesson.id]]
    if not seen:
        return Notice("lessons_unanswered")
    wrong = [number for number, _ in wrong_lessons(pack, tour)]
    values = {
        "right": str(len(answered) - len(wrong)),
        "answered": str(len(answered)),
        "skipped": str(len(seen) - len(answered)),
    }
    if not wrong:
        return Notice("lessons_score", values)
    return Notice("lessons_score_wrong", {**values, "lessons": ", ".join(map(str, wrong))})


def finish(pack: Pack, tour: Tour, public: bool) -> tuple[Reply, ...]:
    """The score, below the last case. `public`: only that the lessons are done."""
    total, missed, wrong = len(lessons_of(pack, tour)), missed_lessons(pack, tour), wrong_lessons(pack, tour)
    finished = LessonsFinished(
        pack=pack,
        person=tour.person,
        right=total - len(missed),
        total=total,
        skipped=len(missed) - len(wrong),
        again=wrong[:_MOST_AGAIN],
        at=tour.finished or 0,
        can_practise=bool(pack.practice),
        public=public,
    )
    case = case_of(pack, tour)
    if case is None or public:
        return (finished,)
    return (case_result(pack, case, case_talk(pack, tour)), finished)


def objection(pack: Pack, tour: Tour | None, command: Command) -> Remark | None:
    """None if the command has something to act on."""
    if not pack.lessons:
        return "no_lessons"
    match command:
        case Command(Kind.LEARN, What.START):
            return None
        case Command(Kind.LEARN, What.LESSON, value=number):
            return None if 1 <= number_in(number) <= len(pack.lessons) else "no_such_lesson"
        case _ if tour is None:
            return "nothing_open"
        case Command(Kind.WRITE):
            return "not_finished" if tour.finished is None else None
        case _:
            return _objection(pack, position(pack, tour), command)


def _objection(pack: Pack, at: Position, command: Command) -> Remark | None:
    """Why a command cannot be carried out at this position; None if it can."""
    question, option, ends = command.question, command.option, command.value == Value.DONE
    match command.what, at:
        case What.ANSWER, AtLesson(_, lesson):
            return None if question == at.id and lesson.check.option(command.value) is not None else "outdated"
        case What.ANSWER, AtCase(_, asked):
            return None if question == asked.id and pack.has_option(question, option) else "outdated"
        case What.ANSWER, _:
            return "outdated"
        case (What.PRACTICE, AtLesson()):
            return "lessons_left"
        case (What.STOP, AtLesson()) if ends:
            return "lessons_left"
        case What.PRACTICE, _:
            return None if pack.practice else "no_practice"
        case (What.STOP, AtEnd()) if not ends:
            return "nothing_to_cancel"
        case What.SKIP | What.STOP | What.QUESTION, AtEnd():
            return "nothing_open"
        case _:
            return None


def practice_offer(catalogue: Catalogue) -> ChoicePrompt:
    """The choice after the last lesson: to practise, or to finish."""
    practise = Choice(Verb.TRY.value, catalogue.text("practice_label"), catalogue.phrases["agree"])
    finish = Choice(Verb.FINISH.value, catalogue.text("finish_label"), catalogue.phrases["decline"])
    return ChoicePrompt("offer", catalogue.text("practice_name"), (practise, finish))


def card_of(pack: Pack, tour: Tour, offer: ChoicePrompt, *, brief: bool, again: bool) -> tuple[Reply, ...]:
    """The card at a learner's position. `brief`: the question without the lesson; `again`: it was asked before."""
    match position(pack, tour):
        case AtLesson(number, lesson):
            back = previous_lesson(pack, tour) is not None
            first = not tour.first and not again
            return (LessonCard(pack, lesson, number, len(pack.lessons), back, first, brief, again),)
        case AtOffer():
            return (PracticeOffer(offer),)
        case AtCase(case, question):
            number, total = pack.questions.index(question) + 1, len(pack.questions)
            scenario = pack.scenario(case.scenario)
            return (CaseQuestion(case, scenario, question, number, total, bool(tour.answers), brief, again),)
        case AtEnd():
            return finish(pack, tour, public=tour.public)
