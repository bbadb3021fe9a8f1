"""What a text at a lesson's question means: an answer, by words or by meaning, something else, a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, Tour
from dialogs.parsers.intent_parser import parse_intent
from dialogs.understanding.policy import understand
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.parsers.meanings import told
from tests.dialogs.stub_knowledge import Understanding
from tests.shipped import shipped


@dataclass
class Nearness:
    """Phrases of which texts are near by meaning: text → {a phrase: how near}. Every other phrase is far."""

    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def nearness(self, text: str, groups: Mapping[str, tuple[str, ...]]) -> Mapping[str, float]:
        known = self.near.get(text, {})
        return {name: max((known.get(p, 0.0) for p in phrases), default=0.0) for name, phrases in groups.items()}


def at_lesson(advisor: Advisor, number: int = 1) -> Conversation:
    ids = [lesson.id for lesson in advisor.pack.lessons]
    first = {lesson.id: lesson.check.right.id for lesson in advisor.pack.lessons[: number - 1]}
    return Conversation.fresh(advisor.pack).replace(
        flow="learn", tour=Tour(by="ana", order=tuple(ids), first=first), people=("ana",), revision=3
    )


def meant(
    advisor: Advisor,
    text: str,
    near: Mapping[str, float] | None = None,
    *,
    number: int = 1,
    passage: float = 0.0,
) -> str:
    """The meaning of a text in a lesson that is as near to some phrases as told."""
    pack = advisor.pack
    match = Match(MatchOutcome.ANSWER, (pack.passages[0].id,), passage)
    meanings = Understanding(passages={text: match} if passage else {})
    knowledge = replace(
        advisor.knowledge,
        matcher=meanings,
        reader=meanings,
        typed_answers=meanings,
        phrases=Nearness({text.rstrip("?"): near or {}}),
    )
    return told(parse_intent(Advisor.build(knowledge, catalogue.load()), at_lesson(advisor, number), text))


UNTOUCHED, LEARNED, LAYERS = "Nothing at all", "It has learned from the two examples", "some layers were changed"


@pytest.mark.parametrize(
    ("near", "meaning"),
    [
        ({UNTOUCHED: 0.7}, "nothing"),
        ({LAYERS: 0.7}, "layers"),
        ({UNTOUCHED: 0.4}, "Unknown"),
        ({UNTOUCHED: 0.7, LEARNED: 0.65}, "Unknown"),
        ({UNTOUCHED: 0.95, LEARNED: 0.86}, "nothing"),
        ({UNTOUCHED: 0.6, "stop for today": 0.7}, "[cancel]"),
        ({UNTOUCHED: 0.6, "beats me": 0.9}, "nothing"),
        ({"i dont know": 0.9}, "unsure plainly"),
        ({"say that again": 0.7}, "[hint]"),
        ({"previous lesson": 0.7}, "[back]"),
        ({"previous lesson": 0.7, "next lesson": 0.69}, "Unknown"),
        ({"next lesson": 0.5}, "[skip]"),
        ({"how many lessons are left": 0.9}, "Unknown"),
    ],
)
def test_the_nearest_meaning_is_taken_where_it_is_near_and_ahead(
    advisor: Advisor, near: Mapping[str, float], meaning: str
) -> None:
    # What denies is compared with phrases that deny alone.
    denying = any(phrase in ("i dont know",) for phrase in near)
    assert meant(advisor, "zzz not qqq" if denying else "zzz qqq", near) == meaning


def test_a_question_is_no_answer_however_near_its_words_are(advisor: Advisor) -> None:
    assert meant(advisor, "what are layers", {LAYERS: 0.9}) == "SubjectQuestion"


@pytest.mark.parametrize(
    "text", ["nothing i think?", "prob nothing", "i'd say nothing lol", "2 pretty sure", "the middle one"]
)
def test_doubt_around_an_answer_leaves_it_an_answer(advisor: Advisor, text: str) -> None:
    assert meant(advisor, text).startswith("nothing")


@pytest.mark.parametrize(("text", "option"), [("last one lol", "layers"), ("The first. It saw them", "learned")])
def test_a_place_names_an_option(advisor: Advisor, text: str, option: str) -> None:
    assert meant(advisor, text) == option


def test_two_places_are_asked_about(advisor: Advisor) -> None:
    assert meant(advisor, "the first one, or the last one") == "learned or layers"


def test_what_denies_an_option_is_not_that_option(advisor: Advisor) -> None:
    assert meant(advisor, "it has not learned from them", {LEARNED: 0.9}) == "Unknown"


def test_an_amount_is_not_its_opposite(advisor: Advisor) -> None:
    few = {"With a few queries": 0.8}
    assert meant(advisor, "lots of zzz", few, number=3) == "Unknown"
    assert meant(advisor, "hardly some zzz", {}, number=3) == "Unknown"
    assert meant(advisor, "a handful of zzz", few, number=3) == "few"


def test_words_of_one_option_and_the_meaning_of_another_are_asked_about(advisor: Advisor) -> None:
    assert meant(advisor, "layers of stuff", {LEARNED: 0.8}) == "learned or layers"


def test_an_answer_may_open_like_the_question(advisor: Advisor) -> None:
    volume = "if you use it all the time"
    assert meant(advisor, "when zzz qqq", {volume: 0.8}, number=3) == "volume"
    assert meant(advisor, "when do we zzz", {volume: 0.8}, number=3) == "SubjectQuestion"


def test_a_statement_is_not_answered_with_a_passage(advisor: Advisor) -> None:
    assert meant(advisor, "zzz qqq", passage=0.9) == "Unknown"
    assert meant(advisor, "zzz qqq?", passage=0.9) == "SubjectQuestion"
    assert meant(advisor, "lora", passage=1.0) == "SubjectQuestion"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("huh?", "[hint]"),
        ("what does that mean", "[hint]"),
        ("sorry can u explain that again more simply", "[hint]"),
        ("go on", "[skip]"),
        ("whats next", "[skip]"),
        ("ok next one", "[skip]"),
        ("where am i", "where: place"),
        ("layers i guess", "layers"),
        ("purple elephants", "Unknown"),
    ],
)
def test_without_the_encoder_words_tell_what_is_said(advisor: Advisor, text: str, meaning: str) -> None:
    assert advisor.knowledge.phrases is None
    assert told(parse_intent(advisor, at_lesson(advisor), text)) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("can u teach me", What.START),
        ("are there lessons?", What.START),
        ("hello! first week here and i have no clue, can u teach me", What.START),
        ("resume the lessons", What.CONTINUE),
        ("lets go on where i stopped", What.CONTINUE),
    ],
)
def test_who_wants_to_learn_is_taught(text: str, meaning: What) -> None:
    *_, (_, intent) = understand(shipped(), Conversation.fresh(shipped().pack), text)
    assert intent == (Command(Kind.LEARN, meaning),)


@pytest.mark.parametrize(
    "text", ["a bot that can teach new colleagues our style", "should we teach the model our style or learn prompts"]
)
def test_an_idea_with_such_words_is_an_idea(advisor: Advisor, text: str) -> None:
    assert told(parse_intent(advisor, Conversation.fresh(advisor.pack), text)) != "[learn]"


@pytest.mark.parametrize("text", ["can you say that shorter please?", "shorter please", "again but simpler"])
def test_who_wants_it_shorter_gets_the_simpler_text(advisor: Advisor, text: str) -> None:
    assert meant(advisor, text, passage=0.9) == "[hint]"


def test_words_of_the_lesson_are_explained_by_it_where_no_passage_is(advisor: Advisor) -> None:
    assert meant(advisor, "what does query mean here?", number=3) == "[hint]"
    assert meant(advisor, "what does query mean here?", number=3, passage=0.9) == "SubjectQuestion"


def test_a_question_in_its_order_of_words_is_no_guess(advisor: Advisor) -> None:
    assert meant(advisor, "does zzz change some layers?", {LAYERS: 0.7}) == "SubjectQuestion"
    assert meant(advisor, "is it the second?") == "nothing plainly"
