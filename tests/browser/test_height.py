"""What a phone shows at a glance, on both tabs: results, questions, lists and ideas, with the most that they hold."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from dialogs.views import current_view
from dialogs.views.plain_text import plain
from tests.browser.visitor import Visitor
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import combinations, finished
from tests.doors.test_matrix import FILLING, IDEAS
from tests.shipped import shipped

pytestmark = pytest.mark.whole

WIDTH, A_LINE = 390, 36
"""Of the window in CSS pixels, and of a line in characters."""

RESULT, QUESTION, IDEA, LIST = 760, 380, 600, 900
"""The most CSS pixels from the top of a message to its end."""

CONTROLS = 4
"""Most buttons and menus of a result or a list, besides those for feedback and the page's own."""

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

LONGEST = 3
"""Results of all combinations that are measured: those of the most lines."""

ANSWERS = ("yes", "high", "specialised", "limited", "predictable")
TYPED = ("yes", "high volume", "the domain is law, very specialised", "limited", "predictable")

READ = {
    "nothing": "Should we fine-tune our support bot?",
    "one": "A support chatbot for our web shop. We have 20,000 old tickets.",
    "two": "Coding of medical diagnoses, the output must be exactly the same each time.",
    "three": "Summaries of radiology reports for our clinic, thousands a day. We have thousands of labelled reports.",
    "four": "Summaries of patient histories for the outpatient departments of our group, thousands a day. We have "
    "thousands of labelled reports and a small budget.",
    "all but the volume": "Coding of medical diagnoses, always exactly the same. 9,000 labelled cases, a small budget.",
    "a first proposal": "A chatbot for customers. We have around 150 examples of tickets.",
    "a later proposal": "A bot that answers staff questions for our 50 person firm.",
}

DECIDED = [
    "Summaries of radiology reports for the clinic, thousands a day, 5,000 labelled, small budget, one format only",
    "Legal contracts must be summarised in the same format each time, thousands a day, 8,000 labelled, money is there",
    "A support chatbot for the web shop, 200 requests a day, no examples, small budget, answers may vary",
    "Personalised sales emails to leads, 50,000 a day, 10,000 labelled mails, the budget is limited, wording may vary",
    "Coding of medical diagnoses, 3,000 labelled cases, many a day, generous budget, exactly the same output each time",
    "A chatbot that explains our travel policy to new colleagues, no examples at all, limited budget",
    "Sorting the incoming mail of our insurance by department, 20,000 a day, plenty of labelled mails, we can invest",
    "Minutes of board meetings with decisions and owners, one a week, no examples at all, limited budget, may vary",
]
OPEN = [
    "An assistant for the purchasing team of the whole group",
    "A tutor that explains safety rules to new staff on site",
    "Translating product pages into nine languages for the shop",
    "Spotting risky clauses in the agreements with suppliers",
    "Extracting findings from clinical notes at a hospital",
    "Drafting discharge letters for the patients of a hospital",
    "Outreach emails for the sales team to prospects in Leeds",
    "Comments on code reviews in the style of our own team",
]
LISTS = {"decided": DECIDED, "open": OPEN, "half of each": [*DECIDED[:4], *OPEN[:4]]}


