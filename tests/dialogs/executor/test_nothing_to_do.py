"""A command that has nothing to act on says so once, by name, with what can be done."""

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.focus import Offer
from tests.dialogs.executor.lines import CONFIRM, REJECT, UNDO, chat, edit, go, idea, ideas, offered, set_, show
from tests.dialogs.talk import Talk

STOP = go(What.STOP)


@pytest.fixture
def listed(talk: Talk) -> Talk:
    return talk.do(ideas("a bot for tickets", "offer letters", "slogans for shops"))


@pytest.mark.parametrize("line", [(REJECT,), (STOP,), (REJECT, STOP), (STOP, REJECT), (CONFIRM,)])
def test_it_is_said_once_that_all_stays(listed: Talk, line: tuple[Command, ...]) -> None:
    said = "Good, it stays as it is." if CONFIRM in line else "All right, everything stays as it is."
    assert listed.do(chat(What.THANKS)).do(*line).below == said


def test_a_yes_that_stands_for_itself_ends(listed: Talk) -> None:
    offers = (Offer("Yes", (CONFIRM,)),)
    listed.conversation = listed.conversation.replace(focus=listed.conversation.focus.replace(offers=offers))
    assert listed.do(CONFIRM).turn.conversation.board == listed.conversation.board


def test_a_yes_is_to_what_would_be_written_and_not_to_what_may_be_looked_at(listed: Talk) -> None:
    removes = Offer("Remove 2", (edit(What.REMOVE, "2"),))
    offers = (removes, Offer("Show the list", (show(What.IDEAS),)))
    listed.conversation = listed.conversation.replace(focus=listed.conversation.focus.replace(offers=offers))
    assert "Removed: 2. offer letters" in listed.do(CONFIRM, set_("budget", "limited", "1")).said


def test_a_yes_to_both_does_both(listed: Talk) -> None:
    offers = (Offer("Remove 2", (edit(What.REMOVE, "2"),)), Offer("Park 3", (edit(What.PARK, "3"),)))
    listed.conversation = listed.conversation.replace(focus=listed.conversation.focus.replace(offers=offers))
    said = listed.do(CONFIRM, text="yes, both").said
    assert "Removed: 2. offer letters" in said
    assert "slogans for shops" in said


def test_a_yes_where_the_result_is_clear_shows_it_and_says_so(talk: Talk) -> None:
    talk.do(idea("letters"), set_("data", "no")).do(CONFIRM)
    assert "The result is clear, whatever else you answer; here it is." in talk.said
    assert "Use prompts" in talk.said


@pytest.mark.parametrize("line", [(STOP,), (CONFIRM,), (STOP, show(What.IDEAS))])
def test_what_was_removed_just_before_is_offered_back(listed: Talk, line: tuple[Command, ...]) -> None:
    listed.do(edit(What.REMOVE, "2")).do(*line)
    assert "Removed just before: 2. offer letters." in listed.said
    assert offered(listed) == ("Bring back 2. offer letters",)
    listed.press("offer:1")
    assert listed.conversation.board.find(2) is not None


def test_what_was_removed_longer_ago_is_not_talked_about(listed: Talk) -> None:
    listed.do(edit(What.REMOVE, "2")).do(chat(What.THANKS)).do(STOP)
    assert listed.below == "All right, everything stays as it is."
    listed.do(edit(What.REMOVE, "3")).do(STOP, who="ben")
    assert listed.below == "All right, everything stays as it is."


def test_an_idea_that_is_removed_already_is_told_as_such(listed: Talk) -> None:
    listed.do(edit(What.REMOVE, "2")).do(REJECT, edit(What.REMOVE, "2"))
    assert listed.below == "Removed already: 2; the others stay."
    assert listed.do(edit(What.REMOVE, "9")).below == "There is no idea 9 in the list."


def test_what_was_changed_just_before_is_offered_back(listed: Talk) -> None:
    listed.do(edit(What.RENAME, "2", value="letters")).do(STOP)
    assert listed.below.startswith("Changed just before: 2. letters.")
    assert offered(listed) == ("Take back the change of 2. letters",)
    listed.press("offer:1")
    assert listed.conversation.board.find(2).title == "offer letters"


def test_an_answer_that_stands_where_it_was_meant_is_not_moved(listed: Talk) -> None:
    listed.do(set_("data", "no", "2")).do(Command(Kind.RETARGET, ideas=("2",)))
    assert listed.below == "That stands with 2. offer letters; nothing of it went to another idea."
    listed.do(UNDO).do(Command(Kind.RETARGET, ideas=("3",)))
    assert listed.below.startswith("I wrote nothing just now that could go to 3. slogans for shops.")


def test_questions_that_were_open_anyway_are_told_together(listed: Talk) -> None:
    listed.do(*(Command(Kind.CLEAR, ideas=("2",), question=question) for question in ("data", "volume")))
    told = "2. offer letters: nothing is noted for Training data, Volume and speed, so that is open anyway."
    assert listed.below == told


def test_a_merge_says_which_title_stays_and_what_can_be_done(listed: Talk) -> None:
    listed.do(edit(What.MERGE, "2", "3"))
    assert "It keeps the title “offer letters”; rename 2 to … changes that, undo takes them apart again." in listed.said


def test_csv_is_said_to_be_text(listed: Talk) -> None:
    listed.do(Command(Kind.WRITE, What.CSV, ideas=("all",)))
    assert "save it as a file that ends in .csv" in listed.below
    assert "no Excel or PDF file" in listed.below
