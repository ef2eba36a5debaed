"""The questions everybody asks of money: who paid whom, what each body had, and where it fell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated

from devo import AreaCode, Confidence, GeographyId, Pence, Ref, TermFault, World, question
from devo_funding.accounts import ledger
from devo_funding.deciders import decided
from devo_funding.parties import party_name, powers_named
from devo_funding.places import (
    NOWHERE,
    PencePerResident,
    Somewhere,
    added,
    at_places,
    ground_of,
    per_resident,
    places_of,
)
from devo_funding.prices import asked_prices
from devo_funding.years import asked_year


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Money from a payer to a payee in a fiscal year, for the powers in `power`, by id. `hop` over 1: passed on.

    `decided_by` is a reading of the money's strings and its payee; `area` is the place it is for, where the
    tables say one. Worked out from the pot's amounts, how they are shared and what deals change; `pots` gives the pot's
    source.
    """

    payer: str
    payer_name: str
    payee: str
    payee_name: str
    pot: str
    pot_name: str
    power: str
    power_name: str
    amount_pence: Pence
    kind: str
    ringfenced: bool
    decided_by: str
    area: str
    hop: int
    confidence: Confidence


@question(draw="sankey", in_plan=True)
def flows(world: World, year: str = "", prices: str = "", deflator: str = "") -> Iterator[FlowRow]:
    """Who paid whom, out of what pot, in a fiscal year (`2025-26`; by default that of the day).

    Each pound stands once, under one kind; where it is passed on it stands again with a `hop` over 1.
    `prices` of a fiscal year puts all into them by a `deflator`; without, it is cash.
    """
    asked = asked_year(world, year)
    name, powers = cache(partial(party_name, world)), cache(partial(powers_named, world))
    for flow in ledger(world, asked, asked_prices(world, prices, deflator)).flows:
        yield FlowRow(
            flow.payer,
            name(flow.payer),
            flow.payee,
            name(flow.payee),
            flow.pot.id,
            flow.pot.name,
            *powers(flow.pot.powers),
            flow.pence,
            flow.kind,
            flow.ringfenced,
            decided(world, flow),
            flow.area,
            flow.hop,
            flow.confidence,
        )


@dataclass(frozen=True, slots=True)
class BodyMoneyRow:
    """A body's money of a year: `in_pence` is `received` and `own`, `out_pence` is `paid` and `kept`.

    The two are equal to the penny. `pots` is how many it is paid out of. Worked out from `flows`.
    """

    body: str
    body_name: str
    received_pence: Pence
    own_pence: Pence
    in_pence: Pence
    paid_pence: Pence
    kept_pence: Pence
    out_pence: Pence
    pots: int


def money_by_body(
    world: World, year: str = "", party: str = "", prices: str = "", deflator: str = ""
) -> Iterator[BodyMoneyRow]:
    """What came in to each body in a fiscal year, or to one `party`, what it paid on and what it was left with.

    A party is a body, a class of bodies, or a word for those outside, as `council-taxpayers`.

    `own` is what it pays out of money that the tables do not follow into it: a department's votes,
    a taxpayer's income. `prices` of a fiscal year puts all into them by a `deflator`; without, it is cash.
    """
    found = ledger(world, asked_year(world, year), asked_prices(world, prices, deflator))
    names: dict[str, set[str]] = {}
    for flow in found.flows:
        names.setdefault(flow.payee, set()).add(flow.pot.id)
    balances = found.balances()
    for name in [_one_of(world, balances, party)] if party else balances:
        sums = balances[name]
        yield BodyMoneyRow(
            name,
            party_name(world, name),
            sums.received,
            sums.own,
            sums.received + sums.own,
            sums.paid,
            sums.kept,
            sums.paid + sums.kept,
            len(names.get(name, ())),
        )


@dataclass(frozen=True, slots=True)
class PlaceMoneyRow:
    """Money that falls on a place in a fiscal year, by who decides on it.

    Worked out from `flows` and the residents of the areas that bodies serve.
    """

    place: AreaCode
    place_name: str
    decided_by: str
    amount_pence: Pence
    per_resident_pence: PencePerResident | None


@question(draw="map")
def money_by_place(
    world: World,
    geography: GeographyId,
    year: str = "",
    within: Annotated[str, Ref("place")] = "",
    prices: str = "",
    deflator: str = "",
) -> Iterator[PlaceMoneyRow]:
    """What falls on each area of a layer in a fiscal year, by who decides, in all and for each resident.

    A body's money falls on its residents, precepts where they are raised. What no source divides
    between places stands in rows without a place. Without `within` the rows add up to the year's flows.
    `prices` of a fiscal year puts all into them by a `deflator`; without, it is cash.
    """
    asked = asked_year(world, year)
    constant = asked_prices(world, prices, deflator)
    places = places_of(world, geography, within)
    ground = ground_of(world, asked)
    fallen: dict[str, dict[int, int]] = {}
    nowhere: dict[str, int] = {}
    for resting in ledger(world, asked, constant).at_rest():
        by = decided(world, resting.flow)
        parts = ground.fall(resting)
        if not parts:
            nowhere[by] = nowhere.get(by, 0) + resting.pence
        sums = fallen.setdefault(by, {})
        for piece, pence in parts.items():
            sums[piece] = sums.get(piece, 0) + pence
    rows: list[tuple[Somewhere, str, int]] = []
    at = at_places(places)
    for by, sums in fallen.items():
        here, outside = added(sums, at, len(places))
        rows.extend((where, by, pence) for where, pence in zip(places, here, strict=True) if pence)
        nowhere[by] = nowhere.get(by, 0) + outside
    if not within:
        rows.extend((NOWHERE, by, pence) for by, pence in nowhere.items() if pence)
    for where, by, pence in sorted(rows, key=lambda row: (row[0].code == "", row[0].code, row[1])):
        yield PlaceMoneyRow(where.code, where.name, by, pence, per_resident(pence, where.residents))


QUESTIONS = (flows, money_by_body, money_by_place)


def _one_of(world: World, parties: Iterable[str], text: str) -> str:
    """The party that a text names, by id or by name. Raises TermFault, with the nearest."""
    from difflib import get_close_matches

    found = {name.casefold(): party for party in parties for name in (party_name(world, party), party)}
    if text.casefold() in found:
        return found[text.casefold()]
    near = list(dict.fromkeys(found[name] for name in get_close_matches(text.casefold(), found, n=3)))
    raise TermFault(
        f"the year has no money of a party {text!r}" + (f"; did you mean: {', '.join(near)}?" if near else "")
    )
