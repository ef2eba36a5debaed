"""Prices: cash, or the prices of a year by a deflator whose figures are in the tables.

A deflator is an index of prices with one figure a fiscal year. Only the ratio of two of its figures
counts, so its base does not matter. Rates are exact fractions of the figures as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from devo import TermFault, World
from devo_funding.network import exact
from devo_funding.pots import Deflator
from devo_funding.years import FiscalYear, fiscal_year, year_or_none

# A deflator's figures by fiscal year.
Index = Mapping[FiscalYear, Fraction]


@dataclass(frozen=True, slots=True)
class Prices:
    """Constant prices that somebody asked for: those of a year, by a deflator."""

    year: FiscalYear
    deflator: str
    index: Index = field(compare=False)

    def rate(self, year: FiscalYear) -> Fraction:
        """What a pound of cash of a fiscal year comes to in these prices. Raises TermFault."""
        if year not in self.index:
            raise TermFault(
                f"the deflator {self.deflator!r} has no figure for {year}, so its money cannot be put into "
                f"prices of {self.year}; it has {_span(self.index)}"
            )
        return self.index[self.year] / self.index[year]

    def of(self, pence: int, year: FiscalYear) -> int:
        """Cash of a fiscal year in these prices, to the nearest penny. Raises TermFault."""
        return rounded(pence * self.rate(year))


def asked_prices(world: World, prices: str, deflator: str = "") -> Prices | None:
    """The prices a question asks for; None for cash. Raises TermFault where no table has what it takes.

    `deflator` may be left out where the tables have just one.
    """
    if prices in ("", "cash"):
        if deflator:
            raise TermFault(f"a deflator ({deflator!r}) is for constant prices; say which: prices=2025-26")
        return None
    try:
        year = fiscal_year(prices)
    except ValueError as fault:
        raise TermFault(f"prices are cash or those of a fiscal year: {fault}") from None
    known = indices(world.of(Deflator))
    has = f"the tables have: {', '.join(map(repr, sorted(known)))}" if known else NONE
    if not known or (deflator and deflator not in known):
        called = (
            f"no deflator is called {deflator!r}; " if deflator else f"prices of {year} take a deflator; "
        )
        raise TermFault(called + has)
    if not deflator and len(known) > 1:
        raise TermFault(f"say by which `deflator` prices of {year} are meant; {has}")
    name = deflator or next(iter(known))
    if year not in known[name]:
        raise TermFault(f"the deflator {name!r} has no figure for {year}; it has {_span(known[name])}")
    return Prices(year, name, known[name])


NONE = (
    "the tables have none. Put its figures into deflator.csv (deflator, year, index, source) in a folder of "
    "your own, and name the folder under `tables` in a scenario"
)


def indices(rows: Iterable[Deflator]) -> dict[str, dict[FiscalYear, Fraction]]:
    """Every deflator's figures; without those that `faults` names."""
    found: dict[str, dict[FiscalYear, Fraction]] = {}
    for row in rows:
        year = year_or_none(row.year)
        if year is not None and row.index > 0:
            found.setdefault(row.deflator, {}).setdefault(year, exact(row.index))
    return found


def faults(rows: Iterable[Deflator]) -> Iterable[tuple[str, str]]:
    """A deflator and what is wrong with a row of it: no year, no figure, or a year stated twice."""
    seen: dict[tuple[str, FiscalYear], float] = {}
    for row in rows:
        year = year_or_none(row.year)
        if year is None:
            yield row.deflator, f"{row.year!r} is no fiscal year; write 2025-26"
        elif not row.index > 0:
            yield row.deflator, f"its figure for {year} is {row.index}, and has to be more than nothing"
        elif seen.setdefault((row.deflator, year), row.index) != row.index:
            first = seen[row.deflator, year]
            yield row.deflator, f"{year} stands twice, with {first} and {row.index}; the first is used"


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _span(index: Index) -> str:
    """The years of an index: first and last, and those that are missing between."""
    years = sorted(index)
    text = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    missing = [
        year for first in range(years[0].first, years[-1].first) if (year := FiscalYear(first)) not in index
    ]
    return text + (f" without {', '.join(map(str, missing))}" if missing else "")
