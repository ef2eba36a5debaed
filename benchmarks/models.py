"""Models to measure: England as it ships, and England grown to 140 powers of the same shape.

The powers added here are made up and say so in their names. Their general law is held as England's
is: by ministers, by classes of councils and boards, by nobody; deals then move a few of them to
named authorities by the same verbs that real deals use.
"""

from __future__ import annotations

import random
from datetime import date
from functools import cache

from devo.enactment import enact
from devo.extent import named
from devo.files.baselines import load_baseline
from devo.ledger import Ledger
from devo.mosaic import Mosaic
from devo.toolbox import Toolbox, toolbox
from devo.values import Area, Deal, Geography, Holding, Instrument, Piece, Power, Provision
from devo.world import World, world_of

DAY = date(2025, 6, 1)
DRAFT_DAY = date(2025, 5, 1)
POWERS = 140
AUTHORITIES = ("gmca", "wmca", "lcrca", "wyca", "symca", "tvca", "weca", "cpca")
MADE_UP = "made up, for measuring"
ORDER = Instrument("made-up-order", "Made-up Order", "order", made=date(2019, 1, 1), source=MADE_UP)

# What the general law says of every ten powers, in the proportions of England's own 140.
_GENERAL_LAW = (
    "secretary-of-state-for-education",
    "secretary-of-state-for-education",
    "homes-england",
    "every:upper-tier-council",
    "every:upper-tier-council",
    "every:lower-tier-council",
    "every:local-planning-authority",
    "every:fire-authority",
    "every:integrated-care-boards",
    "",
)


@cache
def england() -> tuple[World, Toolbox]:
    """The England baseline with its deals, and the tools that enacted them."""
    tools = toolbox()
    loaded = load_baseline(tools.baselines["england"], tools)
    if loaded.faults:
        raise SystemExit(f"the England baseline has faults: {loaded.faults[:3]}")
    return loaded.world, tools


@cache
def grown(size: int = POWERS) -> tuple[World, Toolbox]:
    """England with made-up powers beside its own that somebody was ever given, at least `size` in all."""
    real, tools = england()
    records = [record for rows in real.before.records.values() for record in rows]
    powers, holdings = _made_up(max(size - len(given(real)), 0) + 4)  # some parts nobody is given
    world = world_of([*records, *powers, *holdings, ORDER], baseline="england, grown")
    authorities = [body for body in AUTHORITIES if body in world.roster.bodies]
    done = enact(world, [*real.deals, _deal(powers, holdings, authorities)], tools.verbs)
    bad = [finding.message for finding in done.findings if "made-up" in finding.message]
    if bad:
        raise SystemExit(f"made-up provisions that cannot take effect: {bad[:3]}")
    return done.world, tools


def cold(world: World) -> World:
    """The same world with nothing worked out: new ledgers with empty columns, a new roster, a new mosaic.

    What each layer of areas is made of stays, as it does in the tables of the alternative.
    """
    mosaic = Mosaic(world.of(Geography), world.of(Area), world.of(Piece))
    mosaic.__dict__["layers"] = world.mosaic.layers
    ledgers = {
        power: Ledger(power, ledger.effects, ledger.exercises, ledger.conditions)
        for power, ledger in world.ledgers.items()
    }
    return World(world.records, ledgers, mosaic=mosaic, deals=world.deals, before=world.before, day=world.day)


def given(world: World) -> list[str]:
    """The powers that somebody was ever given, in order of id: those there is something to resolve of."""
    return sorted(
        power
        for power, record in world.powers.items()
        if world.ledger(power).effects or (record.parent and world.ledger(record.parent).effects)
    )


def draft(world: World, number: int, changes: int = 20) -> Deal:
    """A deal of changes to as many powers: transfers, shares, new powers and, where held, conditions."""
    dice = random.Random(number)
    seen = world.on(DRAFT_DAY)
    free = [p for p in given(world) if not world.powers[p].parent and p not in world.children]
    authorities = [body for body in AUTHORITIES if body in world.roster.bodies]
    provisions = []
    for power in dice.sample(free, changes):
        body = dice.choice(authorities)
        held = named(seen, power, world.roster.bodies[body].area)
        if any(item.holder == body for item in held):
            verb, terms = "condition", {"holder": body, "kind": "consent", "by": "the members"}
        elif any(item.effect.mode == "sole" for item in held):
            verb, terms = dice.choice(("transfer", "share")), {"transferee": body}
        else:
            verb, terms = "confer", {"holder": body, "mode": "concurrent"}
        name = f"DRAFT-{number}/{len(provisions)}"
        provisions.append(_provision(name, verb, {"power": power, **terms}, DRAFT_DAY))
    return Deal(f"DRAFT-{number}", "A draft", tuple(provisions), source=MADE_UP, confidence="unsure")


def _made_up(count: int) -> tuple[list[Power], list[Holding]]:
    """Powers with their general law; every twelfth is divided into two parts, one held apart."""
    powers: list[Power] = []
    holdings: list[Holding] = []
    top = 0
    while len(powers) < count:
        holder = _GENERAL_LAW[top % len(_GENERAL_LAW)]
        name = f"made-up-{top:03}"
        powers.append(_power(name))
        if holder:
            holdings.append(_holding(name, holder))
        if top % 12 == 5 and len(powers) + 2 <= count:
            powers += [_power(f"{name}-part-a", name), _power(f"{name}-part-b", name)]
            holdings.append(_holding(f"{name}-part-a", "every:upper-tier-council"))
        top += 1
    return powers, holdings


def _deal(powers: list[Power], holdings: list[Holding], authorities: list[str]) -> Deal:
    """What deals did to the made-up powers: two powers in three went to two to five authorities."""
    dice = random.Random(20260101)
    held = {holding.power: holding.holder for holding in holdings}
    provisions = []
    for number, power in enumerate(powers):
        if number % 3 == 2:
            continue
        holder = held.get(power.id) or held.get(power.parent, "")
        for body in dice.sample(authorities, dice.randint(2, min(5, len(authorities)))):
            on = date(dice.randint(2020, 2024), dice.randint(1, 12), 1)
            verb = dice.choice(("transfer", "transfer", "share", "delegate")) if holder else "confer"
            terms = {"power": power.id, "holder" if verb == "confer" else "transferee": body}
            if verb == "delegate":
                terms["transferor"] = holder
            provisions.append(_provision(f"made-up/{len(provisions)}", verb, terms, on))
    return Deal("made-up", "Made-up deals", tuple(provisions), source=MADE_UP, confidence="unsure")


def _power(name: str, parent: str = "") -> Power:
    return Power(
        name, name, parent=parent, source=MADE_UP, confidence="unsure", complete_from=date(2010, 1, 1)
    )


def _holding(power: str, holder: str) -> Holding:
    area = "" if holder.startswith("every:") else "E92000001"
    return Holding(f"{power}/law", power, holder, area, source=MADE_UP, confidence="unsure")


def _provision(name: str, verb: str, terms: dict[str, str], on: date) -> Provision:
    return Provision(
        name, verb, terms, on, ORDER, made=ORDER.made, deal=name.partition("/")[0], source=MADE_UP
    )
