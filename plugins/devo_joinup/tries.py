"""Single changes to try: a power at another level, two pots pooled, an agreement signed, a district moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from devo import Instrument, Provision, World
from devo_joinup.bodies import district_layer
from devo_joinup.figures import Figures
from devo_joinup.meetings import Door, bodies_of
from devo_joinup.values import Arrangement
from devo_joinup.words import kind_in_words, listed

# The direction and control of a police force is its chief officer's (Police Reform and Social Responsibility
# Act 2011 s.2(3)): no deal moves it, so none is tried.
UNMOVED = frozenset({"chief-officer-of-police"})


@dataclass(frozen=True, slots=True)
class Try:
    """One change to a deal: its provision, or the arrangement that it makes, and who would lose a power by it."""

    kind: str
    change: str
    provision: Provision
    arrangement: Arrangement | None = None
    power: str = ""
    transferee: str = ""
    losing: tuple[str, ...] = ()


def tries(figures: Figures, doors: Sequence[Door], piece: int) -> Iterator[Try]:
    """Every single change worth trying for a person whose doors these are."""
    world = figures.world
    acting = [door for door in doors if door.acts]
    yield from _at_another_level(figures, acting, piece)
    yield from _signed(figures, acting, piece)
    yield from _pooled(figures, doors)
    yield from _boundary(world, piece)


def _provision(world: World, verb: str, terms: dict[str, Any]) -> Provision:
    law = Instrument("try-draft", "A draft order", made=world.today, status="draft")
    return Provision("TRY/1", verb, terms, world.today, law, made=world.today, deal="TRY")


def _at_another_level(figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[Try]:
    """Each power moved to each other council or authority of councils that the person meets there."""
    world, meetings = figures.world, figures.meetings
    local = [body for body in bodies_of(acting) if "council" in meetings.bodies.tier(body)]
    for power in sorted({door.need.power for door in acting}):
        holding = tuple(sorted({door.body for door in acting if door.need.power == power}))
        if any(meetings.bodies.kind(body) in UNMOVED for body in holding):
            continue
        for body in local:
            if body in holding:
                continue
            terms = {"power": power, "transferee": body}
            words = f"{world.power_name(power)} moved to {world.body_name(body)}"
            yield Try(
                "another level", words, _provision(world, "transfer", terms), None, power, body, holding
            )


def _signed(figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[Try]:
    """A team of all who act, a key worker of all, and a data-sharing agreement of each two that lack one."""
    world = figures.world
    bodies = tuple(bodies_of(acting))
    if len(bodies) > 1:
        for kind in ("multi-disciplinary-team", "key-worker", "co-location"):
            yield _arrangement(world, kind, bodies)
    if figures.ties.knows_gateways:
        for one, two in figures.ties.unshared(acting, piece):
            yield _arrangement(world, "data-sharing-agreement", (one, two))
    for one, two in combinations(bodies, 2):
        yield _arrangement(world, "co-location", (one, two))


def _arrangement(world: World, kind: Any, bodies: tuple[str, ...]) -> Try:
    terms = {"kind": kind, "bodies": bodies}
    names = listed(world.body_name(body) for body in bodies)
    return Try(
        "shared",
        f"{kind_in_words(kind)} of {names}",
        _provision(world, "arrange", terms),
        Arrangement("TRY/1", kind, bodies, start=world.today),
    )


def _pooled(figures: Figures, doors: Sequence[Door]) -> Iterator[Try]:
    """Each two pots that pay one body for the person's needs made one."""
    pots, _, _ = figures.money.behind(doors)
    world = figures.world
    for one, two in combinations(sorted(pots.values(), key=lambda pot: pot.pot), 2):
        if one.payee == two.payee:
            terms = {
                "pot": "try-pool",
                "payee": one.payee,
                "pots": (one.pot, two.pot),
                "name": "A pool to try",
            }
            words = f"{one.pot_name} and {two.pot_name} pooled"
            yield Try("pooled", words, _provision(world, "pool", terms))


def _boundary(world: World, piece: int) -> Iterator[Try]:
    """The district moved into the neighbouring area of a layer that other layers of its own cut it from."""
    mosaic = world.mosaic
    here = mosaic.pieces[piece].areas
    layers = [name for name in mosaic.layers if name.rstrip("0123456789") in ("pfa", "icb", "fra")]
    around = next((name for name in sorted(mosaic.layers) if name.rstrip("0123456789") == "cauth"), "")
    if not around or not here.get(around):
        return
    inside = mosaic.pieces_of(around, here[around])
    district = district_layer(world)
    for layer in sorted(layers):
        geography = mosaic.geographies.get(layer)
        if geography is None or (geography.end is not None and geography.end <= world.today):
            continue
        if geography.start is not None and geography.start > world.today:
            continue
        count: dict[str, int] = {}
        for number in inside:
            code = mosaic.pieces[number].areas.get(layer, "")
            count[code] = count.get(code, 0) + mosaic.residents((number,))
        most = max(count, key=lambda code: (count[code], code))
        if most and here.get(layer) and most != here[layer] and here.get(district):
            area = mosaic.areas[district, here[district]]
            to = mosaic.areas[layer, most]
            terms = {"geography": layer, "moved": f"{district}:{area.code}", "to": most}
            yield Try(
                "boundary", f"{area.name} moved into {to.name} ({layer})", _provision(world, "redraw", terms)
            )
