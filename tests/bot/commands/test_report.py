"""`advisor report`, on what conversations leave in Redis."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.commands.report_content import ReportData, report_of, report_text
from bot.config.setting_types import Unanswered
from bot.storage.feedback import StoredRating, UnansweredText
from tests.bot.in_process import in_process
from tests.bot.run import advisor
from tests.shipped import shipped

PACK = shipped().pack
TODAY = date(2026, 11, 26)


def of(
    counts: Mapping[str, int] | None = None, ratings: int = 0, texts: int = 0, kept: Unanswered = Unanswered.ALL
) -> ReportData:
    return ReportData(
        counts or {},
        [
            StoredRating(
                ("faq-cost", "term-lora", "result:hybrid", "gone")[n % 4],
                n % 3 > 0,
                f"note {n}" if n % 5 == 0 else "",
                n,
            )
            for n in range(ratings)
        ],
        [
            UnansweredText(("who won?", "what is for lunch today?", "Who won?")[n % 3] + " why" * (n // 9), n)
            for n in range(texts)
        ],
        kept,
    )


@pytest.mark.parametrize("entries", [0, 5, 500])
def test_the_same_members_and_lines_that_fit_however_much_there_is(entries: int) -> None:
    counts = {
        "begun": entries,
        "asked:faq-cost": entries,
        "unknown": entries,
        "result:hybrid": entries,
        "open:data": -1,
    }
    counts |= {f"asked:{entry.id}": n for n, entry in enumerate(PACK.entries)} if entries == 500 else {}
    report = report_of(PACK, None, of(counts, entries, entries), TODAY)
    assert list(report) == ["until", "days", "talks", "questions", "asked", "unanswered", "feedback"]
    assert report["talks"]["left"]["data"] == 0
    assert sum(one["count"] for one in report["unanswered"]["groups"]) == entries
    up, down = (sum(one[side] for kind in report["feedback"].values() for one in kind) for side in ("up", "down"))
    assert up + down == entries
    shown = report_text(PACK, json.loads(json.dumps(report)))
    assert max(map(len, shown.splitlines())) <= 110
    assert len(shown.splitlines()) < 130


def test_a_whole_way_from_conversations_to_the_report(tmp_path: Path) -> None:
    lines = [
        {"text": "how do I book a meeting room for Anna Schmidt?"},
        {"text": "can I book a room here?"},
        {"text": "how much does fine-tuning cost?"},
        {"press": "feedback:down"},
        {"text": "start"},
        {"press": "answer:data:yes"},
    ]
    assert in_process(tmp_path, "chat", "--jsonl", typed="\n".join(map(json.dumps, lines))).returncode == 0
    report = json.loads(advisor(tmp_path, "report", "--json").stdout)
    assert report["talks"]["begun"] == report["talks"]["left"]["volume"] == 1
    assert [(one["id"], one["count"], one["up"], one["down"]) for one in report["asked"]] == [("faq-cost", 1, 0, 1)]
    assert sorted(t for one in report["unanswered"]["groups"] for t in one["texts"]) == [
        "can I book a room here?",
        "how do I book a meeting room for …?",
    ]
    shown = in_process(tmp_path, "report")
    assert shown.returncode == 0
    assert "left at: Volume and speed" in shown.stdout
    in_process(tmp_path, "chat", "--jsonl", typed=json.dumps({"text": "yes, forget me"}))
    after = json.loads(in_process(tmp_path, "report", "--json").stdout)
    assert after["unanswered"]["groups"] == []
    assert after["feedback"]["passages"] == []


def test_what_is_off_is_not_kept(tmp_path: Path) -> None:
    in_process(tmp_path, "chat", typed="who won the world cup?\n", ADVISOR_UNANSWERED="off")
    report = json.loads(in_process(tmp_path, "report", "--json").stdout)
    assert (report["questions"]["unanswered"], report["unanswered"]["groups"]) == (1, [])
