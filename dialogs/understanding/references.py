"""The ideas that a text refers to: by number, by words of a title, by place, or as all of them, or the rest."""

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL
from dialogs.conversation import Conversation
from dialogs.executor.targets import has_own
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Board, Idea
from dialogs.message import number_in
from dialogs.understanding.mentions import Mention, mentions
from dialogs.understanding.phrases import Words, alternatives, first_named, is_opening, questions_called, starts
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold, folded

REST = "rest"
"""In `Reference.ideas`: all that the line has not named so far."""

NUMBERS = r"#?\d{1,6}\b(?:(?:\s*(?:,|;|&|-|–|\band\b|\bto\b)\s*|\s+)#?\d{1,6}\b)*"
"""Linear: a run of numbers can be read in one way only."""

_NUMBER = re.compile(r"#?(\d{1,6})")
_RANGE = re.compile(r"#?(\d{1,6})\s*(?:-|–|\bto\b)\s*#?(\d{1,6})", re.IGNORECASE)
_LONGEST_RANGE = 1000
_RUN = re.compile(
    rf"(?<![\w.,$€£/+-])(?:(?:ideas?|numbers?|nr)\.?\s+)?({NUMBERS})(?![\w%$€£/+]|[.,:]\d|\s+(?:an?|per)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\s*#?(\d{1,6})\s+(?=[^\W\d])")
_MARKED = re.compile(r"\s*[:=)]")


class Reference(NamedTuple):
    """Ideas that stand together in a text, from `start` to `end`. `denied`: it says that they are not meant."""

    start: int
    end: int
    ideas: tuple[str, ...]
    denied: bool = False


def references(advisor: Advisor, conversation: Conversation, text: str) -> tuple[Reference, ...]:
    """What a text surely refers to, in its order. Numbers that may count something are left out."""
    board = _numbered(conversation)
    found: list[Reference] = []
    for each in (
        *_runs(board, text),
        *_groups(advisor, board, text),
        *_mentioned(advisor, board, text),
        *_by_place(board, text),
        *_unknown(advisor, board, text),
    ):
        if all(each.end <= one.start or each.start >= one.end for one in found):
            found.append(each._replace(denied=fold(text[: each.start])[-1:] == ("not",)))
    return tuple(sorted(found))


def opening(advisor: Advisor, conversation: Conversation, text: str) -> Reference | None:
    """The ideas with whose name, and a mark behind it, a text begins."""
    first = next(iter(references(advisor, conversation, text)), None)
    begins = first is not None and not text[: first.start].strip() and _MARKED.match(text, first.end)
    return first if begins else None


def named(advisor: Advisor, conversation: Conversation, text: str) -> tuple[str, ...]:
    """The ideas that a text means, as a command takes them."""
    meant = [one for one in references(advisor, conversation, text) if not one.denied]
    ideas = dict.fromkeys(idea for one in meant for idea in one.ideas)
    return (ALL,) if ALL in ideas else tuple(idea for idea in ideas if idea != REST)


def named_last(advisor: Advisor, conversation: Conversation, text: str) -> tuple[str, ...]:
    """The ideas of the list that a text names last, which what follows without a name is about."""
    board = _numbered(conversation)
    found = [one for one in references(advisor, conversation, text) if not one.denied]
    known = [tuple(n for n in one.ideas if board.find(number_in(n))) for one in found]
    return next(filter(None, reversed(known)), ())


def numbers_named(advisor: Advisor, conversation: Conversation, text: str) -> tuple[str, ...]:
    """The same where a line asks for something to be done with ideas: each number of an idea means it, and those
    beside it, whether or not there are such ideas.
    """
    if surely := named(advisor, conversation, text):
        return surely
    meant = [each for each in mentions(advisor, _numbered(conversation), text) if not _counts(advisor, text, each)]
    found = [n for each in meant for n in each.numbers]
    runs = [numbers_in(run[1]) for run in _RUN.finditer(text)]
    beside = [n for numbers in runs if not {*found}.isdisjoint(numbers) for n in numbers]
    return tuple(dict.fromkeys(map(str, (*found, *beside))))


def _numbered(conversation: Conversation) -> Board:
    """The ideas of the list, with the conversation's own under the number that it will have."""
    board = board_of(conversation)
    if not board.shown or conversation.own or not has_own(conversation):
        return board
    return board.add((Idea(id="own", title=conversation.title, text="", by="", at=0),))


