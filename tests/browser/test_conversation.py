"""The whole conversation at the page, on both tabs."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

ASKED = "Should we fine-tune our support bot?"
ANSWERS = (
    "answer:data:yes",
    "answer:volume:high",
    "answer:domain:specialised",
    "answer:budget:flexible",
    "answer:consistency:predictable",
)


def test_by_clicking_a_recommendation_is_ten_clicks_away(visitor: Visitor) -> None:
    visitor.click(visitor.page.get_by_role("button", name=ASKED))
    for answer in ANSWERS:
        visitor.press(answer)
    visitor.sees("Fine-tuning")
    visitor.sees("What would change it")
    assert visitor.clicks <= 10
    assert len(visitor.conversation()["document"]["answers"]) == 5


def test_by_typing(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    for number, typed in enumerate(("1", "high", "specialised", "flexible"), 2):
        visitor.reply(typed)
        visitor.sees(f"Question {number} of 5")
    visitor.reply("predictable")
    visitor.sees("What would change it")
    answers = visitor.conversation()["document"]["answers"]
    assert {answer["how"] for answer in answers.values()} == {"typed"}


def test_an_answer_is_edited_and_the_verdict_follows(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    for answer in ANSWERS:
        visitor.press(answer)
    visitor.press_in("Change an answer", "edit:data")
    visitor.press("answer:data:no")
    visitor.sees("Prompt engineering")
    assert visitor.conversation()["document"]["answers"]["data"]["option"] == "no"


def test_a_double_click_is_one_answer(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    visitor.button("answer:data:yes").dblclick()
    visitor.thread.get_by_text("Question 2 of 5").first.wait_for()
    visitor.press("answer:volume:high")
    visitor.thread.get_by_text("Question 3 of 5").first.wait_for()
    answers = visitor.conversation()["document"]["answers"]
    assert {question: answer["option"] for question, answer in answers.items()} == {"data": "yes", "volume": "high"}


def test_a_reload_in_the_middle_goes_on_where_it_was(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    visitor.press("answer:data:yes")
    visitor.sees("Question 2 of 5")
    visitor.page.reload()
    visitor.sees("Question 2 of 5")
    for answer in ANSWERS[1:]:
        visitor.press(answer)
    visitor.sees("What would change it")


def test_the_menu_explains_and_goes_back(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    visitor.press("answer:data:yes")
    visitor.sees("Question 2 of 5")
    visitor.pick("Back")
    visitor.sees("Question 1 of 5")


def test_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.begin(ASKED)
    visitor.button("answer:data:yes").focus()
    for number in range(2, 6):
        visitor.page.keyboard.press("Enter")
        visitor.sees(f"Question {number} of 5")
        expect(visitor.card.locator(":focus")).to_have_count(1)
    visitor.page.keyboard.press("Enter")
    visitor.sees("What would change it")


AGAIN = """window.EventSource = class extends EventSource {
  constructor(url) {
    super(url);
    this.addEventListener("message", ({ data }) => (window.again = () => this.onmessage({ data })));
  }
};"""
"""Makes `again()` say what the server said last, as where a press is answered by the card that is there already."""


def test_a_menu_stays_open_where_the_same_card_comes_again(window: Callable[..., Page], address: str) -> None:
    page = window()
    page.add_init_script(AGAIN)
    visitor = Visitor(page, address, "Teams").open()
    visitor.begin("start")
    for answer in ANSWERS:
        visitor.press(answer)
    visitor.sees("What would change it")
    visitor.click(visitor.thread.get_by_role("button", name="Change an answer").last)
    expect(visitor.button("edit:data")).to_be_visible()
    page.evaluate("again(); new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(visitor.button("edit:data")).to_be_visible()
