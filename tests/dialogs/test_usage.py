"""What turns count for."""

from collections import Counter
from collections.abc import Callable

import pytest

from dialogs.advisor import Advisor
from dialogs.bookkeeping import BEGUN, OFFERED, STOPPED, UNKEPT, UNKNOWN, is_unanswered, usage
from dialogs.conversation import Conversation
from dialogs.replies.passages import DidYouMean, NotCovered
from dialogs.turn import Turn
from tests.dialogs.stored import message, press
from tests.dialogs.talk import Talk
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
