"""The result: shown early, in detail, summed up, shared."""

import pytest

from dialogs.commands.command import What
from dialogs.replies.notices import Notice
from dialogs.replies.results import Recommendation, SharedResult
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.steps import REQUEST, finished, kinds
from tests.dialogs.talk import Talk
from tests.shipped import shipped


def test_the_result_can_be_shown_when_nothing_can_change_it(talk: Talk) -> None:
    talk.say(REQUEST).press("answer:data:no")
    assert "show" in talk.buttons()
    assert talk.open == "volume"
    talk.press("show")
    assert kinds(talk) == [Recommendation]
    assert "Unclear: volume and speed" in talk.card
    talk.press("details")
    assert kinds(talk) == [What.DETAILS]
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


@pytest.mark.parametrize(
    ("asked", "told"), [("details", "Nothing points either way yet"), ("summary", "There is no result to share yet")]
)
def test_how_it_stands_is_told_while_a_question_is_open(talk: Talk, asked: str, told: str) -> None:
    talk.say(REQUEST).say(asked)
    assert talk.below.startswith(told)
    assert talk.card.startswith("Still open: Training data")
    assert talk.conversation.answers == {}


def test_a_summary_names_all_that_somebody_needs_who_was_not_there(talk: Talk) -> None:
    finished(talk).say("summary")
    source = talk.below
    assert "# support bot" in source
    assert "\nPrompt engineering · " in source
    assert "- Training data: yes, hundreds or more (ana)" in source
    assert "- Volume and speed: high, or strict on time (ben)" in source
    assert "## What would change it" in source
    assert " → " in source
    assert "## Do next\n1. " in source
    assert "2026. Based on the questions in" in source


def test_one_person_who_gave_all_answers_is_named_once(talk: Talk) -> None:
    talk.say(REQUEST)
    for answer in ("data:yes", "volume:high", "domain:general", "budget:limited", "consistency:tolerant"):
        talk.press(f"answer:{answer}")
    talk.say("summary")
    assert "## Answers by ana, 18 Nov 2026\n- Training data: yes, hundreds or more\n" in talk.below
    assert talk.below.count("ana") == 1
    talk.say("share")
    assert "Answers by ana, 18 Nov 2026\n- Training data: yes, hundreds or more\n" in talk.below
    assert plain(lay_out(talk.advisor, talk.turn.below[:1], 0)).count("ana") == 2, "also for sharing it"


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


def test_a_result_without_a_title_offers_a_name_and_says_how() -> None:
    talk = Talk(shipped())
    talk.say("start")
    for answer in ("data:yes", "volume:high", "domain:general", "budget:limited", "consistency:tolerant"):
        talk.press(f"answer:{answer}")
    assert "name" in talk.buttons()
    talk.press("name")
    assert "name it Support bot" in talk.aside
    talk.say("name it Support bot")
    assert talk.conversation.title == "Support bot"
    talk.say("show the result")
    assert "name" not in talk.buttons()
