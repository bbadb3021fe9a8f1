"""What of a language model's answer holds: commands of the closed set, about what there is, in the words of the line.

Nothing that is stored is in the model's words, but for the labels of a sum's steps: what is not copied from the line is
dropped. Each drop has a reason.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Set
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, LIKE, NONE, WRITES, Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import IDEA_LIMIT, Conversation
from dialogs.executor.targets import resolved
from dialogs.message import number_in
from dialogs.understanding.list_layout import parts_of
from dialogs.understanding.model.request import forms, pages_in
from knowledge.costs import Given
from knowledge.pack import Pack
from knowledge.reading.amounts import amounts_in, figures_in
from knowledge.reading.sums import STEP, as_value
from knowledge.typed_answers.word_parser import fold

_MOST = 20
"""Commands of one line; a line has hardly more than five."""

_MOST_PAGES = 2
"""Pages that answer one question."""

_LONGEST = 200_000
"""Characters of an answer that is read."""

DROPS = ("quote", "idea", "question", "form", "shape", "json", "too_many")
"""Reasons for which commands are dropped."""

_QUOTED = (Kind.SET, Kind.CLEAR, Kind.NOTE, Kind.SUPPOSE)
_KEPT = (Kind.IDEA, Kind.IDEAS, Kind.OUTCOME, Kind.REMIND)
"""Kinds whose value is kept, or shown, as it is."""

_BUTTONS = (Kind.CHAT, Kind.EXPLAIN, Kind.GO, Kind.SHOW, Kind.WRITE)
"""Kinds with a value that only a button gives."""

_APPEARS = (Kind.IDEA, Kind.IDEAS, What.UNDO, What.COPY)
"""Kinds and forms with which ideas appear that are not there yet."""

_ONE = TypeAdapter(Command)
_SPACES = re.compile(r"\s+")
_ALIKE = str.maketrans("’‘“”„«»–—", '\'\'"""""--')


class Answer(NamedTuple):
    """The commands that hold, and how many were dropped, by reason. `commands` is None where it is no answer at all."""

    commands: tuple[Command, ...] | None
    dropped: Mapping[str, int]


def commands_in(advisor: Advisor, conversation: Conversation, line: str, answer: str) -> Answer:
    """What a model's answer to a line says. `line` is the text as it was sent."""
    given = list_in(answer, "commands")
    if given is None:
        return Answer(None, {"json": 1})
    found: list[Command] = []
    dropped: Counter[str] = Counter()
    read, lost = [_command(each) for each in given[:_MOST]], False
    appears = any(each and (each.command in _APPEARS or each.what in _APPEARS) for each in read)
    for command in read:
        reason = "shape" if command is None else _wrong(advisor, conversation, line, command, appears=appears)
        lost = lost or (command is not None and command.command is Kind.IDEA and bool(reason))
        if not reason and lost and command is not None and not command.ideas and command.command in WRITES:
            reason = "idea"  # it was meant for the one that fell away
        if command is None or reason:
            dropped[reason] += 1
        else:
            found.append(_in_own_words(advisor.pack, conversation, line, command))
    if len(given) > _MOST:
        dropped["too_many"] += len(given) - _MOST
    return Answer(tuple(dict.fromkeys(found)), dropped)


def list_in(answer: str, name: str) -> list[Any] | None:
    """A list of an answer; an object may stand in a frame of other text, as where no format could be asked for."""
    start, end = answer.find("{"), answer.rfind("}")
    if len(answer) > _LONGEST or start < 0:
        return None
    try:
        given = json.loads(answer[start : end + 1])
    except (ValueError, RecursionError):
        return None
    found = given.get(name) if isinstance(given, dict) else None
    return found if isinstance(found, list) else None


def _command(given: object) -> Command | None:
    try:
        return _ONE.validate_json(json.dumps(given), strict=True)
    except ValidationError:
        return None


def _wrong(advisor: Advisor, conversation: Conversation, line: str, command: Command, *, appears: bool) -> str:
    """Why a command does not hold; "" where it does."""
    if command.what not in forms()[command.command] or len(command.value) > IDEA_LIMIT * 10:
        return "form"
    if not _exists(advisor.pack, command):
        return "question"
    if not all(_is_named(advisor, conversation, line, name, appears=appears) for name in command.ideas):
        return "idea"
    if command.command in _QUOTED and not is_verbatim(line, command.quote):
        return "quote"
    if command.command is Kind.IDEA and {*fold(command.value)} <= {*fold(line)}:  # a title, in whatever order
        return ""
    if _is_kept(command) and not all(_is_taken(line, part) for part in command.value.split("\n") if part.strip()):
        return "quote"
    return ""


