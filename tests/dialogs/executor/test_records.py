"""Who set what and when, and what is stored about somebody; the list in any order."""

import csv
import io
import json

import pytest

from dialogs.commands.command import Command, Kind, What
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Board, Idea
from tests.dialogs.executor.lines import ALL_FIVE, UNDO, all_five, chat, edit, idea, ideas, note, set_, show
from tests.dialogs.talk import NOON, Talk

DAY = 24 * 60 * 60
"""The first day of these talks is Wednesday, 18 November 2026."""


def forget(value: str = "", *about: str) -> Command:
    return Command(Kind.FORGET, ideas=about, value=value)


def listed_at(talk: Talk, number: int) -> Idea:
    return board_of(talk.conversation).find(number)


@pytest.fixture
def listed(talk: Talk) -> Talk:
    talk.do(ideas("a bot for tickets", "summaries of reports", "slogans for shops"))
    talk.do(*all_five("1"), set_("data", "no", "2"), who="ana")
    talk.do(note("legal must agree", "1"), set_("budget", "flexible", "2"), who="ben")
    return talk


def order(talk: Talk) -> list[int]:
    return [row.number for row in talk.turn.card[-1].rows]


def test_a_status_says_who_set_it_and_when_on_the_card_and_in_every_export(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "1", value="approved"), who="ben").do(show(What.RESULT, "1"))
    assert "Status: approved (ben, 18 Nov 2026)" in listed.card
    listed.do(Command(Kind.WRITE, What.CSV))
    rows = list(csv.DictReader(io.StringIO(listed.below.partition("\n")[2])))
    told = [(row["status"], row["status_by"], row["status_on"]) for row in rows[:2]]
    assert told == [("approved", "ben", "2026-11-18"), ("", "", "")]
    listed.do(Command(Kind.WRITE, What.JSON, ideas=("all",)))
    first = json.loads(listed.below.partition("\n")[2])[0]
    assert (first["status"], first["status_by"], first["status_on"]) == ("approved", "ben", "2026-11-18")
    listed.do(Command(Kind.WRITE, What.TABLE, ideas=("all",)))
    assert "| Status | approved (ben, 18 Nov 2026) | – | – |" in listed.below
    listed.do(edit(What.STATUS, "1", value="open")).do(Command(Kind.WRITE, What.JSON, ideas=("1",)))
    assert '"status": null, "status_by": null, "status_on": null' in listed.below


def test_a_status_is_kept_with_who_set_it_where_copies_meet() -> None:
    one = Idea(number=1, id="i", title="a", by="ana", at=NOON)
    approved = one.replace(stage=one.stage._replace(status="approved", at=NOON + 5, by="ben")).in_order(one, 2)
    live = one.replace(stage=one.stage._replace(status="live", at=NOON + 9, by="eve")).in_order(one, 3)
    assert approved.merged(live) == live.merged(approved) == live
    assert Idea.model_validate_json(live.model_dump_json()) == live
    gone = live.without_person("eve")
    assert (gone.status, gone.people) == ("live", {"ana"})


def test_merged_ideas_have_all_answers_notes_and_words_and_say_where_they_differ(listed: Talk) -> None:
    listed.do(note("a prompt is live", "2"), edit(What.STATUS, "2", value="live")).do(set_("domain", "unsure", "3"))
    listed.do(set_("domain", "general", "2"), edit(What.MERGE, "3", "2", "1"))
    merged = listed_at(listed, 3)
    given = {"domain": "general", "data": "no", "budget": "flexible", "volume": "high", "consistency": "predictable"}
    assert merged.chosen == given
    assert [one.number for one in board_of(listed.conversation).shown] == [3]
    kept = [(n.text, n.by) for n in merged.kept_notes]
    assert {("summaries of reports", "ana"), ("a prompt is live", "ana"), ("legal must agree", "ben")} <= {*kept}
    assert merged.status == "live"
    assert "Training data stays no, or only a handful; 1 had yes, hundreds or more." in listed.said
    assert "Domain stays general; 1 had specialised." in listed.said
    assert "Volume" not in listed.said


def test_a_conflict_of_statuses_is_said(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "1", value="approved"), edit(What.STATUS, "2", value="dropped"))
    listed.do(edit(What.MERGE, "1", "2"))
    assert "Status stays approved; 2 had dropped." in listed.said


