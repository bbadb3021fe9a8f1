"""An idea that is told while the list is worked on joins the list; nothing is asked, and the talk goes on."""

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Idea
from dialogs.view import Buttons
from tests.dialogs.executor.lines import ALL_FIVE, UNDO, edit, idea, note, set_, show
from tests.dialogs.talk import Talk
from tests.shipped import shipped

OPEN_2 = Command(Kind.OPEN, ideas=("2",))


def listed_ideas(talk: Talk) -> dict[int, Idea]:
    return {each.number: each for each in board_of(talk.conversation).shown}


def labels(talk: Talk) -> list[str]:
    """What stands on the buttons of the last reply."""
    views = [talk._view((reply,)) for reply in (*talk.turn.below, *talk.turn.card)]
    return [b.label for view in views for e in view.elements if isinstance(e, Buttons) for b in e.buttons]


@pytest.mark.parametrize("before", [(), (OPEN_2,)], ids=["list", "idea"])
def test_it_has_its_number_and_facts_and_the_talk_goes_on(listed: Talk, before: tuple[Command, ...]) -> None:
    listed.do(*before)
    facts = set_("volume", "high", quote="hundreds a day"), note("for May")
    listed.do(idea("letters to customers"), *facts, show(What.MISSING, "3"))
    new = listed_ideas(listed)[4]
    assert (new.title, new.chosen, new.kept_notes[0].text) == ("letters to customers", {"volume": "high"}, "for May")
    assert listed.said.startswith("Added as 4: letters to customers. Volume and speed: high")
    assert listed.said.count("hundreds a day") == 1
    assert "slogans for shops: Still open" in listed.said
    assert labels(listed)[0] == "Answer 4: training data?"
    assert listed.open is None and not listed.conversation.idea
    listed.do(set_("budget", "limited"), text="the budget is limited")
    assert "budget" not in listed_ideas(listed)[4].chosen


def test_the_next_line_is_about_what_the_line_ended_with(listed: Talk) -> None:
    listed.do(OPEN_2).do(idea("letters"), set_("data", "no")).do(set_("budget", "limited"))
    assert listed_ideas(listed)[4].chosen == {"data": "no", "budget": "limited"}
    listed.do(OPEN_2).do(idea("minutes"), show(What.MISSING, "3")).do(set_("budget", "limited"))
    assert listed_ideas(listed)[3].chosen == {"budget": "limited"}


def test_the_button_asks_about_it(listed: Talk) -> None:
    listed.do(idea("letters")).press("ask:4:data").press("answer:data:no")
    assert listed_ideas(listed)[4].chosen == {"data": "no"}


def test_each_of_several_has_what_is_said_behind_it(listed: Talk) -> None:
    listed.do(idea("letters"), set_("domain", "general"), idea("minutes of meetings"), set_("volume", "low"))
    assert [listed_ideas(listed)[number].chosen for number in (4, 5)] == [{"domain": "general"}, {"volume": "low"}]
    assert labels(listed) == ["Answer 4: training data?", "Answer 5: training data?"]


def test_one_that_is_clear_has_its_result_and_nothing_to_answer(listed: Talk) -> None:
    listed.do(idea("letters"), *ALL_FIVE)
    assert "The result: " in listed.said and not labels(listed)


def test_what_is_announced_in_ones_own_words_joins_with_what_is_read_from_it() -> None:
    talk = Talk(shipped()).say("triage:\n- sales emails to thousands of leads\n- answers to customers")
    talk.say("new idea: a bot for parking questions, we have thousands of examples")
    assert (listed_ideas(talk)[3].chosen["data"], talk.open) == ("yes", None)


def test_what_is_said_twice_is_told_once(listed: Talk) -> None:
    said = set_("data", "yes", quote="thousands of old ones")
    listed.do(idea("letters"), said, said.replace(ideas=("4",), quote=""))
    assert listed.said.count("Training data") == 1
    listed.new_thread().do(idea("letters"), said, said.replace(quote=""))
    assert listed.said.count("Training data") == 1 and "thousands of old ones" in listed.said


def test_an_answer_stands_once_where_the_answers_are_shown(talk: Talk) -> None:
    talk.do(idea("letters"), set_("data", "yes", quote="thousands of old ones"), show(What.ANSWERS))
    assert talk.said.count("thousands of old ones") == 1


def test_its_card_says_how_it_stands(listed: Talk) -> None:
    listed.do(idea("letters"), set_("domain", "general", quote="plain words"), Command(Kind.OPEN, ideas=("4",)))
    assert listed.said.startswith("Added as 4: letters.\nIdea 4") and listed.said.count("plain words") == 1
    assert "Answer 4: training data?" not in labels(listed)


def test_it_is_taken_back_as_one(listed: Talk) -> None:
    listed.do(idea("letters"), set_("data", "no")).do(UNDO)
    assert set(listed_ideas(listed)) == {1, 2, 3}


def test_what_was_removed_again_has_no_button(listed: Talk) -> None:
    listed.do(idea("letters"), edit(What.REMOVE, "4"))
    assert not labels(listed)


@pytest.mark.parametrize("again", [idea("letters to customers"), edit(What.ADD, value="letters to customers")])
def test_what_is_on_the_list_is_not_added_twice(listed: Talk, again: Command) -> None:
    listed.do(idea("letters to customers")).do(again)
    assert set(listed_ideas(listed)) == {1, 2, 3, 4}
    assert "It is in the list: 4" in listed.said


@pytest.mark.parametrize("text", ["", "letters to customers"])
def test_an_own_idea_is_put_on_the_list_with_its_open_question(listed: Talk, text: str) -> None:
    listed.new_thread().do(idea("letters to customers"), set_("data", "no")).do(edit(What.ADD, value=text))
    assert "Kept in the list: 4. letters to customers" in listed.said
    listed.press("answer:volume:high").do(edit(What.ADD, value="letters to customers"))
    assert listed_ideas(listed)[4].chosen == {"data": "no", "volume": "high"}
    assert set(listed_ideas(listed)) == {1, 2, 3, 4} and not listed.conversation.idea


def test_another_one_for_the_list_leaves_the_questions_open(listed: Talk) -> None:
    listed.new_thread().do(idea("letters to customers")).do(edit(What.ADD, value="minutes of meetings"))
    assert (listed.open, listed.conversation.title) == ("data", "letters to customers")
    assert listed_ideas(listed)[4].title == "minutes of meetings"


def test_a_new_thread_asks_about_its_own_idea(listed: Talk) -> None:
    listed.new_thread().do(idea("letters"))
    assert listed.open == "data" and set(listed_ideas(listed)) == {1, 2, 3}
