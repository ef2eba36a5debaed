"""`apportion`: figures of one layer's areas shared out to, or averaged over, those of another.

A total (people, pounds) is split by where the people, or whatever else `by` counts, are; whole
units stay whole and nothing is lost. A rate is averaged. What a figure is must be said or known:
a rate split like a total would be wrong without looking wrong.
"""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from devo import AreaCode, Measure, Share, TermFault, World, parquet_trouble
from devo_boundaries.ground import RESIDENTS, Ground, Names, drawn, ground
from devo_boundaries.shares import Rounding, shared
from devo_boundaries.values import LayerId

# More decimals than any published figure has; what comes after is noise of a file format.
_FINEST = 6
# As many digits as any total of people or pence has, and more.
_LARGEST = 24


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A figure for an area, or for a part of it; `amount` is of the `measure`.

    With `parts`, a row is the part of a source area that lies in the target area, and `source_area`
    says of which. `covered` is the share of the target's weight that the figures are known for.

    Worked out from the figures given and the residents (or other measure, `by`) of the pieces that the
    layers share.
    """

    target_area: AreaCode
    target_area_name: str
    source_area: AreaCode
    source_area_name: str
    measure: str
    amount: float
    kind: str
    by: str
    covered: Share


def apportion(
    world: World,
    table: str,
    source: LayerId,
    target: LayerId,
    by: str = RESIDENTS,
    column: str = "",
    kind: Literal["", "extensive", "intensive"] = "",
    rounding: Rounding = "cascade",
    parts: bool = False,
) -> Iterator[AmountRow]:
    """Figures of the areas of `source`, for the areas of `target`, by what `by` counts (mid-2023 residents).

    `table` is a CSV or Parquet file with a column of codes; or a table of the world, with words that its
    rows must have (`amount:council-tax:2024-25`), of areas or of bodies that serve one; or a measure
    of the pieces. `column` says which column of figures, if there are several. `kind` says whether the figure is a total
    (`extensive`, split) or a rate (`intensive`, averaged); it may be left out for a column of pence
    and for one that a `measure` table names. Totals keep every penny and person, over the whole and
    for each source area: by `rounding` each running total as it comes (`cascade`), or by giving what is over
    to the parts that lost most (`largest-remainder`); units are rounded in the order of the codes. With
    `parts`, each row is one part of a source area, so that the same rows can be summed either way.
    """
    figures = _figures(world, table, column, source)
    what = _kind(world, figures.name, kind)
    found = ground(world, (source, target), by)
    _known(figures, found, source)
    name = Names(world)
    if what == "extensive":
        yield from _split(figures, found, source, target, rounding, parts, name)
    else:
        yield from _averaged(figures, found, source, target, name)


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures by code, as whole numbers of its own smallest unit: 10 to the `decimals`th part."""

    name: str
    whole: Mapping[str, int]
    decimals: int

    def amount(self, units: int | float) -> int | float:
        """An amount in the column's own unit."""
        return units if not self.decimals else units / 10**self.decimals


def split(
    figures: Mapping[str, int], found: Ground, rounding: Rounding = "cascade"
) -> dict[tuple[str, str], int]:
    """Whole amounts of the first layer's areas of a ground, for each part they have in the second.

    The parts of each area sum to its amount exactly.
    """
    inside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for areas, weight in found.parts.items():
        inside[areas[0]].append((areas[-1], weight))
    out: dict[tuple[str, str], int] = {}
    for code, amount in sorted(figures.items()):
        places = inside[code]
        given = shared(amount, [weight for _, weight in places], rounding)
        for (other, _), part in zip(places, given, strict=True):
            out[code, other] = part
    return out


def _split(
    figures: Figures,
    found: Ground,
    source: str,
    target: str,
    rounding: Rounding,
    parts: bool,
    name: Names,
) -> Iterator[AmountRow]:
    given = split(figures.whole, found, rounding)
    covered = _covered(figures, found)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (one, other), amount in given.items():
        totals[other, one if parts else ""] += amount
    for (other, one), amount in sorted(totals.items()):
        yield AmountRow(
            other,
            name(target, other) if other else f"in no area of {target}",
            one,
            name(source, one) if one else "",
            figures.name,
            figures.amount(amount),
            "extensive",
            found.measure,
            covered.get(other, 0.0),
        )


