"""The amounts of one pot: which of them can be counted, and what of each falls in a fiscal year.

A total over several years is divided between them by its stated rule, to the penny. What cannot be
counted is left out of every year and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from devo import Finding, cascade
from devo_funding.pots import Amount
from devo_funding.years import FiscalYear, days_in, fiscal_year, months_in, year_of, years_of

# Of another pot: what its amounts state for a year.
Stated = Callable[[str, FiscalYear], int]


@dataclass
class Sheet:
    """The amounts of one pot that can be counted, in order of their days, and what was left out."""

    pot: str
    amounts: list[Amount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _by_year: dict[int, list[Amount]] = field(default_factory=dict)
    _longer: list[Amount] = field(default_factory=list)
    # How many amounts there were, and from which year to which they went.
    _span: tuple[int, tuple[FiscalYear, FiscalYear | None] | None] = (0, None)

    @classmethod
    def of(cls, pot: str, written: Iterable[Amount], known: bool, promised: frozenset[str]) -> Sheet:
        """The sheet of a pot from what is written of it. `known`: there is such a pot."""
        sheet = cls(pot)
        sound = []
        for amount in written:
            if amount.provision in promised:
                text = f"{amount.pence} pence of pot {pot} are only promised (by {amount.provision}); not counted."
                sheet.findings.append(Finding("money-promised", text, "note", (pot, amount.provision)))
                continue
            reason = _unsound(amount) if known else "there is no such pot"
            if reason:
                sheet.refuse("amount-refused", amount, reason)
            else:
                sound.append((period(amount), amount))
        sheet._without_overlaps(sound)
        return sheet

    def in_year(self, year: FiscalYear) -> Iterable[Amount]:
        """The amounts that may fall in a fiscal year."""
        return (*self._by_year.get(year.first, ()), *self._longer)

    def remove(self, amount: Amount, reason: str) -> None:
        """Leave out an amount after all, and say why."""
        self.amounts.remove(amount)
        (self._by_year[fiscal_year(amount.year).first] if amount.year else self._longer).remove(amount)
        self.refuse("amount-refused", amount, reason)

    def refuse(self, code: str, amount: Amount, reason: str) -> None:
        """Say why an amount is left out."""
        text = f"An amount of {amount.pence} pence in pot {amount.pot} is left out: {reason}."
        self.findings.append(
            Finding(code, text, "error", (amount.pot,), suggestion="correct the table of amounts")
        )

    def first_and_last(self) -> tuple[FiscalYear, FiscalYear | None] | None:
        """The fiscal years of the first and last amounts (None: no end); None where there is no amount."""
        # A pot with thousands of payees is asked once for each.
        if self._span[0] != len(self.amounts):
            self._span = (len(self.amounts), self._first_and_last())
        return self._span[1]

    def _first_and_last(self) -> tuple[FiscalYear, FiscalYear | None] | None:
        spans = [period(amount) for amount in self.amounts]
        if not spans:
            return None
        ends = [end for _, end in spans if end is not None]
        last = year_of(date.fromordinal(max(ends).toordinal() - 1)) if len(ends) == len(spans) else None
        return year_of(min(start for start, _ in spans)), last

    def _without_overlaps(self, sound: Sequence[tuple[tuple[date, date | None], Amount]]) -> None:
        """Leave out what states the same days of the same money a second time, and say so."""
        until: dict[tuple[str, str, bool], date] = {}
        for (start, end), amount in sorted(sound, key=lambda found: (found[0][0], found[0][1] or date.max)):
            key = (amount.payee, amount.area, amount.repayment)
            if start < until.get(key, date.min):
                when = amount.year or f"{amount.start} to {amount.end}"
                self.refuse(
                    "amounts-overlap", amount, f"it states {when} a second time; the first is counted"
                )
                continue
            until[key] = end or date.max
            self.amounts.append(amount)
            if amount.year:
                self._by_year.setdefault(year_of(start).first, []).append(amount)
            else:
                self._longer.append(amount)


def period(amount: Amount) -> tuple[date, date | None]:
    """The days an amount is for; None for an amount a year without end."""
    if amount.year:
        year = fiscal_year(amount.year)
        return year.start, year.end
    assert amount.start is not None
    return amount.start, amount.end


def pence_in(amount: Amount, year: FiscalYear, stated: Stated) -> int:
    """What of an amount falls in a fiscal year, before anything is done to its pot, in its own prices."""
    if amount.year:
        return amount.pence if fiscal_year(amount.year) == year else 0
    start, end = period(amount)
    if year.end <= start or (end is not None and end <= year.start):
        return 0
    if amount.basis == "per-year":
        days = days_in(year, start, end or year.end)
        return amount.pence if days == year.days else cascade(amount.pence, [days, year.days - days])[0]
    return divided(amount, stated).get(year, 0)


def divided(amount: Amount, stated: Stated) -> Mapping[FiscalYear, int]:
    """A total over its fiscal years; what other pots state by themselves is taken out first.

    Empty where the parts that others state are more than the total, or leave a rest and no year for it.
    """
    start, end = period(amount)
    assert end is not None
    years = list(years_of(start, end))
    if len(years) == 1:
        return {years[0]: amount.pence}
    others = {year: sum(stated(name, year) for name in amount.less) for year in years}
    rule = {"days": days_in, "months": months_in, "years": lambda *_: 1}[amount.split]
    weights = [0 if others[year] else rule(year, start, end) for year in years]
    left = amount.pence - sum(others.values())
    overspent = left > 0 if amount.repayment else left < 0
    if overspent or (left and not any(weights)):
        return {}
    return dict(zip(years, cascade(left, weights), strict=True))


def _unsound(amount: Amount) -> str:
    """What is wrong with an amount; '' where nothing is."""
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
    return _unsound_prices(amount) if amount.prices != "cash" else ""


def _unsound_prices(amount: Amount) -> str:
    """What is wrong with an amount in constant prices; '' where nothing is."""
    if not amount.deflator:
        return f"it is in prices of {amount.prices} and names no deflator"
    if amount.less:
        return "it is in constant prices, and what other pots state of it (`less`) is cash"
    try:
        fiscal_year(amount.prices)
    except ValueError as fault:
        return f"its prices are neither cash nor those of a year: {fault}"
    return ""
