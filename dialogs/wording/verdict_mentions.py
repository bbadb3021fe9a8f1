"""Verdicts as sentences and facts name them: beside which numbers, for which reason, and as what is decided."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from dialogs.wording.words import affirmed, in_digits, lists, silent, stems, telling, within
from knowledge.pack import Pack
from knowledge.typed_answers.word_parser import fold

_IDEA = re.compile(r"\bidea \d+\b", re.IGNORECASE)
_BOUNDS = ("most", "least")


class Mention(NamedTuple):
    """The verdicts that a part of a text names, or only denies, its numbers, and its other telling words. `decides`: it
    says what is decided. `bare`: it only names a verdict, and does not begin with that, as what says what it means.
    """

    verdicts: frozenset[str]
    denied: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    decides: bool
    bare: bool


def mention(text: str, names: Mapping[str, Sequence[str]]) -> Mention:
    """What a text names; `names` are the stems of the verdicts' names, by id."""
    typed = fold(_IDEA.sub("", in_digits(text)))
    words = stems(typed)
    named = {verdict: _affirmed(typed, words, name) for verdict, name in names.items() if within(name, words)}
    verdicts = frozenset(verdict for verdict, affirmed in named.items() if affirmed)
    known = {one for verdict in verdicts for one in names[verdict]}
    digits = frozenset(word for word in words if word.isdigit() or word in _BOUNDS)
    decides = not lists()["verdicts"].isdisjoint(typed)
    rest = frozenset(words) - known - digits - silent()
    return Mention(
        verdicts,
        frozenset(named) - verdicts,
        digits,
        rest,
        decides,
        not rest and words[0] not in known if words else False,
    )


def _affirmed(typed: Sequence[str], words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name stands somewhere without a negation next to it (“no …”, “not to …”, “… is not”)."""
    found = [at for at in range(len(words) - len(name) + 1) if (*words[at : at + len(name)],) == (*name,)]
    return not all(_is_denied(reversed(typed[:at])) or _is_denied(typed[at + len(name) :][:2]) for at in found)


def _is_denied(beside: Iterable[str]) -> bool:
    """Whether the first words are a negation, and none that says something beside it."""
    for word in beside:
        if word in lists()["negations"]:
            return True
        if word not in lists()["function"] or word in lists()["more"]:
            return False
    return False


def is_miscounted(clause: Mention, lines: Sequence[Sequence[Mention]]) -> bool:
    """Whether a clause counts for a verdict what no fact about the same counts for it. Numbers of several digits are
    amounts.
    """
    counted = {number for number in clause.numbers if len(number) == 1 or number in _BOUNDS}
    if not (clause.verdicts and counted):
        return False
    about = (
        line for line in lines if 2 * sum(len(clause.words & part.words) for part in line) >= len(clause.words) - 1
    )
    return not any(all(clause.verdicts & _beside(line, number) for number in counted) for line in about)


def _beside(line: Sequence[Mention], number: str) -> frozenset[str]:
    """The verdicts beside a number: in its clause, or else in the one behind it and the nearest before it."""
    found = set[str]()
    for at, part in enumerate(line):
        if number in part.numbers:
            before = next((each.verdicts for each in reversed(line[:at]) if each.verdicts), frozenset[str]())
            found |= part.verdicts or before.union(*(each.verdicts for each in line[at + 1 : at + 2]))
    return frozenset(found)


def is_elsewhere(said: Mention, lines: Sequence[Mention], meant: Container[str]) -> bool:
    """Whether a clause gives a reason for a verdict that is not the idea's, and the facts give it for another one."""
    for verdict in said.verdicts:
        near = [(len(said.words & line.words), verdict in line.verdicts) for line in lines]
        most = max((shared for shared, _ in near), default=0)
        if verdict not in meant and most and not any(same for shared, same in near if shared == most):
            return True
    return False


def advises(pack: Pack, text: str, verdicts: Container[str]) -> bool:
    """Whether what is named in a word is part of the advice of one of these verdicts, or is denied."""
    shorts = {one for verdict in pack.verdicts for one in telling(verdict.short or "")}
    advice = (each.headline or each.meaning for each in pack.verdicts if each.id in verdicts)
    return affirmed(text) & shorts <= {one for said in advice for one in affirmed(said)}
