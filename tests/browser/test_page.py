"""What the page offers around the conversation."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_conversation import ASKED
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.whole


def test_light_and_dark_follow_the_system_until_the_switch_is_used(window: Callable[..., Page], address: str) -> None:
    page = window(color_scheme="dark")
    Visitor(page, address, "Slack").open()
    root = page.locator(":root")
    expect(root).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(root).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Dark colours").click()
    expect(root).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")


def test_two_people_share_a_thread_and_the_record_says_who_answered(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    visitor.page.get_by_role("button", name="Ben").click()
    visitor.press("answer:data:yes")
    visitor.sees("Question 2 of 5")
    visitor.page.get_by_role("button", name="Ana", exact=True).click()
    visitor.press("answer:volume:high")
    visitor.sees("Question 3 of 5")
    visitor.sees("Ben")
    visitor.sees("Ana")


def test_what_is_for_one_person_is_not_shown_to_the_other(window: Callable[..., Page], address: str) -> None:
    page = window()
    Visitor(page, address, "Slack").open()
    page.get_by_label("Message #ai-ideas").fill("/advisor help")
    page.keyboard.press("Enter")
    alone = page.get_by_text("Only visible to you")
    expect(alone).to_have_count(1)
    page.get_by_role("button", name="Ben").click()
    expect(alone).to_have_count(0)


def test_a_command_goes_on_in_the_direct_messages(window: Callable[..., Page], address: str) -> None:
    page = window()
    visitor = Visitor(page, address, "Slack").open()
    page.get_by_label("Message #ai-ideas").fill("/advisor help")
    page.keyboard.press("Enter")
    page.get_by_role("navigation").get_by_label("new messages").wait_for()
    visitor.go_to("Advisor")
    page.get_by_role("article", name="Advisor").get_by_text(ASKED).first.wait_for()


def test_the_inspector_shows_what_was_sent_and_what_is_stored(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    visitor.press("answer:data:yes")
    visitor.sees("Question 2 of 5")
    visitor.page.get_by_role("button", name="Inspect messages").click()
    inspector = visitor.page.get_by_role("complementary", name="Inspector")
    sent = json.loads(inspector.locator("pre").first.inner_text())
    assert "blocks" in sent if visitor.tab == "Slack" else sent["attachments"][0]["content"]["version"] == "1.5"
    expect(inspector.get_by_role("meter").first).to_be_visible()
    expect(inspector.get_by_text("Revision 2, delivered up to 2")).to_be_visible()
    expect(inspector.get_by_role("row", name=re.compile("data yes button"))).to_be_visible()
    assert visitor.violations() == []


def test_words_that_look_like_markup_are_shown_as_they_are(visitor: Visitor) -> None:
    words, title = "a chatbot for *our* shop & a_b_c &lt; <b>bot</b> <!here>", "a chatbot for *our* shop & a_b_c &lt"
    visitor.begin(f"triage\n{words}\na bot that answers questions about our shop")
    visitor.sees("Not enough said yet")
    said = visitor.thread.get_by_role("article", name="Ana").last.inner_text()
    assert words in said.replace("\u200b", "")
    listed = visitor.thread.get_by_role("article", name="Advisor").last.inner_text()
    assert title in listed.replace("\u200b", "")


def test_a_transcript_is_played(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Play a transcript").click()
    visitor.page.get_by_role("menuitem").filter(has_text="Asking something in between").click()
    visitor.sees("Question 3 of 5")
