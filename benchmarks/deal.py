"""A deal of 20 changes enacted, and the powers it touches resolved again, against the same polars joins.

The world is warm, as it is for whoever drafts a deal; every turn enacts another deal.
"""

from __future__ import annotations

from itertools import count

from benchmarks import models
from benchmarks.resolve import AGAINST, compare, resolve
from benchmarks.rounds import Contender, Line, medians
from benchmarks.small_areas import SmallAreas
from devo.enactment import enact
from devo.values import Deal

CHANGES = 20


def run() -> list[Line]:
    """Compare the answers after one deal cell by cell, then time the enactment of others."""
    world, tools = models.grown()
    seen = world.on(models.DAY)
    powers = models.given(seen)[: models.POWERS]
    resolve(seen, powers)
    after = enact(seen, [models.draft(seen, 0, CHANGES)], tools.verbs)
    if after.findings:
        raise SystemExit(f"the draft cannot take effect: {after.findings[0].message}")
    tables = SmallAreas(after.world, powers)
    compare(tables, after.world)
    numbers = count(1)

    def enact_and_resolve(deal: Deal) -> object:
        touched = [str(provision.terms["power"]) for provision in deal.provisions]
        return resolve(enact(seen, [deal], tools.verbs).world, touched)

    found = medians(
        {
            "polars": Contender(lambda _: tables.holders(models.DAY)),
            "deal": Contender(enact_and_resolve, lambda: models.draft(seen, next(numbers), CHANGES)),
        }
    )
    what = f"enact {CHANGES} changes, resolve the {CHANGES} powers again"
    return [Line(what, AGAINST, found["deal"], found["polars"], 1 / 40)]
