"""What it would take for a body to hold a power somewhere: the shortest list of provisions that does it.

Each verb that could give the power is tried for real: a draft is enacted on the world and the rules
are read again. What the checks or the law then say against it is shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from devo import (
    AreaCode,
    BodyId,
    Condition,
    Deal,
    Finding,
    Instrument,
    Pieces,
    PowerId,
    Provision,
    Share,
    World,
    body_named,
    check_new,
    enact,
    holders,
    place,
    power_named,
    question,
)
from devo_transfers.consent import concerns

_OF_ONE = ("transfer", "share", "confer")
_MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One step of a way to the goal, or what stands in its way.

    `way` numbers the ways found, shortest first; way 0 is what blocks them all. `verb` and `terms` are the step as a
    deal file has it; step 0 is a condition on making it: its kind, and who has to meet it. `share` is the part of
    the place's residents over whom the body then holds the power. Worked out from the world of the day with
    each draft enacted on it; `why` says what blocks a way, or what the checks object to in one that works.
    """

    way: int
    step: int
    verb: str
    terms: str
    what: str
    mode: str
    share: Share
    blocked: bool
    why: str


@question(draw="table")
def route(world: World, body: BodyId, power: PowerId, place: AreaCode = "") -> Iterator[RouteRow]:
    """What it would take for a body to hold a power over a place: the fewest provisions, and what blocks it."""
    who, what = body_named(world, body), power_named(world, power)
    where, name = _territory(world, who.id, place)
    held = _share(world, who.id, what.id, where)
    if held == 1.0:
        yield RouteRow(1, 0, "", "", f"{who.name} holds {what.name} over {name} already", "", held, False, "")
        return
    blocks = list(_blocks(world, who.id, what.id, where))
    number = 0
    for provisions in _ways(world, who.id, what.id, name, where):
        after = _tried(world, provisions)
        if after is None or _share(after, who.id, what.id, where) <= held:
            continue
        against = check_new(world, after, {what.id})
        if any(finding.severity == "error" for finding in against):
            blocks.extend(finding.message for finding in against)
            continue
        number += 1
        yield from _steps(after, number, provisions, who.id, what.id, where, against)
        if number == _MOST_WAYS:
            return
    if number == 0:
        for why in dict.fromkeys(blocks):
            yield RouteRow(0, 0, "", "", f"{who.name}, {what.name}", "", held, True, why)


def _steps(
    after: World,
    number: int,
    provisions: tuple[Provision, ...],
    body: str,
    power: str,
    where: Pieces,
    against: Sequence[Finding],
) -> Iterator[RouteRow]:
    """A way that works: its provisions, with what checks say of the last, and the conditions on making it."""
    mode, reached = _mode(after, body, power, where), _share(after, body, power, where)
    for step, provision in enumerate(provisions, 1):
        yield RouteRow(
            number,
            step,
            provision.verb,
            ", ".join(f"{key} = {value}" for key, value in sorted(provision.terms.items())),
            _said(after, provision),
            mode,
            reached,
            False,
            "; ".join(finding.message for finding in against) if step == len(provisions) else "",
        )
    for item in _to_make(after, power, body):
        yield RouteRow(
            number, 0, item.kind, item.by, item.text, "", reached, False, "needed before it is made"
        )


def _territory(world: World, body: str, text: str) -> tuple[Pieces, str]:
    found = place(world, text or body)
    # A body whose area is several areas put together is a place that no layer has.
    record = world.roster.bodies.get(found.id)
    return found.pieces, record.area if record else found.id


def _share(world: World, body: str, power: str, where: Pieces) -> float:
    mine = frozenset(p for p in where if any(h.body == body for h in holders(world, power, p)))
    return world.mosaic.share(mine, where)


def _mode(world: World, body: str, power: str, where: Pieces) -> str:
    modes = {h.mode for piece in where for h in holders(world, power, piece) if h.body == body}
    return " and ".join(sorted(modes))


def _blocks(world: World, body: str, power: str, where: Pieces) -> Iterator[str]:
    """What no provision about this power can mend."""
    record, wanted = world.roster.bodies[body], world.powers[power]
    if record.start is not None and world.today < record.start:
        yield f"{record.name} is not established until {record.start}"
    if record.end is not None and world.today >= record.end:
        yield f"{record.name} was abolished on {record.end}"
    outside = where - world.roster.served(body, world.today)
    if outside and record.area:
        areas = ", ".join(area for _, area in world.mosaic.describe(outside)[:4])
        yield f"{record.name} does not answer for {areas}: its area would have to be changed first"
    if wanted.may_not_hold:
        for tenure in world.roster.tenures(wanted.may_not_hold):
            if tenure.body == body and tenure.on(world.today, world.as_known):
                yield f"the law bars it from holding {wanted.name} ({wanted.may_not_hold}): an Act would have to say otherwise"


def _ways(world: World, body: str, power: str, area: str, where: Pieces) -> Iterator[tuple[Provision, ...]]:
    """Lists of provisions to try, shortest first: one provision, then one that makes way for another."""
    holding = sorted({h.body for piece in where for h in holders(world, power, piece)} - {body})
    base: dict[str, Any] = {"power": power, "area": area}
    own = world.roster.bodies[body].area
    # The body's whole area first, where the place is only a part of it.
    bases = [{"power": power, "area": own}, base] if own and own != area else [base]
    single: list[tuple[str, dict[str, Any]]] = [
        (verb, terms | ({"holder": body} if verb == "confer" else {"transferee": body}))
        for verb in _OF_ONE
        for terms in bases
    ]
    single += [("delegate", base | {"transferor": root, "transferee": body}) for root in holding]
    if not holding:
        single = [item for item in single if item[0] == "confer"]
    for verb, terms in single:
        yield (_provision(world, 1, verb, terms),)
    for root, (verb, terms) in product(holding, single[:1]):
        yield (
            _provision(world, 1, "cease", {"power": power, "holder": root}),
            _provision(world, 2, verb, terms),
        )


def _provision(world: World, number: int, verb: str, terms: dict[str, Any]) -> Provision:
    law = Instrument("route-draft", "A draft order", made=world.today, status="draft")
    return Provision(f"ROUTE/{number}", verb, terms, world.today, law, made=world.today, deal="ROUTE")


def _tried(world: World, provisions: tuple[Provision, ...]) -> World | None:
    """The world with a draft enacted; None where any of it cannot take effect."""
    after = enact(world, [Deal("ROUTE", "A way to try", provisions)])
    refused = [f for f in after.findings if f not in world.findings]
    return None if refused else after


def _to_make(world: World, power: str, body: str) -> list[Condition]:
    """Conditions on making a transfer of the power to the body, not yet met."""
    day: date = world.today
    return [
        c
        for c in world.ledger(power).conditions
        if c.to == "make"
        and (not c.holder or concerns(world, c.holder, body))
        and not (c.met is not None and c.met <= day)
    ]


def _said(world: World, provision: Provision) -> str:
    terms = provision.terms
    who = terms.get("transferee") or terms.get("holder") or ""
    root = f" from {world.holder_name(str(terms['transferor']))}" if terms.get("transferor") else ""
    return f"{provision.verb} {world.power_name(str(terms['power']))}{root}: {world.holder_name(str(who))}"
