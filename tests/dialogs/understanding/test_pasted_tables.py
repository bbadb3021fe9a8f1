"""Tables that are pasted from a spreadsheet, at once or row by row."""

import pytest

from dialogs.understanding.pasted_tables import cells_of, is_header, table_in
from tests.dialogs.talk import Talk
from tests.shipped import shipped

TABLE = """Nr\tIdea\tOwner\tper month\tData
1\tSick leave certificates – read and file\tHR / Simona\t1200\tyes, 5 years
2\tAnswer job applicants\tHR / Simona\t300\tno
3\tInvoices: match to the order\tFinance\t12.000\tyes
4\tContracts, find the risky clauses\tLegal\t15\t?"""

TITLES = [
    "Sick leave certificates – read and file",
    "Answer job applicants",
    "Invoices: match to the order",
    "Contracts, find the risky clauses",
]
CHOSEN = [
    {"volume": "low", "data": "yes"},
    {"volume": "low", "data": "no"},
    {"volume": "high", "data": "yes"},
    {"volume": "low", "domain": "specialised"},
]


@pytest.mark.parametrize("opening", ["triage\n", "", "here is our list\n"])
@pytest.mark.parametrize("ending", ["", "\ndone"])
def test_its_rows_are_ideas_with_the_answers_of_their_columns(opening: str, ending: str) -> None:
    talk = Talk(shipped()).say(f"{opening}{TABLE}{ending}")
    ideas = talk.conversation.board.shown
    assert [idea.title for idea in ideas] == TITLES
    assert [idea.chosen for idea in ideas] == CHOSEN
    assert "Owner: Legal" in ideas[3].text


def test_so_are_rows_that_are_sent_one_by_one() -> None:
    talk = Talk(shipped()).say("triage")
    for line in TABLE.splitlines():
        talk.say(line)
    talk.say("done")
    ideas = talk.conversation.board.shown
    assert [idea.title for idea in ideas] == TITLES
    assert [idea.chosen for idea in ideas] == CHOSEN


def test_a_table_is_a_list_while_a_question_is_open_as_well() -> None:
    talk = Talk(shipped()).say("should we fine-tune our support bot?").say(TABLE)
    assert len(talk.conversation.board.shown) == 4
    assert talk.conversation.chosen == {}


def test_without_a_header_the_first_words_of_a_row_are_its_title() -> None:
    table = table_in(shipped(), "1\tSick notes\tHR\t300/day\n2\tPayroll bot\tFinance\t")
    assert [row.text for row in table.rows(shipped())] == ["Sick notes\nHR\n300/day", "Payroll bot\nFinance"]


def test_a_table_between_strokes() -> None:
    table = table_in(shipped(), "| Use case | Budget |\n|---|---|\n| contract review | small |\nthat is it")
    assert [(row.text, row.answers) for row in table.rows(shipped())] == [
        ("contract review\nBudget: small", (("budget", "limited"),))
    ]
    assert table.rest == "that is it"


@pytest.mark.parametrize(
    ("line", "cells"),
    [("a\tb", ("a", "b")), ("a b", ()), ("\tindented", ()), ("| a | b |", ("a", "b")), ("a | b", ()), ("", ())],
)
def test_a_row_has_cells(line: str, cells: tuple[str, ...]) -> None:
    assert cells_of(line) == cells


def test_a_header_names_the_titles_or_the_numbers() -> None:
    assert is_header(shipped(), ("Nr", "Wish", "Owner"))
    assert is_header(shipped(), ("Use case", "Budget"))
    assert not is_header(shipped(), ("1", "Idea"))
    assert not is_header(shipped(), ("Sick notes", "HR"))


def test_a_text_without_a_table_has_none() -> None:
    assert table_in(shipped(), "one line\nand another") is None


def test_an_answer_in_a_cell_makes_no_header() -> None:
    talk = Talk(shipped()).say("triage")
    for row in ("Idea\tData\tBudget", "HR bot\tno\tlots", "Tax bot\tyes\tlots"):
        talk.say(row)
    ideas = [idea.text.splitlines()[0] for idea in talk.conversation.intake.ideas]
    assert ideas == ["HR bot", "Tax bot"]
