"""Who watches whom and who helps: oversight links, whose role is assurance, support, both, or undisclosed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from devo import BodyId, Finding, PowerId, World, question, runs, signed_terms
from devo_learning.values import Oversight

UNDISCLOSED: Literal["undisclosed"] = "undisclosed"


@dataclass(frozen=True, slots=True)
class OversightRow:
    """A link by which one body looks over others, and in which role.

    `overseen` is the class as the tables have it, and `bodies` those that are of it on the day. No `powers` means
    all that they hold. `role` is *assurance*, *support*, *both* or *undisclosed*.
    """

    link: str
    overseer: BodyId
    overseer_name: str
    overseen: str
    bodies: tuple[BodyId, ...]
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    role: str
    what: str
    start: date | None
    end: date | None
    source: str
    confidence: str


@question(draw="groups:role,overseer_name,what,overseen")
def oversight(
    world: World,
    body: BodyId = "",
    power: PowerId = "",
    role: Literal["", "assurance", "support", "both", "undisclosed"] = "",
) -> Iterator[OversightRow]:
    """Who looks over a body for a power, and as what: assurance, support, both, or `undisclosed`.

    With a `role`, one of those words, only the links of that role.
    """
    day = world.today
    for item in sorted(world.of(Oversight), key=lambda link: link.id):
        if not runs(item, day):
            continue
        bodies = overseen(world, item)
        said = item.role or UNDISCLOSED
        if (body and body not in bodies) or (power and item.powers and power not in item.powers):
            continue
        if role and role != said:
            continue
        yield OversightRow(
            item.id,
            item.overseer,
            world.body_name(item.overseer),
            item.overseen,
            bodies,
            item.powers,
            tuple(world.power_name(name) for name in item.powers),
            said,
            item.what,
            item.start,
            item.end,
            item.source,
            item.confidence,
        )


def overseen(world: World, item: Oversight) -> tuple[str, ...]:
    """The bodies of a link's class on the day, those that serve no area too."""
    day, known, roster = world.today, world.as_known, world.roster
    found = {t.body for t in roster.tenures(item.overseen) if t.on(day, known)}
    for added, term in signed_terms(item.overseen):
        named = {term} if term in roster.bodies else {b.id for b in roster.kinds.get(term, ())}
        named = {name for name in named if roster.alive(name, day, known)}
        found = found | named if added else found - named
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class DualRow:
    """A central body and what it is to those it looks over: judge, friend, both at once, or nobody says.

    `assures`, `supports` and `undisclosed` count its links of each role, one of both roles under either; `both_to` are
    the bodies that it judges and helps. Worked out from the rows of `oversight`, each with its source.
    """

    overseer: BodyId
    overseer_name: str
    assures: int
    supports: int
    undisclosed: int
    both_to: tuple[BodyId, ...]
    both_to_names: tuple[str, ...]
    says: str


def assurance_and_support(world: World) -> Iterator[DualRow]:
    """Central bodies that judge and help the same body: where areas may not dare to admit what failed.

    No support at all, and full assurance, are said too. Links that do not say their role count as neither.
    """
    by_overseer: dict[str, list[OversightRow]] = {}
    for row in oversight(world):
        by_overseer.setdefault(row.overseer, []).append(row)
    for overseer, rows in sorted(by_overseer.items()):
        assured = {body for r in rows if r.role in ("assurance", "both") for body in r.bodies}
        helped = {body for r in rows if r.role in ("support", "both") for body in r.bodies}
        both = tuple(sorted(assured & helped))
        silent = sum(r.role == UNDISCLOSED for r in rows)
        if both:
            says = "judges and helps the same bodies"
        elif assured and not helped:
            says = "assurance alone"
        elif helped and not assured:
            says = "support alone"
        else:
            says = "its role is undisclosed" if silent else "judges some and helps others"
        yield DualRow(
            overseer,
            world.body_name(overseer),
            sum(r.role in ("assurance", "both") for r in rows),
            sum(r.role in ("support", "both") for r in rows),
            silent,
            both,
            tuple(world.body_name(body) for body in both),
            says,
        )


def undisclosed_oversight(world: World) -> Iterator[Finding]:
    """A central body looks over others and nobody has said whether to judge or to help."""
    for row in oversight(world, role=UNDISCLOSED):
        yield Finding(
            "undisclosed-oversight",
            f"Whether {row.overseer_name} assures or supports {row.overseen} ({row.what or row.link}) is undisclosed.",
            "note",
            (row.link, row.overseer),
            suggestion="ask it, and put `assurance`, `support` or `both` in `role`",
        )


QUESTIONS = (oversight, assurance_and_support)
CHECKS = (undisclosed_oversight,)
