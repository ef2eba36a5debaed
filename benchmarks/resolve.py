"""140 powers over every piece on one day, against polars joins over 33,755 small areas.

Cold: new ledgers with empty columns, a new roster and a new mosaic, so that no territory, class or
column has been worked out; records and effects are in memory, as the long tables of polars are.
"""

from __future__ import annotations

from benchmarks import models
from benchmarks.rounds import Contender, Line, medians
from benchmarks.small_areas import ANSWER, SMALL_AREAS, SmallAreas
from devo.register import Register
from devo.world import World

AGAINST = f"polars joins over {SMALL_AREAS:,} small areas"


def run() -> list[Line]:
    """Compare the two answers cell by cell, then time them."""
    world, _ = models.grown()
    seen = world.on(models.DAY)
    powers = models.given(seen)[: models.POWERS]
    tables = SmallAreas(seen, powers)
    compare(tables, seen)
    found = medians(
        {
            "polars": Contender(lambda _: tables.holders(models.DAY)),
            "cold": Contender(lambda cold: resolve(cold, powers), lambda: models.cold(seen)),
        }
    )
    what = f"resolve {len(powers)} powers over {len(seen.mosaic)} pieces, cold"
    return [Line(what, AGAINST, found["cold"], found["polars"], 1 / 20)]


def resolve(world: World, powers: list[str]) -> list[object]:
    """The register's layers of some powers."""
    register = Register(world)
    return [register.layers(power) for power in powers]


def compare(tables: SmallAreas, world: World) -> None:
    """Stop where polars and the register differ in one cell."""
    theirs = tables.holders(models.DAY).sort(ANSWER)
    ours = tables.from_register(Register(models.cold(world))).sort(ANSWER)
    if not theirs.equals(ours):
        raise SystemExit(f"the answers differ: {theirs.join(ours, on=ANSWER, how='anti')}")
    print(f"resolve: {len(ours):,} cells are the same in both")
