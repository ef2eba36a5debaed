"""Laying out tiles: middles of areas to squares of a grid, one an area, each as near its place as can be.

The map is made from middles alone, in steps that always give the same tiles: flatten the globe,
push apart what is nearer than a square (London), choose the squares that cost least to move to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

# Kilometres to a degree of latitude.
_DEGREE = 111.2
_ROUNDS = 400


def grid(
    latitudes: Sequence[float], longitudes: Sequence[float], square: float = 21.0
) -> list[tuple[int, int]]:
    """The (column, row) of each place, from the west and from the north; no two places share one.

    `square` is the side of a square in kilometres; places crowd outwards where there are more of them
    than squares.
    """
    middles = spread(flat(latitudes, longitudes) / square)
    low = np.floor(middles.min(axis=0)).astype(int) - 1
    high = np.ceil(middles.max(axis=0)).astype(int) + 1
    columns, rows = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
    squares = np.column_stack([columns.ravel(), rows.ravel()])
    cost = ((middles[:, None, :] - squares[None, :, :]) ** 2).sum(axis=2)
    chosen = squares[cheapest(cost)]
    chosen -= chosen.min(axis=0)
    return [(int(column), int(row)) for column, row in chosen]


def flat(latitudes: Sequence[float], longitudes: Sequence[float]) -> Any:
    """Places in kilometres east of the first meridian and south of the equator, near enough for a country."""
    north = np.asarray(latitudes, dtype=float)
    east = np.asarray(longitudes, dtype=float) * np.cos(np.radians(north.mean()))
    return np.column_stack([east, -north]) * _DEGREE


def spread(points: Any, apart: float = 1.0) -> Any:
    """Points pushed away from each other until hardly any two are nearer than `apart`."""
    moved = points.copy()
    for _ in range(_ROUNDS):
        gaps = moved[:, None, :] - moved[None, :, :]
        distance = np.sqrt((gaps**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        near = np.clip(apart - distance, 0, None)
        if near.max() < apart / 20:
            break
        push = gaps / np.maximum(distance, 1e-9)[:, :, None] * (near / 4)[:, :, None]
        moved += push.sum(axis=1)
    return moved


def cheapest(cost: Any) -> Any:
    """For each row the column it is given so that the whole costs least (the Hungarian method).

    Rows may be fewer than columns. Ties fall to the earlier column.
    """
    rows, columns = cost.shape
    of_row = np.zeros(rows + 1)
    of_column = np.zeros(columns + 1)
    taken_by = np.zeros(columns + 1, dtype=int)
    before = np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        taken_by[0] = row
        column = 0
        least = np.full(columns + 1, np.inf)
        used = np.zeros(columns + 1, dtype=bool)
        while True:
            used[column] = True
            current = taken_by[column]
            slack = cost[current - 1] - of_row[current] - of_column[1:]
            better = ~used[1:] & (slack < least[1:])
            least[1:][better] = slack[better]
            before[1:][better] = column
            open_ = np.where(used[1:], np.inf, least[1:])
            following = int(open_.argmin()) + 1
            step = open_[following - 1]
            of_row[taken_by[used]] += step
            of_column[used] -= step
            least[~used] -= step
            column = following
            if taken_by[column] == 0:
                break
        while column:
            earlier = before[column]
            taken_by[column] = taken_by[earlier]
            column = int(earlier)
    found = np.empty(rows, dtype=int)
    given = np.nonzero(taken_by[1:])[0]
    found[taken_by[1:][given] - 1] = given
    return found
