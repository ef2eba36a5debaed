"""The questions everybody asks of money: who paid whom, what each body had, and where it fell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, get_args

from devo import AreaCode, Confidence, GeographyId, Pence, Ref, TermFault, Unit, World, question
from devo_funding.accounts import ledger
from devo_funding.book import book_of, runs
from devo_funding.deciders import decided
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.places import NOWHERE, Somewhere, added, at_places, ground_of, per_resident, places_of
from devo_funding.pots import Kind
from devo_funding.prices import asked_prices
from devo_funding.years import asked_year

PencePerResident = Annotated[int, Unit("pence per resident")]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Money from a payer to a payee in a fiscal year. `hop` over 1: the same money passed on.

    Worked out from the pot's amounts, how they are shared and what deals change; `pots` gives the pot's
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
    name, powers = cache(partial(party_name, world)), cache(partial(_named, world))
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

    Worked out from `flows`.
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
class PotMoneyRow:
    """A pot in a fiscal year: what new money it paid out in all, and how many it paid. None: not known.

    Worked out from `flows`; `pots` gives the pot's source.
    """

    pot: str
    pot_name: str
    kind: str
    payer: str
    payer_name: str
    payees: int
    amount_pence: Pence | None
    ringfenced: bool
    award: str
    counts: bool
    power: str
    power_name: str
    confidence: Confidence


@question(draw="bars")
def money_by_pot(
    world: World, year: str = "", kind: str = "", prices: str = "", deflator: str = ""
) -> Iterator[PotMoneyRow]:
    """Every pot of a fiscal year, or those of a kind: how much is in it, and how many are paid out of it.

    A pot that `counts` no is never added up: its money stands under other names too, or was not paid.
    `prices` of a fiscal year puts all into them by a `deflator`; without, it is cash.
    """
    asked, constant = asked_year(world, year), asked_prices(world, prices, deflator)
    if kind and kind not in get_args(Kind):
        raise TermFault(f"there is no kind of money {kind!r}; there are: {', '.join(get_args(Kind))}")
    paid: dict[str, list[Flow]] = {}
    for flow in ledger(world, asked, constant).flows:
        if flow.hop == 1 or flow.pot.out_of:
            paid.setdefault(flow.pot.id, []).append(flow)
    book = book_of(world)
    beside = {name: parcels for name, parcels in book.by_pot(asked, all_pots=True) if name not in paid}
    for pot in sorted(book.pots.values(), key=lambda pot: pot.id):
        flows, parcels = paid.get(pot.id, ()), beside.get(pot.id, ())
        unknown = not book.amounts(pot.id) and runs(pot, asked)
        if not (flows or parcels or unknown) or (kind and pot.kind != kind):
            continue
        aside = sum(parcel.pence for parcel in parcels)
        yield PotMoneyRow(
            pot.id,
            pot.name,
            pot.kind,
            pot.payer,
            party_name(world, pot.payer),
            len({item.payee for item in (*flows, *parcels)}),
            None
            if unknown
            else sum(flow.pence for flow in flows) + (constant.of(aside, asked) if constant else aside),
            pot.ringfenced,
            pot.award,
            pot.counts,
            *_named(world, pot.powers),
            pot.confidence,
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


QUESTIONS = (flows, money_by_body, money_by_pot, money_by_place)


def _named(world: World, powers: tuple[str, ...]) -> tuple[str, str]:
    """Powers as a row has them: their ids, and their names."""
    return ";".join(powers), "; ".join(world.power_name(power) for power in powers)


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
