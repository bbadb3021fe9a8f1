"""Texts × features, nearly all of them nought: only the others are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.classifier import Floats
from knowledge.matching.tfidf import Weights

_BLOCK = 2048
"""Columns that are written out at a time: all of them would take a gigabyte for ten thousand texts."""


@dataclass(frozen=True, eq=False)
class FeatureMatrix:
    """A sparse matrix by columns: `rows`, `columns` and `values` have the same length, `columns` is sorted."""

    shape: tuple[int, int]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: Floats

    @classmethod
    def of(cls, weights: Sequence[Weights], columns: Mapping[str, int]) -> "FeatureMatrix":
        """From the feature weights of each text. KeyError where a feature has no column."""
        rows = np.repeat(np.arange(len(weights)), [len(each) for each in weights])
        at = np.fromiter((columns[name] for each in weights for name in each), np.intp, len(rows))
        values = np.fromiter((value for each in weights for value in each.values()), np.float32, len(rows))
        order = np.argsort(at, kind="stable")
        return cls((len(weights), len(columns)), rows[order], at[order], values[order])

    def likeness(self) -> Floats:
        """The inner products of all pairs of texts."""
        found = np.zeros((self.shape[0], self.shape[0]), np.float32)
        for block in self._blocks():
            found += block @ block.T
        return found

    def weights(self, shares: Floats) -> Floats:
        """What the texts' shares in each label (texts × labels) add up to by feature: labels × features."""
        blocks = [shares.T @ block for block in self._blocks()]
        return np.concatenate(blocks, axis=1) if blocks else np.zeros((shares.shape[1], 0), np.float32)

    def _blocks(self) -> Iterator[Floats]:
        for first in range(0, self.shape[1], _BLOCK):
            start, end = np.searchsorted(self.columns, [first, first + _BLOCK])
            block = np.zeros((self.shape[0], min(_BLOCK, self.shape[1] - first)), np.float32)
            block[self.rows[start:end], self.columns[start:end] - first] = self.values[start:end]
            yield block
