"""How what a language model heard counts beside what the built-in sources understood.

| what the model hears | the built-in sources hear it too | they do not |
|---|---|---|
| a look, a move, chat; a write that the line tells | done | done |
| a write in doubt: see `_is_doubtful` | done | offered |
| what takes away, leaves the place or reaches others | done | offered; done if it is asked for again, or if it |
| | | removes ideas, or a note, that a part names and may put away for them: undo brings them back |

What only the built-in sources hear gives way.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, LIKE, OWN_NAME, WRITES, Command, Kind, Sure, What
from dialogs.conversation import Conversation
from dialogs.executor.items import Item, Readings, Told
from dialogs.executor.proposals import begins
from dialogs.executor.targets import has_own, resolved
from dialogs.flows.board_position import board_of
from dialogs.understanding.candidates import Surroundings, candidates
from dialogs.understanding.model.answer import is_verbatim
from dialogs.understanding.parts import Heard, parts_of, segments
from dialogs.understanding.phrases import starts, without
from dialogs.understanding.references import numbers_named
from dialogs.understanding.remarks import foreign_language
from dialogs.understanding.statements import chosen
from dialogs.understanding.thresholds import OFFERED, READ, TOLD_ALONE
from dialogs.understanding.typed_text import TypedText
from dialogs.undo import removed_ideas
from knowledge.interfaces import PROJECT
from knowledge.reading.sums import STEP
from knowledge.reading.word_lists import contains, english
from knowledge.typed_answers.word_parser import fold

_MOST_OFFERED = 3

_TOLD = ("idea", "ideas", "retarget", f"edit.{What.RENAME}")
"""Commands that take any words, so that their words prove nothing. Others are rarer than the ranker has learnt, or set
no more than a status, which undo takes back.
"""

_CUT = re.compile(r"[,;:–—]")
"""Marks between a statement and the question behind it."""


def arbitrated(typed: TypedText, own: Sequence[Item], heard: Sequence[Command]) -> tuple[Item, ...]:
    """What a line does, by both. `own`: what it does by the built-in sources."""
    heard = [_with_condition(typed, each) for each in heard]
    known = [command for item in own for command in _commands_of(typed.advisor, item)]
    likely = (*known, *(each for item in own if isinstance(item, Readings) for each in item.commands))
    begins = any(each.command is Kind.IDEA for each in (*known, *heard))

    def is_same(one: Command, other: Command) -> bool:
        return _is_same(typed, one, other, begins=begins)

    def is_agreed(command: Command) -> bool:
        same = any(is_same(command, other) for other in known)
        return same or _puts_away_named(typed, command) or _is_asked_again(typed, likely, command, is_same)

    away = [each for each in heard if takes_away(typed.conversation, each)]
    pressed = [each for each in heard if (each in away or _is_doubtful(typed, each)) and not is_agreed(each)]
    done = tuple(each for each in heard if each not in pressed)
    offered = tuple(pressed[:_MOST_OFFERED])
    offer = (Readings(offered, clear=all(each in away for each in offered)),) if offered else ()
    return (*done, *offer)


def takes_away(conversation: Conversation, command: Command) -> bool:
    """Whether a command takes away, leaves the place or reaches others: nothing that a model alone may have done."""
    match command.command, command.what:
        case _, What.UNDO if command.ideas:  # what was removed comes back
            return not {*command.ideas} <= {str(idea.number) for idea in removed_ideas(conversation)}
        case (Kind.FORGET | Kind.CLEAR, _) | (_, What.RESTART | What.UNDO | What.REMOVE | What.MERGE):
            return True
        case Kind.SET, _ if command.option == LIKE:
            return ALL in (command.question, command.value, *command.ideas)
        case Kind.WRITE, what:  # a file, or the last text again, if that was one
            given, last = command.parameters(), conversation.focus.last_text(What.UNSPECIFIED)
            if what is What.UNSPECIFIED and "of" in given and last is not None:
                what = last.what
            return what is What.CSV or "file" in given.get("style", "")
        case Kind.CONFIRM, _:
            return any(takes_away(conversation, each) for offer in conversation.focus.offers for each in offer.commands)
        case _:
            return False


def _puts_away_named(typed: TypedText, command: Command) -> bool:
    """Whether a part of the line names the ideas that are removed, or the note, states it, and may put them away for
    the ranker. Undo brings both back.
    """
    advisor, conversation = typed.advisor, typed.conversation
    found = resolved(advisor, conversation, command.ideas)
    numbers = {str(conversation.own if target.idea is None else target.idea.number) for target in found.found}
    match command.command, command.what:
        case _, What.REMOVE if command.ideas and not found.unknown:
            kinds = [f"{Kind.EDIT}.{what}" for what in (What.REMOVE, What.STATUS, What.PARK)]
        case Kind.CLEAR, What.NOTE if is_verbatim(typed.text, command.value):
            kinds, numbers = [command.name], set()
        case _:
            return False
    return "?" not in typed.text and any(
        numbers.issubset(numbers_named(advisor, conversation, part.text))
        and _is_stated(advisor, typed.text, part.text)
        and sum(part.likely.get(kind, 0.0) for kind in kinds) >= OFFERED
        for part in parts_of(advisor, conversation, Heard.of(advisor, conversation, typed.text))
    )


def _is_asked_again(
    typed: TypedText, likely: Iterable[Command], command: Command, is_same: Callable[[Command, Command], bool]
) -> bool:
    """Whether a line says yes to an offer, or asks for it again, as the built-in sources find as well."""
    offered = [each for offer in typed.conversation.focus.offers for each in offer.commands]
    meant = offered if command.command is Kind.CONFIRM else [each for each in offered if is_same(each, command)]
    if not meant or "?" in typed.text or not _is_stated(typed.advisor, typed.text, typed.text):
        return False
    if starts(typed.words, typed.advisor.catalogue.phrases["confirm"]):
        return True
    return any(each.command is Kind.CONFIRM or any(is_same(each, other) for other in meant) for each in likely)


def _commands_of(advisor: Advisor, item: Item) -> Iterable[Command]:
    match item:
        case Command():
            return (item,)
        case Told(command):
            return begins(advisor, command.value) if command.command is Kind.IDEA else (command,)
        case _:
            return ()


def _is_same(typed: TypedText, one: Command, other: Command, *, begins: bool) -> bool:
    """Whether two commands of a line ask for the same. `begins`: an idea begins with it, and is then in focus."""

    def ideas(command: Command) -> set[int]:
        """The numbers of the ideas that it is about; 0 for the conversation's own, or the one that begins."""
        if command.command not in WRITES or (begins and command.ideas in ((), (OWN_NAME,))):
            return {0}
        found = resolved(typed.advisor, typed.conversation, command.ideas).found
        return {0 if target.idea is None else target.idea.number for target in found}

    def named(command: Command) -> tuple[object, ...]:
        option = command.option if command.command is Kind.SET else ""
        part = command.value if command.command is Kind.FORGET else command.value == ALL
        return command.name, command.question, option, part

    return named(one) == named(other) and ideas(one) == ideas(other)


