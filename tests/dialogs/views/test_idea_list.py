"""How the list of ideas is laid out."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.ideas.board import IdeaRow
from dialogs.message import Person
from dialogs.replies.ideas import IdeaList
from dialogs.view import Buttons, Drawing, Table
from dialogs.views.plain_text import plain
from tests.dialogs.views.ideas import NO_DATA, row
from tests.dialogs.views.shown import ALL, buttons, ids, laid_out, text


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
        "1 idea · 1 with a verdict, 0 open",
        "2 ideas · 1 with a verdict, 1 open",
        "Ideas 3 to 4 of 7 · 2 with a verdict, 5 open",
    ]


def test_filters_are_named_and_so_is_that_only_a_part_is_listed(advisor: Advisor) -> None:
    one = row(advisor, 1, ALL)
    filtered = listed(advisor, one, kept=9, verdict=advisor.pack.verdicts[0], open=True, owner=Person("ana"))
    assert "Only: Prompt engineering, not enough said, yours. Type ideas for all 9." in text(advisor, filtered)
    assert "Just added. Type ideas for all 9." in text(advisor, listed(advisor, one, kept=9))
    assert "for all" not in text(advisor, listed(advisor, one))


def test_a_list_offers_what_there_is_to_do(advisor: Advisor) -> None:
    one, two = row(advisor, 1, ALL), row(advisor, 2)
    assert ids(laid_out(advisor, listed(advisor, one))) == ["export", "idea:1"]
    assert ids(laid_out(advisor, listed(advisor, two, one))) == ["guide", "export", "ask:2:data", "idea:1", "idea:2"]
    assert ids(laid_out(advisor, listed(advisor, one, total=2))) == ["guide", "more", "export", "idea:1"]
    assert ids(laid_out(advisor, listed(advisor))) == ["ideas"]
    shown = laid_out(advisor, listed(advisor, two, one))
    assert [(b.label, b.primary) for b in buttons(shown) if b.action.id in ("guide", "ask:2:data")] == [
        ("Go through what is missing", True),
        ("Answer 2: training data?", False),
    ]
    assert [b.short for b in buttons(shown) if b.action.id.startswith("idea:")] == ["1", "2"]
    assert "compare 2 and 1" in plain(shown)
    assert "compare" not in text(advisor, listed(advisor, one))
    menus = [e.title for e in shown.elements if isinstance(e, Buttons)]
    assert menus == ["", "Answer", "Show an idea"]


@pytest.mark.parametrize(
    ("settles", "label"),
    [
        ({7, 5, 9}, "Training data? Settles 5, 7, 9"),
        ({1, 2, 3, 4, 5, 6}, "Training data? Settles 1, 2, 3, 4, +2"),
        (set(), "Go through what is missing"),
    ],
)
def test_the_question_that_settles_most_stands_on_the_first_button(
    advisor: Advisor, settles: set[int], label: str
) -> None:
    page = listed(advisor, row(advisor, 2), ask=advisor.pack.question("data"), settles=frozenset(settles))
    guide = buttons(laid_out(advisor, page))[0]
    assert (guide.label, guide.primary) == (label, True)


def test_open_ideas_stand_in_two_groups_each_with_its_mark(advisor: Advisor) -> None:
    near, far = row(advisor, 1, {"budget": "limited"}), row(advisor, 2)
    shown = laid_out(advisor, listed(advisor, near, far, near=frozenset({1})))
    drawn = ["".join(part.text for part in line) for e in shown.elements if isinstance(e, Drawing) for line in e.lines]
    assert drawn == ["○○─ 1. Idea 1: training data?", "○○○ 2. Idea 2: training data?"]
    told = plain(shown)
    assert told.index("One answer away") < told.index("1. Idea 1") < told.index("Open:") < told.index("2. Idea 2")
    assert "●" not in told.partition("● verdict")[0]
    assert "Open:" not in text(advisor, listed(advisor, near, near=frozenset({1})))


def table(advisor: Advisor, one: IdeaRow) -> Table:
    (found,) = [e for e in laid_out(advisor, listed(advisor, one)).elements if isinstance(e, Table)]
    assert found.compact
    assert len(found.header) == 2
    return found


def test_a_row_tells_the_verdict_and_what_decided_it_or_is_open(advisor: Advisor) -> None:
    tuning = table(advisor, row(advisor, 1, ALL))
    assert tuning.rows == (("1. Idea 1", "Fine-tuning · training data: yes"),)
    assert tuning.drawn[0][1] == "──● Fine-tuning · training data: yes"
    assert table(advisor, row(advisor, 2, NO_DATA)).drawn[0][1] == "●── Prompt engineering · too few examples"
    held = table(advisor, row(advisor, 2, {**ALL, "budget": "limited"}))
    assert held.drawn[0][1] == "─●─ Hybrid · a limited budget"
    still = table(advisor, row(advisor, 3, {"domain": "specialised", "consistency": "predictable"}))
    assert still.drawn[0][1] == "○●○ Hybrid · training data?"
    by_default = table(advisor, row(advisor, 4, {**dict.fromkeys(ALL, "unsure"), "domain": "specialised"}))
    assert by_default.drawn[0][1] == "●── Prompt engineering", "no answer points there"


def test_a_row_tells_what_has_changed_since(advisor: Advisor) -> None:
    known = replace(row(advisor, 1, NO_DATA), was="fine_tuning")
    assert "(was fine-tuning; the questions changed)" in table(advisor, known).rows[0][1]
    assert "(was not enough said;" in table(advisor, replace(known, was="")).rows[0][1]
    assert "(was gone;" in table(advisor, replace(known, was="gone")).rows[0][1]
    lost = replace(row(advisor, 1, NO_DATA), lost=("gone",))
    assert table(advisor, lost).rows[0][1].startswith("Prompt engineering (a fact is out of date)")


def test_an_open_idea_tells_what_it_could_be_and_what_to_ask(advisor: Advisor) -> None:
    anything = text(advisor, listed(advisor, row(advisor, 1)))
    assert "1. Idea 1: could still go any way. Ask first: Training data" in anything
    some = text(advisor, listed(advisor, row(advisor, 1, {"budget": "limited"})))
    assert "1. Idea 1: prompt engineering or hybrid. Ask first: Training data" in some
    other = replace(row(advisor, 1), was="fine_tuning")
    assert "1. Idea 1: was fine-tuning; the questions changed. Ask first" in text(advisor, listed(advisor, other))
