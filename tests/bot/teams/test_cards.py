"""From views to cards: whatever a view holds, Teams takes the card, phones show it, and words stay words."""

import json
import re
from typing import Any

import pytest
from hypothesis import given

from bot.playground.teams.card_rules import problems
from bot.teams.cards import MAX_ACTIONS_IN_SET, MAX_CARD, MAX_SUMMARY, render_message
from dialogs.message import Action, Person, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Drawing,
    Element,
    Heading,
    Items,
    Line,
    Mention,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Style,
    Table,
    View,
    as_line,
)
from dialogs.views.plain_text import plain
from tests.bot.teams.views import TRICKY, views

ANSWER = Button(Action(Verb.ANSWER, ("data", "yes")), "Yes, hundreds or more", "Training data: yes", primary=True)
WHY = Button(Action(Verb.WHY), "Why do you ask?")
LINK = re.compile(r"\w://")


def read(view: View, hint: Line | None = None) -> Any:
    return json.loads(render_message(view, hint).card)


def body(*elements: Element, revision: int = 7) -> list[Any]:
    made = read(View(elements, revision))
    assert problems(made) == []
    return list(made["body"])


@given(views)
def test_every_card_is_valid_whatever_the_view_holds(view: View) -> None:
    made = render_message(view, as_line("Mention me first.")).card
    assert problems(json.loads(made)) == []
    assert len(made.encode()) <= MAX_CARD


@given(views)
def test_a_text_block_never_holds_markup(view: View) -> None:
    for block in read(view)["body"]:
        if block["type"] == "TextBlock":
            assert not set("\\`*_[]<>\n") & set(block["text"])
            assert not LINK.search(block["text"])


@given(views)
def test_no_field_that_reads_markdown_holds_a_link_or_a_mention(view: View) -> None:
    fallback = read(view)["fallbackText"]
    assert not set("\\`*_[]<>") & set(fallback)
    assert not LINK.search(fallback)


@given(views)
def test_nothing_that_people_wrote_turns_the_direction_of_a_card(view: View) -> None:
    made = read(view)
    shown = [made["fallbackText"], *(block.get("text", "") for block in made["body"])]
    shown += [run["text"] for block in made["body"] for run in block.get("inlines", [])]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", " ".join(shown))


def test_a_press_comes_back_whole_from_old_clients_as_well() -> None:
    (block,) = body(Choices((ANSWER,)))
    assert block["actions"] == [
        {
            "type": "Action.Execute",
            "id": "answer:data:yes",
            "title": "1 Yes, hundreds or more",
            "verb": "answer",
            "data": {"question": "data", "option": "yes", "revision": 7},
            "tooltip": "Training data: yes",
            "style": "positive",
            "fallback": {
                "type": "Action.Submit",
                "title": "1 Yes, hundreds or more",
                "data": {"verb": "answer", "question": "data", "option": "yes", "revision": 7},
            },
        }
    ]


def test_a_menu_is_secondary() -> None:
    (block,) = body(Buttons((WHY,), menu=True))
    assert block["actions"][0]["mode"] == "secondary"
    (plain_block,) = body(Buttons((WHY,)))
    assert "mode" not in plain_block["actions"][0]


def test_ids_stay_unique_where_a_button_stands_twice() -> None:
    (block,) = body(Buttons((WHY,)), Buttons((WHY,)))
    assert [action["id"] for action in block["actions"]] == ["why", "why#2"]


def test_a_menu_with_a_title_is_hidden_until_it_is_pressed() -> None:
    row, first, second = body(
        Buttons((WHY,)), Buttons((WHY,), menu=True, title="A"), Buttons((WHY,), menu=True, title="B")
    )
    assert [action["title"] for action in row["actions"]] == [WHY.label, "A ▾", "B ▾"]
    assert [action.get("targetElements") for action in row["actions"]] == [None, [first["id"]], [second["id"]]]
    assert (first["isVisible"], second["isVisible"]) == (False, False)


def test_a_drawing_is_told_in_words() -> None:
    view = View((Drawing((as_line("○─●"),), (as_line("one answer away"),)),), 1)
    made = json.loads(render_message(view).card)
    assert made["body"][0]["inlines"][0]["text"] == "○─●"
    assert made["speak"] == made["fallbackText"] == "one answer away"


def test_more_buttons_than_a_set_takes_go_on_in_the_next() -> None:
    blocks = body(Choices((ANSWER,) * (MAX_ACTIONS_IN_SET + 1)))
    assert [len(block["actions"]) for block in blocks] == [MAX_ACTIONS_IN_SET, 1]


def test_headings_are_headings_for_screen_readers() -> None:
    first, second = body(Heading(as_line("Question 1 of 5 · Training data", Style.STRONG)), Heading(as_line("Why"), 2))
    assert (first["type"], first["style"], first["size"]) == ("TextBlock", "heading", "Large")
    assert first["text"] == "Question 1 of 5 · Training data"
    assert (second["style"], second["size"]) == ("heading", "Default")


