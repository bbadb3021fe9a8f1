"""What is asked about several ideas of the list is answered about these."""

import pytest

from dialogs.commands.command import Command, What
from tests.dialogs.executor.lines import CONFIRM, all_five, edit, explain, go, ideas, note, offered, set_, show, suppose
from tests.dialogs.talk import Talk

FOUR = ("a bot for tickets", "summaries of reports", "slogans for shops", "letters to customers")


@pytest.fixture
def four(talk: Talk) -> Talk:
    """Four ideas: 1 has a verdict and all answers, 2 one that may still change, 3 and 4 have none."""
    talk.do(ideas(*FOUR), *all_five("1"))
    return talk.do(set_("data", "yes", "2"), set_("volume", "high", "2"), set_("budget", "flexible", "2"))


def listed(talk: Talk) -> set[str]:
    """The numbers of the ideas that the list on the card shows."""
    return {str(number) for number, title in enumerate(FOUR, 1) if f"{number}. {title}" in talk.card}


@pytest.mark.parametrize("named", [("1", "3"), ("tickets", "slogans"), ("3", "1", "nothing of the kind")])
def test_of_a_list_only_the_ideas_that_are_named_are_shown(four: Talk, named: tuple[str, ...]) -> None:
    four.do(show(What.IDEAS, *named))
    assert listed(four) == {"1", "3"}
    assert "Only: 1, 3." in four.card
    assert ("nothing of the kind" in four.said) is (len(named) > 2)
    four.press("idea:1").press("back")
    assert listed(four) == {"1", "3"}
    assert listed(four.do(show(What.IDEAS))) == {"1", "2", "3", "4"}


def test_ideas_that_are_named_are_shown_though_they_were_put_aside(four: Talk) -> None:
    four.do(edit(What.PARK, "3"), edit(What.PARK, "4")).do(show(What.IDEAS, "1", "3"))
    assert "3. slogans for shops (parked)" in four.card
    assert listed(four) == {"1", "3"}
    assert listed(four.do(show(What.IDEAS, "4"))) == {"4"}


@pytest.mark.parametrize("look", [show(What.IDEAS, "all"), show(What.IDEAS, "4", value="sort=4")])
def test_all_are_shown_where_those_that_are_named_are_all_or_come_first(four: Talk, look: Command) -> None:
    assert listed(four.do(look)) == {"1", "2", "3", "4"}


def test_nothing_is_shown_for_names_of_no_idea(four: Talk) -> None:
    before = four.conversation.listing
    assert "There is no idea 9" in four.do(show(What.IDEAS, "9")).said
    assert four.conversation.listing == before


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("not parked", {"1", "3", "4"}),
        ("not approved", {"2", "3", "4"}),
        ("active", {"1", "4"}),
        ("not parked open", {"3", "4"}),
        ("parked", {"2"}),
    ],
)
def test_a_status_may_be_denied(four: Talk, asked: str, shown: set[str]) -> None:
    four.do(edit(What.PARK, "2"), edit(What.STATUS, "3", value="dropped"), edit(What.STATUS, "1", value="approved"))
    four.do(show(What.IDEAS, value=f"filter={asked}"))
    assert listed(four) == shown
    assert "Only: " in four.card
    assert ("3. slogans for shops (dropped)" in four.card) is ("3" in shown)
    assert "I can’t filter" not in four.said


def test_where_all_have_a_verdict_that_is_said(four: Talk) -> None:
    four.do(show(What.IDEAS, value="filter=open"))
    assert listed(four) == {"3", "4"}
    four.do(edit(What.PARK, "3"), *all_five("4")).do(show(What.IDEAS, value="filter=open"))
    assert "has a verdict" in four.said
    four.do(*(edit(What.PARK, number) for number in "124")).do(show(What.IDEAS, value="filter=open"))
    assert "None of the 4 ideas here is like that." in four.said


def test_the_answers_of_several_ideas_are_a_line_each(four: Talk) -> None:
    four.do(edit(What.PARK, "3"), note("legal must agree", "2")).do(show(What.ANSWERS, "all"))
    first, second, third, fourth = four.said.splitlines()
    assert first.startswith("1. a bot for tickets: Hybrid. Training data: yes; ")
    assert "Still open" not in first + second
    assert second.endswith("Noted: “legal must agree”")
    assert third.startswith("3. slogans for shops (parked): Still open: Training data, ")
    assert fourth.startswith("4. letters to customers: Still open: ")
    assert "the open question" not in four.said.lower()
    assert len(four.do(show(What.ANSWERS, "2")).said.splitlines()) > 2


@pytest.mark.parametrize(("told", "first", "why"), [((), 3, "lower number"), (("yes",), 4, "one answer")])
def test_of_ideas_without_a_verdict_the_nearest_to_one_is_begun_with(
    four: Talk, told: tuple[str, ...], first: int, why: str
) -> None:
    four.do(show(What.IDEAS), *(set_("data", option, "4") for option in told)).do(show(What.NEXT, "4", "3"))
    assert why in four.said
    assert four.conversation.listing is not None
    assert four.conversation.listing.idea == first
    assert four.conversation.listing.ask in {"data", "volume", "domain", "budget", "consistency"}
    assert "None has a verdict yet" not in four.said


