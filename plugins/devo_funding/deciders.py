"""Who decides what a sum is spent on: a reading of its strings, and of who it is paid to.

Ring-fenced money from ministers goes where they said. Other money is decided by whoever gets it;
for a combined authority that is the mayor where one of the powers it pays for is the mayor's alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from devo import Exercise, World

if TYPE_CHECKING:
    from devo_funding.flows import Flow

CENTRAL = frozenset({"department", "minister", "arms-length-body"})
COUNCILS = frozenset(
    {
        "metropolitan-district",
        "london-borough",
        "city-corporation",
        "unitary",
        "county",
        "non-metropolitan-district",
        "isles-of-scilly",
    }
)
_BY_KIND: Mapping[str, str] = {
    **dict.fromkeys(COUNCILS, "council"),
    "combined-authority": "combined authority",
    "combined-county-authority": "combined authority",
    "gla": "mayor",
    "functional-body": "mayor",
    "icb": "NHS",
    "nhs-england": "NHS",
    "clinical-commissioning-group": "NHS",
    "police-and-crime-commissioner": "police",
    "police-authority": "police",
    "combined-fire-authority": "fire",
    "metropolitan-fire-authority": "fire",
    "joint-waste-authority": "council",
    "integrated-transport-authority": "council",
    **dict.fromkeys(CENTRAL, "ministers"),
}


def decider(
    world: World,
    payer: str,
    payee: str,
    powers: tuple[str, ...],
    ringfenced: bool,
    stated: str,
    day: date,
) -> str:
    """Who decides on a sum on a day; what its pot states goes before the reading."""
    if stated:
        return stated
    if ringfenced and is_central(world, payer):
        return "ministers"
    record = world.roster.bodies.get(payee)
    if record is None:
        return "parish" if payee == "parish-councils" else "other"
    kind = _BY_KIND.get(record.kind, "NHS" if record.sector == "nhs" else "other")
    if kind == "combined authority" and any(_mayors(world, power, payee, day) for power in powers):
        return "mayor"
    return kind


def decided(world: World, flow: Flow) -> str:
    """Who decides on a flow's money."""
    return decider(
        world, flow.pot.payer, flow.payee, flow.pot.powers, flow.ringfenced, flow.decider, flow.start
    )


def is_central(world: World, payer: str) -> bool:
    """Whether a payer is ministers or works to them."""
    record = world.roster.bodies.get(payer)
    return payer == "several-departments" or (record is not None and record.kind in CENTRAL)


def _mayors(world: World, power: str, body: str, day: date) -> bool:
    """Whether a body's power is the mayor's to exercise on a day."""
    found: list[Exercise] = [
        item
        for item in world.ledger(power).exercises
        if item.holder == body
        and (item.start or date.min) <= day < (item.end or date.max)
        and item.by.startswith("mayor")
    ]
    return bool(found)
