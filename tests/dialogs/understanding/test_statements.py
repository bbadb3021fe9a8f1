"""What is said of which ideas."""

import pytest

from dialogs.commands.command import ALL, Command, Kind
from dialogs.understanding.statements import Line, answers_said, statements
from tests.dialogs.flows.six_ideas import at
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4, 5, 6: general", [(("4", "5", "6"), "general")]),
        ("1: yes; 2: no", [(("1",), "yes"), (("2",), "no")]),
        ("1 and 2 have data, idea 3 has none", [(("1", "2"), "have data"), (("3",), "has none")]),
        ("no data for 3", [(("3",), "no data")]),
        ("1, 2: yes, the rest: no", [(("1", "2"), "yes"), (("3", "4", "5", "6"), "no")]),
        ("all of them have no data", [((ALL,), "have no data")]),
        ("yes: 1, 2; no: 3", [(("1", "2"), "yes"), (("3",), "no")]),
        (
            "1 yes, 2 no, dont know about the rest",
            [(("1",), "yes"), (("2",), "no"), (("3", "4", "5", "6"), "dont know")],
        ),
        ("we have no data", [((), "we have no data")]),
    ],
)
def test_what_is_said_of_which(text: str, said: list[tuple[tuple[str, ...], str]]) -> None:
    assert list(statements(shipped(), at(shipped(), "list"), text, Line())) == said


def test_without_a_name_it_is_about_those_before() -> None:
    shown = at(shipped(), "list")
    (found,) = statements(shipped(), shown, "and budget is limited", Line(ideas=("2",)))
    assert found == (("2",), "and budget is limited")
    (found,) = statements(shipped(), shown, "the rest: no", Line(named=("1", "2", "3", "4")))
    assert found == (("5", "6"), "no")


def test_a_line_knows_what_it_was_about() -> None:
    line = Line().after((Command(Kind.SET, ideas=("1", "2"), question="data", option="no"),))
    assert line == Line(("1", "2"), "data", ("1", "2"))
    assert line.after(()) == line


def test_the_likeliest_answer_to_each_question_is_said() -> None:
    found = answers_said(shipped(), at(shipped(), "list"), "2: we have no data", {Kind.SET: 1.0}, Line())
    best = max(found, key=lambda each: each.probability)
    assert (best.command.ideas, best.command.question, best.command.option) == (("2",), "data", "no")
    questions = [each.candidate.question for each in found]
    assert len(questions) == len({*questions})
