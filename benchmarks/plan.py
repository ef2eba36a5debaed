"""A plan over all of England's enacted deals, against saying once who holds every power everywhere.

Both give what a reader would be given: the plan its lines and sentences, over every day that a deal
commences; the answer its rows, with since when, by which instrument and how sure. The plan that is timed is
the core's, without what plugins' questions and checks add. The register's bare arrays stand beside it.
"""

from __future__ import annotations

from benchmarks import models
from benchmarks.resolve import resolve
from benchmarks.rounds import Contender, Line, medians
from devo.front import baseline
from devo.planning import plan_deals
from devo.sightings import sightings
from devo.world import World

AGAINST = "every power over every piece on one day, as rows"


def run() -> list[Line]:
    """Plan all deals at once: England without any, and with all."""
    before, after = baseline("england-general-law"), baseline("england")
    deals, day = list(after.deals), models.DAY
    powers = sorted(after.powers)
    plan = plan_deals(before, after, deals)
    print(f"plan: {len(deals)} deals, {len(plan.changes)} lines")
    found = medians(
        {
            "rows": Contender(lambda _: rows(after.on(day))),
            "arrays": Contender(lambda cold: resolve(cold, powers), lambda: models.cold(after.on(day))),
            "plan": Contender(lambda _: plan_deals(before, after, deals)),
        },
        rounds=5,
    )
    what = f"plan {len(deals)} deals together"
    return [
        Line(what, AGAINST, found["plan"], found["rows"], 10),
        Line(what, "the same as the register's arrays, cold", found["plan"], found["arrays"], 10),
    ]


def rows(world: World) -> int:
    """How many rows say who holds each power over all pieces."""
    return sum(1 for power in world.powers for _ in sightings(world, power, world.mosaic.everywhere))
