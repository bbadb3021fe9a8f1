"""What short typed answers to an open question mean: an option, or a question back, but never the opposite."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import HELLO, Ambiguous, Correction, GivenAnswer, LikelyAnswer
from dialogs.parsers.intent_parser import parse_intent
from dialogs.understanding.policy import understand
from tests.dialogs.talk import Talk
from tests.shipped import shipped

TAKEN = {
    (
        "data",
        "yes",
    ): "yes / we do / of course / definitely / plenty / yes, lots of tickets / yes around 2000 / tons of it",
    ("data", "no"): (
        "no / nope / not really / definitely not / absolutely not / of course not / certainly not / unfortunately not"
        " / nowhere near enough / far from enough / less than a hundred / fewer than a hundred / not even a few hundred"
        " / no we don't have enough / nope, we don't have enough / no, there isn't enough / I don't think so, no"
    ),
    ("volume", "high"): "high / very high / it must be instant / thousands a day / must be fast",
    ("volume", "low"): "low / no rush / not high, low / not that many / should be low / is low / few requests, no rush",
    ("domain", "specialised"): "legal / it's law / highly technical / we do medical reports",
    ("domain", "general"): "everyday business, not law / not special at all / not specialised / just office work",
    ("budget", "limited"): "limited, unfortunately / far from unlimited / not unlimited / is limited / pretty tight",
    ("budget", "flexible"): "not limited / money is no problem / no limit / flexible, long view",
    ("consistency", "predictable"): "should be the same / should be identical / they must not vary / must be identical",
    ("consistency", "tolerant"): "can vary a bit / may differ slightly / can be different / not critical",
}
ASKED = {
    "data": (
        "our vendor has thousands / we used to have thousands / we can't use the thousands we have"
        " / we have hundreds but they belong to a client / we have loads but the quality is poor"
        " / if we collect them we could have hundreds / my last company had thousands / no problem at all mate"
        " / yes and no"
    ),
    "volume": (
        "doesn't have to be fast / thousands of requests, no hurry / few requests but must be instant / not high"
        " / high volume, no time pressure / not low"
    ),
    "domain": "neither law nor medicine / not law or medicine / not general",
    "budget": "unlimited? no, limited / not small or big / cost is a concern",
    "consistency": "the same request sent twice may give different answers / it bothers us if they vary",
}


def _intent(advisor: Advisor, question: str, text: str) -> object:
    conversation = Conversation.fresh(advisor.pack).replace(started=True, revision=3, revisit=question)
    return parse_intent(advisor, conversation, text)


@pytest.mark.parametrize(
    ("question", "option", "text"),
    [(question, option, text) for (question, option), texts in TAKEN.items() for text in texts.split(" / ")],
)
def test_an_answer_is_taken_for_what_it_says(advisor: Advisor, question: str, option: str, text: str) -> None:
    intent = _intent(advisor, question, text)
    assert isinstance(intent, GivenAnswer), intent
    assert intent.option == option
    assert not intent.others


@pytest.mark.parametrize(
    ("question", "text"), [(question, text) for question, texts in ASKED.items() for text in texts.split(" / ")]
)
def test_what_denies_hedges_or_mixes_is_asked(advisor: Advisor, question: str, text: str) -> None:
    assert not isinstance(_intent(advisor, question, text), GivenAnswer | Correction)


@pytest.mark.parametrize("text", ["we have loads but the quality is poor", "our vendor has thousands"])
def test_a_hedged_answer_is_at_most_proposed(advisor: Advisor, text: str) -> None:
    assert isinstance(_intent(advisor, "data", text), LikelyAnswer | Ambiguous)


@pytest.mark.parametrize(
    "text", ["is it high", "does fine-tuning need lots of data", "is low?", "can we vary it", "the volume is high? "]
)
def test_a_question_stays_a_question(advisor: Advisor, text: str) -> None:
    assert not isinstance(_intent(advisor, "volume", text), GivenAnswer)


CHATTER = (
    "no problem / no worries / no thanks / no comment / no kidding / no rush / a lot of work / thanks lots / lol yes"
    " / lots of fun / yes mum"
)


@pytest.mark.parametrize("text", CHATTER.split(" / "))
def test_chatter_between_people_is_no_plain_answer(advisor: Advisor, text: str) -> None:
    intent = _intent(advisor, "data", text)
    assert not (isinstance(intent, GivenAnswer) and intent.plain), intent


@pytest.mark.parametrize("text", ["yes", "no, not yet", "yes, plenty", "we have thousands", "nope, none"])
def test_among_people_a_plain_answer_is_still_one(advisor: Advisor, text: str) -> None:
    intent = _intent(advisor, "data", text)
    assert isinstance(intent, GivenAnswer)
    assert intent.plain


@pytest.mark.parametrize(("text", "option"), [("the 2nd", "low"), ("second one i guess", "low"), ("first", "high")])
def test_a_place_in_the_list_is_an_answer(advisor: Advisor, text: str, option: str) -> None:
    intent = _intent(advisor, "volume", text)
    assert isinstance(intent, GivenAnswer)
    assert intent.option == option


@pytest.mark.parametrize("text", ["a second", "fifth", "within the second"])
def test_a_place_that_is_none_or_a_time_is_no_answer_by_itself(advisor: Advisor, text: str) -> None:
    intent = _intent(advisor, "volume", text)
    assert not (isinstance(intent, GivenAnswer) and intent.option == "low")


@pytest.mark.parametrize(
    "text",
    [
        "hi, my boss said try this.. what do u do exactly?",
        "hello, a colleague said I can drop our AI ideas here. what do you do?",
        "hi. what is this and why should I trust it over my own judgement",
    ],
)
def test_who_asks_first_what_this_is_gets_the_introduction(text: str) -> None:
    ((_, intent),) = understand(shipped(), Conversation.fresh(shipped().pack), text)
    assert intent == HELLO


def test_a_request_beside_the_list_begins_no_idea() -> None:
    advisor = shipped()
    talk = Talk(advisor).say("triage\nslogans for posters, we have no data\nletters to tenants, we have no data")
    ((_, intent),) = understand(advisor, talk.conversation, "give me something short i can forward to my boss")
    assert intent == (Command(Kind.WRITE, What.UNSPECIFIED, (ALL,)),)
