"""Which options a typed text names: what denies them, what stands around them, and slips of the keyboard."""

from dataclasses import dataclass

import pytest

from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import (
    ParsedAnswer,
    exact_options,
    fold,
    option_at_place,
    option_with_word,
    parse_answer,
    place_named,
)


@dataclass(frozen=True)
class Choice:
    id: str
    words: tuple[str, ...]
    label: str = "label"
    record: str = "record"


@dataclass(frozen=True)
class Question:
    """Somebody's favourite colour."""

    options: tuple[Choice, ...]
    id: str = "colour"
    name: str = "Colour"


COLOUR = Question(
    (
        Choice("red", ("crimson", "not blue", "vermilionish", "yes"), "Bright red", "so red"),
        Choice("blue", ("azure blue", "sky", "no", "none"), "Deep blue", "so blue"),
        Choice("green", ("emerald",), "Grass", "so green"),
    )
)


def found(text: str) -> tuple[str, ...]:
    return parse_answer(COLOUR, text).options


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("1", "red"),
        ("2.", "blue"),
        ("option 3", "green"),
        ("No. 3", "green"),
        ("#2)", "blue"),
        ("the second one", "blue"),
        ("third", "green"),
        ("RED", "red"),
        ("bright red", "red"),
        ("so green", "green"),
        ("azure blue!", "blue"),
    ],
)
def test_a_text_that_is_an_option_and_no_more_is_exact(text: str, option: str) -> None:
    assert exact_options(COLOUR, text) == (option,)
    assert parse_answer(COLOUR, text) == ParsedAnswer((option,), exact=True, plain=True)


@pytest.mark.parametrize("text", ["0", "4", "12", "fourth", "the red one of two", "", "!!", "second hand"])
def test_what_is_more_or_less_than_an_option_is_not_exact(text: str) -> None:
    assert exact_options(COLOUR, text) == ()


@pytest.mark.parametrize(("text", "place"), [("first", 0), ("the 5th", 4), ("sixth", None), ("", None), ("one", None)])
def test_places_in_a_list(text: str, place: int | None) -> None:
    assert place_named(fold(text)) == place


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("we like crimson best", ("red",)),
        ("emerald and azure blue", ("blue", "green")),
        ("we like azure, blue and sky", ("blue",)),
        ("purple", ()),
        # denials
        ("not red", ()),
        ("not red but emerald", ("green",)),
        ("not really red", ()),
        ("not because we want red", ()),
        ("not because we want red or sky", ("red", "blue")),
        ("not a b red or sky", ()),
        ("not a red, and sky", ()),
        ("not the very red", ()),
        ("neither red nor sky", ()),
        ("not red or sky", ()),
        ("not red, sky", ("blue",)),
        ("not red sky", ("blue",)),
        ("we don't want any red", ()),
        ("not blue", ("red",)),
        ("no, red", ("red", "blue")),
        ("no red", ()),
        ("red, not red", ()),
        ("red and we cannot say more", ()),
        ("we cannot say red", ()),
        # yes and no
        ("yes please", ("red",)),
        ("yes", ("red",)),
        ("yes we do", ("red",)),
        ("we say yes", ("red",)),
        ("yes hurry", ("red",)),
        ("we say yes to that", ()),
        ("no hurry", ()),
        ("no, hurry", ("blue",)),
        ("no we do not", ("blue",)),
        ("no never", ("blue",)),
        ("no", ("blue",)),
        ("we said no", ("blue",)),
        # slips
        ("crimsom", ("red",)),
        ("crimnos", ()),
        ("crimsonn", ("red",)),
        ("rimson", ()),
        ("emreald", ("green",)),
        ("skyy", ()),
        ("vermilionihs it is", ("red",)),
        ("vermillionnish", ("red",)),
        ("vermillionnnish", ()),
        ("vermilionissh", ("red",)),
        ("xcrimson", ()),
        ("azurr blue", ("blue",)),
    ],
)
def test_options_inside_a_text(text: str, options: tuple[str, ...]) -> None:
    assert found(text) == options


@pytest.mark.parametrize(
    ("text", "plain", "said", "mixed"),
    [
        ("it is crimson", True, False, False),
        ("it is crimson purple", False, False, False),
        ("yes crimson", True, True, False),
        ("crimson, not sky", False, True, False),
        ("not sky", False, True, False),
        ("crimson, never mind", False, False, True),
        ("crimson, not crimson", False, False, True),
        ("crimson and sky, never mind", False, False, False),
        ("no never mind", False, True, False),
        ("it is of the crimson and sky", True, False, False),
        ("it is just so very really quite pretty crimson", False, False, False),
        ("it is just so very really quite crimson", True, False, False),
    ],
)
def test_what_stands_around_an_option(text: str, plain: bool, said: bool, mixed: bool) -> None:
    parsed = parse_answer(COLOUR, text)
    assert not parsed.exact
    assert (parsed.plain, parsed.said, parsed.mixed) == (plain, said, mixed)


def test_a_long_text_names_no_options() -> None:
    assert found("so " * 24 + "crimson") == ("red",)
    assert found("so " * 25 + "crimson") == ()


def test_where_sentences_and_clauses_end() -> None:
    text = "One, two: three; four. Five - six and seven\nbut 1.5"
    assert sentences(text) == ("One, two: three;", "four.", "Five - six and seven", "but 1.5")
    assert clauses("One, two; three and four but five - six ... seven… eight") == (
        "One", "two", "three", "and four", "but five", "six", "seven", "eight",
    )  # fmt: skip
    assert sentences(" !! \n ") == ()


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("the bright one", "red"),  # a word of one option alone
        ("azure", "blue"),
        ("emeralt", "green"),  # one slip
        ("vermilionsih", "red"),  # two slips in a long word
        ("vermillionsihh", None),
        ("so", None),
        ("deep grass", None),  # words of two options
        ("c", "green"),
        ("the second", "blue"),
        ("not emerald", None),
    ],
)
def test_the_one_option_of_which_a_text_has_a_word(text: str, option: str | None) -> None:
    assert option_with_word(COLOUR, text) == option


def test_a_word_that_several_options_share_tells_none_of_them() -> None:
    shades = Question(
        (
            Choice("dark", (), "Rather dark", "dark"),
            Choice("pale", (), "Rather pale", "pale"),
            Choice("clear", (), "Wholly clear", "clear"),
        )
    )
    assert option_with_word(shades, "rather dark") == "dark"
    assert option_with_word(shades, "rather") is None
    assert option_with_word(shades, "wholly") == "clear"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("the last one", "green"),
        ("middle one i guess", "blue"),
        ("the one in the middle", "blue"),
        ("number three", "green"),
        ("option two", "blue"),
        ("two", "blue"),
        ("number seven", None),
        ("two of them", None),
        ("last time", None),
        ("number", None),
    ],
)
def test_places_are_named_in_other_words_as_well(text: str, option: str | None) -> None:
    assert option_at_place(COLOUR, fold(text)) == option
