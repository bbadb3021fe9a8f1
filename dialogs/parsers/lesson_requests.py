"""Parses requests for one of the lessons: "show me lesson 4 again", "can I skip to the costs", "the one about LoRA"."""

from collections.abc import Iterator

from dialogs.advisor import Advisor
from dialogs.intents import Commands, ProgressTopic, about_lessons
from dialogs.message import Action, Verb
from dialogs.parsers.lesson_meanings import parts_said
from dialogs.parsers.lesson_subjects import lessons_about
from dialogs.parsers.phrases import Words, contains, rest_of, starts
from dialogs.parsers.typed_text import TypedText
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import Prompt, option_with_word, parse_answer

_MOST_ABOUT = 6
"""Most words for a subject."""

_UNITS = ("lesson", "one", "part", "section", "bit")
"""Words for a lesson behind a verb that opens more than lessons."""

Request = Action | Commands


def parse(typed: TypedText) -> Request | None:
    """The lesson that a text, or a clause of it, asks for; by its subject only while lessons are under way."""
    advisor, conversation, text, words, flow, prompt = typed
    if not advisor.pack.lessons or not words:
        return None
    parts = parts_said(advisor, text, words)
    numbered = next((number for part in parts for number in _numbers(advisor, part)), None)
    if numbered is not None:
        return Action(Verb.READ, (str(numbered),))
    learning = ProgressTopic.AHEAD in flow.progress_topics(conversation)
    for part in parts if learning else ():
        found = _by_subject(advisor, prompt, part)
        if found is not None:
            return found
    return None


def _numbers(advisor: Advisor, part: Words) -> Iterator[int]:
    """The number in a part that says nothing but which lesson is wanted: "lesson four again", "the 4th lesson"."""
    nouns, lists = {"lesson", "leson", "lessons"}, english()
    for at, word in enumerate(part):
        if word not in nouns or not {*part} - nouns - {*advisor.catalogue.lessons.moves} <= _numerals(part):
            continue
        after = [w for w in part[at + 1 : at + 3] if w not in ("number", "nr", "no")][:1]
        if after and after[0].isdecimal():
            yield int(after[0][:6])
        elif after and after[0] in lists.cardinals:
            yield lists.cardinals.index(after[0]) + 1
        yield from (n for n, names in enumerate(lists.ordinals, 1) if at and part[at - 1] in names)


def _numerals(part: Words) -> set[str]:
    lists = english()
    ordinals = {name for names in lists.ordinals for name in names}
    return {word for word in part if word.isdecimal() or word in lists.cardinals or word in ordinals}


def _by_subject(advisor: Advisor, prompt: Prompt | None, part: Words) -> Request | None:
    phrases = advisor.catalogue.lessons
    if starts(part, phrases.where):
        return about_lessons(_meant(advisor, rest_of(part, phrases.where)), ahead=True)
    wish = _behind(part, (*phrases.wishes, *advisor.catalogue.phrases.courtesies))
    if starts(wish, phrases.ahead):
        about = rest_of(wish, phrases.ahead)
    elif starts(wish, phrases.show) and not {*wish}.isdisjoint(_UNITS):
        about = rest_of(wish, phrases.show)
    elif starts(wish, phrases.about) and ("lesson" in wish or not _answers(prompt, wish)):
        about = rest_of(wish, phrases.about)
    else:
        return None
    named = tuple(word for word in about if word not in phrases.fillers)
    if not named or len(named) > _MOST_ABOUT or _own(advisor, about):
        return None
    lessons = _meant(advisor, about)
    if len(lessons) == 1:
        return Action(Verb.READ, (str(lessons[0]),))
    return about_lessons(lessons, ahead=not lessons)


def _meant(advisor: Advisor, about: Words) -> tuple[int, ...]:
    """The lessons about these words, without those that stand around any subject."""
    named = tuple(word for word in about if word not in advisor.catalogue.lessons.fillers)
    return lessons_about(advisor, named) if named else ()


def _own(advisor: Advisor, about: Words) -> bool:
    """Whether the words are for what somebody had begun before the lessons."""
    return contains(about, advisor.catalogue.lessons.own)


def _behind(words: Words, openers: tuple[str, ...]) -> Words:
    rest = rest_of(words, openers)
    return words if rest == words else _behind(rest, openers)


def _answers(prompt: Prompt | None, part: Words) -> bool:
    """Whether words of an option stand in the part: "the one about the survey" may be one."""
    said = " ".join(part)
    return prompt is not None and (
        bool(parse_answer(prompt, said).options) or option_with_word(prompt, said) is not None
    )
