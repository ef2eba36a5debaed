"""What the England baseline says of each published figure, table and rule of `validation-targets.csv`.

Each function of MEASURES asks one thing; a row of the table names it in `asked`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import devo
from devo import Condition, DecisionRule, World

GREATER_MANCHESTER = "E47000001"


class Said(NamedTuple):
    """What the model says of a target: a figure or words to compare, and how it is written on the page."""

    value: float | str
    text: str


def residents(world: World) -> Said:
    """Everybody in the pieces."""
    return _count(world.mosaic.residents(world.mosaic.everywhere), "residents of all pieces")


def council_tax(world: World) -> Said:
    """All council tax and precepts that flow in a year."""
    raised = sum(
        row.amount_pence
        for row in devo.ask(world.on("2024-06-01"), "flows", year="2024-25").rows
        if row.kind in ("council-tax", "precept", "parish-precept")
    )
    return Said(raised / 1e11, f"£{raised / 100:,.2f}")


def core_allocations(world: World) -> Said:
    """One pot, over all boards."""
    paid = _paid(world, "2025-26", "icb-core-recurrent-allocation")
    return Said(sum(paid.values()) / 1e11, f"£{sum(paid.values()) / 1e11:,.3f} billion to {len(paid)} boards")


def fall_of_grant(world: World) -> Said:
    """The context totals of the report, as the tables have them."""
    first, last = (_amounts(world, "lga-grants", year) for year in ("2015-16", "2018-19"))
    return Said(1 - last / first, f"{1 - last / first:.1%} (£{first / 1e11:.1f}bn to £{last / 1e11:.1f}bn)")


def settlement_lines(world: World) -> Said:
    """Pots of the Greater Manchester settlement other than its headline."""
    lines = [pot.id for pot in world.of(_pot(world)) if pot.id.startswith("is-gm-") and pot.id != "is-gm-tot"]
    return _count(len(lines), "lines with an amount")


def care_boards(world: World) -> Said:
    """Boards that exist in June 2025."""
    return _count(len(_alive(world, "icb", date(2025, 6, 1))), "boards on 1 June 2025")


def family_needs(world: World) -> Said:
    """Needs of the persona of a family with many problems."""
    return _count(len({row.need for row in _family(world)}), "needs of the persona `family-many-problems`")


def family_bodies_in_swindon(world: World) -> Said:
    """Bodies that the persona meets there in 2012."""
    bodies = {row.body for row in _family(world) if row.body}
    return _count(
        len(bodies), "bodies that the persona `family-many-problems` meets in Swindon on 1 June 2012"
    )


def upper_tier_2012(world: World) -> Said:
    """Councils of the upper or only tier that exist in the tables that day."""
    return _count(len(_members(world, "upper-tier-council", date(2012, 6, 1))), "councils on 1 June 2012")


def adult_skills_share(world: World) -> Said:
    """What is devolved in the year, of the national fund of the next."""
    devolved, national = _amounts(world, "asf-dev24"), _amounts(world, "asf-nat")
    text = f"{devolved / national:.1%} (£{devolved / 1e8:,.0f}m of £{national / 1e8:,.0f}m)"
    return Said(devolved / national, text)


# The areas of the priority programme that have no authority yet, by their upper-tier councils' areas.
_STILL_TO_COME = {
    "Greater Essex": "E10000012 + E06000033 + E06000034",
    "Hampshire and the Solent": "E10000014 + E06000044 + E06000045 + E06000046",
    "Norfolk and Suffolk": "E10000020 + E10000029",
    "Sussex and Brighton": "E10000011 + E10000032 + E06000043",
}
_COUNCIL_DEALS = ("BU-2024", "CW-2023-11", "SU-2024", "WA-2024")


def covered_after_priority_programme(world: World) -> Said:
    """Residents of authorities, of councils with a deal of their own, and of the areas still to come."""
    day, mosaic = date(2026, 6, 1), world.mosaic
    authorities = _members(world, "combined-authority + combined-county-authority + gla", day)
    signed = {body for deal in world.deals if deal.code in _COUNCIL_DEALS for body in deal.parties}
    councils = {body for body in signed if world.roster.bodies[body].kind in ("county", "unitary")}
    now = frozenset().union(*(world.roster.served(body, day) for body in authorities | councils))
    later = frozenset().union(*(mosaic.territory(area) for area in _STILL_TO_COME.values()))
    today, then = (mosaic.share(pieces, mosaic.everywhere) for pieces in (now, now | later))
    return Said(then, f"{then:.1%} ({today:.1%} in June 2026)")


def city_region_transport(world: World) -> Said:
    """The nine areas' pots, whatever years they cover."""
    pots = [pot.id for pot in world.of(_pot(world)) if pot.id.startswith("tcr-") and pot.id != "tcr-tot"]
    total = sum(_amounts(world, pot) for pot in pots) / 1e8
    return Said(total, f"£{total:,.0f} million over {len(pots)} pots")


def first_combined_authority(world: World) -> Said:
    """The year from which there is any."""
    kinds = ("combined-authority", "combined-county-authority")
    first = min(
        (b for b in world.roster.bodies.values() if b.kind in kinds and b.start),
        key=lambda b: b.start or date.max,
    )
    year = first.start.year if first.start else 0
    return Said(f"combined authorities a tier since {year}", f"the first is {first.name}, {first.start}")


