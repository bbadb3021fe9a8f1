"""A file of ideas that somebody drops: what is taken, and what is told by line."""

import pytest

from bot.batch.csv_columns import BadFile
from bot.batch.idea_file import MAX_BYTES, MAX_IDEAS, IdeaFile, read_idea_file
from tests.shipped import shipped


def read(name: str, data: bytes) -> IdeaFile:
    return read_idea_file(name, data, shipped().pack)


@pytest.mark.parametrize(
    "data", [b"- slogans\n2. letters\n\n* poems\n", "slogans\r\nletters\r\npoems".encode("utf-16")]
)
def test_each_line_of_a_text_is_an_idea(data: bytes) -> None:
    assert [idea.text for idea in read("notes.txt", data).ideas] == ["slogans", "letters", "poems"]


@pytest.mark.parametrize("name", ["ideas.csv", "a snippet"])
def test_a_table_has_answers_and_bad_rows_are_told_by_line(name: str) -> None:
    found = read(name, b"owner,text,data\nana,slogans,no\nben,letters,purple\neve,=poems,\n")
    assert [(idea.text, idea.answers) for idea in found.ideas] == [("slogans", (("data", "no"),)), ("=poems", ())]
    (problem,) = found.problems
    assert problem.startswith("line 3: “purple” is no option of `data`")


def test_a_text_with_commas_is_no_table() -> None:
    assert len(read("notes.txt", b"slogans, letters\npoems, songs\n").ideas) == 2


def test_too_many_ideas_are_counted() -> None:
    found = read("notes.txt", b"an idea\n" * (MAX_IDEAS + 7))
    assert (len(found.ideas), found.left_out, found.problems) == (MAX_IDEAS, 7, ())
    assert (MAX_IDEAS, read("notes.txt", b"one").left_out) == (200, 0)


def test_ten_problems_are_named_and_the_rest_is_counted() -> None:
    found = read("ideas.csv", b"text,data\n" + b"a,purple\n" * 30)
    assert [problem.partition(":")[0] for problem in found.problems[:10]] == [f"line {n}" for n in range(2, 12)]
    assert found.problems[10:] == ("20 further lines have such problems.",)
    assert len(read("ideas.csv", b"text,data\n" + b"a,purple\n" * 10).problems) == 10


def test_rows_behind_the_first_hundreds_are_only_counted() -> None:
    found = read("ideas.csv", b"text,data\n" + b"a,purple\n" * 500 + b"an idea,\n" * 5)
    assert (found.ideas, found.left_out) == ((), 5)
    assert found.problems[-1] == "490 further lines have such problems."


def test_reading_ends_when_it_takes_too_long() -> None:
    rows = iter(range(3))

    def check_time() -> None:
        if next(rows, None) is None:
            raise BadFile("It took too long.")

    assert len(read_idea_file("a.txt", b"a\nb\nc\n", shipped().pack, check_time).ideas) == 3
    with pytest.raises(BadFile, match="too long"):
        read_idea_file("a.csv", b"text\na\n", shipped().pack, check_time)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"idea,owner\nx,y\n", "Name the one with the ideas `text`"),
        ("a.xlsx", b"PK\x03\x04rest", "Save it as CSV UTF-8"),
        ("a.png", b"\x89PNG\0\0", "It is no text"),
        ("a.txt", b"  \n\n", "empty"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "I take up to 256 KB"),
    ],
)
def test_files_that_cannot_be_used(name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(name, data)
