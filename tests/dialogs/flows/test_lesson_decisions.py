"""The lessons, position by position: which words and buttons count, where they lead, and what stays to be read."""

from collections.abc import Mapping
from datetime import date

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import AGAIN, Conversation, Tour
from dialogs.executor.executor import execute
from dialogs.flows.base import Flow
from dialogs.flows.lesson_progress import (
    AtCase,
    AtEnd,
    AtLesson,
    AtOffer,
    lessons_of,
    new_round,
    position,
    previous_lesson,
)
from dialogs.message import Action, Message, Person, Typed, Verb
from dialogs.replies.lessons import CaseQuestion, CaseResult, LessonCard, LessonsFinished, PracticeOffer
from dialogs.replies.notices import Notice
from dialogs.replies.questions import WhyAsked
from dialogs.turn import Turn
from dialogs.understanding.expected_replies import means_button
from knowledge.pack import UNSURE
from tests.dialogs.presses import of
from tests.dialogs.talk import NOON


def lessons(advisor: Advisor) -> Flow:
    return advisor.flows.current(Conversation.fresh(advisor.pack).replace(flow="learn"))


def states(advisor: Advisor) -> Mapping[str, Conversation]:
    """Each position that the lessons can be in, by a name."""
    pack = advisor.pack
    ids = tuple(lesson.id for lesson in pack.lessons)
    right = {lesson.id: lesson.check.right.id for lesson in pack.lessons}
    begun = Tour(by="ana", name="Ana", order=ids)
    fresh = Conversation.fresh(pack)

    def at(tour: Tour | None, flow: str = "learn") -> Conversation:
        return fresh.replace(tour=tour, flow=flow, people=("ana",))

    case = pack.practice[0].scenario
    chosen = {question.id: question.options[0].id for question in pack.questions}
    some = dict(list(chosen.items())[:2])
    done = begun.replace(first=right)
    return {
        "nothing": at(None, ""),
        "left": at(begun, ""),
        "first lesson": at(begun),
        "second lesson": at(begun.replace(first=dict(list(right.items())[:1]))),
        "offer": at(done),
        "case": at(done.replace(case=case)),
        "in the case": at(done.replace(case=case, answers=some)),
        "end of the case": at(done.replace(case=case, answers=chosen, finished=NOON)),
        "end": at(done.replace(finished=NOON)),
    }


def message(day: date | None = None) -> Message:
    at = NOON if day is None else NOON + 86400 * (day - date(2026, 11, 18)).days
    return Message("m", Person("ana", "Ana"), at, Typed("x"))


ACTIVE = {"first lesson", "second lesson", "offer", "case", "in the case", "end of the case", "end"}
ALL = {"nothing", "left", *ACTIVE}

ACCEPTED = {
    Verb.LEARN: ACTIVE,
    Verb.READ: ACTIVE,
    Verb.CONTINUE: ACTIVE,
    Verb.KEEP: set[str](),
    Verb.BACK: ACTIVE,
    Verb.FINISH: ACTIVE,
    Verb.SHARE: ACTIVE,
}


@pytest.mark.parametrize("verb", ACCEPTED)
def test_when_a_word_counts(advisor: Advisor, verb: Verb) -> None:
    active = {name: state for name, state in states(advisor).items() if name in ACTIVE}
    assert {name for name, state in active.items() if means_button(advisor, state, verb)} == ACCEPTED[verb]
    assert all(lessons(advisor).resumes(state) for state in active.values())
    assert not any(lessons(advisor).resumes(state.replace(started=True)) for state in active.values())


