"""The questions everybody asks of money: flows, pots, by body, by place, and what ends when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from devo import AreaCode, BodyId, Confidence, GeographyId, Pence, Ref, Unit, World, question
from devo_funding.deciders import decider
from devo_funding.flows import Flow, ledger, party_name
from devo_funding.parcels import Book
from devo_funding.places import NOWHERE, Ground, Somewhere, added_up, per_resident, places_of
from devo_funding.pots import Pot
from devo_funding.years import FiscalYear, asked_year, fiscal_year

PencePerResident = Annotated[int, Unit("pence per resident, mid-2023")]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Money from a payer to a payee in a fiscal year. `hop` over 1: the same money passed on."""

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
def flows(world: World, year: str = "") -> Iterator[FlowRow]:
    """Who paid whom, out of what pot, in a fiscal year (`2025-26`; by default that of the day).

    Each pound stands once, under one kind; where it is passed on it stands again with a `hop` over 1.
    """
    asked = asked_year(world, year)
    for flow in ledger(world, asked).flows:
        yield FlowRow(
            flow.payer,
            party_name(world, flow.payer),
            flow.payee,
            party_name(world, flow.payee),
            flow.pot.id,
            flow.pot.name,
            ";".join(flow.pot.powers),
            "; ".join(world.power_name(power) for power in flow.pot.powers),
            flow.pence,
            flow.kind,
            flow.ringfenced,
            decided(world, flow),
            flow.area,
            flow.hop,
            flow.confidence,
        )


@dataclass(frozen=True, slots=True)
class PotRow:
    """A pot that pays a body in a fiscal year; a blank amount is one the tables do not know.

    `counts` is no for what is never added up: a total beside its lines, lines beside their total,
    money that is in another pot too.
    """

    pot: str
    pot_name: str
    payer: str
    payer_name: str
    payee: str
    payee_name: str
    kind: str
    amount_pence: Pence | None
    ringfenced: bool
    first_year: str | None
    last_year: str | None
    power: str
    power_name: str
    nature: str
    award: str
    decided_by: str
    reporting: str
    review_years: int | None
    counts: bool
    part_of: str
    confidence: Confidence
    note: str


def pots(world: World, body: BodyId, year: str = "") -> Iterator[PotRow]:
    """The pots that a body is paid from in a fiscal year, and those it pays from, with their strings."""
    asked = asked_year(world, year)
    book = Book(world)
    sums: dict[tuple[object, ...], int] = {}
    seen: set[str] = set()
    sample: dict[tuple[object, ...], Flow] = {}
    found = ledger(world, asked, book)
    for flow in found.flows:
        if body in (flow.payee, flow.payer):
            key = (flow.payee, flow.pot.id, flow.kind, flow.ringfenced)
            sums[key] = sums.get(key, 0) + flow.pence
            sample.setdefault(key, flow)
            seen.add(flow.pot.id)
    for group in sorted(sums, key=str):
        flow = sample[group]
        yield _pot_row(
            world, book, flow.pot, flow.payee, sums[group], flow.ringfenced, flow.kind, decided(world, flow)
        )
    beside: dict[str, int] = {}
    for parcel in book.parcels(asked, all_pots=True):
        if not parcel.pot.counts and parcel.payee == body:
            beside[parcel.pot.id] = beside.get(parcel.pot.id, 0) + parcel.pence
    for pot in sorted(book.pots.values(), key=lambda p: p.id):
        if pot.id in beside:
            by = _stated(world, pot, body, asked)
            yield _pot_row(world, book, pot, body, beside[pot.id], pot.ringfenced, pot.kind, by)
        elif (
            _is_paid(world, pot, body, asked)
            and pot.id not in seen
            and _unknown(book, pot, asked)
            and _runs(pot, asked)
        ):
            by = _stated(world, pot, body, asked)
            yield _pot_row(world, book, pot, body, None, pot.ringfenced, pot.kind, by)


