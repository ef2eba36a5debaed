"""The ladder: what an authority would get, and its councils lose, as foundation, mayoral or established authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from devo import BodyId, Confidence, Designation, PowerId, Residents, World, body_named, question, runs
from devo_england.records import Offer
from devo_england.rungs import UNDIVIDED, Ladder

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
    """One power on the ladder: the level that the framework offers it at, and what reaching it would change.

    `change` is *would get*, *would hold alone* (it holds it already, with others), *would have a say* (no
    function comes with it), *has already*, *has beyond* (it holds what the framework offers at no level), or
    *cannot*, with the reason in `tests`. `how` is in relation to those who hold it today: *instead* of them,
    *beside* them, *jointly* with them, *delegated* by them, or *new*, where nobody holds it. `losers` would
    hold it no more, and `residents` is how many people they answer for there. `consent` is what of its use
    the councils have to agree to: what would fall away, stay or be new. `tests` are those not yet met.
    """

    level: str
    power: PowerId
    power_name: str
    change: str
    how: str
    losers: tuple[BodyId, ...]
    losers_names: tuple[str, ...]
    residents: Residents
    consent: str
    tests: str
    body: BodyId
    body_name: str
    confidence: Confidence
    source: str


@question(draw="table")
def ladder(
    world: World,
    body: BodyId,
    level: Literal["", "foundation", "mayoral", "established"] = "",
    only: Literal["", "gains", "losses", "held"] = "",
) -> Iterator[RungRow]:
    """What an authority would get at each level of the framework, who would lose it, and the tests not yet met.

    Each rung is enacted as a draft on the day and the holders are compared: with the draft of the Act of
    2026 where that says how, otherwise in the form in which the framework offers the power. London has law
    of its own: it has rows for what it holds and for what the Act adds. `only` narrows it to *gains*,
    *losses* (powers or consents that councils and others would lose) or *held*.
    """
    who = body_named(world, body)
    steps = Ladder(world, who.id, {offer.power: offer for offer in world.of(Offer)})
    for rung in LEVELS if not level else (level,):
        lacking = tuple(_tests(world, who.id, rung))
        for power in sorted(steps.offers, key=lambda p: (world.powers[p].theme, world.power_name(p))):
            elsewhere = steps.in_london and not steps.wanted(power) and not steps.holds(power)
            if steps.offers[power].level == rung and not elsewhere:
                row = _row(steps, power, lacking)
                if _wanted(row, only):
                    yield row
    if not level and only in ("", "held"):
        for power, record in sorted(world.powers.items()):
            beyond = power not in steps.offers and not record.parent and record.kind != "budget"
            if beyond and steps.holds(power):
                yield _said(steps, power, "none", "has beyond", "", (), record.confidence)


def _wanted(row: RungRow, only: str) -> bool:
    if only == "gains":
        return row.change.startswith("would")
    if only == "losses":
        return bool(row.losers) or "fall away" in row.consent
    return not only or row.change in ("has already", "has beyond", "would hold alone")


def _row(steps: Ladder, power: str, lacking: tuple[str, ...]) -> RungRow:
    offer = steps.offers[power]
    wanted = steps.wanted(power)
    has = steps.holds(power)
    if steps.cut(power) and not has:
        layer = UNDIVIDED[steps.before.powers[power].organised_on]
        areas = " and ".join(steps.cut(power))
        why = f"the {layer} of {areas} reaches beyond its own"
        return _said(steps, power, offer.level, "cannot", "", (why, *lacking), "known")
    if offer.form == "consulted" and not has:
        return _said(steps, power, offer.level, "would have a say", "", lacking, offer.confidence)
    if wanted and not has and not list(steps.provisions(power)):
        why = "nobody is known to hold it on the day, so nobody can pass it on"
        return _said(steps, power, offer.level, "cannot", "", (why, *lacking), offer.confidence)
    if power in steps.refused:
        return _said(steps, power, offer.level, "cannot", "", (steps.refused[power], *lacking), "unsure")
    if has and not wanted:
        falling = _consent(steps, power) if steps.consents(power) else ""
        return _said(steps, power, offer.level, "has already", falling, (), offer.confidence)
    change = "would hold alone" if has else "would get"
    return _said(steps, power, offer.level, change, _consent(steps, power), lacking, offer.confidence)


def _said(
    steps: Ladder,
    power: str,
    level: str,
    change: str,
    consent: str,
    lacking: tuple[str, ...],
    confidence: Confidence,
) -> RungRow:
    world = steps.before
    record = world.powers[power]
    gets = change in ("would get", "would hold alone")
    losing = steps.losing(power) if gets else {}
    falls = "fall away" in consent
    return RungRow(
        level,
        power,
        record.name,
        change,
        _how(steps, power) if change.startswith("would") else "",
        tuple(losing),
        tuple(world.body_name(body) for body in losing),
        world.mosaic.residents(frozenset().union(*losing.values())),
        consent,
        "; ".join(lacking),
        steps.body,
        world.body_name(steps.body),
        "unsure" if falls else steps.surest(power, confidence) if losing else confidence,
        steps.offers[power].source if power in steps.offers else record.source,
    )


def _how(steps: Ladder, power: str) -> str:
    form = steps.offers[power].form
    return "new" if form != "consulted" and steps.new(power) else form


def _consent(steps: Ladder, power: str) -> str:
    """What of a power's use councils have to agree to today, and what becomes of it under the framework."""
    kept = steps.offers[power].consent
    today = list(dict.fromkeys(item.text for item in steps.consents(power)))
    if not today:
        return f"new: {kept}" if kept else ""
    return f"stays: {kept}" if kept else f"would fall away: {'; '.join(today)}"


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
    day, record = world.today, world.roster.bodies[body]
    if record.kind == "gla":
        return record.start or date.min
    starts = [
        item.start or date.min
        for item in world.of(Designation)
        if item.body == body and item.designation == "mayoral" and runs(item, day)
    ]
    return min(starts, default=None)


def _months(since: date, day: date) -> int:
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
