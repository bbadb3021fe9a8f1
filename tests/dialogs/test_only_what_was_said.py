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


@pytest.mark.parametrize(
    "text", ["6 we don't have that much money", "7 has no training data", "change volume of 9 to high"]
)
def test_what_is_said_of_a_number_that_is_no_idea_is_said_of_none(listed: Talk, text: str) -> None:
    listed.do(Command(Kind.OPEN, ideas=("3",))).say(text)
    assert written(listed) == []
    assert "There is no idea" in listed.said


def test_a_number_that_counts_something_is_no_idea(listed: Talk) -> None:
    listed.do(Command(Kind.OPEN, ideas=("3",))).say("500 a day")
    assert written(listed) == [("high", ("3",))]


@pytest.mark.parametrize("text", ["remove all", "drop everything please"])
def test_all_are_all_ideas_of_the_list_where_one_is_open(listed: Talk, text: str) -> None:
    listed.do(Command(Kind.OPEN, ideas=("3",))).say(text)
    assert written(listed) == []
    listed.say("yes")
    assert listed.conversation.board.shown == ()


@pytest.mark.parametrize(
    ("text", "ideas"),
    [
        ("write a prompt for 1", ("1",)),
        ("mail about 1 and 2", ("1", "2")),
        ("write a mail about 2", ("2",)),
        ("table for 4", ("4",)),
        ("why 1", ("1",)),
    ],
)
def test_a_text_for_an_idea_that_is_named_is_about_that_one_whatever_is_open(
    listed: Talk, text: str, ideas: tuple[str, ...]
) -> None:
    listed.do(Command(Kind.OPEN, ideas=("3",))).say(text)
    assert [each.ideas for each in listed.turn.did] == [ideas]


@pytest.mark.parametrize("text", ["give me a mail", "a note in 4 sentences"])
def test_a_text_that_names_no_idea_is_about_the_open_one(listed: Talk, text: str) -> None:
    listed.do(Command(Kind.OPEN, ideas=("3",))).say(text)
    assert [each.ideas for each in listed.turn.did] == [("3",)]


def test_a_text_for_a_number_that_is_no_idea_is_about_none(listed: Talk) -> None:
    assert "There is no idea 9" in listed.say("mail for 9").said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("change volume of 1 to high", [("high", ("1",))]),
        ("set training data of 2 to yes", [("yes", ("2",))]),
        ("volume 1: high, not low", [("high", ("1",))]),
        ("make the volume of 2 low", [("low", ("2",))]),
        ("change 2's budget to flexible", [("flexible", ("2",))]),
        ("change the domain of 1 and 2 to general", [("general", ("1",)), ("general", ("2",))]),
        ("make 2's volume low", [("low", ("2",))]),
        ("training data 2 yes", [("yes", ("2",))]),
    ],
)
def test_a_question_beside_an_idea_is_answered_for_that_one(
    listed: Talk, text: str, said: list[tuple[str, tuple[str, ...]]]
) -> None:
    listed.do(Command(Kind.OPEN, ideas=("3",))).say(text)
    assert written(listed) == said


def test_what_is_supposed_of_an_idea_by_its_number_is_about_that_one(listed: Talk) -> None:
    listed.say("what if the volume of 1 is high")
    assert [(each.command, each.ideas) for each in listed.turn.did] == [(Kind.SUPPOSE, ("1",))]


def test_a_parked_idea_is_back_where_a_line_says_so(listed: Talk) -> None:
    listed.do(edit(What.PARK, "2")).do(Command(Kind.OPEN, ideas=("3",))).say("2 is back")
    assert [(each.name, each.ideas, each.value) for each in listed.turn.did] == [("edit.status", ("2",), "open")]
    assert "There is no idea 8" in listed.say("8 is back").said
