"""The world as CSV files, one a record type: for spreadsheets, and for reading as tables of devo's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from devo.exports.about import mark
from devo.exports.frames import frames, sizes
from devo.formats import Page, Records, draw
from devo.world import World

if TYPE_CHECKING:
    import polars


def fill(world: World, folder: Path) -> None:
    """Write the tables: lists joined with `;`, yes and no in words, no cell that a spreadsheet would run."""
    tables = frames(world)
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(_text(table).encode("utf-8"))
    mark(world, folder, {"tables": sizes(tables)})


def _text(table: polars.DataFrame) -> str:
    return draw(Page(records=Records(tuple(table.columns), tuple(table.to_dicts()))), "csv")
