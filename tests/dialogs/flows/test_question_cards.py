"""What a question's card becomes once there is a newer one, and what a press on an old card says."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation, read_mark
from dialogs.flows.questions import PRESSED_AGAIN
from dialogs.message import Action, Press, Verb
from dialogs.replies.questions import AlreadyAnswered, ClosedQuestion, UnderstoodAnswers
from dialogs.replies.results import Recommendation
from tests.dialogs.flows.question_states import kinds, message, notices, states
from tests.dialogs.presses import of
from tests.dialogs.talk import NOON


def closed(advisor: Advisor, before: Conversation, after: Conversation) -> tuple[list[object], bool] | None:
    """What the card becomes: the kinds of its parts, and whether it goes."""
    card = advisor.flows.questions.closed_card(before, after, NOON)
    return None if card is None else ([type(reply) for reply in card.replies], card.deleted)


def answered(state: Conversation, question: str, option: str = "low") -> Conversation:
    answer = Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON)
    return state.replace(answers={**state.answers, question: answer}, revisit=None, confirm=None)


def test_what_a_card_becomes_once_it_is_answered_or_left(advisor: Advisor) -> None:
    found = states(advisor)
    middle = found["open"]
    assert closed(advisor, middle, answered(middle, "volume")) == ([ClosedQuestion], False)
    assert closed(advisor, middle, middle) == ([ClosedQuestion], True)
    assert closed(advisor, found["open again"], answered(middle, "data", "no")) == ([ClosedQuestion], False)
    assert closed(advisor, found["open again"], found["open again"]) == ([ClosedQuestion], True)
    assert closed(advisor, middle, found["stopped"]) == ([ClosedQuestion], True)
    kinds, deleted = closed(advisor, found["result"], middle) or ([], True)
    assert (kinds, deleted) == ([Recommendation], False)
    assert closed(advisor, found["fresh"], middle) is None


def test_what_was_read_from_a_text_stays_where_it_was_said(advisor: Advisor) -> None:
    read = Answer(option="yes", how=AnswerMethod.READ, by="ana", at=NOON)
    middle = states(advisor)["open"]
    before = middle.replace(answers={"data": read}, shown=(read_mark("data"),))
    assert closed(advisor, before, before) == ([UnderstoodAnswers], False)
    assert closed(advisor, before, answered(before, "volume")) == ([ClosedQuestion], False)
    assert closed(advisor, before.replace(shown=()), before) == ([ClosedQuestion], True)
    assert closed(advisor, before.replace(shown=(read_mark("budget"),)), before) == ([ClosedQuestion], True)
    pressed = middle.replace(shown=(read_mark("data"),))
    assert closed(advisor, pressed, pressed) == ([ClosedQuestion], True), "what was pressed was not read"
    again = before.replace(revisit="data")
    assert closed(advisor, again, again) == ([ClosedQuestion], True), "it is what is asked"
    passage = advisor.pack.passages[0].id
    told = middle.replace(shown=(passage,))
    kinds, deleted = closed(advisor, told, told) or ([], True)
    assert (len(kinds), deleted) == (1, False)
    assert kinds != [ClosedQuestion]


@pytest.mark.parametrize(
    ("who", "option", "age", "shown_anew"),
    [
        ("ana", "yes", 0, True),
        ("ana", "yes", PRESSED_AGAIN, True),
        ("ana", "yes", PRESSED_AGAIN + 1, False),
        ("ana", "no", 0, False),
        ("ben", "yes", 0, False),
    ],
)
def test_an_answer_that_is_pressed_again_shows_the_card_anew(
    advisor: Advisor, who: str, option: str, age: int, shown_anew: bool
) -> None:
    action = Action(Verb.ANSWER, ("data", option))
    state = states(advisor)["open"]
    at = state.answers["data"].at + age
    turn = advisor.flows.questions.stale_press(state, message(Press(action, 1), who, at), of(action))
    assert bool(turn.card) is shown_anew
    assert kinds(turn)[len(turn.card) :] == ([] if option == "yes" else [AlreadyAnswered])
    assert turn.conversation == state
    later = advisor.flows.questions.stale_press(state, message(Press(action, 1), who, at - 500), of(action))
    assert [reply.age for reply in later.aside if isinstance(reply, AlreadyAnswered)] == [0] * len(later.aside)


def test_a_button_of_an_old_card_says_what_is_recorded_for_its_question(advisor: Advisor) -> None:
    flow, state = advisor.flows.questions, states(advisor)["open"]
    for action in (Action(Verb.ANSWER, ("volume", "low")), Action(Verb.BACK)):
        assert notices(flow.stale_press(state, message(Press(action, 1)), of(action))) == ["outdated"]
    action = Action(Verb.CONFIRM, ("data", "yes"))
    turn = flow.stale_press(state, message(Press(action, 1)), of(action))
    assert AlreadyAnswered in kinds(turn)
