"""Rows laid out as their question says: in groups, as bars, or by what is like and what is unlike.

Each layout takes an answer and the columns that the hint names, and gives the table's columns and lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from devo import words
from devo.answers import Answer
from devo.tui.questioning import bar
from devo.tui.tables import Cell, Col, Line, Tone
from devo.tui.texts import plain_title
from devo.values import Column

NOT_KNOWN = "not known"
# The table width that what stands beside needs to be shown.
BESIDE = 96

Laid = tuple[Sequence[Col], Sequence[Line]]


def groups(answer: Answer, names: Sequence[str]) -> Laid:
    """Under each group a line a name, with the details of all its rows; a blank name is not known."""
    group, name, *details = names
    found: dict[str, dict[str, list[Any]]] = {}
    for row in sorted(answer.rows, key=_in_order(answer.rows, group)):
        found.setdefault(_heading(answer, group, row), {}).setdefault(str(getattr(row, name)), []).append(row)
    lines = []
    for heading, named in found.items():
        known = sum(bool(text) for text in named)
        for text, rows in sorted(named.items(), key=lambda item: not item[0]):
            said = _among(rows) + _details(answer, rows, details)
            title = f"{heading}: {known}" if known else heading
            lines.append(Line((text or Cell(NOT_KNOWN, "warn"), said), rows, title))
    return (Col(words.heading(name), 0, 2), Col(words.heading(details[0]) if details else "", 0, 3)), lines


def bars(answer: Answer, names: Sequence[str]) -> Laid:
    """Under each group a line a figure, with a bar against the largest of its unit."""
    group, label, figure, *details = names
    column = _column(answer, figure)
    largest: dict[str, float] = {}
    for row in answer.rows:
        unit = _unit(row, column)
        largest[unit] = max(largest.get(unit, 0.0), abs(float(getattr(row, figure) or 0)))
    compared = any(getattr(row, "before", None) is not None for row in answer.rows)
    lines = []
    for heading, row in _together((_heading(answer, group, row), row) for row in answer.rows):
        value, unit = getattr(row, figure), _unit(row, column)
        cells: list[str | Cell] = [
            str(getattr(row, label)),
            Cell(NOT_KNOWN, "warn") if value is None else _figure(value, unit),
            Cell(bar(float(value or 0), largest[unit]), _tone(row)),
            *([_before(row, value, unit)] if compared else ()),
            *(_said(answer, row, name) for name in details),
        ]
        lines.append(Line(tuple(cells), row, heading))
    before = [Col("Before", 18, at=64)] if compared else []
    shown = [Col(words.heading(label), 0, 3), Col(words.heading(figure), 18), Col("", 12, at=56), *before]
    return [*shown, *(Col(words.heading(name), 0, 4) for name in details)], lines


def likeness(answer: Answer, names: Sequence[str]) -> Laid:
    """A line a name, with what is like and what is unlike."""
    name, like, unlike, *details = names
    lines = []
    for row in answer.rows:
        same, other = getattr(row, like), getattr(row, unlike)
        cells: list[str | Cell] = [
            str(getattr(row, name)),
            Cell(", ".join(same), "gain"),
            Cell(", ".join(other) or "nothing", "loss" if other else "muted"),
            *(_said(answer, row, item) for item in details),
        ]
        group = f"Unlike in {words.count(len(other), 'thing')}" if other else "Like in all that is known"
        lines.append(Line(tuple(cells), row, group))
    shown = [Col(words.heading(name), 0, 3), Col("Like in", 0, 3, lead="like in ")]
    shown.append(Col("Unlike in", 0, 2, lead="unlike in "))
    for item in details:
        is_figure = _column(answer, item).type in ("integer", "float")
        shown.append(Col(words.heading(item), 18 if is_figure else 0, 2, right=is_figure, at=BESIDE))
    return shown, lines


LAYOUTS: dict[str, Callable[[Answer, Sequence[str]], Laid]] = {
    "groups": groups,
    "bars": bars,
    "likeness": likeness,
}


# --- groups -------------------------------------------------------------------------------------


def _heading(answer: Answer, group: str, row: Any) -> str:
    """A group's heading: its columns with a colon between, without those that are alike in every row."""
    names = group.split("+")
    differing = [n for n in names if len({getattr(other, n) for other in answer.rows}) > 1] or names[-1:]
    return ": ".join(_title(name, str(getattr(row, name))) for name in differing)


