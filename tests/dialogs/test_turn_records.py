"""What turns count for, and the ideas that they give to the board."""

from collections import Counter
from collections.abc import Callable

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board, Idea, idea_id
from dialogs.message import Message
from dialogs.replies.passages import DidYouMean, NotCovered
from dialogs.turn import Turn
from dialogs.turn_records import BEGUN, OFFERED, STOPPED, UNKEPT, UNKNOWN, board_changes, is_unanswered, noted, usage
from tests.dialogs.stored import answer, idea, message, press
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON, Talk
from tests.shipped import shipped

ALL_YES = ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable")


class Counted:
    """A talk whose turns are counted together."""

    def __init__(self, kept: bool = True) -> None:
        self.talk = Talk(shipped())
        self.counts: Counter[str] = Counter()
        self._kept = kept

    def _each(self, take: Callable[[str], Talk], said: tuple[str, ...]) -> "Counted":
        for one in said:
            before = self.talk.conversation
            self.counts.update(usage(self.talk.advisor, before, take(one).turn, kept=self._kept))
        return self

    def say(self, *texts: str) -> "Counted":
        return self._each(self.talk.say, texts)

    def press(self, *buttons: str) -> "Counted":
        return self._each(self.talk.press, buttons)

    @property
    def standing(self) -> dict[str, int]:
        places = ("open:", "result:", STOPPED)
        return {name: count for name, count in self.counts.items() if count and name.startswith(places)}


ANSWERS = tuple(f"answer:{answer}" for answer in ALL_YES)


def changed(advisor: Advisor, source: str, before: Conversation, after: Conversation, by: Message) -> tuple[Idea, ...]:
    return tuple(idea for idea, _ in board_changes(advisor, source, before, after, by))


def test_a_talk_ends_with_its_result() -> None:
    counted = Counted().say("start").press(*ANSWERS)
    assert counted.standing == {"result:fine_tuning": 1}
    assert counted.counts[BEGUN] == 1


def test_a_talk_is_left_at_the_question_that_is_open() -> None:
    assert Counted().say("start").press(*ANSWERS[:2]).standing == {"open:domain": 1}


def test_going_back_editing_and_stopping_move_it() -> None:
    assert Counted().say("start").press(*ANSWERS[:2], "back").standing == {"open:volume": 1}
    edited = Counted().say("start").press(*ANSWERS, "edit:data", "answer:data:no")
    assert edited.standing == {"result:prompt_engineering": 1}
    assert Counted().say("start", "stop").standing == {STOPPED: 1}
    assert Counted().say("start").press(ANSWERS[0]).say("stop", "continue").standing == {"open:volume": 1}


@pytest.mark.parametrize("first", [("start",), ("start", "stop"), ("start", "yes", "high")])
def test_a_new_idea_leaves_the_old_one_where_it_was(first: tuple[str, ...]) -> None:
    counted = Counted().say(*first)
    left = counted.standing
    counted.say("new idea: should we fine-tune a model for our radiology reports?").say("new idea")
    assert sum(counted.standing.values()) == counted.counts[BEGUN]
    assert all(counted.standing.get(name, 0) >= count for name, count in left.items()) or counted.counts[BEGUN] == 1


def test_what_is_asked_counts_each_time_and_once() -> None:
    cost = "how much does fine-tuning cost?"
    counted = Counted().say(cost, "What is LoRA?", "start", cost).press("answer:data:yes")
    asked = {name: count for name, count in counted.counts.items() if name.startswith("asked:")}
    assert asked == {"asked:faq-cost": 2, "asked:term-lora": 1}


def test_what_is_not_known_counts() -> None:
    assert Counted().say("who won the match yesterday?").counts[UNKNOWN] == 1
    counted = Counted(kept=False).say("who won the match yesterday?")
    assert (counted.counts[UNKNOWN], counted.counts[UNKEPT]) == (1, 1)


def test_lessons_and_small_talk_count_for_nothing() -> None:
    assert not Counted().say("hello", "learn", "1", "stop", "thanks").counts


def test_questions_without_an_answer_are_counted(advisor: Advisor) -> None:
    conversation = Conversation.fresh(advisor.pack)
    unknown = Turn(conversation, (NotCovered(advisor.pack, ()),))
    offered = Turn(conversation, below=(DidYouMean(advisor.pack.passages[:2]),))
    assert usage(advisor, conversation, unknown, kept=True) == {UNKNOWN: 1}
    assert usage(advisor, conversation, unknown, kept=False) == {UNKNOWN: 1, UNKEPT: 1}
    assert usage(advisor, conversation, offered, kept=False) == {OFFERED: 1}
    assert is_unanswered(unknown, message())
    assert not is_unanswered(unknown, press("up"))
    assert not is_unanswered(offered, message())


def test_a_talk_that_has_come_to_its_end_is_an_idea_of_the_place(advisor: Advisor) -> None:
    done = asked(advisor, None, data="no").replace(idea="Our bot\nmore", begun=3, people=("ana",))
    done = done.replace(answers={"data": answer("no", name="Ana")})
    open_ = done.replace(concluded=False)
    (found,) = changed(advisor, "thread", open_, done, message(permalink="https://x.org"))
    assert (found.title, found.text, found.by, found.name) == ("Our bot", "Our bot\nmore", "ana", "Ana")
    assert (found.at, found.link, found.chosen) == (NOON, "https://x.org", {"data": "no"})
    assert found.id == idea_id("thread", 3)
    assert changed(advisor, "thread", done, done, message()) == ()
    assert changed(advisor, "thread", done, open_, message()) == ()
    assert changed(advisor, "thread", open_, done.replace(started=False), message()) == ()
    assert changed(advisor, "thread", open_, done.replace(answers={}), message()) == ()
    (by_eve,) = changed(advisor, "thread", open_, done.replace(idea_by="eve"), message())
    assert (by_eve.by, by_eve.name, by_eve.link) == ("eve", None, "")
    (nobody,) = changed(advisor, "thread", open_, done.replace(people=()), message())
    assert nobody.by == "ana"
    board = Board().add([idea()])
    with_board = done.replace(board=board)
    assert changed(advisor, "thread", done, with_board, message()) == board.ideas


def test_an_idea_that_was_removed_and_brought_back_goes_on_changing(advisor: Advisor) -> None:
    """Copies of an idea are merged by how often it was removed and brought back."""
    done = asked(advisor, None, data="no").replace(begun=3)
    back = idea(id=idea_id("thread", 3), number=1, life=2)
    board = Board(ideas=(back,), next=2)
    after = done.replace(answers={"data": answer("yes")}, board=board)
    (later,) = changed(advisor, "thread", done.replace(board=board), after, message())
    assert (later.life, back.merged(later).chosen) == (2, {"data": "yes"})


def test_what_an_idea_calls_for_is_noted_with_its_verdict(advisor: Advisor) -> None:
    bare, gone, told = noted(advisor, [idea(text=""), idea(removed=1), idea(answers={"data": answer("no")})], NOON)
    assert (bare.facts, gone.facts) == (None, None)
    assert told.facts is not None
    assert (told.judged, told.pack) == ("prompt_engineering", advisor.pack.version)
