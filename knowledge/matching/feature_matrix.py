"""A sparse matrix of texts × features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.classifier import Floats
from knowledge.matching.tfidf import Weights

_RARE = 150
"""Texts up to which the pairs of a feature are added by themselves, one feature after the other; nearly all features
are that rare.
"""

_BLOCK = 1024
"""Columns of more common features that are made dense at a time."""


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
        starts = np.searchsorted(self.columns, np.arange(self.shape[1] + 1))
        sizes = np.diff(starts)
        for column in np.flatnonzero(sizes <= _RARE).tolist():
            part = slice(starts[column], starts[column + 1])
            rows, values = self.rows[part], self.values[part]
            found[rows[:, None], rows] += values[:, None] * values
        common = np.flatnonzero(sizes > _RARE)
        for first in range(0, len(common), _BLOCK):
            block = self._block(common[first : first + _BLOCK])
            found += block @ block.T
        return found

    def weights(self, coefficients: Floats) -> Floats:
        """The weights (labels × features) that coefficients of the texts (texts × labels) give."""
        found = np.zeros((self.shape[1], coefficients.shape[1]), np.float32)
        np.add.at(found, self.columns, coefficients[self.rows] * self.values[:, None])
        return found.T

    def _block(self, columns: NDArray[np.intp]) -> Floats:
        """Some of the columns as a dense matrix."""
        place = np.full(self.shape[1], -1)
        place[columns] = np.arange(len(columns))
        within = place[self.columns] >= 0
        block = np.zeros((self.shape[0], len(columns)), np.float32)
        block[self.rows[within], place[self.columns[within]]] = self.values[within]
        return block
