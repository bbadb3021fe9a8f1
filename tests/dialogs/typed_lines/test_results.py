"""Typed lines about a result: reasons, suppositions, the summary, and changes."""

import pytest

from dialogs.commands.command import Kind, What
from dialogs.conversation import Proposal
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswersSoFar, LikelyChange
from dialogs.replies.receipts import Receipts
from dialogs.replies.results import OtherResult, Recommendation, ResultSummary
from dialogs.replies.texts import ResultText
from dialogs.view import Preformatted
from tests.dialogs.steps import kinds, with_result
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume
from tests.shipped import shipped


@pytest.mark.parametrize("text", ["why?", "why fine-tuning?", "ok why"])
def test_after_the_result_why_gives_its_reasons(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert kinds(talk) == [What.VERDICT]
    assert "Fine-tuning, and why:" in talk.below
    assert "Training data" in talk.below


def test_after_the_result_what_would_change_it(talk: Talk) -> None:
    with_result(talk).say("what would change it?")
    assert kinds(talk) == [What.WOULD_CHANGE]
    assert "→" in talk.below


@pytest.mark.parametrize("text", ["what if we had no budget?", "what if the budget was limited"])
def test_after_the_result_what_if_changes_nothing_until_a_yes(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert kinds(talk) == [OtherResult]
    assert "Hybrid instead of fine-tuning" in talk.below
    assert talk.conversation.chosen["budget"] == "flexible"
    talk.say("yes")
    assert kinds(talk) == [Receipts]
    assert "Budget is now limited (was flexible). The result is now Hybrid (was Fine-tuning)." in talk.below
    assert talk.conversation.chosen["budget"] == "limited"


def test_a_no_to_what_if_leaves_all_as_it_was(talk: Talk) -> None:
    before = with_result(talk).conversation
    talk.say("what if we had no budget?").say("no")
    assert talk.turn.below == (Notice("left_as_it_was"),)
    assert talk.conversation.chosen == before.chosen


def test_what_if_without_an_answer_in_it_says_how() -> None:
    talk = Talk(shipped())
    with_result(talk).say("what if pigs could fly?")
    assert talk.turn.below == (Notice("what_if_unclear"),)


@pytest.mark.parametrize(
    "text", ["change budget to limited", "change the budget to limited please", "set budget to limited"]
)
def test_change_x_to_y(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert kinds(talk) == [Receipts]
    assert "Budget is now limited (was flexible). The result is now Hybrid (was Fine-tuning)." in talk.below
    assert talk.conversation.chosen["budget"] == "limited"


def test_a_summary_is_markdown_to_be_copied(talk: Talk) -> None:
    with_result(talk).say("summary")
    assert kinds(talk) == [ResultSummary]
    view = talk._view(talk.turn.below)
    (source,) = [element for element in view.elements if isinstance(element, Preformatted)]
    assert source.text.startswith("# support bot\n\nTune the model on your own examples\nFine-tuning · ")
    assert "- Training data: yes, hundreds or more" in source.text
    assert "Advant" in source.text


def test_what_was_read_is_told_with_its_words(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time").say("show")
    talk.say("what did you read from my text?")
    assert kinds(talk) == [AnswersSoFar]
    assert "the same format each time" in talk.below
    with_result(Talk(talk.advisor)).say("what did you read?")


def test_which_idea_this_is_and_what_is_noted_is_told_at_any_time(understood: Talk) -> None:
    with_result(understood).press("edit:budget").say("what have you got down so far")
    assert "The open question is" in understood.below
    assert understood.open == "budget"


def test_a_result_answers_what_is_asked_about_it(understood: Talk) -> None:
    with_result(understood)
    for said, kind in (
        ("can you write that up so i can send it to my boss", ResultSummary),
        ("what has the closest case to do with us", What.CASE),
        ("who says so, where does that come from", What.SOURCES),
        ("what do we do first", What.STEPS),
    ):
        assert kinds(understood.say(said)) == [kind], said


def test_what_is_asked_after_a_result_takes_nothing(understood: Talk) -> None:
    before = with_result(understood).press("edit:domain").press("answer:domain:general").conversation.chosen
    understood.say("they have salaries and names in them is that ok legally")
    assert understood.conversation.chosen == before
    assert understood.conversation.confirm is None
    assert LikelyChange not in kinds(understood)


def test_what_is_stated_beside_a_question_after_a_result_still_counts(understood: Talk) -> None:
    with_result(understood).say("our budget is limited, is that ok")
    assert understood.conversation.chosen["budget"] == "limited"


def test_who_takes_back_an_amount_for_one_of_the_same_answer_sees_that_it_was_heard(understood: Talk) -> None:
    at_volume(understood).say("wait no, more like 200 examples")
    assert understood.said.startswith("Training data: now “like 200 examples”; still yes")


@pytest.mark.parametrize(
    ("text", "taken"), [("our budget is limited", {"budget": "limited"}), ("yes", {"domain": "specialised"})]
)
def test_only_a_yes_takes_what_is_proposed_below_a_result(talk: Talk, text: str, taken: dict[str, str]) -> None:
    """An answer to a question that was left open."""
    at_volume(talk).press("answer:volume:high").say("show").say("hm")
    talk.conversation = talk.conversation.replace(confirm=Proposal("domain", "specialised"))
    assert talk.say(text).conversation.chosen == {"data": "yes", "volume": "high", **taken}


def test_a_question_and_an_option_by_name_correct_an_answer(understood: Talk) -> None:
    with_result(understood).say("domain is general its just hr letters")
    assert understood.conversation.chosen["domain"] == "general"
    assert kinds(understood) == [Receipts]
    assert "Domain is now general" in understood.below


@pytest.mark.parametrize(
    "text", ["ok just show me im in a hurry", "just show it", "result pls", "just give me the result, i am in a hurry"]
)
def test_who_is_in_a_hurry_gets_the_result_now(talk: Talk, text: str) -> None:
    at_volume(talk).say(text)
    assert kinds(talk) == [Recommendation]


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("what if the budget is limited after all? 40k total, thats it", {"budget": "limited"}),
        ("what if we had 500 good examples", {"data": "yes"}),
    ],
)
def test_a_supposition_is_read_by_its_own_words_and_changes_nothing(
    understood: Talk, text: str, supposed: dict[str, str]
) -> None:
    before = with_result(understood).conversation.chosen
    did = understood.say(text).turn.did
    assert {each.question: each.option for each in did if each.command is Kind.SUPPOSE} == supposed
    assert understood.conversation.chosen == before


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("call it Lost and found", "Lost and found"),
        ("Call it Ticket sorter.", "Ticket sorter"),
        ("the title is wrong, call it Ticket sorter please", "Ticket sorter"),
    ],
)
def test_an_idea_gets_another_title_in_the_words_that_the_reply_suggests(
    understood: Talk, text: str, title: str
) -> None:
    with_result(understood).say(text)
    assert f"“{title}”" in understood.below
    assert understood.conversation.title == title
    assert f"# {title}" in understood.say("summary").below


@pytest.mark.parametrize("text", ["one line for my boss pls", "can u say it in 1 sentence for my boss"])
def test_who_wants_a_line_to_pass_on_gets_the_result_in_short(understood: Talk, text: str) -> None:
    assert kinds(with_result(understood).say(text)) == [ResultText]
