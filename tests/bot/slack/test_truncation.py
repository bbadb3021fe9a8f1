"""What is too long loses the ends of its texts: each text alone, up to the limit and no further."""

import pytest

from bot.slack.limits import MAX_LABEL
from bot.slack.text import escaped_length
from bot.slack.truncation import truncate_element
from dialogs.message import Action, Person, Verb
from dialogs.view import (
    Button,
    Buttons,
    Choices,
    Divider,
    Element,
    Items,
    Line,
    Mention,
    Note,
    Paragraph,
    Span,
    Table,
    as_line,
)

ANA = Mention(Person("U012ABC"))
EVE = Mention(Person("29:x", "Eve"))


def line(parts: Line, limit: int) -> Line:
    found = truncate_element(Paragraph(parts), limit)
    assert isinstance(found, Paragraph)
    return found.line


@pytest.mark.parametrize(("limit", "kept"), [(79, 1), (80, 2), (119, 2), (120, 3)])
def test_each_mention_takes_its_room(limit: int, kept: int) -> None:
    assert line((ANA,) * 3, limit) == (ANA,) * kept


def test_a_line_ends_with_the_first_mention_that_has_no_room() -> None:
    assert line((ANA, ANA, Span("and others")), 79) == (ANA,)


@pytest.mark.parametrize(("limit", "kept"), [(42, ""), (43, "…"), (44, "…"), (45, "a…"), (46, "abcd"), (47, "abcd")])
def test_text_behind_a_mention_has_what_is_left(limit: int, kept: str) -> None:
    """A mention counts 40, the marks around a text 2."""
    assert line((ANA, Span("abcd")), limit) == ((ANA, Span(kept)) if kept else (ANA,))


def test_a_mention_behind_text_has_what_is_left() -> None:
    assert line((Span("abcd"), ANA), 46) == (Span("abcd"), ANA)
    assert line((Span("abcd"), ANA), 45) == (Span("abcd"),)


def test_escaped_characters_count_as_they_are_sent() -> None:
    assert line((Span("&&&"), Span("after")), 24) == (Span("&&&"), Span("after"))
    assert line((Span("&&&"), Span("after")), 23) == (Span("&&&"), Span("af…"))


def test_who_has_no_id_of_slacks_is_called_by_name() -> None:
    assert line((EVE, Span(" and "), Mention(Person("W01"))), 90) == (
        Span("Eve"),
        Span(" and "),
        Mention(Person("W01")),
    )
    assert line((Mention(Person("29:x")),), 90) == (Span("29:x"),)


@pytest.mark.parametrize("text", ["x" * 200, "word " * 40, "&" * 40, "One. Two. " * 20, "a\x00b" * 50])
@pytest.mark.parametrize("limit", [50, 57, 100])
def test_no_text_costs_more_than_the_limit(text: str, limit: int) -> None:
    for element in (Paragraph(as_line(text)), Note(as_line(text)), Items((as_line(text),)), Table((text,), ((text,),))):
        for shown in texts_of(truncate_element(element, limit)):
            assert 0 < escaped_length(shown) <= limit
            assert "\x00" not in shown


def texts_of(element: Element) -> list[str]:
    match element:
        case Paragraph(parts) | Note(parts):
            return [part.text for part in parts if isinstance(part, Span)]
        case Items(lines):
            return [part.text for parts in lines for part in parts if isinstance(part, Span)]
        case Table(header, rows):
            return [cell for cells in (header, *rows) for cell in cells]
        case _:
            raise ValueError(f"{element} has no texts of its own")


def test_what_fits_stays_the_same() -> None:
    back = Button(Action(Verb.BACK), "Back", "One question back")
    short = Paragraph(as_line("short"))
    assert truncate_element(short, 50) == short
    assert truncate_element(Divider(), 50) == Divider()
    kept = truncate_element(Choices((back,)), 50)
    assert isinstance(kept, Choices)
    assert kept.buttons[0] == back


def test_labels_and_descriptions_of_buttons_are_cut_and_cleaned() -> None:
    long = Button(Action(Verb.WHY), f" {'x' * MAX_LABEL}y", "d" * MAX_LABEL + "e", primary=True)
    (button,) = truncated_buttons(long)
    assert (button.label, button.description) == ("x" * (MAX_LABEL - 2) + "…", "d" * (MAX_LABEL - 2) + "…")
    assert (button.action, button.primary) == (long.action, True)
    (clean,) = truncated_buttons(Button(Action(Verb.WHY), " a\u202eb ", "x" * MAX_LABEL))
    assert (clean.label, clean.description) == ("ab", "x" * MAX_LABEL)


def truncated_buttons(*buttons: Button) -> tuple[Button, ...]:
    found = truncate_element(Buttons(buttons), 50)
    assert isinstance(found, Buttons)
    return found.buttons