def test_what_is_open(advisor: Advisor) -> None:
    flow, found = lessons(advisor), states(advisor)
    assert {name for name, state in found.items() if flow.under_way(state)} == ALL - {"nothing"}
    ended = found["end"].replace(flow="")
    assert not flow.under_way(ended)
    kinds = {name: type(position(advisor.pack, state.tour)) for name, state in found.items() if state.tour}
    assert kinds == {
        "left": AtLesson, "first lesson": AtLesson, "second lesson": AtLesson, "offer": AtOffer, "case": AtCase,
        "in the case": AtCase, "end of the case": AtEnd, "end": AtEnd,
    }  # fmt: skip
    prompts = {name: flow.prompt(state) for name, state in found.items()}
    assert {name for name, prompt in prompts.items() if prompt is None} == {"nothing", "end", "end of the case"}
    first = prompts["first lesson"]
    assert (first.id, first.name) == ("lesson:1", advisor.pack.lessons[0].title)
    assert dict(flow.chosen(found["nothing"])) == {}
    assert len(flow.chosen(found["in the case"])) == 2


def objected(advisor: Advisor, action: Action) -> dict[str, str | None]:
    return {name: lessons(advisor).objection(state, of(action)) for name, state in states(advisor).items()}


def test_what_speaks_against_a_button(advisor: Advisor) -> None:
    pack = advisor.pack
    answer = Action(Verb.LESSON, ("1", pack.lessons[0].check.options[0].id))
    told = objected(advisor, answer)
    assert {name for name, objection in told.items() if objection is None} == {"left", "first lesson"}
    assert set(told.values()) == {None, "outdated", "nothing_open"}
    assert set(objected(advisor, Action(Verb.LESSON, ("1", "no-such-option"))).values()) == {"outdated", "nothing_open"}
    question = pack.questions[0]
    told = objected(advisor, Action(Verb.PRACTICE, (question.id, question.options[0].id)))
    assert {name for name, objection in told.items() if objection is None} == {"case"}
    told = objected(advisor, Action(Verb.PRACTICE, (question.id, "no-such-option")))
    assert None not in told.values()
    told = objected(advisor, Action(Verb.TRY))
    assert {name: told[name] for name in ("first lesson", "second lesson")} == dict.fromkeys(
        ("first lesson", "second lesson"), "lessons_left"
    )
    assert told["nothing"] == "nothing_open"
    assert {told[name] for name in ACTIVE - {"first lesson", "second lesson"}} == {None}
    told = objected(advisor, Action(Verb.FINISH))
    assert (told["second lesson"], told["offer"], told["end"]) == ("lessons_left", None, "nothing_open")
    told = objected(advisor, Action(Verb.CANCEL))
    assert (told["case"], told["end"], told["nothing"]) == (None, "nothing_to_cancel", "nothing_open")
    for verb in (Verb.SKIP, Verb.WHY):
        told = objected(advisor, Action(verb))
        assert (told["first lesson"], told["case"], told["end"]) == (None, None, "nothing_open")
    told = objected(advisor, Action(Verb.SHARE))
    assert (told["offer"], told["end"], told["nothing"]) == ("not_finished", None, "nothing_open")
    assert set(objected(advisor, Action(Verb.LEARN)).values()) == {None}
    last = len(pack.lessons)
    for number, fits in ((0, False), (1, True), (last, True), (last + 1, False)):
        said = set(objected(advisor, Action(Verb.READ, (str(number),))).values())
        assert said == ({None} if fits else {"no_such_lesson"})


def act(advisor: Advisor, state: str | Conversation, verb: Verb, *arguments: str) -> Turn:
    conversation = states(advisor)[state] if isinstance(state, str) else state
    return execute(advisor, lessons(advisor).activate(conversation), message(), (of(Action(verb, arguments)),))


def shown(turn: Turn) -> list[object]:
    return [reply.remark if isinstance(reply, Notice) else type(reply) for reply in (*turn.below, *turn.card)]


def tour_after(turn: Turn) -> Tour:
    assert turn.conversation.tour is not None
    return turn.conversation.tour


