"""The world as polars tables, one a record type: what the tables of files have, after the deals.

Beside the records there are `effect` (the ledgers, which are the truth), `held` (who holds what on the
day), `deal` and `provision`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from devo.answers import plain
from devo.exports.holdings import holdings
from devo.questions import HeldRow
from devo.tools import columns_of, type_name
from devo.values import Effect, Lookup, Piece
from devo.world import World

if TYPE_CHECKING:
    import polars


def frames(world: World) -> dict[str, polars.DataFrame]:
    """Every table by its name, in order of name; one of no rows has its columns all the same."""
    found = {
        type_name(kind): _records(kind, _leaving(kind, rows))
        for kind, rows in world.records.items()
        if kind is not Piece
    }
    effects = [effect for power in sorted(world.ledgers) for effect in world.ledgers[power].effects]
    found["piece"] = _pieces(world)
    found["effect"] = _records(Effect, effects)
    found["held"] = _records(HeldRow, holdings(world))
    found["deal"] = _deals(world)
    found["provision"] = _provisions(world)
    return dict(sorted(found.items()))


def _leaving(kind: type, rows: Iterable[Any]) -> Iterable[Any]:
    """Of some records, those that may leave the machine: a type with notes of its own says so in `exported`."""
    exported = getattr(kind, "exported", None)
    kept: Iterable[Any] = rows if exported is None else exported(rows)
    return kept


def _records(kind: type, rows: Iterable[Any]) -> polars.DataFrame:
    import polars

    types: Mapping[str, Any] = {
        "integer": polars.Int64,
        "float": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
        "list": polars.List(polars.String),
    }
    columns = {column.name: column.type for column in columns_of(kind)}
    listed = list(rows)
    data = [tuple(_cell(kind, name, getattr(row, name)) for name in columns) for row in listed]
    schema = {name: types.get(type_, polars.String) for name, type_ in columns.items()}
    return polars.DataFrame(data, schema=schema, orient="row")


def _cell(kind: type, name: str, value: Any) -> Any:
    if kind is Lookup and name == "path":
        return PurePath(value).name
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return (
        json.dumps(plain(value), ensure_ascii=False, sort_keys=True) if isinstance(value, Mapping) else value
    )


def _pieces(world: World) -> polars.DataFrame:
    """Pieces in the columns of their table: a layer each, then a measure each."""
    import polars

    layers = sorted({layer for piece in world.mosaic.pieces for layer in piece.areas})
    measures = sorted({measure for piece in world.mosaic.pieces for measure in piece.measures})
    schema: dict[str, Any] = {"id": polars.String} | dict.fromkeys(layers, polars.String)
    schema |= dict.fromkeys(measures, polars.Float64)
    data = [
        (
            piece.id,
            *(piece.areas.get(layer, "") for layer in layers),
            *(float(piece.measures[m]) if m in piece.measures else None for m in measures),
        )
        for piece in world.mosaic.pieces
    ]
    return polars.DataFrame(data, schema=schema, orient="row")


def _deals(world: World) -> polars.DataFrame:
    import polars

    names = ("code", "name", "agreed", "status", "summary", "source", "confidence")
    schema: dict[str, Any] = dict.fromkeys(names, polars.String) | {"agreed": polars.Date}
    schema |= {"parties": polars.List(polars.String), "provisions": polars.Int64}
    data = [
        (*(getattr(deal, name) for name in names), list(deal.parties), len(deal.provisions))
        for deal in sorted(world.deals, key=lambda d: d.code)
    ]
    return polars.DataFrame(data, schema=schema, orient="row")


def _provisions(world: World) -> polars.DataFrame:
    import polars

    days = ("commencement", "agreed", "made")
    names = ("id", "deal", "verb", *days, "source", "confidence")
    schema: dict[str, Any] = dict.fromkeys(names, polars.String) | dict.fromkeys(days, polars.Date)
    schema |= {"instrument": polars.String, "overrides": polars.List(polars.String), "terms": polars.String}
    data = [
        (
            *(getattr(provision, name) for name in names),
            world.instrument_title(provision.instrument.id) or provision.instrument.title,
            list(provision.overrides),
            json.dumps(plain(provision.terms), ensure_ascii=False, sort_keys=True),
        )
        for deal in sorted(world.deals, key=lambda d: d.code)
        for provision in deal.provisions
    ]
    return polars.DataFrame(data, schema=schema, orient="row")


def sizes(tables: Mapping[str, polars.DataFrame]) -> dict[str, int]:
    """The rows of each table."""
    return {name: table.height for name, table in tables.items()}
