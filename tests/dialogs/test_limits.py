"""What is read of a text of any length, and that the rest is spoken of."""

import re

import pytest

from dialogs.advisor import Advisor
from dialogs.form_submission import verdict_on_message
from dialogs.limits import (
    MAX_COST,
    MAX_LINE,
    MAX_LINES,
    MAX_LIST_PARTS,
    MAX_TEXT,
    MAX_TEXT_PARTS,
    MAX_WORD,
    bounded,
    cost,
    remark,
)
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped

PROSE = "We get some letters from our clients, and they are sorted by hand. " * 80
LIST = "\n".join(f"- sort the letters of office {number}" for number in range(300))


def test_what_people_write_is_read_whole() -> None:
    for text in ("", "yes", "two\nlines", PROSE[:MAX_TEXT], "\n".join(LIST.splitlines()[:MAX_LINES])):
        assert bounded(text).text == text
        assert not bounded(text).cut
    assert bounded("a  \n").cut is False


def test_a_text_has_so_many_characters() -> None:
    read = bounded(PROSE)
    assert (read.text, read.is_list, read.cut) == (PROSE[:MAX_TEXT], False, True)


def test_a_list_has_so_many_lines_of_so_many_characters() -> None:
    read = bounded(LIST)
    assert (read.text, read.lines, read.cut) == ("\n".join(LIST.splitlines()[:MAX_LINES]), MAX_LINES, True)
    long = bounded("\n".join(["word " * 200, *["short"] * 8]))
    assert [len(line) for line in long.text.splitlines()] == [MAX_LINE, *[5] * 8]
    assert long.cut


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end_is_one(end: str) -> None:
    assert bounded(end.join("abcdefghij")).lines == 10


def test_runs_of_blank_lines_are_one() -> None:
    read = bounded("a" + "\n \n" * 20_000 + "b")
    assert (read.text, read.cut) == ("a\n\nb", False)


@pytest.mark.parametrize(("unit", "most"), [("a,", MAX_TEXT_PARTS), ("a.\n", MAX_LIST_PARTS), ("a ", MAX_TEXT_PARTS)])
def test_a_text_has_so_many_parts(unit: str, most: int) -> None:
    read = bounded(unit * 100_000)
    assert read.cut
    assert len(re.findall(r"\w|\n", read.text)) <= most


def test_nothing_is_read_behind_what_is_no_word() -> None:
    read = bounded("our data: " + "x" * 10_000 + " and so on")
    assert (read.text, read.cut) == ("our data: " + "x" * MAX_WORD, True)


def test_what_was_left_out_is_said(talk: Talk) -> None:
    talk.say(f"triage\n{LIST}")
    assert f"only the first {MAX_LINES} lines" in talk.card
    assert "as a second message or as a CSV file" in talk.card
    talk.say("what is a prompt? " + PROSE)
    assert "only the first" in talk.card + talk.below
    talk.say("what is a prompt?")
    assert "only the first" not in talk.below


def test_an_idea_is_read_whole_and_an_answer_from_its_beginning(talk: Talk) -> None:
    told = "Should we fine-tune a model for this? " + PROSE[:1_500] + "We want to build a chatbot that sorts them."
    assert "only the first" not in talk.say(f"{told} The budget is limited.").card
    assert talk.conversation.chosen["budget"] == "limited"
    talk.press("answer:data:yes")
    assert "only the first" in talk.say(f"we have few requests a day. {PROSE[:2_500]}").card


def test_a_list_is_taken_whole_and_a_wish_from_its_beginning() -> None:
    talk = Talk(shipped())
    ideas = [f"- summarise the mails of office {number} for its boss" for number in range(40)]
    talk.say("\n".join([*ideas, "- sort letters for our lawyers, the budget is limited"]))
    told = talk.conversation.board
    assert len(told.shown) == 41
    assert told.shown[-1].chosen["budget"] == "limited"
    assert "only the first" not in talk.card
    answers = "\n".join(f"{number}: we do have data for that one" for number in range(1, 40))
    talk.say(answers)
    told = talk.conversation.board
    changed = [idea for idea in told.shown if idea.chosen.get("data") == "yes"]
    assert [idea.number for idea in changed] == list(range(1, len(changed) + 1))
    assert 10 < len(changed) < 39
    assert "only the first" in talk.card + talk.below


@pytest.mark.parametrize("words", range(1, 12))
def test_of_many_lines_none_is_read_by_half(words: int) -> None:
    text = f"{'so ' * words}\n" + "\n".join(f"{number}: we do have data" for number in range(1, 60))
    assert text.startswith(f"{remark(text)}\n")


def test_what_is_not_for_the_advisor_is_not_spoken_of(talk: Talk) -> None:
    assert talk.say(PROSE, addressed=False).silent


def test_the_verdict_on_a_message_says_it_too(advisor: Advisor) -> None:
    assert "only the first" in plain(verdict_on_message(advisor, PROSE, NOON).view)


def test_a_text_counts_for_what_it_costs() -> None:
    assert [cost(text) for text in ("", "yes", "x" * 499, "x" * 500, "a\n" * 20)] == [1, 1, 1, 2, 2]
    assert cost("x" * 4_000) == 9
    assert cost("a\n" * 200) == cost("x" * 100_000) == MAX_COST


def test_no_number_is_read_by_half() -> None:
    assert {*remark("1,480 £2.50 " * 60).split()} == {"1,480", "£2.50"}
