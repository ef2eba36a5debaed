"""A cut to a department followed to places: what it would take from each, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from devo import AreaCode, GeographyId, Pence, Ref, TermFault, World, cascade, question
from devo import place as place_named
from devo_funding.accounts import ledger
from devo_funding.answers import PencePerResident
from devo_funding.parties import is_party, party_name
from devo_funding.places import NOWHERE, added_up, ground_of, per_resident, places_of
from devo_funding.years import asked_year


@dataclass(frozen=True, slots=True)
class CutRow:
    """What a cut takes from a place."""

    place: AreaCode
    place_name: str
    before_pence: Pence
    cut_pence: Pence
    after_pence: Pence
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
    ground = ground_of(world, asked)
    rests = [r for r in ledger(world, asked).at_rest() if r.flow.pot.payer == payer and r.pence > 0]
    whole = sum(r.pence for r in rests)
    before: dict[int, int] = {}
    taken: dict[int, int] = {}
    unplaced = lost = 0
    name = party_name(world, payer)
    if rests:
        if pounds * 100 > whole:
            raise TermFault(
                f"cut-through: {pounds:,} pounds are more than the {whole // 100:,} that {name} pays"
            )
        kinds = ", ".join(sorted({r.flow.pot.name for r in rests}))
        assumption = (
            f"in proportion to what {name} pays in {asked} as far as the tables know ({kinds}); "
            "each body passes it on to its residents alike"
        )
        for resting, part in zip(rests, cascade(pounds * 100, [r.pence for r in rests]), strict=True):
            weights = ground.weights(resting.flow.pot.id, resting.flow.payee, resting.flow.area)
            if not weights:
                unplaced, lost = unplaced + resting.pence, lost + part
                continue
            for sums, pence in ((before, resting.pence), (taken, part)):
                for piece, share in zip(weights, cascade(pence, list(weights.values())), strict=True):
                    sums[piece] = sums.get(piece, 0) + share
    else:
        assumption = f"the tables know no payment of {name} in {asked}: the cut falls on residents alike"
        pieces = sorted(world.mosaic.everywhere)
        people = [world.mosaic.residents((piece,)) for piece in pieces]
        taken = dict(zip(pieces, cascade(pounds * 100, people), strict=True))
    inside = place_named(world, within).pieces if within else None
    was = {where.code: pence for where, pence in added_up(before, places)}
    reached = 0
    for where, pence in added_up(taken, places):
        reached += pence
        if inside is None or where.pieces <= inside:
            old = was.get(where.code, 0)
            left = old - pence if rests else 0
            yield CutRow(
                where.code, where.name, old, pence, left, per_resident(pence, where.residents), assumption
            )
    rest = pounds * 100 - reached
    if rest and inside is None:
        text = f"{assumption}; this part reaches no place of the layer"
        yield CutRow(NOWHERE.code, NOWHERE.name, unplaced, rest, unplaced - lost, None, text)


QUESTIONS = (cut_through,)
