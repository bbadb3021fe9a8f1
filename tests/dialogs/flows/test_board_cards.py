"""The rows of the board's cards: filtered, counted, with news."""

from datetime import timedelta

from dialogs.advisor import Advisor
from dialogs.flows.board_cards import BoardCards
from dialogs.ideas.board import Board, Judge
from dialogs.ideas.board_csv import cells, columns
from dialogs.ideas.board_list import PAGE, Listing
from tests.dialogs.talk import NOON
from tests.dialogs.views.ideas import NO_DATA, idea, row
from tests.dialogs.views.shown import ALL


def board_of(count: int, decided: int = 0) -> Board:
    made = [idea(number, NO_DATA if number <= decided else None) for number in range(1, count + 1)]
    return Board().add(one.replace(by="ben") if one.number == 2 else one for one in made)


def test_a_page_of_the_list_is_filtered_and_counted(advisor: Advisor) -> None:
    cards, board = BoardCards(advisor.knowledge, Judge(advisor.knowledge.judgements)), board_of(PAGE + 3, decided=2)

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
    full = BoardCards(advisor.knowledge, Judge(advisor.knowledge.judgements)).list(
        board_of(PAGE), Listing(page=1), NOON
    )
    assert (full.first, len(full.rows)) == (1, PAGE)


def test_facts_that_are_out_of_date_are_told_by_the_day(advisor: Advisor) -> None:
    judge, fact = Judge(advisor.knowledge.judgements), advisor.pack.outside[0]
    noted = idea(1, facts=(fact.id, "gone"))
    assert judge.row(noted).lost == ()
    assert fact.last_day is not None
    assert judge.row(noted, fact.last_day).lost == ("gone",)
    assert judge.row(noted, fact.last_day + timedelta(days=1)).lost == (fact.id, "gone")
    assert judge.row(noted, fact.last_day).lost == ("gone",), "days may come in any order"
    assert judge.row(idea(1), fact.last_day).lost == ()
    assert (judge.row(noted, fact.last_day).has_news, judge.row(noted).has_news) == (True, False)


def test_what_a_pack_judged_otherwise_is_news(advisor: Advisor) -> None:
    judge, version = Judge(advisor.knowledge.judgements), advisor.pack.version
    assert judge.row(idea(1, NO_DATA, pack="older", judged="fine_tuning")).was == "fine_tuning"
    assert judge.row(idea(1, NO_DATA, pack="older", judged="")).was == ""
    assert judge.row(idea(1, NO_DATA, pack="older", judged="prompt_engineering")).was is None
    assert judge.row(idea(1, NO_DATA, pack=version, judged="fine_tuning")).was is None
    assert judge.row(idea(1, NO_DATA, judged="fine_tuning")).was is None
    noted = judge.noted(idea(1, NO_DATA))
    assert (noted.judged, noted.pack) == ("prompt_engineering", version)
    assert judge.noted(idea(1)).judged == ""


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