def _runs(board: Board, text: str) -> Iterator[Reference]:
    """Several numbers of ideas together, or numbers with a mark behind them, whether or not there are such ideas."""
    for found in _RUN.finditer(text):
        numbers = numbers_in(found[1])
        known = all(board.find(number) is not None for number in numbers)
        if _MARKED.match(text, found.end()) or (known and len(numbers) > 1):
            yield Reference(*found.span(), tuple(map(str, numbers)))


def _groups(advisor: Advisor, board: Board, text: str) -> Iterator[Reference]:
    """All ideas, both, or those that are left."""
    talk, phrases = advisor.catalogue.board, advisor.catalogue.phrases
    several = talk["both"] if len(board.shown) == len(fold("one two")) else ()
    rest = tuple(phrase for phrase in phrases["board_rest"] if phrase not in (*phrases["board_all"], *talk["everyone"]))
    for group, ideas in ((talk["everyone"], ALL), (several, ALL), (rest, REST)):
        for found in re.finditer(rf"\b(?:{alternatives(group)})\b", text, re.IGNORECASE) if group else ():
            yield Reference(*found.span(), (ideas,))


def _by_place(board: Board, text: str) -> Iterator[Reference]:
    for at, names in enumerate(english().ordinals):
        for found in re.finditer(rf"\bthe\s+(?:{alternatives(tuple(names))})\s+(?:one|idea)\b", text, re.IGNORECASE):
            if at < len(board.shown):
                yield Reference(*found.span(), (str(board.shown[at].number),))


def _mentioned(advisor: Advisor, board: Board, text: str) -> Iterator[Reference]:
    for each in mentions(advisor, board, text):
        if each.definite or each.named or each.by_title or _is_free(advisor, text, each):
            yield Reference(each.start, each.end, tuple(map(str, each.numbers)))


def _unknown(advisor: Advisor, board: Board, text: str) -> Iterator[Reference]:
    """A number that is no idea, where a text begins with it that says something without it."""
    found, states = _LEADING.match(text), (*advisor.catalogue.board["verbs"], *english().subjects, *english().negations)
    said = text[found.end() :] if found and board.shown and board.find(int(found[1])) is None else ""
    tells = advisor.knowledge.typed_answers.answers(said, None) or first_named(
        fold(said), advisor.catalogue.status_words
    )
    if found and tells and starts(fold(said), states):
        yield Reference(*found.span(), (str(int(found[1])),))


def _is_free(advisor: Advisor, text: str, each: Mention) -> bool:
    """Whether a bare number stands where it counts nothing."""
    before, after = text[: each.start].rstrip(), fold(text[each.end :])
    talk = advisor.catalogue.board
    joins = folded((*talk["prepositions"], "and", "not"))
    questions = advisor.pack.questions
    leads = is_opening(advisor, before) or before[-1] in ".,;:!?" or fold(before)[-1:] in joins
    leads = leads or bool(questions_called(advisor, fold(before)[-1:]))
    words = {word for question in questions for option in question.options for word in option.words}
    words |= {name for question in questions for name in (question.id, question.name)}
    ends = not after or text[each.end :].lstrip()[:1] in tuple(".,;:!?-–")
    changed = after[:1] == ("to",) and starts(after[1:], tuple(words))
    return changed or (leads and (ends or starts(after, (*talk["after"], *words)) or _leads_to_amount(after)))


def _leads_to_amount(words: Words) -> bool:
    """Whether only what approximates stands before a number; "3 to 5" is a range."""
    rest = tuple(dropwhile(english().approximations.__contains__, words))
    return words[0] != "to" and len(rest) < len(words) and rest[:1] != () and rest[0].isdecimal()


def _counts(advisor: Advisor, text: str, each: Mention) -> bool:
    """Whether a bare number says how many sentences or lines there are to be, or how many ideas there are."""
    catalogue = advisor.catalogue
    units = {word for names in (*catalogue.text_units.values(), catalogue.board["idea_nouns"]) for word in names}
    return not (each.named or each.by_title) and starts(fold(text[each.end :]), tuple(units))


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers in a text, including those of ranges, each once."""
    found: list[int] = []
    for first, last in ((int(each[1]), int(each[2])) for each in _RANGE.finditer(text)):
        found += range(first, last + 1) if first < last < first + _LONGEST_RANGE else ()
    found += (int(each[1]) for each in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(found))
