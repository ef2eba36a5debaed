"""Importing published lookups: files of the ONS, NHS England or a ministry, as they are, to a folder.

What the files say is checked and said first; nothing is written while there is a fault, and what
is written is there whole or not at all. The blocks stand in a Parquet file of their own that is
opened when a question needs it, so that worlds stay as small as they were.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from devo.files.faults import in_order
from devo.files.geometry import ENDINGS, lookup_of_shapes
from devo.files.measuring import with_measures, with_residents
from devo.files.published import Published, english, faults_of, joined, layer_title, understood
from devo.files.reading import Unreadable
from devo.files.sheets import read
from devo.files.weights import Wanted, checked_parents, deduplicated, renewed
from devo.writing import whole_folder

if TYPE_CHECKING:
    import polars

    from devo.world import World


@dataclass(frozen=True)
class Import:
    """A lookup ready to be written, and in sentences what was understood of its files."""

    id: str
    name: str
    finest: str
    layers: tuple[str, ...]
    new_layers: tuple[tuple[str, str, bool], ...]
    measures: tuple[str, ...]
    blocks: polars.DataFrame
    names: tuple[tuple[str, str, str], ...]
    fit: Literal["exact", "best"]
    source: str
    said: tuple[str, ...]


def read_lookup(paths: Sequence[Path], world: World, wanted: Wanted | None = None) -> Import:
    """A lookup from published files, the later ones joined to the first by a column of codes they share.

    Raises Unreadable with every fault of the files.
    """
    ask = wanted or Wanted()
    said: list[str] = []
    if any(path.suffix.lower() in ENDINGS for path in paths):
        met, done = lookup_of_shapes(paths, ask.crs)
        said += done
        tables = [english(understood(str(paths[0]), met), said)]
    else:
        tables = [english(read(path), said) for path in paths]
    faults = [fault for found in tables for fault in faults_of(found)]
    if faults:
        raise Unreadable(in_order(faults))
    whole = joined(tables, said)
    finest = max(
        whole.codes, key=lambda layer: (whole.table.get_column(whole.codes[layer]).n_unique(), layer)
    )
    whole = renewed(whole, world, said)
    blocks = deduplicated(whole, finest, ask, said)
    for path in ask.measures:
        blocks = with_measures(blocks, path, finest, whole, said)
    blocks = with_residents(blocks, whole, finest, world, ask, said)
    covering = checked_parents(blocks, whole, finest, world, said)
    layers = tuple(whole.codes)
    measures = tuple(name for name in blocks.columns if name not in layers)
    named = f"{finest}-{'-'.join(layer for layer in layers if layer != finest)}"
    known = world.mosaic.geographies
    return Import(
        id=named if len(named) <= 60 else f"{finest}-and-{len(layers) - 1}-more",
        name=f"{layer_title(finest)} and {len(layers) - 1} layers",
        finest=finest,
        layers=layers,
        new_layers=tuple(
            (layer, layer_title(layer), covering[layer]) for layer in layers if layer not in known
        ),
        measures=measures,
        blocks=blocks.select([*layers, *measures]).sort(list(layers)),
        names=tuple(_names(whole)),
        fit=ask.fit,
        source=ask.source or ", ".join(path.name for path in paths),
        said=tuple(said),
    )


def write_lookup(lookup: Import, folder: Path, *, force: bool = False) -> list[Path]:
    """Write a lookup's tables to a folder, whole or not at all; the paths written.

    An empty folder is fine; one with something in it is replaced with `force` alone, and only where all
    of it is another lookup. Raises writing.NotWritten.
    """
    with suppress(OSError):  # which is said of the folder itself
        folder.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(folder, force=force, ours=_is_lookup) as draft:
        _write_tables(lookup, draft)
    return sorted(folder.iterdir())


def _write_tables(lookup: Import, folder: Path) -> None:
    import polars as pl

    file = folder / f"{lookup.id}.parquet"
    lookup.blocks.write_parquet(file)
    digest = f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    row = [
        lookup.id,
        lookup.name,
        file.name,
        ";".join(lookup.layers),
        ";".join(lookup.measures),
        lookup.blocks.height,
        lookup.fit,
        digest,
        lookup.source,
        "known",
    ]
    header = ["id", "name", "path", "layers", "measures", "rows", "fit", "digest", "source", "confidence"]
    _write(folder / "lookup.csv", header, [row])
    named = pl.DataFrame(lookup.names, schema=["layer", "code", "name"], orient="row")
    named.write_parquet(folder / f"{lookup.id}.names.parquet")
    if lookup.new_layers:
        header = ["id", "name", "covering", "fit", "source", "confidence"]
        rows = [
            [layer, title, "yes" if covering else "no", lookup.fit, lookup.source, "known"]
            for layer, title, covering in lookup.new_layers
        ]
        _write(folder / "geography.csv", header, rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _is_lookup(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    mine = {name for name in names if name.endswith(".parquet")} | {"geography.csv", "lookup.csv"}
    return "lookup.csv" in names and names <= mine


def _names(whole: Published) -> Iterator[tuple[str, str, str]]:
    for layer, column in whole.names.items():
        if layer in whole.codes:
            pairs = whole.table.select(whole.codes[layer], column).unique().drop_nulls()
            pairs = pairs.sort(whole.codes[layer], column).unique(
                whole.codes[layer], keep="first", maintain_order=True
            )
            yield from ((layer, code, name) for code, name in pairs.iter_rows())
