"""Gaps: where the tables do not know who holds a power."""

from __future__ import annotations

from collections.abc import Iterable

from devo import rules
from devo.mosaic import Pieces
from devo.sightings import alike
from devo.world import World


def unmodelled(world: World, power: str, pieces: Iterable[int]) -> Pieces:
    """The pieces where nobody is known to hold a power on the day and silence does not mean no."""
    found: Pieces = frozenset()
    for group in alike(world, power, pieces):
        piece = min(group)
        for name in rules.differing_parts(world, power, piece) or (power,):
            if not rules.holders(world, name, piece) and not rules.is_modelled(world, name, piece):
                found |= group
    return found
