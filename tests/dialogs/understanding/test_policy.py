"""Which parts of a line are taken for what, given how likely each kind is and what the readers find."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.commands.shortcuts import YES
from dialogs.conversation import Conversation, Proposal
from dialogs.executor.items import Item, Readings, Told, Unclear
from dialogs.understanding.policy import understand
from knowledge.interfaces import Match, MatchOutcome
from knowledge.typed_answers.weights import Weights
from tests.dialogs.flows.board_states import states
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure, understanding
from tests.dialogs.talk import Talk

WHY = Command(Kind.EXPLAIN, What.VERDICT)
ANSWERS = {"set": 0.9, "ask": 0.1}
LOW = sure("volume", "low")


def finished(advisor: Advisor) -> Conversation:
    return asked(advisor, None, data="yes", volume="low", domain="general", budget="limited", consistency="tolerant")


def at_volume(advisor: Advisor) -> Conversation:
    return asked(advisor, "volume", data="yes")


def meant(
    advisor: Advisor, conversation: Conversation, text: str, meanings: Understanding, share: float = 1.0
) -> tuple[Item, ...]:
    """What a text is understood as; each answer that a reader finds has a probability near `share`."""
    ranked = Weights({"any": 0.0, "whole any": 16 * share - 8}, 0.0)
    knowledge = replace(understanding(advisor, meanings).knowledge, candidates=ranked)
    return understand(Advisor.build(knowledge, catalogue.load()), conversation, text).items


def answers(items: tuple[Item, ...]) -> Mapping[str, str]:
    return {each.question: each.option for each in items if isinstance(each, Command) and each.command is Kind.SET}


def test_a_look_that_is_likely_is_taken(advisor: Advisor) -> None:
    likely = {"explain.verdict": 0.9, "set": 0.1}
    assert meant(advisor, finished(advisor), "so be it", Understanding(kinds={"so be it": likely})) == (WHY,)


def test_each_sentence_gets_its_own(advisor: Advisor) -> None:
    said, asks = "xyz it is.", "what is aaa?"
    found = Match(MatchOutcome.ANSWER, (advisor.pack.passages[0].id,), 0.9)
    meanings = Understanding({said: (LOW,)}, passages={asks: found}, kinds={said: ANSWERS, asks: {"ask": 1.0}})
    items = meant(advisor, at_volume(advisor), f"{said} {asks}", meanings)
    assert answers(items[:1]) == {"volume": "low"}
    assert items[1:] == (Told(Command(Kind.ASK, value=asks), surely=True),)


def test_clauses_are_apart_where_each_surely_asks_for_something_else(advisor: Advisor) -> None:
    kinds = {
        "aaa, then bbb": {"go.undo": 0.5, "show.ideas": 0.5},
        "aaa": {"go.undo": 0.9},
        "then bbb": {"show.ideas": 0.9},
    }
    found = meant(advisor, finished(advisor), "aaa, then bbb", Understanding(kinds=kinds))
    assert found == (Command(Kind.GO, What.UNDO), Command(Kind.SHOW, What.IDEAS))


@pytest.mark.parametrize(("likely", "share", "taken"), [(0.9, 1.0, True), (0.9, 0.0, False), (0.01, 1.0, False)])
def test_an_answer_is_taken_where_the_part_gives_one_and_the_reading_is_sure(
    advisor: Advisor, likely: float, share: float, taken: bool
) -> None:
    meanings = Understanding({"xyz": (sure("volume", "high"),)}, kinds={"xyz": {"set": likely}})
    assert bool(answers(meant(advisor, finished(advisor), "xyz", meanings, share))) is taken


def test_what_the_reader_is_sure_of_answers_the_open_question(advisor: Advisor) -> None:
    meanings = Understanding({"xyz": (LOW,)}, kinds={"xyz": ANSWERS})
    assert answers(meant(advisor, at_volume(advisor), "xyz", meanings, 0.0)) == {"volume": "low"}


def test_an_answer_that_is_half_sure_is_asked_back(advisor: Advisor) -> None:
    meanings = Understanding({"xyz": (maybe("volume", "low"),)}, kinds={"xyz": ANSWERS})
    (found,) = meant(advisor, at_volume(advisor), "xyz", meanings, 0.5)
    assert found == Readings((Command(Kind.SET, question="volume", option="low", quote="xyz"),), asked=True)


def test_an_idea_begins_where_that_is_likely_and_is_offered_where_it_may_be(advisor: Advisor) -> None:
    text = "we want something for the mail of our customers"
    for likely, expected in ((0.7, Told), (0.4, Readings)):
        meanings = Understanding(projects={text: 0.99}, kinds={text: {"idea": likely}})
        (found,) = meant(advisor, finished(advisor), text, meanings)
        assert isinstance(found, expected)


def test_where_nothing_is_likely_the_open_question_is_asked_again(advisor: Advisor) -> None:
    (found,) = meant(advisor, at_volume(advisor), "xyz", Understanding(kinds={"xyz": {"idea": 0.05}}))
    assert isinstance(found, Unclear)
    assert found.missed


def test_the_words_of_the_open_question_come_before_what_is_likely(advisor: Advisor) -> None:
    found = meant(advisor, at_volume(advisor), "1", Understanding(kinds={"1": {"show.ideas": 1.0}}))
    assert len(answers(found)) == len(found) == 1


def test_what_was_just_proposed_is_understood_first(advisor: Advisor) -> None:
    proposed = at_volume(advisor).replace(confirm=Proposal("volume", "low"))
    assert meant(advisor, proposed, "yes", Understanding(kinds={"yes": {"chat.thanks": 1.0}})) == YES


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("how sure are you about that?", Command(Kind.EXPLAIN, What.STRENGTH)),
        ("budget is flexible", Command(Kind.SET, question="budget", option="flexible")),
    ],
)
def test_plain_lines_are_understood_by_words_alone(talk: Talk, text: str, command: Command) -> None:
    assert not talk.advisor.knowledge.by_meaning
    talk.conversation = finished(talk.advisor)
    (done,) = talk.say(text).turn.did
    assert (done.command, done.what) == (command.command, command.what)
    assert (done.question, done.option) == ((command.question, command.option) if command.question else (NONE, NONE))


def test_an_answer_is_not_changed_in_passing(advisor: Advisor) -> None:
    said = Understanding({"xyz": (LOW, sure("domain", "specialised"))}, kinds={"xyz": ANSWERS})
    items = meant(advisor, asked(advisor, "volume", data="yes", domain="general"), "xyz", said)
    assert answers(items) == {"volume": "low"}


def test_what_is_unclear_is_offered_whatever_it_may_be(advisor: Advisor) -> None:
    """The likeliest first; a kind that says nothing on a button is left out."""
    likely = {"explain.rules": 0.4, "show.would_change": 0.3, "chat.joke": 0.2}
    (offered,) = meant(advisor, finished(advisor), "so be it", Understanding(kinds={"so be it": likely}))
    assert offered == Readings((Command(Kind.EXPLAIN, What.RULES), Command(Kind.SHOW, What.WOULD_CHANGE)))


def test_a_removal_is_offered_only_of_an_idea(advisor: Advisor) -> None:
    likely = {"edit.remove": 0.4, "explain.rules": 0.35}
    (offered,) = meant(advisor, states(advisor)["list"], "so be it", Understanding(kinds={"so be it": likely}))
    assert offered == Readings((Command(Kind.EXPLAIN, What.RULES),))


def test_a_question_beside_another_wish_gets_the_likeliest_look(advisor: Advisor) -> None:
    said, asks = "xyz it is.", "and aaa?"
    meanings = Understanding({said: (LOW,)}, kinds={said: ANSWERS, asks: {"explain.rules": 0.4, "set": 0.1}})
    items = meant(advisor, at_volume(advisor), f"{said} {asks}", meanings)
    assert items[1:] == (Command(Kind.EXPLAIN, What.RULES),)


def test_a_wish_inside_a_sentence_that_surely_asks_for_another_is_heard(advisor: Advisor) -> None:
    text = "show me that, and thats fine"
    meanings = Understanding(
        kinds={
            text: {"show.result": 0.9},
            "show me that": {"show.result": 0.9},
            "and thats fine": {"explain.strength": 0.85},
        }
    )
    items = meant(advisor, finished(advisor), text, meanings)
    assert items == (Command(Kind.SHOW, What.RESULT), Command(Kind.EXPLAIN, What.STRENGTH))


def test_a_likely_answer_is_asked_back_beside_one_that_is_taken(advisor: Advisor) -> None:
    said = "xyz and www"
    meanings = Understanding({said: (LOW, maybe("domain", "general"))}, kinds={said: ANSWERS})
    ranked = Weights({"whole any": 0.5, "whole any sure": 3.0}, 0.0)
    knowledge = replace(understanding(advisor, meanings).knowledge, candidates=ranked)
    items = understand(Advisor.build(knowledge, catalogue.load()), at_volume(advisor), said).items
    assert answers(items) == {"volume": "low"}
    assert [type(each) for each in items] == [Command, Readings]


def test_a_single_word_changes_no_other_answer_than_the_one_that_is_asked_for(advisor: Advisor) -> None:
    meanings = Understanding({"xyz": (sure("data", "no"),)}, kinds={"xyz": ANSWERS})
    items = meant(advisor, at_volume(advisor), "xyz", meanings)
    assert answers(items) == {}
