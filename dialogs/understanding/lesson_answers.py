"""What a text that answers a lesson's question, or a practice case, chooses; and which lesson a text asks for."""

from collections.abc import Iterator, Mapping, Sequence

from dialogs.commands.command import Command, Kind, What
from dialogs.flows.lesson_progress import AtLesson
from dialogs.intents import Commands, about_lessons
from dialogs.understanding.expected_replies import answer_to
from dialogs.understanding.lesson_subjects import lessons_about
from dialogs.understanding.nearness import Nearest, nearness, parts_said
from dialogs.understanding.phrases import Words, contains, without
from dialogs.understanding.statements import Line, answers_said
from dialogs.understanding.thresholds import TAKEN
from dialogs.understanding.typed_text import TypedText
from knowledge.certainty_thresholds import SURE_CASE
from knowledge.pack import UNSURE, Question
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import exact_options, fold, option_at_place, option_with_word, parse_answer

_NEAR, _AHEAD = 0.5, 0.12
"""How near an option has to be, and how far ahead of the next one."""

_NEAR_AGREED, _AHEAD_AGREED = 0.35, 0.05
"""The same for the option whose words stand in the text."""


def lesson_answer(typed: TypedText) -> tuple[Command, ...]:
    """The answer to the open question of a lesson or a case; none where it is not clear which."""
    match typed.prompt:
        case AtLesson() as lesson:
            option = _of_lesson(typed, lesson)
        case Question() as question:
            option = _of_case(typed, question)
            if option is None:
                return _corrected(typed)
        case _:
            option = None
    given = () if option is None else answer_to(typed.advisor, typed.conversation, option, typed.text)
    return tuple(each for each in given if isinstance(each, Command))


def _of_lesson(typed: TypedText, prompt: AtLesson) -> str | None:
    """The option that a part names by its number or in its own words, or else the nearest by meaning."""
    advisor, _, text, words, *_ = typed
    parts = parts_said(advisor, text, words)
    named = {option for part in parts for option in _named(prompt, part)}
    if len(named) == 1:
        return named.pop()
    worded = parse_answer(prompt, text).options or tuple(filter(None, (option_with_word(prompt, text),)))
    if len(named | {*worded}) > 1 or advisor.knowledge.phrases is None:
        return worded[0] if len(worded) == 1 and not named else None
    groups = {option.id: (option.label, *option.words, *option.phrasings) for option in prompt.lesson.check.options}
    nearest = Nearest.of(nearness(advisor, parts, groups, shortest=1))
    if worded not in ((), (nearest.name,)):
        return None
    near, ahead = (_NEAR_AGREED, _AHEAD_AGREED) if worded else (_NEAR, _AHEAD)
    return nearest.name if nearest.score >= near and nearest.ahead >= ahead else None


def _named(prompt: AtLesson, part: Words) -> Iterator[str]:
    placed = option_at_place(prompt, part)
    yield from exact_options(prompt, " ".join(part)) or ((placed,) if placed else ())


def _of_case(typed: TypedText, question: Question) -> str | None:
    """The option for a practice case, also with doubt: "ten old minutes, I do not think that is enough?"."""
    advisor, _, text, *_ = typed
    stated = text.rstrip(" ?!.")
    bare = " ".join(without(fold(stated), advisor.catalogue.phrases.lesson_hedges))
    for said in (stated, bare):
        options = parse_answer(question, said).options
        if len(options) == 1:
            return options[0]
    found = (each for said in (stated, bare) for each in advisor.knowledge.typed_answers.answers(said, question.id))
    own = (each.option for each in found if each.question == question.id and each.probability >= SURE_CASE)
    unsaid = UNSURE if contains(fold(text), advisor.catalogue.lessons.unsaid) else None
    return next(own, unsaid)


def _corrected(typed: TypedText) -> tuple[Command, ...]:
    """Other answers to questions of the case that were answered before."""
    given = typed.flow.chosen(typed.conversation)
    said = answers_said(typed.advisor, typed.conversation, typed.text, {Kind.SET: 1.0}, Line())
    return tuple(
        Command(Kind.LEARN, What.ANSWER, question=question, option=option, quote=quote)
        for _, (question, option, quote, _), probability in said
        if question in given and probability >= TAKEN
    )


def lesson_asked(typed: TypedText, *, ahead: bool) -> Commands:
    """The lesson that a text asks for by its number or its subject; `ahead`: only where it is."""
    phrases = typed.advisor.catalogue.lessons
    number = next(_numbers(typed.words), 0)
    if number:
        return (Command(Kind.LEARN, What.LESSON, value=str(number)),)
    around = {
        word for group in (phrases.fillers, phrases.moves, phrases.nouns) for each in group for word in fold(each)
    }
    about = tuple(word for word in typed.words if word not in around)
    return about_lessons(lessons_about(typed.advisor, about) if about else (), ahead=ahead)


def _numbers(words: Sequence[str]) -> Iterator[int]:
    """The numbers in a text, as digits or words."""
    lists = english()
    places: Mapping[str, int] = {name: n for n, names in enumerate(lists.ordinals, 1) for name in names}
    for word in words:
        if word.isdecimal():
            yield int(word[:6])
        elif word in lists.cardinals:
            yield lists.cardinals.index(word) + 1
        elif word in places:
            yield places[word]
