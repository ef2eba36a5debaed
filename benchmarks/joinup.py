"""Joining up: every persona in every district of two worlds, against resolving England once.

Both begin cold: nothing has been worked out of who is in a class, or who holds what. The map of one
persona is timed by itself too, against its two seconds.

    python -m benchmarks joinup
"""

from __future__ import annotations

import time

from benchmarks import models
from benchmarks.resolve import resolve
from benchmarks.rounds import Contender, Line, medians
from devo.world import World
from devo_joinup.everywhere import whole_person_everywhere

AGAINST = "resolving every power of England once, cold"
SHAPE = "bodies;contacts;tiers;areas;crossings;agree;hand-offs;workers"
TARGET = 20
MAP_SECONDS = 2.0


def run() -> list[Line]:
    """Say how long one map takes, then time the headline figure, eight figures and all of every persona.

    The sixteen ask the plugins of money and of oversight too, whose own reading is most of their time.
    """
    world, _ = models.england()
    after, before = world.on(models.DAY), world.before.on(models.DAY)
    powers = sorted(after.powers)
    started = time.perf_counter()
    rows = list(whole_person_everywhere(models.cold(after), "leaving-prison-homeless"))
    spent = time.perf_counter() - started
    verdict = "ok" if spent < MAP_SECONDS else "MISSED"
    print(
        f"joinup: one persona's map, {len(rows)} districts, took {spent:.2f} s; target {MAP_SECONDS:.0f} s: {verdict}"
    )

    def both(worlds: tuple[World, World], dimension: str) -> int:
        return sum(1 for each in worlds for _ in whole_person_everywhere(each, dimension=dimension))

    def cold() -> tuple[World, World]:
        return models.cold(after), models.cold(before)

    found = medians(
        {
            "once": Contender(lambda given: resolve(given, powers), lambda: models.cold(after)),
            "bodies": Contender(lambda given: both(given, "bodies"), cold),
            "shape": Contender(lambda given: both(given, SHAPE), cold),
            "all": Contender(lambda given: both(given, "all"), cold),
        },
        rounds=5,
    )
    return [
        Line(
            "bodies met: 8 personas, 296 districts, 2 worlds", AGAINST, found["bodies"], found["once"], TARGET
        ),
        Line(
            "eight figures: 8 personas, 296 districts, 2 worlds",
            AGAINST,
            found["shape"],
            found["once"],
            TARGET,
        ),
        Line("all sixteen, with money and inspectorates", AGAINST, found["all"], found["once"], None),
    ]
