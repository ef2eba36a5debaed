"""Boundaries: sharing out council lines to health boards, and class answers whatever lookups are loaded.

Both sharings are exact to the penny and the same; the polars one is a join, a running sum and a group.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import polars as pl

from benchmarks import models
from benchmarks.rounds import Contender, Line, medians
from devo.questions import where_held
from devo.values import Lookup
from devo_boundaries.ground import ground
from devo_boundaries.shares import Sharing

if TYPE_CHECKING:
    from devo.world import World

LINES = 50
BLOCKS = 33_755
POWERS = ("local-plan", "homelessness", "public-health", "health-commissioning", "waste-disposal")


def run() -> list[Line]:
    """Time of 50 lines over the districts to the boards, and of class answers beside ever more blocks."""
    world, _ = models.england()
    return [_sharing(world.on(models.DAY)), _beside_lookups(world)]


def _sharing(world: World) -> Line:
    found = ground(world, ("lad24", "icb24"))
    parts = sorted((one, other, people) for (one, other), people in found.parts.items())
    districts = sorted({one for one, _, _ in parts})
    boards = sorted({other for _, other, _ in parts})
    dice = random.Random(1)
    amounts = [[dice.randint(10**8, 10**11) for _ in districts] for _ in range(LINES)]
    of = [districts.index(one) for one, _, _ in parts]
    into = [boards.index(other) for _, other, _ in parts]
    weights = [people for _, _, people in parts]
    sharing = Sharing(of, into, weights)

    blocks = pl.DataFrame({"district": of, "board": into, "weight": weights}).with_columns(
        pl.col("weight").cum_sum().over("district").alias("running"),
        pl.col("weight").sum().over("district").alias("whole"),
    )
    long = pl.DataFrame(
        {
            "line": [line for line in range(LINES) for _ in districts],
            "district": [number for _ in range(LINES) for number in range(len(districts))],
            "pence": [amount for line in amounts for amount in line],
        }
    )

    def in_polars(_: Any) -> pl.DataFrame:
        upto = ((2 * pl.col("pence") * pl.col("running") + pl.col("whole")) // (2 * pl.col("whole"))).alias(
            "upto"
        )
        before = pl.col("upto").shift(1, fill_value=0).over("line", "district")
        return (
            long.lazy()
            .join(blocks.lazy(), on="district", maintain_order="left_right")
            .with_columns(upto)
            .with_columns((pl.col("upto") - before).alias("part"))
            .group_by("line", "board")
            .agg(pl.col("part").sum())
            .sort("line", "board")
            .collect(engine="in-memory")
        )

    ours = sharing.into(amounts)
    theirs = in_polars(None).get_column("part").to_numpy().reshape(LINES, len(boards))
    if not (ours == theirs).all() or ours.sum() != sum(map(sum, amounts)):
        raise SystemExit("the two sharings differ, or lost a penny")
    spent = medians({"devo": Contender(lambda _: sharing.into(amounts)), "polars": Contender(in_polars)}, 21)
    return Line(
        f"{LINES} lines of {len(districts)} districts to {len(boards)} boards, exact pence",
        "polars",
        spent["devo"],
        spent["polars"],
        0.25,
    )


def _beside_lookups(world: World) -> Line:
    """Class answers for every district, beside a lookup of few blocks and one of ten times as many."""

    def beside(rows: int) -> World:
        lookup = Lookup("blocks", "Blocks", "blocks.parquet", ("lsoa21", "lad24"), ("residents",), rows)
        return models.cold(world.changed(records={Lookup: (lookup,)})).on(models.DAY)

    def answer(given: World) -> int:
        return sum(1 for power in POWERS for _ in where_held(given, power, "lad24"))

    spent = medians(
        {
            "few": Contender(answer, lambda: beside(BLOCKS)),
            "many": Contender(answer, lambda: beside(10 * BLOCKS)),
        },
        5,
    )
    what = f"class answers beside {10 * BLOCKS:,} blocks"
    return Line(what, f"beside {BLOCKS:,}", spent["many"], spent["few"], 1.2)
