"""What was said for a message is worked out again from the conversation after it, or left out where that tells less."""

import pytest

from dialogs.message import Action, Message, Person, Press, Typed, Verb
from dialogs.reconstruction import reconstruct
from dialogs.turn import Turn
from dialogs.views import current_view, lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import Talk
from tests.shipped import shipped

COST = "How much does fine-tuning cost?"
OPEN = ("start", "yes")
DONE = ("start", "yes", "high", "general", "flexible", "2")
IDEAS = "triage\na bot for tickets\na bot for invoices"
LISTED = (IDEAS, "idea 1", "compare 1 and 2", "1: no data", "lets go through what is missing", "rename 1 to x", "list")


def said_again(talk: Talk, text: str) -> Turn:
    """Recalls what was said to the last message, which had this text."""
    message = Message(f"m{talk.clock}", Person("ana"), talk.clock, Typed(text))
    return reconstruct(talk.advisor, talk.conversation, message)


def told(talk: Talk, texts: tuple[str, ...]) -> Turn:
    for text in texts:
        talk.say(text)
    return talk.turn


def shown(talk: Talk, turn: Turn) -> str:
    return plain(lay_out(talk.advisor, turn.card, talk.conversation.revision))


@pytest.mark.parametrize(
    "texts",
    [
        ("hi",),
        ("start",),
        (*OPEN, COST),
        (*OPEN, "why"),
        (*OPEN, "help"),
        (*OPEN, "asdf"),
        (*OPEN, "high"),
        (*OPEN, "back"),
        (*OPEN, "start over"),
        (*OPEN, "show"),
        DONE,
        (*DONE[:-1], "predictable"),
        (*DONE, "change data"),
        ("learn",),
        ("learn", COST),
        ("learn", "1"),
        ("learn", "why"),
    ],
    ids=lambda texts: texts[-1].partition("\n")[0],
)
def test_what_the_conversation_tells_is_said_to_the_letter(talk: Talk, texts: tuple[str, ...]) -> None:
    first = told(talk, texts)
    again = said_again(talk, texts[-1])
    assert shown(talk, again) == talk.card
    assert again.below == first.below


@pytest.mark.parametrize("number", range(len(LISTED)))
def test_what_is_shown_of_the_ideas_is_shown_again(talk: Talk, number: int) -> None:
    told(talk, LISTED[: number + 1])
    again = said_again(talk, LISTED[number])
    assert type(again.card[-1]) is type(talk.advisor.flows.replay(talk.conversation, talk.clock)[-1])
    assert not talk.turn.card or again.card[-1] == talk.turn.card[-1]
    assert again.conversation.board == talk.conversation.board


@pytest.mark.parametrize("text", [COST, "thanks", "compare"])
def test_what_stands_below_a_recommendation_is_said_again(talk: Talk, text: str) -> None:
    first = told(talk, (*DONE, text))
    assert first.below
    assert said_again(talk, text).below == first.below


@pytest.mark.parametrize(
    "texts", [(*OPEN, "cancel"), ("learn", "stop")], ids=lambda texts: " ".join((texts[0], texts[-1]))
)
def test_where_it_does_not_tell_the_card_is_shown_as_it_stands(talk: Talk, texts: tuple[str, ...]) -> None:
    told(talk, texts)
    again = said_again(talk, texts[-1])
    assert shown(talk, again) == plain(current_view(talk.advisor, talk.conversation, talk.clock))
    assert again.below == ()


@pytest.mark.parametrize("before", [OPEN, DONE], ids=["question", "recommendation"])
def test_a_correction_is_said_again_but_for_what_it_replaced(before: tuple[str, ...]) -> None:
    talk, text = Talk(shipped()), "actually no, we have no examples"
    told(talk, (*before, text))
    lead, card = shown(talk, said_again(talk, text)).split("\n", 1)
    assert lead.startswith("Training data: no")
    alone = plain(current_view(talk.advisor, talk.conversation, talk.clock))
    assert card == (alone.replace("\n", ". ", 1) if before is OPEN else alone)  # below a receipt in one paragraph


def test_an_option_for_a_case_is_no_text_that_cannot_be_taken() -> None:
    talk = Talk(shipped())
    lessons = len(talk.advisor.pack.lessons)
    told(talk, ("learn", *("skip",) * lessons, "practise"))
    question = talk.advisor.pack.questions[0]
    talk.press(f"practice:{question.id}:yes")
    correction = "actually no, we have no examples"
    talk.say(correction)
    assert shown(talk, said_again(talk, correction)) == talk.card


def test_of_an_overtaken_message_only_what_it_asked_about_the_subject_is_said(talk: Talk) -> None:
    asked = told(talk, (*OPEN, COST))
    question = Message(f"m{talk.clock}", Person("ana"), talk.clock, Typed(COST))
    told(talk, ("high",))
    answered = Message(f"m{talk.clock}", Person("ana"), talk.clock, Typed("high"))
    told(talk, ("general",))
    again = reconstruct(talk.advisor, talk.conversation, question)
    assert [plain(lay_out(talk.advisor, (reply,), 1)).splitlines()[0] for reply in again.below] == [COST]
    assert asked.below[0] in again.below
    assert shown(talk, again) == talk.card
    again = reconstruct(talk.advisor, talk.conversation, answered)
    assert again.below == ()
    assert shown(talk, again) == talk.card


def test_an_answer_of_its_own_is_said_again_above_the_card(talk: Talk) -> None:
    told(talk, (*OPEN, COST))
    asked = Message(f"m{talk.clock}", Person("ana"), talk.clock, Typed(COST))
    talk.say("see you at lunch", who="ben", addressed=False)
    again = reconstruct(talk.advisor, talk.conversation, asked)
    assert [plain(lay_out(talk.advisor, (reply,), 1)).splitlines()[0] for reply in again.below] == [COST]
    assert COST not in shown(talk, again)


def test_a_press_is_recalled_like_a_text(talk: Talk) -> None:
    told(talk, OPEN)
    talk.press("why")
    why = Press(Action(Verb.WHY), talk.conversation.revision - 1)
    message = Message(f"m{talk.clock}", Person("ana"), talk.clock, why)
    assert shown(talk, reconstruct(talk.advisor, talk.conversation, message)) == talk.card
