"""The pots of a body in a fiscal year, with their strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import BodyId, Confidence, Pence, World
from devo_funding.accounts import ledger
from devo_funding.book import Book, book_of, runs
from devo_funding.deciders import decided, decider
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.pots import Pot
from devo_funding.prices import asked_prices
from devo_funding.years import FiscalYear, asked_year


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
    source: str


def pots(
    world: World, body: BodyId, year: str = "", prices: str = "", deflator: str = ""
) -> Iterator[PotRow]:
    """The pots that a body is paid from in a fiscal year, and those it pays from, with their strings.

    `prices` of a fiscal year puts amounts into them by a `deflator`; without, they are cash.
    """
    asked, constant = asked_year(world, year), asked_prices(world, prices, deflator)
    book = book_of(world)
    sums: dict[tuple[object, ...], int] = {}
    seen: set[str] = set()
    sample: dict[tuple[object, ...], Flow] = {}
    found = ledger(world, asked, constant)
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
            beside[parcel.pot.id] = beside.get(parcel.pot.id, 0) + (
                constant.of(parcel.pence, asked) if constant else parcel.pence
            )
    for pot in sorted(book.pots.values(), key=lambda p: p.id):
        if pot.id in beside:
            by = _stated(world, pot, body, asked)
            yield _pot_row(world, book, pot, body, beside[pot.id], pot.ringfenced, pot.kind, by)
        elif (
            _is_paid(world, pot, body, asked)
            and pot.id not in seen
            and _unknown(book, pot, asked)
            and runs(pot, asked)
        ):
            by = _stated(world, pot, body, asked)
            yield _pot_row(world, book, pot, body, None, pot.ringfenced, pot.kind, by)


QUESTIONS = (pots,)


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
    amounts = book.amounts(pot.id)
    if not amounts:
        return True
    undivided = pot.payee.startswith("every:") and not any(amount.payee for amount in amounts)
    return undivided and any(book.in_year(amount, year) for amount in amounts)


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
        pot.source,
    )
