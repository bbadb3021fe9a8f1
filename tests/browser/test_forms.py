"""Beside messages: the Home tab, forms, judging a message, the search, private commands; as a person does it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.whole

MEDICAL = {
    "data": "yes",
    "volume": "low",
    "domain": "specialised",
    "budget": "flexible",
    "consistency": "predictable",
}
IDEA = "We want to sort tickets, we have 9,000 labelled examples"


@pytest.fixture
def slack(window: Callable[..., Page], address: str) -> Visitor:
    return Visitor(window(), address, "Slack").open()


@pytest.fixture
def teams(window: Callable[..., Page], address: str) -> Visitor:
    return Visitor(window(), address, "Teams").open()


def button(visitor: Visitor, name: str) -> None:
    visitor.click(visitor.page.get_by_role("button", name=name, exact=True).first)


def judged(visitor: Visitor) -> None:
    message = visitor.page.get_by_role("article", name="Ana").filter(has_text=IDEA).last
    visitor.click(message.get_by_role("button", name="Judge this idea"))


def test_slacks_form_says_what_is_missing_shows_the_result_and_posts_it(slack: Visitor) -> None:
    button(slack, "Decide by form")
    modal = slack.page.locator("dialog.modal")
    button(slack, "Decide")
    expect(modal.locator(".field-error")).to_have_count(1)
    for question, option in MEDICAL.items():
        modal.locator(f"input[name={question}][value={option}]").check()
    button(slack, "Decide")
    expect(modal).to_contain_text("Fine-tuning · ")
    button(slack, "Post it")
    expect(modal).to_have_count(0)
    expect(slack.page.get_by_role("article", name="Advisor").last).to_contain_text("Fine-tuning · ")


def test_slacks_shortcut_judges_a_message_and_posts_below_it(slack: Visitor) -> None:
    button(slack, "@Advisor")
    slack.page.locator("textarea").first.fill(IDEA)
    button(slack, "Send")
    judged(slack)
    modal = slack.page.locator("dialog.modal")
    expect(modal).to_contain_text("9,000 labelled examples")
    for question, option in MEDICAL.items():
        if question != "data":
            modal.locator(f"input[name={question}][value={option}]").check()
    modal.locator("button[type=submit]").click()
    button(slack, "Post to thread")
    expect(modal).to_have_count(0)
    expect(slack.page.get_by_role("button", name="1 reply").last).to_be_visible()


def test_slacks_result_is_shared_by_a_modal(slack: Visitor) -> None:
    slack.page.locator("textarea").first.fill("start")
    button(slack, "Send")
    for question in MEDICAL:
        slack.card.locator(f"[data-button='answer:{question}:unsure']").click()
    slack.card.locator("[data-button=share]").click()
    modal = slack.page.locator("dialog.modal")
    expect(modal.locator("select")).to_be_visible()
    slack.page.keyboard.press("Escape")
    expect(modal).to_have_count(0)


def test_slacks_home_begins_in_messages_and_opens_the_form(slack: Visitor) -> None:
    slack.go_to("Advisor")
    button(slack, "Home")
    home = slack.page.get_by_role("region", name="Home")
    home.locator("[data-button=advice_form]").click()
    expect(slack.page.locator("dialog.modal")).to_contain_text("Your idea")
    slack.page.keyboard.press("Escape")
    expect(slack.page.locator("dialog.modal")).to_have_count(0)
    home.locator("[data-button=start]").click()
    expect(slack.page.get_by_role("article", name="Advisor").last).to_contain_text("Question 1 of 5")


def test_the_search_in_teams_inserts_a_card(teams: Visitor) -> None:
    button(teams, "Ask")
    teams.page.get_by_label("Question").fill("how much does it cost to train?")
    found = teams.page.locator(".found button").filter(has_text="How much does fine-tuning cost?")
    found.click()
    expect(teams.page.get_by_role("article", name="Ana").last).to_contain_text("thousands of dollars")


def test_the_dialog_in_teams_ends_in_the_room(teams: Visitor) -> None:
    button(teams, "Decide by form")
    dialog = teams.page.locator("dialog.modal")
    expect(dialog.locator(".ac-choiceSetInput-expanded")).to_have_count(5)
    for choices in dialog.locator(".ac-choiceSetInput-expanded").all():
        choices.locator("input").first.check()
    dialog.get_by_role("button", name="Decide").click()
    expect(dialog).to_contain_text("What would change it")
    dialog.get_by_role("button", name="Post it").click()
    expect(dialog).to_have_count(0)
    expect(teams.page.get_by_role("article", name="Ana").last).to_contain_text("What would change it")


def test_the_message_extension_judges_a_message(teams: Visitor) -> None:
    button(teams, "@Advisor")
    teams.page.locator(".composer textarea").last.fill(IDEA)
    teams.page.get_by_role("button", name="Send").last.click()
    judged(teams)
    expect(teams.page.locator("dialog.modal")).to_contain_text("9,000 labelled examples")
    teams.page.keyboard.press("Escape")
    expect(teams.page.locator("dialog.modal")).to_have_count(0)


def test_a_command_after_a_slash_stays_with_its_person(teams: Visitor) -> None:
    teams.page.locator(".composer textarea").last.fill("/start")
    teams.page.get_by_role("button", name="Send").last.click()
    card = teams.page.get_by_role("article", name="Advisor").last
    expect(card).to_contain_text("Only you can see this")
    card.get_by_role("button", name="1 Yes, hundreds or more").click()
    expect(card).to_contain_text("Question 2 of 5")
    teams.click(teams.page.get_by_role("button", name="Ben"))
    expect(teams.page.get_by_text("Only you can see this")).to_have_count(0)


def test_after_the_last_click_in_teams_the_verdict_is_in_view(teams: Visitor) -> None:
    teams.page.set_viewport_size({"width": 1280, "height": 800})
    teams.page.locator(".composer textarea").last.fill("start")
    teams.page.get_by_role("button", name="Send").last.click()
    for question in MEDICAL:
        teams.card.locator(f"[data-button='answer:{question}:unsure']").click()
    verdict = teams.card.get_by_text("Prompt engineering · ")
    expect(verdict).to_be_in_viewport()
    expect(teams.card.locator("[data-button='answer:consistency:unsure']")).to_have_count(0)
    expect(verdict).to_be_in_viewport()


def test_beside_a_thread_and_the_inspector_the_channel_can_be_read(slack: Visitor) -> None:
    slack.page.set_viewport_size({"width": 1280, "height": 800})
    slack.page.locator("textarea").first.fill("start")
    button(slack, "Send")
    expect(slack.thread).to_contain_text("Question 1 of 5")
    slack.page.get_by_role("button", name="Inspect").first.click()
    for part in (slack.page.locator(".room"), slack.thread):
        box = part.bounding_box()
        assert box is not None
        assert box["width"] >= 320
