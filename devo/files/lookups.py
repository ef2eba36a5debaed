"""Importing published lookups: files of the ONS, NHS England or a ministry as they are, to a folder of tables.

What the files say is checked and said first; nothing is written while there is a fault, and what
is written is there whole or not at all. The blocks stand in a Parquet file of their own that is
opened when a question needs it, so that worlds stay as small as they were.
"""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from devo.files.faults import in_order, shown
from devo.files.published import Published, faults_of, layer_title, understood
from devo.files.reading import Unreadable
from devo.values import Fault

if TYPE_CHECKING:
    import polars

    from devo.world import World

# How far the shares of one small place may be from one: published ones are rounded.
TOLERANCE = 0.005
# A layer that fewer places than this lack has gaps; one that more lack does not cover the country.
_GAPS = 0.05


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says of the files that they do not say themselves; blank is worked out."""

    residents: str = ""
    share: str = ""
    counts: tuple[str, ...] = ()
    measures: tuple[Path, ...] = ()
    fit: Literal["exact", "best"] = "exact"
    source: str = ""


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
    tables = [_english(_read(path), said) for path in paths]
    faults = [fault for found in tables for fault in faults_of(found)]
    if faults:
        raise Unreadable(in_order(faults))
    whole = _joined(tables, said)
    finest = max(whole.codes, key=lambda layer: (whole.table.get_column(whole.codes[layer]).n_unique(), layer))
    whole = _renewed(whole, world, said)
    blocks = _deduplicated(whole, finest, ask, said)
    for path in ask.measures:
        blocks = _with_measures(blocks, path, finest, whole, said)
    blocks = _with_residents(blocks, whole, finest, world, ask, said)
    covering = _checked_parents(blocks, whole, world, said)
    layers = tuple(whole.codes)
    measures = tuple(name for name in blocks.columns if name not in layers)
    named = f"{finest}-{'-'.join(layer for layer in layers if layer != finest)}"
    known = world.mosaic.geographies
    return Import(
        id=named if len(named) <= 60 else f"{finest}-and-{len(layers) - 1}-more",
        name=f"{layer_title(finest)} and {len(layers) - 1} layers",
        finest=finest,
        layers=layers,
        new_layers=tuple((layer, layer_title(layer), covering[layer]) for layer in layers if layer not in known),
        measures=measures,
        blocks=blocks.select([*layers, *measures]).sort(list(layers)),
        names=tuple(_names(whole)),
        fit=ask.fit,
        source=ask.source or ", ".join(path.name for path in paths),
        said=tuple(said),
    )


def write_lookup(lookup: Import, folder: Path, *, force: bool = False) -> list[Path]:
    """Write a lookup's tables to a folder, whole or not at all; the paths written.

    An empty folder is fine; one with something in it is left alone without `force`. Raises Unreadable.
    """
    if folder.exists() and not folder.is_dir():
        raise Unreadable([Fault(str(folder), 0, "is a file, and not a folder to write tables to")])
    if folder.is_dir() and any(folder.iterdir()) and not force:
        how = "name another folder, or say --force to replace the whole of it"
        raise Unreadable([Fault(str(folder), 0, "there is something in this folder already", "", how)])
    if folder.is_dir() and force and not _only_ours(folder):
        how = "name another folder, or take out what is not a lookup's first"
        raise Unreadable([Fault(str(folder), 0, "holds files that no lookup import wrote", "", how)])
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write_tables(lookup, draft)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
            os.replace(folder, old / "old")
            os.replace(draft, folder)
            shutil.rmtree(old)
        else:
            os.replace(draft, folder)
        os.chmod(folder, 0o755)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
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
    header = "id name path layers measures rows fit digest source confidence".split()
    _write(folder / "lookup.csv", header, [row])
    named = pl.DataFrame(lookup.names, schema=["layer", "code", "name"], orient="row")
    named.write_parquet(folder / f"{lookup.id}.names.parquet")
    if lookup.new_layers:
        header = "id name covering fit source confidence".split()
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


def _only_ours(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    mine = {name for name in names if name.endswith(".parquet")} | {"geography.csv", "lookup.csv"}
    return not names or ("lookup.csv" in names and names <= mine)


# --- reading --------------------------------------------------------------------------------------


def _read(path: Path) -> Published:
    """A file as it is, its columns told apart; codes are text whatever they look like."""
    import polars as pl

    if not path.is_file():
        raise Unreadable([Fault(str(path), 0, "there is no such file")])
    try:
        if path.suffix.lower() == ".parquet":
            table = pl.read_parquet(path)
        else:
            header = pl.read_csv(path, n_rows=0).columns
            text = {
                column: pl.String
                for found in (understood(str(path), pl.DataFrame(schema=header)),)
                for column in (*found.codes.values(), *found.names.values())
            }
            table = pl.read_csv(path, schema_overrides=text, infer_schema_length=10_000)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as fault:
        what = str(fault).splitlines()[0]
        raise Unreadable([Fault(str(path), 0, "the file cannot be read as a table", what)]) from None
    table = table.rename({column: column.strip().removeprefix("\ufeff") for column in table.columns})
    found = understood(str(path), table)
    strings = [c for c in (*found.codes.values(), *found.names.values()) if table.schema[c] == pl.String]
    found.table = table.with_columns(pl.col(c).str.strip_chars().replace("", None) for c in strings)
    return found


def _english(found: Published, said: list[str]) -> Published:
    """A table without the rows of Wales, Scotland and Northern Ireland, of which the finest code tells."""
    import polars as pl

    said.append(f"{Path(found.path).name}: {found.table.height:,} rows; layers {', '.join(found.codes) or 'none'}")
    texts = [c for c in found.codes.values() if found.table.schema[c] == pl.String]
    if not texts:
        return found
    finest = max(texts, key=lambda c: found.table.get_column(c).n_unique())
    elsewhere = found.table.get_column(finest).str.contains(r"^[WSN]\d{8}$").fill_null(False)
    if elsewhere.any():
        said.append(f"  left out {elsewhere.sum():,} rows outside England, by {finest}")
        found.table = found.table.filter(~elsewhere)
    return found


def _joined(tables: list[Published], said: list[str]) -> Published:
    """The first table with the layers of the others, each joined by the first layer that both have."""
    import polars as pl

    whole = tables[0]
    for other in tables[1:]:
        shared = [layer for layer in other.codes if layer in whole.codes]
        if not shared:
            how = f"one has {', '.join(whole.codes)}, the other {', '.join(other.codes)}"
            raise Unreadable([Fault(other.path, 1, f"shares no column of codes with {whole.path}", how)])
        by = max(shared, key=lambda layer: other.table.get_column(other.codes[layer]).n_unique())
        new = {layer: column for layer, column in other.codes.items() if layer not in whole.codes}
        right = other.table.select(
            pl.col(other.codes[by]).alias("__by"), *(pl.col(c).alias(f"__{c}") for c in new.values())
        ).unique()
        twice = right.filter(pl.col("__by").is_duplicated())
        if twice.height:
            code = twice.get_column("__by")[0]
            message = f"{code} ({other.codes[by]}) stands in several rows that lie in different areas"
            how = "import that file by itself: a lookup to several areas needs shares"
            raise Unreadable([Fault(other.path, 0, message, "", how)])
        mine = whole.table.get_column(whole.codes[by]).drop_nulls().unique()
        unknown = mine.filter(~mine.is_in(right.get_column("__by").to_list())).sort()
        if len(unknown) and len(unknown) <= len(mine) // 20:
            missing = ", ".join(unknown.head(5).to_list())
            message = f"{len(unknown)} codes of {whole.codes[by]} are not in it: {missing}"
            how = "it is of another year, or codes were changed; import files of one vintage"
            raise Unreadable([Fault(other.path, 0, message, "", how)])
        if len(unknown):
            said.append(f"{Path(other.path).name}: {len(unknown):,} areas of {by} lie in none of its areas")
        whole.table = whole.table.join(right, left_on=whole.codes[by], right_on="__by", how="left")
        whole.codes |= {layer: f"__{column}" for layer, column in new.items()}
        for layer, column in other.names.items():
            if layer in other.codes and layer not in whole.names:
                pairs = other.table.select(pl.col(other.codes[layer]).alias("__c"), pl.col(column).alias(f"__{column}"))
                pairs = pairs.unique("__c", keep="first", maintain_order=True)
                whole.table = whole.table.join(pairs, left_on=whole.codes[layer], right_on="__c", how="left")
                whole.names[layer] = f"__{column}"
        said.append(f"{Path(other.path).name}: joined by {by}")
    return whole


# --- checking -------------------------------------------------------------------------------------


def _renewed(whole: Published, world: World, said: list[str]) -> Published:
    """Codes that the world knows under another code of the same area, written as the world has them."""
    import polars as pl

    for layer, column in whole.codes.items():
        areas = {a.code: a for a in world.mosaic.areas.values() if a.geography == layer}
        if not areas:
            said += _other_codes(whole.table.get_column(column), layer, world)
            continue
        changed = {alias: area.code for area in areas.values() for alias in area.aliases if alias not in areas}
        found = [code for code in whole.table.get_column(column).drop_nulls().unique() if code in changed]
        if found:
            whole.table = whole.table.with_columns(pl.col(column).replace({c: changed[c] for c in found}))
            listed = ", ".join(f"{c} is {changed[c]} ({areas[changed[c]].name})" for c in sorted(found))
            said.append(f"{layer}: changed codes: {listed}")
    return whole


def _other_codes(cells: polars.Series, layer: str, world: World) -> Iterator[str]:
    """Codes of a layer that the world does not have, which it knows as other codes of areas that it has."""
    best_last = sorted(world.mosaic.areas.values(), key=lambda a: world.mosaic.layer_order(a.geography), reverse=True)
    known = {alias: area for area in best_last for alias in area.aliases}
    found = [code for code in cells.drop_nulls().unique().sort() if code in known]
    if found:
        listed = ", ".join(f"{c} is {known[c].code} ({known[c].name}) in {known[c].geography}" for c in found)
        yield f"{layer}: changed codes: {listed}"


def _deduplicated(whole: Published, finest: str, ask: Wanted, said: list[str]) -> polars.DataFrame:
    """One row a block: repeated rows are faults, and a place in several areas needs shares or counts."""
    import polars as pl

    codes = list(whole.codes.values())
    table = whole.table
    counts = list(dict.fromkeys([*whole.counts, *ask.counts, *([ask.residents] if ask.residents else [])]))
    for column in counts:
        if column not in table.columns or not table.schema[column].is_numeric():
            how = f"columns of numbers: {', '.join(c for c in whole.left if table.schema[c].is_numeric())}"
            raise Unreadable([Fault(whole.path, 1, f"no column {shown(column)} holds numbers", "", how)])
    blank = table.get_column(whole.codes[finest]).is_null()
    if blank.any():
        at = blank.arg_true()[0]
        raise Unreadable(
            [Fault(whole.path, at + 2, f"{finest} is blank", f"{blank.sum():,} rows are so; each place needs a code")]
        )
    repeated = table.select(codes).is_duplicated()
    if repeated.any():
        code = table.get_column(whole.codes[finest]).filter(repeated)[0]
        message = f"{code} ({finest}) stands in several rows that say the same"
        at = repeated.arg_true()[1] + 2
        raise Unreadable([Fault(whole.path, at, message, f"{repeated.sum():,} rows are so", "keep one of each")])
    kept = [*(pl.col(column).alias(layer) for layer, column in whole.codes.items())]
    kept += [pl.col(column).alias(column.lower()) for column in counts]
    several = table.get_column(whole.codes[finest]).is_duplicated()
    share = ask.share or next((c for c in whole.left if "SHARE" in c.upper() or "PROPORTION" in c.upper()), "")
    if several.any():
        if share and table.schema[share].is_numeric():
            _check_shares(whole, finest, share)
            kept.append(pl.col(share).alias("share"))
            said.append(f"many to many: {several.sum():,} rows share a {finest}, by {share}")
        elif not counts:
            code = table.get_column(whole.codes[finest]).filter(several)[0]
            message = f"{code} ({finest}) lies in several areas, and no column says how much of it lies in each"
            how = "name the column of shares with --share, or one that counts people with --residents"
            raise Unreadable([Fault(whole.path, several.arg_true()[1] + 2, message, "", how)])
        else:
            said.append(f"many to many: {several.sum():,} rows share a {finest}, by what they count")
    left = [column for column in whole.left if column not in counts and column != share]
    if left:
        said.append(f"columns left out: {', '.join(left)}")
    return table.select(kept)


def _check_shares(whole: Published, finest: str, share: str) -> None:
    import polars as pl

    summed = whole.table.group_by(whole.codes[finest]).agg(pl.col(share).sum().alias("sum")).sort(whole.codes[finest])
    off = summed.filter((pl.col("sum") - 1).abs() > TOLERANCE)
    if off.height:
        code, total = off.row(0)
        message = f"the shares of {code} ({finest}) sum to {total:.4g}, and not to 1"
        why = f"{off.height:,} of {summed.height:,} places are so; up to {TOLERANCE} off is taken for rounding"
        raise Unreadable([Fault(whole.path, 0, message, why, "is a row missing, or are they shares of something else?")])


def _with_measures(
    blocks: polars.DataFrame, path: Path, finest: str, whole: Published, said: list[str]
) -> polars.DataFrame:
    """Blocks with the columns of numbers of a file that has the finest codes."""
    import polars as pl

    other = _read(path)
    if finest not in other.codes:
        how = f"it has {', '.join(other.codes) or 'no codes'}"
        raise Unreadable([Fault(str(path), 1, f"a measure of {finest} needs a column {finest.upper()}CD", how)])
    numbers = [c for c in other.left if other.table.schema[c].is_numeric()]
    right = other.table.select(pl.col(other.codes[finest]).alias(finest), *(pl.col(c).alias(c.lower()) for c in numbers))
    twice = right.get_column(finest).is_duplicated()
    if twice.any():
        code = right.get_column(finest).filter(twice)[0]
        raise Unreadable([Fault(str(path), twice.arg_true()[1] + 2, f"{code} stands in several rows")])
    mine = blocks.get_column(finest).unique()
    absent = mine.filter(~mine.is_in(right.get_column(finest).to_list())).sort()
    if len(absent):
        message = f"{len(absent):,} of {len(mine):,} places have no figures in it: {', '.join(absent.head(5))}"
        raise Unreadable([Fault(str(path), 0, message, "what is blank would be counted as nought")])
    said.append(f"{path.name}: measures {', '.join(c.lower() for c in numbers)}")
    return blocks.join(right, on=finest, how="left", suffix="_again")


def _with_residents(
    blocks: polars.DataFrame, whole: Published, finest: str, world: World, ask: Wanted, said: list[str]
) -> polars.DataFrame:
    """Blocks with a measure `residents`, in whole people: as named, as found, or as the world has them."""
    import polars as pl

    numbers = [c for c in blocks.columns if c not in whole.codes and c != "share"]
    asked = ask.residents.lower()
    likely = [c for c in numbers if c == "residents"]
    likely += [c for c in numbers if "mid2023" in c] + [c for c in numbers if c.startswith(("pop", "overlap_pop"))]
    chosen = asked or next(iter(likely), "")
    if not chosen:
        people = _people_of(world, blocks.get_column(finest).unique().to_list())
        if people:
            blocks = blocks.with_columns(pl.col(finest).replace_strict(people, return_dtype=pl.Int64).alias("__people"))
            said.append(f"residents: those that the baseline has in the areas of {finest}")
            chosen = "__people"
        else:
            how = "name a column with --residents, or give a file of figures with --measure"
            raise Unreadable([Fault(whole.path, 1, "no column counts residents", "questions weigh by people", how)])
    else:
        said.append(f"residents: {chosen}")
    amount = pl.col(chosen).cast(pl.Float64)
    if chosen == "__people" and "share" in blocks.columns:
        amount = amount * pl.col("share")
    table = blocks.with_columns(amount.alias("__exact")).sort([*whole.codes])
    bad = table.filter(pl.col("__exact").is_null() | ~pl.col("__exact").is_finite() | (pl.col("__exact") < 0))
    if bad.height:
        where = bad.get_column(finest)[0]
        message = f"the residents of {where} are {bad.get_column('__exact')[0]}: blank, or less than nought"
        raise Unreadable([Fault(whole.path, 0, message, f"{bad.height:,} rows are so")])
    rounded = pl.col("__exact").cum_sum().round().cast(pl.Int64)
    whole_people = (rounded - rounded.shift(1, fill_value=0)).alias("residents")
    if (table.get_column("__exact") % 1 > 0).any():
        said.append("  rounded to whole people, in the order of codes, so that the total is kept")
    return table.with_columns(whole_people).drop("__exact", "__people", strict=False)


def _people_of(world: World, codes: Sequence[str]) -> dict[str, int]:
    """The residents of areas that the world knows by their codes; none where it does not know them all."""
    found = {}
    for code in codes:
        ground = {world.mosaic.pieces_of(*key) for key in world.mosaic.meanings(code)}
        if len(ground) != 1 or not next(iter(ground)):
            return {}
        found[code] = world.mosaic.residents(next(iter(ground)))
    return found


def _checked_parents(
    blocks: polars.DataFrame, whole: Published, world: World, said: list[str]
) -> dict[str, bool]:
    """Which layers cover every place; blanks in one that should, and areas nobody knows, are faults."""
    faults = []
    covering = {}
    for layer in whole.codes:
        cells = blocks.get_column(layer)
        blank = cells.is_null().sum()
        known = world.mosaic.geographies.get(layer)
        should = known.covering if known else blank < _GAPS * blocks.height
        covering[layer] = not blank if known is None else known.covering
        if blank and should:
            place = blocks.filter(cells.is_null()).row(0)[0]
            message = f"{layer} is blank in {blank:,} of {blocks.height:,} rows, first for {place}"
            why = "a few blanks in a layer that covers the country are gaps"
            faults.append(Fault(whole.path, 0, message, why, "fill them in, or leave the column out"))
        codes = world.mosaic.layers.get(layer)
        if codes:
            strange = sorted(code for code in cells.drop_nulls().unique() if code not in codes)
            if strange:
                message = f"{len(strange)} codes of {layer} are no areas of that layer: {', '.join(strange[:5])}"
                why = f"the baseline {world.baseline} has {len(codes)} of them"
                faults.append(Fault(whole.path, 0, message, why, "is the header of another year?"))
        state = "covers all" if not blank else f"blank in {blank:,}"
        said.append(f"{layer}: {cells.n_unique() - bool(blank):,} areas, {state}")
    if faults:
        raise Unreadable(in_order(faults))
    return covering


def _names(whole: Published) -> Iterator[tuple[str, str, str]]:
    for layer, column in whole.names.items():
        if layer in whole.codes:
            pairs = whole.table.select(whole.codes[layer], column).unique().drop_nulls()
            pairs = pairs.sort(whole.codes[layer], column).unique(whole.codes[layer], keep="first", maintain_order=True)
            yield from ((layer, code, name) for code, name in pairs.iter_rows())