def _title(name: str, text: str) -> str:
    if text in ("yes", "no"):
        said = words.heading(name)
        return said if text == "yes" else f"Not {said.lower()}"
    return plain_title(text) if text == text.casefold() else text


def _in_order(rows: Sequence[Any], name: str) -> Callable[[Any], int]:
    """Groups in the order of their column's choices where its type lists them, else as they come."""
    hint = get_type_hints(type(rows[0])).get(name)
    choices = list(get_args(hint)) if get_origin(hint) is Literal else []
    return lambda row: choices.index(value) if (value := getattr(row, name, "")) in choices else 0


def _together(said: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Rows of one group beside each other, groups in the order in which they first appear."""
    found: dict[str, list[Any]] = {}
    for heading, row in said:
        found.setdefault(heading, []).append(row)
    return [(heading, row) for heading, rows in found.items() for row in rows]


def _details(answer: Answer, rows: Sequence[Any], names: Sequence[str]) -> str:
    """What several rows say of one name: what all of them say comes once, at the end."""
    shared = [
        name for name in names[1:] if len(rows) > 1 and len({_said(answer, row, name) for row in rows}) == 1
    ]
    each: dict[str, list[list[str]]] = {}
    for row in rows:
        first, *others = [_said(answer, row, name) for name in names if name not in shared] or [""]
        for kept, text in zip(each.setdefault(first, [[] for _ in others]), others, strict=True):
            if text and text not in kept:
                kept.append(text)
    texts = []
    for first, columns in each.items():
        rest = ", ".join(text for column in columns for text in column)
        texts.append(f"{first} ({rest})" if first and rest else first or rest)
    tail = [text for name in shared if (text := _said(answer, rows[0], name))]
    if any(getattr(row, "confidence", "") == "unsure" for row in rows):
        tail.append("unsure")
    return ": ".join(text for text in ("; ".join(filter(None, texts)), ", ".join(tail)) if text)


def _among(rows: Sequence[Any]) -> str:
    """For how many of a place's residents, where that is not all: rows alike but for their share add up."""
    if not hasattr(rows[0], "share"):
        return ""
    found: dict[tuple[Any, ...], float] = {}
    for row in rows:
        said = tuple(getattr(row, item.name) for item in fields(row) if item.name != "share")
        found[said] = found.get(said, 0.0) + row.share
    share = max(found.values())
    return f"for {words.share(share)} of residents: " if share < 0.9995 else ""


# --- cells --------------------------------------------------------------------------------------


def _column(answer: Answer, name: str) -> Column:
    return next(column for column in answer.columns if column.name == name)


def _said(answer: Answer, row: Any, name: str) -> str:
    """A cell's text; what is so or not so is said by its heading where it is so."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return words.heading(name).lower() if value else ""
    return words.cell(_column(answer, name), value)


def _before(row: Any, now: float | None, unit: str) -> Cell:
    before = getattr(row, "before", None)
    if before is None:
        return Cell("")
    return Cell(f"was {_figure(before, unit)}", "change" if before != now else "muted")


def _unit(row: Any, column: Column) -> str:
    return str(getattr(row, "unit", "") or column.unit)


def _figure(value: float, unit: str) -> str:
    """A figure with its unit: 3 pairs of bodies, 1 pair of bodies, 40%."""
    if unit.startswith("share"):
        return words.share(float(value))
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    first, _, rest = unit.partition(" ")
    if value == 1:
        first = f"{first[:-3]}y" if first.endswith("ies") else first.removesuffix("s")
    return " ".join(part for part in (number, first, rest) if part)


def _tone(row: Any) -> Tone:
    """A bar's colour: of what more is worse, of what more is better, of neither."""
    tones: dict[str, Tone] = {"worse": "loss", "better": "gain"}
    return tones.get(str(getattr(row, "higher_is", "")), "accent")
