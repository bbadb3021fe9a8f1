"""Undo takes back what one's own last message wrote, and no more."""

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.flows.board_position import board_of
from dialogs.undo import removed_ideas
from tests.dialogs.executor.lines import ALL_FIVE, UNDO, edit, idea, ideas, note, set_
from tests.dialogs.talk import Talk


def state(conversation: Conversation) -> object:
    """What is stored about ideas, as people see it."""
    board = conversation.board
    listed = [] if board is None else board.shown
    return (
        (conversation.title, conversation.chosen, [n.text for n in conversation.notes], conversation.started),
        [(i.number, i.title, i.chosen, [n.text for n in i.kept_notes], i.stage) for i in listed],
    )


WRITING = {
    "answer": (set_("budget", "flexible", "2"),),
    "new answer": (set_("domain", "general", "2"),),
    "several": (set_("budget", "flexible", "2"), set_("data", "yes", "3"), note("ask legal", "1")),
    "withdrawn": (Command(Kind.CLEAR, ideas=("2",), question="budget"),),
    "note": (note("legal must agree", "2"),),
    "title": (edit(What.RENAME, "2", value="other"),),
    "removed": (edit(What.REMOVE, "2"),),
    "all removed": (edit(What.REMOVE, "1", "2", "3"),),
    "status": (edit(What.PARK, "2"),),
    "another status": (edit(What.STATUS, "3", value="live"),),
    "no task for a language model": (edit(What.STATUS, "1", "2", value="not_a_fit"),),
    "deleted note": (Command(Kind.CLEAR, What.NOTE, ideas=("3",), value="brand guide"),),
    "deleted own note": (Command(Kind.CLEAR, What.NOTE, ideas=("own",)),),
    "deleted by its number": (Command(Kind.FORGET, value="2"),),
    "deleted by its words": (Command(Kind.FORGET, value="brand guide"),),
    "deleted with all that is said of it": (Command(Kind.FORGET, ideas=("3",)),),
    "merged with conflicts": (edit(What.MERGE, "3", "2", "1"),),
    "added": (ideas("one more thing", "and another"),),
    "copied": (edit(What.COPY, "2", value="variant"),),
    "merged": (edit(What.MERGE, "2", "3"),),
    "own answer": (set_("data", "no", "own"),),
    "own title": (edit(What.RENAME, "own", value="other"),),
    "own note": (note("something", "own"),),
    "another idea": (idea("something quite different"),),
}


@pytest.fixture
def written(talk: Talk) -> Talk:
    talk.do(ideas("a bot for tickets", "summaries of reports", "slogans for shops"), set_("budget", "limited", "2"))
    talk.do(set_("budget", "flexible", "3"), note("see the brand guide", "3"), edit(What.STATUS, "3", value="approved"))
    return talk.new_thread().do(idea("letters to customers"), *ALL_FIVE, note("for May", "own"))


@pytest.mark.parametrize("commands", WRITING.values(), ids=WRITING.keys())
def test_everything_that_is_written_can_be_taken_back(written: Talk, commands: tuple[Command, ...]) -> None:
    before = state(written.conversation)
    written.do(*commands)
    assert state(written.conversation) != before
    written.do(UNDO)
    assert state(written.conversation) == before
    assert written.said.startswith("Taken back.")


def test_five_messages_back_one_after_the_other(talk: Talk) -> None:
    talk.do(idea("letters"))
    states = []
    for number in range(7):
        states.append(state(talk.conversation))
        talk.do(note(f"note {number}"))
    for number in (6, 5, 4, 3, 2):
        talk.do(UNDO)
        assert state(talk.conversation) == states[number]
    talk.do(UNDO)
    assert state(talk.conversation) == states[2]


def test_an_idea_that_was_removed_comes_back_by_its_number_long_afterwards(written: Talk) -> None:
    before = state(written.conversation)[1]
    written.do(edit(What.REMOVE, "2"))
    for option in ("yes", "no", "yes", "no", "yes", "no"):
        written.do(set_("data", option, "1"))
    assert [idea.title for idea in removed_ideas(written.conversation)] == ["summaries of reports"]
    written.say("undo 2")
    assert state(written.conversation)[1][1:] == before[1:]
    assert removed_ideas(written.conversation) == ()


def test_a_named_idea_comes_back_beside_another_wish_too(written: Talk) -> None:
    written.do(edit(What.REMOVE, "2")).do(set_("data", "yes", "1"))
    written.do(set_("budget", "limited", "1"), Command(Kind.GO, What.UNDO, ideas=("2",)))
    assert [idea[0] for idea in state(written.conversation)[1]][:2] == [1, 2]


def test_an_idea_that_somebody_had_deleted_is_not_kept_longer(written: Talk) -> None:
    written.do(Command(Kind.FORGET, ideas=("3",)))
    for option in ("yes", "no", "yes", "no", "yes", "no"):
        written.do(set_("data", option, "1"))
    assert removed_ideas(written.conversation) == ()


