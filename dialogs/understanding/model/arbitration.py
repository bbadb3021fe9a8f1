"""How what a language model heard counts beside what the built-in sources understood.

| what the model hears | the built-in agrees | it is unsure | it is sure of something else |
|---|---|---|---|
| a look, a move, chat | done | done | done |
| a write, stated in the line | done | done | offered |
| a write in doubt: see `_is_doubtful` | done | offered | offered |
| what takes away, leaves the place or reaches others | done | offered | offered |

A sure write of the built-in sources that the model does not hear is offered as well; every other item of theirs gives
way. Two different answers to one question are offered both.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, LIKE, OWN_NAME, WRITES, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.buttons import command_of
from dialogs.executor.items import Item, Readings
from dialogs.executor.targets import has_own, resolved
from dialogs.flows.board_position import board_of
from dialogs.intents import AdviceRequest, ListChange, TriageRequest
from dialogs.message import Action
from dialogs.understanding.candidates import Surroundings, candidates
from dialogs.understanding.model.answer import is_verbatim
from dialogs.understanding.parts import Heard, parts_of
from dialogs.understanding.phrases import starts, without
from dialogs.understanding.remarks import foreign_language
from dialogs.understanding.segments import segments
from dialogs.understanding.statements import chosen
from dialogs.understanding.thresholds import READ, SURE, TOLD_ALONE
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import PROJECT
from knowledge.reading.word_lists import contains, english
from knowledge.typed_answers.word_parser import fold

_MOST_OFFERED = 3

_TOLD = (
    *("note", "idea", "ideas", "retarget", "clear", "clear.note"),
    *(f"edit.{what}" for what in (What.RENAME, What.PARK, What.STATUS)),
)
"""Commands that take any words, so that their words prove nothing. Others are rarer than the ranker has learnt."""

_CUT = re.compile(r"[,;:–—]")
"""Marks between a statement and the question behind it."""


class BuiltIn(NamedTuple):
    """What the built-in sources understood of a line. `sure`: it can hardly mean anything else to them. `unlikely` are
    commands that hardly any part of it tells. `reads`: it is in a language that they know.
    """

    items: tuple[Item, ...]
    sure: bool
    unlikely: frozenset[str] = frozenset()
    reads: bool = True

    @classmethod
    def of(cls, typed: TypedText, items: tuple[Item, ...], *, clear: bool) -> Self:
        """How far this can be relied on; `clear` as in what was understood."""
        if foreign_language(typed.advisor, typed.words):
            return cls((), sure=False, reads=False)
        whole = Heard.of(typed.advisor, typed.conversation, typed.text)
        parts = parts_of(typed.advisor, typed.conversation, whole)
        likely = {name: max(part.likely.get(name, 0.0) for part in (whole, *parts)) for name in _TOLD}
        plain = all(isinstance(item, Command | Action | AdviceRequest) for item in items)
        sure = clear and plain and len(parts) == 1 and whole.best[1] >= SURE
        return cls(items, sure, frozenset(name for name in _TOLD if likely[name] < TOLD_ALONE))

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands that its items stand for."""
        return tuple(command for item in self.items for command in _commands_of(item))


def arbitrated(typed: TypedText, own: BuiltIn, heard: Sequence[Command]) -> tuple[Item, ...]:
    """What a line does, by both."""
    known = own.commands
    same = _Alike(typed, begins=any(each.command is Kind.IDEA for each in (*known, *heard)))
    shared = [each for each in heard if any(same.wish(each, other) for other in known)]
    elsewhere = own.sure and bool(known) and not shared
    emptied = [
        each.name for each in heard if each.command is Kind.CLEAR and each not in shared for _ in each.ideas or (1,)
    ]
    done: list[Command] = []
    offered: list[Command] = []
    for command in heard:
        writes = command.command in WRITES and (elsewhere or _is_doubtful(typed, own, command))
        refused = takes_away(typed.conversation, command) or writes or emptied.count(command.name) > 1
        rival = any(same.question(command, other) for other in known)
        alone = command not in shared and not _is_asked_again(typed, own, same, command)
        (offered if alone and (refused or rival) else done).append(command)
    for command in known:
        writes = command.command in WRITES or takes_away(typed.conversation, command)
        rival = any(same.question(command, other) for other in heard)
        if writes and not any(same.wish(command, other) for other in heard) and (elsewhere or rival):
            offered.append(command)
    readings = tuple(dict.fromkeys(offered))[:_MOST_OFFERED]
    clear = all(takes_away(typed.conversation, each) for each in readings)
    return (*done, Readings(readings, clear)) if readings else tuple(done)


def takes_away(conversation: Conversation, command: Command) -> bool:
    """Whether a command takes away, leaves the place or reaches others: nothing that a model alone may have done."""
    match command.command, command.what:
        case (Kind.FORGET, _) | (Kind.GO, What.RESTART | What.UNDO) | (Kind.EDIT, What.REMOVE | What.MERGE):
            return True
        case (Kind.CLEAR, _) | (Kind.SET, _) if command.command is Kind.CLEAR or command.option == LIKE:
            return ALL in (command.question, command.value, *command.ideas)
        case Kind.WRITE, what:  # a file, or the last text again, if that was one
            given, last = command.parameters(), conversation.focus.text
            if what is What.UNSPECIFIED and given.get("of") == "last" and last is not None:
                what = last.what
            return what is What.CSV or "file" in given.get("style", "")
        case Kind.CONFIRM, _:
            return any(takes_away(conversation, each) for offer in conversation.focus.offers for each in offer.commands)
        case _:
            return False


