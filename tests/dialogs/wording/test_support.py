"""How well sentences that their facts support are told from others: the figures of docs/decisions/109.

`sentences.json`: `facts` (text, source, idea, verdict); `sentences` that rest on some of them, by number from 0, with
the ideas and verdicts of the request; `others`: a sentence set against a fact that does not say it; `changed`: a
sentence with another verdict or number, or turned round.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dialogs.advisor import Advisor
from dialogs.wording.case import Basis
from dialogs.wording.checks import Sentence, fault_of
from dialogs.wording.facts import Fact
from dialogs.wording.request import WordingRequest

DATA: Mapping[str, Any] = json.loads(Path(__file__).with_name("sentences.json").read_text("utf-8"))


def reason(advisor: Advisor, at: int, text: str, facts: Sequence[int]) -> str:
    """Why a text is dropped that stands in place of the sentence `at`, with these facts."""
    given = DATA["sentences"][at]
    cited = [Fact(*DATA["facts"][number]) for number in facts]
    around = [Fact("", "", idea, verdict) for idea, verdict in given["ideas"]]
    request = WordingRequest((), {}, given["line"], (*cited, *around))
    return fault_of(Basis(advisor.pack, request), Sentence(text, tuple(range(1, len(cited) + 1)))).reason


def test_what_the_facts_say_is_kept(advisor: Advisor) -> None:
    rows = [(at, each["text"], each["facts"]) for at, each in enumerate(DATA["sentences"])]
    lost = {text: why for at, text, facts in rows if (why := reason(advisor, at, text, facts))}
    assert len(rows) > 150
    assert len(lost) <= 0.05 * len(rows), lost


def test_what_the_facts_do_not_say_is_dropped(advisor: Advisor) -> None:
    given = DATA["sentences"]
    others = [(at, given[at]["text"], [fact]) for at, fact in DATA["others"]]
    changed = [(at, text, given[at]["facts"]) for at, _, text in DATA["changed"]]
    passed = [text for at, text, facts in (*others, *changed) if not reason(advisor, at, text, facts)]
    assert len(others) + len(changed) > 700
    assert len(passed) <= 0.06 * (len(others) + len(changed)), passed


def test_another_verdict_and_other_numbers_are_hardly_ever_kept(advisor: Advisor) -> None:
    rows = [(at, kind, text) for at, kind, text in DATA["changed"] if kind in ("verdict", "number")]
    kept = [text for at, _, text in rows if not reason(advisor, at, text, DATA["sentences"][at]["facts"])]
    assert len(kept) <= 0.02 * len(rows), kept