def test_merged_taken_apart_and_merged_again_loses_nothing(listed: Talk) -> None:
    """What undo left open does not count more than what is merged again."""
    merged = []
    for _ in range(2):
        before = board_of(listed.conversation)
        listed.do(edit(What.MERGE, "2", "1"))
        merged.append(listed_at(listed, 2).chosen)
        stored = before.put(*(idea.merged(listed_at(listed, 2)) for idea in before.ideas if idea.number == 2))
        assert "legal must agree" in [n.text for n in (stored.find(2) or listed_at(listed, 2)).kept_notes]
        listed.do(UNDO)
        assert "legal must agree" not in [n.text for n in listed_at(listed, 2).kept_notes]
    assert merged[0] == merged[1] != {}


def test_what_is_said_beside_a_copy_is_about_the_copy(listed: Talk) -> None:
    listed.do(show(What.RESULT, "1")).do(edit(What.COPY, "1", value="variant B"), set_("budget", "flexible"))
    assert listed_at(listed, 1).chosen["budget"] == "limited"
    assert listed_at(listed, 4).chosen == {**listed_at(listed, 1).chosen, "budget": "flexible"}
    listed.do(note("nightly batch"))
    assert [n.text for n in listed_at(listed, 4).kept_notes] == ["legal must agree", "nightly batch"]
    listed.do(edit(What.STATUS, "1", value="live")).do(edit(What.COPY, "1"))
    assert (listed_at(listed, 5).title, listed_at(listed, 5).status) == ("a bot for tickets (copy)", "")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("since=2026-11-20", True),
        ("since=yesterday", True),
        ("filter=since friday", True),
        ("since=2 days", True),
        ("since=today", False),
        ("since=2026-11-22", False),
    ],
)
def test_what_changed_since_a_day_is_told_by_day_and_person(listed: Talk, said: str, told: bool) -> None:
    listed.clock = NOON + 2 * DAY
    listed.do(edit(What.RENAME, "3", value="Slogans"), edit(What.STATUS, "2", value="piloting"), who="ben")
    listed.clock = NOON + 3 * DAY
    listed.do(show(What.SINCE, value=said))
    assert ("20 Nov 2026 · 2. summaries of reports: being piloted (ben)" in listed.said) is told
    assert ("20 Nov 2026 · 3. Slogans: called “Slogans”" in listed.said) is told
    assert "tickets" not in listed.said
    assert ("Not kept" if told else "Nothing that stands now was set since then") in listed.said


def test_without_a_day_all_is_told_and_a_day_that_is_none_is_said(listed: Talk) -> None:
    listed.do(show(What.SINCE, value="since=the last round"))
    assert "I could not tell which day “the last round” is" in listed.said
    assert "18 Nov 2026 · 1. a bot for tickets: note “legal must agree” (ben)" in listed.said
    assert "(you)" in listed.said


def test_what_was_removed_or_merged_is_told_by_its_number(listed: Talk) -> None:
    listed.do(edit(What.REMOVE, "3")).do(edit(What.MERGE, "1", "2")).do(show(What.SINCE))
    assert "removed" in listed.said
    assert "merged into 1" in listed.said


def test_who_set_what_is_told_idea_by_idea(listed: Talk) -> None:
    listed.do(show(What.HISTORY, "2"))
    assert listed.said.splitlines()[:2] == [
        "18 Nov 2026 · 2. summaries of reports: added; Training data: no, or only a handful (you)",
        "18 Nov 2026 · 2. summaries of reports: Budget: flexible (ben)",
    ]
    assert "tickets" not in listed.said


def test_the_history_of_an_idea_of_ones_own(talk: Talk) -> None:
    talk.do(idea("letters"), *ALL_FIVE[:2]).do(show(What.HISTORY))
    assert "18 Nov 2026 · letters: Training data: yes, hundreds or more; Volume" in talk.said