def longest() -> list[tuple[str, ...]]:
    """The answers of the results with the most lines."""

    def lines(answers: tuple[str, ...]) -> int:
        view = current_view(shipped(), finished(shipped().pack, dict(zip(QUESTIONS, answers, strict=True))), NOON)
        return sum(-(-len(line) // A_LINE) for line in plain(view).splitlines())

    every = [tuple(options[q] for q in QUESTIONS) for options in combinations(shipped().pack)]
    return sorted(every, key=lines)[-LONGEST:]


@pytest.fixture(params=["Slack", "Teams"])
def phone(request: pytest.FixtureRequest, window: Callable[..., Page], address: str) -> Visitor:
    """Somebody on each of the tabs."""
    return Visitor(window(viewport={"width": WIDTH, "height": 844}), address, request.param).open()


def measured(visitor: Visitor, most: int) -> None:
    """The newest message is at most so high, and nothing of the page is wider than the screen."""
    box = visitor.card.bounding_box()
    assert box is not None
    print(f"{visitor.tab}: {box['height']:.0f} px")
    assert box["height"] <= most, visitor.card.inner_text()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == WIDTH


def few_controls(visitor: Visitor) -> None:
    """The newest message has no more buttons and menus than a reader takes in; a table's titles are none."""
    shown = visitor.card.locator("button:visible:not(th button), select:visible").all()
    names = [name for each in shown if (name := each.inner_text()) and name != "{ }"]
    assert 0 < len(names) <= CONTROLS, names


ANOTHER = """([thread, old, before]) => {
  const card = [...thread.querySelectorAll("article[aria-label^=Advisor]")].at(-1);
  const alone = [...thread.querySelectorAll("[data-button^='answer:']")].every(button => card.contains(button));
  return (card !== old || card.innerText !== before) && alone && card.querySelector("[data-button]") !== null;
}"""
"""Whether the newest message is another card than before, and the only one with answers to press."""


@contextmanager
def another_card(visitor: Visitor) -> Iterator[None]:
    """Waits until what is done has shown another card: a reply may be several messages."""
    thread, card, text = visitor.thread.element_handle(), visitor.card.element_handle(), visitor.card.inner_text()
    yield
    visitor.page.wait_for_function(ANOTHER, arg=[thread, card, text])


def answer(visitor: Visitor, answers: dict[str, str], most: int | None = None) -> None:
    """Answers by buttons until the result is there. `most`: each question is at most so high."""
    for _ in range(2 * len(QUESTIONS)):
        visitor.thread.locator("[data-button^='answer:'], [data-button='details']").last.wait_for()
        if visitor.button("details").count():
            return
        if most is not None:
            measured(visitor, most)
        open_question = visitor.thread.locator("[data-button^='answer:']").last.get_attribute("data-button")
        _, question, _ = str(open_question).split(":")
        proposed = f"confirm:{question}:{answers[question]}"
        visitor.press(proposed if visitor.button(proposed).count() else f"answer:{question}:{answers[question]}")
        visitor.thread.locator(f"[data-button^='answer:{question}:']").last.wait_for(state="detached")
    raise AssertionError("no result")


@pytest.mark.parametrize("name", CASES)
def test_a_result_takes_a_screen(phone: Visitor, name: str) -> None:
    text, answers = CASES[name]
    phone.begin(text)
    answer(phone, answers)
    measured(phone, RESULT)


def test_the_longest_results_take_a_screen_and_have_four_controls(phone: Visitor) -> None:
    for answers in longest():
        phone.begin("start")
        answer(phone, dict(zip(QUESTIONS, answers, strict=True)))
        measured(phone, RESULT)
        few_controls(phone)


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_each_question_takes_half_a_screen_whatever_was_read(phone: Visitor, text: str) -> None:
    phone.begin(text)
    answer(phone, dict(zip(QUESTIONS, ANSWERS, strict=True)), QUESTION)


def test_a_question_takes_half_a_screen_without_a_description_and_once_the_result_is_clear(phone: Visitor) -> None:
    phone.begin("start")
    answer(phone, dict(zip(QUESTIONS, ("no", "high", "specialised", "flexible", "predictable"), strict=True)), QUESTION)
    phone.sees("What would change it")
    phone.press_in("Change an answer", "edit:volume")
    phone.button("keep").wait_for()
    measured(phone, QUESTION)


@pytest.mark.parametrize("people", [("Ana",), ("Ana", "Ben")], ids=["one person", "two people"])
def test_a_question_takes_half_a_screen_where_answers_are_typed(phone: Visitor, people: Sequence[str]) -> None:
    phone.begin(READ["nothing"])
    for number, typed in enumerate(TYPED[:-1], 2):
        phone.page.get_by_role("button", name=people[number % len(people)], exact=True).first.click()
        phone.reply(typed)
        phone.sees(f"Question {number} of 5")
        measured(phone, QUESTION)
    phone.page.get_by_role("button", name="Ana", exact=True).first.click()


def test_a_question_takes_half_a_screen_with_what_was_explained(phone: Visitor) -> None:
    phone.begin("start")
    for asked in ("why", "help", "xyzzy plugh"):
        with another_card(phone):
            phone.reply(asked)
        measured(phone, QUESTION)


@pytest.mark.parametrize("answered", [False, True], ids=["nothing answered", "one answered"])
@pytest.mark.parametrize(
    "text", ["a tool that writes posts for our shop, in the words of each of our brands", READ["three"]]
)
def test_a_question_about_a_second_idea_takes_half_a_screen(phone: Visitor, text: str, answered: bool) -> None:
    phone.begin(READ["nothing"])
    if answered:
        phone.press("answer:data:yes")
        phone.sees("Question 2 of 5")
    with another_card(phone):
        phone.reply(f"new idea: {text}")
    phone.thread.get_by_text("New idea: ").first.wait_for()
    measured(phone, QUESTION)


@pytest.mark.parametrize("option", range(3), ids=["first", "second", "third"])
@pytest.mark.parametrize("ideas", [OPEN[:4], OPEN], ids=["four", "eight"])
def test_a_question_about_ideas_takes_half_a_screen(phone: Visitor, ideas: list[str], option: int) -> None:
    phone.begin("triage\n" + "\n".join(ideas))
    phone.sees(f"{len(ideas)} ideas")
    numbers = sorted(map(int, re.findall(r"^\W*(\d+)\. ", phone.card.inner_text(), re.MULTILINE)))
    phone.press("guide")
    phone.sees("few hundred good examples")
    measured(phone, QUESTION)
    for said in ("why", f"{numbers[0]}, {numbers[1]}: yes"):
        with another_card(phone):
            phone.reply(said)
        measured(phone, QUESTION)
    while (options := phone.card.locator("[data-button^='answer:']")).count():
        measured(phone, QUESTION)
        with another_card(phone):
            phone.click(options.nth(option))
    phone.sees("0 open")
    measured(phone, LIST)


@pytest.mark.parametrize("ideas", LISTS.values(), ids=LISTS)
def test_a_list_of_eight_takes_a_screen_and_its_ideas_less(phone: Visitor, ideas: list[str]) -> None:
    phone.begin("triage\n" + "\n".join(ideas))
    phone.sees("8 ideas")
    measured(phone, LIST)
    few_controls(phone)
    assert phone.card.locator("tr:first-child > :nth-child(3)").count() == 0, "a phone has room for two columns"
    numbers = re.findall(r"^\W*(\d+)\. ", phone.card.inner_text(), re.MULTILINE)
    for number in numbers[:: len(numbers) // 3]:
        phone.reply(f"idea {number}")
        phone.sees(f"Idea {number}.")
        measured(phone, IDEA)
    for note in ("the pilot starts in March", "the works council asks to be told", "Finance wants numbers by June"):
        phone.reply(f"note: {note}")
    phone.reply(f"status {numbers[-1]}: in use")
    phone.reply(f"idea {numbers[-1]}")
    measured(phone, IDEA)
