"""Repair as a closed list: each way in which people leave the straight path, and how the advisor gets back to it."""

import pytest

from dialogs.conversation import AnswerMethod
from dialogs.replies.notices import ConversationGone, NewOrContinue, Notice
from dialogs.replies.passages import PassageReply
from dialogs.replies.questions import (
    AlreadyAnswered,
    AmbiguousAnswer,
    AnswerChanged,
    QuestionCard,
    UnderstoodAnswers,
    UnmatchedAnswer,
    WhyAsked,
)
from dialogs.replies.results import Recommendation, ResultDetails, SharedResult
from dialogs.views import current_view, lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import Talk

REQUEST = "should we fine-tune our support bot?"


def kinds(talk: Talk) -> list[type]:
    return [type(reply) for reply in (*talk.turn.below, *talk.turn.card, *talk.turn.expanded)]


def test_a_request_starts_the_questions_at_once(talk: Talk) -> None:
    talk.say(REQUEST)
    assert talk.open == "data"
    assert kinds(talk)[-1] is QuestionCard
    assert "Question 1 of 5" in talk.card


def test_a_plain_question_gets_its_passage_and_an_offer(talk: Talk) -> None:
    talk.say("How much does fine-tuning cost?")
    assert talk.open is None
    assert [reply.passage.id for reply in talk.turn.card if isinstance(reply, PassageReply)] == ["faq-cost"]
    assert "start" in talk.buttons()