def _is_doubtful(typed: TypedText, command: Command) -> bool:
    """Whether an answer is heard in a question or behind a condition, or is implied or beside a question and no reader
    finds it; or another write that hardly any part tells; or numbers of a sum below a text. A first idea is in no
    doubt, nor are lines no reader reads, nor a note: it decides nothing, and undo takes it back.
    """
    advisor, conversation = typed.advisor, typed.conversation
    if command.command is Kind.SET and not _is_stated(advisor, typed.text, command.quote):
        return True
    if foreign_language(advisor, typed.words):
        return False
    match command.command:
        case Kind.SET if command.sure is not Sure.STATED or "?" in typed.text:
            return command.option != LIKE and not _is_read(typed, command)
        case Kind.IDEA | Kind.IDEAS if not (has_own(conversation) or board_of(conversation).shown):
            return False
        case Kind.IDEA | Kind.IDEAS if advisor.knowledge.matcher.project(command.value or typed.text) >= PROJECT:
            return False
        case Kind.CALCULATE if conversation.last.startswith(Kind.WRITE):
            return bool(command.value) and f"{STEP}=" not in command.value
        case _:
            return command.name in _TOLD and not _is_told(typed, command.name)


def _is_told(typed: TypedText, name: str) -> bool:
    """Whether a line, or a part of it, may be a command of this name for the ranker."""
    whole = Heard.of(typed.advisor, typed.conversation, typed.text)
    parts = (whole, *parts_of(typed.advisor, typed.conversation, whole))
    return any(part.likely.get(name, 0.0) >= TOLD_ALONE for part in parts)


def _is_read(typed: TypedText, command: Command) -> bool:
    """Whether the readers find an answer in its quote, however unlikely."""
    advisor, conversation = typed.advisor, typed.conversation
    around = Surroundings((), {Kind.SET: 1.0}, chosen(conversation, command.ideas))
    return any(
        (found.question, found.option) == (command.question, command.option)
        and advisor.knowledge.candidates.probability(found.features) >= READ
        for found in candidates(advisor, conversation, command.quote, around)
    )


def _with_condition(typed: TypedText, command: Command) -> Command:
    """The command; a note in a question or behind a condition has the whole sentence, so that it says no more."""
    if command.command is not Kind.NOTE or _is_stated(typed.advisor, typed.text, command.quote):
        return command
    return command.replace(value=_sentence_of(typed.text, command.quote).strip())


def _sentence_of(text: str, quote: str) -> str:
    return next((each for each in segments(text) if is_verbatim(each, quote)), text)


def _is_stated(advisor: Advisor, text: str, quote: str) -> bool:
    """Whether the sentence of a quote neither asks for it nor makes it depend on something."""
    sentence = _sentence_of(text, quote)
    if contains(fold(sentence), tuple(english().conditionals)):
        return False
    end = sentence.casefold().find(quote.casefold()) + len(quote)
    if "?" not in sentence or _CUT.search(sentence[end:]):
        return True
    begun = _CUT.split(sentence[: max(end - len(quote), 0)])[-1] + quote
    words = without(fold(begun), advisor.catalogue.phrases["courtesies"])
    return words[:1] == () or words[0] not in english().question_openers