@dataclass(frozen=True, slots=True)
class BodyMoneyRow:
    """A body's money of a year: `in_pence` is `received` and `own`, `out_pence` is `paid` and `kept`."""

    body: str
    body_name: str
    received_pence: Pence
    own_pence: Pence
    in_pence: Pence
    paid_pence: Pence
    kept_pence: Pence
    out_pence: Pence
    pots: int


def money_by_body(world: World, year: str = "") -> Iterator[BodyMoneyRow]:
    """What came in to each body in a fiscal year, what it paid on and what it was left with.

    `own` is what it pays out of money that the tables do not follow into it: a department's votes,
    a taxpayer's income.
    """
    found = ledger(world, asked_year(world, year))
    names: dict[str, set[str]] = {}
    for flow in found.flows:
        names.setdefault(flow.payee, set()).add(flow.pot.id)
    for party, sums in found.balances().items():
        yield BodyMoneyRow(
            party,
            party_name(world, party),
            sums.received,
            sums.own,
            sums.received + sums.own,
            sums.paid,
            sums.kept,
            sums.paid + sums.kept,
            len(names.get(party, ())),
        )


@dataclass(frozen=True, slots=True)
class PlaceMoneyRow:
    """Money that falls on a place in a fiscal year, by who decides on it."""

    place: AreaCode
    place_name: str
    decided_by: str
    amount_pence: Pence
    per_resident_pence: PencePerResident | None


@question(draw="map")
def money_by_place(
    world: World, geography: GeographyId, year: str = "", within: Annotated[str, Ref("place")] = ""
) -> Iterator[PlaceMoneyRow]:
    """What falls on each area of a layer in a fiscal year, by who decides, in all and for each resident.

    A body's money falls on its residents, precepts where they are raised. What no source divides
    between places stands in rows without a place. Without `within` the rows add up to the year's flows.
    """
    asked = asked_year(world, year)
    places = places_of(world, geography, within)
    ground = Ground(world, asked)
    fallen: dict[str, dict[int, int]] = {}
    nowhere: dict[str, int] = {}
    for resting in ledger(world, asked).at_rest():
        by = decided(world, resting.flow)
        parts = ground.fall(resting)
        if not parts:
            nowhere[by] = nowhere.get(by, 0) + resting.pence
        sums = fallen.setdefault(by, {})
        for piece, pence in parts.items():
            sums[piece] = sums.get(piece, 0) + pence
    rows: list[tuple[Somewhere, str, int]] = []
    for by, sums in fallen.items():
        rows.extend((where, by, pence) for where, pence in added_up(sums, places))
        if not within:
            covered = frozenset().union(*(where.pieces for where in places))
            nowhere[by] = nowhere.get(by, 0) + sum(p for piece, p in sums.items() if piece not in covered)
    if not within:
        rows.extend((NOWHERE, by, pence) for by, pence in nowhere.items() if pence)
    for where, by, pence in sorted(rows, key=lambda row: (row[0].code == "", row[0].code, row[1])):
        yield PlaceMoneyRow(where.code, where.name, by, pence, per_resident(pence, where.residents))


@dataclass(frozen=True, slots=True)
class CliffRow:
    """Money whose last year is the one asked about: what it paid, what follows, what it leaves unpaid."""

    pot: str
    pot_name: str
    payee: str
    payee_name: str
    power: str
    power_name: str
    ends: date
    amount_pence: Pence
    next_amount_pence: Pence
    followed_by: str
    kind: str
    confidence: Confidence
    note: str


