"""Figures by area: a column of a file, of a table of the world or of the pieces, in exact whole numbers."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from devo import TermFault, World, parquet_trouble
from devo_boundaries.ground import drawn, ground

# More decimals than any published figure has; what comes after is noise of a file format.
_FINEST = 6
# As many digits as any total of people or pence has, and more.
_LARGEST = 24


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures by code, as whole numbers of its own smallest unit: 10 to the `decimals`th part."""

    name: str
    whole: Mapping[str, int]
    decimals: int

    def amount(self, units: int | float) -> int | float:
        """An amount in the column's own unit."""
        return units if not self.decimals else units / 10**self.decimals


def figures_of(world: World, table: Any, column: str, source: str) -> Figures:
    """The figures that `table` and `column` name, for areas of the layer `source`.

    `table` is figures by code, or names a file, a table of the world or a measure of the pieces. Raises
    TermFault where it names none of these, where the column is not clear, and for what is no number.
    """
    if isinstance(table, Mapping):
        return _exact(column or "amount", table.items())
    path = Path(table)
    called = str(table)
    if os.path.isfile(path):  # of a name that no file can have it says no
        header, rows = _parquet(path) if path.suffix.casefold() == ".parquet" else _csv(path)
        codes = _codes(path, header, rows)
    elif (kind := _kinds(world).get(called.partition(":")[0])) is not None:
        header, rows = _of_world(world, kind, called.split(":")[1:], source)
        codes = 0
    elif any(called in piece.measures for piece in world.mosaic.pieces):
        totals = ground(world, (source,), called).totals(source)
        return _exact(called, ((code, total) for code, total in totals.items() if code))
    else:
        listed = ", ".join(sorted(_kinds(world)))
        raise TermFault(
            f"apportion: {called!r} is no file, no measure and no table; the tables are: {listed}"
        )
    names = [name for name in header if name != header[codes]]
    if column and column not in names:
        raise TermFault(f"apportion: {called} has no column {column!r}; it has: {', '.join(names)}")
    if not column:
        counted = [name for name in names if _is_figures(rows, header.index(name))]
        if len(counted) != 1:
            listed = ", ".join(counted) or "none"
            raise TermFault(f"apportion: say which `column` of {called}; its columns of figures: {listed}")
        column = counted[0]
    place = header.index(column)
    return _exact(column, ((row[codes], row[place]) for row in rows if row[place] not in ("", None)))


def _kinds(world: World) -> dict[str, type]:
    """The record types of a world as tables are called: `BodyClass` is `body-class`."""
    return {re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower(): kind for kind in world.records}


def _of_world(world: World, kind: Any, words: list[str], source: str) -> tuple[list[str], list[list[Any]]]:
    """The rows of a table of the world that have all of some words, with the area of the layer they are about."""
    header = [item.name for item in fields(kind)]
    areas = drawn(world, source)
    rows = []
    for record in world.of(kind):
        cells = [getattr(record, name) for name in header]
        if set(words) <= {cell for cell in cells if isinstance(cell, str)}:
            code = next((found for cell in cells if (found := _area_meant(world, cell, source, areas))), "")
            if code:
                rows.append([code, *cells])
    if not rows:
        said = f" with {', '.join(words)}" if words else ""
        raise TermFault(f"apportion: no row{said} is about an area of {source}, or a body that serves one")
    return ["area code", *header], rows


def _area_meant(world: World, cell: Any, source: str, areas: Mapping[str, Any]) -> str:
    """The area of a layer that a cell names: its code, or the id of a body whose area it is."""
    if not isinstance(cell, str) or not cell:
        return ""
    if cell in areas:
        return cell
    body = world.roster.bodies.get(cell)
    if body is None or not body.area:
        return ""
    return next((code for layer, code in world.mosaic.meanings(body.area) if layer == source), "")


def _exact(name: str, rows: Iterable[tuple[str, Any]]) -> Figures:
    """Figures as whole numbers of the smallest unit that any of them is given in."""
    amounts: dict[str, Decimal] = {}
    for code, value in rows:
        amount = _number(value)
        if amount is None:
            said = repr(value if len(str(value)) <= 60 else f"{str(value)[:60]}…")
            raise TermFault(f"apportion: {name} of {code} is {said}, which is no number to count with")
        if code in amounts:
            raise TermFault(f"apportion: {code} has two figures in {name}; give each area one row")
        amounts[code] = amount
    decimals = 0
    for code, amount in amounts.items():
        plain = amount.normalize()
        if isinstance(exponent := plain.as_tuple().exponent, int) and -exponent > _FINEST:
            plain = amounts[code] = round(amount, _FINEST).normalize()
        exponent = plain.as_tuple().exponent
        decimals = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return Figures(name, {code: int(amount.scaleb(decimals)) for code, amount in amounts.items()}, decimals)


def _csv(path: Path) -> tuple[list[str], list[list[Any]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = list(csv.reader(lines)) or [[]]
    except (UnicodeDecodeError, csv.Error, OSError) as fault:
        raise TermFault(f"apportion: {path.name} cannot be read as CSV in UTF-8: {fault}") from None
    for number, row in enumerate(rows, 2):
        # A comma in a figure makes a cell too many: to leave the row out would be to lose its figure unseen.
        if row and (len(row) < len(header) or any(row[len(header) :])):
            raise TermFault(
                f"apportion: row {number} of {path.name} has {len(row)} cells and the header {len(header)}; "
                'put quotes about a cell with a comma in it ("1,234"), and leave out notes'
            )
    return header, [row for row in rows if row]


def _parquet(path: Path) -> tuple[list[str], list[list[Any]]]:
    import polars as pl

    if trouble := parquet_trouble(path):
        raise TermFault(f"apportion: {path.name} cannot be read as Parquet: {trouble}")
    try:
        table = pl.read_parquet(path)
        return table.columns, [list(row) for row in table.iter_rows()]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError, OverflowError) as fault:
        what = str(fault).split("\n")[0]  # such as: year 29019 is out of range
        raise TermFault(f"apportion: {path.name} cannot be read as Parquet: {what}") from None


def _codes(path: Path, header: list[str], rows: list[list[Any]]) -> int:
    """The number of the column of codes: the first most of whose cells look like GSS codes."""
    for place in range(len(header)):
        cells = [row[place] for row in rows]
        if cells and sum(_is_gss(cell) for cell in cells) * 2 > len(cells):
            return place
    raise TermFault(f"apportion: {path.name} has no column of codes such as E08000003")


def _is_gss(cell: Any) -> bool:
    """Whether a cell is a nine-character GSS code."""
    return isinstance(cell, str) and len(cell) == 9 and cell[0].isalpha() and cell[1:].isdigit()


def _is_figures(rows: list[list[Any]], place: int) -> bool:
    cells = [row[place] for row in rows if row[place] not in ("", None)]
    return bool(cells) and all(_number(cell) is not None for cell in cells)


def _number(cell: Any) -> Decimal | None:
    """A cell as people write figures (`£1,234.50`), or None for what is no number to count with."""
    try:
        amount = Decimal(str(cell).strip().replace(",", "").removeprefix("£"))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount.adjusted() <= _LARGEST else None
