"""One idea judged at once."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import called_entries
from dialogs.ideas.triage import triage
from knowledge.decision import decide
from knowledge.interfaces import Knowledge, Reading

DAY = date(2026, 11, 26)
GIVEN = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


class Reads:
    """A reader that finds the same answers in every text."""

    def __init__(self, **answers: str) -> None:
        self._answers = {question: Reading(option, "as it says") for question, option in answers.items()}

    def read(self, text: str) -> dict[str, Reading]:
        return dict(self._answers)


def reading(advisor: Advisor, **answers: str) -> Knowledge:
    return replace(advisor.knowledge, reader=Reads(**answers))


def test_given_answers_decide_as_everywhere(advisor: Advisor) -> None:
    found = triage(advisor.knowledge, "an idea", GIVEN)
    assert found.judged.decided == decide(advisor.pack, GIVEN)
    assert found.judged.missing == ()
    assert dict(found.answers) == GIVEN


def test_what_is_read_counts_and_the_rest_is_missing(advisor: Advisor) -> None:
    found = triage(reading(advisor, data="no"), "an idea")
    assert found.answers == {"data": "no", "volume": None, "domain": None, "budget": None, "consistency": None}
    assert [question.id for question in found.judged.missing] == ["volume", "domain", "budget", "consistency"]
    assert found.judged.decided.verdict == "prompt_engineering"
    assert found.readings["data"].evidence == "as it says"


def test_a_given_answer_stands_against_the_text(advisor: Advisor) -> None:
    found = triage(reading(advisor, data="no"), "an idea", {"data": "yes"})
    assert found.answers["data"] == "yes"
    assert "data" not in found.readings


def test_unsure_is_an_answer(advisor: Advisor) -> None:
    missing = triage(advisor.knowledge, "an idea", {"data": "unsure"}).judged.missing
    assert "data" not in [question.id for question in missing]


@pytest.mark.parametrize("text", ["", "zzz qqq", "how much does fine-tuning cost?"])
def test_there_is_always_a_passage_and_a_way_to_change_it(advisor: Advisor, text: str) -> None:
    found = triage(advisor.knowledge, text)
    assert found.passage in {faq.id for faq in advisor.pack.faqs}
    assert found.judged.changes
    assert all(change.verdict != found.judged.decided.verdict for change in found.judged.changes)


def test_what_describes_no_project_is_like_no_scenario(advisor: Advisor) -> None:
    assert triage(advisor.knowledge, "what is the weather tomorrow").scenario.id is None


def test_three_entries_that_hold_today_are_named_the_surest_first(advisor: Advisor) -> None:
    held = [entry for entry in advisor.pack.outside if entry.last_day is None or entry.last_day >= DAY]
    gone = [entry for entry in advisor.pack.outside if entry not in held]
    called = [entry.id for entry in (*gone[:1], *reversed(held[:5]))]

    class Calls:
        def calls(self, text: str) -> tuple[str, ...]:
            return ("no-such-entry", *called)

    knowledge = replace(advisor.knowledge, matcher=Calls())
    assert called_entries(knowledge, "an idea", DAY) == tuple(reversed(held[2:5]))


def test_unknown_answers_are_refused(advisor: Advisor) -> None:
    with pytest.raises(KeyError):
        triage(advisor.knowledge, "an idea", {"data": "perhaps"})
