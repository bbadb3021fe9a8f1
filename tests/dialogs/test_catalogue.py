"""The words of the interface: all of them used, all of them filled, none of them markup by accident."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dialogs import catalogue
from dialogs.catalogue.template import Template, Value, long_day, short_day
from dialogs.message import Person, Verb
from dialogs.view import Buttons, Line, Mention, Span, Style
from knowledge.typed_answers.word_parser import fold
from tests.dialogs.talk import Talk

ROOT = Path(__file__).parents[2]
SOURCES = "\n".join(path.read_text() for folder in ("dialogs", "bot") for path in (ROOT / folder).rglob("*.py"))
CATALOGUE = catalogue.load()


def filled(template: str, values: dict[str, Value]) -> Line:
    return Template.parse(template).fill(values)


@pytest.mark.parametrize("key", [*CATALOGUE.texts, *CATALOGUE.remarks, *CATALOGUE.channel, *CATALOGUE.mcp])
def test_every_text_is_used(key: str) -> None:
    said = (CATALOGUE.small_talk, CATALOGUE.small_talk_openings, CATALOGUE.languages)
    assert f'"{key}"' in SOURCES or any(key in remarks for remarks in said)


def test_the_phrases_that_are_named_are_those_that_are_there() -> None:
    where = "phrases|board|talk|pasted|table|lessons|emoji|signs"
    named = set(re.findall(rf"""\b(?:{where})\[["'](\w+)["']\]""", SOURCES))
    there = ("phrases", "board", "pasted", "table", "lessons", "offers", "emoji")
    assert named == {phrase for kind in there for phrase in getattr(CATALOGUE, kind)}


def strings(part: ast.AST | None) -> Iterator[str]:
    """What an expression may come to, as far as it says so itself."""
    match part:
        case ast.Constant(str() as text):
            yield text
        case ast.IfExp():
            yield from (*strings(part.body), *strings(part.orelse))
        case ast.Tuple() | ast.Dict():
            elements = part.elts if isinstance(part, ast.Tuple) else [key for key in part.keys if key is not None]
            values = part.values if isinstance(part, ast.Dict) else []
            yield from (text for each in (*elements, *values) for text in strings(each))


def remarks_in(source: str) -> Iterator[str]:
    """Keys of remarks that are shown, returned or held as such."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("Notice" | "remarking") | ast.Attribute(attr="notice" | "remark")):
                yield from strings(node.args[0] if node.args else None)
            case ast.AnnAssign() if "Remark" in ast.unparse(node.annotation):
                yield from strings(node.value)
            case ast.FunctionDef() if node.returns is not None and "Remark" in ast.unparse(node.returns):
                returned = (each.value for each in ast.walk(node) if isinstance(each, ast.Return))
                yield from (text for each in returned for text in strings(each))


def test_every_remark_that_is_named_is_there() -> None:
    named = set(remarks_in(SOURCES))
    assert len(named) > 150
    assert named <= set(CATALOGUE.remarks)


def test_every_command_is_a_button_or_small_talk() -> None:
    assert set(CATALOGUE.commands) - {verb.value for verb in Verb} == {"hello", "thanks", "okay"}


def test_whole_texts_are_written_as_they_are_compared() -> None:
    phrases = CATALOGUE.phrases
    said = (CATALOGUE.commands, CATALOGUE.small_talk)
    lists = [words for texts in said for words in texts.values()]
    for words in (*lists, phrases["confirm"], phrases["reject"], phrases["go_on"]):
        for phrase in words:
            assert " ".join(fold(phrase)) == phrase


def test_small_talk_and_languages_have_their_remarks() -> None:
    said = (CATALOGUE.small_talk, CATALOGUE.small_talk_openings, CATALOGUE.languages)
    assert {remark for remarks in said for remark in remarks} <= set(CATALOGUE.remarks)


def test_every_phrase_that_texts_are_searched_for_has_words() -> None:
    for phrases in CATALOGUE.phrases.values():
        assert all(map(fold, phrases))


def test_emphasis_comes_from_the_template_alone() -> None:
    line = filled("*{a}* and {b}", {"a": "*x*", "b": "_y_ {a}"})
    assert line == (Span("*x*", Style.STRONG), Span(" and _y_ {a}"))


def test_a_person_stays_a_person() -> None:
    assert filled("by {who}", {"who": Person("U1")}) == (Span("by "), Mention(Person("U1")))


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("{a}", {})


def test_no_sentence_for_people_stands_in_python() -> None:
    quoted = re.findall(
        r'(?<!"")"([A-Z][a-z]+ [a-z]+ [^"\n]{10,}[.?])"(?!"")',
        "\n".join(path.read_text() for path in (ROOT / "dialogs").rglob("*.py")),
    )
    assert quoted == []


def test_every_button_of_a_menu_can_be_typed_by_its_label(talk: Talk) -> None:
    seen: set[Verb] = set()
    for step in ("start", "1", "back", "stop", "learn", "1", "skip"):
        talk.say(step)
        menus = [e for e in talk.view.elements if isinstance(e, Buttons) and e.menu] if talk.view else []
        for button in (button for menu in menus for button in menu.buttons):
            typed = " ".join(fold(button.label))
            assert button.action.verb.value in talk.advisor.catalogue.command_of[typed], button.label
            seen.add(button.action.verb)
    assert {Verb.WHY, Verb.BACK, Verb.RESTART, Verb.CANCEL, Verb.SKIP} <= seen


def test_days_are_written_as_people_write_them() -> None:
    assert (long_day(date(2026, 2, 3)), short_day(date(2026, 2, 3))) == ("3 February 2026", "3 Feb 2026")
