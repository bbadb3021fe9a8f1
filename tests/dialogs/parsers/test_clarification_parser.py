"""Requests to explain the open question are told from answers to it and from questions about the subject."""

import pytest

from dialogs.advisor import Advisor
from dialogs.intents import Clarification
from dialogs.parsers.intent_parser import parse_intent
from dialogs.replies.questions import QuestionCard, QuestionMeaning
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import PASSAGE, finished, fresh, meant
from tests.dialogs.stub_knowledge import Understanding, asked
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume, kinds
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("domain", "huh?"),
        ("domain", "sorry what?"),
        ("domain", "can you explain pls"),
        ("domain", "give me an example"),
        ("domain", "idk what domain means"),
        ("domain", "what do you mean by specialised?"),
        ("domain", "define specialised"),
        ("domain", "specialised how"),
        ("domain", "general as in not posh words or general as in covers everything"),
        ("domain", "u mean the subject of the mails?"),
        ("volume", "what counts as many?"),
        ("volume", "per day??"),
        ("volume", "requests?"),
        ("data", "pairs of wot"),
        ("data", "im not following"),
        ("data", "what is a pair here, one mail or one customer"),
        ("consistency", "idk what predictable means"),
    ],
)
def test_who_asks_back_gets_the_meaning(advisor: Advisor, question: str, text: str) -> None:
    assert meant(advisor, asked(advisor, question), text) == "Clarification"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("domain", "no idea"),
        ("domain", "what is fine-tuning"),
        ("domain", "what do you mean with fine-tuning"),
        ("domain", "what is the verdict"),
        ("volume", "what is specialised"),
        ("volume", "dont understand why they want thirty of these every single week of it"),
        ("volume", "lora?"),
        ("data", "what is a zebra here, one mail or one customer"),
    ],
)
def test_what_is_about_something_else_is_no_clarification(advisor: Advisor, question: str, text: str) -> None:
    assert meant(advisor, asked(advisor, question), text) != "Clarification"


@pytest.mark.parametrize(
    ("outcome", "meaning"),
    [
        (MatchOutcome.UNKNOWN, "Clarification"),
        (MatchOutcome.OFFER, "SubjectQuestion"),
        (MatchOutcome.ANSWER, "SubjectQuestion"),
    ],
)
def test_a_question_with_a_word_of_the_open_one_is_about_it_where_nothing_else_is_near(
    advisor: Advisor, outcome: MatchOutcome, meaning: str
) -> None:
    text = "does a typo matter for specialised letters?"
    meanings = Understanding(passages={text: Match(outcome, (PASSAGE,), 0.3)})
    assert meant(advisor, asked(advisor, "domain"), text, meanings) == meaning


def test_one_word_is_about_the_open_question_unless_it_is_answered(advisor: Advisor) -> None:
    def means(outcome: MatchOutcome) -> str:
        meanings = Understanding(passages={"requests?": Match(outcome, (PASSAGE,), 0.5)})
        return meant(advisor, asked(advisor, "volume"), "requests?", meanings)

    assert [means(outcome) for outcome in (MatchOutcome.OFFER, MatchOutcome.ANSWER)] == [
        "Clarification",
        "SubjectQuestion",
    ]


ANSWERS = {
    "volume": ("few, as in 20 a day", "i mean few", "it means few", "we dont get many", "we dont get many requests"),
    "budget": (
        "that means limited",
        "i mean limited",
        "limited, as in we have to ask for every euro",
        "we dont get a budget for this",
        "limited i guess?",
        "limited, right?",
    ),
    "domain": ("means everyday business", "specialised as in medical", "its technical, outsiders dont understand it"),
    "data": ("we have pairs, as in mail and reply", "not even an example", "we have 400 pairs, is that what you mean"),
    "consistency": ("may vary a little, i mean", "it means it must be the same", "the same, as in word for word"),
}


@pytest.mark.parametrize(
    ("question", "text"), [(question, text) for question, said in ANSWERS.items() for text in said]
)
def test_an_answer_stays_one_whatever_words_it_shares_with_asking_back(question: str, text: str) -> None:
    advisor = shipped()
    assert not isinstance(parse_intent(advisor, asked(advisor, question), text), Clarification)


def test_nothing_is_asked_back_where_nothing_is_open(advisor: Advisor) -> None:
    assert "Clarification" not in [meant(advisor, where(advisor), "what is a domain") for where in (fresh, finished)]


def test_the_question_stays_open_below_its_meaning(talk: Talk) -> None:
    at_volume(talk).say("what counts as many?")
    assert kinds(talk) == [QuestionMeaning, QuestionCard]
    assert (talk.open, talk.conversation.chosen, talk.conversation.missed) == ("volume", {"data": "yes"}, 0)
