"""Nothing is written that a line does not say: on no other idea, and by no fragment."""

from collections.abc import Sequence

import pytest

from dialogs.commands.command import Command, Kind, What
from tests.dialogs.executor.lines import edit, idea, ideas, note, set_
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.fixture
def listed() -> Talk:
    """Five ideas, of which the third was spoken of last."""
    titles = (
        "sort mails",
        "read delivery slips",
        "answer shipment calls",
        "write claim letters",
        "suggest tariff codes",
    )
    return Talk(shipped()).do(ideas(*titles)).do(set_("data", "no", "3"))


@pytest.fixture
def judged() -> Talk:
    """One idea with all its answers."""
    five = [set_("data", "yes"), set_("volume", "low"), set_("domain", "specialised"), set_("budget", "limited")]
    return Talk(shipped()).do(idea("answer mails about tariffs"), *five, set_("consistency", "predictable"))


def written(talk: Talk) -> Sequence[tuple[str, tuple[str, ...]]]:
    """What the last message wrote: kinds and ideas."""
    kinds = (Kind.SET, Kind.CLEAR, Kind.NOTE, Kind.EDIT, Kind.IDEA, Kind.IDEAS)
    return [
        (each.option if each.command is Kind.SET else each.command, each.ideas)
        for each in talk.turn.did
        if each.command in kinds
    ]


def test_a_part_without_a_name_is_about_the_idea_that_the_line_named_last(listed: Talk) -> None:
    listed.say("5 must be predictable. 300 a day. 4 about 1200 a day and has to be fast")
    assert written(listed) == [("predictable", ("5",)), ("high", ("5",)), ("high", ("4",))]


def test_each_sentence_that_names_an_idea_is_one_by_itself(listed: Talk) -> None:
    listed.say("1: consistency must be predictable. delete 5")
    assert written(listed) == [("predictable", ("1",)), (Kind.EDIT, ("5",))]


@pytest.mark.parametrize(("text", "gone"), [("delete 5", [5]), ("drop 9", []), ("omg. delete 7 and 8", [])])
def test_the_numbers_behind_a_removal_are_what_goes_whether_or_not_there_are_such_ideas(
    listed: Talk, text: str, gone: list[int]
) -> None:
    listed.say(text)
    assert [each for each in range(1, 6) if listed.conversation.board.find(each) is None] == gone


def test_what_was_put_aside_is_in_focus_only_while_it_is_shown(listed: Talk) -> None:
    listed.do(edit(What.PARK, "3")).do(set_("budget", "limited"))
    assert written(listed) == []
    listed.do(Command(Kind.OPEN, ideas=("3",))).do(set_("budget", "limited"))
    assert written(listed) == [("limited", ("3",))]


def test_the_only_idea_stays_in_focus_though_it_was_put_aside(judged: Talk) -> None:
    judged.do(edit(What.PARK)).do(set_("budget", "flexible"))
    assert [option for option, _ in written(judged)] == ["flexible"]


def test_a_part_without_a_verb_changes_nothing_in_passing(judged: Talk) -> None:
    judged.say("hybrid meaning what exactly? in normal words, what would my people do on monday")
    assert written(judged) == []
    judged.say("what comes out? in normal words it is a general domain")
    assert [option for option, _ in written(judged)] == ["general"]


def test_a_part_with_a_verb_changes_an_answer_in_passing(judged: Talk) -> None:
    judged.do(set_("data", "no")).say("oh wait, just remembered, theres an archive w about 1,800 old letters!!")
    assert [option for option, _ in written(judged)] == ["yes"]


def test_a_part_without_a_verb_begins_no_idea(judged: Talk) -> None:
    judged.say("what would it cost a month? drafts of letters, half a page each")
    assert written(judged) == []


@pytest.mark.parametrize("text", ["show it, with the note", "no dont delete the note!!"])
def test_a_note_that_is_only_named_stays(judged: Talk, text: str) -> None:
    judged.do(note("the works council has to agree")).say(text)
    assert [each.text for each in judged.conversation.kept_notes] == ["the works council has to agree"]


def test_a_first_line_that_announces_a_list_begins_no_idea() -> None:
    talk = Talk(shipped()).say("hi, got 9 ideas from the ops team, need to know which are worth doing and how. list:")
    assert (talk.conversation.idea, talk.conversation.intake is not None) == ("", True)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "what if the domain is specialised and the budget is flexible",
            {"domain": "specialised", "budget": "flexible"},
        ),
        ("imagine the budget is flexible", {"budget": "flexible"}),
        ("if we had no budget, what then", {"budget": "limited"}),
    ],
)
def test_what_is_supposed_is_no_answer_to_an_open_question(text: str, answers: dict[str, str]) -> None:
    talk = Talk(shipped()).do(idea("draft warranty letters")).say(text)
    assert {each.question: each.option for each in talk.turn.did if each.command is Kind.SUPPOSE} == answers
    assert talk.conversation.answers == {}
    assert written(talk) == []


def test_what_is_stated_behind_a_condition_is_an_answer() -> None:
    talk = Talk(shipped()).do(idea("draft warranty letters")).say("if it helps, we have 500 examples")
    assert talk.conversation.chosen == {"data": "yes"}
