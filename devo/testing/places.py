"""Worlds to try a plugin on: nothing at all, a tiny country, the same with two deals, and England."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache

from devo import front
from devo.sources import OFFERED
from devo.world import World, world_of

# The days that worlds are looked at from, where nobody says otherwise.
TRIED_ON = date(2025, 1, 1)
_COUNTRY = next(iter(OFFERED))


def empty_world(plugins: Iterable[str] = ()) -> World:
    """A world in which there is nothing: no place, no body, no power."""
    return world_of(()).changed(plugins=tuple(plugins)).on(TRIED_ON)


def tiny_country(plugins: Iterable[str] = ()) -> World:
    """Four districts, an authority of two of them, two police areas, four powers; on 1 January 2025.

    `plugins` are on in it, by name, file or folder. Everything in it is made up.
    """
    return front.baseline("tiny-country", (_COUNTRY, *plugins)).on(TRIED_ON)


def two_deals(plugins: Iterable[str] = ()) -> World:
    """The tiny country with its two deals: buses and roads in 2020, skills in 2024."""
    return front.baseline("two-deals", (_COUNTRY, *plugins)).on(TRIED_ON)


def england(plugins: Iterable[str] = ()) -> World:
    """England as devo ships it, on 1 January 2025. Reading it takes about a second, once for all tests."""
    world = _england().on(TRIED_ON)
    world.plugins = tuple(plugins)
    return world


@cache
def _england() -> World:
    return front.baseline("england")


WORLDS: Mapping[str, Callable[[Iterable[str]], World]] = {
    "empty world": empty_world,
    "tiny country": tiny_country,
    "two deals": two_deals,
    "England": england,
}
