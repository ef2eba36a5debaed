"""A run of variants as Parquet: a row a variant with its figures, and the rows of each [[ask]]."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from devo.answers import plain
from devo.batch.folder import ASKED, KEY, SUM
from devo.batch.seals import UNSEALED, sealed
from devo.batch.variant_questions import KeptAsk
from devo.batch.variants import Rows, Variant, Variants
from devo.files.varying import names_of, spelt
from devo.values import Sweep

if TYPE_CHECKING:
    import polars

_MOST_SAID = 10


def figures_of(variants: Variants, rows: Sequence[Variant], key: Mapping[str, str]) -> bytes:
    """One row a variant: its number, draw, seed, parameters and figures, and what stands against it."""
    import polars as pl

    sweep = variants.sweep
    columns: dict[str, Any] = {
        "variant": pl.Series([row.number for row in rows], dtype=pl.Int64),
        "draw": pl.Series([row.draw for row in rows], dtype=pl.Int64),
        "seed": pl.Series([row.given["seed"] for row in rows], dtype=pl.Int64),
    }
    for name in names_of(sweep):
        cells = [row.given[name] for row in rows]
        kind = _column_type(sweep, name)
        columns[name] = pl.Series([spelt(c) for c in cells] if kind == pl.String else cells, dtype=kind)
    for place, follow in enumerate(variants.questions.follows):
        kind = pl.Int64 if follow.whole else pl.Float64
        columns[follow.column] = pl.Series([row.figures[place] for row in rows], dtype=kind)
    columns["errors"] = pl.Series([len(row.errors) for row in rows], dtype=pl.Int64)
    columns["unmet"] = pl.Series([len(row.unmet) for row in rows], dtype=pl.Int64)
    columns["trouble"] = pl.Series([_trouble(row) for row in rows], dtype=pl.String)
    asked = [kept.folder for kept in variants.questions.kept]
    return _parquet(pl.DataFrame(columns), {KEY: json.dumps(dict(key)), ASKED: json.dumps(asked)})


def asked_of(variants: Variants, rows: Sequence[Variant]) -> dict[str, bytes]:
    """The rows of each [[ask]] under the name of its folder, each with its variant and its day."""
    return {
        kept.folder: _parquet(_asked(kept, [(row.number, row.rows[place]) for row in rows]), {})
        for place, kept in enumerate(variants.questions.kept)
    }


def _asked(kept: KeptAsk, given: Sequence[tuple[int, Rows]]) -> polars.DataFrame:
    import polars as pl

    listed = [(number, day, row) for number, days in given for day, rows in days for row in rows]
    columns: dict[str, Any] = {
        "variant": pl.Series([number for number, _, _ in listed], dtype=pl.Int64),
        "on": pl.Series([day for _, day, _ in listed], dtype=pl.Date),
    }
    kinds: dict[str, Any] = {
        "integer": pl.Int64,
        "float": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "list": pl.List(pl.String),
    }
    for column in kept.columns:
        kind = kinds.get(column.type, pl.String)
        cells = [_cell(getattr(row, column.name)) for _, _, row in listed]
        name = f"{column.name}_of_row" if column.name in columns else column.name
        columns[name] = pl.Series(cells, dtype=kind, strict=False)
    if not kept.columns:  # a question that does not say what its rows are
        columns["row"] = pl.Series(
            [json.dumps(plain(row), sort_keys=True) for _, _, row in listed], dtype=pl.String
        )
    return pl.DataFrame(columns)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [str(item) for item in value]
    if value is None or isinstance(value, str | int | float | date):
        return value
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)


def _parquet(frame: polars.DataFrame, about: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream, compression="zstd", statistics=True, metadata={**about, SUM: UNSEALED})
    return sealed(stream.getvalue())


def _trouble(row: Variant) -> str:
    said = [*row.errors, *row.unmet]
    more = [f"and {len(said) - _MOST_SAID} more"] if len(said) > _MOST_SAID else []
    return "\n".join([*said[:_MOST_SAID], *more])


def _column_type(sweep: Sweep, name: str) -> Any:
    """The type of a parameter's column: of all its values, and so the same in every part."""
    import polars as pl

    parameter = next((item for item in sweep.parameters if item.name == name), None)
    if parameter is not None and parameter.law not in ("", "choice"):
        return pl.Int64 if parameter.whole else pl.Float64
    values = parameter.values if parameter is not None else [row[name] for row in sweep.table]
    kinds = {type(item) for item in values}
    plain_types: dict[Any, Any] = {
        int: pl.Int64,
        float: pl.Float64,
        str: pl.String,
        bool: pl.Boolean,
        date: pl.Date,
    }
    if len(kinds) == 1:
        return plain_types.get(kinds.pop(), pl.String)
    return pl.Float64 if kinds == {int, float} else pl.String
