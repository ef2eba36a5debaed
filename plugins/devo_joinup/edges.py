"""The places at the edge of deals that fare worse by them, or are left behind while those inside gain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import AreaCode, Pieces, Residents, World, question
from devo_joinup.bodies import district_layer
from devo_joinup.changes import deals_meant, earlier
from devo_joinup.counts import Counts
from devo_joinup.dimensions import BURDENS, dimensions
from devo_joinup.figures import Figures
from devo_joinup.shipped import chosen, needs_of
from devo_joinup.values import Need, PersonaId


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A place where a deal leaves a person worse off in a dimension, or as they were while others gain.

    `inside` says whether the deal's own changes reach the place; `effect` is worse or left behind;
    `inside_change` the middle change of those the deals reach, in the dimension's unit; `across` the bodies whose
    areas lie on both sides of the border there. Worked out from `whole-person-figures` in every place, with the deals and without.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    residents: Residents
    inside: bool
    dimension: str
    before: int | None
    after: int | None
    inside_change: int | None
    effect: str
    across: tuple[str, ...]


@question(draw="table")
def worse_at_the_edge(
    world: World, deals: str, persona: PersonaId = "", dimension: str = ""
) -> Iterator[EdgeRow]:
    """Where deals make it worse for a person than for those inside, and who at the edge is left behind while they gain.

    A place is at the edge where a body that a person meets there answers for people on both sides of
    the border of what the deals reach. `inside_change` is the middle change of those wholly inside.
    Without a `persona`, each is looked at; without a `dimension`, each that is a burden.
    """
    wanted = dimensions(dimension) if dimension else BURDENS
    before, _ = earlier(world, deals)
    inside = reached(world, deals_meant(world, deals))
    old, new = Counts(Figures(before)), Counts(Figures(world))
    for person in chosen(world, persona):
        needs = needs_of(world, person.id)
        was, now = old.of(needs, wanted), new.of(needs, wanted)
        across = {piece: _across(new.figures, needs, piece, inside) for piece in range(len(world.mosaic))}
        for name in wanted:
            yield from _edges(world, person.id, name, was[name], now[name], inside, across)


def _edges(
    world: World,
    persona: str,
    name: str,
    was: Sequence[int | None],
    now: Sequence[int | None],
    inside: Pieces,
    across: dict[int, tuple[str, ...]],
) -> Iterator[EdgeRow]:
    steps = {
        piece: (a, b)
        for piece, (a, b) in enumerate(zip(was, now, strict=True))
        if a is not None and b is not None
    }
    changes = sorted(steps[piece][1] - steps[piece][0] for piece in inside if piece in steps)
    middle = changes[(len(changes) - 1) // 2] if changes else None
    found: dict[tuple[bool, int, int, str, tuple[str, ...]], set[int]] = {}
    for piece, (a, b) in steps.items():
        effect = ""
        step = b - a
        if step > 0 and (piece not in inside or (middle is not None and step > middle)):
            effect = "worse"
        elif b == a and across[piece] and piece not in inside and middle is not None and middle < 0:
            effect = "left behind"
        if effect:
            found.setdefault((piece in inside, a, b, effect, across[piece]), set()).add(piece)
    for (within, a, b, effect, bodies), pieces in sorted(found.items(), key=lambda item: min(item[1])):
        for code, place_name, here in _named(world, frozenset(pieces)):
            yield EdgeRow(
                persona,
                code,
                place_name,
                world.mosaic.residents(here),
                within,
                name,
                a,
                b,
                middle,
                effect,
                tuple(world.body_name(body) for body in bodies),
            )


def reached(world: World, codes: list[str]) -> Pieces:
    """The pieces that the effects of some deals are about, wherever these are not about the whole country."""
    wanted = set(codes)
    found: set[int] = set()
    everywhere_ = world.mosaic.everywhere
    for ledger in world.ledgers.values():
        for effect in ledger.effects:
            if effect.deal in wanted and effect.area and effect.begins:
                pieces = world.mosaic.territory(effect.area)
                if pieces != everywhere_:
                    found |= pieces
    return frozenset(found)


def _across(figures: Figures, needs: Sequence[Need], piece: int, inside: Pieces) -> tuple[str, ...]:
    """The bodies met at a piece whose areas lie on both sides of a border, less those of the whole country."""
    meetings = figures.meetings
    found = set()
    for door in meetings.at(needs, piece):
        if door.body:
            served = meetings.bodies.served(door.body)
            if served != figures.world.mosaic.everywhere and served & inside and served - inside:
                found.add(door.body)
    return tuple(sorted(found))


def _named(world: World, pieces: Pieces) -> Iterator[tuple[str, str, Pieces]]:
    """The districts, or parts of districts, that some pieces are, one by one."""
    layer = district_layer(world)
    for code, whole in sorted(world.mosaic.layers.get(layer, {}).items()):
        here = whole & pieces
        if here == whole:
            area = world.mosaic.areas.get((layer, code))
            yield code, area.name if area else code, here
        elif here:
            for piece in sorted(here):
                for part, name in world.mosaic.describe(frozenset({piece})):
                    yield part, name, frozenset({piece})


QUESTIONS = (worse_at_the_edge,)
