"""How it looks: every state is accessible, and a picture of each is written to build/pictures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_conversation import ANSWERS, ASKED
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.whole

BACKLOG = """triage
legal contracts must be summarised in the same format each time, thousands a day
a bot that answers questions about our shop
radiology reports, 1,500 of them labelled, must be the same format each time"""
PICTURES = Path(__file__).parents[2] / "build" / "pictures"


@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_every_state_is_accessible_and_has_its_picture(window: Callable[..., Page], address: str, tab: str) -> None:
    visitor = Visitor(window(viewport={"width": 1120, "height": 740}), address, tab).open()

    def look(name: str) -> None:
        visitor.picture(PICTURES, name)
        assert visitor.violations() == []

    visitor.begin(ASKED)
    look("question")
    visitor.press("answer:data:yes")
    visitor.sees("Question 2 of 5")
    visitor.reply("How much does fine-tuning cost?")
    visitor.sees("Still open: Volume and speed")
    look("digression")
    for answer in ANSWERS[1:]:
        visitor.press(answer)
    visitor.sees("What would change it")
    look("recommendation")
    visitor.begin(BACKLOG)
    visitor.sees("still possible")
    look("triage")


IDEAS = ("a bot for tickets", "slogans, we have no data", "summaries of contracts, 5000 labelled, tight budget")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("count", [3, 12, 50])
@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_lists_of_ideas(window: Callable[..., Page], address: str, tab: str, count: int, width: int) -> None:
    visitor = Visitor(window(viewport={"width": width, "height": 1400}), address, tab).open()
    visitor.begin("triage\n" + "\n".join(f"{IDEAS[n % 3]} {n}" for n in range(count)))
    visitor.sees("still possible")
    visitor.picture(PICTURES, f"ideas-{count}-{width}")
    assert visitor.violations() == []
    visitor.press("guide")
    visitor.sees(" open")
    visitor.picture(PICTURES, f"guide-{count}-{width}")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_a_list_of_ideas_in_the_dark(window: Callable[..., Page], address: str, tab: str) -> None:
    visitor = Visitor(window(viewport={"width": 1280, "height": 900}, color_scheme="dark"), address, tab).open()
    visitor.begin("triage\n" + "\n".join(IDEAS))
    visitor.sees("still possible")
    visitor.picture(PICTURES, "ideas-dark")
    assert visitor.violations() == []


@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_in_a_narrow_window_in_the_dark(window: Callable[..., Page], address: str, tab: str) -> None:
    narrow = {"width": 390, "height": 780}
    visitor = Visitor(window(viewport=narrow, color_scheme="dark"), address, tab).open()
    visitor.begin(ASKED)
    for answer in ANSWERS:
        visitor.press(answer)
    visitor.sees("What would change it")
    visitor.picture(PICTURES, "narrow-dark")
    assert visitor.violations() == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == narrow["width"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_an_empty_room_says_what_this_is_and_what_may_be_tried(
    window: Callable[..., Page], address: str, tab: str, width: int
) -> None:
    visitor = Visitor(window(viewport={"width": width, "height": 844}), address, tab).open()
    visitor.go_to("Advisor" if tab == "Slack" else "AI ideas")
    empty = visitor.page.locator(".empty")
    expect(empty.get_by_text("Nothing you type leaves this machine")).to_be_visible()
    assert [name.split(":")[0] for name in empty.locator(".scripts button").all_inner_texts()] == [
        "A result",
        "A list",
        "Two people answer in one thread",
        "The lessons, from the first to a case of your own",
    ]
    visitor.picture(PICTURES, f"empty-{width}")
    assert visitor.violations() == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_a_message_that_says_too_little_is_asked_about(
    window: Callable[..., Page], address: str, tab: str, width: int
) -> None:
    visitor = Visitor(window(viewport={"width": width, "height": 844}), address, tab).open()
    visitor.begin("we have 9,000 labelled examples of sorted tickets")
    visitor.page.get_by_role("button", name="Judge this idea").last.click(force=True)
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog.get_by_text("Not enough said yet").first).to_be_visible()
    visitor.picture(PICTURES, f"missing-{width}")
    assert visitor.violations() == []
    visitor.page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_a_result_with_its_menus_and_its_details(
    window: Callable[..., Page], address: str, tab: str, width: int
) -> None:
    visitor = Visitor(window(viewport={"width": width, "height": 900}), address, tab).open()
    visitor.begin("start")
    for answer in ANSWERS:
        visitor.press(answer)
    visitor.sees("What would change it")
    visitor.click(visitor.thread.get_by_role("button", name="Change an answer").last)
    visitor.picture(PICTURES, f"result-menu-{width}")
    assert visitor.violations() == []
    visitor.page.keyboard.press("Escape")
    visitor.press("details")
    visitor.picture(PICTURES, f"result-details-{width}")
    assert visitor.violations() == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_what_deletes_everything_is_red_and_asks_first(
    window: Callable[..., Page], address: str, tab: str, width: int
) -> None:
    visitor = Visitor(window(viewport={"width": width, "height": 844}), address, tab).open()
    visitor.go_to("Advisor")
    page = visitor.page
    field = page.get_by_role("textbox").last
    field.fill("forget me")
    field.press("Enter")
    page.get_by_role("button", name="Delete it all").last.wait_for()
    visitor.picture(PICTURES, f"forget-{width}")
    assert visitor.violations() == []
    if tab == "Slack":
        page.on("dialog", lambda dialog: dialog.accept())
        visitor.click(page.get_by_role("button", name="Delete it all").last)
    else:
        visitor.click(page.get_by_role("button", name="Delete it all").first)
        yes = page.get_by_role("button", name="Yes, delete it all").last
        yes.wait_for()
        visitor.picture(PICTURES, f"forget-asked-{width}")
        assert visitor.violations() == []
        visitor.click(yes)
    page.get_by_text("What I had stored about you is gone").last.wait_for()
