"""The smallest set that satisfies several wants at once, where each want has a few ways of being met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
Way = frozenset[str]


def smallest(wants: Iterable[Sequence[Way]]) -> Way:
    """The fewest members such that every want has at least one of its ways wholly inside.

    A want without a way is left out: nobody can meet it. Of sets of one size the first by name counts.
    """
    ways = frozenset(frozenset(want) for want in wants if want)
    return _smallest(ways)


@lru_cache(maxsize=4096)
def _smallest(wants: frozenset[frozenset[Way]]) -> Way:
    forced: set[str] = set()
    open_: list[list[Way]] = []
    for want in sorted(wants, key=lambda ways: sorted(map(sorted, ways))):
        if len(want) == 1:
            forced |= next(iter(want))
        else:
            open_.append(sorted(want, key=lambda way: (len(way), sorted(way))))
    best: list[Way] = []

    def look(number: int, chosen: frozenset[str]) -> None:
        if best and len(chosen) >= len(best[0]):
            return
        if number == len(open_):
            best[:] = [chosen]
            return
        if any(way <= chosen for way in open_[number]):
            look(number + 1, chosen)
            return
        for way in open_[number]:
            look(number + 1, chosen | way)

    look(0, frozenset(forced))
    return best[0] if best else frozenset(forced)


def blockers(wants: Iterable[Sequence[Way]]) -> dict[str, int]:
    """Who is in every way of meeting some want, with how many wants each can block."""
    found: dict[str, int] = {}
    for want in wants:
        if want:
            for member in frozenset.intersection(*want):
                found[member] = found.get(member, 0) + 1
    return found
