"""Whose agreement the use of a power needs: the smallest sets of bodies that are enough, and that can block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
)

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ALL = frozenset({"unanimous", "each", "all", ""})


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One condition on a power: who votes, how many are enough, and the smallest sets that agree and block.

    `agree` and `block` are one such set each; where others of the same size would do, `any_of` says
    from among how many. A condition whose words name nobody that the tables know has no electorate.
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
    for item in world.ledger(asked.id).conditions:
        if item.holder != holder.id or not _runs(item, world.today):
            continue
        rule = rules.get(item.rule)
        voters = electorate(world, item, site)
        enough = votes_needed(rule, len(voters))
        must = tuple(voter for voter in (rule.must_include if rule else ()) if voter in voters)
        agree = _smallest(voters, must, enough)
        # Those who must be among them can block alone; otherwise all but too few for the threshold.
        blocking = 1 if must else max(len(voters) - enough + 1, 0)
        block = must[:1] or voters[:blocking]
        yield ConsentRow(
            holder.id,
            holder.name,
            asked.id,
            asked.name,
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
        if seat.body == condition.holder
        and seat.role == "constituent"
        and (seat.start or date.min) <= day < (seat.end or date.max)
    )
    if site is not None and re.search(r"whose area|in whose area", said):
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
    number = NUMBERS.get(said) or (int(said) if said.isdigit() else voters)
    return min(number, voters)


def _smallest(voters: tuple[str, ...], must: tuple[str, ...], enough: int) -> tuple[str, ...]:
    rest = [voter for voter in voters if voter not in must]
    return tuple(sorted((*must, *rest[: max(enough - len(must), 0)])))


def _site(world: World, text: str) -> Pieces | None:
    return place(world, text).pieces if text else None


def _runs(item: Condition, day: date) -> bool:
    return (item.start or date.min) <= day < (item.end or date.max)


def _names(world: World, bodies: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(world.body_name(body) for body in bodies)