def test_digression(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").say("How much does fine-tuning cost?")
    assert kinds(talk) == [PassageReply, QuestionCard]
    assert talk.open == "volume"
    assert "Back to question 2 of 5" in talk.card


def test_an_answer_in_the_middle_is_a_message_of_its_own_and_the_unanswered_card_goes(talk: Talk) -> None:
    talk.say(REQUEST).say("How much does fine-tuning cost?")
    assert talk.below.startswith("How much does fine-tuning cost?")
    assert talk.card.startswith("Back to question 1 of 5")
    assert talk.closed is not None
    assert talk.closed.deleted
    talk.say("yes")
    assert not talk.closed.deleted
    assert plain(talk.closed.view) == "Training data: yes, hundreds or more"


def test_what_was_read_from_a_text_stays_where_it_was_said_and_is_not_repeated(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    assert "edit:consistency" in talk.buttons()
    talk.say("How much does fine-tuning cost?")
    assert talk.closed is not None
    assert not talk.closed.deleted
    assert plain(talk.closed.view).startswith("I read:\n- Consistency: ")
    assert "change consistency" in plain(talk.closed.view)
    for line in ("purple elephants", "why?"):
        assert "I read:" not in talk.card
        talk.say(line)
        assert talk.closed.deleted, "nothing on it is worth reading"
    talk.say("actually it may vary a bit")
    assert talk.conversation.chosen["consistency"] == "tolerant"


def test_a_bare_no_below_what_was_read_is_about_that_and_later_about_the_question(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    talk.say("How much does fine-tuning cost?").say("no")
    assert talk.conversation.chosen["data"] == "no"


def test_what_was_answered_before_the_start_is_not_overwritten_by_the_first_question(talk: Talk) -> None:
    for line in ("How much does fine-tuning cost?", "compare"):
        talk.say(line)
        talk.press("start")
        assert talk.turn.apart
        assert talk.open == "data"
        talk.say("stop")


def test_correction(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").press("answer:volume:low").say("actually we do have data")
    assert kinds(talk) == [AnswerChanged, QuestionCard]
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}
    assert talk.open == "domain"


def test_back_keeps_later_answers(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:low").press("back").press("back")
    assert talk.open == "data"
    assert "Your answer so far: yes" in talk.card
    talk.press("answer:data:no")
    assert talk.open == "domain"
    assert talk.conversation.chosen == {"data": "no", "volume": "low"}


def test_back_at_the_first_question(talk: Talk) -> None:
    talk.say(REQUEST).say("back")
    assert kinds(talk) == [Notice, QuestionCard]
    assert talk.open == "data"


@pytest.mark.parametrize("question", ["data", "volume", "domain", "budget", "consistency"])
def test_every_answer_can_be_edited_from_the_recommendation(talk: Talk, question: str) -> None:
    talk.say(REQUEST)
    for q in ("data", "volume", "domain", "budget", "consistency"):
        talk.press(f"answer:{q}:unsure")
    assert kinds(talk) == [Recommendation]
    assert f"edit:{question}" in talk.buttons()
    talk.press(f"edit:{question}")
    assert talk.open == question
    option = talk.advisor.pack.question(question).options[0].id
    talk.press(f"answer:{question}:{option}")
    assert talk.conversation.answers[question].option == option
    assert kinds(talk) == [Recommendation]


@pytest.mark.parametrize("text", ["change data", "Edit training data", "please change the answer to data"])
def test_edit_by_typing(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say("yes").say(text)
    assert talk.open == "data"


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("change speed", "volume"),
        ("change volume", "volume"),
        ("change data quality of mails", "data"),
        ("change data quality of mails tomorrow", None),
        ("change this and that", None),
        ("change data and volume", None),
        ("change it", None),
    ],
)
def test_a_question_is_opened_again_by_its_name_alone(talk: Talk, text: str, opened: str | None) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:low").say(text)
    assert talk.conversation.revisit == opened


@pytest.mark.parametrize(("seconds", "again"), [(60, True), (61, False)])
def test_for_a_minute_the_same_press_is_the_same_wish(talk: Talk, seconds: int, again: bool) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes")
    talk.clock += seconds - 30
    talk.press("answer:data:yes", revision=drawn)
    assert (kinds(talk) == [QuestionCard]) == again


@pytest.mark.parametrize("button", ["answer:data:gone", "answer:volume:high"])
def test_an_answer_that_the_open_question_does_not_have_is_out_of_date(talk: Talk, button: str) -> None:
    talk.say(REQUEST).press(button)
    assert talk.turn.aside == (Notice("outdated"),)
    assert talk.conversation.answers == {}


def test_a_new_idea_instead_of_the_question_that_was_opened_again(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").say("change data").say("new one")
    assert kinds(talk) == [QuestionCard]
    assert talk.open == "data"
    assert (talk.conversation.idea, talk.conversation.answers) == ("", {})


def test_a_greeting_is_returned(talk: Talk) -> None:
    talk.say("hi")
    assert talk.card.startswith("Hello.")
    talk.say("help")
    assert not talk.card.startswith("Hello.")


def test_a_button_for_a_question_that_is_not_there_any_more_changes_nothing(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("edit:gone")
    assert talk.turn.aside == (Notice("outdated"),)
    assert not talk.turn.card
    assert talk.open == "volume"


def test_keeping_by_typing_is_for_a_question_that_was_opened_again(talk: Talk) -> None:
    talk.say(REQUEST).say("keep it")
    assert kinds(talk) == [UnmatchedAnswer, QuestionCard]
    talk.say("yes").say("change data").say("keep it")
    assert kinds(talk) == [QuestionCard]
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}


def test_keep_after_edit(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("edit:data").press("keep")
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}


@pytest.mark.parametrize("text", ["not sure", "no idea", "I don't know", "3", "unsure", "dunno"])
def test_not_sure(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say(text)
    assert talk.conversation.chosen == {"data": "unsure"}


@pytest.mark.parametrize("text", ["why", "Why do you ask?", "why?"])
def test_why_do_you_ask(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say(text)
    assert kinds(talk) == [WhyAsked, QuestionCard]
    assert talk.open == "data"


def test_cancel(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("cancel")
    assert talk.open is None
    assert "Stopped" in talk.card
    talk.say("continue")
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.open == "volume"
    talk.say("stop").say("start")
    assert talk.conversation.chosen == {}


@pytest.mark.parametrize(
    "text",
    [
        "please stop",
        "stop please",
        "never mind, thanks",
        "can you please stop",
        "please can you stop",
        "could you please just stop now, thank you",
    ],
)
def test_a_command_may_be_polite(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say(text)
    assert talk.turn.card == (Notice("cancelled"),)


@pytest.mark.parametrize(
    "text",
    [
        "explain when we should fine-tune",
        "hi there, please could you explain whether we should fine-tune",
        "how do I decide whether we should fine-tune",
    ],
)
def test_a_polite_question_about_the_subject_is_no_request(talk: Talk, text: str) -> None:
    talk.say(text)
    assert not talk.conversation.started


def test_cancel_when_nothing_runs(talk: Talk) -> None:
    talk.say("stop")
    assert "Nothing is running" in talk.card


def test_restart_keeps_the_idea_but_no_answers(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("start over")
    assert talk.open == "data"
    assert talk.conversation.answers == {}
    assert talk.conversation.idea == REQUEST


@pytest.mark.parametrize("text", ["hi", "Hello!", "thanks", "Thank you very much", "ok"])
def test_small_talk_does_not_lose_the_question(talk: Talk, text: str) -> None:
    talk.say(REQUEST).say("yes").say(text)
    assert kinds(talk)[-1] is QuestionCard
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}


def test_an_answer_that_fits_two_options(talk: Talk) -> None:
    talk.say(REQUEST).say("yes and no")
    assert kinds(talk) == [AmbiguousAnswer, QuestionCard]
    assert talk.conversation.answers == {}


def test_an_answer_that_fits_none(talk: Talk) -> None:
    talk.say(REQUEST).say("purple elephants")
    assert kinds(talk) == [UnmatchedAnswer, QuestionCard]
    for option in talk.advisor.pack.question("data").options:
        assert option.label in talk.card


def test_a_stale_click_says_what_is_recorded_and_offers_to_change_it(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes").press("answer:data:no", revision=drawn)
    assert [type(reply) for reply in talk.turn.aside] == [AlreadyAnswered]
    assert not talk.turn.card
    assert talk.conversation.chosen == {"data": "yes"}
    assert "just now" in talk.aside


def test_a_text_that_arrives_after_a_newer_answer_is_not_taken_for_the_next_question(talk: Talk) -> None:
    talk.say(REQUEST)
    typed = talk.clock
    talk.press("answer:data:yes")
    pressed, talk.clock = talk.clock, typed - 10
    talk.say("1")
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.turn.aside == (Notice("came_late"),)
    assert not talk.turn.card
    talk.clock = pressed
    talk.say("1")
    assert list(talk.conversation.chosen) == ["data", "volume"]


def test_a_stale_click_after_an_edit_is_not_taken(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes").press("edit:data").press("answer:data:no", revision=drawn)
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.turn.aside


def test_a_click_on_the_same_open_question_counts_although_the_card_was_redrawn(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("why").press("answer:data:yes", revision=drawn)
    assert talk.conversation.chosen == {"data": "yes"}


def test_the_same_message_again_has_no_effect(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes", message_id="click")
    before = talk.conversation
    talk.press("answer:data:yes", message_id="click")
    assert talk.turn.duplicate
    assert talk.conversation is before


def test_a_second_press_on_back_goes_back_once(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:low")
    drawn = talk.conversation.revision
    talk.press("back").press("back", revision=drawn)
    assert talk.open == "volume"


def test_a_new_request_while_a_question_is_open(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("should we rather tune a model for contracts?")
    assert kinds(talk) == [NewOrContinue]
    assert talk.conversation.chosen == {"data": "yes"}


def test_the_choice_between_two_ideas_stands_until_it_is_made(talk: Talk) -> None:
    """Whoever delivers it for a process that died, or draws a card anew, shows what is open."""
    talk.say(REQUEST).say("yes").say("should we rather tune a model for contracts?")
    assert current_view(talk.advisor, talk.conversation, talk.clock) == talk.view
    talk.press("continue")
    assert current_view(talk.advisor, talk.conversation, talk.clock) == talk.view


def test_a_new_request_may_state_an_answer(talk: Talk) -> None:
    talk.say(REQUEST).say("and then, should we fine-tune a model on radiology reports")
    assert kinds(talk) == [NewOrContinue]
    assert talk.conversation.answers == {}


def test_going_on_with_the_old_idea(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("should we rather tune a model for contracts?").say("go on")
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.conversation.idea == REQUEST


def test_taking_up_the_new_idea(talk: Talk) -> None:
    talk.say(REQUEST).say("yes").say("should we rather tune a model for contracts?").press("new")
    assert talk.open == "data"
    assert talk.conversation.answers == {}
    assert "contracts" in talk.conversation.idea


def test_answers_in_the_opening_text_are_understood_and_not_asked_again(talk: Talk) -> None:
    talk.say("we want a model for reports, they must be the same format each time")
    assert talk.conversation.answers["consistency"].how is AnswerMethod.READ
    assert "I read:" in talk.card
    assert "edit:consistency" in talk.buttons()
    assert "Question 1 of 4" in talk.card
    for _ in range(4):
        assert talk.open != "consistency"
        talk.say("not sure")
    assert kinds(talk) == [Recommendation]


def test_the_result_can_be_shown_when_nothing_can_change_it(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no")
    assert "show" in talk.buttons()
    assert talk.open == "volume"
    talk.press("show")
    assert kinds(talk) == [Recommendation]
    assert "Unclear: volume and speed" in talk.card
    talk.press("details")
    assert kinds(talk) == [ResultDetails]
    assert "Not answered, so not counted" in plain(lay_out(talk.advisor, talk.turn.expanded, 1))


def test_details_are_typed_as_well_and_leave_the_result_where_it_is(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no").press("show")
    before = talk.conversation
    talk.say("more details")
    assert talk.turn.expanded
    assert not talk.turn.card
    assert not talk.turn.below
    assert talk.conversation.opened == before.opened
    talk.press("edit:data").press("details")
    assert not talk.turn.expanded
    assert talk.turn.aside == (Notice("outdated"),)


def test_help_in_the_middle(talk: Talk) -> None:
    talk.say(REQUEST).say("help")
    assert kinds(talk)[-1] is QuestionCard
    assert "I help you decide" in talk.below


@pytest.mark.parametrize("asked", ["details", "share it please", "summary", "for my boss", "what would change it?"])
def test_what_only_a_result_has_is_promised_while_a_question_is_open(talk: Talk, asked: str) -> None:
    talk.say(REQUEST).say(asked)
    assert talk.below.startswith("There is no result yet")
    assert talk.card.startswith("Back to question 1 of 5")
    assert talk.conversation.answers == {}


def test_why_is_about_the_question_while_one_is_open(talk: Talk) -> None:
    talk.say(REQUEST).say("why")
    assert talk.below.startswith("Why I ask")


def test_commands_about_questions_when_none_is_open(talk: Talk) -> None:
    for text in ("back", "why", "show", "restart"):
        talk.say(text)
        assert "No question is open" in talk.card


def test_the_same_press_again_shows_the_card_anew(talk: Talk) -> None:
    talk.say(REQUEST)
    drawn = talk.conversation.revision
    talk.press("answer:data:yes").press("answer:data:yes", revision=drawn)
    assert not talk.turn.aside, "the same press says nothing"
    assert kinds(talk) == [QuestionCard]
    assert talk.conversation.chosen == {"data": "yes"}
    talk.press("answer:data:no", revision=drawn)
    assert [type(reply) for reply in talk.turn.aside] == [AlreadyAnswered]
    talk.clock += 120
    talk.press("answer:data:yes", revision=drawn)
    assert not talk.turn.card


def test_a_fact_about_another_question_is_noted_and_the_open_one_asked_again(talk: Talk) -> None:
    talk.say(REQUEST).say("few requests, no hurry")
    assert talk.conversation.chosen == {"volume": "low"}
    assert kinds(talk) == [AnswerChanged, QuestionCard]
    assert talk.open == "data"


def with_result(talk: Talk) -> Talk:
    talk.say(REQUEST)
    for answer in ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable"):
        talk.press(f"answer:{answer}")
    return talk


@pytest.mark.parametrize(
    ("text", "question", "option"),
    [
        ("we do not have enough data", "data", "no"),
        ("our budget is limited", "budget", "limited"),
        ("the volume is low now", "volume", "low"),
    ],
)
def test_a_fact_after_the_result_changes_that_answer_alone(talk: Talk, text: str, question: str, option: str) -> None:
    before = with_result(talk).conversation
    talk.say(text)
    assert kinds(talk) == [Recommendation]
    assert ". The verdict " in talk.card
    assert talk.conversation.chosen == {**before.chosen, question: option}
    assert talk.conversation.idea == before.idea


def test_a_fact_that_is_recorded_already_does_not_show_the_result_again(talk: Talk) -> None:
    before = with_result(talk).conversation
    talk.say("we have thousands of examples")
    assert kinds(talk) == [Notice]
    assert talk.conversation.chosen == before.chosen


@pytest.mark.parametrize(
    "text", ["contract review, we have 3000 labelled contracts", "support bot for us, limited budget"]
)
def test_another_idea_after_the_result_begins_anew(talk: Talk, text: str) -> None:
    with_result(talk).say(text)
    assert talk.conversation.idea == text
    assert len(talk.conversation.chosen) == 1


def test_an_answer_may_state_another_one_besides(talk: Talk) -> None:
    talk.say(REQUEST).say("yes, and our budget is tight")
    assert kinds(talk) == [UnderstoodAnswers, QuestionCard]
    assert talk.conversation.chosen == {"data": "yes", "budget": "limited"}
    assert talk.conversation.answers["budget"].how is AnswerMethod.READ
    assert talk.open == "volume"


def test_what_an_answer_states_besides_may_correct_an_earlier_one_and_is_shown(talk: Talk) -> None:
    talk.say(REQUEST).say("our budget is unlimited").say("yes, and our budget is tight")
    assert talk.conversation.chosen == {"budget": "limited", "data": "yes"}
    assert "Changed: Budget is now limited (was flexible)" in talk.card


@pytest.mark.parametrize(
    ("text", "left"),
    [("yes", "Training data: yes"), ("why", None), ("cancel", None), ("show", None), ("gibberish", None)],
)
def test_the_card_that_another_takes_the_place_of_is_a_record_or_goes(talk: Talk, text: str, left: str | None) -> None:
    talk.say(REQUEST).say(text)
    assert talk.closed is not None
    assert talk.closed.deleted == (left is None)
    assert plain(talk.closed.view).startswith(left or "Training data: not answered here")
    assert len(plain(talk.closed.view).splitlines()) == 1


def test_a_choice_that_was_made_goes(talk: Talk) -> None:
    talk.say(REQUEST).say("should we rather tune a model for contracts?").say("new one")
    assert talk.closed is not None
    assert talk.closed.deleted


def finished(talk: Talk) -> Talk:
    talk.say(REQUEST).press("answer:data:yes").press("answer:volume:high", who="ben")
    return talk.press("answer:domain:general").press("answer:budget:limited").press("answer:consistency:tolerant")


def test_a_summary_names_all_that_somebody_needs_who_was_not_there(talk: Talk) -> None:
    finished(talk).say("summary")
    source = talk.below
    assert f"# {REQUEST}" in source
    assert "**Prompt engineering** (" in source
    assert "- Training data: yes, hundreds or more (ana)" in source
    assert "- Volume and speed: high, or strict on time (ben)" in source
    assert "## What would change it" in source
    assert " → " in source
    assert "## Next steps\n1. " in source
    assert "2026. Based on the questions in" in source


def test_one_person_who_gave_all_answers_is_named_once(talk: Talk) -> None:
    talk.say(REQUEST)
    for answer in ("data:yes", "volume:high", "domain:general", "budget:limited", "consistency:tolerant"):
        talk.press(f"answer:{answer}")
    talk.say("summary")
    assert "## Answers by ana\n- Training data: yes, hundreds or more\n" in talk.below
    assert talk.below.count("ana") == 1
    talk.say("share")
    assert "Answers by ana\n- Training data: yes, hundreds or more\n" in talk.below
    assert talk.below.count("ana") == 2, "also for sharing it"


@pytest.mark.parametrize("how", ["press", "say"])
def test_share_gives_the_result_for_others_below(talk: Talk, how: str) -> None:
    finished(talk)
    talk.press("share") if how == "press" else talk.say("share this")
    (shared,) = talk.turn.below
    assert isinstance(shared, SharedResult)
    assert "Shared by ana." in talk.below
    assert not talk.turn.card


def test_share_means_the_lessons_where_they_are_what_is_shown(talk: Talk) -> None:
    finished(talk).say("learn").say("share")
    assert "nothing to share" in talk.below
    talk.say("continue").say("share")
    assert isinstance(talk.turn.below[0], SharedResult)


def test_an_answer_that_is_changed_says_what_it_moved(talk: Talk) -> None:
    finished(talk).press("edit:consistency")
    assert "Some variation is fine ✓" in talk.card
    assert "The result is already clear" not in talk.card
    talk.press("answer:consistency:predictable")
    assert (
        "Consistency: may vary a little → must be predictable. The verdict moved from Prompt engineering to Hybrid."
        in (talk.card)
    )
    talk.press("edit:budget").press("answer:budget:unsure")
    assert "Budget: limited → not sure. The verdict moved from Hybrid to Fine-tuning." in talk.card
    talk.press("edit:budget").press("keep")
    assert "The verdict" not in talk.card
    talk.press("edit:domain").press("answer:domain:unsure")
    assert "Domain: general → not sure. The verdict is still Fine-tuning." in talk.card


def test_a_press_on_a_card_whose_conversation_is_gone_offers_to_start(talk: Talk) -> None:
    talk.press("answer:data:yes", revision=7)
    assert talk.turn.aside == (ConversationGone(),)
    assert not talk.turn.card
    talk.press("start", revision=7)
    assert talk.open == "data"


def test_what_is_known_about_somebody_is_listed_and_how_to_remove_it(talk: Talk) -> None:
    finished(talk).say("what do you know about me?")
    assert f"Your description: “{REQUEST}”" in talk.below
    assert "Training data: yes, hundreds or more" in talk.below
    assert "Volume and speed" not in talk.below, "that is ben's"
    assert "forget me" in talk.below
    talk.say("what do you know about me", who="ben")
    assert "Volume and speed" in talk.below
    assert REQUEST not in talk.below
    talk.say("what do you know about me", who="eve")
    assert "I have nothing from you" in talk.below