def test_nothing_is_begun_with_that_was_put_aside(four: Talk) -> None:
    four.do(edit(What.PARK, "3"), edit(What.PARK, "1")).do(show(What.NEXT, "3", "1"))
    assert "That was put aside" in four.said
    assert "has a verdict" not in four.said


def test_one_idea_without_a_verdict_is_begun_with_its_question(four: Talk) -> None:
    four.do(show(What.NEXT, "4"))
    assert "Not enough said yet: 4. letters to customers." in four.said
    assert four.conversation.listing is not None
    assert four.conversation.listing.ask


ASKED = [
    ((show(What.MISSING, "3", "4"), go(What.CONTINUE)),),
    ((show(What.MISSING, "3", "4"),), (go(What.CONTINUE),)),
    ((show(What.MISSING, "3", "4"),), (CONFIRM,)),
    ((go(What.CONTINUE).replace(ideas=("3", "4")),),),
    ((show(What.IDEAS),), (go(What.CONTINUE),)),
]


@pytest.mark.parametrize("lines", ASKED)
def test_who_goes_on_is_asked_what_is_missing_about_these_ideas(four: Talk, lines: tuple[tuple[Command, ...]]) -> None:
    for line in lines:
        four.do(*line)
    assert four.conversation.listing is not None
    assert four.conversation.listing.rows == (3, 4)
    assert four.conversation.listing.guided
    assert "Still open" not in four.said
    assert "nothing here to go on with" not in four.said


def test_what_is_open_about_several_ideas_is_first_what_can_change_a_result(four: Talk) -> None:
    four.do(set_("budget", "limited", "2"), set_("data", "no", "3")).do(show(What.MISSING, "all"))
    assert four.said.splitlines() == [
        f"2. {FOUR[1]}: Domain or consistency could make it hybrid.",
        f"4. {FOUR[3]}: not enough said yet. Ask first: Training data.",
        "4 more answers are open; they can’t change a result.",
    ]
    assert offered(four) == ("Go through what is missing",)
    four.do(set_("volume", "high", "2"), show(What.MISSING, "2"))
    assert "could still change it" not in four.said
    four.do(show(What.MISSING, "1", "3"))
    assert four.said == "No open answer can change a result any more: 4."


def test_what_is_missing_beside_a_verdict_is_asked_for_where_nothing_else_is(four: Talk) -> None:
    four.do(edit(What.PARK, "3"), edit(What.PARK, "4")).do(show(What.IDEAS)).do(go(What.CONTINUE))
    asked = []
    while four.conversation.listing is not None and four.conversation.listing.ask:
        assert "0 open" not in four.card
        assert four.conversation.listing.rows == (2,)
        asked.append(four.conversation.listing.ask)
        four.do(set_(asked[-1], "unsure"))
    assert asked == ["domain", "consistency"]
    assert "nothing here to go on with" in four.do(go(What.CONTINUE)).said


def test_nothing_is_asked_about_ideas_that_were_put_aside(four: Talk) -> None:
    four.do(edit(What.PARK, "3")).do(show(What.MISSING, "3", "4"), go(What.CONTINUE))
    assert four.conversation.listing is not None
    assert four.conversation.listing.rows == (4,)


@pytest.mark.parametrize("guided", [False, True])
@pytest.mark.parametrize("look", [explain(What.VERDICT, "3"), show(What.RESULT, "3"), show(What.STEPS, "3")])
def test_a_look_at_one_idea_beside_the_last_answer_shows_no_list(four: Talk, look: Command, guided: bool) -> None:
    four.do(edit(What.PARK, "4")).do(show(What.IDEAS)).press("guide" if guided else "ask:3:data")
    assert four.conversation.listing is not None
    asked = (
        set_(four.conversation.listing.ask, "no")
        if four.conversation.listing.ask == "data"
        else set_("data", "no", "3")
    )
    four.do(asked, look)
    assert "4 ideas" not in four.said
    assert "with a verdict" not in four.said
    assert "rompt" in four.said
    assert four.closed is not None
    assert listed(four.do(show(What.IDEAS))) >= {"1", "2", "3"}


def test_without_a_look_the_list_follows_the_last_answer(four: Talk) -> None:
    four.do(edit(What.PARK, "4")).press("ask:3:data").do(set_("data", "no"))
    assert "with a verdict" in four.card


def test_what_is_supposed_of_several_ideas_is_told_of_each_and_offered_of_none(four: Talk) -> None:
    four.do(suppose("budget", "limited", "all"))
    assert [line.partition(":")[0] for line in four.said.splitlines()[1:3]] == ["2. " + FOUR[1], "3, 4"]
    four.do(edit(What.PARK, "3")).do(suppose("budget", "limited", "all"))
    assert four.said.count("it would") == 3
    assert "3" not in four.said
    assert four.said.count("Nothing is changed.") == 1
    assert "Shall I" not in four.said
    assert four.conversation.focus.offers == ()
    assert "Shall I" in four.do(suppose("budget", "limited", "2")).said


def test_other_answers_supposed_of_each_idea_leave_all_as_it_is_in_one_sentence(four: Talk) -> None:
    four.do(suppose("data", "no", "1"), suppose("budget", "limited", "2"))
    assert four.said.count("it would") == 2
    assert four.said.count("Nothing is changed.") == 1
    assert four.said.endswith("Nothing is changed.")
    assert four.conversation.focus.offers == ()
