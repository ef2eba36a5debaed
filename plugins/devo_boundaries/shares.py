"""Sharing out many lines of whole amounts at once: devo's `cascade` for each, in columns of numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_SAFE = 2**62


class Sharing:
    """One way of sharing amounts of areas out over the parts they meet, kept for many amounts.

    `of` is, for each part, the number of the area that it is a part of, in order; `into` the number
    of the area it goes to; `weights` how much of the measure it has.
    """

    def __init__(self, of: Sequence[int], into: Sequence[int], weights: Sequence[int]):
        import numpy as np

        self._of = np.asarray(of, dtype=np.int64)
        self._into = np.asarray(into, dtype=np.int64)
        self._targets = int(self._into.max()) + 1 if len(into) else 0
        amounts = np.asarray(weights, dtype=np.int64)
        if (np.diff(self._of) < 0).any():
            raise ValueError("parts must be in the order of the areas they are parts of")
        starts = np.flatnonzero(np.r_[True, np.diff(self._of) > 0])
        counts = np.diff(np.r_[starts, len(self._of)])
        totals = np.add.reduceat(amounts, starts)
        empty = np.repeat(totals == 0, counts)
        amounts = np.where(empty, 1, amounts)
        totals = np.where(totals == 0, counts, totals)
        running = np.cumsum(amounts)
        before = np.repeat(running[starts] - amounts[starts], counts)
        self._running = running - before
        self._whole = np.repeat(totals, counts)
        self._first = np.zeros(len(self._of), dtype=bool)
        self._first[starts] = True
        self._largest = int(totals.max(initial=0))
        self._order = np.argsort(self._into, kind="stable")
        sorted_into = self._into[self._order]
        self._groups = np.flatnonzero(np.r_[True, np.diff(sorted_into) > 0])
        self._found = sorted_into[self._groups]

    def parts(self, amounts: Any) -> Any:
        """Amounts of the areas, one row a line, shared out by cascade: one column a part. Whole numbers."""
        import numpy as np

        lines = np.atleast_2d(np.asarray(amounts))
        if lines.dtype == object or abs(lines).max(initial=0) > _SAFE // max(1, 2 * self._largest):
            lines = lines.astype(object)
            running, whole = self._running.astype(object), self._whole.astype(object)
        else:
            lines = lines.astype(np.int64)
            running, whole = self._running, self._whole
        upto = (2 * lines[:, self._of] * running + whole) // (2 * whole)
        given = upto.copy()
        given[:, 1:] -= np.where(self._first[1:], 0, upto[:, :-1])
        return given

    def into(self, amounts: Any) -> Any:
        """The same summed over the areas that the parts go to: one column an area."""
        import numpy as np

        parts = self.parts(amounts)
        out = np.zeros((len(parts), self._targets), dtype=parts.dtype)
        out[:, self._found] = np.add.reduceat(parts[:, self._order], self._groups, axis=1)
        return out
