"""Tables of which `make test` runs a part. All that is marked `whole` is left to `make test-whole`, which CI calls."""

from collections.abc import Collection, Iterable
from itertools import product

import pytest


def one_in(step: int, *tables: Iterable[object], but: Collection[object] = ()) -> list[object]:
    """The product of the tables, of which `make test` runs every step-th case: of each row, and of each
    column. Without what is in `but`."""
    cases = []
    for numbered in product(*map(enumerate, tables)):
        case = tuple(value for _, value in numbered)
        left = sum(at for at, _ in numbered) % step != 0
        if case not in but:
            cases.append(pytest.param(*case, marks=[pytest.mark.whole] if left else []))
    return cases
