"""What a text means right after a question was answered, or after answers to it were offered."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import SubjectQuestion, Unknown
from dialogs.parsers.intent_parser import parse_intent
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import OUTSIDE, PACK, PASSAGE, asked, fresh, meant
from tests.dialogs.stub_knowledge import Understanding, understanding

SECOND = PACK.passages[1].id
OFFER, UNKNOWN = MatchOutcome.OFFER, MatchOutcome.UNKNOWN


def offered(advisor: Advisor, *ids: str, answered: tuple[str, ...] = ()) -> Conversation:
    return fresh(advisor).replace(offered=ids, answered=answered)


def found(advisor: Advisor, conversation: Conversation, text: str, **matches: Match) -> SubjectQuestion | Unknown:
    passages = {key.replace("_", " "): match for key, match in matches.items()} | {text: matches.get("it", NOTHING)}
    intent = parse_intent(understanding(advisor, Understanding(passages=passages)), conversation, text)
    assert isinstance(intent, SubjectQuestion | Unknown), intent
    return intent


NOTHING = Match(UNKNOWN, (), 0.0)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first one", 0),
        ("first", 0),
        ("the second pls", 1),
        ("ok show me the 2nd", 1),
        ("what about the first one u offered, put all documents", 0),
        ("can we go with the second question you suggested", 1),
        ("yes that one", 0),
        ("that is exactly my question", 0),
        ("yes please", 0),
    ],
)
def test_what_was_offered_is_chosen_by_words(advisor: Advisor, text: str, place: int) -> None:
    assert meant(advisor, offered(advisor, PASSAGE, SECOND), text) == f"[passage:{(PASSAGE, SECOND)[place]}]"


@pytest.mark.parametrize("text", ["the third one", "the first idea is about invoices", "the first and the second one"])
def test_what_names_no_offer_chooses_none(advisor: Advisor, text: str) -> None:
    assert not meant(advisor, offered(advisor, PASSAGE, SECOND), text).startswith("[passage")


def test_nothing_is_chosen_where_nothing_was_offered(advisor: Advisor) -> None:
    assert not meant(advisor, fresh(advisor), "the first one").startswith("[passage")


def test_a_yes_after_an_answer_chooses_nothing(advisor: Advisor) -> None:
    conversation = offered(advisor, SECOND, answered=(PASSAGE,))
    assert not meant(advisor, conversation, "yes").startswith("[passage")
    assert meant(advisor, conversation, "the first one") == f"[passage:{SECOND}]"


def test_an_open_question_has_its_own_first_option(advisor: Advisor) -> None:
    conversation = asked(advisor, "volume").replace(offered=(PASSAGE, SECOND))
    assert not meant(advisor, conversation, "the first one").startswith("[passage")
    assert not meant(advisor, conversation, "yes").startswith("[passage")
    assert meant(advisor, conversation, "the second one you offered") == f"[passage:{SECOND}]"


def test_what_is_likeliest_once_more_is_shown(advisor: Advisor) -> None:
    again = found(advisor, offered(advisor, PASSAGE, SECOND), "aaa bbb?", it=Match(UNKNOWN, (SECOND,), 0.1))
    assert again == SubjectQuestion(Match(OFFER, (SECOND,), 0.1, leads=True))
    far = found(advisor, offered(advisor, PASSAGE, SECOND), "aaa bbb?", it=Match(UNKNOWN, (SECOND,), 0.09))
    other = found(advisor, offered(advisor, PASSAGE, SECOND), "aaa bbb?", it=Match(OFFER, (OUTSIDE,), 0.5))
    assert (far.match.leads, other.match.leads) == (False, False)


def test_a_piece_of_a_question_goes_on_from_the_last_one(advisor: Advisor) -> None:
    conversation = offered(advisor, answered=(PASSAGE,))
    title = PACK.passage(PASSAGE).title
    for text in ("and per month?", "in euros?", "what about small teams"):
        both = {
            text: Match(UNKNOWN, (OUTSIDE, SECOND), 0.05),
            f"{title} {text}": Match(MatchOutcome.ANSWER, (PASSAGE, SECOND), 0.9),
        }
        told = understanding(advisor, Understanding(passages=both))
        assert parse_intent(told, conversation, text) == SubjectQuestion(Match(OFFER, (SECOND,), 0.9, leads=True)), text
        alone = parse_intent(told, fresh(advisor), text)
        assert isinstance(alone, SubjectQuestion | Unknown)
        assert alone.match.outcome is UNKNOWN, text
        apart = understanding(advisor, Understanding(passages={**both, text: Match(UNKNOWN, (OUTSIDE,), 0.05)}))
        assert parse_intent(apart, conversation, text) == alone.__class__(Match(UNKNOWN, (OUTSIDE,), 0.05)), text


@pytest.mark.parametrize("text", ["and prompts?", "what about hybrid", "and with prompts then?"])
def test_the_last_question_is_asked_about_another_way(advisor: Advisor, text: str) -> None:
    method = next(word for word in ("prompts", "hybrid") if word in text)
    asks = {
        text: Match(MatchOutcome.ANSWER, (OUTSIDE,), 0.9),
        f"How much does {method} cost?": Match(MatchOutcome.ANSWER, (SECOND,), 0.9),
        f"How long does it take? {method}": Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9),
    }
    told = understanding(advisor, Understanding(passages=asks))
    for last, top in (("faq-cost", SECOND), ("duration", PASSAGE), ("hybrid", OUTSIDE)):
        intent = parse_intent(told, offered(advisor, answered=(last,)), text)
        assert intent == SubjectQuestion(Match(MatchOutcome.ANSWER, (top,), 0.9)), last
    assert parse_intent(told, fresh(advisor), text) == SubjectQuestion(asks[text])


def test_a_whole_question_does_not_go_on_from_the_last_one(advisor: Advisor) -> None:
    title, text = PACK.passage(PASSAGE).title, "where is the canteen of the new house on floor two?"
    together = Understanding(passages={f"{title} {text}": Match(OFFER, (SECOND,), 0.6)})
    conversation = offered(advisor, answered=(PASSAGE,))
    intent = parse_intent(understanding(advisor, together), conversation, text)
    assert isinstance(intent, SubjectQuestion)
    assert intent.match == NOTHING


@pytest.mark.parametrize("text", ["can you say that shorter please?", "shorter", "in two lines pls", "tldr"])
def test_the_last_answer_comes_in_short(advisor: Advisor, text: str) -> None:
    intent = found(advisor, offered(advisor, answered=(PASSAGE,)), text)
    assert intent == SubjectQuestion(Match(MatchOutcome.ANSWER, (PASSAGE,), 1.0), brief=True)


def test_a_short_answer_is_given_to_who_asks_for_one(advisor: Advisor) -> None:
    sure = Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9)
    assert found(advisor, fresh(advisor), "what is aaa in two lines", it=sure) == SubjectQuestion(sure, brief=True)
    assert found(advisor, fresh(advisor), "what is aaa", it=sure) == SubjectQuestion(sure)
