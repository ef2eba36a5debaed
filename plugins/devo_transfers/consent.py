"""Whose agreement the use of a power needs: the smallest sets of bodies that are enough, and that can block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from devo import (
    AreaCode,
    BodyId,
    Condition,
    DecisionRule,
    Membership,
    Pieces,
    PowerId,
    World,
    body_named,
    place,
    power_named,
    question,
    runs,
)

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ALL = frozenset({"unanimous", "each", "all", ""})


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One condition on a power: who votes, how many are enough, and the smallest sets that agree and block.

    `agree` and `block` are one such set each; where others of the same size would do, `any_of` says
    from among how many. `to` says whether it stands before the power's use or before a transfer is made,
    and `met` that it was met by the day once and for all. A condition whose words name nobody that the tables
    know has no electorate.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    to: str
    kind: str
    by: str
    rule: str
    electorate: tuple[BodyId, ...]
    electorate_names: tuple[str, ...]
    any_of: int
    agree_size: int
    agree: tuple[BodyId, ...]
    agree_names: tuple[str, ...]
    block_size: int
    block: tuple[BodyId, ...]
    block_names: tuple[str, ...]
    met: bool
    text: str
    source: str
    confidence: str


@question(draw="table")
def consents(world: World, power: PowerId, body: BodyId, place: AreaCode = "") -> Iterator[ConsentRow]:
    """Whose agreement a body's use of a power needs over a place: who must agree, and who can block.

    Without a place, members "whose area contains the site" are all the members there are.
    """
    holder, asked = body_named(world, body), power_named(world, power)
    site = _site(world, place)
    rules = {rule.id: rule for rule in world.of(DecisionRule)}
    for item in _conditions(world, asked.id):
        if not concerns(world, item.holder, holder.id) or not runs(item, world.today):
            continue
        if site is not None and item.area and not world.mosaic.territory(item.area) & site:
            continue
        rule = rules.get(item.rule)
        # Members that a condition on a class speaks of are those of the body that is asked about.
        voters = electorate(world, replace(item, holder=holder.id), site)
        enough = votes_needed(rule, len(voters))
        must = tuple(voter for voter in (rule.must_include if rule else ()) if voter in voters)
        agree = _smallest(voters, must, enough)
        # Those who must be among them can block alone; otherwise all but too few for the threshold.
        blocking = 1 if must else max(len(voters) - enough + 1, 0)
        block = must[:1] or voters[:blocking]
        yield ConsentRow(
            holder.id,
            holder.name,
            item.power,
            world.power_name(item.power),
            item.to,
            item.kind,
            world.body_name(item.by),
            rule.text if rule else "",
            voters,
            _names(world, voters),
            len(voters),
            len(agree),
            agree,
            _names(world, agree),
            blocking if voters else 0,
            block,
            _names(world, block),
            item.met is not None and item.met <= world.today,
            item.text,
            item.source,
            item.confidence,
        )


def _conditions(world: World, power: str) -> Iterator[Condition]:
    """The conditions on a power, and on what it is a part of."""
    while power:
        yield from world.ledger(power).conditions
        record = world.powers.get(power)
        power = record.parent if record else ""


def concerns(world: World, holder: str, body: str) -> bool:
    """Whether what is said of a holder is said of a body: it is that body, or one of that class on the day."""
    if not holder.startswith("every:"):
        return holder == body
    tenures = world.roster.tenures(holder.removeprefix("every:"))
    return any(item.body == body and item.on(world.today, world.as_known) for item in tenures)


def electorate(world: World, condition: Condition, site: Pieces | None) -> tuple[str, ...]:
    """The bodies that a condition's words mean on the day: a body, each member, those of the site."""
    said = condition.by
    if said in world.roster.bodies:
        return (said,)
    named = tuple(b.id for b in world.roster.bodies.values() if b.name and b.name in said and len(b.name) > 8)
    if named and "member" not in said:
        return tuple(sorted(named))
    if not re.search(r"\b(member|members|constituent)\b", said):
        return ()
    day = world.today
    seats = sorted(
        seat.member
        for seat in world.of(Membership)
        if seat.body == condition.holder and seat.role == "constituent" and runs(seat, day)
    )
    if site is not None and "whose area" in said:
        seats = [member for member in seats if world.roster.served(member, day) & site]
    return tuple(seats)


def votes_needed(rule: DecisionRule | None, voters: int) -> int:
    """How many of so many voters are enough, by a rule's threshold; all of them where nothing is said."""
    said = rule.threshold.strip().casefold() if rule else ""
    if said in _ALL:
        return voters
    if said in ("two-thirds", "two thirds"):
        return ceil(voters * 2 / 3)
    if said in ("majority", "simple majority", "vote"):
        return voters // 2 + 1
    return min(votes_said(rule) or voters, voters)


def votes_said(rule: DecisionRule | None) -> int:
    """The number of votes that a rule's threshold names (`three`, `3`); 0 where it names none."""
    said = rule.threshold.strip().casefold() if rule else ""
    return _NUMBERS.get(said) or (int(said) if said.isdecimal() else 0)


def _smallest(voters: tuple[str, ...], must: tuple[str, ...], enough: int) -> tuple[str, ...]:
    rest = [voter for voter in voters if voter not in must]
    return tuple(sorted((*must, *rest[: max(enough - len(must), 0)])))


def _site(world: World, text: str) -> Pieces | None:
    return place(world, text).pieces if text else None


def _names(world: World, bodies: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(world.body_name(body) for body in bodies)
