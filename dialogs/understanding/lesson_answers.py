"""What a line that answers a lesson's question, or a practice case, chooses; which option it asks the reason of; and
which lesson a text asks for.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dialogs.commands.command import NONE, Command, Kind, What
from dialogs.commands.shortcuts import HINT, Commands, about_lessons
from dialogs.flows.lesson_progress import AtLesson, last_lesson
from dialogs.understanding.lesson_subjects import Nearest, lessons_about, nearness, parts_said
from dialogs.understanding.parts import Heard
from dialogs.understanding.phrases import Words, contains, says, without
from dialogs.understanding.thresholds import LOOKS
from dialogs.understanding.typed_text import TypedText
from knowledge.certainty_thresholds import SURE_CASE
from knowledge.lessons import Check
from knowledge.pack import UNSURE, Question
from knowledge.reading.word_lists import english
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import (
    exact_options,
    fold,
    option_at_place,
    option_with_word,
    parse_answer,
    place_word,
)

Given = Mapping[int, tuple[Command, ...]]
"""What the parts of a line answer, by their places; nothing where a part belongs to another's answer."""

_ANSWERING = ("learn.answer", Kind.SET, Kind.NOTE, Kind.IDEA, Kind.CONFIRM, Kind.REJECT)
"""Kinds that are an answer while a lesson's question is open: what tells something, tells it about that."""

_ASKING = ("explain.last", "explain.option", "explain.question", "explain.verdict")
"""Kinds that ask for the reason of an answer there."""

_MAY_ANSWER, _CHOSEN, _AHEAD = 0.25, 0.7, 0.05
"""How likely a part has to be an answer; how much has to speak for an option; how far it has to be ahead in nearness.
Nearness counts whole, how far it is ahead and how likely the part is an answer count half.
"""

_NAMED = 2.0
"""What speaks for an option that is named by its place or by its words alone."""

_MAY_ASK, _ABOUT, _ABOUT_SURELY = 0.1, 0.45, 0.6
"""How likely a part has to ask for a reason where it is surely about an option; how near that has to be."""

_UNSAID = 0.55
"""How near a clause has to be to what says that a story leaves something open."""

_FEW_WORDS = 2
"""Words of an answer in a list of them."""

_TOPIC, _TOPIC_AHEAD = 0.45, 0.1
"""How near a clause has to be to a question of a case to be about it, and how far ahead of the other questions."""


class Choice(NamedTuple):
    """An option, and how much speaks for it."""

    option: str
    weight: float


def lesson_answers(typed: TypedText, whole: Heard, parts: Sequence[Heard]) -> Given | None:
    """The answers in the parts of a line to the open question of a lesson, or to the questions of a case; None where no
    such question is open. A line that begins an idea answers nothing.
    """
    if typed.flow is not typed.advisor.flows.lessons:
        return None
    if whole.begins:
        return {}
    all_likely, each_likely = _likely(whole, _ANSWERING), [_likely(part, _ANSWERING) for part in parts]
    likely = [
        0.0 if reason_asked(typed, part) else min(each, (each + all_likely) / 2)
        for part, each in zip(parts, each_likely, strict=True)
    ]
    match typed.prompt:
        case AtLesson() as lesson:
            return _of_lesson(typed, lesson, parts, likely)
        case Question() as question:
            return _of_case(typed, question, parts, likely)
        case _:
            return None


def _of_lesson(typed: TypedText, lesson: AtLesson, parts: Sequence[Heard], likely: Sequence[float]) -> Given:
    """One answer: the one for which most speaks, and of equals the last; parts that only tell something go by it."""
    found = {at: _choice(typed, lesson, part.text, likely[at]) for at, part in enumerate(parts)}
    choices = {at: choice for at, choice in found.items() if choice is not None}
    if not choices:
        return {}
    best = max(choices, key=lambda at: (choices[at].weight, at))
    told = {at: () for at, part in enumerate(parts) if at in choices or part.best[0] in _ANSWERING}
    answer = Command(Kind.LEARN, What.ANSWER, value=choices[best].option, quote=parts[best].text)
    return {**told, best: (answer,)}


