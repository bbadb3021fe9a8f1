"""What stands on cards of Teams and in its dialogs, and what is read out of them."""

import json
from typing import Any

import pytest

from bot.teams.cards import MAX_ACTIONS_IN_SET, MAX_FALLBACK, MAX_SUMMARY, MAX_TEXT, first_line, render_message
from bot.teams.form_cards import (
    MAX_PREVIEW,
    attachment,
    dialog,
    dialog_text,
    form_card,
    found,
    found_nothing,
    opening_card,
    result_card,
    text_of_html,
)
from dialogs.advisor import Advisor
from dialogs.conversation import IDEA_LIMIT
from dialogs.message import Action, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Feedback,
    Heading,
    Items,
    Link,
    Note,
    Paragraph,
    Span,
    Style,
    Table,
    View,
    as_line,
)


def button(number: int, **changes: object) -> Button:
    return Button(Action(Verb.IDEA, (str(number),)), f"Idea {number}", **changes)  # type: ignore[arg-type]


def card(*elements: Any, revision: int = 3, **how: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(render_message(View(elements, revision), **how).card)
    return made


def runs(block: dict[str, Any]) -> list[str]:
    return [run["text"] for run in block["inlines"]]


def shown(*elements: Any) -> list[str]:
    return ["".join(runs(block)) for block in card(*elements)["body"] if block["type"] == "RichTextBlock"]


def test_what_is_short_and_has_no_buttons_is_text_alone() -> None:
    def text(*elements: Any) -> str | None:
        return render_message(View(elements)).text

    assert text(Paragraph(as_line("a")), Note(as_line("b"))) == "a\nb"
    assert text(*(Paragraph(as_line("a")),) * 3) is None
    assert text() is None
    assert text(Heading(as_line("a"))) is None
    assert text(Paragraph(as_line(" "))) is None
    assert text(Paragraph(as_line("x" * MAX_TEXT))) == "x" * MAX_TEXT
    assert text(Paragraph(as_line("x" * (MAX_TEXT + 1)))) is None


def test_summary_and_fallback_are_cut() -> None:
    def cut(length: int) -> tuple[int, int]:
        message = render_message(View((Heading(as_line("x" * length)),)))
        return len(message.summary), len(json.loads(message.card)["fallbackText"])

    assert cut(MAX_SUMMARY) == (MAX_SUMMARY, MAX_SUMMARY)
    assert cut(MAX_SUMMARY + 1) == (MAX_SUMMARY, MAX_SUMMARY + 1)
    assert cut(MAX_FALLBACK) == (MAX_SUMMARY, MAX_FALLBACK)
    assert cut(MAX_FALLBACK + 1) == (MAX_SUMMARY, MAX_FALLBACK)
    two = View((Heading(as_line("Question 1 of 5")), Paragraph(as_line("word " * 100))))
    assert render_message(two).summary.startswith("Question 1 of 5 word word")
    assert card()["fallbackText"] == "…"
    assert card()["msteams"] == {"width": "Full"}
    assert first_line(View((Heading(as_line("a")), Note(as_line("b"))))) == "a"


def test_the_hint_stands_below_what_asks_for_something() -> None:
    up, down = (Button(Action(Verb.FEEDBACK, (value,)), value) for value in ("up", "down"))

    def hinted(*elements: Any) -> bool:
        return "hint" in json.dumps(card(*elements, hint=as_line("hint")))

    assert hinted(Buttons((button(1),)))
    assert not hinted(Paragraph(as_line("a")))
    assert hinted(Heading(as_line("a")), Choices((button(1),)))
    assert not hinted(Paragraph(as_line("a")), Choices((button(1),)))
    assert not hinted(Buttons((button(1),)), Feedback("x", up, down))
    assert not hinted(Buttons((Button(Action(Verb.SHARE), "Share"),)))
    rated = View((Feedback("x", up, down),))
    assert (render_message(rated).feedback, render_message(rated, targeted=True).feedback) == (True, False)


def test_a_button_carries_its_action_and_the_revision() -> None:
    (actions,) = card(Choices((button(1, primary=True), button(1, description="Opens it"))))["body"]
    first, second = actions["actions"]
    assert (first["id"], second["id"]) == ("idea:1", "idea:1#2")
    assert (first["title"], second["title"]) == ("1 Idea 1", "2 Idea 1")
    assert first["data"] == {"number": "1", "revision": 3}
    assert first["fallback"]["data"] == {"verb": "idea", "number": "1", "revision": 3}
    assert (first.get("style"), second.get("style")) == ("positive", None)
    assert (first.get("tooltip"), second.get("tooltip")) == (None, "Opens it")
    assert "mode" not in first
    (menu,) = card(Buttons((button(1, short="1"),), menu=True))["body"]
    assert (menu["actions"][0]["mode"], menu["actions"][0]["title"]) == ("secondary", "Idea 1")
    opener, titled = card(Buttons((button(1, short="1"),), menu=True, title="Open"))["body"]
    (opens,) = opener["actions"]
    assert (opens["title"], opens["targetElements"]) == ("Open ▾", [titled["id"]])
    assert (titled["isVisible"], titled["actions"][0]["title"]) == (False, "1")
    assert "mode" not in titled["actions"][0]
    many = card(Buttons(tuple(button(number) for number in range(MAX_ACTIONS_IN_SET + 1))))["body"]
    assert [len(block["actions"]) for block in many] == [MAX_ACTIONS_IN_SET, 1]
    one = card(Buttons((button(1),)), targeted=True)["body"][0]["actions"][0]
    assert len(one["data"]) == 3


def test_lists_and_tables_keep_their_marks_and_names() -> None:
    lines = (as_line("a"), as_line("b"))
    assert shown(Items(lines)) == ["• a", "• b"]
    assert shown(Items(lines, numbered=True)) == ["1. a", "2. b"]
    assert shown(Items(lines, plain=True)) == ["a", "b"]
    table = Table(("Idea", "Verdict", "Missing"), (("1. x", "good", "2"),), links=("https://x.org",))
    assert shown(table) == ["1. x", "Verdict: good", "Missing: 2"]
    compact = Table(table.header, table.rows, compact=True)
    assert shown(compact) == ["1. x", "good · Missing: 2"]
    first = card(table)["body"][0]["inlines"][0]
    assert first["selectAction"]["url"] == "https://x.org"
    assert "selectAction" not in card(compact)["body"][0]["inlines"][0]
    assert card(Link("there", "https://x.org/y"))["body"][0]["inlines"][0]["selectAction"]["url"] == "https://x.org/y"


def test_runs_of_one_style_are_one_run() -> None:
    strong = Span("a", Style.STRONG), Span("b", Style.STRONG), Span("c"), Span("d", Style.QUIET)
    (block,) = card(Paragraph(strong))["body"]
    assert [(run["text"], run.get("weight"), run.get("isSubtle")) for run in block["inlines"]] == [
        ("ab", "Bolder", None),
        ("c", None, None),
        ("d", None, True),
    ]
    assert runs(card(Paragraph(()))["body"][0]) == [" "]


def test_a_divider_is_above_the_next_block_alone() -> None:
    body = card(Paragraph(as_line("a")), Divider(), Items((as_line("b"), as_line("c"))))["body"]
    assert [block.get("separator") for block in body] == [None, True, None]
    small = card(Note(as_line("a")), Heading(as_line("T"), level=2), Heading(as_line("T")))["body"]
    assert [block.get("size") for block in small[1:]] == ["Default", "Large"]
    assert small[1]["wrap"] is True


def test_what_does_not_fit_ends_with_dots_and_keeps_its_buttons() -> None:
    long = [Paragraph(as_line(f"{number} " + "x" * 900)) for number in range(40)]
    message = render_message(View((*long, Choices((button(1),)))))
    assert 18_000 - 1_200 < len(message.card.encode()) <= 18_000
    body = json.loads(message.card)["body"]
    kept = ["".join(runs(block)).split()[0] for block in body[:-1]]
    assert kept == [*map(str, range(len(kept) - 1)), "…"]
    assert body[-1]["actions"][0]["id"] == "idea:1"


def test_a_form_has_every_question_and_keeps_what_was_filled_in(advisor: Advisor) -> None:
    fresh = form_card(advisor)
    idea, *questions = fresh["body"][:-1]
    assert (idea["id"], idea["isMultiline"], idea["maxLength"]) == ("idea", True, IDEA_LIMIT)
    assert "value" not in idea
    assert [question["id"] for question in questions] == [question.id for question in advisor.pack.questions]
    for question in questions:
        assert ("isRequired" in question, question["wrap"], question["style"]) == (False, True, "expanded")
        assert "value" not in question
    assert advisor.pack.questions[0].prompt in fresh["fallbackText"]
    filled = form_card(
        advisor, {"idea": "x" * 2000, "data": "yes", "volume": "gone"}, {"volume": "Choose", "idea": "?"}
    )
    first, second, idea, data, volume, *_ = filled["body"]
    assert (first["text"], second["text"]) == ("Volume and speed: Choose", "Your idea: ?")
    assert first["weight"] == "Bolder"
    assert (len(idea["value"]), data["value"], volume.get("value")) == (IDEA_LIMIT, "yes", None)
    assert "value" not in form_card(advisor, {"idea": 3})["body"][0]
    (action,) = fresh["body"][-1]["actions"]
    assert action["data"] == {"dialog": "advice_form", "step": "decide"}


def test_a_result_can_be_posted_from_its_dialog(advisor: Advisor) -> None:
    made = result_card(View((Heading(as_line("T")),)), "Post it", {"a": 1})
    (action,) = made["body"][-1]["actions"]
    assert (action["title"], action["data"]) == ("Post it", {"step": "post", "a": 1})
    assert len(made["body"]) == 2
    assert dialog("T", made)["task"]["value"]["card"]["content"] == made
    assert dialog_text("x") == {"task": {"type": "message", "value": "x"}}
    assert found_nothing("x")["composeExtension"] == {"type": "message", "text": "x"}
    opening = opening_card(advisor.catalogue)["body"][-1]["actions"][0]
    assert opening["data"] == {"msteams": {"type": "task/fetch"}, "dialog": "advice_form"}


def test_what_is_found_is_listed_by_title_and_beginning() -> None:
    def preview(text: str) -> str:
        made = attachment("Title", View((Heading(as_line("Title")), Paragraph(as_line(text)))))
        assert made["preview"]["content"]["title"] == "Title"
        return str(made["preview"]["content"]["text"])

    assert preview("One\ntwo") == "One two"
    assert preview("x" * MAX_PREVIEW) == "x" * MAX_PREVIEW
    assert preview("x" * (MAX_PREVIEW + 1)) == "x" * (MAX_PREVIEW - 1) + "…"
    listed = found([("A", View((Note(as_line("a")),))), ("B", View((Note(as_line("b")),)))])["composeExtension"]
    assert (listed["type"], listed["attachmentLayout"], len(listed["attachments"])) == ("result", "list", 2)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("a<br>b", "a\nb"),
        ("a<br/>b<span>c</span>", "a\nbc"),
        ("a<attachment id='1'></attachment>b", "ab"),
        ("1 < 2 <<<b>three</b>", "1 < 2 <<three"),
        ("a&nbsp;&amp;&nbsp;b", "a & b"),
        ("<ul><li>a</li><li> b </li></ul>", "a\nb"),
        ("a<B>b</B></i>c", "abc"),
        ("plain", "plain"),
        ("a &lt;b&gt;", "a <b>"),
        ('<at id="0">Ana</at> said <a href="https://x.example">so</a>', "Ana said so"),
        ("<attachment id='1'></attachment>", ""),
    ],
)
def test_a_message_is_read_as_its_reader_sees_it(html: str, text: str) -> None:
    assert text_of_html(html) == text
