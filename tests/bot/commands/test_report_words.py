"""What the report counts, and how it says it."""

from datetime import date
from typing import Any

import pytest

from bot.commands.report_content import ReportData, report_of, report_text
from bot.config.setting_types import Unanswered
from bot.storage.feedback import StoredRating, UnansweredText
from tests.shipped import shipped

PACK = shipped().pack
TODAY = date(2026, 11, 26)
TITLE = PACK.passage("faq-cost").title


def report(
    counts: dict[str, int] | None = None,
    ratings: tuple[StoredRating, ...] = (),
    texts: tuple[UnansweredText, ...] = (),
    kept: Unanswered = Unanswered.ALL,
) -> dict[str, Any]:
    return report_of(PACK, None, ReportData(counts or {}, ratings, texts, kept), TODAY)


def said(**parts: Any) -> str:
    return report_text(PACK, report(**parts))


def test_nothing_is_said_to_be_nothing() -> None:
    lines = said().splitlines()
    assert lines[0] == "What people asked and said: the last 90 days, up to 2026-11-26"
    assert lines.count("  None yet.") == 2
    assert "  Nothing yet." in lines
    assert "  None is kept." in lines
    assert "ADVISOR_UNANSWERED" not in said()


def test_where_talks_are_is_told_without_what_is_nowhere() -> None:
    counts = {"begun": 7, "result:hybrid": 2, "result:fine_tuning": -1, "open:data": 3, "open:volume": -2, "stopped": 1}
    talks = report(counts)["talks"]
    assert (talks["begun"], talks["stopped"], talks["left"]["data"], talks["left"]["volume"]) == (7, 1, 3, 0)
    assert talks["results"] == {"prompt_engineering": 0, "hybrid": 2, "fine_tuning": 0}
    lines = said(counts=counts).splitlines()
    at = lines.index("TALKS  begun: 7")
    assert lines[at + 1 : at + 5] == [
        "    2  result: Hybrid",
        "    3  left at: Training data",
        "    1  stopped",
        "  What is still going on counts as left.",
    ]
    assert report({"stopped": -3})["talks"]["stopped"] == 0


def test_what_was_asked_is_counted_the_most_asked_first() -> None:
    counts = {"asked:faq-cost": 2, "asked:gone": 5, "asked:other": 5, "asked:never": 0, "offered": 3, "unknown": 4}
    found = report(counts)
    assert [(one["id"], one["count"], one["title"]) for one in found["asked"]] == [
        ("gone", 5, None),
        ("other", 5, None),
        ("faq-cost", 2, TITLE),
    ]
    assert found["questions"] == {"answered": 12, "offered": 3, "unanswered": 4, "unanswered_not_kept": 0}
    shown = said(counts=counts)
    assert "MOST ASKED  answers: 12, “did you mean”: 3" in shown
    assert "    5  no longer in the pack (gone)" in shown
    assert f"    2  {TITLE} (faq-cost)" in shown


@pytest.mark.parametrize(
    ("entries", "more"),
    [(15, ""), (16, "  … and 1 more answer; --json has all."), (17, "  … and 2 more answers; --json has all.")],
)
def test_so_many_are_shown_and_how_many_more_there_are(entries: int, more: str) -> None:
    shown = said(counts={f"asked:x{number:02d}": 1 for number in range(entries)})
    assert ("more answer" in shown) is bool(more)
    assert more in shown
    assert shown.count("no longer in the pack") == 15


def rating(about: str, up: bool, at: int, note: str = "") -> StoredRating:
    return StoredRating(about, up, note, at)


def test_feedback_is_told_by_what_it_is_about_the_worst_first() -> None:
    ratings = (
        rating("faq-cost", True, 1),
        rating("faq-cost", False, 3, "later"),
        rating("faq-cost", True, 2, "earlier"),
        rating("gone", False, 1),
        rating("gone", False, 2),
        rating("result:hybrid", True, 1, "good"),
    )
    feedback = report(ratings=ratings)["feedback"]
    assert [(one["id"], one["up"], one["down"]) for one in feedback["passages"]] == [("gone", 0, 2), ("faq-cost", 2, 1)]
    assert feedback["passages"][1]["notes"] == [{"up": False, "text": "later"}, {"up": True, "text": "earlier"}]
    assert [(one["verdict"], one["up"]) for one in feedback["results"]] == [
        ("prompt_engineering", 0),
        ("hybrid", 1),
        ("fine_tuning", 0),
    ]
    lines = said(ratings=ratings).splitlines()
    at = lines.index("FEEDBACK  each person's last press")
    assert lines[at + 1 :] == [
        "  +1 -0  result: Hybrid",
        "        + “good”",
        "  +0 -2  no longer in the pack (gone)",
        f"  +2 -1  {TITLE} (faq-cost)",
        "        - “later”",
        "        + “earlier”",
    ]
    asked = said(counts={"asked:faq-cost": 1}, ratings=ratings)
    assert f"    1  {TITLE} (faq-cost)   +2 -1" in asked
    many = tuple(rating("gone", True, number, f"note {number}") for number in range(5))
    assert "        … and 2 more notes; --json has all." in said(ratings=many)


def test_texts_without_an_answer_are_told_once_the_most_frequent_first() -> None:
    texts = (
        UnansweredText("Who won?", 1),
        UnansweredText("who  WON?", 2),
        UnansweredText("what is for lunch", 3),
        UnansweredText("x " * 80, 4),
    )
    groups = report(texts=texts)["unanswered"]["groups"]
    assert [one["count"] for one in groups] == [2, 1, 1]
    assert groups[0]["texts"] == ["who  WON?"]
    lines = said(counts={"unknown": 9}, texts=texts).splitlines()
    assert "WITHOUT AN ANSWER  questions: 9; texts of the last 30 days, alike together" in lines
    assert "    2  who  WON?" in lines
    wrapped = [line for line in lines if "x x x" in line]
    assert [line.startswith("    1  x") for line in wrapped] == [True, False]
    assert all(line.startswith("       x") for line in wrapped[1:])
    assert max(map(len, lines)) <= 100


def test_groups_and_their_texts_are_shown_up_to_a_number() -> None:
    alike = tuple(UnansweredText(f"what is the weather in town {number}", number) for number in range(5))
    shown = said(texts=alike)
    assert shown.count("the weather") == 3
    assert "       … and 2 more texts; --json has all." in shown
    apart = tuple(UnansweredText(f"{chr(97 + number) * 9} {chr(97 + number) * 7}", number) for number in range(22))
    assert "  … and 2 more groups; --json has all." in said(texts=apart)


def test_whose_texts_are_kept_is_said_where_it_matters() -> None:
    assert "is off: no texts are kept." in said(kept=Unanswered.OFF)
    private = {"unknown:unkept": 4}
    assert "so their texts are not kept: 4 (ADVISOR_UNANSWERED)." in said(counts=private, kept=Unanswered.SHARED)
    assert "not kept:" not in said(kept=Unanswered.SHARED)
    assert report(texts=tuple(UnansweredText(text, n) for n, text in enumerate(("who won?", "Who won?", "lunch?"))))[
        "unanswered"
    ]["groups"][0] == {"count": 2, "texts": ["Who won?"]}
    assert "not kept:" not in said(counts=private, kept=Unanswered.ALL)
