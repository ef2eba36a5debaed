"""A cut to a department followed to places: what it would take from each, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from devo import AreaCode, GeographyId, Pence, Ref, TermFault, World, cascade, question
from devo import place as place_named
from devo_funding.accounts import ledger
from devo_funding.parties import is_party, party_name
from devo_funding.places import NOWHERE, PencePerResident, added_up, ground_of, per_resident, places_of
from devo_funding.years import FiscalYear, asked_year


@dataclass(frozen=True, slots=True)
class CutRow:
    """What a cut takes from a place; what was paid before and after is blank where the tables know no payment."""

    place: AreaCode
    place_name: str
    before_pence: Pence | None
    cut_pence: Pence
    after_pence: Pence | None
    cut_per_resident_pence: PencePerResident | None
    assumption: str


@question(draw="map")
def cut_through(
    world: World,
    geography: GeographyId,
    payer: str,
    pounds: int,
    year: str = "",
    within: Annotated[str, Ref("place")] = "",
) -> Iterator[CutRow]:
    """What a cut of so many pounds a year to what a body pays would take from each place, to the penny.

    `payer` is the body; `within` a place, only the areas inside it are shown.
    The cut falls on every payment alike, in proportion. Where the tables know no payment of that
    body in the year, it falls on residents alike. Each row names what was assumed.
    """
    if pounds <= 0:
        raise TermFault("cut-through: pounds is a whole number, more than nothing")
    if not is_party(world, payer):
        raise TermFault(f"cut-through: no body {payer!r} is known; `devo bodies {payer}` searches for one")
    asked = asked_year(world, year)
    places = places_of(world, geography)
    cut = _cut(world, asked, payer, pounds)
    inside = place_named(world, within).pieces if within else None
    was = {where.code: pence for where, pence in added_up(cut.before, places)}
    reached = 0
    for where, pence in added_up(cut.taken, places):
        reached += pence
        if inside is None or where.pieces <= inside:
            old = was.get(where.code, 0) if cut.known else None
            left = old - pence if old is not None else None
            each = per_resident(pence, where.residents)
            yield CutRow(where.code, where.name, old, pence, left, each, cut.assumption)
    rest = pounds * 100 - reached
    if rest and inside is None:
        text = f"{cut.assumption}; this part reaches no place of the layer"
        old = cut.whole - sum(was.values()) if cut.known else None
        left = old - rest if old is not None else None
        yield CutRow(NOWHERE.code, NOWHERE.name, old, rest, left, None, text)


QUESTIONS = (cut_through,)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What was paid and what a cut takes by piece, in pence; the whole that is paid; and what was assumed.

    `known` says whether the tables know a payment of the year at all.
    """

    before: Mapping[int, int]
    taken: Mapping[int, int]
    whole: int
    known: bool
    assumption: str


def _cut(world: World, year: FiscalYear, payer: str, pounds: int) -> _Cut:
    """A cut to what a body pays in a year. Raises TermFault for one of more than there is."""
    name = party_name(world, payer)
    paid = [r for r in ledger(world, year).at_rest() if r.flow.pot.payer == payer and r.pence > 0]
    if not paid:
        pieces = sorted(world.mosaic.everywhere)
        people = [world.mosaic.residents((piece,)) for piece in pieces]
        taken = dict(zip(pieces, cascade(pounds * 100, people), strict=True))
        text = f"the tables know no payment of {name} in {year}: the cut falls on residents alike"
        return _Cut({}, taken, 0, False, text)
    whole = sum(resting.pence for resting in paid)
    if pounds * 100 > whole:
        raise TermFault(f"cut-through: {pounds:,} pounds are more than the {whole // 100:,} that {name} pays")
    pots = ", ".join(sorted({resting.flow.pot.name for resting in paid}))
    text = (
        f"in proportion to the payments of {name} in {year} as far as the tables know ({pots}); "
        "each body passes it on to its residents alike"
    )
    ground = ground_of(world, year)
    before: dict[int, int] = {}
    taken = {}
    for resting, part in zip(paid, cascade(pounds * 100, [r.pence for r in paid]), strict=True):
        flow = resting.flow
        weights = ground.weights(flow.pot, flow.payee, flow.area)
        for sums, pence in ((before, resting.pence), (taken, part)):
            # What nothing places falls on no piece.
            parts = cascade(pence, list(weights.values())) if weights else []
            for piece, share in zip(weights, parts, strict=True):
                sums[piece] = sums.get(piece, 0) + share
    return _Cut(before, taken, whole, True, text)
