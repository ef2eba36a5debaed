"""The world as Parquet files, one a record type: for polars, pandas, DuckDB, R."""

from __future__ import annotations

from pathlib import Path

from devo.exports.about import mark
from devo.exports.frames import frames, sizes
from devo.world import World


def fill(world: World, folder: Path) -> None:
    """Write the tables, and the file that says which world they are of."""
    tables = frames(world)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)
    mark(world, folder, {"tables": sizes(tables)})
