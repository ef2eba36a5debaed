"""The pots of a fiscal year: those of a body, with their strings; and all, with what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from devo import BodyId, Confidence, Pence, TermFault, World, question
from devo_funding.accounts import ledger
from devo_funding.book import Book, book_of, runs
from devo_funding.deciders import decided, decider
from devo_funding.endings import last_year
from devo_funding.flows import Flow
from devo_funding.parties import party_name, powers_named
from devo_funding.pots import Kind, Pot
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
        if flow.out_of != flow.pot.id:
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
            *powers_named(world, pot.powers),
            pot.confidence,
        )


QUESTIONS = (pots, money_by_pot)


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
    last = last_year(book, pot)
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
        str(last) if last else None,
        *powers_named(world, pot.powers),
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
