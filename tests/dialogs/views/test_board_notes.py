"""How short replies about ideas are laid out: closed cards, files, the export, news."""

from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.flows.board_cards import BoardCards
from dialogs.ideas.board import Board, Judge
from dialogs.ideas.board_csv import parts
from dialogs.message import Person
from dialogs.replies.ideas import BoardExport, ClosedIdeas, FileProblems, IdeasChanged
from dialogs.view import Items
from tests.dialogs.views.ideas import NO_DATA, idea, row
from tests.dialogs.views.shown import laid_out, text


def test_an_old_question_says_what_came_of_it(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    alike = ClosedIdeas(data, (idea(1, NO_DATA), idea(2, NO_DATA)))
    assert text(advisor, alike) == "Noted for 1, 2: Training data, no."
    apart = ClosedIdeas(data, (idea(1, NO_DATA), idea(2)))
    assert text(advisor, apart) == "Training data: asked for 1, 2."
    assert text(advisor, ClosedIdeas(data, (idea(1),))) == "Training data: asked for 1."
    assert text(advisor, ClosedIdeas(None, ())) == "There is a newer list below."


def test_the_problems_of_a_file_are_named_as_far_as_they_fit(advisor: Advisor) -> None:
    five, many = (tuple(f"line {n}" for n in range(count)) for count in (5, 13))
    assert "Further" not in text(advisor, FileProblems(five, 2))
    assert "I took 2 ideas" in text(advisor, FileProblems(five, 2))
    assert "could not use that file" in text(advisor, FileProblems(five, 0))
    shown = text(advisor, FileProblems(many, 2))
    assert "line 11" in shown
    assert "line 12" not in shown
    assert "Further lines with a problem: 1." in shown


def test_an_export_in_parts_says_which_part_it_is(advisor: Advisor) -> None:
    rows = (row(advisor, 1), row(advisor, 2))
    assert "Ideas as CSV: 2." in text(advisor, BoardExport(advisor.pack, rows, 1, 2))
    assert "Ideas as CSV, rows 3 to 4 of 9:" in text(advisor, BoardExport(advisor.pack, rows, 3, 9))


def test_an_export_in_parts_is_one_file_of_all(advisor: Advisor) -> None:
    rows = tuple(row(advisor, number, text="x" * 500) for number in range(1, 9))
    judge = Judge(advisor.knowledge.judgements)
    first, *others = BoardCards(advisor.knowledge, judge).export(Board(ideas=tuple(each.idea for each in rows)))
    file = laid_out(advisor, first).file
    assert (file.name, file.messages) == ("ideas.csv", 3)
    assert file.data.startswith(b"\xef\xbb\xbfnumber,title,")
    assert len(file.data.splitlines()) == 9
    assert [laid_out(advisor, each).file for each in others] == [None, None]


def test_a_long_export_comes_in_parts_that_fit_a_message(advisor: Advisor) -> None:
    rows = [row(advisor, number, text="x" * 500) for number in range(1, 9)]
    found = parts(advisor.pack, rows)
    assert [one for part in found for one in part] == rows
    assert [len(part) for part in found] == [3, 3, 2]
    assert [len(part) for part in parts(advisor.pack, [row(advisor, 1, text="x" * 9000)] * 2)] == [1, 1]
    assert parts(advisor.pack, []) == ()
    board = Board().add(one.idea for one in rows)
    exports = BoardCards(advisor.knowledge, Judge(advisor.knowledge.judgements)).export(board)
    assert [(export.first, len(export.rows), export.total) for export in exports] == [(1, 3, 8), (4, 3, 8), (7, 2, 8)]


def test_news_about_ideas_say_what_was_and_what_would_be(advisor: Advisor) -> None:
    fact = advisor.pack.outside[0]
    moved = replace(row(advisor, 1, NO_DATA), was="fine_tuning")
    out = replace(row(advisor, 2), lost=(fact.id,))
    both = replace(row(advisor, 3), was="gone", lost=(fact.id,))
    shown = text(advisor, IdeasChanged(advisor.pack, (moved, out, both), None))
    assert "of yours were judged. Ideas: 3." in shown
    assert "1. Idea 1: was fine-tuning, would now be prompt engineering." in shown
    assert f"2. Idea 2: out of date by now, from outside the article: “{fact.title}”." in shown
    assert f"3. Idea 3: was gone, would now be not enough said. Also out of date: “{fact.title}”." in shown
    assert "And" not in shown
    many = IdeasChanged(advisor.pack, (moved,) * 11, Person("ana", "Ana"))
    assert text(advisor, many).startswith("Ana: something changed")
    assert "And 1 more." in text(advisor, many)
    assert "more." not in text(advisor, IdeasChanged(advisor.pack, (moved,) * 10, None))
    items = [e for e in laid_out(advisor, many).elements if isinstance(e, Items)]
    assert [len(e.lines) for e in items] == [10]