def test_what_to_begin_with_has_reasons_and_leaves_out_what_is_begun(listed: Talk) -> None:
    listed.do(show(What.NEXT))
    assert "Begin with 2. summaries of reports. Prompt engineering · strong: Training data: no." in listed.said
    assert "What an idea is worth or risks is for you to weigh" in listed.said
    assert (
        "Then, in this order: 1. a bot for tickets (Hybrid · moderate: Training data: yes; Volume and speed: high)."
        in listed.said
    )
    assert "Not enough said yet: 3. slogans for shops." in listed.said
    listed.do(edit(What.STATUS, "1", value="approved")).do(show(What.NEXT))
    assert "Begin with 1. a bot for tickets (approved)." in listed.said
    listed.do(edit(What.STATUS, "1", value="live"), edit(What.PARK, "2")).do(show(What.NEXT))
    assert "Begun already: 1. a bot for tickets (live)." in listed.said
    assert "Not enough said yet: 3. slogans for shops." in listed.said
    assert "None has a verdict yet." not in listed.said


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("number", [1, 2, 3]),
        ("-number", [3, 2, 1]),
        ("title", [1, 3, 2]),
        ("status", [3, 1, 2]),
        ("missing", [1, 2, 3]),
        ("changed", [3, 1, 2]),
        ("verdict", [1, 2, 3]),
        ("ready to start", [2, 1, 3]),
        ("", [2, 1, 3]),
    ],
)
def test_the_list_in_an_order(listed: Talk, sort: str, numbers: list[int]) -> None:
    listed.do(edit(What.STATUS, "3", value="approved")).do(show(What.IDEAS, value=f"sort={sort}"))
    assert order(listed) == numbers
    assert ("In this order" in listed.card) is bool(sort)


def numbers_in(text: str) -> list[int]:
    """The numbers that begin the lines of a text."""
    return [int(line[0]) for line in text.splitlines() if line[:1].isdigit()]


def test_an_own_order_stays_in_lists_and_texts_until_it_is_taken_back(listed: Talk) -> None:
    listed.do(show(What.IDEAS, value="sort=3"))
    assert order(listed) == [3, 2, 1]
    assert "In this order: yours, first 3; “undo” takes it back." in listed.card
    listed.do(show(What.IDEAS, value="sort=1, 9")).do(chat(What.THANKS)).do(show(What.IDEAS))
    assert order(listed) == [1, 3, 2]
    for what in (What.CSV, What.SUMMARY):
        listed.do(Command(Kind.WRITE, what, ideas=("all",)))
        assert numbers_in(listed.said) == [1, 3, 2]
    assert "Begin with: 2. " in listed.said
    listed.do(ideas("stamps")).do(show(What.IDEAS, value="filter=mine"))
    assert order(listed)[:2] == [1, 3]
    for _ in range(2):
        listed.do(UNDO)
    assert order(listed.do(show(What.IDEAS))) == [3, 2, 1]
    assert order(listed.do(UNDO).do(show(What.IDEAS))) == [2, 1, 3]


def test_another_order_takes_the_place_of_an_own_one(listed: Talk) -> None:
    listed.do(show(What.IDEAS, value="sort=3")).do(show(What.IDEAS, value="sort=number"))
    assert order(listed) == [1, 2, 3]
    assert order(listed.do(show(What.IDEAS))) == [2, 1, 3]
    assert order(listed.do(UNDO).do(show(What.IDEAS))) == [3, 2, 1]


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ("being piloted", [3]),
        ("piloting", [3]),
        ("not a language-model task", [2]),
        ("ben", [4]),
        ("mine", [1, 3]),
        ("since today", [4]),
        ("undecided", [3, 4]),
    ],
)
def test_the_list_filtered_by_status_owner_and_day(listed: Talk, given: str, numbers: list[int]) -> None:
    listed.do(edit(What.STATUS, "3", value="piloting"), edit(What.STATUS, "2", value="not_a_fit"))
    listed.clock = NOON + DAY
    listed.do(ideas("stamps"), who="ben").do(show(What.IDEAS, value=f"filter={given}; sort=number"))
    assert order(listed) == numbers


def test_what_it_cannot_filter_or_sort_by_is_said_with_what_it_can(listed: Talk) -> None:
    listed.do(show(What.IDEAS, value="filter=blue; sort=colour"))
    assert "I can’t filter by “blue”" in listed.said
    assert "I can’t sort by “colour”" in listed.said
    assert order(listed) == [2, 1, 3]


