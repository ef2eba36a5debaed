"""When money ends: the last year of a pot, how long it is certain, and the cliff edges of a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from devo import Confidence, Pence, World
from devo_funding.accounts import ledger
from devo_funding.amounts import period
from devo_funding.book import Book, book_of
from devo_funding.flows import Flow
from devo_funding.parties import party_name, powers_named
from devo_funding.pots import Pot
from devo_funding.prices import asked_prices
from devo_funding.years import FiscalYear, asked_year, year_or_none


@dataclass(frozen=True, slots=True)
class CliffRow:
    """Money whose last year is the one asked about: what it paid, and what the same body gets for its powers next.

    `ends` is the first day without it. `next_amount_pence` is all that the pots in `followed_by` pay the
    payee in the next year, nothing where the tables know none. Worked out from the pot's amounts and last
    year; `pots` gives the pot's source.
    """

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


def cliff_edges(world: World, year: str = "", prices: str = "", deflator: str = "") -> Iterator[CliffRow]:
    """Pots whose stated last year is this one, and what the same body gets for the same powers next year.

    A pot with no stated end (council tax, police precepts) is set again each year and is no cliff edge.
    `prices` of a fiscal year puts both years into them by a `deflator`; without, each is its own cash.
    """
    asked = asked_year(world, year)
    book, constant = book_of(world), asked_prices(world, prices, deflator)
    now, following = (ledger(world, when, constant) for when in (asked, asked.later(1)))
    coming: dict[tuple[str, str], int] = {}
    for flow in following.flows:
        coming[flow.payee, flow.pot.id] = coming.get((flow.payee, flow.pot.id), 0) + flow.pence
    later: dict[tuple[str, str], list[Pot]] = {}
    for flow in following.flows:
        for power in flow.pot.powers:
            later.setdefault((flow.payee, power), []).append(flow.pot)
    for flow in now.flows:
        last = last_year(book, flow.pot)
        if last is None or last != asked or (flow.payee, flow.pot.id) in coming:
            continue
        heirs = {pot.id: pot for power in flow.pot.powers for pot in later.get((flow.payee, power), ())}
        nxt = sum(coming[flow.payee, name] for name in heirs)
        note = "" if heirs else "the tables know nothing that follows it"
        yield CliffRow(
            flow.pot.id,
            flow.pot.name,
            flow.payee,
            party_name(world, flow.payee),
            *powers_named(world, flow.pot.powers),
            flow.end,
            flow.pence,
            nxt,
            "; ".join(pot.name for pot in heirs.values()),
            flow.kind,
            flow.confidence,
            note,
        )


QUESTIONS = (cliff_edges,)


def last_year(book: Book, pot: Pot) -> FiscalYear | None:
    """The last fiscal year a pot is promised for, as stated or as its amounts have it; None for no end."""
    if stated := year_or_none(pot.last_year):
        return stated
    if pot.award == "set locally":
        return None
    found = book.first_and_last(pot.id)
    return found[1] if found else None


def years_certain(book: Book, flow: Flow, year: FiscalYear) -> int | None:
    """How many years a flow's pot is promised for, this one included; None for one with no stated end."""
    last = last_year(book, flow.pot)
    return None if last is None else max(last.first - year.first + 1, 1)


def year_ends(book: Book, flow: Flow) -> set[str]:
    """The last days of the years that a pot's amounts are stated in: `31 March`, `31 July`."""
    ends = set()
    for amount in book.amounts(flow.pot.id):
        if not amount.payee or amount.payee == flow.payee:
            end = period(amount)[1]
            if end is not None:
                day = date.fromordinal(end.toordinal() - 1)
                ends.add(f"{day.day} {day:%B}")
    return ends
