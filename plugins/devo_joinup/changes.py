"""Before and after: a persona's figures with and without deals, and the places at the edge that fare worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from devo import AreaCode, Pieces, Place, Residents, TermFault, World, deal_named, question, with_and_without
from devo import place as place_named
from devo_joinup.bodies import district_layer
from devo_joinup.counts import Counts
from devo_joinup.dimensions import BURDENS, DIMENSIONS, dimensions
from devo_joinup.figures import Figure, Figures, label
from devo_joinup.headlines import figure_rows, headline
from devo_joinup.shipped import chosen, needs_of
from devo_joinup.values import Need, Persona, PersonaId
from devo_joinup.words import change, listed, paragraph


def deals_meant(world: World, text: str) -> list[str]:
    """The codes of the deals that a text lists, `GM-*` for all that begin so. Raises NameFault, TermFault."""
    found: list[str] = []
    for term in (part.strip() for part in text.replace(",", ";").split(";")):
        if "*" in term:
            codes = [code for code in world.deal_codes if fnmatchcase(code.casefold(), term.casefold())]
            if not codes:
                raise TermFault(f"no deal's code is like {term!r}")
            found += codes
        elif term:
            found.append(deal_named(world, term).code)
    return list(dict.fromkeys(found))


def earlier(world: World, deals: str = "", since: date | None = None) -> tuple[World, str]:
    """The world to compare with, and what it is in words: without deals, on an earlier day, or before any deal."""
    if deals and since:
        raise TermFault("say either which deals to leave out (`deals`) or an earlier day (`since`), not both")
    if deals:
        codes = deals_meant(world, deals)
        before, _, _ = with_and_without(world, codes)
        return before, f"without {listed(codes, 4)}"
    if since:
        return world.on(since), f"on {since}"
    return world.before.on(world.today).known(world.as_known), "under the general law, before any deal"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A dimension's figure for a persona at a place, before and after."""

    persona: PersonaId
    place: AreaCode
    place_name: str
    dimension: str
    before: int | None
    after: int | None
    change: str
    unit: str
    came: tuple[str, ...]
    went: tuple[str, ...]


@question(draw="table")
def whole_person_change(
    world: World, place: AreaCode, persona: PersonaId = "", deals: str = "", since: date | None = None
) -> Iterator[ChangeRow]:
    """A persona's figures at a place before and after: `deals` (`GM-*;WM-2015-11`), `since` a day, or any deal at all."""
    before, _ = earlier(world, deals, since)
    where = place_named(world, place)
    old, new = Figures(before), Figures(world)
    for person in chosen(world, persona):
        yield from _changed(old, new, person, where)


def _changed(old: Figures, new: Figures, person: Persona, where: Place) -> Iterator[ChangeRow]:
    needs = needs_of(new.world, person.id)
    was, now = (_headlines(figures, needs, where.pieces) for figures in (old, new))
    for name, dimension in DIMENSIONS.items():
        a, b = was[name], now[name]
        yield ChangeRow(
            person.id,
            where.id,
            where.name,
            name,
            a.value,
            b.value,
            change(name, a.value, b.value),
            dimension.unit,
            tuple(label(new.world, member) for member in b.members if member not in a.members),
            tuple(label(old.world, member) for member in a.members if member not in b.members),
        )


def _headlines(figures: Figures, needs: Sequence[Need], pieces: Pieces) -> dict[str, Figure]:
    groups = [
        (group, figures.of(doors, min(group))) for group, doors in figures.meetings.groups(needs, pieces)
    ]
    return {
        name: headline(figures.world, [(g, found[name]) for g, found in groups])[0] for name in DIMENSIONS
    }


@dataclass(frozen=True, slots=True)
class ChangeParagraphRow:
    """A paragraph on what deals did for a person at a place."""

    persona: PersonaId
    place: AreaCode
    place_name: str
    text: str


def whole_person_submission(
    world: World, place: AreaCode, persona: PersonaId = "", deals: str = "", since: date | None = None
) -> Iterator[ChangeParagraphRow]:
    """What deals did for a person at a place, as a paragraph to paste: as it is now, and what changed."""
    before, words = earlier(world, deals, since)
    where = place_named(world, place)
    old, new = Figures(before), Figures(world)
    for person in chosen(world, persona):
        now = list(figure_rows(new, person, where))
        rows = [row for row in _changed(old, new, person, where) if row.dimension in BURDENS]
        moved = [
            row
            for row in rows
            if row.before != row.after and row.before is not None and row.after is not None
        ]
        said = [
            f"{row.dimension.replace('-', ' ')} {'fell' if (row.after or 0) < (row.before or 0) else 'rose'} "
            f"from {row.before} to {row.after}"
            for row in moved
        ]
        came = next((row.came for row in rows if row.dimension == "bodies"), ())
        went = next((row.went for row in rows if row.dimension == "bodies"), ())
        tail = f" Compared with the position {words}, " + (
            f"{listed(said)}." if said else "none of these figures has changed."
        )
        if came or went:
            parts = [
                f"{listed(names)} {verb}" for names, verb in ((came, "came in"), (went, "went out")) if names
            ]
            tail += f" {'; '.join(parts)}."
        yield ChangeParagraphRow(
            person.id, where.id, where.name, paragraph(world, person, where.name, now) + tail
        )


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A place where a deal leaves a person worse off in a dimension, or as they were while others gain.

    `inside` says whether the deal's own changes reach the place; `across` the bodies whose areas lie
    on both sides of its border there.
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
            for part, name in world.mosaic.describe(here):
                yield part, name, here


QUESTIONS = (whole_person_change, whole_person_submission, worse_at_the_edge)
