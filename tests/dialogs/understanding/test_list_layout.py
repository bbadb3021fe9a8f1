"""Lines, and lists that are written in one line, are cut into their parts."""

import pytest

from dialogs.understanding.list_layout import parts_of


@pytest.mark.parametrize(
    "text",
    [
        "- aa bb\n- cc dd\n- ee",
        "> aa bb\n\n+ cc dd\n🔹 ee",
        "1. aa bb, 2. cc dd and 3. ee",
        "(1) aa bb; (2) cc dd; (3) ee.",
        "1/ aa bb 2/ cc dd 3/ ee",
        "#1 aa bb #2 cc dd #3 ee",
        "1.) aa bb\n2.) cc dd\n3.) ee",
        "1 aa bb\n2 cc dd\n3 ee",
        "1 aa bb, 2 cc dd, 3 ee",
        "1 - aa bb\n2 - cc dd\n3 - ee",
        "a) aa bb b) cc dd c) ee",
        "i. aa bb\nii. cc dd\niii. ee",
        "Idea #1 - aa bb\nIdea #2 - cc dd\nIdea #3 - ee",
        "Thing one: aa bb. Thing two: cc dd. Thing three: ee",
        "First, aa bb. Second, cc dd. Third, ee.",
        "• aa bb • cc dd • ee",
    ],
)
def test_parts_with_marks(text: str) -> None:
    assert parts_of(text) == (("aa bb", True), ("cc dd", True), ("ee", True))


@pytest.mark.parametrize("text", ["1 aa bb\n2 cc dd\n3 ee", "1 aa bb\n2) cc dd\n3: ee", "1 aa bb\n2. cc dd\n3 ee"])
def test_numbers_that_count_lines_are_marks(text: str) -> None:
    assert parts_of(text, whole_lines=True) == (("aa bb", True), ("cc dd", True), ("ee", True))


def test_other_numbers_that_lines_begin_with_are_words() -> None:
    texts = ("3 aa\n2 bb", "1 aa\n300 bb", "12 aa")
    assert [part.text for text in texts for part in parts_of(text, whole_lines=True)] == [
        *("3 aa", "2 bb", "1 aa", "300 bb", "12 aa")
    ]
    assert parts_of("\n".join(f"{n} aa" for n in range(1, 13)))[-1] == ("aa", True)


@pytest.mark.parametrize(
    "text", ["aa bb; cc dd; ee", "aa bb / cc dd / ee", "aa bb | cc dd | ee", "aa bb\ncc dd\n\nee", "aa bb;\ncc dd;\nee"]
)
def test_parts_without_marks(text: str) -> None:
    assert parts_of(text) == (("aa bb", False), ("cc dd", False), ("ee", False))


def test_what_leads_up_to_the_parts_stands_apart() -> None:
    assert [part.text for part in parts_of("please sort: aa bb; cc dd")] == ["please sort:", "aa bb", "cc dd"]
    assert parts_of("two things. 1) aa 2) bb") == (("two things.", False), ("aa", True), ("bb", True))


@pytest.mark.parametrize(
    "text",
    [
        "aa bb",
        "aa by 2, bb or 3, cc",
        "type a. cc or b",
        "aa 1. bb",
        "2 aa, 3 bb",
        "1 aa, 2 bb",
        "a second, aa, and a third, bb",
        "aa/bb/cc",
        "aa / bb / cc",
        "aa bb / cc dd",
        "aa. Bb cc; dd. Ee ff",
        "aa 🎉 bb",
        f"{'aa ' * 11}; bb",
        f"{'aa ' * 31}; bb; cc",
    ],
)
def test_what_is_one_part(text: str) -> None:
    assert [part.marked for part in parts_of(text)] == [False]


def test_semicolons_in_lines_of_a_longer_text_separate_nothing() -> None:
    assert len(parts_of("aa; bb\ncc\ndd\nee")) == 4
    assert len(parts_of("- aa; bb\ncc")) == 2


def test_nothing_has_no_parts() -> None:
    assert parts_of(" \n-\n") == (("-", False),)
    assert parts_of("") == ()