def cliff_edges(world: World, year: str = "") -> Iterator[CliffRow]:
    """Pots whose stated last year is this one, and what the same body gets for the same powers next year.

    A pot with no stated end (council tax, police precepts) is set again each year and is no cliff edge.
    """
    asked = asked_year(world, year)
    book = Book(world)
    now, following = ledger(world, asked, book), ledger(world, asked.later(1), book)
    coming: dict[tuple[str, str], int] = {}
    for flow in following.flows:
        coming[flow.payee, flow.pot.id] = coming.get((flow.payee, flow.pot.id), 0) + flow.pence
    later = {(flow.payee, power): flow.pot for flow in following.flows for power in flow.pot.powers}
    for flow in now.flows:
        last = last_year(book, flow.pot)
        if last is None or last != asked or (flow.payee, flow.pot.id) in coming:
            continue
        heirs = {
            pot.id: pot for power in flow.pot.powers if (pot := later.get((flow.payee, power))) is not None
        }
        nxt = sum(coming[flow.payee, name] for name in heirs)
        note = "" if heirs else "the tables know nothing that follows it"
        yield CliffRow(
            flow.pot.id,
            flow.pot.name,
            flow.payee,
            party_name(world, flow.payee),
            ";".join(flow.pot.powers),
            "; ".join(world.power_name(power) for power in flow.pot.powers),
            flow.end,
            flow.pence,
            nxt,
            "; ".join(pot.name for pot in heirs.values()),
            flow.kind,
            flow.confidence,
            note,
        )


QUESTIONS = (flows, pots, money_by_body, money_by_place, cliff_edges)


def decided(world: World, flow: Flow) -> str:
    """Who decides on a flow's money."""
    return decider(
        world, flow.pot.payer, flow.payee, flow.pot.powers, flow.ringfenced, flow.decider, flow.start
    )


def last_year(book: Book, pot: Pot) -> FiscalYear | None:
    """The last fiscal year a pot is promised for, as stated or as its amounts have it; None for no end."""
    if pot.last_year:
        return fiscal_year(pot.last_year)
    if pot.award == "set locally":
        return None
    found = book.first_and_last(pot.id)
    return found[1] if found else None


def _stated(world: World, pot: Pot, body: str, year: FiscalYear) -> str:
    return decider(world, pot.payer, body, pot.powers, pot.ringfenced, pot.decided_by, year.start)


def _is_paid(world: World, pot: Pot, body: str, year: FiscalYear) -> bool:
    """Whether a pot is a body's, by its name or as one of a class on the year's first day."""
    if not pot.payee.startswith("every:"):
        return pot.payee == body
    return any(
        tenure.body == body and tenure.on(year.start, None)
        for tenure in world.roster.tenures(pot.payee.removeprefix("every:"))
    )


def _unknown(book: Book, pot: Pot, year: FiscalYear) -> bool:
    """Whether a pot runs in a year with no amount stated for it, or with one for a whole class only."""
    amounts = book.amounts.get(pot.id, ())
    if not amounts:
        return True
    undivided = pot.payee.startswith("every:") and not any(amount.payee for amount in amounts)
    return undivided and any(book.in_year(amount, year) for amount in amounts)


def _runs(pot: Pot, year: FiscalYear) -> bool:
    """Whether a pot runs in a year as far as its own first and last year say."""
    first = fiscal_year(pot.first_year) if pot.first_year else year
    last = fiscal_year(pot.last_year) if pot.last_year else year
    return first <= year <= last


def _pot_row(
    world: World, book: Book, pot: Pot, payee: str, pence: int | None, fenced: bool, kind: str, by: str
) -> PotRow:
    span = book.first_and_last(pot.id)
    first = pot.first_year or (str(span[0]) if span else None)
    last = pot.last_year or (str(span[1]) if span and span[1] and pot.award != "set locally" else None)
    return PotRow(
        pot.id,
        pot.name,
        pot.payer,
        party_name(world, pot.payer),
        payee,
        party_name(world, payee),
        kind,
        pence,
        fenced,
        first,
        last,
        ";".join(pot.powers),
        "; ".join(world.power_name(power) for power in pot.powers),
        pot.nature,
        pot.award,
        by,
        pot.reporting,
        pot.review_years or None,
        pot.counts,
        pot.part_of,
        pot.confidence,
        pot.note,
    )
