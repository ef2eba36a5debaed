"""How a value reads: headings for columns, words for modes, per cents for shares, pounds for pence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, get_args

from devo.values import Column, Finding, Severity

MOST_LISTED = 3
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

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


def look_alike(text: str) -> str:
    """Which sign of a text only looks like one that English is written in, as a hint; '' where none does.

    A Cyrillic Е or a wide digit reads like the plain one, and names something else.
    """
    from unicodedata import category, name

    for sign in text:
        said = name(sign, "")
        if category(sign)[0] in "LN" and not sign.isascii() and not said.startswith("LATIN "):
            return f"{sign!r} in it is {said or 'a sign without a name'}"
    return ""


def count(number: int, word: str) -> str:
    """A number with its word: 1 row, 2 rows."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings, the gravest first and otherwise as they were."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def finding(item: Finding, *, marked: bool = False) -> str:
    """A finding in a line: where it is, how grave if `marked`, what is wrong, and what to do."""
    where = f"{item.where}: " if item.where else ""
    mark = f"{item.severity.capitalize()}: " if marked and item.severity != "note" else ""
    more = f" ({item.suggestion})" if item.suggestion else ""
    return f"{where}{mark}{item.message}{more}"


def severities(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity: `1 error, 0 warnings, 2 notes`."""
    listed = [item.severity for item in findings]
    return ", ".join(count(listed.count(severity), severity) for severity in SEVERITIES)
