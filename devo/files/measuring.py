"""What is counted in the blocks of a published lookup: figures of other files, and the people who live in each.

What is wrong is said with the first place where it shows; nothing is mended silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from devo.files.faults import shown
from devo.files.published import Published
from devo.files.reading import Unreadable
from devo.files.sheets import read
from devo.files.weights import Wanted, measures_of
from devo.limits import MOST_PEOPLE
from devo.values import Fault

if TYPE_CHECKING:
    import polars

    from devo.world import World


def with_measures(
    blocks: polars.DataFrame, path: Path, finest: str, whole: Published, said: list[str]
) -> polars.DataFrame:
    """Blocks with the columns of numbers of a file that has the finest codes."""
    import polars as pl

    other = read(path)
    if finest not in other.codes:
        how = f"it has {', '.join(other.codes) or 'no codes'}"
        raise Unreadable(
            [Fault(str(path), 1, f"a measure of {finest} needs a column {finest.upper()}CD", how)]
        )
    numbers = [c for c in other.left if other.table.schema[c].is_numeric()]
    if not numbers:
        how = f"its other columns: {', '.join(map(shown, other.left)) or 'none'}"
        raise Unreadable([Fault(str(path), 1, "no column of it holds numbers in every row", "", how)])
    called = measures_of(other, numbers, blocks.columns)
    right = other.table.select(
        pl.col(other.codes[finest]).alias(finest), *(pl.col(c).alias(name) for c, name in called.items())
    )
    twice = right.get_column(finest).is_duplicated()
    if twice.any():
        code = right.get_column(finest).filter(twice)[0]
        raise Unreadable(
            [Fault(str(path), other.line(twice.arg_true()[1]), f"{code} stands in several rows")]
        )
    mine = blocks.get_column(finest).unique()
    absent = mine.filter(~mine.is_in(right.get_column(finest).to_list())).sort()
    if len(absent):
        message = (
            f"{len(absent):,} of {len(mine):,} places have no figures in it: {', '.join(absent.head(5))}"
        )
        raise Unreadable([Fault(str(path), 0, message, "what is blank would be counted as nought")])
    for column, name in called.items():
        blank = right.get_column(name).is_null() & right.get_column(finest).is_in(mine.to_list())
        if blank.any():
            at = blank.arg_true()[0]
            message = f"{column} is blank for {right.get_column(finest)[at]}"
            why = f"{blank.sum():,} rows are so, and what is blank would be counted as nought"
            raise Unreadable([Fault(str(path), other.line(at), message, why)])
    said.append(f"{path.name}: measures {', '.join(called.values())}")
    return blocks.join(right, on=finest, how="left")


def with_residents(
    blocks: polars.DataFrame, whole: Published, finest: str, world: World, ask: Wanted, said: list[str]
) -> polars.DataFrame:
    """Blocks with a measure `residents`, in whole people: as named, as found, or as the world has them."""
    import polars as pl

    numbers = [c for c in blocks.columns if c not in whole.codes and c != "share"]
    asked = ask.residents.lower()
    likely = [c for c in numbers if c == "residents"]
    likely += [c for c in numbers if "mid2023" in c] + [
        c for c in numbers if c.startswith(("pop", "overlap_pop"))
    ]
    chosen = asked or next(iter(likely), "")
    if not chosen:
        weighed = whole.shared or finest
        people = _people_of(world, blocks.get_column(weighed).unique().to_list())
        if people:
            counted = pl.col(weighed).replace_strict(people, return_dtype=pl.Int64)
            blocks = blocks.with_columns(counted.alias("__people"))
            said.append(f"residents: those that the baseline has in the areas of {weighed}")
            chosen = "__people"
        else:
            how = "name a column with --residents, or give a file of figures with --measure"
            raise Unreadable(
                [Fault(whole.path, 1, "no column counts residents", "questions weigh by people", how)]
            )
    else:
        said.append(f"residents: {chosen}")
    amount = pl.col(chosen).cast(pl.Float64)
    if chosen == "__people" and "share" in blocks.columns:
        amount = amount * pl.col("share")
    table = blocks.with_columns(amount.alias("__exact")).sort([*whole.codes])
    exact = pl.col("__exact")
    bad = table.filter(exact.is_null() | ~exact.is_finite() | (exact < 0) | (exact > MOST_PEOPLE))
    if bad.height:
        where = bad.get_column(finest)[0]
        counted = bad.get_column("__exact")[0]
        what = "more than there are" if counted and counted > MOST_PEOPLE else "and not a number of people"
        message = f"the residents of {where} are {'blank' if counted is None else f'{counted:g}, {what}'}"
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
