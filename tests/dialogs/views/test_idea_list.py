"""How the list of ideas is laid out."""

from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.ideas.board import IdeaRow
from dialogs.message import Person
from dialogs.replies.ideas import (
    IdeaList,
)
from dialogs.view import Buttons, Table
from dialogs.views.plain_text import plain
from tests.dialogs.views.ideas import ALL, NO_DATA, buttons, ids, row, text, view


def listed(advisor: Advisor, *rows: IdeaRow, **changes: object) -> IdeaList:
    decided = sum(one.verdict is not None for one in rows)
    page = IdeaList(advisor.pack, rows, 1, len(rows), decided, len(rows))
    return replace(page, **changes)  # type: ignore[arg-type]


def test_the_title_counts_what_is_listed(advisor: Advisor) -> None:
    one, two = row(advisor, 1, ALL), row(advisor, 2)
    titles = [
        text(advisor, reply).splitlines()[0]
        for reply in (
            listed(advisor),
            listed(advisor, one),
            listed(advisor, one, two),
            listed(advisor, one, two, total=7, first=3, kept=7, decided=2),
        )
    ]
    assert titles == [
        "No ideas here match that",
        "1 idea · decided: 1, not enough said: 0",
        "2 ideas · decided: 1, not enough said: 1",
        "Ideas 3 to 4 of 7 · decided: 2, not enough said: 5",
    ]


def test_filters_are_named_and_so_is_that_only_a_part_is_listed(advisor: Advisor) -> None:
    one = row(advisor, 1, ALL)
    filtered = listed(advisor, one, kept=9, verdict=advisor.pack.verdicts[0], open=True, owner=Person("ana"))
    assert "Only: Prompt engineering, not enough said, yours. Type ideas for all 9." in text(advisor, filtered)
    assert "These are the ones just added. Type ideas for all 9." in text(advisor, listed(advisor, one, kept=9))
    assert "for all" not in text(advisor, listed(advisor, one))


def test_a_list_offers_what_there_is_to_do(advisor: Advisor) -> None:
    one, two = row(advisor, 1, ALL), row(advisor, 2)
    assert ids(view(advisor, listed(advisor, one))) == ["idea:1", "export"]
    assert ids(view(advisor, listed(advisor, two, one))) == ["ask:2:data", "idea:1", "idea:2", "guide", "export"]
    assert ids(view(advisor, listed(advisor, one, total=2))) == ["idea:1", "guide", "more", "export"]
    assert ids(view(advisor, listed(advisor))) == ["ideas"]
    shown = view(advisor, listed(advisor, two, one))
    assert [(b.label, b.primary) for b in buttons(shown) if b.action.id in ("guide", "ask:2:data")] == [
        ("2: Training data", False),
        ("Go through what is missing", True),
    ]
    assert [b.short for b in buttons(shown) if b.action.id.startswith("idea:")] == ["1", "2"]
    assert "compare 2 and 1" in plain(shown)
    assert "compare" not in text(advisor, listed(advisor, one))
    menus = [e.menu for e in shown.elements if isinstance(e, Buttons)]
    assert menus == [False, True, False]


def table(advisor: Advisor, one: IdeaRow) -> tuple[str, ...]:
    (found,) = [e for e in view(advisor, listed(advisor, one)).elements if isinstance(e, Table)]
    assert found.compact
    return found.rows[0]


def test_a_row_tells_the_verdict_what_decided_it_and_how_much_is_missing(advisor: Advisor) -> None:
    assert table(advisor, row(advisor, 1, ALL))[0] == "1. Idea 1"
    assert table(advisor, row(advisor, 1, ALL))[3] == "–"
    forced = table(advisor, row(advisor, 2, NO_DATA))
    assert forced[1:] == ("Prompt engineering · strong", "Training data: no", "4")
    two = table(advisor, row(advisor, 2, ALL))
    assert two[2].count(";") == 1


def test_a_row_tells_what_has_changed_since(advisor: Advisor) -> None:
    known = replace(row(advisor, 1, NO_DATA), was="fine_tuning")
    assert "(was fine-tuning; the questions changed)" in table(advisor, known)[1]
    assert "(was not enough said;" in table(advisor, replace(known, was=""))[1]
    assert "(was gone;" in table(advisor, replace(known, was="gone"))[1]
    lost = replace(row(advisor, 1, NO_DATA), lost=("gone",))
    assert table(advisor, lost)[1] == "Prompt engineering · strong (a fact is out of date)"


def test_an_open_idea_tells_what_it_could_be_and_what_to_ask(advisor: Advisor) -> None:
    anything = text(advisor, listed(advisor, row(advisor, 1)))
    assert "1. Idea 1: could still go any way. Ask first: Training data" in anything
    some = text(advisor, listed(advisor, row(advisor, 1, {"budget": "limited"})))
    assert "1. Idea 1: prompt engineering or hybrid. Ask first: Training data" in some
    other = replace(row(advisor, 1), was="fine_tuning")
    assert "1. Idea 1: was fine-tuning; the questions changed. Ask first" in text(advisor, listed(advisor, other))