def test_where_back_leads(advisor: Advisor) -> None:
    pack = advisor.pack
    assert shown(act(advisor, "first lesson", Verb.BACK)) == ["at_the_first_lesson", LessonCard]
    assert tour_after(act(advisor, "second lesson", Verb.BACK)).revisit == pack.lessons[0].id
    assert tour_after(act(advisor, "offer", Verb.BACK)).revisit == pack.lessons[-1].id
    assert shown(act(advisor, "case", Verb.BACK)) == ["at_the_first", CaseQuestion]
    assert list(tour_after(act(advisor, "in the case", Verb.BACK)).answers) == [pack.questions[0].id]


def test_where_skip_try_and_finish_lead(advisor: Advisor) -> None:
    pack = advisor.pack
    skipped = tour_after(act(advisor, "case", Verb.SKIP))
    assert skipped.answers == {pack.questions[0].id: UNSURE}
    turn = act(advisor, "offer", Verb.SKIP)
    assert (tour_after(turn).finished, shown(turn)) == (NOON, [LessonsFinished])
    turn = act(advisor, "end of the case", Verb.TRY)
    assert (tour_after(turn).case, tour_after(turn).answers) == (pack.practice[1].scenario, {})
    assert shown(turn) == [CaseQuestion]
    assert tour_after(act(advisor, "offer", Verb.TRY)).case == pack.practice[0].scenario
    early = act(advisor, "in the case", Verb.FINISH)
    assert (tour_after(early).case, tour_after(early).answers, shown(early)) == (None, {}, [LessonsFinished])
    assert shown(act(advisor, "second lesson", Verb.SKIP))[-1] is LessonCard


def test_the_last_answer_of_a_case_ends_it(advisor: Advisor) -> None:
    state, pack = states(advisor)["case"], advisor.pack
    for number, question in enumerate(pack.questions, 1):
        turn = act(advisor, state, Verb.PRACTICE, question.id, question.options[0].id)
        state = turn.conversation
        last = number == len(pack.questions)
        assert (tour_after(turn).finished is not None) is last
        assert shown(turn)[-1] is (LessonsFinished if last else CaseQuestion)
    assert CaseResult in shown(turn)


def test_why_share_and_repeat(advisor: Advisor) -> None:
    for state, told in (
        ("in the case", [WhyAsked, CaseQuestion]),
        ("first lesson", ["lesson_why", LessonCard]),
        ("offer", ["lesson_why", PracticeOffer]),
    ):
        assert shown(execute(advisor, states(advisor)[state], message(), (of(Action(Verb.WHY)),))) == told
    assert shown(act(advisor, "end", Verb.SHARE)) == ["finished_by"]
    nameless = states(advisor)["end"]
    assert shown(act(advisor, nameless.replace(tour=nameless.tour.replace(name=None)), Verb.SHARE)) == [
        "finished_by_unnamed"
    ]
    assert shown(act(advisor, "second lesson", Verb.REPEAT)) == [LessonCard]
    again = act(advisor, "second lesson", Verb.RESTART)
    assert (tour_after(again).first, shown(again)) == ({}, [LessonCard])
    with pytest.raises(ValueError, match="nobody is learning"):
        lessons(advisor).act(states(advisor)["nothing"], message(), of(Action(Verb.BACK)))


def test_leaving_the_lessons_leads_back_to_what_was_open(advisor: Advisor) -> None:
    turn = act(advisor, "second lesson", Verb.CANCEL)
    assert (turn.conversation.flow, turn.card) == ("", ())
    state = states(advisor)["second lesson"].replace(started=True)
    turn = act(advisor, state, Verb.CANCEL)
    assert (turn.conversation.flow, len(turn.card)) == ("", 1)


