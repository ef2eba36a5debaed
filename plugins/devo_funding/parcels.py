"""Amounts as parcels: what a pot pays whom in one fiscal year, after all that was done to the pot.

A total over several years is divided between them by its stated rule. Within a year it is divided by
days where a provision changes the pot part-way. Every division conserves the penny.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from devo import Confidence, Finding, World, cascade
from devo_funding.network import exact
from devo_funding.pots import Adjustment, Amount, Kind, Pot, Share
from devo_funding.years import FiscalYear, days_in, fiscal_year, months_in, year_of, years_of


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a pot pays one payee in part of a fiscal year, in pence, as it stands there."""

    pot: Pot
    payee: str
    area: str
    pence: int
    kind: Kind
    ringfenced: bool
    decider: str
    start: date
    end: date
    spread: str
    confidence: Confidence
    from_pot: str = ""


class Book:
    """The pots and amounts of a world, ready to be asked about any fiscal year.

    `findings` are of amounts that cannot be read: they are left out of every year.
    """

    def __init__(self, world: World):
        self.pots: dict[str, Pot] = {pot.id: pot for pot in world.of(Pot)}
        self.findings: list[Finding] = []
        self.amounts: dict[str, list[Amount]] = {}
        self.adjustments: dict[str, list[Adjustment]] = {}
        promised = promises(world)
        for amount in world.of(Amount):
            if amount.provision in promised:
                text = f"{amount.pence} pence of pot {amount.pot} are only promised (by {amount.provision}); not counted."
                self.findings.append(Finding("money-promised", text, "note", (amount.pot, amount.provision)))
                continue
            reason = _unsound(amount, self.pots)
            if reason:
                self._say("amount-refused", amount, reason)
            else:
                self.amounts.setdefault(amount.pot, []).append(amount)
        for pot in self.amounts:
            self._without_overlaps(pot)
        for pot in self.amounts:
            self._without_the_overstated(pot)
        for item in world.of(Adjustment):
            if item.provision not in promised:
                self.adjustments.setdefault(item.pot, []).append(item)
        for rows in self.adjustments.values():
            rows.sort(key=lambda item: item.start)
        self._dated: dict[int, list[tuple[Pot, Amount]]] = {}
        self._undated: list[tuple[Pot, Amount]] = []
        for name, amounts in self.amounts.items():
            for amount in amounts:
                if amount.year:
                    self._dated.setdefault(fiscal_year(amount.year).first, []).append(
                        (self.pots[name], amount)
                    )
                else:
                    self._undated.append((self.pots[name], amount))

    def parcels(self, year: FiscalYear, *, all_pots: bool = False) -> Iterator[Parcel]:
        """What every pot that counts pays in a year; with `all_pots` also those that are never added up."""
        for pot, amount in (*self._dated.get(year.first, ()), *self._undated):
            if pot.counts or all_pots:
                pence = self.in_year(amount, year)
                if pence:
                    yield from self._adjusted(pot, amount, year, pence)

    def in_year(self, amount: Amount, year: FiscalYear) -> int:
        """What of an amount falls in a fiscal year, before anything is done to its pot."""
        start, end = period(amount)
        if year.end <= start or (end is not None and end <= year.start):
            return 0
        if amount.basis == "per-year":
            days = days_in(year, start, end or year.end)
            return amount.pence if days == year.days else cascade(amount.pence, [days, year.days - days])[0]
        assert end is not None
        return self._divided(amount, start, end).get(year, 0)

    def first_and_last(self, pot: str) -> tuple[FiscalYear, FiscalYear | None] | None:
        """The fiscal years of a pot's first and last amounts (None: no end); None for a pot without any."""
        spans = [period(amount) for amount in self.amounts.get(pot, ())]
        if not spans:
            return None
        ends = [end for _, end in spans if end is not None]
        last = year_of(date.fromordinal(max(ends).toordinal() - 1)) if len(ends) == len(spans) else None
        return year_of(min(start for start, _ in spans)), last

    def _divided(self, amount: Amount, start: date, end: date) -> Mapping[FiscalYear, int]:
        """A total over its fiscal years; what other pots state by themselves is taken out first."""
        years = list(years_of(start, end))
        if len(years) == 1:
            return {years[0]: amount.pence}
        stated = {
            year: sum(self.in_year(part, year) for name in amount.less for part in self.amounts.get(name, ()))
            for year in years
        }
        rule = {"days": days_in, "months": months_in, "years": lambda *_: 1}[amount.split]
        weights = [0 if stated[year] else rule(year, start, end) for year in years]
        left = amount.pence - sum(stated.values())
        if left < 0 or (left and not any(weights)):
            return {}
        return dict(zip(years, cascade(left, weights), strict=True))

    def _without_the_overstated(self, pot: str) -> None:
        """Leave out totals below the parts that other pots state, or with a rest and no year for it."""
        for amount in [a for a in self.amounts[pot] if a.less and a.end is not None]:
            start, end = period(amount)
            if end is not None and not self._divided(amount, start, end):
                self.amounts[pot].remove(amount)
                self._say(
                    "amount-refused", amount, "the parts that other pots state of it do not leave that total"
                )

    def _adjusted(self, pot: Pot, amount: Amount, year: FiscalYear, pence: int) -> Iterator[Parcel]:
        """An amount's money of a year, in as many parcels as the pot changes on the way."""
        start, end = period(amount)
        first = max(start, year.start)
        last = min(end or year.end, year.end)
        payee = amount.payee or pot.payee
        changes = [a for a in self.adjustments.get(pot.id, ()) if not a.payee or a.payee == payee]
        days = sorted({first, *(a.start for a in changes if first < a.start < last)})
        spans = list(zip(days, [*days[1:], last], strict=True))
        parts = cascade(pence, [(b - a).days for a, b in spans]) if len(spans) > 1 else [pence]
        for (begin, until), part in zip(spans, parts, strict=True):
            before = Parcel(
                pot,
                payee,
                amount.area or pot.area,
                part,
                pot.kind,
                pot.ringfenced,
                pot.decided_by,
                begin,
                until,
                amount.spread,
                min(pot.confidence, amount.confidence, key=_CERTAINTY.index),
            )
            now = self._after(before, [a for a in changes if a.start <= begin], year)
            if now.pence:
                yield now

    def _after(self, parcel: Parcel, changes: Iterable[Adjustment], year: FiscalYear) -> Parcel:
        """A parcel as the changes in force leave it, one after the other."""
        for change in changes:
            parcel = replace(
                parcel, confidence=min(parcel.confidence, change.confidence, key=_CERTAINTY.index)
            )
            if change.what == "payee":
                parcel = replace(parcel, payee=change.value)
            elif change.what == "times":
                parcel = replace(parcel, pence=rounded(parcel.pence * exact(change.rate)))
            elif change.what == "minus":
                days = (parcel.end - parcel.start).days
                parcel = replace(
                    parcel, pence=max(parcel.pence - rounded(Fraction(change.pence * days, year.days)), 0)
                )
            elif change.what == "ringfence":
                kind: Kind = "ring-fenced-grant" if parcel.kind == "grant" else parcel.kind
                parcel = replace(parcel, ringfenced=True, kind=kind)
            elif change.what == "unringfence":
                kind = "grant" if parcel.kind == "ring-fenced-grant" else parcel.kind
                parcel = replace(parcel, ringfenced=False, kind=kind)
            elif change.what == "decider":
                parcel = replace(parcel, decider=change.value)
            elif change.value in self.pots:
                into = self.pots[change.value]
                parcel = replace(
                    parcel,
                    pot=replace(
                        into, payer=parcel.pot.payer, powers=parcel.pot.powers, out_of=parcel.pot.out_of
                    ),
                    payee=into.payee,
                    kind=into.kind,
                    ringfenced=into.ringfenced,
                    decider=into.decided_by,
                    from_pot=parcel.from_pot or parcel.pot.id,
                )
        return parcel

    def _without_overlaps(self, pot: str) -> None:
        """Leave out what states the same days of the same money a second time, and say so."""
        kept: list[Amount] = []
        last: dict[tuple[str, str, bool], Amount] = {}
        for amount in sorted(self.amounts[pot], key=lambda a: (period(a)[0], period(a)[1] or date.max)):
            key = (amount.payee, amount.area, amount.repayment)
            before = last.get(key)
            if before is not None and period(amount)[0] < (period(before)[1] or date.max):
                when = amount.year or f"{amount.start} to {amount.end}"
                self._say("amounts-overlap", amount, f"it states {when} a second time; the first is counted")
                continue
            kept.append(amount)
            last[key] = amount
        self.amounts[pot] = kept

    def _say(self, code: str, amount: Amount, reason: str) -> None:
        text = f"An amount of {amount.pence} pence in pot {amount.pot} is left out: {reason}."
        self.findings.append(
            Finding(code, text, "error", (amount.pot,), suggestion="correct the table of amounts")
        )


