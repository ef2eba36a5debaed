"""How a value reads: headings for columns, words for modes, per cents for shares, pounds for pence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from devo.values import Column

MOST_LISTED = 3

_HEADINGS = {
    "place_name": "Place",
    "places_names": "Where",
    "body_name": "Body",
    "member_name": "Member",
    "power_name": "Power",
    "holder_name": "Holder",
    "mode": "How",
    "exercised_by": "Exercised by",
    "start": "Since",
    "end": "Until",
    "instrument": "Under",
    "confidence": "How sure",
    "geography": "Layer",
}
_MODES = {
    "sole": "alone",
    "concurrent": "concurrently",
    "joint": "jointly",
    "delegated": "by delegation",
}


def heading(name: str) -> str:
    """A column's name as a heading."""
    for ending in ("_names", "_name", "_pence"):
        plain = name.removesuffix(ending)
        if plain != name:
            break
    return _HEADINGS.get(name) or plain.replace("_", " ").capitalize()


def cell(column: Column, value: Any) -> str:
    """A value as people read it, by its column's name and unit."""
    if value is None:
        return "before the tables" if column.name == "start" else ""
    if isinstance(value, tuple | list):
        return several(cell(column, item) for item in value)
    if column.unit.startswith("share"):
        return share(value)
    if column.unit == "pence" or column.name.endswith("_pence"):
        return pounds(value)
    if column.name == "mode":
        return mode(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value) if column.name.endswith("year") else f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.4g}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def mode(value: str) -> str:
    """How a power is held, in plain words."""
    return _MODES.get(value, str(value))


def share(value: float) -> str:
    """A share as a per cent that never rounds to all or nothing what is not."""
    if 0 < value < 0.0005:
        return "under 0.1%"
    if 0.9995 <= value < 1:
        return "over 99.9%"
    return f"{value:.0%}" if value in (0, 1) else f"{value:.1%}"


def pounds(pence: int) -> str:
    """Pence as pounds: £1,234.50."""
    sign, whole = ("-" if pence < 0 else ""), abs(pence)
    return f"{sign}£{whole // 100:,}.{whole % 100:02}".removesuffix(".00")


def day(value: date) -> str:
    """A day in words: 27 June 2017."""
    return f"{value.day} {value:%B %Y}"


def several(items: Iterable[str]) -> str:
    """A list cut to what a cell can hold, with a count of the rest."""
    words = list(items)
    if len(words) <= MOST_LISTED + 1:
        return ", ".join(words)
    return f"{', '.join(words[:MOST_LISTED])} and {len(words) - MOST_LISTED} more"


def count(number: int, word: str) -> str:
    """A number with its word: 1 row, 2 rows."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