def test_learning_begins_goes_on_or_begins_anew(advisor: Advisor) -> None:
    pack = advisor.pack
    begun = tour_after(act(advisor, "nothing", Verb.LEARN))
    assert (begun.by, begun.name, begun.order[0], begun.first) == ("ana", "Ana", pack.lessons[0].id, {})
    going_on = states(advisor)["second lesson"].tour
    assert tour_after(act(advisor, "second lesson", Verb.LEARN)) == going_on
    anew = act(advisor, "end", Verb.LEARN)
    assert (tour_after(anew).first, tour_after(anew).finished) == ({}, None)
    assert shown(anew) == [LessonCard], "nothing was missed, so nothing comes first"
    third = tour_after(act(advisor, "nothing", Verb.READ, "3"))
    assert third.order == tuple(lesson.id for lesson in (*pack.lessons[2:], *pack.lessons[:2]))
    assert tour_after(act(advisor, "end", Verb.READ, "3")).revisit == pack.lessons[2].id


def test_a_lesson_whose_facts_are_out_of_date_is_not_read(advisor: Advisor) -> None:
    pack, flow = advisor.pack, lessons(advisor)
    number = next(number for number, lesson in enumerate(pack.lessons, 1) if lesson.facts)
    late = message(date(2032, 1, 1))
    assert not pack.lesson_is_current(pack.lessons[number - 1], late.day)
    reading = of(Action(Verb.READ, (str(number),)))
    found = states(advisor)
    assert shown(flow.act(found["nothing"], late, reading)) == ["lesson_outdated"]
    assert shown(flow.act(found["second lesson"], late, reading)) == ["lesson_outdated", LessonCard]
    asking = found["nothing"].replace(started=True)
    turn = flow.act(asking, late, reading)
    assert (shown(turn)[0], len(turn.card), turn.below) == ("lesson_outdated", 2, ())
    over = asking.replace(concluded=True)
    turn = flow.act(over, late, reading)
    assert (turn.card, shown(turn)) == ((), ["lesson_outdated"])
    assert pack.lessons[number - 1].id not in new_round(pack, late).order
    at = lessons_of(pack, Tour(by="ana"))
    assert [one.lesson.id for one in at] == [lesson.id for lesson in pack.lessons if not lesson.facts]


def test_what_was_read_stays_and_what_is_asked_again_goes(advisor: Advisor) -> None:
    flow, found = lessons(advisor), states(advisor)
    assert flow.closed_card(found["nothing"], found["first lesson"], NOON) is None
    first = found["first lesson"]
    card = flow.closed_card(first, found["second lesson"], NOON)
    assert ([type(reply) for reply in card.replies], card.deleted) == ([LessonCard], False)
    again = first.replace(shown=(AGAIN,))
    for after, deleted in ((first, True), (found["second lesson"], False)):
        card = flow.closed_card(again, after, NOON)
        assert card.deleted is deleted
        (lesson,) = card.replies
        assert isinstance(lesson, LessonCard)
        assert lesson.brief
    passage = first.replace(shown=(advisor.pack.passages[0].id,))
    card = flow.closed_card(passage, first, NOON)
    assert LessonCard not in [type(reply) for reply in card.replies]


@pytest.mark.parametrize("public", [True, False])
def test_in_public_only_the_learner_counts(advisor: Advisor, public: bool) -> None:
    state = states(advisor)["first lesson"]
    owner = lessons(advisor).owner(state.replace(tour=state.tour.replace(public=public)))
    assert owner == (Person("ana", "Ana") if public else None)
    assert lessons(advisor).owner(states(advisor)["nothing"]) is None


def test_back_from_a_lesson_that_is_not_in_the_round_leads_to_the_last_of_it(advisor: Advisor) -> None:
    pack = advisor.pack
    new = next(lesson for lesson in pack.lessons if lesson.facts)
    order = tuple(lesson.id for lesson in pack.lessons if lesson is not new)
    tour = Tour(by="ana", order=order, revisit=new.id)
    assert isinstance(position(pack, tour), AtLesson)
    previous = previous_lesson(pack, tour)
    assert previous.lesson.id == order[-1]
    assert previous_lesson(pack, tour.replace(revisit=order[0])) is None
    second = previous_lesson(pack, tour.replace(revisit=order[1]))
    assert second.lesson.id == order[0]