def promises(world: World) -> frozenset[str]:
    """The provisions on money that are agreed and not made, or not yet by the day whose law is asked for."""
    given = [record.provision for record in world.of(Amount)]
    given += [record.provision for record in world.of(Adjustment)]
    given += [record.provision for record in world.of(Share)]
    if not any(given):
        return frozenset()
    return frozenset(
        provision.id
        for deal in world.deals
        for provision in deal.provisions
        if provision.made is None or (world.as_known is not None and provision.made > world.as_known)
    )


_CERTAINTY: Sequence[Confidence] = ("unsure", "known", "verified")


def period(amount: Amount) -> tuple[date, date | None]:
    """The days an amount is for; None for an amount a year without end."""
    if amount.year:
        year = fiscal_year(amount.year)
        return year.start, year.end
    assert amount.start is not None
    return amount.start, amount.end


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _unsound(amount: Amount, pots: Mapping[str, Pot]) -> str:
    """What is wrong with an amount; '' where nothing is."""
    if amount.pot not in pots:
        return "there is no such pot"
    if amount.year:
        try:
            fiscal_year(amount.year)
        except ValueError as fault:
            return str(fault)
    elif amount.start is None:
        return "it says neither a `year` nor a `start`"
    elif amount.end is None and amount.basis != "per-year":
        return "a total needs an `end`"
    elif amount.end is not None and amount.end <= amount.start:
        return "it ends before it starts"
    if amount.pence < 0 and not amount.repayment:
        return "it is negative and no repayment"
    if amount.pence > 0 and amount.repayment:
        return "a repayment is written as a negative amount"
    if amount.prices != "cash" and not amount.deflator:
        return f"it is in prices of {amount.prices} and names no deflator"
    return ""
