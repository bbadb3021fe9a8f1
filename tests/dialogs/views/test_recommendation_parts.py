"""Parts of a result on request: moves, suppositions, reasons, the summary, the form for others."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.replay import recommend, summarise
from dialogs.message import Person
from dialogs.replies.results import (
    Moved,
    OtherResult,
    Recommendation,
    ResultChanges,
    ResultDetails,
    ResultReasons,
    SharedResult,
)
from dialogs.view import Items, Link, Preformatted
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import first_sentences
from dialogs.views.recommendation_elements import strength_key
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL, finished, ids, named, text, view


def result(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> Recommendation:
    return recommend(advisor.knowledge, finished(advisor, answers, **changes), NOON)


def test_a_moved_result_says_from_where(advisor: Advisor) -> None:
    budget = advisor.pack.question("budget")
    shown = result(advisor)
    moved = Moved(budget, "limited", "flexible", advisor.pack.verdicts[0])
    assert ("Budget: limited → flexible. The verdict moved from Prompt engineering to Fine-tuning.") in text(
        advisor, replace(shown, moved=moved)
    )
    still = replace(moved, before=shown.verdict)
    assert "limited → flexible. The verdict is still Fine-tuning." in text(advisor, replace(shown, moved=still))
    assert "The verdict" not in text(advisor, shown)


def test_other_results_are_told_and_offered_where_one_answer_makes_them(advisor: Advisor) -> None:
    pack = advisor.pack
    one = ((pack.question("data"), "no"),)
    other = view(advisor, OtherResult(one, pack.verdicts[0], pack.verdicts[-1], offer=True))
    assert "it would be Prompt engineering instead of fine-tuning." in plain(other)
    assert ids(other) == ["confirm:data:no"]
    two = (*one, (pack.question("budget"), "limited"))
    same = view(advisor, OtherResult(two, pack.verdicts[0], pack.verdicts[0], offer=False))
    assert "With Training data: no, or only a handful and Budget: limited, it would still be" in plain(same)
    assert ids(same) == []
    assert "To change an answer, say it" in plain(same)


def test_reasons_and_changes_are_told_or_that_there_are_none(advisor: Advisor) -> None:
    shown = result(advisor)
    reasons = view(advisor, ResultReasons(shown))
    assert plain(reasons).startswith("Fine-tuning, and why:")
    (items,) = [e for e in reasons.elements if isinstance(e, Items)]
    assert len(items.lines) == len(ALL)
    nothing = text(advisor, ResultReasons(result(advisor, {})))
    assert advisor.pack.deciding.default is not None
    assert advisor.pack.deciding.default.text in nothing
    assert "It would change with:" in text(advisor, ResultChanges(shown))
    assert "no other answers would change it" in text(advisor, ResultChanges(replace(shown, changes=())))


def shared(advisor: Advisor, conversation: Conversation, link: str | None = None, **changes: object) -> SharedResult:
    summary = summarise(advisor.knowledge, conversation, NOON, link)
    return replace(SharedResult(summary, Person("ana", "Ana")), **changes)  # type: ignore[arg-type]


def test_who_gave_the_answers_is_named_once_or_behind_each(advisor: Advisor) -> None:
    one = text(advisor, shared(advisor, named(advisor, "Ana", "Ana")))
    assert "Answers by Ana\n" in one
    assert "(Ana)" not in one
    two = text(advisor, shared(advisor, named(advisor, "Ana", "Ben")))
    assert "Answers\n" in two
    assert "high, or strict on time (Ben)" in two
    nobody = text(advisor, shared(advisor, named(advisor, None, None)))
    assert "Answers\n" in nobody
    assert "(" not in nobody.partition("Answers\n")[2].partition("What would")[0]
    assert "Answers" not in text(advisor, shared(advisor, finished(advisor, {})))


def test_a_shared_result_has_the_note_the_link_and_no_buttons(advisor: Advisor) -> None:
    bare = view(advisor, shared(advisor, finished(advisor), by=Person("ana")))
    assert ids(bare) == []
    assert "Shared by" not in plain(bare)
    assert "“" not in plain(bare).partition("Answers")[0]
    assert not any(isinstance(e, Link) for e in bare.elements)
    assert plain(bare).startswith(advisor.pack.title)
    whole = view(advisor, shared(advisor, finished(advisor, idea="Our\n bot"), "https://x.org", note="Look!"))
    assert plain(whole).startswith("Our\nFine-tuning · strong")
    assert "“Look!”" in plain(whole)
    assert "Shared by Ana." in plain(whole)
    assert "Open the conversation: https://x.org" in plain(whole)
    lists = [e for e in whole.elements if isinstance(e, Items)]
    assert len(lists[-1].lines) == 2
    assert "18 November 2026" in plain(whole)


def test_a_summary_is_markdown_with_everything_that_matters(advisor: Advisor) -> None:
    def source(conversation: Conversation, link: str | None = None) -> list[str]:
        shown = view(advisor, summarise(advisor.knowledge, conversation, NOON, link))
        (made,) = [e for e in shown.elements if isinstance(e, Preformatted)]
        return made.text.splitlines()

    lines = source(finished(advisor, idea="Our bot"), "https://x.org")
    assert lines[0] == "# Our bot"
    assert lines[2] == "**Fine-tuning** (strong)"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Answers",
        "## Why",
        "## What would change it",
        "## Next steps",
    ]
    assert lines[lines.index("## Answers") + 1] == "- Training data: yes, hundreds or more"
    assert lines[lines.index("## Next steps") + 1].startswith("1. ")
    changes = lines[lines.index("## What would change it") + 1 : lines.index("## Next steps") - 1]
    assert len(changes) == 2
    assert "The conversation: https://x.org" in lines
    assert not any("The conversation" in line for line in source(finished(advisor)))
    assert "## Answers by Ana" in source(named(advisor, "Ana", "Ana"))


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        (ALL, "5 of 5 answers point there"),
        ({"data": "no"}, "Training data: no, or only a handful; that decides it"),
        ({}, "not enough points to fine-tuning yet"),
        ({"domain": "general"}, "1 of 5 answers points there"),
        ({"domain": "general", "consistency": "tolerant"}, "2 of 5 answers point there"),
        (ALL | {"budget": "limited"}, "1 of 5 answers point to prompt engineering, 4 to fine-tuning"),
    ],
)
def test_the_details_count_what_points_to_the_verdict(advisor: Advisor, answers: dict[str, str], count: str) -> None:
    assert f"({count})" in text(advisor, ResultDetails(result(advisor, answers)))


@pytest.mark.parametrize(
    ("strength", "key"), [(0, "low"), (0.33, "low"), (0.34, "middle"), (0.66, "middle"), (0.67, "high"), (1, "high")]
)
def test_strengths_have_three_names(strength: float, key: str) -> None:
    assert strength_key(strength) == f"strength_{key}"


def test_a_text_is_cut_between_sentences() -> None:
    text = "One of 1.5 kinds. Two! three? Four. Five"
    assert [first_sentences(text, count) for count in range(4)] == [
        "",
        "One of 1.5 kinds.",
        "One of 1.5 kinds. Two! three?",
        "One of 1.5 kinds. Two! three? Four.",
    ]
