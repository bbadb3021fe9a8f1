"""An amount between the limits of a question, and answers that are recorded already."""

import pytest

from dialogs.executor.executor import execute
from dialogs.executor.items import Item, Readings
from dialogs.message import Message, Person, Typed
from tests.dialogs.executor.lines import idea, ideas, offered, set_
from tests.dialogs.talk import Talk


@pytest.mark.parametrize(
    ("question", "quote", "reason"),
    [
        (
            "data",
            "we have 60 old letters",
            "“60 old letters” lies between the limits: 200 or more of them are enough, up to 50",
        ),
        (
            "volume",
            "some 150 requests a day",
            "150 requests a day” lies between the limits: 250 requests a day or more are many,",
        ),
        (
            "budget",
            "a budget of 20,000 dollars",
            "“20,000 dollars” lies between the limits: Up to 5,000 dollars are read as limited,",
        ),
        ("volume", "an answer within 60 seconds", ""),  # what the pack says of it has one of its limits
        ("volume", "500 users", ""),
        ("data", "40 letters", ""),
        ("data", "hard to say", ""),
        ("domain", "60 letters", ""),
    ],
)
def test_not_sure_has_its_reason_where_an_amount_lies_between_the_limits(
    talk: Talk, question: str, quote: str, reason: str
) -> None:
    talk.do(ideas("letters", "reports")).do(set_(question, "unsure", "1", quote=quote))
    assert ": not sure" in talk.said
    assert ("between the limits" in talk.said) is bool(reason)
    assert reason in talk.said


def test_the_reason_is_told_of_the_own_idea_as_well_and_of_no_other_answer(talk: Talk) -> None:
    talk.do(idea("letters"), set_("data", "unsure", quote="60 letters"))
    assert "“60 letters” lies between the limits: " in talk.said
    talk.do(set_("data", "no", quote="60 letters"))
    assert "between the limits" not in talk.said


@pytest.mark.parametrize("item", [Readings((set_("data", "yes", quote="x"),), asked=asked) for asked in (False, True)])
def test_an_answer_that_is_recorded_is_not_proposed(talk: Talk, item: Item) -> None:
    talk.do(idea("letters"), set_("data", "yes"))
    for option, again in (("yes", False), ("no", True)):
        talk.do(set_("data", option))
        message = Message("n", Person("ana", "ana"), talk.clock + 30, Typed("x"))
        before, talk.turn = talk.conversation, execute(talk.advisor, talk.conversation, message, (item,))
        after = talk.turn.conversation
        assert after.chosen == before.chosen
        assert (after.confirm is not None or bool(after.focus.offers)) is again
        assert again or "yes, hundreds or more already" in talk.below


def test_of_what_is_offered_only_what_is_recorded_is_left_out(talk: Talk) -> None:
    talk.do(idea("letters"), set_("data", "yes"))
    message = Message("n", Person("ana", "ana"), talk.clock + 30, Typed("x"))
    both = Readings((set_("data", "yes", quote="x"), set_("budget", "limited", quote="x")))
    talk.conversation = execute(talk.advisor, talk.conversation, message, (both,)).conversation
    assert len(offered(talk)) == 1
    assert "imited" in offered(talk)[0]
