"""What is written, is said, with the idea's name and the old value; nothing else is written."""

import pytest

from dialogs.answer import AnswerMethod
from dialogs.commands.command import LIKE, Command, Kind, Sure, What
from dialogs.executor.own_idea import own_idea
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Board
from tests.dialogs.executor.lines import (
    ALL_FIVE,
    REJECT,
    UNDO,
    chat,
    edit,
    idea,
    ideas,
    note,
    set_,
    show,
    suppose,
)
from tests.dialogs.stored import message
from tests.dialogs.talk import Talk


def chosen(talk: Talk, number: int) -> dict[str, str]:
    return talk.conversation.board.find(number).chosen


def test_an_answer_begins_an_idea_where_there_is_none_and_a_new_one_says_what_it_was(talk: Talk) -> None:
    talk.do(set_("data", "yes"))
    assert (talk.conversation.chosen, talk.open) == ({"data": "yes"}, "volume")
    talk.do(set_("data", "no"))
    assert talk.conversation.chosen == {"data": "no"}
    assert "(was yes, hundreds or more)" in talk.said


@pytest.mark.parametrize(
    ("quote", "now"),
    [
        ("it's 2,000 a day by now", "2,000 a day"),
        ("600 not 900", "600 a day"),
        ("it was 900, now 6,000 a week", "6,000 a week"),
    ],
)
def test_a_new_amount_of_an_answer_that_stays_is_said_and_kept(talk: Talk, quote: str, now: str) -> None:
    talk.do(idea("reports"), set_("volume", "high", quote="900 a day", sure=Sure.IMPLIED))
    talk.do(set_("volume", "high", quote=quote))
    assert f"Volume and speed: now “{now}”; still high, or strict on time." in talk.said
    assert now in (talk.conversation.answers["volume"].evidence or "")
    talk.do(set_("volume", "high", quote=quote))
    assert "Volume and speed was high, or strict on time already" in talk.said
    assert "Taken back" in talk.do(UNDO).do(UNDO).said
    assert talk.conversation.answers["volume"].evidence == "900 a day"


def test_what_is_implied_is_kept_with_its_words(talk: Talk) -> None:
    talk.do(set_("data", "yes", quote="our archive", sure=Sure.IMPLIED))
    answer = talk.conversation.answers["data"]
    assert (answer.how, answer.evidence) == (AnswerMethod.READ, "our archive")


def test_answers_in_the_text_of_an_idea_are_shown_as_read(talk: Talk) -> None:
    talk.do(idea("reports, we have plenty of examples"), set_("data", "yes", quote="plenty of examples"))
    assert "I read: Training data: yes (“plenty of examples”)" in talk.said
    assert talk.open == "volume"


def test_several_answers_are_one_message_and_one_question(talk: Talk) -> None:
    talk.do(idea("reports"), set_("data", "no"), set_("volume", "low"))
    assert not talk.turn.below
    assert talk.conversation.chosen == {"data": "no", "volume": "low"}
    assert talk.open == "domain"


@pytest.mark.parametrize("name", ["2", "#2", "reports", "the summaries", "SUMMARIES of report"])
def test_an_idea_is_named_by_number_or_title(listed: Talk, name: str) -> None:
    listed.do(set_("data", "no", name))
    assert chosen(listed, 2) == {"data": "no"}
    assert chosen(listed, 1) == chosen(listed, 3) == {}
    assert "2. summaries of reports: Training data: no, or only a handful." in listed.said
    assert not listed.turn.card


@pytest.mark.parametrize("name", ["7", "the payroll thing"])
def test_an_idea_that_is_not_there_gets_nothing(listed: Talk, name: str) -> None:
    listed.do(set_("data", "no", name))
    assert chosen(listed, 1) == chosen(listed, 2) == chosen(listed, 3) == {}
    assert name in listed.said
    assert not listed.turn.did


def test_last_and_all(listed: Talk) -> None:
    listed.do(set_("data", "no", "last"), set_("budget", "limited", "all"))
    assert chosen(listed, 3) == {"data": "no", "budget": "limited"}
    assert chosen(listed, 1) == {"budget": "limited"}


def test_the_same_as_another_idea(listed: Talk) -> None:
    listed.do(set_("budget", "flexible", "1"))
    listed.do(Command(Kind.SET, ideas=("2",), question="budget", option=LIKE, value="1"))
    assert chosen(listed, 2) == {"budget": "flexible"}
    listed.do(Command(Kind.SET, ideas=("2",), question="domain", option=LIKE, value="1"))
    assert chosen(listed, 2) == {"budget": "flexible"}


