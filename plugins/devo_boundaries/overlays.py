"""Questions about layers that lie across each other, and about bodies that share people."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from devo import AreaCode, Body, BodyId, Residents, Share, World
from devo import question as marked
from devo_boundaries.ground import Ground, Names, ground
from devo_boundaries.values import LayerId

# Bodies that answer for the country or for a subject, and so are no neighbour of anybody.
NOT_PARTNERS = frozenset(["department", "minister", "arms-length-body", "inspectorate", "nhs-england"])


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """People who live both in an area of one layer and in an area of another.

    Worked out from the residents of the pieces that both layers share.
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
            _share(people, of_source[one]),
            _share(people, of_target[other]),
        )


@dataclass(frozen=True, slots=True)
class StraddleRow:
    """An area that lies in more than one area of another layer.

    `outside` are the residents who live outside the one that has most of them; `over` is the
    tolerance that the answer was given with.

    Worked out from the residents of the pieces that both layers share.
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
                tuple(_share(people, of_source[one]) for _, people in others),
                of_source[one],
                sum(people for _, people in others[1:]),
                over,
            )
        )
    yield from sorted(rows, key=lambda row: (-row.outside, row.source_area))


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """An area of one layer that lies across the edge of an area of another, with who lives on either side.

    Worked out from the residents of the pieces that both layers share.
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
    parts = _whole_pairs(found, source, target)
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
                    _share(people, of_source[one]),
                    _share(people, of_target[other]),
                    over,
                )
            )
    yield from sorted(rows, key=lambda row: (row.target_area, row.source_area))


@dataclass(frozen=True, slots=True)
class CoterminosityRow:
    """How far two layers draw the same lines, on two measures that are 1 for layers drawn alike."""

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
    parts = {pair: people for pair, people in _whole_pairs(found, source, target).items() if any(pair)}
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
        _share(agreed, everyone),
        _information(parts, of_source, of_target),
        len(same),
        len([code for code in of_source if code]),
        len([code for code in of_target if code]),
        everyone,
        over,
        found.basis,
    )


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A body whose area meets another's: `share` of the asked body's residents live in the partner's area.

    `share_of_partner` is of the partner's residents; `meets` says how the two areas lie.

    Worked out from the pieces that each body serves on the day, and their residents.
    """

    body: BodyId
    body_name: str
    kind: str
    share: Share
    share_of_partner: Share
    residents: Residents
    meets: str


def partners(world: World, body: BodyId) -> Iterator[PartnerRow]:
    """Every body there is on the day whose area meets this one's, with the residents they share.

    Councils, health, police, fire, authorities and their functional bodies; not ministers,
    departments and other bodies that answer for the whole country. By kind, then largest share first.
    """
    mine = world.roster.served(body, world.today)
    mosaic = world.mosaic
    people = mosaic.residents(mine)
    rows = []
    for other in world.roster.bodies.values():
        if other.id == body or not is_partner(world, other):
            continue
        theirs = world.roster.served(other.id, world.today)
        both = mine & theirs
        if both:
            shared = mosaic.residents(both)
            rows.append(
                PartnerRow(
                    other.id,
                    other.name,
                    other.kind,
                    _share(shared, people),
                    _share(shared, mosaic.residents(theirs)),
                    shared,
                    how_meets(mine, theirs),
                )
            )
    yield from sorted(rows, key=lambda row: (row.kind, -row.residents, row.body))


def is_partner(world: World, body: Body) -> bool:
    """Whether a body exists on the day and is one that others have as a neighbour."""
    alive = world.roster.alive(body.id, world.today, world.as_known)
    return alive and body.kind not in NOT_PARTNERS


def how_meets(mine: frozenset[int], theirs: frozenset[int]) -> str:
    """How another's territory lies to one's own: `same`, `inside` it, `around` it, or `across` its edge."""
    if mine == theirs:
        return "same"
    if theirs < mine:
        return "inside"
    return "around" if mine < theirs else "across"


def _pairs(found: Ground, source: str, target: str) -> list[tuple[tuple[str, str], int]]:
    """The meetings of two areas with their people; where both layers are one, of each area with itself."""
    return [(pair, people) for pair, people in _whole_pairs(found, source, target).items() if all(pair)]


def _whole_pairs(found: Ground, source: str, target: str) -> dict[tuple[str, str], int]:
    one, other = found.layers.index(source), found.layers.index(target)
    return {(areas[one], areas[other]): people for areas, people in found.parts.items()}


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


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


QUESTIONS = (overlaps, straddling, crossing, coterminosity, partners)
