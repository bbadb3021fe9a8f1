"""What a text at a lesson's question, or at a practice case, chooses; and which lesson a text asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, Tour
from dialogs.understanding.lesson_answers import lesson_answers, lesson_asked
from dialogs.understanding.lesson_subjects import lessons_about
from dialogs.understanding.parts import Heard, parts_of
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import Certainty, Match, MatchOutcome, UnderstoodAnswer
from tests.dialogs.stub_knowledge import Understanding, sure, understanding
from tests.dialogs.talk import Talk

UNTOUCHED, LEARNED, LAYERS = "Nothing at all", "It has learned from the two examples", "some layers were changed"
FEW = {"With a few queries": 0.8}


@dataclass
class Nearness:
    """Phrases to which every text is near by meaning. Every other phrase is far."""

    near: Mapping[str, float]

    def nearness(self, text: str, groups: Mapping[str, tuple[str, ...]]) -> Mapping[str, float]:
        return {name: max((self.near.get(p, 0.0) for p in phrases), default=0.0) for name, phrases in groups.items()}


@dataclass
class Near:
    """Phrases to which some texts are near by meaning."""

    near: Mapping[str, Mapping[str, float]]
    others: Mapping[str, float]

    def nearness(self, text: str, groups: Mapping[str, tuple[str, ...]]) -> Mapping[str, float]:
        return Nearness(self.near.get(text, self.others)).nearness(text, groups)


def at_lesson(advisor: Advisor, number: int = 1) -> Conversation:
    ids = [lesson.id for lesson in advisor.pack.lessons]
    first = {lesson.id: lesson.check.right.id for lesson in advisor.pack.lessons[: number - 1]}
    return Conversation.fresh(advisor.pack).replace(
        flow="learn", tour=Tour(by="ana", order=tuple(ids), first=first), people=("ana",), revision=3
    )


def at_case(advisor: Advisor, *answered: str) -> Conversation:
    done = at_lesson(advisor, len(advisor.pack.lessons) + 1)
    tour = done.tour or Tour(by="ana")
    return done.replace(
        tour=tour.replace(case=advisor.pack.practice[0].scenario, answers=dict.fromkeys(answered, "unsure"))
    )


def chosen(advisor: Advisor, conversation: Conversation, text: str) -> str | None:
    """The option that a text chooses; None if it is not clear which."""
    answers = answered(advisor, conversation, text)
    return next((each.value or each.option for each in answers), None)


def answered(advisor: Advisor, conversation: Conversation, text: str) -> tuple[Command, ...]:
    """What a text answers."""
    whole = Heard.of(advisor, conversation, text)
    parts = parts_of(advisor, conversation, whole)
    given = lesson_answers(TypedText.at(advisor, conversation, text), whole, parts) or {}
    return tuple(each for at in sorted(given) for each in given[at])


def nearest(advisor: Advisor, text: str, near: Mapping[str, float], number: int = 1) -> str | None:
    """The same by meaning, for a text that is as near to some phrases as told."""
    told = Advisor.build(replace(advisor.knowledge, phrases=Nearness(near)), catalogue.load())
    return chosen(told, at_lesson(told, number), text)


@pytest.mark.parametrize(
    ("near", "option"),
    [
        ({UNTOUCHED: 0.7}, "nothing"),
        ({LAYERS: 0.7}, "layers"),
        ({UNTOUCHED: 0.4}, "nothing"),
        ({UNTOUCHED: 0.1}, None),
        ({UNTOUCHED: 0.7, LEARNED: 0.65}, None),
    ],
)
def test_the_nearest_option_is_taken_where_it_is_near_and_ahead(
    advisor: Advisor, near: Mapping[str, float], option: str | None
) -> None:
    assert nearest(advisor, "zzz qqq", near) == option


def test_what_hardly_answers_is_no_answer_however_near_it_is(advisor: Advisor) -> None:
    assert nearest(advisor, "how many lessons are there?", {UNTOUCHED: 0.9}) is None


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("the first one, surely. no wait, the last", ["layers"]),
        ("two! nothing at all!", ["nothing"]),
        ("not sure... the second one?", ["nothing"]),
    ],
)
def test_a_line_gives_one_answer_to_a_lesson(advisor: Advisor, text: str, options: list[str]) -> None:
    assert [each.value for each in answered(advisor, at_lesson(advisor), text)] == options


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("general, tolerant", {"domain": "general", "consistency": "tolerant"}),
        ("not sure, the story doesnt say", {"domain": "unsure"}),
        ("general. the budget is not mentioned", {"domain": "general", "budget": "unsure"}),
    ],
)
def test_a_line_answers_several_questions_of_a_case(advisor: Advisor, text: str, options: dict[str, str]) -> None:
    by_name = {phrase: 0.0 for question in advisor.pack.questions for phrase in (question.name,)}
    near = Near({"tolerant": {"Consistency": 1.0}, "the budget is not mentioned": {"Budget": 1.0}}, by_name)
    told = Advisor.build(replace(advisor.knowledge, phrases=near), catalogue.load())
    assert {each.question: each.option for each in answered(told, at_case(told, "data", "volume"), text)} == options


def test_what_denies_an_option_is_not_that_option(advisor: Advisor) -> None:
    assert nearest(advisor, "it has not zzz from them", {LEARNED: 0.9}) is None


def test_an_amount_is_not_its_opposite(advisor: Advisor) -> None:
    assert nearest(advisor, "lots of zzz", FEW, number=3) is None
    assert nearest(advisor, "a handful of zzz", FEW, number=3) == "few"


def test_words_of_one_option_and_the_meaning_of_another_choose_none(advisor: Advisor) -> None:
    assert nearest(advisor, "layers of stuff", {LEARNED: 0.8}) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("nothing, I think?", "nothing"),
        ("2, pretty sure", "nothing"),
        ("The first. It saw them", "learned"),
        ("the last one", "layers"),
        ("the first one, or the last one", None),
    ],
)
def test_an_option_is_named_by_its_place_or_in_its_words_with_doubt_around(
    advisor: Advisor, text: str, option: str | None
) -> None:
    assert chosen(advisor, at_lesson(advisor), text) == option


def test_what_a_reader_surely_finds_answers_a_case_also_as_a_question(advisor: Advisor) -> None:
    guess = UnderstoodAnswer("data", "yes", Certainty.PROPOSE, "", 0.5)
    kinds = {text: {"learn.answer": 1.0} for text in ("zzz qqq?", "i think zzz qqq?", "qqq zzz?")}
    replies = {"zzz qqq": (sure("data", "yes"),), "qqq zzz": (guess,)}
    told = understanding(advisor, Understanding(replies=replies, kinds=kinds))
    assert chosen(told, at_case(told), "zzz qqq?") == "yes"
    assert chosen(told, at_case(told), "i think zzz qqq?") == "yes"
    assert chosen(told, at_case(told), "qqq zzz?") is None


def test_what_a_story_does_not_say_is_unsure(advisor: Advisor) -> None:
    assert chosen(advisor, at_case(advisor, "data", "volume", "domain"), "it says nothing about money") == "unsure"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lesson 3 please", "3"),
        ("can we go back to the second lesson", "2"),
        ("the lesson about mistakes", "6"),
        ("go to the lesson about purple elephants", ""),
    ],
)
def test_a_lesson_is_asked_for_by_its_number_or_its_subject(advisor: Advisor, text: str, value: str) -> None:
    typed = TypedText.at(advisor, at_lesson(advisor), text)
    assert lesson_asked(typed, ahead=False) == (Command(Kind.LEARN, What.LESSON, value=value),)


def test_what_fits_two_lessons_is_asked_with_two_buttons(talk: Talk) -> None:
    talk.say("learn").do(Command(Kind.LEARN, What.LESSON, value="3 4"))
    assert "Lesson 3: How they compare" in talk.below
    talk.press("read:4")
    assert "Lesson 4 of 7" in talk.card


def test_words_of_a_title_tell_the_lesson(advisor: Advisor) -> None:
    assert lessons_about(advisor, ("mistake",)) == (6,)
    assert lessons_about(advisor, ("lora",)) == (2,)
    assert lessons_about(advisor, ("elephants",)) == ()


def test_a_lesson_is_found_by_the_passage_of_its_section(advisor: Advisor) -> None:
    near = Match(MatchOutcome.OFFER, ("faq-cost",), 0.5)
    assert lessons_about(understanding(advisor, Understanding(passages={"costs": near})), ("costs",)) == (3,)
