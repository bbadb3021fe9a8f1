"""Whatever a view holds: the message stays within Slack's limits, and no text in it becomes anything but text."""

import json
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic_core import to_json

from bot.playground.slack.limits import problems
from bot.slack.blocks import BLOCK_KINDS, render_message
from bot.slack.limits import MAX_SIZE
from bot.slack.text import utf16_length
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board_list import PAGE
from dialogs.message import Action, Message, Person, Typed, Verb
from dialogs.respond import respond
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Element,
    Heading,
    Items,
    Mention,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Style,
    Table,
    View,
    as_line,
)  # fmt: skip
from dialogs.views import lay_out
from tests.bot.slack.views import views

MENTION = re.compile(r"<@[UW][A-Z0-9]+>")
FORMATTING = re.compile(r"[~`]|:\w+:|(^|\n)\s*&gt;")


def text_objects(part: object) -> Iterator[dict]:
    if isinstance(part, list | tuple):
        for item in part:
            yield from text_objects(item)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "raw_text"):
            yield part
        for value in part.values():
            yield from text_objects(value)


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(views)
def test_every_body_is_within_the_limits_and_inert(view: View) -> None:
    made = render_message(view)

    assert not list(problems({"text": made.text, "blocks": json.loads(json.dumps(made.blocks))}))
    shown = [found["text"] for found in text_objects(made.blocks)]
    for text in (made.text, *shown):
        assert not re.search("[<>]", MENTION.sub("", text))
        assert not re.search("&(?!amp;|lt;|gt;)", text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", text)
    for found in text_objects(made.blocks):
        if found["type"] == "mrkdwn":
            assert found["verbatim"] is True
            assert not FORMATTING.search(found["text"])


def shown(*elements: Element) -> tuple[dict, ...]:
    return render_message(View(elements, 7)).blocks


def line_of(*parts: Span | Mention) -> str:
    (block,) = shown(Paragraph(parts))
    return block["text"]["text"]


LINES = {
    "a strong word": ((Span("Data", Style.STRONG), Span(": yes")), "*Data*: yes"),
    "a quiet word": ((Span("see "), Span("why", Style.QUIET), Span(".")), "see _why_."),
    "spaces stay outside of the marks": ((Span("a"), Span(" b ", Style.STRONG), Span("c")), "a *b* c"),
    "marks that would not be read are left out": ((Span("b", Style.STRONG), Span("old")), "bold"),
    "neighbours of one style": ((Span("a", Style.STRONG), Span("b", Style.STRONG)), "*ab*"),
    "entities": ((Span("a & b < c"),), "a &amp; b &lt; c"),
    "a channel": ((Span("in "), Mention(Person("C012ABC"))), "in <#C012ABC>"),
    "a mention": ((Span("by "), Mention(Person("U012ABC"))), "by <@U012ABC>"),
    "somebody from elsewhere": ((Span("by "), Mention(Person("29:x", "Eve <3"))), "by Eve &lt;3"),
}


@pytest.mark.parametrize(("parts", "text"), LINES.values(), ids=LINES)
def test_a_line(parts: tuple[Span | Mention, ...], text: str) -> None:
    assert line_of(*parts) == text


@pytest.mark.parametrize("data", ["*a*", "_a_", "~a~", "`a`", ":tada:", "> a", "a\n> b"])
def test_a_line_that_could_be_taken_for_formatting_is_plain(data: str) -> None:
    (block,) = shown(Paragraph((Span(data), Span(" read", Style.STRONG))))
    assert block["text"] == {"type": "plain_text", "text": data.replace(">", "&gt;") + " read", "emoji": False}


def test_a_plain_line_does_not_take_the_emphasis_of_its_neighbours() -> None:
    kinds = [b["text"]["type"] for b in shown(Items(((Span("a", Style.STRONG),), as_line("*b*"), as_line("c"))))]
    assert kinds == ["mrkdwn", "plain_text", "mrkdwn"]


def test_a_title_stands_with_what_is_under_it() -> None:
    first, second = shown(
        Heading(as_line("Why"), level=2), Items((as_line("one"), as_line("two"))), Heading(as_line("Do next"), level=2),
        Items((as_line("three"),), numbered=True),
    )  # fmt: skip
    assert first["text"]["text"] == "*Why*\n• one\n• two"
    assert second["text"]["text"] == "*Do next*\n1. three"


def test_options_are_buttons_and_the_rest_may_be_a_menu() -> None:
    options = (Button(Action(Verb.ANSWER, ("data", "yes")), "Yes", "Data: yes", primary=True),)
    rest = (Button(Action(Verb.WHY), "Why?"), Button(Action(Verb.BACK), "Back"))
    (block,) = shown(Choices(options), Buttons(rest, menu=True))
    assert block["elements"] == [
        {
            "type": "button",
            "action_id": "answer:data:yes",
            "text": {"type": "plain_text", "text": "1 Yes", "emoji": False},
            "value": "7",
            "accessibility_label": "Data: yes",
            "style": "primary",
        },
        {
            "type": "overflow",
            "action_id": "menu:1:7",
            "options": [
                {"text": {"type": "plain_text", "text": "Why?", "emoji": False}, "value": "why"},
                {"text": {"type": "plain_text", "text": "Back", "emoji": False}, "value": "back"},
            ],
        },
    ]


def test_a_menu_of_one_is_a_button() -> None:
    (block,) = shown(Buttons((Button(Action(Verb.WHY), "Why?"),), menu=True))
    assert [element["type"] for element in block["elements"]] == ["button"]


def test_a_table() -> None:
    (block,) = shown(Table(("Aspect", "A & B"), (("Cost", ""), ("Time",))))
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [
        ["Aspect", "A &amp; B"],
        ["Cost", "–"],
        ["Time", "–"],
    ]


def test_a_second_table_becomes_lines() -> None:
    _, lines = shown(Table(("a", "b"), (("1", "2"),)), Table(("c", "d"), (("3", "4"),)))
    assert lines["text"]["text"] == "• c | d\n• 3 | 4"


def test_a_long_message_loses_the_ends_of_its_longest_texts_and_no_button() -> None:
    long = Paragraph(as_line("A sentence of some length. " * 300))
    view = View((Heading(as_line("Short")), long, long, Choices((Button(Action(Verb.BACK), "Back"),))))
    made = render_message(view)
    texts = [found["text"] for found in text_objects(made.blocks)]
    assert texts[0].startswith("*Short*\nA sentence")
    assert all(text.endswith("length. …") for text in texts[:2])
    assert made.blocks[-1]["elements"][0]["action_id"] == "back"
    assert "1 Back" in made.text


IDEAS = {
    "English": "Automate the classification of incoming customer support tickets number {}",
    "German": "Übersetzung für größere Verträge prüfen und ähnliche Fälle über Schlüsselwörter {} führen",
    "Greek": "Αυτόματη ταξινόμηση αιτημάτων υποστήριξης πελατών και δρομολόγηση αριθμός {}",
    "Russian": "Автоматически классифицировать обращения клиентов в службу поддержки номер {}",
    "Japanese": "サポートチケットを自動的に分類して担当部署へ振り分ける仕組みを作りたいという案その{}番目のもの",
    "emoji": "Bots 🤖 🎫 ➡️ 🗂️ " * 10 + "{}",
}


@pytest.mark.parametrize("idea", IDEAS.values(), ids=IDEAS)
def test_a_table_of_ideas_is_whole_in_every_script(advisor: Advisor, idea: str) -> None:
    lines = "\n".join(idea.format(number) for number in range(PAGE))
    asked = Message("1", Person("U1"), 0, Typed(f"triage\n{lines}"))
    page = respond(advisor, Conversation.fresh(advisor.pack), asked).card
    made = render_message(lay_out(advisor, page, 1))
    # What is decided is in a table, the rest are lines.
    shown = json.dumps([block for block in made.blocks if block["type"] in ("section", "table")], ensure_ascii=False)
    assert all(re.search(rf'[*"]{number + 1}\. {re.escape(idea[:20])}', shown) for number in range(PAGE))
    *_, select = [e for block in made.blocks for e in block.get("elements", []) if e["type"] == "static_select"]
    assert len(select["options"]) == PAGE
    assert not list(problems({"text": made.text, "blocks": list(made.blocks)}))


def test_a_table_that_is_too_long_loses_rows_and_says_how_many() -> None:
    rows = tuple((f"row {number}", *("“quoted” " * 9,) * 4) for number in range(60))
    back = Choices((Button(Action(Verb.BACK), "Back"),))
    made = render_message(View((Heading(as_line("Rows")), Table(("a", "b", "c", "d", "e"), rows), back), 7))
    heading, table, buttons = made.blocks
    shown = [[cell["text"] for cell in row] for row in table["rows"]]
    assert (heading["text"]["text"], buttons["type"]) == ("*Rows*", "actions")
    assert shown[0] == ["a", "b", "c", "d", "e"]
    assert [row[0] for row in shown[1:-1]] == [f"row {number}" for number in range(len(shown) - 2)]
    assert len(shown) > 20
    assert shown[-1] == [f"… +{60 - (len(shown) - 2)}", "–", "–", "–", "–"]
    assert not list(problems({"text": made.text, "blocks": list(made.blocks)}))


@pytest.mark.parametrize("count", [60, 61])
def test_a_table_loses_no_more_rows_than_it_has_to(count: int) -> None:
    rows = tuple((f"row {10 + number}", *("“quoted” " * 9,) * 4) for number in range(count))
    made = render_message(View((Heading(as_line("Rows")), Table(("a", "b", "c", "d", "e"), rows)), 7))
    size = utf16_length(to_json(list(made.blocks)).decode())
    (table,) = [block for block in made.blocks if block["type"] == "table"]
    row = utf16_length(to_json(table["rows"][1]).decode()) + 1
    assert size < MAX_SIZE <= size + row


def test_a_view_without_anything_is_still_a_message() -> None:
    assert render_message(View(())).text == "…"


def test_a_second_table_with_long_cells_stays_within_the_limits() -> None:
    long = Table(("a", "b"), (("&" * 2500, "<" * 2500),))
    made = render_message(View((Table(("a",), (("x",),)), long), 7))
    assert not list(problems({"text": made.text, "blocks": json.loads(json.dumps(made.blocks))}))


def test_a_message_that_was_rendered_before_is_kept() -> None:
    view = View((Paragraph(as_line("a")),), 1)
    assert render_message(view) is render_message(View(view.elements, 1))


def test_buttons_and_menus_say_of_which_revision_they_are() -> None:
    why, restart = (Button(Action(verb), verb.value) for verb in (Verb.WHY, Verb.RESTART))
    learn = Button(Action(Verb.LEARN), "Learn")
    (block,) = render_message(View((Buttons((why,)), Buttons((restart, learn), menu=True)), 23)).blocks
    assert [(pressed.get("value"), pressed["action_id"]) for pressed in block["elements"]] == [
        ("23", "why"),
        (None, "menu:1:23"),
    ]


@pytest.mark.parametrize(("second", "blocks"), [(999, 1), (1000, 2)])
def test_a_section_holds_as_much_as_slack_takes(second: int, blocks: int) -> None:
    """3000 characters, the line end between the two lines among them."""
    made = shown(Items((as_line("x" * 1998), as_line("y" * (second - 2)))))
    assert len(made) == blocks
    assert sum(len(block["text"]["text"]) for block in made) == 2000 + second + (1 if blocks == 1 else 0)


def test_a_message_may_have_as_many_blocks_as_slack_takes() -> None:
    assert len(shown(*[Divider()] * 50)) == 50
    assert len(shown(*[Divider()] * 51)) == 50


def test_buttons_stay_where_blocks_are_too_many() -> None:
    made = shown(*[Divider()] * 60, Choices((Button(Action(Verb.BACK), "Back"),)))
    assert [block["type"] for block in made] == ["divider"] * 49 + ["actions"]


def test_a_table_may_be_as_large_as_slack_takes() -> None:
    rows = tuple((str(number),) for number in range(120))
    (block,) = shown(Table(("n",), rows))
    assert [row[0]["text"] for row in block["rows"]] == ["n", *(str(number) for number in range(99))]
    (wide,) = shown(Table(tuple("abcdefghijklmnopqrstuvwxyz"), (("1", "2"),)))
    assert [len(row) for row in wide["rows"]] == [20, 20]
    assert wide["column_settings"] == [{"is_wrapped": True}] * 20


def test_a_table_without_a_header_is_nothing() -> None:
    assert shown(Table((), ())) == ()


def test_what_opens_a_section_of_its_own() -> None:
    a, b, c = (Paragraph(as_line(word)) for word in "abc")
    title = Heading(as_line("T"), level=2)
    texts = [block["text"]["text"] for block in shown(a, b, title, c, Items((as_line("i"),)), a)]
    assert texts == ["a", "b", "*T*\nc\n• i", "a"]


def test_notes_share_a_block_and_are_small() -> None:
    (block,) = shown(Note(as_line("a")), Note(as_line("b")))
    assert (block["type"], [element["text"] for element in block["elements"]]) == ("context", ["a\nb"])


def test_no_action_stands_twice_and_one_button_is_primary() -> None:
    yes, no = (Button(Action(Verb.ANSWER, ("data", word)), word, primary=True) for word in ("yes", "no"))
    (block,) = shown(Choices((yes, no, yes)))
    assert [(element["action_id"], element.get("style")) for element in block["elements"]] == [
        ("answer:data:yes", "primary"),
        ("answer:data:no", None),
    ]


def test_many_buttons_go_on_in_further_blocks_and_menus() -> None:
    many = tuple(Button(Action(Verb.ANSWER, ("data", f"o{number}")), f"{number}") for number in range(26))
    assert [len(block["elements"]) for block in shown(Choices(many))] == [25, 1]
    (block,) = shown(Buttons(many[:7], menu=True))
    assert [len(menu["options"]) for menu in block["elements"]] == [5, 2]
    assert [menu["action_id"] for menu in block["elements"]] == ["menu:1:7", "menu:2:7"]


@pytest.mark.parametrize(("length", "there"), [(150, True), (151, False)])
def test_an_id_that_slack_would_not_take_is_no_button(length: int, there: bool) -> None:
    action = Action(Verb.PASSAGE, ("x" * (length - len("passage:")),))
    assert len(action.id) == length
    assert bool(shown(Choices((Button(action, "Read"),)))) is there


def test_a_button_without_words_has_dots() -> None:
    (block,) = shown(Choices((Button(Action(Verb.BACK), ""),)))
    assert block["elements"][0]["text"]["text"] == "1 …"


def test_text_to_be_copied_stands_there_as_it_is() -> None:
    (block,) = shown(Preformatted("# A <b>\n```x"))
    (part,) = block["elements"]
    assert (block["type"], part["type"]) == ("rich_text", "rich_text_preformatted")
    assert part["elements"] == [{"type": "text", "text": "# A <b>\n```x"}]


def test_every_element_has_a_kind_of_block() -> None:
    assert set(BLOCK_KINDS) == set(get_args(Element))
