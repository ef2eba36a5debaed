"""Fiscal years, April to March, and the days and months of a period that fall in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from devo import TermFault, World

_WRITTEN = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """The year from 1 April of `first` up to, and not on, the next 1 April."""

    first: int

    @property
    def start(self) -> date:
        """Its first day."""
        return _april(self.first)

    @property
    def end(self) -> date:
        """The first day of the next."""
        return _april(self.first + 1)

    @property
    def days(self) -> int:
        """365 or 366."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02}"

    def later(self, years: int) -> FiscalYear:
        """The fiscal year so many years later."""
        return FiscalYear(self.first + years)


def _april(year: int) -> date:
    """The first of April of a year; the calendar's first or last day for a year that it does not have."""
    if year < date.min.year:
        return date.min
    return date(year, 4, 1) if year <= date.max.year else date.max


# A table of amounts writes the same few years thousands of times.
@lru_cache(maxsize=256)
def fiscal_year(text: str) -> FiscalYear:
    """The fiscal year written `2025-26`. Raises ValueError."""
    found = _WRITTEN.fullmatch(text.strip())
    if found and (int(found[1]) + 1) % 10 ** len(found[2]) == int(found[2]):
        return FiscalYear(int(found[1]))
    raise ValueError(f"{text!r} is no fiscal year; write 2025-26 for April 2025 to March 2026")


def year_or_none(text: str) -> FiscalYear | None:
    """The fiscal year a table states; None for a blank, and for a text that is no year (`money-misread` says so)."""
    try:
        return fiscal_year(text) if text else None
    except ValueError:
        return None


def year_of(day: date) -> FiscalYear:
    """The fiscal year a day is in."""
    return FiscalYear(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)


def asked_year(world: World, text: str) -> FiscalYear:
    """The fiscal year a question asks about, by default that of the world's day. Raises TermFault."""
    if not text:
        return year_of(world.today)
    try:
        return fiscal_year(text)
    except ValueError as fault:
        raise TermFault(str(fault)) from None


def years_of(start: date, end: date) -> Iterator[FiscalYear]:
    """The fiscal years that a period from `start` up to `end` touches."""
    year = year_of(start)
    while year.start < end:
        yield year
        year = year.later(1)


def days_in(year: FiscalYear, start: date, end: date) -> int:
    """The days of a period that fall in a fiscal year."""
    return max((min(end, year.end) - max(start, year.start)).days, 0)


def months_in(year: FiscalYear, start: date, end: date) -> int:
    """The calendar months of a period that fall in a fiscal year; a month begun counts."""
    first, last = max(start, year.start), min(end, year.end)
    if first >= last:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + (last.day > 1)
