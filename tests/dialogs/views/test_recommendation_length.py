"""A recommendation takes two screens of a phone: what goes first where it would be longer, and what never goes."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend
from dialogs.replies.results import Recommendation
from dialogs.view import Buttons, Feedback, Heading, Items, Paragraph, View
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import MOST_WORDS, word_count
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}
TEN = "One two ten. "


@pytest.fixture
def result(advisor: Advisor) -> Recommendation:
    """One with all parts, each of several sentences."""
    pack = advisor.pack
    found = recommend(advisor.knowledge, asked(advisor, None, **ALL), NOON)
    scenario, faq = pack.scenarios[0], pack.faqs[0]
    assert len(found.main) >= 3
    assert len(found.changes) >= 2
    return replace(
        found,
        title="",
        path=(),
        steps=(found.steps[0].model_copy(update={"text": TEN * 3}),),
        scenario=scenario.model_copy(update={"finding": scenario.finding.model_copy(update={"text": TEN * 3})}),
        differences=(),
        faq=faq.model_copy(update={"text": TEN * 3, "title": "Title of it?"}),
        by_answers=False,
        faq_reason=None,
    )


def below(advisor: Advisor, view: View, title: str) -> Items | Paragraph:
    """What stands under the title with this key."""
    elements, shown = list(view.elements), advisor.catalogue.text(title)
    found = elements[
        1 + next(n for n, e in enumerate(elements) if isinstance(e, Heading) and shown == plain(View((e,))))
    ]
    assert isinstance(found, Items | Paragraph)
    return found


def shape(advisor: Advisor, result: Recommendation, words: int) -> tuple[int, ...]:
    """Reasons, changes, and sentences of the step, the case and the FAQ, where the title has so many words."""
    view = lay_out(advisor, (replace(result, title="xx " * words),), 1)
    reasons, changes = (below(advisor, view, title) for title in ("reasons_title", "change_title"))
    assert isinstance(reasons, Items)
    assert isinstance(changes, Items)
    titles = ("first_step_title", "scenario_title", "faq_title")
    texts = [plain(View((below(advisor, view, title),))) for title in titles]
    assert "Title of it?" in texts[2]
    return (len(reasons.lines), len(changes.lines), *(text.count("ten.") for text in texts))


def test_the_least_important_goes_first(advisor: Advisor, result: Recommendation) -> None:
    shapes = [shape(advisor, result, words) for words in range(MOST_WORDS + 20)]
    assert list(dict.fromkeys(shapes)) == [
        (3, 2, 3, 2, 2),
        (3, 2, 3, 2, 1),
        (3, 2, 3, 2, 0),
        (3, 2, 3, 1, 0),
        (2, 2, 3, 1, 0),
        (2, 1, 3, 1, 0),
        (2, 1, 1, 1, 0),
        (1, 1, 1, 1, 0),
    ]


@pytest.mark.parametrize(("called", "most"), [(False, 170), (True, 162)])
def test_it_is_as_long_as_it_may_be(advisor: Advisor, result: Recommendation, called: bool, most: int) -> None:
    """A button of its own takes the room of eight words."""
    reply = replace(result, called=advisor.pack.outside[0] if called else None)
    views = [lay_out(advisor, (replace(reply, title="xx " * words),), 1) for words in range(50)]
    texts = [[e for e in view.elements if not isinstance(e, Buttons | Feedback)] for view in views]
    assert max(map(word_count, texts)) == most
