"""Answers to a practice case in own words: doubt and a question mark leave them answers."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Tour
from dialogs.parsers.intent_parser import parse_intent
from knowledge.interfaces import Certainty, UnderstoodAnswer
from tests.dialogs.parsers.meanings import told
from tests.dialogs.parsers.test_lesson_talk import at_lesson
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import Talk
from tests.shipped import shipped


def meant(advisor: Advisor, text: str, answered: tuple[str, ...] = ()) -> str:
    before = at_lesson(advisor, len(advisor.pack.lessons) + 1)
    tour = before.tour or Tour(by="ana")
    case = advisor.pack.practice[0].scenario
    after = before.replace(tour=tour.replace(case=case, answers=dict.fromkeys(answered, "unsure")))
    return told(parse_intent(advisor, after, text))


@pytest.mark.parametrize(
    ("text", "answered", "option"),
    [
        ("ten old minutes, I do not think that is enough?", (), "no"),
        ("500 is plenty, isn't it?", (), "yes"),
        ("500 talks should be plenty, right?", (), "yes"),
        ("they wait in a chat so i guess within seconds?", ("data",), "high"),
        ("hmm it says nothing about money, does it?", ("data", "volume", "domain"), "unsure"),
        ("can vary i think?", ("data", "volume", "domain", "budget"), "tolerant"),
    ],
)
def test_doubt_leaves_it_an_answer(text: str, answered: tuple[str, ...], option: str) -> None:
    assert meant(shipped(), text, answered).split()[0] == option


@pytest.mark.parametrize("text", ["does a conversation count as an example?", "how much does fine-tuning cost?"])
def test_a_question_is_none(text: str) -> None:
    assert meant(shipped(), text) == "SubjectQuestion"


def test_what_is_only_guessed_is_no_answer(advisor: Advisor) -> None:
    guess = UnderstoodAnswer("data", "yes", Certainty.PROPOSE, "", 0.5)
    understood = understanding(advisor, Understanding(replies={"zzz qqq": (guess,)}))
    assert meant(understood, "zzz qqq?") == "SubjectQuestion"


def test_an_answer_to_another_question_of_the_case_is_told(talk: Talk) -> None:
    talk.say("learn")
    for _ in talk.advisor.pack.lessons:
        talk.say("skip")
    talk.say("practise").press("practice:data:yes").say("actually no, we have no examples")
    assert "Training data" in talk.below
