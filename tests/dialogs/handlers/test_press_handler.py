"""Presses that change no conversation: feedback, and buttons without anything to act on."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.handlers.press_handler import rating_of
from dialogs.message import UP, Message, Person, Rating, Typed, Verb
from dialogs.replies.notices import Notice
from dialogs.respond import respond
from tests.dialogs.presses import press
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL


@pytest.mark.parametrize("length", [300, 301])
def test_a_note_to_feedback_is_kept_up_to_a_length(advisor: Advisor, length: int) -> None:
    done = asked(advisor, None, **ALL)
    rating = rating_of(advisor, done, press(UP, note="x" * length))
    assert (rating.up, len(rating.note)) == (True, 300)


def test_feedback_is_about_what_is_shown_or_said(advisor: Advisor) -> None:
    done = asked(advisor, None, **ALL)
    verdict = advisor.pack.verdicts[-1].id
    assert rating_of(advisor, done, press("down")) == Rating((f"result:{verdict}",), False, "", 0)
    passage, fact = advisor.pack.passages[0].id, advisor.pack.outside[0].id
    named = press(UP, about=f"{passage},gone,{fact}")
    assert rating_of(advisor, done, named) == Rating((passage, fact), True, "", 0)
    looked_up = Conversation.fresh(advisor.pack).replace(shown=(passage, "read:data"))
    assert rating_of(advisor, looked_up, press(UP)) == Rating((passage,), True, "", 0)
    asking = asked(advisor, "data").replace(shown=())
    assert rating_of(advisor, asking, press(UP)) is None
    assert rating_of(advisor, done, press("sideways")) is None
    assert rating_of(advisor, done, press(UP, "twice")) is None
    assert rating_of(advisor, done, Message("m", Person("ana"), NOON, Typed("up"))) is None


@pytest.mark.parametrize(
    ("message", "told"), [(press(UP), "nothing_to_rate"), (press("no-such-passage", verb=Verb.PASSAGE), "outdated")]
)
def test_what_is_not_there_changes_nothing(advisor: Advisor, message: Message, told: str) -> None:
    before = asked(advisor, "data")
    turn = respond(advisor, before, message)
    assert turn.aside == (Notice(told),)  # type: ignore[arg-type]
    assert turn.conversation.answers == before.answers
    assert turn.card == turn.below == ()
