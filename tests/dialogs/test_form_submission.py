"""Forms: which fields they need, and their result."""

from dialogs.advisor import Advisor
from dialogs.form_submission import IDEA, FormErrors, Submission, judge_form, read_form
from dialogs.views.plain_text import plain
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL, ids


def test_a_form_needs_an_idea_or_an_answer(advisor: Advisor) -> None:
    assert read_form(advisor, {**ALL, "idea": "  our bot ", "other": 3}) == Submission(ALL, "our bot")
    assert read_form(advisor, ALL) == Submission(ALL, "")
    assert read_form(advisor, {**ALL, IDEA: None}) == Submission(ALL, "")

    def wrong(**changes: object) -> dict[str, str]:
        found = read_form(advisor, {**ALL, **changes})
        assert isinstance(found, FormErrors)
        return dict(found.errors)

    assert "Choose one" in wrong(data="perhaps")["data"]
    assert list(wrong(data=3, budget=None)) == list(wrong(data=1)) == list(wrong(data="some")) == ["data"]
    assert "answer a question" in wrong(**dict.fromkeys(ALL, ""), idea=" ")[IDEA]
    assert read_form(advisor, {"idea": "our bot"}) == Submission({}, "our bot")
    assert read_form(advisor, {"data": "yes", "budget": ""}) == Submission({"data": "yes"})
    assert "words" in wrong(idea=["x"])[IDEA]
    assert "Up to 1000 characters" in wrong(idea="x" * 1001)[IDEA]
    assert {*wrong(idea="x" * 1001)} == {IDEA} and "1001" in wrong(idea="x" * 1001)[IDEA]
    assert list(wrong(data="x", idea=["x"])) == ["data", IDEA]
    assert read_form(advisor, {**ALL, "idea": "x" * 1000}) == Submission(ALL, "x" * 1000)


def test_the_result_of_a_form_has_no_buttons(advisor: Advisor) -> None:
    shown = judge_form(advisor, Submission(ALL, "Our bot"), NOON).view
    assert ids(shown) == []
    assert plain(shown).startswith("Our bot\nTune the model on your own examples\nFine-tuning · 5 of 5 answers")


def test_the_description_fills_in_what_it_says_and_what_is_given_stands(advisor: Advisor) -> None:
    told = understanding(advisor, Understanding(states={"our bot": {"data": "yes"}}))
    judged = judge_form(told, Submission({}, "our bot"), NOON)
    assert judged.form == Submission({"data": "yes"}, "our bot")
    shown = plain(judged.view)
    assert shown.startswith("Not enough said yet: could be")
    assert "Training data: yes, hundreds or more (“our bot”)" in shown
    given = judge_form(told, Submission({"data": "unsure"}, "our bot"), NOON)
    assert given.form.answers == {"data": "unsure"}
    assert "Training data: not sure\n" in plain(given.view)
    assert [question.id for question in judged.ask] == ["volume", "domain", "budget", "consistency"]
    rest = {"volume": "high", "budget": "limited", "domain": "general", "consistency": "tolerant"}
    decided = judge_form(told, Submission({**judged.form.answers, **rest}, "our bot"), NOON)
    assert decided.ask == ()
    assert plain(decided.view).startswith("our bot\n")
