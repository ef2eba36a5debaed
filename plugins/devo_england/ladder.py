"""The ladder: what an authority would get as a foundation, mayoral or established mayoral strategic authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from devo import BodyId, Confidence, Designation, PowerId, World, body_named, holders, question
from devo_england.records import Offer

LEVELS = ("foundation", "mayoral", "established")
MONTHS_WITH_A_MAYOR = 18

# The tests of the English Devolution White Paper of December 2024 for established status that the tables
# cannot answer; the first, a mayor in place for so many months, they can.
_UNTESTED = (
    "a published local assurance framework; no best value notice, independent review or statutory "
    "intervention in the last 18 months; plans for known risks (not in the tables)"
)


@dataclass(frozen=True, slots=True)
class RungRow:
    """One power on the ladder: the level that the framework offers it at, and how the authority stands to it.

    `change` is what reaching the level would mean: *would get*, *has already*, or *has beyond* for a power
    that the authority holds and the framework offers at no level. `tests` are those not yet met.
    """

    body: BodyId
    body_name: str
    level: str
    power: PowerId
    power_name: str
    theme: str
    holds_now: bool
    change: str
    tests: str
    confidence: Confidence


@question(draw="table")
def ladder(world: World, body: BodyId, level: str = "") -> Iterator[RungRow]:
    """What an authority would get at each level of the framework, what it has already, and the tests not yet met."""
    who = body_named(world, body)
    offers = {offer.power: offer for offer in world.of(Offer)}
    served = world.roster.served(who.id, world.today)
    for rung in LEVELS if not level else (level,):
        lacking = "; ".join(_tests(world, who.id, rung))
        for power in sorted(offers, key=lambda p: (world.powers[p].theme, world.power_name(p))):
            offer = offers[power]
            if offer.level == rung:
                has = _holds(world, who.id, power, served)
                change = "has already" if has else "would get"
                yield _row(world, who.id, rung, power, has, change, lacking, offer.confidence)
    if not level:
        for power, record in sorted(world.powers.items()):
            beyond = power not in offers and not record.parent and record.kind != "budget"
            if beyond and _holds(world, who.id, power, served):
                yield _row(world, who.id, "none", power, True, "has beyond", "", record.confidence)


def _row(
    world: World,
    body: str,
    level: str,
    power: str,
    has: bool,
    change: str,
    tests: str,
    confidence: Confidence,
) -> RungRow:
    record = world.powers[power]
    return RungRow(
        body,
        world.body_name(body),
        level,
        power,
        record.name,
        record.theme,
        has,
        change,
        "" if has else tests,
        confidence,
    )


def _holds(world: World, body: str, power: str, served: frozenset[int]) -> bool:
    return any(held.body == body for piece in served for held in holders(world, power, piece))


def _tests(world: World, body: str, level: str) -> Iterator[str]:
    """What stands between an authority and a level, by the tables."""
    since = _mayor_since(world, body)
    if level in ("mayoral", "established") and since is None:
        yield "it has no directly elected mayor"
    if level == "established":
        if since is not None and _months(since, world.today) < MONTHS_WITH_A_MAYOR:
            yield f"a mayor in place for {MONTHS_WITH_A_MAYOR} months (mayoral in law since {since})"
        yield _UNTESTED


def _mayor_since(world: World, body: str) -> date | None:
    day = world.today
    starts = [
        item.start or date.min
        for item in world.of(Designation)
        if item.body == body
        and item.designation == "mayoral"
        and (item.start or date.min) <= day < (item.end or date.max)
    ]
    return min(starts, default=None)


def _months(since: date, day: date) -> int:
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
