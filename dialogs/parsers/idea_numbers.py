"""Numbers of ideas in a text, with what it answers about each: "3: we do have data", "5 and 9 yes, rest not sure"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.intents import AboutIdeas
from dialogs.parsers.phrases import is_question, without
from knowledge.interfaces import Certainty
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import exact_options, fold, folded, parse_answer

NUMBERS = r"#?\d{1,6}\b(?:(?:\s*(?:,|;|&|-|–|\band\b|\bto\b)\s*|\s+)#?\d{1,6}\b)*"
"""Linear: a run of numbers can be read in one way only."""

NUMBER = re.compile(r"#?(\d{1,6})")
_NOUN = r"(?:(?:ideas?|numbers?|nr)\.?\s+)?"
_RANGE = re.compile(r"#?(\d{1,6})\s*(?:-|–|\bto\b)\s*#?(\d{1,6})", re.IGNORECASE)
_ONLY_NUMBERS = re.compile(rf"\s*{_NOUN}({NUMBERS})\s*", re.IGNORECASE)
_MARKED = re.compile(rf"\s*{_NOUN}({NUMBERS})\s*[:=]\s*([^\s\d].*)", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(rf"\s*ideas?\s+({NUMBERS})\b[\s,–-]*([^\s\d].*)", re.IGNORECASE | re.DOTALL)
_FIRST = re.compile(rf"\s*{_NOUN}({NUMBERS})(?:\s*[,–—-])?\s+([^\d\W].*)", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(rf"\s*(\S.*?)\s*([:=]|\b(?:for|to|on|with|about)\b|\s)\s*{_NOUN}({NUMBERS})\s*", re.IGNORECASE)
_BARE = re.compile(r"\s*\d{1,6}\s+[^\d\W]")
_PARTS = re.compile(r"[;\n]+|,\s*(?=#?\d{1,6}\s*[:=])")
_GROUPS = re.compile(
    rf"[;\n]+|(?:(?<![\d\s])\s*,|,(?!\s*#?\d))(?:\s*(?:and|but)\b)?|(?<=[^\W\d])\s+(?:and|but)\s+(?={_NOUN}#?\d)",
    re.IGNORECASE,
)
_NEXT_NUMBER = re.compile(
    r"(?<=[^\W\d])(?<!\band)(?<!\bto)(?<!\bor)(?<!\bfor)(?<!\babout)(?<!\bidea)(?<!\bideas)(?<!\bnumber)(?<!\bnumbers)"
    rf"(?<!\bnr)\s+(?={_NOUN}#?\d)",
    re.IGNORECASE,
)
_LONGEST_RANGE = 1000


def about_ideas(advisor: Advisor, conversation: Conversation, board: Board, text: str) -> AboutIdeas | None:
    """Answers about some ideas; while a question about several is open, also about all others."""
    flow = advisor.flows.board
    prompt = advisor.flows.open_prompt(conversation)
    if prompt is not None and conversation.flow != flow.name and _NAMED.match(text) is None:
        return None  # a number in an answer to another question
    if flow.asks_rows(conversation) and conversation.listing is not None:
        asked = flow.prompt(conversation)
        return None if asked is None else _of_rows(advisor, board, conversation.listing.rows, asked, text)
    marked = None if _names_rest(advisor, text) else marked_ideas(board, text)
    # While one idea is on the card, a bare number may be an amount that is said of it: see `idea_facts`.
    if marked is None and flow.numbers_are_ideas(conversation) and flow.shown_idea(conversation) is None:
        return _unmarked(advisor, board, text)
    return marked


def marked_ideas(board: Board, text: str) -> AboutIdeas | None:
    """Numbers marked as ideas: "3, 5: we do have data; 7: none", "idea 3 is wrong, we do have data"."""
    said: list[tuple[tuple[int, ...], str]] = []
    waiting: tuple[int, ...] = ()
    for part in _PARTS.split(text):
        only = _ONLY_NUMBERS.fullmatch(part)
        if only is not None:
            waiting += tuple(numbers_in(only[1]))
            continue
        found = _MARKED.fullmatch(part) or _NAMED.fullmatch(part)
        numbers = tuple(numbers_in(found[1])) if found is not None else ()
        if found is None or any(board.find(number) is None for number in numbers):
            return None
        said.append(((*waiting, *numbers), found[2].strip()))
        waiting = ()
    return AboutIdeas(tuple(said)) if said and not waiting else None


def _unmarked(advisor: Advisor, board: Board, text: str) -> AboutIdeas | None:
    """Numbers beside a sure answer to a question: "my bad 12 we do have examples", "no data for 3"."""
    first = _FIRST.fullmatch(_without_opener(advisor, text))
    last = _LAST.fullmatch(text) if first is None else None
    if is_question(advisor, text, fold(text)):
        return None
    if first is not None:
        numbers, value = tuple(numbers_in(first[1])), first[2].strip()
    elif last is not None and last[2].strip():
        numbers, value = tuple(numbers_in(last[3])), last[1].strip()
    else:
        return None
    if any(board.find(number) is None for number in numbers) or (_BARE.match(text) and _is_amount(advisor, text, None)):
        return None
    answers = all(_answers(advisor, board, number, value) for number in numbers)
    return AboutIdeas(((numbers, value),)) if answers else None


def _without_opener(advisor: Advisor, text: str) -> str:
    """The text from its first number on, if there are only courtesies or a correction before it."""
    found = re.match(rf"([^\d#]*?)({_NOUN}#?\d.*)", text, re.IGNORECASE | re.DOTALL)
    phrases = advisor.catalogue.phrases
    openers = (*phrases.courtesies, *phrases.correction, *phrases.retraction)
    return text if found is None or without(fold(found[1]), openers) else found[2]


def _answers(advisor: Advisor, board: Board, number: int, value: str) -> bool:
    """Whether a text plainly answers a question about the idea: the next one to ask, or any one in full."""
    idea = board.find(number)
    ask = advisor.flows.board.judge.row(idea).ask if idea is not None else None
    if ask is not None and parse_answer(ask, value).plain:
        return True
    return any(answer.certainty is Certainty.TAKE for answer in advisor.knowledge.typed_answers.answers(value, None))


def _is_amount(advisor: Advisor, text: str, asked: Question | None) -> bool:
    """Whether the only number in a text belongs to an amount: "3 years of tickets"."""
    words = fold(text)
    places = [place for place, word in enumerate(words) if word.isdecimal()]
    following = " ".join(words[places[0] + 1 :][:1]) if len(places) == 1 else ""
    if not following or (asked is not None and exact_options(asked, following)):
        return False
    found = advisor.knowledge.typed_answers.answers(text, asked.id if asked is not None else None)
    stated = (fold(answer.evidence) for answer in found if answer.certainty is Certainty.TAKE)
    return any(len(evidence) > 1 and words[places[0]] in evidence for evidence in stated)


@dataclass(slots=True)
class _Said:
    """What was read so far. `waiting` are numbers whose words are still to come, `others`: the words for all other
    ideas are still to come. `before` are words for which no idea is named yet.
    """

    groups: list[tuple[tuple[int, ...], str]] = field(default_factory=list)
    rest: str = ""
    waiting: tuple[int, ...] = ()
    others: bool = False
    before: str = ""
    unclear: list[int] = field(default_factory=list)

    def add(self, numbers: tuple[int, ...], value: str) -> None:
        """Gives the words to these ideas and to those that wait."""
        self.groups.append(((*self.waiting, *numbers), value))
        self.waiting = ()

    def add_rest(self, value: str) -> None:
        """Gives the words to all other ideas, and to those that wait."""
        if self.waiting:
            self.add((), value)
        self.rest, self.others = value, False

    def add_words(self, words: str) -> None:
        """Adds words that name no idea: to the ideas that wait, or to the last ones."""
        if self.others:
            self.add_rest(words)
        elif self.waiting:
            self.add((), words)
        elif self.groups and not self.rest:
            numbers, value = self.groups[-1]
            self.groups[-1] = numbers, f"{value}, {words}"
        elif self.rest:
            self.rest += f", {words}"
        else:
            self.before = f"{self.before}, {words}" if self.before else words


def _of_rows(
    advisor: Advisor, board: Board, asked: tuple[int, ...], question: Question, text: str
) -> AboutIdeas | None:
    """Answers that distinguish the ideas of a question; an idea that is named without an answer is unclear."""
    known = {number for number in numbers_in(text) if board.find(number) is not None}
    said = _Said()
    for group in _groups(advisor, text, every_number=known == set(numbers_in(text))):
        _read(advisor, question, known, group, said)
    if said.before and said.groups:
        lost = without(fold(said.before), advisor.catalogue.phrases.courtesies + advisor.catalogue.phrases.correction)
        said.unclear += [number for numbers, _ in said.groups for number in numbers] if lost else []
        said.groups = [] if lost else said.groups
    if said.groups or said.rest or _names_several(question, text, said.waiting):
        said.unclear += said.waiting
    elif not said.unclear or is_question(advisor, text, fold(text)) or _is_amount(advisor, text, question):
        return None
    named = {*said.unclear, *(number for numbers, _ in said.groups for number in numbers)}
    if said.rest:
        said.groups.append((tuple(number for number in asked if number not in named), said.rest))
    return AboutIdeas(tuple(said.groups), tuple(dict.fromkeys(said.unclear)))


def _names_several(question: Question, text: str, waiting: tuple[int, ...]) -> bool:
    """Whether a text is only numbers, and neither an option nor the number of one idea."""
    return len(waiting) > 1 or (text.strip().isdecimal() and not exact_options(question, text))


def _groups(advisor: Advisor, text: str, *, every_number: bool) -> Iterator[str]:
    """The parts of a text that are about different ideas. `every_number`: all its numbers name ideas."""
    rest = _alternatives(advisor.catalogue.phrases.board_rest)
    longer = _alternatives(_plain_rest(advisor))
    before_rest = re.compile(rf"\s+(?:and|but)\s+(?=(?:{rest})\b|[^\d,;\n]*\b(?:{longer})\s*$)", re.IGNORECASE)
    led = r"(?<!\bfor)(?<!\babout)(?<!\bof)(?<!\bon)(?<!\bthe)(?<!\ball)"
    runs_on = re.compile(rf"{led}\s+(?=(?:{longer})\s+\w)", re.IGNORECASE)
    numbers_lead = every_number and re.match(rf"\s*{_NOUN}#?\d", text, re.IGNORECASE) is not None
    for part in _GROUPS.split(text):
        for piece in before_rest.split(part):
            runs = _NEXT_NUMBER.split(piece) if numbers_lead else [piece]
            for run in runs:
                yield from (found for found in (runs_on.split(run) if numbers_lead else [run]) if found.strip())


@cache
def _alternatives(phrases: tuple[str, ...]) -> str:
    longest_first = sorted(folded(phrases), key=len, reverse=True)
    return "|".join(r"\W+".join(map(re.escape, phrase)) for phrase in longest_first)


def _plain_rest(advisor: Advisor) -> tuple[str, ...]:
    """The phrases for all other ideas that have no other meaning inside a sentence."""
    phrases = advisor.catalogue.phrases
    return tuple(phrase for phrase in phrases.board_rest if phrase not in phrases.board_all)


def _names_rest(advisor: Advisor, text: str) -> bool:
    """Whether a part of a text is about all others: which these are is known only while a question lists them."""
    return re.search(rf"(?:,|;|\band\b)\s*(?:{_alternatives(_plain_rest(advisor))})\b", text, re.IGNORECASE) is not None


def _read(advisor: Advisor, question: Question, known: set[int], group: str, said: _Said) -> None:
    """Reads one part and adds its answers."""
    only = _ONLY_NUMBERS.fullmatch(group)
    if only is not None and known.intersection(numbers_in(only[1])):
        numbers = tuple(numbers_in(only[1]))
        said.waiting += numbers
        if said.before:
            said.add((), said.before)
            said.before = ""
        return
    marked = _MARKED.fullmatch(group) or _NAMED.fullmatch(group)
    first = marked or _FIRST.fullmatch(_without_opener(advisor, group))
    if first is not None and (
        marked is not None or known.intersection(numbers_in(first[1])) or exact_options(question, first[2])
    ):
        _add(known, tuple(numbers_in(first[1])), first[2].strip(), said, marked=marked is not None)
        return
    last = _LAST.fullmatch(group)
    if last is not None and (last[2].strip() or exact_options(question, last[1])):
        numbers = tuple(numbers_in(last[3]))
        if known.intersection(numbers):
            _add(known, numbers, last[1].strip(), said, marked=False)
            return
    within = known.intersection(numbers_in(group))
    if within and not _is_amount(advisor, group, question):
        said.unclear += sorted(within)
    else:
        _add_others(advisor, group, said)


def _add_others(advisor: Advisor, group: str, said: _Said) -> None:
    """A part that names no idea: about all others, or words for the ideas beside it."""
    value = _rest(advisor, fold(group))
    if value is None:
        said.add_words(group.strip())
    elif value:
        said.add_rest(" ".join(value))
    elif said.before:
        said.add_rest(said.before)
        said.before = ""
    else:
        said.others = True


def _add(known: set[int], numbers: tuple[int, ...], value: str, said: _Said, *, marked: bool) -> None:
    inside = known.intersection(numbers_in(value))
    if inside and not marked:
        said.unclear += (*numbers, *sorted(inside))
    else:
        said.add(numbers, value)


def _rest(advisor: Advisor, words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words about all others; None if there are none."""
    for phrase in sorted(folded(advisor.catalogue.phrases.board_rest), key=len, reverse=True):
        if words[: len(phrase)] == phrase:
            return words[len(phrase) :]
        if words[-len(phrase) :] == phrase:
            return words[: -len(phrase)]
    return None


def numbers_in(text: str) -> Iterator[int]:
    """The numbers in a text, including those of ranges, each once."""
    seen: set[int] = set()
    for first, last in ((int(found[1]), int(found[2])) for found in _RANGE.finditer(text)):
        if first < last < first + _LONGEST_RANGE:
            for number in range(first, last + 1):
                if number not in seen:
                    seen.add(number)
                    yield number
    for found in NUMBER.finditer(text):
        if int(found[1]) not in seen:
            seen.add(int(found[1]))
            yield int(found[1])
