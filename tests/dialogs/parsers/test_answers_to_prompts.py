"""Answers to what is no question about one's own idea: a lesson's, a case's; and more than a yes or a no."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, Proposal, Tour
from dialogs.replies.lessons import LessonFeedback
from dialogs.replies.notices import Notice
from dialogs.replies.passages import PassageReply
from knowledge.interfaces import UnderstoodAnswer
from knowledge.typed_answers.word_parser import fold
from tests.dialogs.parsers.meanings import at_volume, meant
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure, understanding
from tests.dialogs.talk import Talk


def in_case(advisor: Advisor) -> Conversation:
    """A case is practised on, and its first question is open."""
    pack = advisor.pack
    done = {lesson.id: lesson.check.right.id for lesson in pack.lessons}
    order = tuple(done)
    tour = Tour(by="ana", order=order, first=done, case=pack.practice[0].scenario)
    return Conversation.fresh(pack).replace(flow="learn", tour=tour, people=("ana",))


@pytest.mark.parametrize(
    ("text", "states", "unsure", "meaning"),
    [
        ("yes", None, False, "yes plainly"),
        ("yes or no", None, False, "yes or no"),
        ("we have plenty of examples", None, False, "yes"),
        ("we have plenty of examples", None, True, "yes or no or unsure"),
        ("we have plenty of examples", "yes", False, "yes"),
        ("we have plenty of examples", "no", False, "yes or no"),
        ("zzz qqq", "no", False, "no"),
        ("yes", "no", True, "yes plainly"),
        ("is it plenty of those?", None, False, "SubjectQuestion"),
    ],
)
def test_what_answers_a_question_about_a_case(
    advisor: Advisor, text: str, states: str | None, unsure: bool, meaning: str
) -> None:
    meanings = Understanding(
        states={text: {"data": states}} if states else {}, unsure=frozenset({text} if unsure else ())
    )
    assert meant(advisor, in_case(advisor), text, meanings) == meaning


def test_a_case_is_corrected_by_what_is_stated_or_named(advisor: Advisor) -> None:
    state = in_case(advisor)
    assert state.tour is not None
    some = state.replace(tour=state.tour.replace(answers={"data": "yes", "volume": "high"}))
    meanings = Understanding(states={"actually aaa": {"data": "no", "volume": "high"}})
    assert meant(advisor, some, "actually aaa", meanings) == "changes data no"
    assert meant(advisor, some, "actually none") == "changes data no"
    assert not meant(advisor, some, "is it actually none?").startswith("changes")


def test_a_lesson_asks_again_where_two_of_its_answers_were_given(talk: Talk) -> None:
    talk.say("learn")
    first, second = (option.label for option in talk.advisor.pack.lessons[0].check.options[:2])
    before = talk.conversation.tour
    talk.say(f"{first} {second}")
    assert talk.conversation.tour == before


LOW, HIGH, CHEAP = sure("volume", "low"), sure("volume", "high"), sure("budget", "limited")


@pytest.mark.parametrize(
    ("text", "rest", "proposed", "meaning"),
    [
        ("yes, aaa", (HIGH,), "low", "low or high"),
        ("yes, aaa", (maybe("volume", "high"),), "low", "low plainly"),
        ("yes, aaa", (LOW,), "low", "low plainly"),
        ("yes, aaa", (HIGH,), "unsure", "high plainly"),
        ("yes, aaa", (HIGH, CHEAP), "unsure", "high plainly + budget limited"),
        ("yes, aaa", (CHEAP,), "low", "low plainly + budget limited"),
        ("yes, aaa", (maybe("budget", "limited"),), "low", "low plainly"),
        ("no, aaa", (HIGH,), "low", "high plainly"),
        ("no, aaa", (maybe("volume", "high"),), "low", "high plainly"),
        ("no, aaa", (LOW,), "low", "Rejection"),
        ("no, aaa", (), "low", "Rejection"),
        ("yes, aaa?", (HIGH,), "low", "SubjectQuestion"),
    ],
)
def test_what_follows_a_yes_or_a_no_says_what_is_meant(
    advisor: Advisor, text: str, rest: tuple[UnderstoodAnswer, ...], proposed: str, meaning: str
) -> None:
    state = at_volume(advisor).replace(confirm=Proposal(question="volume", option=proposed, evidence="some"))
    meanings = Understanding({("aaa", "volume"): rest, ("aaa?", "volume"): rest})
    assert meant(advisor, state, text, meanings) == meaning


@pytest.mark.parametrize(
    ("text", "whole", "meaning"),
    [
        ("no budget really", (CHEAP,), "changes budget limited"),
        ("no, budget really", (CHEAP,), "Rejection"),
        ("no budget really", (), "Rejection"),
        ("no budget really", (LOW,), "Rejection"),
        ("no it is aaa", (CHEAP,), "Rejection"),
    ],
)
def test_a_no_may_belong_to_what_follows(
    advisor: Advisor, text: str, whole: tuple[UnderstoodAnswer, ...], meaning: str
) -> None:
    state = at_volume(advisor).replace(confirm=Proposal(question="volume", option="low", evidence="some"))
    found = meant(advisor, state, text, Understanding({text: whole}))
    assert (found == "Rejection") is (meaning == "Rejection")


def test_two_answers_at_once_are_asked_about(advisor: Advisor) -> None:
    state = asked(advisor, "data", volume="low")
    assert meant(advisor, state, "yes or no") == "yes or no"
    both = Understanding({"yes or no": (maybe("data", "no"),)})
    assert meant(advisor, state, "yes or no", both) == "yes or no"
    assert meant(advisor, state, "yes or no", Understanding({"yes or no": (sure("data", "no"),)})) == "no"


def test_what_is_likely_beside_an_answer_is_asked(advisor: Advisor) -> None:
    meanings = Understanding({"aaa": (sure("data", "yes"), maybe("budget", "limited"), sure("domain", "general"))})
    state = asked(advisor, "data", volume="low")
    assert meant(advisor, state, "aaa", meanings) == "likely budget limited + data yes, domain general"
    known = asked(advisor, "data", volume="low", budget="flexible")
    assert meant(advisor, known, "aaa", meanings) == "yes + domain general"


def test_an_agreement_below_a_result_changes_nothing(advisor: Advisor) -> None:
    talk = Talk(understanding(advisor, Understanding()))
    talk.conversation = asked(
        advisor, None, data="yes", volume="low", domain="general", budget="limited", consistency="tolerant"
    )
    before = talk.conversation.answers
    talk.say("👍")
    assert talk.conversation.answers == before
    assert not talk.turn.card
    assert Notice("outdated") not in talk.turn.aside
    assert fold("👍") == ()


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("b", "nothing"),
        ("B)", "nothing"),
        ("option c i think", "layers"),
        ("the second one", "nothing"),
        ("i think its the first", "learned"),
        ("id go with the third", "layers"),
        ("probably the layres thing", "layers"),
        ("it changed, some of the layers did", "layers"),
        ("not the layers", None),
        ("layers or nothing", None),
        ("something else", None),
    ],
)
def test_a_lesson_takes_what_names_an_option_loosely(talk: Talk, text: str, chosen: str | None) -> None:
    talk.say("learn").say(text)
    assert talk.conversation.tour is not None
    assert talk.conversation.tour.first.get("prompts") == chosen


def test_a_question_beside_the_answer_to_a_lesson_comes_first(talk: Talk) -> None:
    talk.say("learn").say("b. how much does fine-tuning cost?")
    assert [type(reply) for reply in talk.turn.below] == [PassageReply]
    assert isinstance(talk.turn.card[0], LessonFeedback)
    assert talk.turn.card[-1] == replace(talk.turn.card[-1], number=2, brief=False)  # type: ignore[type-var]


@pytest.mark.parametrize("begin", ["learn", "start"])
def test_several_questions_are_answered_one_by_one(talk: Talk, begin: str) -> None:
    talk.say(begin).say("How much does fine-tuning cost? How much training data do we need?")
    shown = [reply.passage.id for reply in talk.replies if isinstance(reply, PassageReply)]
    assert shown == ["faq-cost", "faq-data"]
    assert len(talk.turn.card) == 1


def test_the_same_question_twice_is_answered_once(talk: Talk) -> None:
    talk.say("learn").say("How much does fine-tuning cost? What does fine-tuning cost?")
    assert len(talk.turn.below) == 1
