"""How authorities decide: the rules of their constitutions and voting articles, with who votes today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from devo import (
    BodyId,
    Condition,
    Confidence,
    DecisionRule,
    PowerId,
    World,
    body_named,
    power_named,
    question,
    runs,
)
from devo_transfers.consent import concerns, electorate, votes_needed, votes_said


@dataclass(frozen=True, slots=True)
class DecisionRuleRow:
    """One decision rule with a power that it governs: who votes, how many must agree, who must be among them.

    `votes` is how many votes there are, one for each constituent council, and 0 where the tables do not know
    (a council may appoint more members than one); `needed` is how many are enough. A rule that governs no
    power on the day has neither.
    """

    rule: str
    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    kind: str
    electorate: str
    threshold: str
    votes: int
    needed: int
    must_include: tuple[BodyId, ...]
    must_include_names: tuple[str, ...]
    text: str
    source: str
    confidence: Confidence


@question(draw="table")
def decision_rules(world: World, body: BodyId = "", power: PowerId = "") -> Iterator[DecisionRuleRow]:
    """How bodies decide: each decision rule with the powers it governs, who votes, and how many are enough."""
    who = body_named(world, body).id if body else ""
    what = power_named(world, power).id if power else ""
    for rule in world.of(DecisionRule):
        governed = [
            (name, item)
            for name in sorted(world.ledgers)
            for item in world.ledger(name).conditions
            if item.rule == rule.id and _stands(world, item)
        ]
        for name, item in governed:
            if (not who or concerns(world, item.holder, who)) and what in ("", name):
                yield _row(world, rule, name, item)
        if not governed and not who and not what:
            yield _row(world, rule, "", None)


def _row(world: World, rule: DecisionRule, power: str, item: Condition | None) -> DecisionRuleRow:
    # A condition may name those who can stop a decision; the rule says who takes part in it.
    voters = electorate(world, replace(item, by=rule.electorate), None) if item else ()
    asked = votes_said(rule)
    votes = len(voters) if asked <= len(voters) else 0
    return DecisionRuleRow(
        rule.id,
        item.holder if item else "",
        world.body_name(item.holder) if item else "",
        power,
        world.power_name(power) if power else "",
        item.kind if item else "",
        rule.electorate,
        rule.threshold,
        votes,
        votes_needed(rule, votes) if votes else asked,
        rule.must_include,
        tuple(world.body_name(member) for member in rule.must_include),
        rule.text,
        rule.source,
        rule.confidence,
    )


def _stands(world: World, item: Condition) -> bool:
    """Whether a condition is in force on the day and its holder still exists."""
    day = world.today
    gone = item.holder in world.roster.bodies and not world.roster.alive(item.holder, day, world.as_known)
    return not gone and runs(item, day)