def _averaged(figures: Figures, found: Ground, source: str, target: str, name: Names) -> Iterator[AmountRow]:
    sums: dict[str, int] = defaultdict(int)
    weights: dict[str, int] = defaultdict(int)
    for areas, weight in found.parts.items():
        if areas[0] in figures.whole:
            sums[areas[-1]] += weight * figures.whole[areas[0]]
            weights[areas[-1]] += weight
    covered = _covered(figures, found)
    for other in sorted(code for code, weight in weights.items() if weight and code):
        yield AmountRow(
            other,
            name(target, other),
            "",
            "",
            figures.name,
            sums[other] / (weights[other] * 10**figures.decimals),
            "intensive",
            found.measure,
            covered[other],
        )


def _covered(figures: Figures, found: Ground) -> dict[str, float]:
    """For each target area the share of its weight that lies where the figures are known."""
    known: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for areas, weight in found.parts.items():
        whole[areas[-1]] += weight
        known[areas[-1]] += weight if areas[0] in figures.whole else 0
    return {code: known[code] / weight if weight else 0.0 for code, weight in whole.items()}


# --- what is shared out ---------------------------------------------------------------------------


def _kind(world: World, column: str, said: str) -> str:
    """Whether a figure is a total or a rate: as said, as a table of measures has it, or as pence are."""
    if said:
        return said
    for item in world.of(Measure):
        if item.id.casefold() == column.casefold():
            return item.kind
    if column in (RESIDENTS, "pence") or column.endswith("_pence"):
        return "extensive"
    raise TermFault(
        f"apportion: it is not known what {column!r} counts. A total, such as people or pounds, is split; a "
        "rate, such as pounds a head or a share, is averaged. Say kind=extensive or kind=intensive, or name "
        "it in a table `measure.csv`"
    )


def _known(figures: Figures, found: Ground, source: str) -> None:
    """Raise TermFault where figures are for areas that the layer does not have."""
    areas = {key[0] for key in found.parts}
    strange = sorted(set(figures.whole) - areas)
    if strange:
        listed = ", ".join(strange[:5]) + (f" and {len(strange) - 5} more" if len(strange) > 5 else "")
        raise TermFault(
            f"apportion: {len(strange)} of {len(figures.whole)} codes are no areas of {source} on the day: "
            f"{listed}"
        )


def _figures(world: World, table: Any, column: str, source: str) -> Figures:
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
        try:
            amount = Decimal(str(value).strip().replace(",", "").removeprefix("£"))
            if not amount.is_finite() or amount.adjusted() > _LARGEST:
                raise InvalidOperation
        except InvalidOperation:
            said = repr(value if len(str(value)) <= 60 else f"{str(value)[:60]}…")
            raise TermFault(
                f"apportion: {name} of {code} is {said}, which is no number to count with"
            ) from None
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
    return header, [row for row in rows if len(row) == len(header)]


def _parquet(path: Path) -> tuple[list[str], list[list[Any]]]:
    import polars as pl

    if trouble := parquet_trouble(path):
        raise TermFault(f"apportion: {path.name} cannot be read as Parquet: {trouble}")
    table = pl.read_parquet(path)
    return table.columns, [list(row) for row in table.iter_rows()]


def _codes(path: Path, header: list[str], rows: list[list[Any]]) -> int:
    """The number of the column of codes: the first most of whose cells look like GSS codes."""
    for place in range(len(header)):
        cells = [row[place] for row in rows]
        if cells and sum(is_gss(cell) for cell in cells) * 2 > len(cells):
            return place
    raise TermFault(f"apportion: {path.name} has no column of codes such as E08000003")


def is_gss(cell: Any) -> bool:
    """Whether a cell is a nine-character GSS code."""
    return isinstance(cell, str) and len(cell) == 9 and cell[0].isalpha() and cell[1:].isdigit()


def _is_figures(rows: list[list[Any]], place: int) -> bool:
    cells = [row[place] for row in rows if row[place] not in ("", None)]
    try:
        return bool(cells) and all(Decimal(str(cell)).is_finite() for cell in cells)
    except InvalidOperation:
        return False
