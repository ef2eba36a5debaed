"""The blocks of a published lookup: each place once, with its areas, its shares and who lives in it.

What is wrong is said with the first place where it shows; nothing is mended silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from devo.files.faults import in_order, shown
from devo.files.published import Published
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
    crs: str = ""


def renewed(whole: Published, world: World, said: list[str]) -> Published:
    """Codes that the world knows under another code of the same area, written as the world has them."""
    import polars as pl

    for layer, column in whole.codes.items():
        areas = {a.code: a for a in world.mosaic.areas.values() if a.geography == layer}
        if not areas:
            said += _other_codes(whole.table.get_column(column), layer, world)
            continue
        changed = {
            alias: area.code for area in areas.values() for alias in area.aliases if alias not in areas
        }
        found = [code for code in whole.table.get_column(column).drop_nulls().unique() if code in changed]
        if found:
            whole.table = whole.table.with_columns(pl.col(column).replace({c: changed[c] for c in found}))
            listed = ", ".join(f"{c} is {changed[c]} ({areas[changed[c]].name})" for c in sorted(found))
            said.append(f"{layer}: changed codes: {listed}")
    return whole


def _other_codes(cells: polars.Series, layer: str, world: World) -> Iterator[str]:
    """Codes of a layer that the world does not have, which it knows as other codes of areas that it has."""
    best_last = sorted(
        world.mosaic.areas.values(), key=lambda a: world.mosaic.layer_order(a.geography), reverse=True
    )
    known = {alias: area for area in best_last for alias in area.aliases}
    found = [code for code in cells.drop_nulls().unique().sort() if code in known]
    if found:
        listed = ", ".join(f"{c} is {known[c].code} ({known[c].name}) in {known[c].geography}" for c in found)
        yield f"{layer}: changed codes: {listed}"


def deduplicated(whole: Published, finest: str, ask: Wanted, said: list[str]) -> polars.DataFrame:
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
            [
                Fault(
                    whole.path,
                    whole.line(at),
                    f"{finest} is blank",
                    f"{blank.sum():,} rows are so; each place needs a code",
                )
            ]
        )
    repeated = table.select(codes).is_duplicated()
    if repeated.any():
        code = table.get_column(whole.codes[finest]).filter(repeated)[0]
        message = f"{code} ({finest}) stands in several rows that say the same"
        at = whole.line(repeated.arg_true()[1])
        raise Unreadable(
            [Fault(whole.path, at, message, f"{repeated.sum():,} rows are so", "keep one of each")]
        )
    kept = [*(pl.col(column).alias(layer) for layer, column in whole.codes.items())]
    kept += [pl.col(column).alias(name) for column, name in measures_of(whole, counts, whole.codes).items()]
    several = table.get_column(whole.codes[finest]).is_duplicated()
    share = ask.share or next(
        (c for c in whole.left if "SHARE" in c.upper() or "PROPORTION" in c.upper()), ""
    )
    if share and (share not in table.columns or not table.schema[share].is_numeric()):
        why = "a column of shares holds numbers in every row" if share in table.columns else ""
        raise Unreadable([Fault(whole.path, 1, f"no column {shown(share)} holds shares", why)])
    if share:
        of = whole.shared = _checked_shares(whole, share)
        kept.append(pl.col(share).alias("share"))
        said.append(f"many to many: {share} is of each {of}")
    elif several.any() and not counts:
        code = table.get_column(whole.codes[finest]).filter(several)[0]
        message = f"{code} ({finest}) lies in several areas, and no column says how much of it lies in each"
        how = "name the column of shares with --share, or one that counts people with --residents"
        raise Unreadable([Fault(whole.path, whole.line(several.arg_true()[1]), message, "", how)])
    elif several.any():
        said.append(f"many to many: {several.sum():,} rows share a {finest}, by what they count")
    left = [column for column in whole.left if column not in counts and column != share]
    if left:
        said.append(f"columns left out: {', '.join(left)}")
    return table.select(kept)


def measures_of(found: Published, columns: Sequence[str], taken: Iterable[str]) -> dict[str, str]:
    """What each column of figures is called as a measure. Raises Unreadable where two would be called alike."""
    called = {column: column.lower() for column in columns}
    names = [*taken, *called.values()]
    twice = next((column for column, name in called.items() if names.count(name) > 1), "")
    if twice:
        message = f"another column is called {shown(twice.lower())} too, or a layer is"
        raise Unreadable([Fault(found.path, 1, message, "", "give the column another name")])
    return called


def _checked_shares(whole: Published, share: str) -> str:
    """The layer whose places a column gives shares of: the one for which they come nearest to one."""
    import polars as pl

    cells = whole.table.get_column(share)
    strange = ~cells.is_between(0, 1 + TOLERANCE).fill_null(False)
    if strange.any():
        at = strange.arg_true()[0]
        what = "blank" if cells[at] is None else f"{cells[at]:g}"
        why = f"{strange.sum():,} of {len(cells):,} rows are so; a share is between 0 and 1"
        how = "per cents are divided by 100 first" if cells[at] is not None and cells[at] > 1 else ""
        raise Unreadable([Fault(whole.path, whole.line(at), f"{share} is {what}", why, how)])
    sums = {
        layer: whole.table.group_by(column).agg(pl.col(share).sum().alias("sum")).sort(column)
        for layer, column in whole.codes.items()
    }
    layer = min(sums, key=lambda name: ((sums[name].get_column("sum") - 1).abs().mean(), name))
    off = sums[layer].filter(((pl.col("sum") - 1).abs() > TOLERANCE) | pl.col("sum").is_null())
    if off.height:
        code, total = off.row(0)
        message = f"the shares of {code} ({layer}) sum to {total:.4g}, and not to 1"
        why = f"{off.height:,} of {sums[layer].height:,} places are so; up to {TOLERANCE} off is rounding"
        how = "is a row missing, or are they shares of something else?"
        raise Unreadable([Fault(whole.path, 0, message, why, how)])
    return layer


def checked_parents(
    blocks: polars.DataFrame, whole: Published, finest: str, world: World, said: list[str]
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
            place = blocks.filter(cells.is_null()).get_column(finest)[0]
            message = f"{layer} is blank in {blank:,} of {blocks.height:,} rows, first for {place}"
            why = "a few blanks in a layer that covers the country are gaps"
            faults.append(Fault(whole.path, 0, message, why, "fill them in, or leave the column out"))
        codes = world.mosaic.layers.get(layer)
        if codes:
            strange = sorted(code for code in cells.drop_nulls().unique() if code not in codes)
            if strange:
                message = (
                    f"{len(strange)} codes of {layer} are no areas of that layer: {', '.join(strange[:5])}"
                )
                why = f"the baseline {world.baseline} has {len(codes)} of them"
                faults.append(Fault(whole.path, 0, message, why, "is the header of another year?"))
        state = "covers all" if not blank else f"blank in {blank:,}"
        said.append(f"{layer}: {cells.n_unique() - bool(blank):,} areas, {state}")
    if faults:
        raise Unreadable(in_order(faults))
    return covering
