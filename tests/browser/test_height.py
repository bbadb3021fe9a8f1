"""What a phone shows at a glance, on both tabs: a result, of the article's stories and other ideas, and a question."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.visitor import Visitor
from tests.doors.test_matrix import FILLING, IDEAS
from tests.shipped import shipped

pytestmark = pytest.mark.whole

WIDTH, MOST, MOST_ASKED, MOST_READ = 390, 760, 380, 420
"""In CSS pixels: of the window, of a result, a question, and one below what was read, which should be no higher."""

QUESTIONS = tuple(question.id for question in shipped().pack.questions)
STORIES = {
    "the article's support": ("An assistant that answers what customers ask our shop most.", "support"),
    "the article's medical": ("Summaries of patient reports for a healthcare organisation.", "medical"),
    "the article's sales": ("Personalised sales emails to thousands of leads a day.", "sales"),
}
CASES = {name: (text, dict(zip(QUESTIONS, FILLING[name], strict=True))) for name, text in IDEAS.items()} | {
    name: (text, {q: shipped().pack.scenario(case).answers.get(q, "unsure") for q in QUESTIONS})
    for name, (text, case) in STORIES.items()
}


def result_of(visitor: Visitor, text: str, answers: dict[str, str]) -> None:
    """Asks about an idea and answers by buttons what its text leaves open, until the result is there."""
    visitor.begin(text)
    for _ in range(2 * len(QUESTIONS)):
        visitor.thread.locator("[data-button^='answer:'], [data-button='details']").last.wait_for()
        if visitor.button("details").count():
            return
        open_question = visitor.thread.locator("[data-button^='answer:']").last.get_attribute("data-button")
        _, question, _ = str(open_question).split(":")
        proposed = f"confirm:{question}:{answers[question]}"
        visitor.press(proposed if visitor.button(proposed).count() else f"answer:{question}:{answers[question]}")
        visitor.thread.locator(f"[data-button^='answer:{question}:']").last.wait_for(state="detached")
    raise AssertionError("no result")


@pytest.mark.parametrize("tab", ["Slack", "Teams"])
@pytest.mark.parametrize("name", CASES)
def test_a_result_takes_a_screen_of_a_phone(window: Callable[..., Page], address: str, tab: str, name: str) -> None:
    visitor = Visitor(window(viewport={"width": WIDTH, "height": 844}), address, tab).open()
    text, answers = CASES[name]
    result_of(visitor, text, answers)
    box = visitor.card.bounding_box()
    assert box is not None
    print(f"{tab} {name}: {box['height']:.0f} px")
    assert box["height"] <= MOST
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == WIDTH


@pytest.mark.parametrize("tab", ["Slack", "Teams"])
@pytest.mark.parametrize(
    "text",
    [
        "start",
        "A support chatbot for our web shop. We have 20,000 old tickets.",
        "Personalised sales emails to leads, 50,000 a day. We have past emails with their replies.",
        "Coding of medical diagnoses, the output must be exactly the same each time.",
    ],
)
def test_a_first_question_takes_half_a_screen(window: Callable[..., Page], address: str, tab: str, text: str) -> None:
    visitor = Visitor(window(viewport={"width": WIDTH, "height": 844}), address, tab).open()
    visitor.begin(text)
    visitor.thread.locator("[data-button^='answer:']").last.wait_for()
    box = visitor.card.bounding_box()
    assert box is not None
    assert box["height"] <= (MOST_ASKED if text == "start" else MOST_READ)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == WIDTH
