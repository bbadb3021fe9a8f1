"""Parses what people type about the ideas of a board: "idea 3", "3: we do have data", "compare 2 and 7"."""

import re
from collections.abc import Iterator

from dialogs.advisor import Advisor
from dialogs.board import Board
from dialogs.catalogue import Remark
from dialogs.conversation import Conversation
from dialogs.intents import AboutIdeas, BoardCommand, CompareIdeas, FilterIdeas, RemoveIdeas, RenameIdea
from dialogs.message import Message, Press, Typed, Verb
from dialogs.phrases import Words, starts, without
from knowledge.answer_parser import fold, folded

_NUMBERS = r"#?\d{1,6}(?:\s*(?:,|;|&|-|–|\band\b|\bto\b)?\s*#?\d{1,6}\b)*"
_RANGE = re.compile(r"#?(\d{1,6})\s*(?:-|–|\bto\b)\s*#?(\d{1,6})", re.IGNORECASE)
_NUMBER = re.compile(r"#?(\d{1,6})")
_ONLY_NUMBERS = re.compile(rf"\s*(?:ideas?\s+)?({_NUMBERS})\s*", re.IGNORECASE)
_MARKED = re.compile(rf"\s*(?:ideas?\s+)?({_NUMBERS})\s*[:=]\s*([^\s\d].*)", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(r"\s*ideas?\s+#?(\d{1,6})\b[\s,–-]*(\S.*)", re.IGNORECASE | re.DOTALL)
_NAMED_ANYWHERE = re.compile(r"\bideas?\s+(?:number\s+)?#?(\d{1,6})\b", re.IGNORECASE)
_NUMBERS_FIRST = re.compile(rf"\s*(?:ideas?\s+)?({_NUMBERS})\s+([^\d\W].*)", re.IGNORECASE | re.DOTALL)
_NUMBERS_LAST = re.compile(rf"\s*(\S.*?)\s*(?:[:=]|\bfor\b|\s)\s*(?:ideas?\s+)?({_NUMBERS})\s*", re.IGNORECASE)
_PARTS = re.compile(r"[;\n]+|,\s*(?=#?\d{1,6}\s*[:=])")
_NUMBER_LIST = re.compile(r"(?:(?:the|ideas?|and|to|with|numbers?|\d{1,6})\s?)+")
_LONGEST_RANGE = 1000


_OF_LISTS = frozenset({Verb.IDEA, Verb.ASK, Verb.IDEAS, Verb.MORE, Verb.GUIDE, Verb.EXPORT})


def may_need_board(advisor: Advisor, conversation: Conversation, message: Message) -> bool:
    """Whether the ideas of the place have to be at hand to respond; in doubt they have."""
    if conversation.flow == advisor.flows.board.name or conversation.list_asked:
        return True
    match message.content:
        case Press(action):
            return action.verb in _OF_LISTS
        case Typed(ideas=ideas) if ideas:
            return True
        case Typed(text):
            numbered = "\n" in text or any(sign.isdecimal() for sign in text)
            return numbered or not _words_of(advisor).isdisjoint(fold(text))


def _words_of(advisor: Advisor) -> frozenset[str]:
    """Words without which a text is not about ideas."""
    phrases, commands = advisor.catalogue.phrases, advisor.catalogue.commands
    lists = (phrases.board_list, phrases.triage, *(commands[verb] for verb in ("idea", "guide", "export")))
    fillers = {*phrases.board_fillers, *phrases.question}
    return frozenset(word for list_ in lists for phrase in folded(list_) for word in phrase) - fillers


def parse(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> BoardCommand | Remark | None:
    """What is asked of the board; None where a text is about something else. A remark says why it can't be done."""
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    listed = _filter(advisor, conversation, bare)
    if listed is not None:
        return listed
    board = conversation.board or Board()
    numbers = tuple(number for number in _numbers(text) if board.find(number) is not None)
    if starts(bare, phrases.board_compare) and _rest_is_numbers(bare, phrases.board_compare):
        return CompareIdeas(numbers) if len(numbers) > 1 else "no_such_idea"
    if starts(bare, phrases.board_remove) and _rest_is_numbers(bare, phrases.board_remove):
        return RemoveIdeas(numbers) if numbers else "no_such_idea"
    if bare[:1] and starts(bare, phrases.board_remove) and _means_all(advisor, conversation, bare[1:]):
        return "remove_by_number"
    renamed = _renamed(advisor, text, bare)
    if renamed is not None:
        return renamed if board.find(renamed.number) is not None else "no_such_idea"
    return _about_ideas(advisor, conversation, board, text)


def named_idea(conversation: Conversation, text: str) -> int | None:
    """The one idea that a text names, wherever it does: "what is idea 8 missing?"."""
    board = conversation.board or Board()
    named = {int(found[1]) for found in _NAMED_ANYWHERE.finditer(text)}
    known = [number for number in named if board.find(number) is not None]
    return known[0] if len(named) == len(known) == 1 else None


def _filter(advisor: Advisor, conversation: Conversation, bare: Words) -> FilterIdeas | None:
    """ "ideas", "hybrid ideas", "my open ideas"; while a list is shown, "hybrid" alone."""
    phrases = advisor.catalogue.phrases
    named = [word for word in bare if word in phrases.board_list]
    shows_list = advisor.flows.board.shows_list(conversation)
    if not bare or not (named or shows_list):
        return None
    verdict, owner, is_open = "", False, False
    rest = tuple(word for word in bare if word not in phrases.board_list and word not in phrases.board_fillers)
    for candidate in advisor.pack.verdicts:
        name = fold(candidate.name)
        if rest[: len(name)] == name or rest[-len(name) :] == name:
            verdict = candidate.id
            rest = rest[len(name) :] if rest[: len(name)] == name else rest[: -len(name)]
            break
    for word in rest:
        if word in phrases.board_mine:
            owner = True
        elif word in phrases.board_open:
            is_open = True
        else:
            return None
    filtered = bool(verdict) or owner or is_open
    whole = bool(named) and all(word in phrases.board_list or word in phrases.board_fillers for word in bare)
    return FilterIdeas(verdict, owner, is_open) if filtered or whole else None


def _rest_is_numbers(bare: Words, openers: tuple[str, ...]) -> bool:
    """Whether what follows the first word is a list of numbers ("compare ideas 2 and 7")."""
    longest = max((phrase for phrase in folded(openers) if bare[: len(phrase)] == phrase), key=len)
    rest = " ".join(bare[len(longest) :])
    return _NUMBER_LIST.fullmatch(rest) is not None and _NUMBER.search(rest) is not None


def _means_all(advisor: Advisor, conversation: Conversation, words: Words) -> bool:
    """Whether words mean the whole list, while something of it is shown."""
    phrases = advisor.catalogue.phrases
    whole = {*phrases.board_all, *phrases.board_list}
    shown = advisor.flows.board.numbers_are_ideas(conversation)
    return shown and not whole.isdisjoint(words) and whole.union(phrases.board_fillers).issuperset(words)


def _renamed(advisor: Advisor, text: str, bare: Words) -> RenameIdea | None:
    if not starts(bare, advisor.catalogue.phrases.board_rename):
        return None
    opener = "|".join(map(re.escape, advisor.catalogue.phrases.board_rename))
    found = re.search(rf"\b(?:{opener})\s+(?:idea\s+)?#?(\d{{1,6}})\s*(?:to|as)?\s*[:=]?\s*(\S.*)", text, re.IGNORECASE)
    if found is None:
        return None
    return RenameIdea(int(found[1]), found[2].strip(" \"'“”"))


def _about_ideas(advisor: Advisor, conversation: Conversation, board: Board, text: str) -> AboutIdeas | None:
    """What a text says about some of the ideas; in a question about several, what it says about all others too."""
    prompt = advisor.flows.open_prompt(conversation)
    elsewhere = prompt is not None and conversation.flow != advisor.flows.board.name
    if elsewhere and _NAMED.match(text) is None:
        return None  # a number in an answer to another question
    asked = conversation.listing.rows if advisor.flows.board.asks_rows(conversation) and conversation.listing else ()
    said: list[tuple[tuple[int, ...], str]] = []
    rest = ""
    waiting: tuple[int, ...] = ()
    for part in _split(advisor, text):
        only = _ONLY_NUMBERS.fullmatch(part)
        if only is not None:
            waiting += tuple(_numbers(only[1]))
            continue
        found = _part(advisor, part, asked=bool(asked))
        if found is None:
            return None
        numbers, value = found
        if not numbers:
            rest = value
        elif all(board.find(number) is not None for number in numbers):
            said.append(((*waiting, *numbers), value))
            waiting = ()
        else:
            return None
    if waiting or not (said or rest):
        return None
    named = {number for numbers, _ in said for number in numbers}
    if rest:
        said.append((tuple(number for number in asked if number not in named), rest))
    return AboutIdeas(tuple(said))


def _split(advisor: Advisor, text: str) -> Iterator[str]:
    others = "|".join(sorted(map(re.escape, advisor.catalogue.phrases.board_rest), key=len, reverse=True))
    for part in _PARTS.split(text):
        yield from (
            piece for piece in re.split(rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:{others})\b)", part) if piece.strip()
        )


def _part(advisor: Advisor, part: str, *, asked: bool) -> tuple[tuple[int, ...], str] | None:
    """The numbers in a part, and what it says about them; no numbers: about all others."""
    marked = _MARKED.fullmatch(part) or _NAMED.fullmatch(part)
    if marked is not None:
        return tuple(_numbers(marked[1])), marked[2].strip()
    if not asked:
        return None
    words = fold(part)
    for phrase in sorted(folded(advisor.catalogue.phrases.board_rest), key=len, reverse=True):
        if words[: len(phrase)] == phrase and len(words) > len(phrase):
            return (), " ".join(words[len(phrase) :])
        if words[-len(phrase) :] == phrase and len(words) > len(phrase):
            return (), " ".join(words[: -len(phrase)])
    first = _NUMBERS_FIRST.fullmatch(part)
    if first is not None:
        return tuple(_numbers(first[1])), first[2].strip()
    last = _NUMBERS_LAST.fullmatch(part)
    return (tuple(_numbers(last[2])), last[1].strip()) if last is not None else None


def _numbers(text: str) -> Iterator[int]:
    """The numbers in a text, ranges included, each once."""
    seen: set[int] = set()
    for first, last in ((int(found[1]), int(found[2])) for found in _RANGE.finditer(text)):
        if first < last < first + _LONGEST_RANGE:
            for number in range(first, last + 1):
                if number not in seen:
                    seen.add(number)
                    yield number
    for found in _NUMBER.finditer(text):
        if int(found[1]) not in seen:
            seen.add(int(found[1]))
            yield int(found[1])
