"""The words of the interface: all of them used, all of them filled, none of them markup by accident."""

import re
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
    assert f'"{key}"' in SOURCES


def test_every_command_is_a_button_or_small_talk() -> None:
    assert set(CATALOGUE.commands) - {verb.value for verb in Verb} == {"hello", "thanks", "okay"}


def test_whole_texts_are_written_as_they_are_compared() -> None:
    phrases = CATALOGUE.phrases
    said = (CATALOGUE.commands, CATALOGUE.small_talk)
    lists = [words for texts in said for words in texts.values()]
    for words in (*lists, phrases.confirm, phrases.reject, phrases.go_on):
        for phrase in words:
            assert " ".join(fold(phrase)) == phrase


def test_small_talk_and_languages_have_their_remarks() -> None:
    assert {*CATALOGUE.small_talk, *CATALOGUE.languages} <= set(CATALOGUE.remarks)


def test_every_phrase_that_texts_are_searched_for_has_words() -> None:
    for phrases in CATALOGUE.phrases.model_dump().values():
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
