"""The accounts of a world's money: the ledger of each fiscal year, once it was asked for.

Worlds of one line differ in a few pots, so accounts are read on from the last ones: a pot is paid out
again only where its parcels are not the very same.
"""

from __future__ import annotations

from collections.abc import Sequence

from devo import Finding, World
from devo_funding.book import Book, book_of
from devo_funding.flows import Flow, Ledger, flow_of, in_prices, merged
from devo_funding.parcels import Parcel
from devo_funding.parties import party_name, receiver
from devo_funding.passing import Passing
from devo_funding.prices import Prices
from devo_funding.years import FiscalYear

# What a pot's parcels of a year come to: the flows, and what of them reached nobody.
Paid = tuple[tuple[Flow, ...], tuple[Finding, ...]]


class Accounts:
    """The ledgers of a world's money by fiscal year. They are read on from those of another (`last`)."""

    def __init__(self, world: World, book: Book, last: Accounts | None = None):
        self.book = book
        self.roster = world.roster
        self._ledgers: dict[tuple[FiscalYear, Prices | None], Ledger] = {}
        # By the very parcels, so that a pot whose parcels are read anew is paid out anew.
        self._paid: dict[tuple[FiscalYear, str], tuple[tuple[Parcel, ...], Paid]] = {}
        self._passing = Passing(book.rows.shares, book.rows.promised)
        if last is not None and last.roster is self.roster:
            self._paid = {key: found for key, found in last._paid.items() if key[1] in book.pots}

    def same(self, world: World, book: Book) -> bool:
        """Whether these are the accounts of a world with a book."""
        return self.book is book and self.roster is world.roster

    def ledger(self, world: World, year: FiscalYear, prices: Prices | None) -> Ledger:
        """The flows of a fiscal year, in cash or in constant prices."""
        found = self._ledgers.get((year, prices))
        if found is None:
            found = self._ledgers[year, prices] = self._drawn_up(world, year, prices)
        return found

    def _drawn_up(self, world: World, year: FiscalYear, prices: Prices | None) -> Ledger:
        findings = list(self.book.findings)
        flows: list[Flow] = []
        for pot, parcels in self.book.by_pot(year):
            paid, unpaid = self._of(world, year, pot, parcels)
            flows.extend(paid)
            findings.extend(unpaid)
        if prices is not None:
            flows = in_prices(flows, year, prices)
        flows.extend(self._passing.passed_on(world, year, flows, findings))
        if prices is None:
            _overdrawn(world, flows, findings)
        return Ledger(year, tuple(merged(flows)), tuple(dict.fromkeys(findings)))

    def _of(self, world: World, year: FiscalYear, pot: str, parcels: tuple[Parcel, ...]) -> Paid:
        """What a pot paid in a year."""
        kept = self._paid.get((year, pot))
        if kept is not None and kept[0] is parcels:
            return kept[1]
        flows, findings = [], []
        for parcel in parcels:
            payee, reason = receiver(world, parcel)
            if reason:
                findings.append(_not_paid(world, parcel, payee, reason))
                continue
            flows.append(flow_of(parcel, payee))
        paid = (tuple(flows), tuple(dict.fromkeys(findings)))
        self._paid[year, pot] = (parcels, paid)
        return paid


def ledger(world: World, year: FiscalYear, prices: Prices | None = None) -> Ledger:
    """The flows of a fiscal year, in cash or in constant prices. Raises TermFault."""
    return world.kept(_accounts).ledger(world, year, prices)


def _accounts(world: World, last: Accounts | None) -> Accounts:
    book = book_of(world)
    return last if last is not None and last.same(world, book) else Accounts(world, book, last)


def _overdrawn(world: World, flows: Sequence[Flow], findings: list[Finding]) -> None:
    """Bodies that pass on more of a pot than they got of it."""
    if not any(flow.out_of for flow in flows):
        return
    have: dict[tuple[str, str], int] = {}
    for flow in flows:
        key = (flow.payee, flow.pot.id)
        have[key] = have.get(key, 0) + flow.pence
    for flow in flows:
        if flow.out_of:
            key = (flow.payer, flow.out_of)
            have[key] = have.get(key, 0) - flow.pence
            if have[key] < 0 < flow.pence:
                findings.append(
                    Finding(
                        "passes-on-more-than-it-has",
                        f"{party_name(world, flow.payer)} passes on more of {flow.out_of} than it gets "
                        f"({-have[key]} pence too much, with {flow.pot.id}).",
                        "error",
                        (flow.payer, flow.pot.id, flow.out_of),
                        suggestion="let the sums paid out of it be no more than what is paid in",
                    )
                )


def _not_paid(world: World, parcel: Parcel, payee: str, reason: str) -> Finding:
    return Finding(
        "paid-to-nobody",
        f"{parcel.pence} pence of {parcel.pot.name} ({parcel.pot.id}) for {party_name(world, payee)} "
        f"from {parcel.start} are not paid: {reason}.",
        "warning",
        (parcel.pot.id, payee),
        suggestion="name the body that is paid, or the day from which",
    )