def _choice(typed: TypedText, lesson: AtLesson, text: str, likely: float) -> Choice | None:
    """The option that a part names by its place or in its own words, or else the nearest by meaning."""
    advisor, words = typed.advisor, fold(text)
    said, phrases = parts_said(advisor, text, words), advisor.catalogue.phrases
    named = {option for each in said for option in _named(lesson, each)}
    if len(named) == 1:
        return Choice(named.pop(), _NAMED)
    worded = parse_answer(lesson, text).options or tuple(filter(None, (option_with_word(lesson, text),)))
    if len(named | {*worded}) > 1 or likely < _MAY_ANSWER:
        return None
    if says(words, phrases["lesson_unsure"], (*phrases["courtesies"], *phrases["lesson_hedges"])):
        return Choice(UNSURE, 1.0)
    if advisor.knowledge.phrases is None:
        return Choice(worded[0], 1.0) if worded else None
    nearest = Nearest.of(nearness(advisor, said, _phrases(lesson.lesson.check), shortest=1))
    if worded not in ((), (nearest.name,)) or nearest.ahead < (0.0 if worded else _AHEAD):
        return None
    weight = nearest.score + nearest.ahead / 2 + likely / 2
    return Choice(nearest.name, weight) if weight >= _CHOSEN else None


def _named(lesson: AtLesson, part: Words) -> Iterator[str]:
    placed = option_at_place(lesson, part)
    yield from exact_options(lesson, " ".join(part)) or ((placed,) if placed else ())


def _phrases(check: Check) -> dict[str, tuple[str, ...]]:
    """What people say for each option; for the right one also its reason."""
    return {
        each.id: (each.label, *each.words, *each.phrasings, *((each.reason,) if each.right else ()))
        for each in check.options
    }


def _likely(part: Heard, kinds: Sequence[str]) -> float:
    return sum(part.likely.get(kind, 0.0) for kind in kinds)


def reason_asked(typed: TypedText, part: Heard) -> tuple[Command, ...]:
    """That the reason of the last lesson's answer is asked for, or that of the option of it that the part is about; a
    hint where it is about an option of the open question.
    """
    tour, prompt, asks = typed.conversation.tour, typed.prompt, _likely(part, _ASKING)
    if tour is None or prompt is None or isinstance(prompt, Question) or asks < _MAY_ASK:
        return ()
    last = last_lesson(typed.advisor.pack, tour)
    if last is None:
        return ()
    about = _about(typed, last.check, part.text)
    ahead = _near(typed, prompt.lesson.check, part.text) if isinstance(prompt, AtLesson) else Nearest(NONE, 0.0, 0.0)
    surely = about.score >= _ABOUT_SURELY and about.score > ahead.score
    if asks < LOOKS and not surely:
        return ()
    if ahead.score >= _ABOUT_SURELY and not surely:
        return HINT
    named = about.score >= _ABOUT and about.ahead >= _AHEAD
    chosen = tour.first[last.id] if typed.advisor.knowledge.phrases is not None else NONE
    return (Command(Kind.EXPLAIN, What.LAST, option=about.name if named else chosen or NONE, quote=part.text),)


def _about(typed: TypedText, check: Check, text: str) -> Nearest:
    """The option of the last lesson that a text is about, by its meaning or by its place."""
    near, ids = _near(typed, check, text), [option.id for option in check.options]
    words = fold(text)
    place = next((int(word) - 1 for word in words if word.isdecimal()), place_word(words))
    placed = place is not None and 0 <= place < len(ids) and near.score < _ABOUT_SURELY
    return Nearest(ids[place or 0], 1.0, 1.0) if placed else near


def _near(typed: TypedText, check: Check, text: str) -> Nearest:
    matcher = typed.advisor.knowledge.phrases
    return Nearest(NONE, 0.0, 0.0) if matcher is None else Nearest.of(matcher.nearness(text, _phrases(check)))


