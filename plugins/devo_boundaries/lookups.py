"""Lookups: files of blocks for layers that no holding stands on, which there are and what they hold."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from functools import cache
from math import isfinite
from pathlib import Path

from devo import Lookup, TermFault, World, parquet_trouble

TABLES = Path(__file__).parent / "tables"


def lookups(world: World) -> list[Lookup]:
    """The lookups of the world's tables, then those that come with this plugin and fit the world."""
    shipped = [item for item in _shipped() if any(layer in world.mosaic.layers for layer in item.layers)]
    return [*world.of(Lookup), *shipped]


def summed(lookup: Lookup, columns: list[str], measure: str) -> Iterable[tuple[tuple[str, ...], int]]:
    """A lookup's measure for each combination of areas that has a block, as whole numbers."""
    import polars as pl

    path = Path(lookup.path)
    if not os.path.isfile(path):
        raise TermFault(f"the lookup {lookup.id} names a file that is not there: {path}")
    is_text = path.suffix == ".csv"
    if not is_text and path.parent != TABLES and (trouble := parquet_trouble(path)):
        raise TermFault(f"the lookup {lookup.id} cannot be read from {path}: {trouble}")
    try:
        if is_text:
            text = [c for c in columns if c != measure]
            blocks = pl.scan_csv(path, schema_overrides=dict.fromkeys(text, pl.String))
        else:
            blocks = pl.scan_parquet(path)
        found = (
            blocks.group_by(columns)
            .agg(pl.col(measure).sum())
            .with_columns(pl.col(columns).fill_null(""))
            .sort(columns)
            .collect(engine="in-memory")
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as fault:
        what = str(fault).split("\n")[0]
        raise TermFault(f"the lookup {lookup.id} cannot be read from {path}: {what}") from None
    wrong = next((c for c in columns if found.schema[c] != pl.String), "")
    if wrong or not found.schema[measure].is_numeric():
        what = "codes of areas" if wrong else "numbers"
        raise TermFault(f"the lookup {lookup.id} has no {what} in its column {wrong or measure}: {path}")
    for *areas, amount in found.select([*columns, measure]).iter_rows():
        if amount is None or not isfinite(amount):
            raise TermFault(f"the lookup {lookup.id} counts {amount} {measure} in one place: {path}")
        yield tuple(areas), round(amount)


@cache
def _shipped() -> tuple[Lookup, ...]:
    """The lookups that come with this plugin."""
    with (TABLES / "lookup.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Lookup(
                id=row["id"],
                name=row["name"],
                path=str(TABLES / row["path"]),
                layers=tuple(row["layers"].split(";")),
                measures=tuple(row["measures"].split(";")),
                rows=int(row["rows"]),
                fit="exact" if row["fit"] == "exact" else "best",
                digest=row["digest"],
                source=row["source"],
                confidence="verified" if row["confidence"] == "verified" else "known",
            )
            for row in csv.DictReader(lines)
        )


@cache
def names_beside(path: str) -> Mapping[tuple[str, str], str]:
    """The names that stand beside a lookup's file, as (layer, code) to name. Raises TermFault."""
    named = (Path(path).with_suffix(f".names.{ending}") for ending in ("parquet", "csv"))
    beside = next((file for file in named if os.path.isfile(file)), None)
    if beside is None:
        return {}
    import polars as pl

    wanted = ["layer", "code", "name"]
    is_text = beside.suffix == ".csv"
    trouble = "" if is_text or beside.parent == TABLES else parquet_trouble(beside)
    table = pl.DataFrame()
    try:
        if is_text:
            table = pl.read_csv(beside, columns=wanted, infer_schema=False)
        elif not trouble:
            table = pl.read_parquet(beside, columns=wanted)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as fault:
        trouble = str(fault).split("\n")[0]
    if not trouble and set(table.dtypes) != {pl.String}:
        trouble = f"its columns {', '.join(wanted)} are not texts"
    if trouble:
        raise TermFault(f"the names of areas cannot be read from {beside}: {trouble}")
    rows = table.select(wanted).drop_nulls().iter_rows()
    return {(layer, code): name for layer, code, name in rows}