def _is_taken(line: str, words: str) -> bool:
    """Whether words stand in a line in this order, without others between them or with some left out."""
    left = iter(fold(line))
    return is_verbatim(line, words) or all(word in left for word in fold(words))


def _exists(pack: Pack, command: Command) -> bool:
    """Whether there are its question and its option, and an answer has both."""
    question, option, every = command.question, command.option, command.question == ALL
    match command.command:
        case Kind.SET if option == LIKE:
            return every or question in pack.question_of
        case Kind.SET | Kind.SUPPOSE:
            return pack.has_option(question, option)
        case Kind.CLEAR:
            return every or question in pack.question_of or command.what is What.NOTE
        case _:
            return question in (NONE, ALL, *pack.question_of) and (option == NONE or pack.has_option(question, option))


def _is_named(advisor: Advisor, conversation: Conversation, line: str, name: str, *, appears: bool) -> bool:
    """Whether there is an idea of this name; where one `appears` with the line, it may be that one's."""
    if appears and (number_in(name.lstrip("#")) or is_verbatim(line, name)):
        return True
    return bool(resolved(advisor, conversation, (name,)).found)


def _is_kept(command: Command) -> bool:
    titled = command.command is Kind.EDIT and command.what in (What.ADD, What.RENAME, What.COPY)
    return command.command in _KEPT or titled


def _in_own_words(pack: Pack, conversation: Conversation, line: str, command: Command) -> Command:
    """The command with the words of the line where it is in words of the model that need not be, and without what only
    a button says.
    """
    if command.command in _BUTTONS and command.value in frozenset(Value):
        return command.replace(value="")
    if command.command is Kind.ASK and (pages := pages_in(pack, command.value)):
        return command.replace(value=" ".join(pages[:_MOST_PAGES]))
    if command.command is Kind.NOTE and not is_verbatim(line, command.value):
        return command.replace(value=command.quote)
    if command.command is Kind.IDEAS:
        return command.replace(value="\n".join(part.text for part in parts_of(command.value, whole_lines=True)))
    if command.command is Kind.CHAT:
        return command.replace(value="")
    if command.command is Kind.ASK and not is_verbatim(line, command.value):
        return command.replace(value=line)
    if command.command is Kind.WRITE:
        return command.replace(value=";".join(each for each in command.value.split(";") if _is_for(line, each)))
    if command.command is Kind.CALCULATE:
        return command.replace(value=_as_said(conversation, line, command.value))
    return command if not command.quote or is_verbatim(line, command.quote) else command.replace(quote="")


def _is_for(line: str, part: str) -> bool:
    """Whether a part of how a text is to be says nothing of its reader, or that in the words of the line."""
    name, _, whom = part.partition("=")
    return name.strip() != "for" or is_verbatim(line, whom)


def _as_said(conversation: Conversation, line: str, value: str) -> str:
    """The numbers of a sum that the person has said; where none is, or it begins the sum, what else the line says. Of
    steps each number is checked where they are worked out.
    """
    sums, notes = conversation.focus.sums, (note.text for note in conversation.notes)
    said = frozenset[Decimal]().union(*map(figures_in, (line, *notes, *(numbers for _, numbers in sums))))
    parts = value.split(";")
    kept = [part.strip() for part in parts if part.strip() and _is_said(line, part, said)]
    return "; ".join(kept) if kept or (sums and not value.strip()) else as_value(line)


def _is_said(line: str, part: str, figures: Set[Decimal]) -> bool:
    """Whether a part of a sum is a step, or its figures are among these and the line does not say the number in another
    unit or currency.
    """
    name, _, amount = (piece.strip() for piece in part.partition("="))
    given = amounts_in(amount)
    if name == STEP or not figures_in(amount) <= figures:
        return name == STEP
    said = {each.amount.value for each in given}
    same = [
        each for each in amounts_in(line) if each.exact and {each.amount.value} == said and name in frozenset(Given)
    ]
    units = {each.amount.currency for each in given} - {""}
    fitting = [each for each in same if each.fits(Given(name))]
    return not same or any(not units or {"", *units} >= {each.amount.currency} for each in fitting)


def is_verbatim(line: str, words: str) -> bool:
    """Whether words stand in a line, but for spaces, capitals and the form of quotation marks."""
    said = _alike(words)
    return any(map(str.isalnum, said)) and said in _alike(line)


def _alike(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_ALIKE)).casefold().strip(" .,;:!?")