def _of_case(typed: TypedText, question: Question, parts: Sequence[Heard], likely: Sequence[float]) -> Given:
    """An answer to each question that a clause is about; the last one to a question counts."""
    given: dict[str, tuple[str, int]] = {}
    topic = question
    for at, part in enumerate(parts):
        cut = [clauses(sentence) for sentence in sentences(part.text)] if likely[at] >= _MAY_ANSWER else []
        for clause, follows in ((clause, n > 0) for cl in cut for n, clause in enumerate(cl)):
            for about in _topics(typed, clause, topic, given if follows else None):
                option = _option_said(typed, about, clause, again=about.id in given)
                if option is not None:
                    given[about.id], topic = (option, at), about
                    break
    if not given and max(likely, default=0.0) >= _MAY_ANSWER:
        option = _option_said(typed, question, typed.text)
        given = {} if option is None else {question.id: (option, len(parts) - 1)}
    told: dict[int, tuple[Command, ...]] = {}
    for at, part in enumerate(parts):
        answers = tuple(
            Command(Kind.LEARN, What.ANSWER, question=name, option=option, quote=part.text)
            for name, (option, place) in given.items()
            if place == at
        )
        if answers or (given and part.best[0] in _ANSWERING):
            told[at] = answers
    return told


def _topics(
    typed: TypedText, clause: str, topic: Question, given: Mapping[str, tuple[str, int]] | None
) -> Iterator[Question]:
    """What a clause may be about: the question that it is near to; the next one, where it follows in a list of answers
    of a word or two; the one before.
    """
    pack, matcher = typed.advisor.pack, typed.advisor.knowledge.phrases
    if matcher is not None:
        near = Nearest.of(matcher.nearness(clause, {each.id: _said_of(each) for each in pack.questions}))
        if near.score >= _TOPIC and near.ahead >= _TOPIC_AHEAD:
            yield pack.question(near.name)
    answered = {*(given or ()), *typed.flow.chosen(typed.conversation)}
    following = next((each for each in pack.questions if each.id not in answered), None)
    unsure_twice = given is not None and given.get(topic.id, ("",))[0] == _option_said(typed, topic, clause) == UNSURE
    if given and following is not None and len(fold(clause)) <= _FEW_WORDS and not unsure_twice:
        yield following
    yield topic


def _said_of(question: Question) -> tuple[str, ...]:
    options = [option for option in question.options if option.id != UNSURE]
    return (question.name, question.prompt, *(word for each in options for word in (each.label, *each.words)))


def _option_said(typed: TypedText, question: Question, text: str, *, again: bool = False) -> str | None:
    """The option for a question of a case, also with doubt: "ten old minutes, I do not think that is enough?". `again`:
    it was answered just before, so that only its words count.
    """
    advisor, stated = typed.advisor, text.rstrip(" ?!.")
    bare = " ".join(without(fold(stated), advisor.catalogue.phrases["lesson_hedges"]))
    if contains(fold(text), advisor.catalogue.lessons["unsaid"]):
        return UNSURE
    for said in (stated, bare):
        options = parse_answer(question, said).options
        if len(options) == 1:
            return options[0]
    if again:
        return None
    if _unsaid(typed, bare):
        return UNSURE
    found = (each for said in (stated, bare) for each in advisor.knowledge.typed_answers.answers(said, question.id))
    own = (each.option for each in found if each.question == question.id and each.probability >= SURE_CASE)
    return next(own, None)


def _unsaid(typed: TypedText, text: str) -> bool:
    """Whether a clause is near to what says that the story does not say it."""
    known = typed.advisor.catalogue.lessons["unsaid"]
    return nearness(typed.advisor, (fold(text),), {UNSURE: known}, shortest=1)[UNSURE] >= _UNSAID


def lesson_asked(typed: TypedText, *, ahead: bool) -> Commands:
    """The lesson that a text asks for by its number or its subject; `ahead`: only where it is."""
    phrases = typed.advisor.catalogue.lessons
    number = next(_numbers(typed.words), 0)
    if number:
        return (Command(Kind.LEARN, What.LESSON, value=str(number)),)
    around = {
        word
        for group in (phrases["fillers"], phrases["moves"], phrases["nouns"])
        for each in group
        for word in fold(each)
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
