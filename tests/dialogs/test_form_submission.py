"""Forms: which fields they need, and their result."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import IDEA_LIMIT
from dialogs.form_submission import IDEA, FormErrors, Submission, form_view, read_form
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL, ids


def test_a_form_needs_an_option_for_each_question_and_may_have_an_idea(advisor: Advisor) -> None:
    assert read_form(advisor, {**ALL, "idea": "  our bot ", "other": 3}) == Submission(ALL, "our bot")
    assert read_form(advisor, ALL) == Submission(ALL, "")
    assert read_form(advisor, {**ALL, IDEA: None}) == Submission(ALL, "")

    def wrong(**changes: object) -> dict[str, str]:
        found = read_form(advisor, {**ALL, **changes})
        assert isinstance(found, FormErrors)
        return dict(found.errors)

    assert "Choose one" in wrong(data="perhaps")["data"]
    assert list(wrong(data=3, budget=None)) == ["data", "budget"]
    assert "words" in wrong(idea=["x"])[IDEA]
    assert "Up to 1000 characters" in wrong(idea="x" * 1001)[IDEA]
    assert "1001" in wrong(idea="x" * 1001)[IDEA]
    assert list(wrong(data="", idea=["x"])) == ["data", IDEA]
    assert isinstance(read_form(advisor, {**ALL, "idea": "x" * 1000}), Submission)


def test_the_result_of_a_form_has_no_buttons(advisor: Advisor) -> None:
    shown = form_view(advisor, Submission(ALL, "Our bot"), NOON)
    assert ids(shown) == []
    assert plain(shown).startswith("Our bot\nFine-tuning · strong")


@pytest.mark.parametrize("length", [IDEA_LIMIT, IDEA_LIMIT + 1])
def test_an_idea_in_a_form_has_a_length(advisor: Advisor, length: int) -> None:
    assert IDEA_LIMIT == 1000
    found = read_form(advisor, {**ALL, IDEA: "x" * length})
    if length > 1000:
        assert isinstance(found, FormErrors)
        assert set(found.errors) == {IDEA}
        assert "1001" in found.errors[IDEA]
    else:
        assert found == Submission(ALL, "x" * length)


@pytest.mark.parametrize("given", [{}, {"data": 1}, {"data": "some"}])
def test_a_form_says_which_answers_are_missing(advisor: Advisor, given: dict[str, object]) -> None:
    found = read_form(advisor, {**ALL, "data": None, **given})
    assert isinstance(found, FormErrors)
    assert set(found.errors) == {"data"}
    assert isinstance(read_form(advisor, {**ALL, IDEA: 3}), FormErrors)
    assert read_form(advisor, {**ALL, IDEA: None}) == Submission(ALL, "")
