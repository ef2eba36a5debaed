"""`redraw`: the verb that moves ground from one area of a layer to another, from a day.

A layer keeps the outlines it was published with, as a code does; from the day, what bodies serve
and hold follows the redrawn ones, and so do questions about the layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from devo import (
    Areas,
    Body,
    CannotTakeEffect,
    Effect,
    Ending,
    GeographyId,
    Provision,
    Serving,
    World,
    begins,
    ends,
    named,
    runs,
    signed_terms,
)
from devo_boundaries.ground import Names, Pieces, drawn
from devo_boundaries.values import Boundary


def redraw(
    world: World, provision: Provision, geography: GeographyId, moved: Areas, to: str, name: str = ""
) -> Iterable[Boundary | Serving | Ending | Effect]:
    """Move ground to an area of a layer, out of those it lay in: a change of boundary, a merger, a division.

    `moved` are whole areas or pieces (`piece:ID`); `to` is the code of the area that gains them. A
    new code, with a `name`, is a new area. Bodies whose area is named by an area that loses or gains
    serve the redrawn one from that day, and holdings over it by name follow. A body whose whole area
    goes serves nothing from then on: say with `succeed` or `abolish` what becomes of it, and with
    `establish` which body a new area has.
    """
    before = drawn(world, geography)
    if not before:
        raise CannotTakeEffect(f"the mosaic has no layer {geography!r}, so nothing of it can be redrawn")
    if to not in before and not name:
        raise CannotTakeEffect(
            f"{geography} has no area {to!r} on that day; give a `name` to make it a new one"
        )
    gained = world.mosaic.territory(moved) - before.get(to, frozenset())
    if not gained:
        raise CannotTakeEffect(f"{Names(world)(geography, to)} has all of that ground already")
    losing = {code: pieces & gained for code, pieces in before.items() if code != to and pieces & gained}
    ground = before.get(to, frozenset()) | gained
    yield from _boundary(world, provision, geography, to, _spelt(world, ground), name)
    for code, lost in losing.items():
        left = before[code] - lost
        yield from _boundary(world, provision, geography, code, _spelt(world, left), "")
    yield from _servings(world, provision, geography, to, losing, gained)
    yield from _holdings(world, provision, geography, to, losing, gained)


def _boundary(
    world: World, provision: Provision, geography: str, code: str, territory: str, name: str
) -> Iterator[Boundary | Ending]:
    """An area as it is drawn from the day, and the end of how it was redrawn before."""
    day = provision.commencement
    for item in world.of(Boundary):
        if item.geography == geography and item.code == code and runs(item, day):
            yield Ending(item, day, provision.id)
            name = name or item.name
    yield Boundary(
        geography,
        code,
        territory,
        name,
        start=day,
        instrument=provision.instrument.id,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


def _servings(
    world: World, provision: Provision, geography: str, to: str, losing: dict[str, Pieces], gained: Pieces
) -> Iterator[Serving | Ending]:
    """What bodies serve from the day whose area is named by an area that loses or gains."""
    day = provision.commencement
    for body in world.roster.bodies.values():
        if not body.area or not world.roster.alive(body.id, day):
            continue
        change = _change(world, body.area, geography, to, losing, gained)
        serves = world.roster.served(body.id, day)
        then = (serves - change[0]) | change[1]
        if then == serves:
            continue
        rows = [row for row in world.of(Serving) if row.body == body.id]
        running = [row for row in rows if runs(row, day)]
        for row in running:
            yield Ending(row, day, provision.id)
        if not rows and (body.start is None or body.start < day):
            yield _serving(provision, body, body.area, body.start, day)
        if then:
            yield _serving(provision, body, _spelt(world, then), day, body.end)
        elif not rows and body.start is not None and body.start >= day:
            raise CannotTakeEffect(f"{body.name} would serve nothing from its first day")


def _serving(provision: Provision, body: Body, area: str, start: date | None, end: date | None) -> Serving:
    return Serving(
        body.id,
        area,
        start,
        end,
        instrument=provision.instrument.id if start == provision.commencement else "",
        provision=provision.id if start == provision.commencement else "",
        source=provision.source,
        confidence=provision.confidence,
    )


def _holdings(
    world: World, provision: Provision, geography: str, to: str, losing: dict[str, Pieces], gained: Pieces
) -> Iterator[Effect]:
    """Holdings by name over an area that loses or gains: ended where it lost, begun where it gained."""
    around = drawn(world, geography).get(to, frozenset())
    for power in sorted(world.ledgers):
        held: dict[str, Pieces] = {}
        for item in named(world, power, ""):
            ground = world.mosaic.territory(item.area) if item.area else world.mosaic.everywhere
            held[item.holder] = held.get(item.holder, frozenset()) | ground
        changed: dict[str, tuple[Effect, Pieces, Pieces]] = {}
        for effect in _naming(world, power, provision.commencement):
            lost, won = _change(world, effect.area, geography, to, losing, gained)
            # Of several effects that name the areas, the last says how the power is held.
            last, lost_too, won_too = changed.get(effect.holder, (effect, frozenset(), frozenset()))
            changed[effect.holder] = (last, lost | lost_too, won | won_too)
        for holder, (effect, lost, won) in sorted(changed.items()):
            holds = held.get(holder, frozenset())
            if lost & holds:
                yield ends(provision, power, holder, _spelt(world, lost & holds))
            if won - holds and holds & around:
                yield replace(
                    begins(provision, power, holder, _spelt(world, won - holds)),
                    mode=effect.mode,
                    root=effect.root,
                    mirrored=effect.mirrored,
                    discharges=effect.discharges,
                    carve_outs=effect.carve_outs,
                )


def _naming(world: World, power: str, day: date) -> Iterator[Effect]:
    """The effects by which bodies came to hold a power over areas, the last first, redrawings left out."""
    redrawn = {item.provision for item in world.of(Boundary)}
    for effect in reversed(world.ledger(power).effects):
        came = effect.begins and effect.on <= day and effect.made is not None
        if came and effect.area and not effect.holder.startswith("every:") and effect.origin not in redrawn:
            yield effect


def _change(
    world: World, areas: str, geography: str, to: str, losing: dict[str, Pieces], gained: Pieces
) -> tuple[Pieces, Pieces]:
    """What an area expression loses and gains where it is named by areas that are redrawn."""
    lost: Pieces = frozenset()
    won: Pieces = frozenset()
    for added, term in signed_terms(areas):
        meant = [code for layer, code in world.mosaic.meanings(term) if layer == geography]
        for code in meant:
            out, into = losing.get(code, frozenset()), gained if code == to else frozenset()
            lost |= out if added else into
            won |= into if added else out
    return lost - won, won - lost


def _spelt(world: World, pieces: Pieces) -> str:
    """An area expression for some pieces; only for none is it blank."""
    if pieces == world.mosaic.everywhere:
        return " + ".join(f"piece:{piece.id}" for piece in world.mosaic.pieces)
    return world.mosaic.spell(sum(1 << number for number in pieces))