def _is_asked_again(typed: TypedText, own: BuiltIn, same: "_Alike", command: Command) -> bool:
    """Whether a line says yes to an offer, or asks for it again, as the built-in sources find as well."""
    offered = tuple(each for offer in typed.conversation.focus.offers for each in offer.commands)
    meant = offered if command.command is Kind.CONFIRM else (command,)
    known = any(same.wish(each, other) for each in meant for other in offered)
    if not known or "?" in typed.text or not _is_stated(typed.advisor, typed.text, typed.text):
        return False
    if starts(typed.words, typed.advisor.catalogue.phrases.confirm):
        return True
    likely = (*own.commands, *(each for item in own.items if isinstance(item, Readings) for each in item.commands))
    return any(each.command is Kind.CONFIRM or any(same.wish(each, other) for other in meant) for each in likely)


def _commands_of(item: Item) -> Iterable[Command]:
    match item:
        case Command():
            return (item,)
        case Action():
            command = command_of(item)
            return () if command is None else (command,)
        case AdviceRequest(text, readings):
            sets = (Command(Kind.SET, ideas=(OWN_NAME,), question=q, option=r.option) for q, r in readings.items())
            return (Command(Kind.IDEA, value=text), *sets)
        case TriageRequest() | ListChange():
            return (Command(Kind.IDEAS),)
        case _:
            return ()


class _Alike(NamedTuple):
    """Compares commands of a line. `begins`: an idea begins with it, which is then the one in focus."""

    typed: TypedText
    begins: bool

    def wish(self, one: Command, other: Command) -> bool:
        """Whether two commands ask for the same."""
        answer = one.option == other.option or one.command is not Kind.SET
        return answer and (one.what, one.question) == (other.what, other.question) and self._topic(one, other)

    def question(self, one: Command, other: Command) -> bool:
        """Whether two commands give different answers to one question of one idea."""
        sets = one.command is other.command is Kind.SET and one.question == other.question
        return sets and one.option != other.option and self._topic(one, other)

    def _topic(self, one: Command, other: Command) -> bool:
        same = one.command is other.command
        return same and (one.command not in WRITES or self._ideas(one) == self._ideas(other))

    def _ideas(self, command: Command) -> frozenset[int]:
        """The numbers of the ideas that it is about; 0 for the conversation's own, or the one that begins."""
        if self.begins and command.ideas in ((), (OWN_NAME,)):
            return frozenset((0,))
        found = resolved(self.typed.advisor, self.typed.conversation, command.ideas).found
        return frozenset(0 if target.idea is None else target.idea.number for target in found)


def _is_doubtful(typed: TypedText, own: BuiltIn, command: Command) -> bool:
    """Whether a write is heard in a question or behind a condition, an answer where no reader finds it, or a note or an
    idea where hardly one is told. The first idea takes nothing away.
    """
    conversation, text = typed.conversation, command.value or typed.text
    match command.command:
        case Kind.SET if command.option != LIKE and own.reads and not _is_read(typed, command):
            return True
        case Kind.SET | Kind.CLEAR:
            return command.name in own.unlikely or not _is_stated(typed.advisor, typed.text, command.quote)
        case Kind.IDEA | Kind.IDEAS if not (has_own(conversation) or board_of(conversation).shown):
            return False
        case Kind.IDEA | Kind.IDEAS:
            return command.name in own.unlikely and typed.advisor.knowledge.matcher.project(text) < PROJECT
        case _:
            return command.name in own.unlikely


def _is_read(typed: TypedText, command: Command) -> bool:
    """Whether the readers find an answer in its quote, however unlikely."""
    advisor, conversation = typed.advisor, typed.conversation
    around = Surroundings((), {Kind.SET: 1.0}, chosen(conversation, command.ideas))
    return any(
        (found.question, found.option) == (command.question, command.option)
        and advisor.knowledge.candidates.probability(found.features) >= READ
        for found in candidates(advisor, conversation, command.quote, around)
    )


def _is_stated(advisor: Advisor, text: str, quote: str) -> bool:
    """Whether the sentence of a quote neither asks for it nor makes it depend on something."""
    sentence = next((each for each in segments(text) if is_verbatim(each, quote)), text)
    if contains(fold(sentence), tuple(english().conditionals)):
        return False
    end = sentence.casefold().find(quote.casefold()) + len(quote)
    if "?" not in sentence or _CUT.search(sentence[end:]):
        return True
    begun = _CUT.split(sentence[: max(end - len(quote), 0)])[-1] + quote
    words = without(fold(begun), advisor.catalogue.phrases.courtesies)
    return words[:1] == () or words[0] not in english().question_openers
