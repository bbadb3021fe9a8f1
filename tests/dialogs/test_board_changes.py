"""The ideas that a turn gives to the board."""

from dialogs.advisor import Advisor
from dialogs.bookkeeping import board_changes, noted
from dialogs.ideas.board import Board, idea_id
from tests.dialogs.stored import answer, idea, message
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON


def test_a_talk_that_has_come_to_its_end_is_an_idea_of_the_place(advisor: Advisor) -> None:
    done = asked(advisor, None, data="no").replace(idea="Our bot\nmore", begun=3, people=("ana",))
    done = done.replace(answers={"data": answer("no", name="Ana")})
    open_ = done.replace(concluded=False)
    (found,) = board_changes(advisor, "thread", open_, done, message(permalink="https://x.org"))
    assert (found.title, found.text, found.by, found.name) == ("Our bot", "Our bot\nmore", "ana", "Ana")
    assert (found.at, found.link, found.chosen) == (NOON, "https://x.org", {"data": "no"})
    assert found.id == idea_id("thread", 3)
    assert board_changes(advisor, "thread", done, done, message()) == ()
    assert board_changes(advisor, "thread", done, open_, message()) == ()
    assert board_changes(advisor, "thread", open_, done.replace(started=False), message()) == ()
    assert board_changes(advisor, "thread", open_, done.replace(answers={}), message()) == ()
    (by_eve,) = board_changes(advisor, "thread", open_, done.replace(idea_by="eve"), message())
    assert (by_eve.by, by_eve.name, by_eve.link) == ("eve", None, "")
    (nobody,) = board_changes(advisor, "thread", open_, done.replace(people=()), message())
    assert nobody.by == "ana"
    board = Board().add([idea()])
    with_board = done.replace(board=board)
    assert board_changes(advisor, "thread", done, with_board, message()) == board.ideas


def test_an_idea_that_was_removed_and_brought_back_goes_on_changing(advisor: Advisor) -> None:
    """Copies of an idea are merged by how often it was removed and brought back."""
    done = asked(advisor, None, data="no").replace(begun=3)
    back = idea(id=idea_id("thread", 3), number=1, life=2)
    board = Board(ideas=(back,), next=2)
    after = done.replace(answers={"data": answer("yes")}, board=board)
    (changed,) = board_changes(advisor, "thread", done.replace(board=board), after, message())
    assert (changed.life, back.merged(changed).chosen) == (2, {"data": "yes"})


def test_what_an_idea_calls_for_is_noted_with_its_verdict(advisor: Advisor) -> None:
    bare, gone, told = noted(advisor, [idea(text=""), idea(removed=1), idea(answers={"data": answer("no")})], NOON)
    assert (bare.facts, gone.facts) == (None, None)
    assert told.facts is not None
    assert (told.judged, told.pack) == ("prompt_engineering", advisor.pack.version)
