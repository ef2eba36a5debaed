"""How the area of a body fits the areas that services are organised on, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from devo import BodyId, Effect, Finding, PowerId, Residents, World, named
from devo_boundaries.ground import Names, Pieces, drawn
from devo_boundaries.values import LayerId

Fit = Literal["same", "whole-areas", "within", "across", "unmodelled"]

# A police role goes to an authority whose area is a force's, or is made of whole ones: no order can
# give a mayor a part of a force (Local Democracy, Economic Development and Construction Act 2009 s.107F).
_UNDIVIDED = "pfa"
_AUTHORITIES = frozenset({"combined-authority", "combined-county-authority", "gla"})


@dataclass(frozen=True, slots=True)
class FitRow:
    """How a body's area lies to the areas that a power's service is organised on.

    `fit` is *same* (one of them exactly), *whole-areas* (several whole ones), *within* (a part of one),
    *across* (it cuts at least one) or *unmodelled* (the tables do not have that layer). `areas` are those that
    the body's edge cuts; `inside` and `outside` the residents of these on either side of it. `blocks` says
    that no order could give the power over such an area, `holds` that the body has it. Worked out from what
    the body serves on the day, the layer that the power is organised on, and published residents.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    organised_on: str
    fit: str
    areas: tuple[str, ...]
    areas_names: tuple[str, ...]
    inside: Residents
    outside: Residents
    blocks: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Lie:
    """How a territory lies to the areas of a layer: the word for it, and the areas that its edge cuts."""

    fit: Fit
    cut: tuple[str, ...] = ()
    inside: int = 0
    outside: int = 0


def fit(world: World, body: BodyId, power: PowerId = "", geography: LayerId = "") -> Iterator[FitRow]:
    """How a body's area fits those that the service of each power is organised on, held by it or not.

    `blocks` marks what stands in the way of a transfer: a police role over part of a force area.
    Ask for one `power`, or for those organised on one layer.
    """
    mine = world.roster.served(body, world.today)
    name = Names(world)
    lies: dict[str, Lie] = {}
    for item in sorted(world.powers.values(), key=lambda p: p.id):
        layer = item.organised_on
        whole = not item.parent and layer and geography in ("", layer)
        if not (item.id == power if power else whole):
            continue
        if layer not in lies:
            lies[layer] = lie(world, mine, layer)
        found = lies[layer]
        yield FitRow(
            body,
            world.body_name(body),
            item.id,
            item.name,
            layer,
            found.fit,
            found.cut,
            tuple(name(layer, code) for code in found.cut),
            found.inside,
            found.outside,
            bool(found.cut) and layer.startswith(_UNDIVIDED),
            _holds(world, body, item.id),
        )


def lie(world: World, territory: Pieces, layer: str) -> Lie:
    """How a territory lies to the areas of a layer on the world's day."""
    areas = drawn(world, layer)
    if not areas or not territory:
        return Lie("unmodelled")
    met = {code: pieces for code, pieces in areas.items() if pieces & territory}
    cut = tuple(sorted(code for code, pieces in met.items() if not pieces <= territory))
    residents = world.mosaic.residents
    if not cut:
        return Lie("same" if len(met) == 1 and territory in met.values() else "whole-areas")
    inside = sum(residents(met[code] & territory) for code in cut)
    outside = sum(residents(met[code] - territory) for code in cut)
    return Lie("within" if len(met) == 1 else "across", cut, inside, outside)


def police_role_across_a_force(world: World) -> Iterator[Finding]:
    """A deal gives an authority or its mayor a police role over part of a force area."""
    name = Names(world)
    for power in sorted(world.powers.values(), key=lambda p: p.id):
        if not power.organised_on.startswith(_UNDIVIDED):
            continue
        for effect in world.ledger(power.id).effects:
            if not effect.begins or not effect.deal or not _is_authority(world, effect):
                continue
            then = world.on(effect.on)
            forces = drawn(then, power.organised_on)
            territory = world.mosaic.territory(effect.area) if effect.area else world.mosaic.everywhere
            for code in lie(then, territory, power.organised_on).cut:
                inside = world.mosaic.residents(forces[code] & territory)
                outside = world.mosaic.residents(forces[code] - territory)
                yield Finding(
                    "police-role-across-a-force",
                    f"{effect.origin} gives {world.body_name(effect.holder)} {power.name} from {effect.on} over "
                    f"part of the {name(power.organised_on, code)} force area: {inside:,} of its residents "
                    f"live inside, {outside:,} outside.",
                    "error",
                    (effect.origin, power.id, effect.holder, code),
                    suggestion="give it over whole force areas, or change the boundary first (`redraw`)",
                )


def _is_authority(world: World, effect: Effect) -> bool:
    body = world.roster.bodies.get(effect.holder)
    return body is not None and body.kind in _AUTHORITIES


def _holds(world: World, body: str, power: str) -> bool:
    """Whether the law names a body, or a class it is of, as holder of a power on the day."""
    for item in named(world, power, ""):
        if item.holder == body:
            return True
        if item.holder.startswith("every:"):
            tenures = world.roster.tenures(item.holder.removeprefix("every:"))
            if any(t.body == body and t.on(world.today, world.as_known) for t in tenures):
                return True
    return False


QUESTIONS = (fit,)
CHECKS = (police_role_across_a_force,)
