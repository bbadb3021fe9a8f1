"""Outside facts beside a recommendation: about the verdict, or called for by the idea."""

import pytest

from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend
from dialogs.views import current_view
from dialogs.views.outside import origin
from dialogs.views.plain_text import plain
from knowledge.outside import SourceGrade
from tests.dialogs.talk import NOON
from tests.dialogs.views.recommended import ANSWERS, combinations, details, finished
from tests.shipped import shipped


def test_facts_from_outside_stand_with_the_verdicts_that_they_are_about(advisor: Advisor) -> None:
    shown: dict[str, list[str]] = {}
    for options in combinations(advisor.pack):
        said = recommend(advisor.knowledge, finished(advisor.pack, options), NOON)
        shown[said.verdict.id] = [entry.id for entry in said.outside]
    assert shown == {
        verdict.id: [entry.id for entry in advisor.pack.outside if verdict.id in entry.verdicts]
        for verdict in advisor.pack.verdicts
    }
    assert all(shown.values())


def test_expired_facts_are_no_longer_shown(advisor: Advisor) -> None:
    conversation = finished(advisor.pack, {q.id: "unsure" for q in advisor.pack.questions})
    assert "Outside the article" in details(advisor, conversation)
    assert "Outside the article" not in details(advisor, conversation, NOON + 10 * 365 * 86400)


CALLING = "Sort our invoices. The output must be valid JSON."


def test_what_an_idea_calls_for_stands_below_the_verdict_and_moves_nothing() -> None:
    """No verdict and no strength of any answers: only the line and its button are more."""
    pack, entry = shipped().pack, shipped().pack.entry("out-structured")
    for options in combinations(pack):
        without = recommend(shipped().knowledge, finished(pack, options).replace(idea="Sort our invoices."), NOON)
        said = recommend(shipped().knowledge, finished(pack, options).replace(idea=CALLING), NOON)
        assert without.called is None
        assert said.called == entry
        assert (said.verdict, said.decided, said.changes) == (without.verdict, without.decided, without.changes)
        line = shown_for(options).splitlines()[3]
        assert line in (f"Outside the article: {entry.line}", f"Outside the article: {entry.title}"), options
        assert len(line.split()) <= 20


def shown_for(options: dict[str, str]) -> str:
    """The card of an idea that calls for a fact."""
    return plain(current_view(shipped(), finished(shipped().pack, options).replace(idea=CALLING), NOON))


def test_the_details_say_source_and_date_of_what_an_idea_calls_for() -> None:
    entry = shipped().pack.entry("out-structured")
    text = details(shipped(), finished(shipped().pack, ANSWERS).replace(idea=CALLING))
    assert f"Outside the article: {entry.line} ({entry.source}, read 26 Nov 2026)" in text


@pytest.mark.parametrize(("confidence", "said"), [("A", "Source"), ("B", "as reported: S"), ("C", "as one source rep")])
def test_what_is_known_at_second_hand_says_from_how_many(confidence: str, said: str) -> None:
    entry = shipped().pack.outside[0].model_copy(update={"confidence": SourceGrade(confidence), "source": "Source"})
    assert origin(shipped().catalogue, entry).startswith(said)
