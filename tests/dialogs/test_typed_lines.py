"""Every typed line moves the conversation: proposals, misses, answers elsewhere, talk about the result, small talk."""

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Conversation, Proposal
from dialogs.message import Message, Person, Typed
from dialogs.reconstruction import reconstruct
from dialogs.replies.ideas import IdeaList
from dialogs.replies.notices import NewOrContinue, Notice
from dialogs.replies.passages import PassageReply
from dialogs.replies.questions import (
    AnswerChanged,
    AnswersRead,
    LikelyChange,
    LikelyOption,
    QuestionCard,
    UnderstoodAnswers,
    UnmatchedAnswer,
)
from dialogs.replies.results import OtherResult, Recommendation, ResultChanges, ResultReasons, ResultSummary
from dialogs.view import Choices, Preformatted
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from knowledge.interfaces import AnswerReader, Certainty, UnderstoodAnswer
from tests.dialogs.talk import Talk
from tests.shipped import shipped

REQUEST = "should we fine-tune our support bot?"
SAID: Mapping[str, tuple[tuple[str, str, Certainty], ...]] = {
    "a handful a day maybe": (("volume", "low", Certainty.PROPOSE),),
    "few i guess": (("volume", "low", Certainty.PROPOSE),),
    "some old tickets": (("data", "yes", Certainty.PROPOSE),),
    "no budget btw": (("budget", "limited", Certainty.TAKE),),
    "low, and no money": (("volume", "low", Certainty.PROPOSE), ("budget", "limited", Certainty.TAKE)),
    "many": (("volume", "high", Certainty.TAKE),),
    "maybe we are rich": (("budget", "flexible", Certainty.PROPOSE),),
    "we have no budget": (("budget", "limited", Certainty.TAKE),),
    "forty a day": (("volume", "low", Certainty.TAKE),),
    "no budget really": (("budget", "limited", Certainty.TAKE),),
}


class Replies:
    """Knows what some texts answer, and of the rest what the words alone say."""

    def __init__(self, rest: AnswerReader) -> None:
        self._rest = rest

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        if text not in SAID:
            return self._rest.answers(text, open_question)
        found = [UnderstoodAnswer(q, option, certainty, text) for q, option, certainty in SAID[text]]
        return tuple(sorted(found, key=lambda answer: answer.question != open_question))


@pytest.fixture(scope="module")
def listener(advisor: Advisor) -> Advisor:
    words = advisor.knowledge
    return Advisor.build(replace(words, typed_answers=Replies(words.typed_answers)), catalogue.load())


@pytest.fixture
def talk(listener: Advisor) -> Talk:
    return Talk(listener)


def at_volume(talk: Talk) -> Talk:
    return talk.say(REQUEST).press("answer:data:yes")


