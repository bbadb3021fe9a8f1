"""How ideas are laid out: the list, one idea, a question about several, ideas side by side, and what was noted."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.advisor import Advisor
from dialogs.board import Board, Idea, IdeaRow, Judge
from dialogs.board_csv import cells, columns, parts
from dialogs.board_listing import PAGE, Listing
from dialogs.conversation import Answer, AnswerMethod
from dialogs.flows.board_cards import BoardCards
from dialogs.message import Person
from dialogs.replies import Reply
from dialogs.replies.ideas import (
    BoardExport,
    ClosedIdeas,
    FileProblems,
    IdeaComparison,
    IdeaList,
    IdeaQuestion,
    IdeasChanged,
    IdeasNoted,
)
from dialogs.view import Button, Buttons, Choices, Items, Link, Table, View
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.interfaces import Reading
from tests.dialogs.talk import NOON

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}
NO_DATA = {"data": "no"}


def idea(number: int = 1, answers: dict[str, str] | None = None, **changes: object) -> Idea:
    given = {
        question: Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON)
        for question, option in (answers or {}).items()
    }
    made = Idea(number=number, id=f"id{number}", title=f"Idea {number}", by="ana", at=NOON, answers=given)
    return made.replace(**{"text": made.title, **changes})


def row(advisor: Advisor, number: int = 1, answers: dict[str, str] | None = None, **changes: object) -> IdeaRow:
    return Judge(advisor.pack).row(idea(number, answers, **changes))


def view(advisor: Advisor, reply: Reply) -> View:
    return lay_out(advisor, (reply,), 1)


def text(advisor: Advisor, reply: Reply) -> str:
    return plain(view(advisor, reply))


def buttons(shown: View) -> list[Button]:
    return [button for e in shown.elements if isinstance(e, Buttons | Choices) for button in e.buttons]


def ids(shown: View) -> list[str]:
    return [button.action.id for button in buttons(shown)]


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


def shown_idea(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> View:
    cards = BoardCards(advisor.knowledge, Judge(advisor.pack))
    return view(advisor, cards.idea(idea(3, answers, **changes), NOON))


def test_an_idea_shows_who_added_it_and_where_it_is_from(advisor: Advisor) -> None:
    bare = shown_idea(advisor)
    assert plain(bare).splitlines()[0] == "Idea 3. Idea 3"
    assert "Added 18 Nov 2026." in plain(bare)
    assert not any(isinstance(element, Link) for element in bare.elements)
    assert "more words" not in plain(bare)
    whole = shown_idea(advisor, name="Ana", link="https://example.org/m1", text="Idea 3 in more words")
    assert "Added by Ana, 18 Nov 2026." in plain(whole)
    assert "in more words" in plain(whole)
    assert "Open where it is from: https://example.org/m1" in plain(whole)


def test_an_open_idea_asks_first_what_narrows_it_most(advisor: Advisor) -> None:
    shown = shown_idea(advisor, {"budget": "limited"})
    assert "could be prompt engineering or hybrid. Still missing: 4." in plain(shown)
    assert "Budget: limited" in plain(shown)
    asks = [(b.action.id, b.label, b.primary) for b in buttons(shown) if b.action.id.startswith("ask:")]
    assert asks[0] == ("ask:3:data", "Answer: Training data", True)
    assert asks[-1] == ("ask:3:budget", "Change: Budget", False)
    assert [primary for _, _, primary in asks].count(True) == 1
    assert ids(shown)[-1] == "back"
    assert "share" not in ids(shown)


def test_an_idea_with_a_verdict_shows_its_result_and_every_answer_can_be_changed(advisor: Advisor) -> None:
    shown = shown_idea(advisor, ALL)
    assert "Still missing" not in plain(shown)
    assert "What would change it" in plain(shown)
    assert [name for name in ids(shown) if name.startswith("ask:")] == [f"ask:3:{question}" for question in ALL]
    assert not any(button.primary for button in buttons(shown))
    assert ids(shown)[-2:] == ["share", "back"]


def test_an_idea_says_what_changed_since_it_was_judged(advisor: Advisor) -> None:
    fact = advisor.pack.outside[0]
    card = BoardCards(advisor.knowledge, Judge(advisor.pack)).idea(idea(3, NO_DATA), NOON)
    news = text(advisor, replace(card, row=replace(card.row, was="fine_tuning", lost=(fact.id, "gone"))))
    assert "It was fine-tuning." in news
    assert f"Out of date by now, from outside the article: “{fact.title}”, “gone”." in news
    assert "It was" not in text(advisor, card)
    assert "Out of date" not in text(advisor, card)


def test_what_others_answered_is_told_with_their_names(advisor: Advisor) -> None:
    cards = BoardCards(advisor.knowledge, Judge(advisor.pack))
    given = Answer(option="limited", how=AnswerMethod.BUTTON, by="ben", at=NOON, name="Ben")
    assert "(by Ben)" in text(advisor, cards.idea(idea(3, answers=None).replace(answers={"budget": given}), NOON))
    own = replace(given, by="ana", name="Ana")
    assert "(by" not in text(advisor, cards.idea(idea(3).replace(answers={"budget": own}), NOON))


def question(advisor: Advisor, *numbers: int, left: int = 5, guided: bool = True) -> View:
    rows = tuple(row(advisor, number) for number in numbers)
    return view(advisor, IdeaQuestion(advisor.pack.question("data"), rows, left, guided))


def test_a_question_says_which_ideas_it_is_about(advisor: Advisor) -> None:
    assert plain(question(advisor, 1, guided=False)).splitlines()[:2] == ["Training data", "1. Idea 1"]
    assert "ideas without a verdict: 2\n" in plain(question(advisor, 1, 2, left=2))
    assert "ideas without a verdict: 5, here 2\n" in plain(question(advisor, 1, 2))
    several = question(advisor, 1, 2, 3)
    assert "type “1, 2: yes; rest: no”" in plain(several)
    assert [b.label.startswith("All: ") for b in buttons(several)][:3] == [True] * 3
    assert ids(several) == ["answer:data:yes", "answer:data:no", "answer:data:unsure", "why", "skip", "back"]
    one = question(advisor, 1, guided=False)
    assert "rest:" not in plain(one)
    assert not any(b.label.startswith("All: ") for b in buttons(one))
    assert ids(one)[-2:] == ["why", "back"]


def test_ideas_side_by_side_show_verdict_reasons_and_every_answer(advisor: Advisor) -> None:
    gone = {"volume": "gone", "data": "no"}
    shown = view(advisor, IdeaComparison(advisor.pack, (row(advisor, 1, ALL), row(advisor, 2, gone))))
    (found,) = [e for e in shown.elements if isinstance(e, Table)]
    assert found.header == ("Aspect", "1. Idea 1", "2. Idea 2")
    cells = {cells[0]: cells[1:] for cells in found.rows}
    assert cells["Verdict"] == ("Fine-tuning · strong", "Prompt engineering · strong")
    assert cells["Training data"] == ("yes, hundreds or more", "no, or only a handful")
    assert cells["Volume and speed"] == ("high, or strict on time", "–")
    assert cells["Budget"] == ("flexible", "–")
    assert ids(shown) == ["idea:1", "idea:2", "back"]


def test_what_was_noted_is_told_answer_by_answer(advisor: Advisor) -> None:
    ideas = {number: idea(number, NO_DATA) for number in (1, 2)}
    no, high = Reading("no", ""), Reading("high", "")
    given = {1: {"data": no}, 2: {"data": no, "volume": high}, 7: {"data": no}}
    noted = IdeasNoted(advisor.pack, ideas, given, (row(advisor, 2, NO_DATA),))
    assert text(advisor, noted).splitlines() == [
        "Noted for 1, 2: Training data, no, or only a handful.",
        "Noted for 2: Volume and speed, high, or strict on time.",
        "Idea 2 is now: Prompt engineering · strong.",
    ]
    many = {number: {question: Reading("unsure", "")} for number, question in enumerate(ALL, 1)}
    ideas = {number: idea(number) for number in many}
    rows = tuple(row(advisor, number, NO_DATA) for number in many)
    told = text(advisor, IdeasNoted(advisor.pack, ideas, many, rows)).splitlines()
    assert [line.split()[0] for line in told] == ["Noted"] * 4 + ["Idea"] * 4


def test_an_old_question_says_what_came_of_it(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    alike = ClosedIdeas(data, (idea(1, NO_DATA), idea(2, NO_DATA)))
    assert text(advisor, alike) == "Noted for 1, 2: Training data, no, or only a handful."
    apart = ClosedIdeas(data, (idea(1, NO_DATA), idea(2)))
    assert text(advisor, apart) == "Training data: asked for 1, 2."
    assert text(advisor, ClosedIdeas(data, (idea(1),))) == "Training data: asked for 1."
    assert text(advisor, ClosedIdeas(None, ())) == "There is a newer list below."


def test_the_problems_of_a_file_are_named_as_far_as_they_fit(advisor: Advisor) -> None:
    five, six = (tuple(f"line {n}" for n in range(count)) for count in (5, 6))
    assert "Further" not in text(advisor, FileProblems(five, 2))
    assert "I took 2 ideas" in text(advisor, FileProblems(five, 2))
    assert "could not use that file" in text(advisor, FileProblems(five, 0))
    shown = text(advisor, FileProblems(six, 2))
    assert "line 4" in shown
    assert "line 5" not in shown
    assert "Further lines with a problem: 1." in shown


def test_an_export_in_parts_says_which_part_it_is(advisor: Advisor) -> None:
    rows = (row(advisor, 1), row(advisor, 2))
    assert "Ideas as CSV: 2." in text(advisor, BoardExport(advisor.pack, rows, 1, 2))
    assert "Ideas as CSV, rows 3 to 4 of 9:" in text(advisor, BoardExport(advisor.pack, rows, 3, 9))


def test_a_long_export_comes_in_parts_that_fit_a_message(advisor: Advisor) -> None:
    rows = [row(advisor, number, text="x" * 500) for number in range(1, 9)]
    found = parts(advisor.pack, rows)
    assert [one for part in found for one in part] == rows
    assert [len(part) for part in found] == [3, 3, 2]
    assert [len(part) for part in parts(advisor.pack, [row(advisor, 1, text="x" * 9000)] * 2)] == [1, 1]
    assert parts(advisor.pack, []) == ()
    board = Board().add(one.idea for one in rows)
    exports = BoardCards(advisor.knowledge, Judge(advisor.pack)).export(board)
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
    items = [e for e in view(advisor, many).elements if isinstance(e, Items)]
    assert [len(e.lines) for e in items] == [10]


def board_of(count: int, decided: int = 0) -> Board:
    made = [idea(number, NO_DATA if number <= decided else None) for number in range(1, count + 1)]
    return Board().add(one.replace(by="ben") if one.number == 2 else one for one in made)


def test_a_page_of_the_list_is_filtered_and_counted(advisor: Advisor) -> None:
    cards, board = BoardCards(advisor.knowledge, Judge(advisor.pack)), board_of(PAGE + 3, decided=2)

    def page(**listing: object) -> tuple[list[int], int, int, int]:
        shown = cards.list(board, Listing().replace(**listing), NOON)
        return [one.number for one in shown.rows], shown.first, shown.total, shown.decided

    assert page() == ([*range(1, PAGE + 1)], 1, PAGE + 3, 2)
    assert page(page=1) == ([PAGE + 1, PAGE + 2, PAGE + 3], PAGE + 1, PAGE + 3, 2)
    assert page(page=2)[1] == 1
    assert page(owner="ben") == ([2], 1, 1, 1)
    assert page(verdict="prompt_engineering") == ([1, 2], 1, 2, 2)
    assert page(open=True)[2:] == (PAGE + 1, 0)
    assert page(since=2, until=4) == ([2, 3, 4], 1, 3, 1)
    full = BoardCards(advisor.knowledge, Judge(advisor.pack)).list(board_of(PAGE), Listing(page=1), NOON)
    assert (full.first, len(full.rows)) == (1, PAGE)


def test_facts_that_are_out_of_date_are_told_by_the_day(advisor: Advisor) -> None:
    judge, fact = Judge(advisor.pack), advisor.pack.outside[0]
    noted = idea(1, facts=(fact.id, "gone"))
    assert judge.row(noted).lost == ()
    assert fact.last_day is not None
    assert judge.row(noted, fact.last_day).lost == ("gone",)
    assert judge.row(noted, date(fact.last_day.year + 9, 1, 1)).lost == (fact.id, "gone")
    assert judge.row(noted, fact.last_day).lost == ("gone",)
    assert judge.row(idea(1), fact.last_day).lost == ()
    assert (judge.row(noted, fact.last_day).has_news, judge.row(noted).has_news) == (True, False)


def test_what_a_pack_judged_otherwise_is_news(advisor: Advisor) -> None:
    judge, version = Judge(advisor.pack), advisor.pack.version
    assert judge.row(idea(1, NO_DATA, pack="older", judged="fine_tuning")).was == "fine_tuning"
    assert judge.row(idea(1, NO_DATA, pack="older", judged="")).was == ""
    assert judge.row(idea(1, NO_DATA, pack="older", judged="prompt_engineering")).was is None
    assert judge.row(idea(1, NO_DATA, pack=version, judged="fine_tuning")).was is None
    assert judge.row(idea(1, NO_DATA, judged="fine_tuning")).was is None
    noted = judge.noted(idea(1, NO_DATA))
    assert (noted.judged, noted.pack) == ("prompt_engineering", version)
    assert judge.noted(idea(1)).judged == ""


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_an_idea_without_a_verdict_has_no_strength(advisor: Advisor, strength: float) -> None:
    decided = row(advisor, 1, NO_DATA)
    judged = replace(decided.judged, decided=replace(decided.judged.decided, strength=strength))
    assert replace(judged, verdict=None).strength == 0
    assert judged.strength == strength


def test_a_row_has_a_verdict_or_what_is_possible(advisor: Advisor) -> None:
    decided, begun = (
        dict(zip(columns(advisor.pack), cells(advisor.pack, row(advisor, 1, answers)), strict=True))
        for answers in (ALL, {"volume": "high"})
    )
    assert decided["verdict"] in {verdict.id for verdict in advisor.pack.verdicts}
    assert 0 <= float(decided["strength"]) <= 1
    assert [decided[name] for name in ("missing", "possible", "ask")] == ["", "", ""]
    assert [begun[name] for name in ("verdict", "strength", "volume", "data")] == ["", "", "high", ""]
    assert begun["ask"] in begun["missing"].split(", ")
    assert len(begun["possible"].split(", ")) > 1
