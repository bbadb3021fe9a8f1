"""How many lines of labelled talks are understood as they are labelled?

    python -m tests.eval.understood TALKS    TALKS: a folder of talks, one line each: `text` and `commands`, or `press`

Each line is typed where the labels of the lines before have led to. What is carried out is compared with its label by
command, form, question and option; greetings and thanks count only where a line has nothing else.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dialogs.advisor import Advisor
from dialogs.commands.command import LIKE, WRITES, Command, Kind
from dialogs.message import Person, Typed
from dialogs.played_talk import labelled_lines
from dialogs.respond import respond
from tests.shipped import shipped

_NOON = 1_795_000_000

_PERSON = Person("ana", "Ana")

Key = tuple[str, str, str, str]
Taken = tuple[frozenset[Key], frozenset[Key]]
"""What a line is labelled with, and what was carried out for it."""


def understood(advisor: Advisor, talk: Path) -> Iterator[Taken]:
    """Each typed line of a talk."""
    for before, text, commands, message in labelled_lines(advisor, talk):
        yield _keys(commands), _keys(respond(advisor, before, message._replace(content=Typed(text))).did)


def _keys(commands: tuple[Command, ...]) -> frozenset[Key]:
    beside = [each for each in commands if each.command is not Kind.CHAT]
    return frozenset((each.command, each.what, each.question, _option(each)) for each in beside or commands)


def _option(command: Command) -> str:
    """What a label calls the answer: what was carried out has the other idea's own."""
    return LIKE if command.command is Kind.SET and command.value else command.option


def report(lines: Iterable[Taken]) -> str:
    """How many lines are understood whole, with several wishes too, and in part; how many commands are right, wrong and
    missed.
    """
    count: Counter[str] = Counter()
    for labelled, did in lines:
        count["lines"] += 1
        count["whole"] += labelled == did
        count["with several wishes"] += len(labelled) > 1
        count["of these whole"] += len(labelled) > 1 and labelled == did
        count["part"] += bool(labelled & did)
        count["right"] += len(labelled & did)
        count["wrong"] += len(did - labelled)
        count["missed"] += len(labelled - did)
        count["wrong writes"] += sum(command in WRITES for command, *_ in did - labelled)
    return ", ".join(f"{name} {number}" for name, number in count.items())


def main() -> int:
    """Prints a line for each talk, and one for all."""
    advisor = shipped()
    every: list[Taken] = []
    for talk in sorted(Path(sys.argv[1]).glob("*.jsonl")):
        taken = list(understood(advisor, talk))
        every += taken
        sys.stdout.write(f"{talk.stem}: {report(taken)}\n")
    sys.stdout.write(f"all: {report(every)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
