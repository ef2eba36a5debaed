"""The index and its dimensions, what was judged beside what the tables say, and what the tables alone say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from devo import BodyId, ClassTerms, Confidence, Unit, World, body_named, question
from devo_local_autonomy import formula
from devo_local_autonomy.judging import codings
from devo_local_autonomy.reading import Reading, read
from devo_local_autonomy.shipped import items

Score = Annotated[float | None, Unit("index points, 0 to 100")]
Points = Annotated[float | None, Unit("points of the codebook")]

INDEX = "local-autonomy-index"


@dataclass(frozen=True, slots=True)
class AutonomyRow:
    """A dimension of the index, or the index itself, by one coder's judgements.

    `score` is rounded for reading, `exact` is not. Where a variable is not judged there is no score, and
    `missing` says which items want a judgement.
    """

    body: BodyId
    body_name: str
    coder: str
    dimension: str
    weight: int
    score: Score
    exact: str
    missing: tuple[str, ...]
    source: str
    confidence: Confidence


@question(draw="table")
def local_autonomy(world: World, body: BodyId, coder: str = "") -> Iterator[AutonomyRow]:
    """The Local Autonomy Index of a local authority and its seven dimensions, by what a coder judged."""
    who = body_named(world, body)
    for coding in codings(world, who.id, coder):
        values = coding.values
        for name in (*formula.WEIGHTS, INDEX):
            whole = name == INDEX
            parts = list(formula.HIGHEST) if whole else list(formula.MULTIPLES[name])
            score = formula.index(values) if whole else formula.dimension(name, values)
            weight = sum(formula.WEIGHTS.values()) if whole else formula.WEIGHTS[name]
            yield AutonomyRow(
                who.id,
                who.name,
                coding.coder,
                name,
                weight,
                None if score is None else round(float(score), 2),
                "" if score is None else str(score),
                coding.missing(parts),
                f"{formula.SOURCE}; judgements of {coding.coder}",
                coding.confidence(parts),
            )


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One item of the codebook: the points a coder gave it, and what devo reads in the tables beside it.

    `by_law` is read from who holds the item's powers, and is never put into the index. `agrees` is *yes*, *no*,
    *not known* (the tables do not know) or *coder only* (no power answers to it).
    """

    body: BodyId
    coder: str
    variable: str
    item: str
    item_name: str
    most: int
    judged: Points
    exact: str
    by_law: Points
    agrees: str
    held: tuple[str, ...]
    reason: str
    source: str
    confidence: Confidence


@question(draw="table")
def autonomy_judgements(world: World, body: BodyId, coder: str = "") -> Iterator[JudgementRow]:
    """What a coder judged of a local authority, item by item with the reason, beside what the tables say."""
    who = body_named(world, body)
    for coding in codings(world, who.id, coder):
        for item in items(world).values():
            judgement = coding.judged.get(item.id)
            points = judgement.points if judgement else None
            reading = read(world, who.id, item)
            yield JudgementRow(
                who.id,
                coding.coder,
                item.variable,
                item.id,
                item.name,
                item.points,
                None if points is None else float(points),
                "" if points is None else str(points),
                None if reading is None or reading.share is None else float(reading.share * item.points),
                agreement(points, item.points, reading),
                reading.held if reading else (),
                judgement.reason if judgement else "",
                judgement.source if judgement else item.source,
                judgement.confidence if judgement else "unsure",
            )


def agreement(points: Fraction | None, most: int, reading: Reading | None) -> str:
    """How a judgement stands to what the tables say."""
    if reading is None:
        return "coder only"
    if points is None or reading.share is None:
        return "not known"
    return "yes" if points == reading.share * most else "no"


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """The policy scope of one local authority as the tables alone have it, of 0 to 4.

    `at_least` counts what is known; `at_most` counts every item not known as fully its own. They are the same
    where all is known. No coder has a part in either.
    """

    body: BodyId
    body_name: str
    at_least: Points
    at_most: Points
    exact: str
    fully: tuple[str, ...]
    partly: tuple[str, ...]
    not_known: tuple[str, ...]
    source: str


@question(draw="table", in_plan=True)
def policy_scope_by_law(
    world: World, bodies: ClassTerms = "metropolitan-district + london-borough + unitary"
) -> Iterator[ScopeRow]:
    """The policy scope of local authorities, from who holds what by law on the day and no coder's judgement.

    `bodies` are classes of bodies, joined by ` + `. Items that no power answers to are not known.
    """
    asked = [item for item in items(world).values() if item.variable == "policy-scope"]
    most = sum(item.points for item in asked)
    terms = " + ".join(term for term in bodies.split(" + ") if world.roster.knows_class(term.strip()))
    if not terms or not most:
        return
    members = {t.body for t in world.roster.tenures(terms) if t.on(world.today, world.as_known)}
    for body in sorted(members):
        shares = {item.id: _share(read(world, body, item)) for item in asked}
        low = sum((item.points * (shares[item.id] or 0) for item in asked), Fraction(0))
        open_ = sum(item.points for item in asked if shares[item.id] is None)
        least = formula.variable("policy-scope", Fraction(low), most)
        upper = formula.variable("policy-scope", Fraction(low + open_), most)
        yield ScopeRow(
            body,
            world.body_name(body),
            float(least),
            float(upper),
            str(least) if least == upper else f"{least} to {upper}",
            tuple(name for name, share in shares.items() if share == 1),
            tuple(name for name, share in shares.items() if share == Fraction(1, 2)),
            tuple(name for name, share in shares.items() if share is None),
            f"who holds the items' powers on {world.today}; {formula.SOURCE}",
        )


def _share(reading: Reading | None) -> Fraction | None:
    return reading.share if reading else None
