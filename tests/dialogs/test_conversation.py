"""The stored record: size, pack changes, and the buttons' ids."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import (
    REMEMBERED_IDS,
    SCHEMA,
    AnswerMethod,
    Conversation,
    Proposal,
    Tour,
    hashed,
    migrate,
    read_mark,
    shown_readings,
)
from dialogs.flows.replay import open_question, previous_question
from dialogs.ideas.collected_ideas import CollectedIdea, CollectedIdeas
from dialogs.message import ARGUMENTS, Action, Verb, action_from_data, number_in, parse_action
from dialogs.replies.notices import Notice
from tests.dialogs.stored import answer
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import Talk


@pytest.mark.parametrize("verb", list(Verb))
def test_every_button_survives_both_ways_of_carrying_it(verb: Verb) -> None:
    action = Action(verb, tuple(f"{part}-1" for part in ARGUMENTS.get(verb, ())))
    assert parse_action(action.id) == action
    assert action_from_data(verb.value, action.data) == action


@pytest.mark.parametrize("text", ["", ":", "answer", "answer:data", "answer:data:", "answer:a:b:c", "dance", "back:x"])
def test_unknown_buttons_are_none(text: str) -> None:
    assert parse_action(text) is None


def test_unknown_data_is_none() -> None:
    assert action_from_data(None, {}) is None
    assert action_from_data("answer", {"question": "data", "option": 3}) is None


def test_a_finished_conversation_is_small(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?")
    for question in talk.advisor.pack.questions:
        talk.press(f"answer:{question.id}:unsure", who="U0123456789")
    sizes = []
    for _ in range(2 * REMEMBERED_IDS):
        talk.say("How much does fine-tuning cost?", who="U0123456789")
        document = talk.conversation.replace(revision=0).to_json()
        sizes.append(len(document.encode()))
    assert set(sizes[REMEMBERED_IDS:]) == {sizes[-1]}, "once so many are remembered, nothing but the revision grows"
    assert sizes[-1] <= 2200, "with what the last five messages wrote, to be taken back"
    assert f'"schema":{SCHEMA}' in document


def test_answers_whose_ids_remain_are_kept_when_the_pack_changes(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?").press("answer:data:yes").press("answer:volume:low")
    older = talk.conversation
    gone = replace(older.answers["volume"], option="withdrawn")
    talk.conversation = older.replace(pack="0ld", answers={**older.answers, "volume": gone})
    moved, asks_again = migrate(talk.advisor.pack, talk.conversation)
    assert asks_again
    assert moved.chosen == {"data": "yes"}
    talk.say("help")
    assert talk.turn.card[0] == Notice("pack_changed")
    assert talk.open == "volume"


def test_a_new_version_that_keeps_all_answers_goes_unnoticed(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?").press("answer:data:yes")
    talk.conversation = talk.conversation.replace(pack="0ld")
    talk.press("answer:volume:low")
    assert Notice("pack_changed") not in talk.turn.card
    assert talk.conversation.pack == talk.advisor.pack.version


def test_an_unknown_field_of_a_later_version_is_ignored(talk: Talk) -> None:
    document = Conversation.fresh(talk.advisor.pack).to_json()
    assert Conversation.from_json(document[:-1] + ',"later":1}') == Conversation.fresh(talk.advisor.pack)


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("123456", 123_456), ("1234567", 0), ("", 0), ("x", 0), ("-1", 0), ("٣", 0)]
)
def test_numbers_are_short_and_plain(text: str, number: int) -> None:
    assert number_in(text) == number


def test_ids_are_remembered_up_to_a_limit(talk: Talk) -> None:
    for number in range(33):
        talk.say("hello", message_id=f"id{number}")
    assert not talk.conversation.has_seen("id0")
    assert talk.conversation.has_seen("id1")
    assert talk.conversation.has_seen("id32")
    assert len(hashed("x")) == 8


def test_who_takes_part_and_whether_it_is_shared(advisor: Advisor) -> None:
    alone = asked(advisor, "volume", data="yes")
    assert not alone.shared
    assert alone.participants == {"ana"}
    assert alone.replace(people=("ana", "ben")).shared
    by_ben = alone.replace(answers={"data": answer(by="ben")})
    assert by_ben.shared
    assert alone.replace(people=()).shared is False
    more = by_ben.replace(tour=Tour(by="eve"), idea_by="joe")
    assert more.participants == {"ana", "ben", "eve", "joe"}
    assert more.replace(idea="").participants == {"ana", "ben", "eve"}
    assert (alone.author("ana"), alone.author("ben")) == ("", "ben")


def test_what_a_person_leaves_behind(advisor: Advisor) -> None:
    read = answer(how=AnswerMethod.READ, evidence="labelled", by="ben")
    both = Conversation.fresh(advisor.pack).replace(
        revision=4,
        started=True,
        concluded=True,
        people=("ana", "ben"),
        idea="we have labelled tickets",
        answers={"data": read, "volume": answer("low", by="ben"), "budget": answer("limited")},
        confirm=Proposal(question="data", option="no"),
        spoke=hashed("ana"),
        flow="board",
        tour=Tour(by="ben"),
    )
    left = both.without_person("ana")
    assert (left.revision, left.people, left.idea) == (5, ("ben",), "")
    assert left.chosen == {"volume": "low"}, "what was read out of a description goes with it"
    assert (left.concluded, left.confirm, left.spoke, left.flow) == (False, None, "", "board")
    other = both.without_person("ben")
    assert (other.chosen, other.idea, other.spoke) == ({"budget": "limited"}, both.idea, hashed("ana"))
    assert (other.tour, other.flow) == (None, "")
    stranger = both.without_person("eve")
    assert (stranger.chosen, stranger.concluded, stranger.tour) == (both.chosen, True, both.tour)
    by_eve = both.replace(idea_by="eve").without_person("ana")
    assert by_eve.idea == both.idea


def test_which_question_is_open_and_which_is_before_it(advisor: Advisor) -> None:
    pack = advisor.pack

    def open_and_before(conversation: Conversation) -> tuple[str | None, str | None]:
        found = open_question(pack, conversation), previous_question(pack, conversation)
        return tuple(question and question.id for question in found)  # type: ignore[return-value]

    begun = asked(advisor, "data").replace(revisit=None)
    assert open_and_before(begun) == ("data", None)
    assert open_and_before(begun.replace(answers={"data": answer()})) == ("volume", "data")
    assert open_and_before(begun.replace(started=False))[0] is None
    assert open_and_before(begun.replace(concluded=True)) == (None, "consistency")
    assert open_and_before(begun.replace(concluded=True, revisit="budget")) == ("budget", "domain")
    proposal = Proposal(question="domain", option="general")
    assert open_and_before(begun.replace(confirm=proposal)) == ("domain", "volume")
    assert open_and_before(begun.replace(confirm=proposal, concluded=True))[0] is None
    answered = begun.replace(confirm=proposal, answers={"domain": answer("general")})
    assert open_and_before(answered) == ("data", None)


def test_what_a_new_version_of_the_pack_keeps(advisor: Advisor) -> None:
    old = asked(advisor, "data", volume="low", budget="gone").replace(
        pack="0ld", confirm=Proposal(question="domain", option="gone")
    )
    moved, asks_again = migrate(advisor.pack, old)
    assert (moved.chosen, moved.revisit, moved.confirm, asks_again) == ({"volume": "low"}, "data", None, True)
    assert moved.pack == advisor.pack.version
    gone = old.replace(revisit="gone", confirm=Proposal(question="domain", option="general"))
    moved, _ = migrate(advisor.pack, gone)
    assert (moved.revisit, moved.confirm) == (None, gone.confirm)
    assert migrate(advisor.pack, old.replace(pack=""))[1] is False
    assert migrate(advisor.pack, moved) == (moved, False)


def test_what_the_live_card_shows_as_read(advisor: Advisor) -> None:
    shown = asked(advisor, "data").replace(shown=("x", read_mark("volume"), read_mark("budget")))
    assert shown_readings(shown) == ("volume", "budget")


def test_what_others_may_have_given_goes_with_them_and_ids_of_another_pack_are_dropped(advisor: Advisor) -> None:
    told = Conversation.fresh(advisor.pack).replace(
        people=("ana", "ben"),
        idea="a bot",
        heading="Ben's desk",
        pack="older",
        answered=("gone",),
        offered=("gone",),
        intake=CollectedIdeas((CollectedIdea("mails", "ana"),), ("Ben's column",)),
    )
    left = told.without_person("ben")
    assert (left.heading, left.intake.header) == ("", ())
    moved, _ = migrate(advisor.pack, told)
    assert (moved.answered, moved.offered) == ((), ())
