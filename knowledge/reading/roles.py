"""Which number of a sum each amount of a line is: by its unit, the words around it, and what the other amounts are.

One assignment over the line: a number of a sum is given by one amount at most, and the best total wins.
"""

import heapq
from collections.abc import Sequence

from knowledge.costs import Given
from knowledge.reading.amounts import Said
from knowledge.reading.factors import amount_words

_LIKE, _CARRIED, _ASKED, _KEPT = 1.5, 1.2, 3.0, 256
"""What it says to be of the same unit as a neighbour, to stand behind one of the tuned model, and to be asked for;
assignments that are gone on with.
"""

_OWN = frozenset[str]()
_GROUPS = {"tokens": "tokens", "count": "tokens", "price": "price", "fraction": "price", "money": "price"}
"""Units that hold for what stands beside them, and as what."""


_Found = dict[frozenset[str], tuple[float, tuple[str, ...]]]
"""By the roles that are taken: the best total, and the roles one by one."""


def roles_of(amounts: Sequence[Said], asked: Given | None = None) -> list[str]:
    """The role of each amount, "" where nothing tells: a number of a sum, or a result that is claimed.

    `asked`: the number that the first amount is, if nothing says something else.
    """
    found: _Found = {frozenset(): (0.0, ())}
    for at in range(len(amounts)):
        scores: dict[str, float] = {"": 0.0, **_scores(amounts, at, None if at else asked)}
        after: _Found = {}
        for taken, (total, roles) in found.items():
            for role, score in scores.items():
                now = taken | {role} - {""}
                if role not in taken and (now not in after or after[now][0] < total + score):
                    after[now] = (total + score, (*roles, role))
        found = dict(heapq.nlargest(_KEPT, after.items(), key=lambda each: each[1][0]))
    return [*max(found.values(), key=lambda each: each[0])[1]]


def _scores(amounts: Sequence[Said], at: int, asked: Given | None) -> dict[str, float]:
    """What speaks for each role that an amount may have: its unit, the words around it, and its neighbours.

    Words that may be a neighbour's speak for a role only. What a price is of may be told of the amount before.
    """
    known, scores, said, before = amount_words()["roles"], dict[str, float](), amounts[at], amounts[max(at - 1, 0)]
    shared = {*(before.after if at else ()), *(word for each in amounts[at + 1 : at + 2] for word in each.before)}
    group = next((_GROUPS[each.unit] for each in reversed(amounts[:at]) if each.unit in _GROUPS), "")
    behind = next((_GROUPS[each.unit] for each in amounts[at + 1 :] if each.unit in _GROUPS), "") if said.joined else ""
    carried = "tuned" if before.unit in known["price_out"][0] else "training" if before.unit == "tokens" else ""
    if not (at and carried and before.near(carried, _OWN)) or said.near(carried, _OWN):
        carried = ""
    for role, (units, lists) in known.items():
        if said.unit in units:
            told = units[said.unit] + (_ASKED if role == asked else 0)
            told += sum(weight * said.near(name, shared if weight < 0 else None) for name, weight in lists.items())
            told += _CARRIED * lists.get(carried, 0) if "price" in role else 0
            alike = said.unit in ("count", "small", "fraction", "money") and (behind or group) in units
            scores |= {role: told + (min(told, _LIKE) if alike else 0)} if told > 0 else {}
    return scores
