"""Questions about two layers that lie across each other: where their areas meet, and who lives there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from devo import AreaCode, Residents, Share, World
from devo import question as marked
from devo_boundaries.ground import Ground, Names, ground
from devo_boundaries.values import LayerId


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """People who live both in an area of one layer and in an area of another.

    Shares are of all residents of either area. Worked out from the published residents of the pieces
    (or blocks of a lookup) that lie in both.
    """

    source_area: AreaCode
    source_area_name: str
    target_area: AreaCode
    target_area_name: str
    residents: Residents
    share_of_source: Share
    share_of_target: Share


def overlaps(world: World, source: LayerId, target: LayerId) -> Iterator[OverlapRow]:
    """How the areas of one layer lie across those of another, with the residents they share.

    What lies in no area of one of the layers has no row: shares of a source sum to less than one
    where the target layer does not cover it.
    """
    found = ground(world, (source, target))
    of_source, of_target = found.totals(source), found.totals(target)
    name = Names(world)
    for (one, other), people in _pairs(found, source, target):
        yield OverlapRow(
            one,
            name(source, one),
            other,
            name(target, other),
            people,
            share_of(people, of_source[one]),
            share_of(people, of_target[other]),
        )


@dataclass(frozen=True, slots=True)
class StraddleRow:
    """An area that lies in more than one area of another layer.

    `target_areas` and `shares` stand in the same order, the largest part first; `outside` are the residents who
    live outside the first; `over` is the tolerance, in residents, that the answer was given with. Worked out
    from the published residents of the pieces (or blocks of a lookup) in each part.
    """

    source_area: AreaCode
    source_area_name: str
    targets: int
    target_areas: tuple[str, ...]
    target_areas_names: tuple[str, ...]
    shares: tuple[float, ...]
    residents: Residents
    outside: Residents
    over: int


@marked(draw="map")
def straddling(world: World, source: LayerId, target: LayerId, over: int = 0) -> Iterator[StraddleRow]:
    """The areas of one layer (`source`) that lie in more than one of another (`target`), the most divided first.

    A sliver of up to `over` residents does not count; with 0, the default, everything does, to the
    last block of the lookup. Shares are of the area's residents, largest first, as `target_areas`.
    """
    found = ground(world, (source, target))
    of_source = found.totals(source)
    meets: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (one, other), people in _pairs(found, source, target):
        if not over or people > over:
            meets[one].append((other, people))
    name = Names(world)
    rows = []
    for one, others in meets.items():
        if len(others) < 2:
            continue
        others.sort(key=lambda item: (-item[1], item[0]))
        rows.append(
            StraddleRow(
                one,
                name(source, one),
                len(others),
                tuple(code for code, _ in others),
                tuple(name(target, code) for code, _ in others),
                tuple(share_of(people, of_source[one]) for _, people in others),
                of_source[one],
                sum(people for _, people in others[1:]),
                over,
            )
        )
    yield from sorted(rows, key=lambda row: (-row.outside, row.source_area))


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """An area of one layer that lies across the edge of an area of another, with who lives on either side.

    `inside` and `outside` are residents of the source area, on this and that side of the target area's edge; `over`
    is the tolerance, in residents, that the answer was given with. Worked out from the published residents of
    the pieces (or blocks of a lookup) on either side.
    """

    target_area: AreaCode
    target_area_name: str
    source_area: AreaCode
    source_area_name: str
    inside: Residents
    outside: Residents
    share_of_source: Share
    share_of_target: Share
    over: int


def crossing(world: World, source: LayerId, target: LayerId, over: int = 0) -> Iterator[CrossingRow]:
    """The areas of `source` that lie across the edge of an area of `target`, one row a crossing.

    Unlike `straddling`, it counts what lies partly in an area of `target` and partly in none: the
    force areas that cross the boundaries of combined authorities. Slivers of up to `over`
    residents, on either side of the edge, do not count.
    """
    found = ground(world, (source, target))
    of_source, of_target = found.totals(source), found.totals(target)
    parts = whole_pairs(found, source, target)
    meets: dict[str, int] = defaultdict(int)
    for one, _ in parts:
        meets[one] += 1
    name = Names(world)
    rows = []
    for (one, other), people in parts.items():
        outside = of_source[one] - people
        sliver = over and (people <= over or outside <= over)
        if one and other and meets[one] > 1 and not sliver:
            rows.append(
                CrossingRow(
                    other,
                    name(target, other),
                    one,
                    name(source, one),
                    people,
                    outside,
                    share_of(people, of_source[one]),
                    share_of(people, of_target[other]),
                    over,
                )
            )
    yield from sorted(rows, key=lambda row: (row.target_area, row.source_area))


def _pairs(found: Ground, source: str, target: str) -> list[tuple[tuple[str, str], int]]:
    """The meetings of two areas with their people, without what lies in no area of one of the layers."""
    return [(pair, people) for pair, people in whole_pairs(found, source, target).items() if all(pair)]


def whole_pairs(found: Ground, source: str, target: str) -> dict[tuple[str, str], int]:
    """The people of each pair of areas, "" for none; where both layers are one, of each area with itself."""
    one, other = found.layers.index(source), found.layers.index(target)
    return {(areas[one], areas[other]): people for areas, people in found.parts.items()}


def share_of(part: int, whole: int) -> float:
    """A part of a whole, 0 to 1; 0 of nothing."""
    return part / whole if whole else 0.0


QUESTIONS = (overlaps, straddling, crossing)
