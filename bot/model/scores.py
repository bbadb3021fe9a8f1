"""How well the lines of labelled talks are understood: what each asks for, beside what was carried out.

A command is right by its kind, form, question and option; greetings and thanks count only where a line has nothing
else.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import LIKE, WRITES, Command, Kind
from dialogs.conversation import Conversation
from dialogs.message import Message, Typed
from dialogs.played_talk import LabelledLine
from dialogs.respond import respond

Key = tuple[str, str, str, str]


class Taken(NamedTuple):
    """What a line is labelled with, what was carried out for it, and what was proposed or offered instead."""

    labelled: frozenset[Key]
    did: frozenset[Key]
    offered: frozenset[Key] = frozenset()

    @property
    def unsaid(self) -> int:
        """How many writes were carried out that it is not labelled with."""
        return sum(command in WRITES for command, *_ in self.did - self.labelled)


class BySource(NamedTuple):
    """The same by the built-in sources, by a language model alone, and by both."""

    built_in: Taken
    model: Taken
    both: Taken


def taken(advisor: Advisor, line: LabelledLine, message: Message | None = None) -> Taken:
    """What is carried out for a labelled line; `message` is that with its text, if it carries more."""
    turn = respond(advisor, line.before, message or line.message._replace(content=Typed(line.text)))
    return Taken(_keys(line.commands), _keys(turn.did), _keys(_proposed(turn.conversation)))


def by_source(advisor: Advisor, line: LabelledLine, heard: tuple[Command, ...] | None) -> BySource:
    """The same by each source; a line of which a model heard nothing is the built-in's."""
    typed = line.message._replace(content=Typed(line.text))
    built_in = taken(advisor, line, typed)
    if heard is None:
        return BySource(built_in, built_in, built_in)
    alone = typed._replace(content=Typed(line.text, commands=heard))
    return BySource(built_in, taken(advisor, line, alone), taken(advisor, line, typed._replace(heard=heard)))


def report(lines: Iterable[Taken]) -> str:
    """How many lines are understood whole, with several wishes too, and in part; how many commands are right, wrong and
    missed, how many of the missed are offered, and in how many lines something is written that they do not say.
    """
    count: Counter[str] = Counter()
    for line in lines:
        (labelled, did, offered), unsaid = line, line.unsaid
        count["lines"] += 1
        count["whole"] += labelled == did
        count["with several wishes"] += len(labelled) > 1
        count["of these whole"] += len(labelled) > 1 and labelled == did
        count["part"] += bool(labelled & did)
        count["right"] += len(labelled & did)
        count["wrong"] += len(did - labelled)
        count["missed"] += len(labelled - did)
        count["wrong writes"] += unsaid
        count["in lines"] += bool(unsaid)
        count["missed but offered"] += len((labelled - did) & offered)
    return ", ".join(f"{name} {number}" for name, number in count.items())


def _keys(commands: Iterable[Command]) -> frozenset[Key]:
    every = tuple(commands)
    beside = [each for each in every if each.command is not Kind.CHAT]
    return frozenset((each.command, each.what, each.question, _option(each)) for each in beside or every)


def _option(command: Command) -> str:
    """What a label calls the answer: what was carried out has the other idea's own."""
    return LIKE if command.command is Kind.SET and command.value else command.option


def _proposed(after: Conversation) -> Iterable[Command]:
    if after.confirm is not None:
        yield Command(Kind.SET, question=after.confirm.question, option=after.confirm.option)
    for offer in after.focus.offers:
        yield from offer.commands