def test_the_idea_named_last_is_the_one_in_focus(listed: Talk) -> None:
    listed.do(set_("data", "no", "2")).do(set_("volume", "low"))
    assert chosen(listed, 2) == {"data": "no", "volume": "low"}


def test_many_ideas_are_told_by_answer(talk: Talk) -> None:
    talk.do(ideas("one thing", "two things", "three things", "four things")).do(
        set_("data", "no", *"1234"), set_("budget", "limited", "2")
    )
    talk.do(show(What.RESULT, "1")).do(set_("data", "yes", *"1234"), set_("budget", "flexible", *"1234"))
    assert talk.said == (
        "1, 2, 3, 4: Training data is now yes, hundreds or more (was no, or only a handful). "
        "1, 3, 4: Budget: flexible. 2: Budget is now flexible (was limited). "
        "1, 2, 3, 4: The result is now Hybrid (was Prompt engineering)."
    )


def test_a_withdrawn_answer_is_open_again(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(Command(Kind.CLEAR, question="volume"))
    assert "volume" not in talk.conversation.chosen
    assert "Volume and speed is open again (was high, or strict on time)." in talk.said
    assert talk.open == "volume"


def test_a_withdrawn_answer_of_the_list_stays_withdrawn_when_copies_meet(listed: Talk) -> None:
    listed.do(set_("data", "no", "2"))
    before = listed.conversation.board.find(2).in_order(None, 1)
    listed.do(Command(Kind.CLEAR, ideas=("2",), question="data"))
    after = listed.conversation.board.find(2).in_order(before, 2)
    assert before.merged(after).chosen == after.merged(before).chosen == {}


def test_that_notes_do_not_count_is_said_once_in_a_thread(talk: Talk) -> None:
    talk.do(idea("letters"), note("for May"), note("see the guide"))
    assert talk.said.count("only the answers decide") == 1
    talk.do(ideas("slogans", "reports")).do(note("legal must agree", "2"))
    assert "only the answers decide" not in talk.do(note("for June")).said


def test_the_words_of_a_note_stand_once_above_a_text_that_has_them(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(note("legal must agree"), Command(Kind.WRITE, What.SUMMARY))
    assert talk.said.startswith("Noted.\n")
    assert talk.said.count("legal must agree") == 1


def test_notes_are_kept_and_do_not_count(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE)
    answers = talk.conversation.chosen
    talk.do(note("legal must agree"))
    assert [kept.text for kept in talk.conversation.notes] == ["legal must agree"]
    assert talk.conversation.chosen == answers
    assert "legal must agree" in talk.said


def test_suppositions_of_one_line_are_supposed_together(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE)
    talk.do(suppose("budget", "flexible"), suppose("data", "no"))
    assert talk.said.count("With ") == 1
    assert "it would be Prompt engineering instead of hybrid" in talk.said
    assert len(talk.turn.did) == 2


def test_an_idea_that_is_not_finished_is_kept_when_another_begins(talk: Talk) -> None:
    talk.do(idea("reports for doctors"), set_("data", "no")).do(idea("slogans"))
    assert chosen(talk, 1) == {"data": "no"}
    assert talk.conversation.title == "slogans"
    assert talk.conversation.chosen == {}


def test_the_same_idea_told_again_is_no_new_one(talk: Talk) -> None:
    talk.do(idea("summarise call transcripts"), set_("data", "no")).do(idea("summarising call transcripts"))
    assert talk.conversation.chosen == {"data": "no"}
    assert talk.conversation.board is None or not talk.conversation.board.shown


def test_an_idea_without_a_text_is_asked_for_and_nothing_begins(talk: Talk) -> None:
    talk.do(idea())
    assert not talk.conversation.started


def test_titles(listed: Talk) -> None:
    listed.do(edit(What.RENAME, "2", value="reports for the board"))
    assert listed.conversation.board.find(2).title == "reports for the board"
    assert "(was “summaries of reports”)" in listed.said


def test_ideas_that_are_put_aside_are_asked_nothing_more(listed: Talk) -> None:
    listed.do(edit(What.PARK, "3"), edit(What.STATUS, "1", value="not_a_fit"))
    listed.do(show(What.IDEAS))
    assert "Put aside: 1. a bot for tickets (not a language-model task); 3. slogans for shops (parked)." in listed.card


def test_what_the_last_message_wrote_is_moved_to_the_idea_that_was_meant(listed: Talk) -> None:
    listed.do(set_("volume", "high", "2"), set_("data", "no", "2")).do(set_("data", "yes", "2"), note("ask legal", "2"))
    listed.do(Command(Kind.RETARGET, ideas=("3",)))
    assert chosen(listed, 2) == {"volume": "high", "data": "no"}
    assert chosen(listed, 3) == {"data": "yes"}
    assert [kept.text for kept in listed.conversation.board.find(3).kept_notes] == ["ask legal"]


def test_an_answer_that_was_pressed_is_moved_as_well(listed: Talk) -> None:
    listed.new_thread().do(idea("letters")).press("answer:data:yes").do(Command(Kind.RETARGET, ideas=("3",)))
    assert chosen(listed, 3)["data"] == "yes"
    assert "data" not in listed.conversation.chosen


@pytest.mark.parametrize("what", [What.THANKS, What.PRAISE, What.JOKE, What.HELLO, What.BYE])
def test_a_remark_beside_an_answer_is_not_answered(talk: Talk, what: What) -> None:
    talk.do(idea("reports"))
    talk.do(set_("data", "no"))
    alone = talk.said
    talk.do(Command(Kind.CLEAR, question="data")).do(set_("data", "no"), chat(what))
    assert talk.said == alone


def test_thanks_alone_do_not_show_the_question_again(talk: Talk) -> None:
    talk.do(idea("reports")).do(chat(What.THANKS))
    assert not talk.turn.card
    assert talk.open == "data"


def test_a_moved_verdict_is_said_and_a_no_takes_back_what_was_just_written_and_nothing_older(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(set_("budget", "flexible"))
    assert talk.said == "Budget is now flexible (was limited). The result is now Fine-tuning (was Hybrid)."
    talk.do(REJECT)
    assert talk.conversation.chosen["budget"] == "limited"
    talk.do(show(What.STEPS)).do(REJECT)
    assert talk.conversation.chosen["budget"] == "limited"


def with_listed_own(talk: Talk) -> Talk:
    """The talk with its own decided idea on the list, under number 1."""
    talk.do(idea("letters to clients"), *ALL_FIVE)
    own = own_idea(message(), talk.conversation).replace(number=1)
    talk.conversation = talk.conversation.replace(board=Board(ideas=(own,), next=2), own=1)
    return talk


def test_an_answer_that_is_withdrawn_is_gone_from_the_list_as_well(talk: Talk) -> None:
    with_listed_own(talk).do(Command(Kind.CLEAR, question="budget", quote="the budget"))
    (listed,) = board_of(talk.conversation).shown
    assert "budget" not in talk.conversation.chosen
    assert "budget" not in listed.chosen


def test_nothing_is_withdrawn_where_no_question_is_named(talk: Talk) -> None:
    talk.do(idea("letters to clients"), *ALL_FIVE).do(Command(Kind.CLEAR, quote="that"))
    assert len(talk.conversation.chosen) == len(ALL_FIVE)


def test_what_was_put_aside_comes_back(talk: Talk) -> None:
    talk.do(ideas("letters", "offers"), edit(What.PARK, "1")).do(edit(What.STATUS, "1", value="open"))
    assert board_of(talk.conversation).shown[0].status == ""
    assert "open again" in talk.said


def test_an_idea_of_ones_own_is_put_aside_on_the_list(talk: Talk) -> None:
    talk.do(ideas("letters", "offers")).new_thread().do(idea("minutes of meetings"), set_("data", "no"))
    talk.do(edit(What.PARK))
    *_, parked = board_of(talk.conversation).shown
    assert (parked.number, parked.title, parked.status) == (3, "minutes of meetings", "parked")
    assert talk.open is None


def test_a_status_is_moved_to_the_idea_that_it_was_meant_for(talk: Talk) -> None:
    talk.do(ideas("letters", "offers")).do(edit(What.STATUS, "1", value="approved"))
    talk.do(Command(Kind.RETARGET, ideas=("2",)))
    assert [one.status for one in board_of(talk.conversation).shown] == ["", "approved"]


def test_all_lessons_again_changes_no_answer(talk: Talk) -> None:
    talk.do(idea("letters to clients"), *ALL_FIVE).do(Command(Kind.LEARN, What.TEST))
    assert (talk.conversation.flow, len(talk.conversation.chosen)) == ("learn", len(ALL_FIVE))
