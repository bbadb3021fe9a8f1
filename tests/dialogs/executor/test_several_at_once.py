"""Commands that mean several things, or one of several: which are taken, and what is asked where that is not clear."""

import pytest

from dialogs.commands.command import Command, Kind, Sure, What
from dialogs.flows.board_position import board_of
from dialogs.replies.ideas import IdeaList
from tests.dialogs.executor.lines import ALL_FIVE, UNDO, all_five, edit, explain, idea, ideas, note, set_, show, suppose
from tests.dialogs.executor.test_undo import state
from tests.dialogs.talk import Talk

CLEAR_NOTE = Command(Kind.CLEAR, What.NOTE)
LEGAL, BRAND = note("legal must agree first", "2"), note("see the brand guide", "2")


def notes(talk: Talk, number: int) -> list[str]:
    idea = board_of(talk.conversation).find(number)
    return [] if idea is None else [note.text for note in idea.kept_notes]


@pytest.mark.parametrize(
    ("clear", "left"),
    [(CLEAR_NOTE.replace(question="all"), 0), (CLEAR_NOTE, 2), (CLEAR_NOTE.replace(value="legal"), 2)],
)
def test_all_notes_go_where_all_are_meant(listed: Talk, clear: Command, left: int) -> None:
    told = "all of it, all notes"  # the command says what goes, and no word of the line
    listed.do(LEGAL, BRAND, note("for May", "2")).do(clear.replace(ideas=("2",)), text=told)
    assert len(notes(listed, 2)) == left
    listed.do(UNDO)
    assert len(notes(listed, 2)) == 3


def test_of_several_ideas_the_note_that_is_meant_goes_and_no_other(listed: Talk) -> None:
    coder, board = note("our one coder leaves", "1", "2"), note("asked for by the board", "2")
    listed.do(coder).do(board).do(CLEAR_NOTE.replace(ideas=("1", "2"), value="the coder"))
    assert (notes(listed, 1), notes(listed, 2)) == ([], ["asked for by the board"])
    assert listed.said.count("our one coder leaves") == 1


def test_an_answer_that_the_same_line_reads_and_withdraws_is_open(talk: Talk) -> None:
    read = set_("data", "yes", quote="old mails", sure=Sure.IMPLIED)
    talk.do(idea("a sorter for mails"), read, Command(Kind.CLEAR, question="data"))
    assert "data" not in talk.conversation.chosen


def test_an_idea_without_answers_is_back_after_its_removal(talk: Talk) -> None:
    before = state(talk.do(idea("letters to customers")).conversation)
    talk.do(edit(What.REMOVE, "own"))
    assert talk.conversation.title == ""
    assert state(talk.do(UNDO).conversation) == before


def test_undo_of_a_named_change_takes_back_that_one(listed: Talk) -> None:
    before = state(listed.conversation)
    listed.do(edit(What.MERGE, "1", "2")).do(edit(What.STATUS, "3", value="live")).do(note("for May", "3"))
    listed.do(UNDO, text="undo the merge, I want them apart again")
    assert [idea.number for idea in board_of(listed.conversation).shown] == [1, 2, 3]
    assert notes(listed, 3) == ["for May"]
    listed.do(UNDO, text="and undo that status as well")
    assert notes(listed, 3) == ["for May"]
    assert state(listed.do(UNDO).conversation) == before


def test_undo_of_what_was_never_done_takes_nothing_back(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "3", value="live"))
    before = state(listed.conversation)
    assert state(listed.do(UNDO, text="undo the merge").conversation) == before
    assert listed.said == "That is none of the last 5 changes of yours, which are all that I can take back."


def retarget(*of: str) -> Command:
    return Command(Kind.RETARGET, ideas=of)


def test_of_several_notes_only_the_one_that_is_named_moves(listed: Talk) -> None:
    listed.do(LEGAL, BRAND).do(retarget("3"), text="the brand thing was for 3")
    assert (notes(listed, 2), notes(listed, 3)) == (["legal must agree first"], ["see the brand guide"])


def test_which_of_several_notes_moves_is_asked(listed: Talk) -> None:
    listed.do(LEGAL, BRAND).do(retarget("3"), text="no, that was for 3")
    assert listed.said.startswith("Which note is meant for another idea?")
    assert len(notes(listed, 2)) == 2
    listed.press("offer:2")
    assert (notes(listed, 2), notes(listed, 3)) == (["legal must agree first"], ["see the brand guide"])


def test_an_idea_is_added_by_its_text(listed: Talk) -> None:
    listed.do(edit(What.ADD, value="letters to customers"))
    assert [idea.title for idea in board_of(listed.conversation).shown][-1] == "letters to customers"


def test_all_answers_are_taken_over(listed: Talk) -> None:
    like = Command(Kind.SET, ideas=("2",), question="all", option="like", value="1")
    listed.do(*all_five("1")).do(like)
    first, second, _ = board_of(listed.conversation).shown
    assert first.chosen == second.chosen
    assert "from the list" in listed.do(like.replace(value="3")).said or listed.turn.did == ()


def test_a_filter_may_name_two_statuses(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "1", value="approved"), edit(What.STATUS, "3", value="live"))
    listed.do(show(What.IDEAS, value="filter=approved or live"))
    (shown,) = [reply for reply in listed.turn.card if isinstance(reply, IdeaList)]
    assert {row.number for row in shown.rows} == {1, 3}
    assert "approved, live" in listed.card


def test_an_idea_gets_its_name_before_another_begins(talk: Talk) -> None:
    board = board_of(talk.do(ideas("letters to customers")).conversation)
    talk.new_thread().do(idea("letters to customers"), *ALL_FIVE)
    talk.conversation = talk.conversation.replace(board=board, own=1)
    talk.do(edit(What.RENAME, "1", value="letters"), idea("slogans for shops"), set_("data", "no"))
    assert [idea.title for idea in board_of(talk.conversation).shown] == ["letters"]
    assert (talk.conversation.title, talk.conversation.chosen) == ("slogans for shops", {"data": "no"})


def test_what_is_said_beside_a_new_idea_is_about_it(listed: Talk) -> None:
    listed.new_thread().do(idea("letters"), Command(Kind.OPEN, ideas=("2",)), *ALL_FIVE, note("for May"))
    assert len(listed.conversation.answers) == 5
    assert [note.text for note in listed.conversation.notes] == ["for May"]
    assert board_of(listed.conversation).shown[1].chosen == {}


def test_what_a_yes_would_do_is_explained(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(suppose("budget", "flexible")).do(explain(What.PROPOSAL))
    assert talk.said.startswith("If you say yes, I do this and nothing else: Set Budget: flexible")
    assert talk.do(Command(Kind.CONFIRM)).conversation.chosen["budget"] == "flexible"


def test_there_is_nothing_to_begin_again(talk: Talk) -> None:
    talk.do(Command(Kind.GO, What.RESTART))
    assert talk.said.startswith("No questions are under way that I could begin again. start begins them")


def test_what_is_shown_is_what_holds_after_the_answers_of_the_line(listed: Talk) -> None:
    listed.do(show(What.MISSING, "2"), set_("data", "no", "2"), set_("budget", "limited", "2"))
    missing = listed.said.partition("Still open:")[2]
    assert "Volume" in missing and "Training data" not in missing and "Budget" not in missing


def test_what_another_idea_is_shown_for_keeps_its_place(listed: Talk) -> None:
    listed.do(set_("data", "no", "1")).do(show(What.ANSWERS), set_("data", "yes", "2"))
    assert "summaries of reports" not in listed.said.partition("\n")[2]
