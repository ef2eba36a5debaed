"""The book of a world's money: its pots, their amounts and changes, ready for any fiscal year.

Reading and judging some thousands of amounts costs more than any question asked of them, and worlds of
one line (one deal against another, one draw after another) differ in a few. So a book is read on from
the last one: only pots that some differing record is about are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from devo import Finding, World
from devo_funding.amounts import Sheet, divided, pence_in
from devo_funding.network import Arc, cycle
from devo_funding.parcels import Parcel, parcels_after
from devo_funding.pots import Adjustment, Amount, Pot
from devo_funding.prices import Index, indices, rounded
from devo_funding.rows import Rows, alike, by_pot, differing
from devo_funding.years import FiscalYear, fiscal_year, year_or_none


class Book:
    """The pots and amounts of a world, ready to be asked about any fiscal year.

    A book may be read on from another (`last`): what no differing record touches is taken over from it.
    """

    def __init__(self, rows: Rows, last: Book | None = None):
        self.rows = rows
        self.pots: dict[str, Pot] = {pot.id: pot for pot in rows.pots}
        same = last is not None and last.rows.deflators is rows.deflators
        self._indices: Mapping[str, Index] = (
            last._indices if last is not None and same else indices(rows.deflators)
        )
        self._years: dict[FiscalYear, dict[str, tuple[Parcel, ...]]] = {}
        if last is None or not self._read_on(last):
            self._written = by_pot(rows.amounts)
            self._leaning = leaning(rows.amounts)
            self._sheets = {name: self._sheet(name) for name in self._written}
            self.adjustments = self._adjustments(by_pot(rows.adjustments))
            self._without_circles()
            self._check_totals()

    def _read_on(self, last: Book) -> bool:
        """Take over from another book all that no differing record is about; whether that can be done.

        A total from which the parts of other pots are taken leans on those, and is read with all else.
        """
        old, new = last.rows, self.rows
        if old.deflators is not new.deflators:
            return False
        same = alike(old.amounts, new.amounts)
        gone, come = by_pot(old.amounts[same:]), by_pot(new.amounts[same:])
        changed = {*gone, *come, *(pot.id for pot in differing(old.pots, new.pots))}
        moved = {item.pot for item in differing(old.adjustments, new.adjustments)}
        if turned := old.promised ^ new.promised:
            changed |= {amount.pot for amount in new.amounts if amount.provision in turned}
            moved |= {item.pot for item in new.adjustments if item.provision in turned}
        self._leaning = last._leaning | leaning(new.amounts[same:])
        if changed & self._leaning:
            return False
        self._written = dict(last._written)
        for name in {*gone, *come}:
            before = last._written.get(name, [])
            now = [*before[: len(before) - len(gone.get(name, ()))], *come.get(name, ())]
            self._written[name] = now
            if not now:
                del self._written[name]
        self._sheets = {name: sheet for name, sheet in last._sheets.items() if name not in changed}
        self._sheets.update({name: self._sheet(name) for name in changed & self._written.keys()})
        self.adjustments = {name: found for name, found in last.adjustments.items() if name not in moved}
        self.adjustments.update(self._adjustments(by_pot(i for i in new.adjustments if i.pot in moved)))
        stale = self._with_pooled(changed | moved)
        for year, found in last._years.items():
            self._years[year] = {name: parcels for name, parcels in found.items() if name not in stale}
        return True

    def _with_pooled(self, pots: set[str]) -> set[str]:
        """Some pots with all those whose money is in one of them: it is paid out as that one is."""
        found = set(pots)
        while more := {
            item.pot
            for made in self.adjustments.values()
            for item in made
            if item.what == "pooled" and item.value in found and item.pot not in found
        }:
            found |= more
        return found

    @property
    def findings(self) -> list[Finding]:
        """What there is to say of amounts that are left out of every year."""
        return [finding for name in sorted(self._sheets) for finding in self._sheets[name].findings]

    def amounts(self, pot: str) -> Sequence[Amount]:
        """The amounts of a pot that can be counted."""
        sheet = self._sheets.get(pot)
        return sheet.amounts if sheet else ()

    def parcels(self, year: FiscalYear, *, all_pots: bool = False) -> Iterator[Parcel]:
        """What every pot that counts pays in a year; with `all_pots` also those that are never added up."""
        for _, parcels in self.by_pot(year, all_pots=all_pots):
            yield from parcels

    def by_pot(self, year: FiscalYear, *, all_pots: bool = False) -> Iterator[tuple[str, tuple[Parcel, ...]]]:
        """The pots in order of id, each with what it pays in a year."""
        found = self._years.setdefault(year, {})
        for name in sorted(self._sheets):
            pot = self.pots.get(name)
            if pot is None or not (pot.counts or all_pots):
                continue
            parcels = found.get(name)
            if parcels is None:
                parcels = found[name] = tuple(self._parcels(pot, self._sheets[name], year))
            if parcels:
                yield name, parcels

    def stated(self, pot: str, year: FiscalYear) -> int:
        """What the amounts of a pot state for a fiscal year, in pence as written."""
        sheet = self._sheets.get(pot)
        return sum(pence_in(amount, year, self.stated) for amount in sheet.in_year(year)) if sheet else 0

    def in_year(self, amount: Amount, year: FiscalYear) -> int:
        """What of an amount falls in a fiscal year, before anything is done to its pot, in its own prices."""
        return pence_in(amount, year, self.stated)

    def first_and_last(self, pot: str) -> tuple[FiscalYear, FiscalYear | None] | None:
        """The fiscal years of a pot's first and last amounts (None: no end); None for a pot without any."""
        sheet = self._sheets.get(pot)
        return sheet.first_and_last() if sheet else None

    def _sheet(self, pot: str) -> Sheet:
        return Sheet.of(pot, self._written[pot], pot in self.pots, self.rows.promised)

    def _adjustments(self, found: Mapping[str, list[Adjustment]]) -> dict[str, list[Adjustment]]:
        """Changes to each pot in order of their days, without those only promised."""
        made = {
            name: sorted(
                (item for item in items if item.provision not in self.rows.promised),
                key=lambda item: item.start,
            )
            for name, items in found.items()
        }
        return {name: items for name, items in made.items() if items}

    def _without_circles(self) -> None:
        """Leave out totals whose parts, stated by other pots, lead back to themselves."""
        while way := cycle(
            {
                name: [Arc(name, other, 0) for amount in sheet.amounts for other in amount.less]
                for name, sheet in self._sheets.items()
            }
        ):
            for name, other in pairwise(way):
                for amount in [a for a in self._sheets[name].amounts if other in a.less]:
                    text = f"the pots that state parts of it lead back to it: {' > '.join(way)}"
                    self._sheets[name].remove(amount, text)

    def _check_totals(self) -> None:
        """Leave out totals below the parts that other pots state, or with a rest and no year for it."""
        for name in sorted(self._sheets):
            sheet = self._sheets[name]
            for amount in [a for a in sheet.amounts if a.less and a.end is not None]:
                if not divided(amount, self.stated):
                    sheet.remove(amount, "the parts that other pots state of it do not leave that total")

    def _parcels(self, pot: Pot, sheet: Sheet, year: FiscalYear) -> Iterator[Parcel]:
        for amount in sheet.in_year(year):
            pence = pence_in(amount, year, self.stated)
            if pence:
                pence, prices = self._cash(amount, year, pence)
                yield from parcels_after(pot, amount, year, pence, prices, self.adjustments, self.pots)

    def _cash(self, amount: Amount, year: FiscalYear, pence: int) -> tuple[int, str]:
        """Pence of a year in cash, and the prices they are in: their own where no figure turns them into cash."""
        if amount.prices == "cash":
            return pence, "cash"
        index = self._indices.get(amount.deflator, {})
        base = fiscal_year(amount.prices)
        if year not in index or base not in index:
            return pence, f"{base} by {amount.deflator}"
        return rounded(pence * index[year] / index[base]), "cash"


def book_of(world: World) -> Book:
    """The book of a world, read on from the last that was read in the world's line."""
    return world.kept(_book)


def _book(world: World, last: Book | None) -> Book:
    rows = Rows.of(world, last.rows if last else None)
    return last if last is not None and last.rows.same(rows) else Book(rows, last)


def leaning(amounts: Iterable[Amount]) -> set[str]:
    """The pots of totals that have parts of other pots taken out, and those pots."""
    return {name for amount in amounts if amount.less for name in (amount.pot, *amount.less)}


def runs(pot: Pot, year: FiscalYear) -> bool:
    """Whether a pot runs in a year as far as its own first and last year say."""
    first, last = year_or_none(pot.first_year), year_or_none(pot.last_year)
    return (first is None or first <= year) and (last is None or year <= last)
