"""From views to cards: whatever a view holds, Teams takes the card, phones show it, and words stay words."""

import json
import re
from typing import Any

import pytest
from hypothesis import given

from bot.playground.teams.card_rules import problems
from bot.teams.cards import MAX_CARD, render_message
from dialogs.message import Action, Person, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Drawing,
    Element,
    Heading,
    Line,
    Mention,
    Note,
    Paragraph,
    Preformatted,
    Span,
    Style,
    View,
    as_line,
)
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


def test_the_fallback_has_the_whole_message_with_numbered_options() -> None:
    made = read(View((Paragraph(as_line("Do you have data?")), Choices((ANSWER,)))))
    assert made["fallbackText"] == "Do you have data?\n1 Yes, hundreds or more"


@pytest.mark.parametrize("text", TRICKY)
def test_what_people_write_reads_as_they_wrote_it(text: str) -> None:
    (block,) = body(Paragraph(as_line(text)))
    shown = block["inlines"][0]["text"].replace("\N{ZERO WIDTH SPACE}", "")
    assert shown == ("".join(c for c in text if c in "\n\t" or (c >= " " and c != "\u202e")) or " ")


def test_a_message_that_was_rendered_before_is_kept_for_each_hint() -> None:
    view, same = (View((Buttons((WHY,)),), 1) for _ in range(2))
    assert render_message(view) is render_message(same)
    assert "Mention me first." in render_message(view, as_line("Mention me first.")).card
    assert '"revision":2' in render_message(View(view.elements, 2)).card


def test_text_to_be_copied_has_a_line_for_each_of_its_own() -> None:
    lines = body(Preformatted("# A\n\n* b"))
    assert [run["text"] for block in lines for run in block["inlines"]] == ["# A", "\N{NO-BREAK SPACE}", "* b"]
    assert lines[0]["inlines"][0]["fontType"] == "Monospace"