def test_a_status_that_is_denied_filters_nothing(listed: Talk) -> None:
    listed.do(edit(What.PARK, "2"))
    assert "1. a bot for tickets" in listed.do(show(What.IDEAS, value="filter=not parked")).said
    assert "1. a bot for tickets" not in listed.do(show(What.IDEAS, value="filter=parked")).said


def test_what_is_stored_about_somebody_on_the_list_and_nobody_elses(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "3", value="live"), who="ben").do(show(What.ME), who="ben")
    assert listed.said.splitlines()[1:4] == [
        "1. Note “legal must agree” (1. a bot for tickets)",
        "2. Budget: flexible (2. summaries of reports)",
        "3. Status: live (3. slogans for shops)",
    ]
    assert "Nobody outside gets what you type." in listed.said
    assert "forget me" in listed.said
    listed.do(show(What.ME), who="ana")
    assert "1. Your idea (1. a bot for tickets): “a bot for tickets”" in listed.said
    assert "legal" not in listed.said
    listed.do(show(What.ME), who="eve")
    assert "I have nothing from you here" in listed.said


@pytest.mark.parametrize("by", [forget("1"), forget("legal agree"), forget("", "1")])
def test_a_note_is_deleted_by_number_and_by_name(listed: Talk, by: Command) -> None:
    listed.do(show(What.ME), who="ben").do(by, who="ben")
    assert not listed_at(listed, 1).kept_notes
    assert "legal" not in board_of(listed.conversation).model_dump_json(), "its words are gone"
    assert "Note deleted: “legal must agree”." in listed.said
    listed.do(show(What.ME), who="ben")
    assert "legal" not in listed.said


def test_each_part_is_deleted_by_a_button_as_well(listed: Talk) -> None:
    listed.do(show(What.ME), who="ben").press("offer:2", who="ana")
    assert listed_at(listed, 2).chosen["budget"] == "flexible", "the numbers were shown to ben"
    listed.do(show(What.ME), who="ben").press("offer:2", who="ben")
    assert listed_at(listed, 2).chosen == {"data": "no"}
    listed.do(UNDO, who="ben")
    assert listed_at(listed, 2).chosen == {"data": "no", "budget": "flexible"}


def test_nobody_deletes_by_these_names_what_somebody_else_gave(listed: Talk) -> None:
    listed.do(forget("legal must agree"), who="ana")
    assert "I have nothing from you here that is called" in listed.said
    assert listed_at(listed, 1).kept_notes


def test_an_idea_and_a_status_are_deleted_and_come_back(listed: Talk) -> None:
    listed.do(edit(What.STATUS, "2", value="live")).do(forget("", "3")).do(forget("live"))
    assert board_of(listed.conversation).find(3) is None
    assert listed_at(listed, 2).status == ""
    listed.do(UNDO).do(UNDO)
    assert (listed_at(listed, 2).status, listed_at(listed, 3).title) == ("live", "slogans for shops")


def test_what_is_stored_of_an_idea_of_ones_own(talk: Talk) -> None:
    talk.do(idea("letters to customers"), *ALL_FIVE[:1]).do(note("ask legal")).do(show(What.ME))
    assert "Your description: “letters to customers”" in talk.said
    assert "Note “ask legal”" in talk.said
    talk.do(forget("letters to customers"))
    assert not talk.conversation.idea


def test_an_idea_of_a_list_that_is_still_being_sent_is_taken_off(talk: Talk) -> None:
    talk.say("triage").say("a bot that sorts invoices").say("a bot that writes slogans")
    talk.do(show(What.ME)).do(forget("2"))
    assert [told.text for told in talk.conversation.intake.ideas] == ["a bot that sorts invoices"]


def test_a_note_of_an_idea_of_ones_own_is_gone_from_the_list_as_well(talk: Talk) -> None:
    talk.do(idea("letters"), *ALL_FIVE, note("ask legal", "own"))
    own = Idea(number=1, id="own", title="letters", by="ana", at=NOON, notes=talk.conversation.notes)
    talk.conversation = talk.conversation.replace(board=Board(ideas=(own,), next=2), own=1)
    talk.do(forget("ask legal"))
    assert own.merged(own.replace(notes=talk.conversation.notes)).kept_notes == ()
    talk.do(UNDO)
    assert [n.text for n in own.merged(own.replace(notes=talk.conversation.notes)).kept_notes] == ["ask legal"]