def precepting_authorities(world: World) -> Said:
    """Authorities whose general precept is in the tables; West Yorkshire's is for the police alone."""
    paid = _paid(world, "2024-25", "authority-precept")
    police_only = {"wyca"}
    named = sorted(body.upper() for body in paid if body not in police_only)
    money = ", ".join(f"{body.upper()} £{pence / 1e8:,.1f}m" for body, pence in sorted(paid.items()))
    return Said(", ".join(named), money)


def gm_consents(world: World) -> Said:
    """The decision rules of two conditions on Greater Manchester's powers."""
    strategy = _rule(world, "gmca", "spatial-development-strategy")
    corporation = _rule(world, "gmca", "mayoral-development-corporations")
    affected = "each affected member" if corporation and "affected" in corporation.id else "nobody"
    text = (
        f"spatial strategy: {strategy.threshold if strategy else 'none'}; development corporation: {affected}"
    )
    return Said(text, text)


def east_midlands_transition(world: World) -> Said:
    """How the authority holds transport planning over Nottingham in June 2024 and in June 2026."""
    modes = []
    for day in ("2024-06-01", "2026-06-01"):
        rows = devo.ask(world.on(day), "who-holds", place="Nottingham", power="local-transport-planning").rows
        modes.append(next((row.mode for row in rows if row.body == "emcca"), "none"))
    text = ", then ".join(modes)
    return Said(text, f"{text} (transport planning over Nottingham, June 2024 and June 2026)")


def cpca_transport_plan(world: World) -> Said:
    """The decision rule on the plan."""
    rule = _rule(world, "cpca", "local-transport-planning")
    both = {"cambridgeshire-county-council", "peterborough-city-council"}
    among = "both transport councils" if rule and set(rule.must_include) == both else "nobody by name"
    text = f"{rule.threshold if rule else 'none'}, among them {among}"
    return Said(text, text)


def gm_money_counted(world: World) -> Said:
    """Money that the tables divide by place, of 2025-26, and who decides on it."""
    decided: Counter[str] = Counter()
    rows = devo.ask(world.on("2025-06-01"), "money-by-place", geography="cauth25", year="2025-26").rows
    for row in rows:
        if row.place == GREATER_MANCHESTER:
            decided[row.decided_by] += row.amount_pence
    total = sum(decided.values())
    share = decided["combined authority"] / total
    text = f"£{total / 1e8:,.0f} million of 2025-26 is counted; the authority decides {share:.1%} of it"
    return Said(total / 1e8, text)


def gm_commissioning_groups(world: World) -> Said:
    """Groups with most of their residents in Greater Manchester."""
    mosaic = world.mosaic
    inside = mosaic.pieces_of("cauth25", GREATER_MANCHESTER)
    groups = [
        pieces
        for pieces in mosaic.layers["ccg21"].values()
        if pieces and mosaic.share(pieces & inside, pieces) > 0.5
    ]
    return _count(len(groups), "groups in the layer `ccg21`")


MEASURES: dict[str, Callable[[World], Said]] = {
    function.__name__: function
    for function in (
        residents,
        council_tax,
        core_allocations,
        fall_of_grant,
        settlement_lines,
        care_boards,
        family_needs,
        family_bodies_in_swindon,
        upper_tier_2012,
        adult_skills_share,
        covered_after_priority_programme,
        city_region_transport,
        first_combined_authority,
        precepting_authorities,
        gm_consents,
        east_midlands_transition,
        cpca_transport_plan,
        gm_money_counted,
        gm_commissioning_groups,
    )
}


def _count(number: int, of: str) -> Said:
    return Said(number, f"{number:,} {of}")


def _alive(world: World, kind: str, day: date) -> list[str]:
    return [b.id for b in world.roster.bodies.values() if b.kind == kind and world.roster.alive(b.id, day)]


def _members(world: World, classes: str, day: date) -> set[str]:
    return {tenure.body for tenure in world.roster.tenures(classes) if tenure.on(day, None)}


def _family(world: World) -> tuple[object, ...]:
    seen = world.on("2012-06-01")
    return tuple(devo.ask(seen, "whole-person", persona="family-many-problems", place="Swindon").rows)


def _record(world: World, name: str) -> type:
    return next(kind for kind in world.records if kind.__name__ == name)


def _pot(world: World) -> type:
    return _record(world, "Pot")


def _amounts(world: World, pot: str, year: str = "") -> int:
    """The pence that the tables state for a pot, in a year or in all."""
    rows = world.of(_record(world, "Amount"))
    return sum(row.pence for row in rows if row.pot == pot and (not year or row.year == year))


def _paid(world: World, year: str, pot: str) -> Counter[str]:
    """What each payee gets of a pot in a year."""
    paid: Counter[str] = Counter()
    for row in devo.ask(world.on(f"{year[:4]}-06-01"), "flows", year=year).rows:
        if row.pot == pot:
            paid[row.payee] += row.amount_pence
    return paid


def _rule(world: World, holder: str, power: str) -> DecisionRule | None:
    """The decision rule of a condition on what a body holds, whatever deal made it."""
    rules = {rule.id: rule for rule in world.of(DecisionRule)}
    conditions: Iterable[Condition] = world.ledger(power).conditions
    return next((rules[c.rule] for c in conditions if c.holder == holder and c.rule in rules), None)
