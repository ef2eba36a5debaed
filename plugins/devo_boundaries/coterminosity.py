"""Coterminosity: how far two layers draw the same lines."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from devo import Residents, Share, World
from devo_boundaries.ground import ground
from devo_boundaries.overlays import share_of, whole_pairs
from devo_boundaries.values import LayerId


@dataclass(frozen=True, slots=True)
class CoterminosityRow:
    """How far two layers draw the same lines, on two measures that are 1 for layers drawn alike.

    `areas_one_to_one` counts the areas that have one of the other layer for themselves, of `source_areas`
    and `target_areas`; `residents` are those of both layers together; `over` is the tolerance, in residents;
    `basis` says what was counted.
    """

    source: str
    target: str
    one_to_one: Share
    information: float
    areas_one_to_one: int
    source_areas: int
    target_areas: int
    residents: Residents
    over: int
    basis: str


def coterminosity(
    world: World, source: LayerId, target: LayerId, over: int = 0
) -> Iterator[CoterminosityRow]:
    """How far two layers, `source` and `target`, agree, from 0 to 1.

    `one_to_one` is the share of residents who live in an area of one layer whose people are exactly
    those of an area of the other, but for up to `over` residents on either side. `information` is
    the mutual information of the two layers over their joint entropy, weighed by residents (Rajski,
    Information and Control 4, 1961): 1 where knowing either area tells the other, 0 where it tells
    nothing. Both are of the residents who live in an area of at least one of the layers; living in
    none counts as an area of its own.
    """
    found = ground(world, (source, target))
    parts = {pair: people for pair, people in whole_pairs(found, source, target).items() if any(pair)}
    of_source, of_target = _margin(parts, 0), _margin(parts, 1)
    everyone = sum(parts.values())
    meets = Counter(code for pair in parts for code in ((0, pair[0]), (1, pair[1])))
    same = [
        (pair, people)
        for pair, people in parts.items()
        if all(pair)
        and of_source[pair[0]] - people <= over
        and of_target[pair[1]] - people <= over
        # With no tolerance not even ground where nobody lives may differ.
        and (over or meets[0, pair[0]] == meets[1, pair[1]] == 1)
    ]
    agreed = sum(people for _, people in same)
    yield CoterminosityRow(
        source,
        target,
        share_of(agreed, everyone),
        _information(parts, of_source, of_target),
        len(same),
        len([code for code in of_source if code]),
        len([code for code in of_target if code]),
        everyone,
        over,
        found.basis,
    )


def _margin(parts: Mapping[tuple[str, str], int], place: int) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for pair, people in parts.items():
        found[pair[place]] += people
    return found


def _information(
    parts: Mapping[tuple[str, str], int], of_source: Mapping[str, int], of_target: Mapping[str, int]
) -> float:
    """Mutual information over joint entropy; 1 where neither layer divides anybody from anybody."""
    total = sum(parts.values())

    def entropy(counts: Mapping[Any, int]) -> float:
        return math.log(total) - math.fsum(n * math.log(n) for n in counts.values() if n) / total

    if not total:
        return 1.0
    joint = entropy(parts)
    one, other = entropy(of_source), entropy(of_target)
    if joint <= 1e-12:
        return 1.0
    return min(1.0, max(0.0, (one + other - joint) / joint))
