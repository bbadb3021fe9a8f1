"""What is offered beside an answer: feedback, the start, other passages."""

import pytest

from dialogs.advisor import Advisor
from dialogs.message import Action, Verb
from dialogs.replies.notices import ConversationGone
from dialogs.replies.passages import DidYouMean, NotCovered, PassageReply
from dialogs.view import Buttons, Feedback
from dialogs.views import lay_out
from dialogs.views.passages import length
from dialogs.views.plain_text import plain
from tests.dialogs.views.shown import buttons, ids, laid_out, text


def test_only_the_last_of_several_replies_asks_whether_it_helped(advisor: Advisor) -> None:
    first, second = advisor.pack.passages[:2]
    both = laid_out(advisor, PassageReply(advisor.pack, first), PassageReply(advisor.pack, second))
    assert [e.about for e in both.elements if isinstance(e, Feedback)] == [second.id]
    one = laid_out(advisor, PassageReply(advisor.pack, first))
    assert [e.about for e in one.elements if isinstance(e, Feedback)] == [first.id]


@pytest.mark.parametrize(
    ("count", "told"), [(1, "one question"), (2, "about a minute"), (5, "about a minute"), (6, "about 2 minutes")]
)
def test_how_long_the_questions_take(advisor: Advisor, count: int, told: str) -> None:
    some = (advisor.pack.questions * 2)[:count]
    assert told in length(advisor.catalogue, advisor.pack.model_copy(update={"questions": some}))


def test_what_is_not_covered_tells_a_question_from_what_asks_nothing(advisor: Advisor) -> None:
    assert text(advisor, NotCovered(advisor.pack, ())).startswith("I have nothing on that.")
    assert text(advisor, NotCovered(advisor.pack, (), asked=False)).startswith("Tell me in a sentence")
    assert "start" in ids(laid_out(advisor, NotCovered(advisor.pack, (), offer=True)))
    (start,) = buttons(laid_out(advisor, NotCovered(advisor.pack, (), offer=True)))
    assert start.primary
    assert ids(laid_out(advisor, DidYouMean(advisor.pack.passages[:1]))) == [f"passage:{advisor.pack.passages[0].id}"]


def test_a_card_that_was_deleted_offers_to_begin_anew(advisor: Advisor) -> None:
    view = lay_out(advisor, (ConversationGone(erased=True),), 1)
    assert "deleted" in plain(view)
    assert [b.action for e in view.elements if isinstance(e, Buttons) for b in e.buttons] == [Action(Verb.START)]
