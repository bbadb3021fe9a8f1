"""Parts of the lines of labelled talks as examples for `knowledge.matching.command_build`.

    python -m tests.eval.talk_rows TALKS…    TALKS: folders of talks; prints a JSON object a line

A part is a line, a sentence of it, or a clause of a sentence, of which the labels tell that it asks for one kind alone.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dialogs.commands.command import Command, Kind
from dialogs.message import Person
from dialogs.played_talk import labelled_lines
from dialogs.understanding.parts import clauses, place_of, segments
from tests.shipped import shipped

_NOON = 1_795_000_000
_PERSON = Person("ana", "Ana")


def rows(talk: Path) -> Iterator[dict[str, object]]:
    """The examples of a talk, each with where it was typed."""
    advisor = shipped()
    for before, line, commands, _ in labelled_lines(advisor, talk):
        for text, kind in labelled(line, commands):
            place = place_of(advisor, before, text)._asdict()
            where = {name: value for name, value in place.items() if value}
            yield {"kind": kind, "text": text, **where, "talk": talk.stem}


def labelled(text: str, commands: Sequence[Command]) -> list[tuple[str, str]]:
    """The parts of a line whose kind its labels tell."""
    said = [command for command in commands if command.command is not Kind.CHAT] or list(commands)
    kinds = [_kind(command) for command in said]
    found = [(text, kinds[0])] if len(set(kinds)) == 1 else []
    sentences = segments(text)
    for parts in (sentences, [clause for sentence in sentences for clause in clauses(sentence)]):
        if len(parts) > 1:
            found += _apart(parts, said, kinds)
    return list(dict.fromkeys(found))


def _kind(command: Command) -> str:
    """What the ranker tells apart: a text to take away is one kind."""
    return Kind.WRITE if command.command is Kind.WRITE else command.name


def _apart(parts: Sequence[str], said: Sequence[Command], kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Parts with the kinds that are quoted from them; those of which nothing is quoted have what is left, in order."""
    got: list[set[str]] = [set() for _ in parts]
    left = []
    for command, kind in zip(said, kinds, strict=True):
        quoted = [at for at, part in enumerate(parts) if _holds(part, command)]
        for at in quoted:
            got[at].add(kind)
        if not quoted:
            left.append(kind)
    free = [kinds_here for kinds_here in got if not kinds_here]
    if len(left) == len(free):
        for kinds_here, kind in zip(free, left, strict=True):
            kinds_here.add(kind)
    yield from (
        (part, next(iter(kinds_here))) for part, kinds_here in zip(parts, got, strict=True) if len(kinds_here) == 1
    )


def _holds(part: str, command: Command) -> bool:
    words = command.quote or (command.value if command.command in (Kind.ASK, Kind.IDEA, Kind.NOTE) else "")
    quote, said = (re.sub(r"\s+", " ", each.lower()).strip() for each in (words, part))
    return bool(quote) and (quote in said or (len(said) > 6 and said in quote))


def main() -> None:
    """Prints the examples of all talks of these folders."""
    for folder in map(Path, sys.argv[1:]):
        for talk in sorted(folder.glob("*.jsonl")):
            for row in rows(talk):
                sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
