"""Matrices of numbers, a column a piece: what stands in a column, each once, and how many that are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.int32]
# No number, and one that has not been looked at yet.
NONE, UNSEEN = -1, -2


class Sorts:
    """What organisations have in common (a tier, a sector, an area), as numbers, found when one first appears."""

    def __init__(self, names: Sequence[str], sort: Callable[[str], Hashable]):
        self.known: dict[Any, int] = {}
        self._names, self._sort = names, sort
        self._numbers = np.full(len(names) + 1, UNSEEN, np.int32)
        self._numbers[NONE] = NONE

    def of(self, organisations: Matrix) -> Matrix:
        """The numbers of the sorts of some organisations."""
        found = self._numbers[organisations]
        if (found == UNSEEN).any():
            for number in np.unique(organisations[found == UNSEEN]).tolist():
                sort = self._sort(self._names[number])
                self._numbers[number] = self.known.setdefault(sort, len(self.known))
            found = self._numbers[organisations]
        return found


def each_once(matrix: Matrix) -> Matrix:
    """The different numbers of each column, without those that recur, and no more rows than that needs."""
    found = np.sort(matrix, 0)[::-1].copy()
    found[1:][found[1:] == found[:-1]] = NONE
    found = np.sort(found, 0)[::-1]
    most = int((found != NONE).sum(0).max(initial=0))
    return found[:most]


def distinct(matrix: Matrix) -> Matrix:
    """How many different numbers each column has."""
    found = np.sort(matrix, 0)
    if not len(found):
        return np.zeros(matrix.shape[1], np.int32)
    new = (found[1:] != found[:-1]) & (found[1:] != NONE)
    return np.asarray((found[0] != NONE).astype(np.int32) + new.sum(0), np.int32)
