"""Models to measure: England as it ships, and England grown to 140 powers of the same shape.

The powers added here are made up and say so in their names. Their general law is held as England's
is: by ministers, by classes of councils and boards, by nobody; deals then move a few of them to
named authorities by the same verbs that real deals use.
"""

from __future__ import annotations

import random
from datetime import date

from devo.enactment import enact
from devo.files.worlds import load_baseline
from devo.ledger import Ledger
from devo.mosaic import Mosaic
from devo.toolbox import Toolbox, toolbox
from devo.values import Area, Deal, Geography, Holding, Instrument, Piece, Power, Provision
from devo.world import World, world_of

DAY = date(2025, 6, 1)
POWERS = 140
AUTHORITIES = "gmca wmca lcrca wyca symca nemca tvca weca cpca yncca emcca".split()
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


def england() -> tuple[World, Toolbox]:
    """The England baseline with its deals, and the tools that enacted them."""
    tools = toolbox()
    loaded = load_baseline(tools.baselines["england"], tools)
    if loaded.faults:
        raise SystemExit(f"the England baseline has faults: {loaded.faults[:3]}")
    return loaded.world, tools


def grown(size: int = POWERS) -> tuple[World, Toolbox]:
    """England with made-up powers beside its own, `size` in all, each with its general law and its deals."""
    real, tools = england()
    records = [record for rows in real.before.records.values() for record in rows]
    powers, holdings = _made_up(size - len(real.powers))
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


def draft(world: World, number: int, changes: int = 20) -> Deal:
    """A deal of changes to as many powers, each to another authority: no two drafts are the same."""
    dice = random.Random(number)
    provisions = []
    free = sorted(p for p in world.powers if p.startswith("made-up") and "part" not in p)
    for n, power in enumerate(dice.sample(free, changes)):
        body = AUTHORITIES[dice.randrange(len(AUTHORITIES))]
        held = any(e.begins and e.holder == body for e in world.ledger(power).effects)
        nobody = not any(e.begins for e in world.ledger(power).effects)
        if held:
            terms = {"power": power, "holder": body, "kind": "consent", "by": "the members"}
            provisions.append(_provision(f"DRAFT-{number}/{n}", "condition", terms, date(2025, 1, 1)))
        else:
            verb = "confer" if nobody else ("transfer", "share")[n % 2]
            who = "holder" if verb == "confer" else "transferee"
            provisions.append(
                _provision(f"DRAFT-{number}/{n}", verb, {"power": power, who: body}, date(2025, 1, 1))
            )
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
    return Power(name, name, parent=parent, source=MADE_UP, confidence="unsure", complete_from=date(2010, 1, 1))


def _holding(power: str, holder: str) -> Holding:
    area = "" if holder.startswith("every:") else "E92000001"
    return Holding(f"{power}/law", power, holder, area, source=MADE_UP, confidence="unsure")


def _provision(name: str, verb: str, terms: dict[str, str], on: date) -> Provision:
    return Provision(
        name, verb, terms, on, ORDER, made=ORDER.made, deal=name.partition("/")[0], source=MADE_UP
    )