def with_result(talk: Talk, data: str = "yes") -> Talk:
    talk.say(REQUEST)
    for answer in (f"data:{data}", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        talk.press(f"answer:{answer}")
    return talk


def kinds(talk: Talk) -> list[type]:
    return [type(reply) for reply in (*talk.turn.below, *talk.turn.card)]


def test_what_is_likely_meant_is_proposed_and_not_taken(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    assert kinds(talk) == [LikelyOption]
    assert talk.card.startswith("That sounds like few, with time to spare. Right?")
    assert talk.buttons() == ["confirm:volume:low", "answer:volume:high", "answer:volume:unsure"]
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.open == "volume"
    assert current_view(talk.advisor, talk.conversation, talk.clock) == talk.view


@pytest.mark.parametrize("text", ["yes", "Yes!", "right", "yes that's right", "ok", "👍", "1", "yep, few"])
def test_a_yes_takes_it(talk: Talk, text: str) -> None:
    at_volume(talk).say("a handful a day maybe").say(text)
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert talk.conversation.confirm is None
    assert talk.open == "domain"


@pytest.mark.parametrize("text", ["many", "no, many", "nope, many", "2", "the 2nd one"])
def test_another_option_is_taken_instead(talk: Talk, text: str) -> None:
    at_volume(talk).say("a handful a day maybe").say(text)
    assert talk.conversation.chosen == {"data": "yes", "volume": "high"}
    assert talk.open == "domain"


@pytest.mark.parametrize("text", ["no", "no that's wrong", "👎"])
def test_a_no_asks_the_question_again(talk: Talk, text: str) -> None:
    at_volume(talk).say("a handful a day maybe").say(text)
    assert kinds(talk) == [Notice, QuestionCard]
    assert "Which one is it, then?" in talk.card
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.conversation.confirm is None


def test_a_no_that_belongs_to_the_next_word_is_about_that(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("no budget really")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}


@pytest.mark.parametrize(
    "text", ["{}", "idea {}", "read {}", "lesson {}", "{}: no data", "we have {} examples", "1-{} yes"]
)
@pytest.mark.parametrize(
    "before",
    [("a handful a day maybe",), ("learn",), ("triage\na bot for tickets\nslogans for shops\ncontracts",), ("show",)],
    ids=["proposal", "lessons", "board", "result"],
)
def test_numbers_may_be_of_any_length(talk: Talk, before: tuple[str, ...], text: str) -> None:
    at_volume(talk)
    for said in before:
        talk.say(said)
    talk.say(text.format("7" * 5000))
    assert talk.turn.card or talk.turn.aside or talk.turn.below


def test_the_button_takes_it_once(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").press("confirm:volume:low")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    talk.press("confirm:volume:low")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert not talk.turn.card or talk.turn.aside


def test_a_button_of_the_question_counts_while_an_option_of_it_is_proposed(talk: Talk) -> None:
    at_volume(talk)
    drawn = talk.conversation.revision
    talk.say("a handful a day maybe").press("answer:volume:low", revision=drawn)
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert talk.conversation.confirm is None


def test_a_press_of_what_nobody_proposed_changes_nothing(talk: Talk) -> None:
    at_volume(talk).press("confirm:volume:low")
    assert talk.turn.aside == (Notice("outdated"),)
    assert talk.conversation.chosen == {"data": "yes"}


def test_why_and_other_questions_leave_the_proposal_open(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("How much does fine-tuning cost?")
    assert kinds(talk)[0] is PassageReply
    assert "confirm:volume:low" in talk.buttons()
    talk.say("yes")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}


def test_the_second_proposal_in_a_row_is_worded_otherwise(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    first = talk.card
    talk.say("few i guess")
    assert talk.card.splitlines()[0] != first.splitlines()[0]
    assert "Volume and speed" in talk.card


def test_an_answer_to_another_question_is_proposed_by_its_name(talk: Talk) -> None:
    at_volume(talk).say("maybe we are rich")
    assert talk.card.startswith("Budget: that sounds like flexible")
    talk.say("yes")
    assert talk.conversation.chosen == {"data": "yes", "budget": "flexible"}
    assert talk.open == "volume"


def test_an_answer_to_another_question_is_taken_and_the_open_one_asked_again_shorter(talk: Talk) -> None:
    talk.say(REQUEST).say("no budget btw")
    assert kinds(talk) == [AnswerChanged, QuestionCard]
    first, *_ = talk.card.splitlines()
    assert first == "Budget: limited"
    assert talk.advisor.pack.questions[0].brief in talk.card
    assert talk.advisor.pack.questions[0].prompt not in talk.card
    assert talk.open == "data"


def test_what_is_plain_beside_a_proposal_is_taken_at_once(talk: Talk) -> None:
    at_volume(talk).say("200 a day, and no money")
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert kinds(talk) == [AnswerChanged, LikelyOption]


def test_a_likely_change_of_an_earlier_answer_is_asked_beside_the_open_question(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").say("some old tickets")
    assert kinds(talk) == [LikelyChange, QuestionCard]
    assert "confirm:data:yes" in talk.buttons()
    assert talk.open == "volume"
    talk.say("yes")
    assert talk.conversation.chosen == {"data": "yes"}
    assert "Changed: Training data is now yes" in talk.card
    assert talk.open == "volume"


def test_an_offered_change_waits_for_one_message(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").say("some old tickets").say("why").say("yes")
    assert talk.conversation.chosen == {"data": "no"}


@pytest.mark.parametrize("text", ["yes", "yes thats right", "right", "correct", "ok"])
def test_a_bare_yes_below_what_was_read_answers_no_question(talk: Talk, text: str) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    assert isinstance(talk.turn.card[0], UnderstoodAnswers)
    talk.say(text)
    assert list(talk.conversation.chosen) == ["consistency"]
    assert talk.open == "data"
    talk.say("yes")
    assert talk.conversation.chosen["data"] == "yes"


def test_the_same_apology_never_comes_twice_in_a_row(talk: Talk) -> None:
    at_volume(talk)
    leads = []
    for text in ("purple elephants", "green elephants", "green elephants", "red ones", "red ones"):
        talk.say(text)
        assert kinds(talk) == [UnmatchedAnswer, QuestionCard]
        leads.append(talk.card.splitlines()[0])
    assert all(one != other for one, other in pairwise(leads))
    assert "“green elephants”" in leads[1]
    (choices,) = [e for e in talk.view.elements if isinstance(e, Choices)] if talk.view else []
    assert choices.buttons
    talk.say("many").say("purple elephants")
    assert talk.card.splitlines()[0].endswith("Not sure?")


def test_misses_count_only_in_a_row(talk: Talk) -> None:
    at_volume(talk).say("purple elephants").say("how much does fine-tuning cost?").say("purple elephants")
    assert talk.conversation.missed == 1


def test_what_an_older_version_does_not_know_it_drops(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    stored = talk.conversation.to_json()
    assert Conversation.from_json(stored) == talk.conversation
    known = {k: v for k, v in json.loads(stored).items() if k not in ("confirm", "missed", "intake")}
    talk.conversation = Conversation.from_json(json.dumps(known))
    talk.press("answer:volume:low")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}


def test_a_proposal_of_an_option_that_the_pack_has_no_more_is_dropped(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe")
    talk.conversation = talk.conversation.replace(pack="older", confirm=Proposal(question="volume", option="gone"))
    talk.say("hi")
    assert talk.conversation.confirm is None
    assert talk.open == "volume"


@pytest.mark.parametrize("text", ["a handful a day maybe", "purple elephants", "no budget btw"])
def test_what_was_said_last_is_said_again_where_it_did_not_arrive(talk: Talk, text: str) -> None:
    at_volume(talk).say(text)
    message = Message(f"m{talk.clock}", Person("ana"), talk.clock, Typed(text))
    again = reconstruct(talk.advisor, talk.conversation, message)
    if text == "no budget btw":
        assert [type(reply) for reply in again.card] == [AnswerChanged, QuestionCard]
    else:
        assert again.card == talk.turn.card


@pytest.mark.parametrize("text", ["why?", "how come", "why fine-tuning?", "ok why"])
def test_after_the_result_why_gives_its_reasons(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert kinds(talk) == [ResultReasons]
    assert "Fine-tuning, and why:" in talk.below
    assert "Training data" in talk.below


def test_after_the_result_what_would_change_it(talk: Talk) -> None:
    with_result(talk).say("what would change it?")
    assert kinds(talk) == [ResultChanges]
    assert "→" in talk.below


@pytest.mark.parametrize("text", ["what if we had no budget?", "what if the budget was limited"])
def test_after_the_result_what_if_changes_nothing_until_a_yes(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert kinds(talk) == [OtherResult]
    assert "Hybrid instead of fine-tuning" in talk.below
    assert talk.conversation.chosen["budget"] == "flexible"
    talk.say("yes")
    assert kinds(talk) == [Recommendation]
    assert "→ limited. The verdict" in talk.card
    assert talk.conversation.chosen["budget"] == "limited"


def test_a_no_to_what_if_leaves_all_as_it_was(talk: Talk) -> None:
    before = with_result(talk).conversation
    talk.say("what if we had no budget?").say("no")
    assert talk.turn.below == (Notice("left_as_it_was"),)
    assert talk.conversation.chosen == before.chosen


def test_what_if_without_an_answer_in_it_says_how(talk: Talk) -> None:
    with_result(talk).say("what if pigs could fly?")
    assert talk.turn.below == (Notice("what_if_unclear"),)


@pytest.mark.parametrize(
    "text", ["change budget to limited", "change the budget to limited please", "set budget to limited"]
)
def test_change_x_to_y(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert kinds(talk) == [Recommendation]
    assert "→ limited. The verdict" in talk.card
    assert talk.conversation.chosen["budget"] == "limited"


def test_a_summary_is_markdown_to_be_copied(talk: Talk) -> None:
    with_result(talk).say("summary please")
    assert kinds(talk) == [ResultSummary]
    view = talk._view(talk.turn.below)
    (source,) = [element for element in view.elements if isinstance(element, Preformatted)]
    assert source.text.startswith(f"# {REQUEST}\n\n**Fine-tuning** (strong)\n")
    assert "- Training data: yes, hundreds or more" in source.text
    assert "Advant" in source.text


def test_what_was_read_is_told_with_its_words(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time").say("show")
    talk.say("what did you read from my text?")
    assert kinds(talk) == [AnswersRead]
    assert "the same format each time" in talk.below
    with_result(Talk(talk.advisor)).say("what did you read?")


def test_a_result_without_readings_says_so(talk: Talk) -> None:
    with_result(talk).say("what did you read?")
    assert "I read no answers" in talk.below


@pytest.mark.parametrize(
    "text", ["Good morning, I have an idea for our welding department.", "yo can u help w/ an idea"]
)
def test_somebody_with_an_idea_is_asked_the_questions(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.open == "data"
    assert talk.conversation.idea == text


def test_who_goes_on_about_something_else_has_accepted_what_was_proposed_and_sees_it(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("we have no budget")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}
    assert talk.conversation.answers["volume"].how is AnswerMethod.READ
    assert kinds(talk) == [AnswerChanged, UnderstoodAnswers, QuestionCard]
    assert "(“a handful a day maybe”)" in talk.card
    assert "edit:volume" in talk.buttons()
    assert talk.conversation.confirm is None
    assert talk.open == "domain"


def test_the_next_proposal_accepts_the_one_before(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("maybe we are rich")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert kinds(talk) == [UnderstoodAnswers, LikelyOption]
    assert talk.open == "budget"


def test_chatter_and_the_same_question_accept_nothing(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("hold on, the phone")
    assert talk.conversation.chosen == {"data": "yes"}
    talk.say("few i guess")
    assert talk.conversation.chosen == {"data": "yes"}
    assert "confirm:volume:low" in talk.buttons()


def test_among_several_people_a_proposal_waits(talk: Talk) -> None:
    at_volume(talk).say("a handful a day maybe").say("we have no budget", who="ben")
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert "confirm:volume:low" in talk.buttons()


def test_an_answer_that_was_given_is_not_replaced_by_going_on(talk: Talk) -> None:
    at_volume(talk).say("some old tickets").press("answer:volume:low").press("edit:data")
    talk.say("a handful a day maybe").say("we have no budget")
    assert talk.conversation.chosen == {"data": "yes", "volume": "low", "budget": "limited"}
    assert talk.conversation.answers["volume"].how is AnswerMethod.BUTTON


def test_what_was_left_unsure_is_filled_in_after_the_result(talk: Talk) -> None:
    talk.say(REQUEST)
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:unsure", "consistency:predictable"):
        talk.press(f"answer:{answer}")
    talk.say("well, the year was a lean one and we have no budget")
    assert talk.conversation.chosen["budget"] == "limited"


@pytest.mark.parametrize("text", ["ok start", "alright, let's start", "ok let's go then"])
def test_ok_start(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.open == "data"


SMALL_TALK = {
    "who made this?": "made_by",
    "are you ChatGPT?": "no_chatgpt",
    "what do you store": "what_is_stored",
    "can you speak German?": "no_german",
    "Sprichst du Deutsch?": "no_german",
    "parlez-vous français ?": "no_french",
    "wir haben nicht viel budget": "no_german",
    "bye": "goodbye",
    "ok bye": "goodbye",
    "wtf": "sworn_at",
    "how are you?": "are_you_well",
    "that helps": "glad",
}


@pytest.mark.parametrize(("text", "remark"), SMALL_TALK.items())
@pytest.mark.parametrize("stage", ["fresh", "open", "result"])
def test_small_talk_gets_one_line_and_loses_nothing(talk: Talk, text: str, remark: str, stage: str) -> None:
    if stage != "fresh":
        at_volume(talk) if stage == "open" else with_result(talk)
    before, was_open = talk.conversation.chosen, talk.open
    talk.say(text)
    assert (*talk.turn.below, *talk.turn.card)[0] == Notice(remark)  # type: ignore[arg-type]
    assert (talk.conversation.chosen, talk.open) == (before, was_open)


def test_thumbs_up_is_no_miss(talk: Talk) -> None:
    at_volume(talk).say("👍")
    assert kinds(talk) == [QuestionCard]


LIST = "- a bot that answers HR questions\n- summaries of contracts\n- slogans for shoes"


def test_a_list_with_marks_is_triage_without_the_word(talk: Talk) -> None:
    talk.say(LIST)
    (page,) = talk.turn.card
    assert isinstance(page, IdeaList)
    assert page.total == 3


@pytest.mark.parametrize("text", [LIST, "hr bot\ncontract summaries"])
def test_a_list_may_come_in_the_message_after_the_word(talk: Talk, text: str) -> None:
    talk.say("triage").say(text)
    assert isinstance((*talk.turn.below, *talk.turn.card)[0], IdeaList)


def test_the_list_may_come_after_a_word_in_between(talk: Talk) -> None:
    talk.say("triage").say("thanks").say("hr bot\ncontract summaries")
    assert IdeaList in kinds(talk)


def test_facts_about_one_idea_in_a_list_are_no_list_of_ideas(talk: Talk) -> None:
    talk.say("should we fine-tune a bot for tickets?\n- our budget is limited\n- no hurry\n- there is no data")
    assert talk.open is not None
    assert talk.conversation.chosen["budget"] == "limited"


def test_a_clear_question_is_answered_before_anything_is_asked(talk: Talk) -> None:
    talk.say("is it worth fine-tuning, or how much does fine-tuning cost?")
    assert talk.open is None or PassageReply in kinds(talk)


def test_a_new_idea_is_still_one(talk: Talk) -> None:
    at_volume(talk).say("should we rather tune a model for contracts?")
    assert NewOrContinue in kinds(talk)


def test_the_card_of_a_question_asked_again_is_shorter(talk: Talk) -> None:
    at_volume(talk)
    long = len(talk.card)
    talk.say("why")
    assert len(plain(current_view(talk.advisor, talk.conversation, talk.clock))) >= long
    assert "Back to question 2 of 5 · Volume and speed" in talk.card


@pytest.mark.parametrize("text", ["what r u", "who dis?", "wat can u do for me", "hwo does this work"])
def test_shorthand_and_slips_are_heard(talk: Talk, text: str) -> None:
    asked = Talk(talk.advisor).say("what can you do")
    assert talk.say(text).card == asked.card
    assert "I ask 5 questions" in talk.card


@pytest.fixture
def understood() -> Talk:
    """A talk with the advisor as it is shipped."""
    return Talk(shipped())


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
    at_volume(understood).say("wait no, more like 200 usable ones")
    assert understood.card.startswith("Training data: yes")


CUSTOMS = "its about invoices I think"


def test_what_is_proposed_below_a_result_is_shown_and_only_a_yes_takes_it(understood: Talk) -> None:
    at_volume(understood).press("answer:volume:high").say("show").say(CUSTOMS)
    assert kinds(understood) == [LikelyChange]
    assert "specialised" in understood.below
    understood.say("our budget is limited")
    assert understood.conversation.chosen == {"data": "yes", "volume": "high", "budget": "limited"}


def test_a_yes_takes_what_is_proposed_below_a_result(understood: Talk) -> None:
    at_volume(understood).press("answer:volume:high").say("show").say(CUSTOMS).say("yes")
    assert understood.conversation.chosen["domain"] == "specialised"


def test_a_question_and_an_option_by_name_correct_an_answer(understood: Talk) -> None:
    with_result(understood).say("domain is general its just hr letters")
    assert understood.conversation.chosen["domain"] == "general"
    assert kinds(understood) == [Recommendation]
    assert "→ general" in understood.card


def test_an_idea_with_the_mark_of_a_list_answers_no_question(understood: Talk) -> None:
    at_volume(understood).press("answer:volume:low").press("answer:domain:general")
    understood.say("3) write product descriptions in our brand voice")
    assert "budget" not in understood.conversation.chosen
    assert understood.conversation.pending == "write product descriptions in our brand voice"


@pytest.mark.parametrize("text", ["1) limited", "- our budget is limited"])
def test_an_answer_with_the_mark_of_a_list_is_one(understood: Talk, text: str) -> None:
    at_volume(understood).press("answer:volume:low").press("answer:domain:general").say(text)
    assert understood.conversation.chosen["budget"] == "limited"


def test_a_marked_line_that_answers_the_open_question_is_no_idea(understood: Talk) -> None:
    at_volume(understood).press("answer:volume:low").say("- contract texts, legal language")
    assert understood.conversation.pending is None
    assert understood.conversation.chosen["domain"] == "specialised"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("wait no, more like 200 usable ones", {"data": "yes"}),
        ("wait no, more like 20 usable ones", {"data": "no"}),
        ("wait no, more like 5000 requests a day", {"data": "yes", "volume": "high"}),
    ],
)
def test_a_bare_amount_that_takes_back_is_about_the_answer_before(
    understood: Talk, text: str, chosen: dict[str, str]
) -> None:
    at_volume(understood).say(text)
    assert understood.conversation.chosen == chosen
    assert understood.conversation.confirm is None


@pytest.mark.parametrize(
    "text", ["ok just show me im in a hurry", "just show it", "result pls", "just give me the result, i am in a hurry"]
)
def test_who_is_in_a_hurry_gets_the_result_now(talk: Talk, text: str) -> None:
    at_volume(talk).say(text)
    assert kinds(talk) == [Recommendation]
