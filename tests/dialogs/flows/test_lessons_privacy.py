"""Nobody sees another person's score."""

import pytest

from dialogs.message import Person, parse_action
from dialogs.replies.lessons import CaseResult, LessonCard, LessonFeedback, LessonsFinished
from dialogs.replies.notices import Notice
from dialogs.views import current_view
from dialogs.views.plain_text import plain
from tests.dialogs.flows.test_lessons import LESSONS, PACK, reload, right, through, wrong
from tests.dialogs.talk import Talk

TELLING = ("Right", "Not quite", "right at the first answer", "as in the story", "reading again")


@pytest.fixture
def channel(talk: Talk) -> Talk:
    talk.private = False
    return talk


def test_what_all_see_tells_nothing_of_right_and_wrong(channel: Talk) -> None:
    channel.say("learn")
    steps = [*(wrong(n) if n % 2 else right(n) for n, _ in LESSONS), "try"]
    for button in [*steps, *(f"practice:{q.id}:unsure" for q in PACK.questions)]:
        channel.press(button)
        everybody = (
            channel.card + channel.below + plain(current_view(channel.advisor, channel.conversation, channel.clock))
        )
        assert not [words for words in TELLING if words in everybody]
        if parse_action(button).verb == "lesson":
            assert [type(reply) for reply in channel.turn.aside] == [LessonFeedback]
            assert channel.turn.confidential
    assert [type(reply) for reply in channel.turn.aside] == [CaseResult, LessonsFinished]
    assert "3 of 7 right" in channel.aside
    assert "Lessons finished" in channel.card
    channel.say("share")
    assert "ana finished the lessons" in channel.below
    assert not [words for words in TELLING if words in channel.below]


def test_what_is_typed_is_no_different(channel: Talk) -> None:
    channel.say("learn").say("1")
    assert [type(reply) for reply in channel.turn.card] == [LessonCard]
    assert channel.turn.confidential
    assert channel.old is not None
    assert not [words for words in TELLING if words in plain(channel.old)]
    channel.say("2")
    assert not [words for words in TELLING if words in plain(channel.old)]


def test_the_order_of_the_next_round_tells_nothing_either(channel: Talk) -> None:
    through(channel, missed=(4,)).press("finish").say("learn")
    assert "Lesson 1 of 7" in channel.card
    assert Notice("once_more") not in channel.turn.card


def test_only_the_learners_presses_and_answers_count(channel: Talk) -> None:
    channel.say("learn").press(right(1))
    before = channel.conversation
    for act in (
        lambda: channel.press(right(2), who="ben"),
        lambda: channel.press("skip", who="ben"),
        lambda: channel.press("learn", who="ben"),
        lambda: channel.press("read:1", who="ben"),
    ):
        act()
        assert channel.turn.aside == (Notice("belongs_to", {"person": Person("ana", "ana")}),)
        assert channel.conversation is before
    assert "These lessons are ana’s" in channel.aside
    assert "direct message" in channel.aside
    for text in ("1", "learn", "stop", "share", "purple elephants"):
        channel.say(text, who="ben")
        assert channel.turn.aside == (Notice("belongs_to", {"person": Person("ana", "ana")}),), text
        assert not channel.turn.card
    assert channel.conversation.tour == before.tour


def test_others_may_talk_and_ask(channel: Talk) -> None:
    channel.say("learn").say("1", who="ben", addressed=False)
    assert channel.silent
    channel.say("How much does fine-tuning cost?", who="ben")
    assert "Back to lesson 1 of 7" in channel.card
    channel.press(right(1))
    assert "Lesson 2 of 7" in channel.card


def test_a_place_once_public_stays_so(channel: Talk) -> None:
    channel.say("learn").press(right(1))
    channel.private = True
    channel.say("restart").press(wrong(1))
    assert [type(reply) for reply in channel.turn.card] == [LessonCard]


def test_in_private_nothing_is_aside(talk: Talk) -> None:
    through(talk).press("finish")
    assert not talk.turn.aside
    assert not talk.turn.confidential


def test_forgetting_the_learner_forgets_the_lessons(channel: Talk) -> None:
    channel.say("should we fine-tune our support bot?", who="ben").press("answer:data:yes", who="ben")
    channel.say("learn").press(right(1))
    rest = channel.conversation.without_person("ana")
    assert rest.tour is None
    assert rest.flow == ""
    others = channel.conversation.without_person("ben")
    assert others.tour == channel.conversation.tour
    channel.conversation = others
    reload(channel)
    channel.say("repeat")
    assert "Lesson 2 of 7" in channel.card


def test_who_only_pressed_is_forgotten_with_the_conversation(channel: Talk) -> None:
    channel.press("learn").press(right(1))
    assert channel.conversation.people == ()
    assert channel.conversation.without_person("ana") is None
    assert channel.conversation.without_person("ben") is not None