def test_a_press_is_taken_back_as_well(talk: Talk) -> None:
    talk.do(idea("letters")).press("answer:data:yes").do(UNDO)
    assert talk.conversation.chosen == {}


def test_what_somebody_else_wrote_stays(talk: Talk) -> None:
    talk.do(idea("letters"), *ALL_FIVE).do(note("ask legal")).do(set_("budget", "flexible"), who="ben").do(UNDO)
    assert talk.conversation.chosen["budget"] == "flexible"
    assert not talk.conversation.notes


def test_what_somebody_else_has_changed_since_is_left_and_said(talk: Talk) -> None:
    talk.do(idea("letters"), *ALL_FIVE, who="ana")
    talk.do(set_("budget", "flexible"), set_("domain", "general"), who="ana").do(set_("budget", "limited"), who="ben")
    talk.do(UNDO, who="ana")
    assert talk.conversation.chosen == {each.question: each.option for each in ALL_FIVE}
    assert "Somebody has changed the rest since then" in talk.said


def test_beside_another_wish_only_what_was_written_just_now_is_meant(talk: Talk) -> None:
    talk.do(idea("letters"), *ALL_FIVE).do(set_("budget", "flexible")).do(Command(Kind.SHOW, What.STEPS))
    talk.do(UNDO, Command(Kind.SHOW, What.STEPS))
    assert talk.conversation.chosen["budget"] == "flexible"


def test_there_may_be_nothing_to_take_back(talk: Talk) -> None:
    talk.do(UNDO)
    assert talk.said and not talk.turn.did


def test_what_is_needed_survives_storage(written: Talk) -> None:
    before = state(written.conversation)
    written.do(edit(What.REMOVE, "2"), set_("data", "no", "own"))
    board, own = written.conversation.board, written.conversation.own
    stored = Conversation.from_json(written.conversation.to_json())
    written.conversation = stored.replace(board=board, own=own)
    written.do(UNDO)
    assert state(written.conversation) == before


def test_forgetting_somebody_removes_what_could_be_taken_back(written: Talk) -> None:
    written.do(edit(What.REMOVE, "2"), who="ben")
    assert "ana" in written.conversation.participants
    left = written.conversation.without_person("ana")
    assert left is None or not left.written


def test_what_only_repeats_an_answer_is_not_what_undo_takes_back(written: Talk) -> None:
    before = state(written.conversation)
    written.do(set_("data", "no", "2"))
    after = state(written.conversation)
    written.do(set_("data", "no", "2"), text="no data, as I said").do(UNDO)
    assert "that only repeated an answer" in written.said
    assert state(written.conversation) == after
    written.do(UNDO)
    assert state(written.conversation) == before
    assert "Training data is open again" in written.said


def test_what_is_said_again_beside_undo_has_one_receipt(written: Talk) -> None:
    written.do(set_("data", "no", "2"), note("ask legal", "2"))
    written.do(UNDO, set_("data", "yes", "2"))
    assert "Training data: yes, hundreds or more" in written.said
    assert "Training data is open again" not in written.said
    assert "The note is gone." in written.said


def test_what_is_taken_back_of_an_idea_stands_behind_its_name_once(written: Talk) -> None:
    name = "2. " + board_of(written.conversation).find(2).title
    written.do(note("ask legal", "2"), set_("data", "no", "2")).do(UNDO)
    assert "Training data is open again. The note is gone." in written.said
    assert written.said.count(name) == 1


def test_an_idea_that_went_into_another_is_not_removed_with_it(written: Talk) -> None:
    written.do(edit(What.REMOVE, "3"), edit(What.MERGE, "1", "2"))
    before = state(written.conversation)
    written.do(edit(What.REMOVE, "2"))
    assert state(written.conversation) == before
    assert "one idea already: 1. a bot for tickets" in written.said


def test_what_was_removed_beside_a_merge_stays_removed(written: Talk) -> None:
    written.do(edit(What.REMOVE, "3"), edit(What.MERGE, "1", "2"))
    written.do(edit(What.REMOVE, "1"))
    assert [idea.number for idea in written.conversation.board.shown] == [2]


def test_of_named_ideas_only_what_was_changed_about_them_is_taken_back(written: Talk) -> None:
    written.do(set_("budget", "flexible", "1", "2"), note("asked twice", "2"))
    written.do(Command(Kind.GO, What.UNDO, ideas=("2",)))
    first, second, _ = board_of(written.conversation).shown
    assert (first.chosen["budget"], second.chosen["budget"], second.kept_notes) == ("flexible", "limited", ())
    written.do(UNDO)
    assert "budget" not in board_of(written.conversation).shown[0].chosen