def test_a_heading_with_markup_is_a_run() -> None:
    (block,) = body(Heading(as_line("[x](y)")))
    assert block["inlines"] == [{"type": "TextRun", "text": "[x](y)", "size": "Large", "weight": "Bolder"}]


def test_styles_and_names() -> None:
    line = (
        Span("was "),
        Span("yes", Style.STRONG),
        Span(" by "),
        Mention(Person("29:x", "Ana")),
        Span("?", Style.QUIET),
    )
    (block,) = body(Paragraph(line))
    assert block["inlines"] == [
        {"type": "TextRun", "text": "was "},
        {"type": "TextRun", "text": "yes", "weight": "Bolder"},
        {"type": "TextRun", "text": " by Ana"},
        {"type": "TextRun", "text": "?", "isSubtle": True},
    ]


def test_notes_are_small() -> None:
    (block,) = body(Note(as_line("From the article")))
    assert block["inlines"][0] == {"type": "TextRun", "text": "From the article", "size": "Small", "isSubtle": True}


def test_lists_keep_their_marks() -> None:
    blocks = body(Items((as_line("a"), as_line("b")), numbered=True), Items((as_line("c"),)))
    assert [[run["text"] for run in block["inlines"]] for block in blocks] == [["1. a"], ["2. b"], ["• c"]]


def test_a_table_becomes_one_small_block_a_row() -> None:
    blocks = body(Table(("Aspect", "Prompting", "Tuning"), (("Cost", "low", "high"),)))
    read = ["".join(run["text"] for run in block["inlines"]) for block in blocks]
    assert read == ["Cost", "Prompting: low", "Tuning: high"]


def test_a_divider_is_a_line_above_what_follows() -> None:
    first, second = body(Paragraph(as_line("a")), Divider(), Paragraph(as_line("b")))
    assert "separator" not in first
    assert second["separator"] is True


def test_the_fallback_has_the_whole_message_with_numbered_options() -> None:
    made = read(View((Paragraph(as_line("Do you have data?")), Choices((ANSWER,)))))
    assert made["fallbackText"] == "Do you have data?\n1 Yes, hundreds or more"


def test_the_hint_stands_only_where_something_can_be_pressed() -> None:
    hint = as_line("Mention me first.")
    assert read(View((Choices((ANSWER,)),)), hint)["body"][-1]["inlines"][0]["text"] == "Mention me first."
    assert len(read(View((Note(as_line("Training data: yes")),)), hint)["body"]) == 1


def test_what_does_not_fit_is_left_out_from_the_end_and_buttons_stay() -> None:
    many = tuple(Paragraph(as_line(f"{number} " + "word " * 50)) for number in range(200))
    whole = render_message(View((*many, Choices((ANSWER,))))).card
    assert len(whole.encode()) <= MAX_CARD
    made = json.loads(whole)
    assert problems(made) == []
    *_, dots, actions = made["body"]
    assert made["body"][0]["inlines"][0]["text"].startswith("0 word")
    assert dots["inlines"][0]["text"] == "…"
    assert actions["actions"][0]["verb"] == "answer"


@pytest.mark.parametrize("text", TRICKY)
def test_what_people_write_reads_as_they_wrote_it(text: str) -> None:
    (block,) = body(Paragraph(as_line(text)))
    shown = block["inlines"][0]["text"].replace("\N{ZERO WIDTH SPACE}", "")
    assert shown == ("".join(c for c in text if c in "\n\t" or (c >= " " and c != "\u202e")) or " ")


def test_the_summary_is_one_short_line() -> None:
    view = View((Heading(as_line("Question 1 of 5")), Paragraph(as_line("word " * 100))))
    summary = render_message(view).summary
    assert summary.startswith("Question 1 of 5 word word")
    assert len(summary) == MAX_SUMMARY
    assert plain(view).startswith("Question 1 of 5\n")


def test_a_message_that_was_rendered_before_is_kept_for_each_hint() -> None:
    view, same = (View((Buttons((WHY,)),), 1) for _ in range(2))
    assert render_message(view) is render_message(same)
    assert "Mention me first." in render_message(view, as_line("Mention me first.")).card
    assert '"revision":2' in render_message(View(view.elements, 2)).card


def test_text_to_be_copied_has_a_line_for_each_of_its_own() -> None:
    first, second = body(Preformatted("# A\n* b"))
    assert [run["text"] for block in (first, second) for run in block["inlines"]] == ["# A", "* b"]
    assert first["inlines"][0]["fontType"] == "Monospace"


def test_an_empty_line_of_text_to_be_copied_has_something_that_gives_it_height() -> None:
    _, empty, _ = body(Preformatted("# A\n\n* b"))
    assert [run["text"] for run in empty["inlines"]] == ["\N{NO-BREAK SPACE}"]
