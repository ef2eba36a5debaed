"""The front line: fewest workers, terms of office against terms of money, strings, and what routine work could free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from devo import AreaCode, BodyId, Finding, PowerId, Share, World, question
from devo import place as place_named
from devo_joinup.bodies import UNMODELLED, members
from devo_joinup.figures import Figures
from devo_joinup.meetings import Meetings
from devo_joinup.money import Money
from devo_joinup.shipped import chosen, needs_of, persona_named
from devo_joinup.values import PersonaId, TermOfOffice
from devo_joinup.words import kind_in_words


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One of the fewest workers that cover a persona's complex needs, and how long their money is certain.

    `employer` is who leads the arrangement that the worker is `under`, or else the first by id of those it
    binds. `years_certain` is that of the least certain money, this year counted, `share` that of the residents
    who would meet these workers. Worked out from the holdings behind the persona's needs, the arrangements, and
    the pots that pay for them.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    worker: int
    profession: str
    employer: BodyId
    employer_name: str
    under: str
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    years_certain: int | None
    share: Share


@question(draw="table")
def fewest_workers(world: World, persona: PersonaId, place: AreaCode) -> Iterator[WorkerRow]:
    """The fewest workers, by employer and profession, that cover a person's complex needs at a place.

    The profession of each need is an assumption of the persona's table. A key worker or a
    multi-disciplinary team (`arrange`) counts as one worker for all it binds. Blank years: not known.
    """
    person, where = persona_named(world, persona), place_named(world, place)
    figures = Figures(world)
    arranged = {item.id: item for item in figures.ties.arrangements}
    for group, doors in figures.meetings.groups(needs_of(world, person.id), where.pieces):
        acting = [d for d in doors if d.acts]
        tokens = figures.workers(acting, min(group))
        for number, token in enumerate(sorted(tokens), 1):
            head, _, profession = token.rpartition("/")
            mine = [d for d in acting if token in figures.tokens(d, acting, min(group))]
            certain = [
                c.shortest for d in mine if (c := figures.money.cycle(d.need.power, d.body)) and c.shortest
            ]
            powers = tuple(sorted({d.need.power for d in mine}))
            arrangement = arranged.get(head)
            bound = sorted(figures.ties.bound(arrangement, acting)) if arrangement else [head]
            employer = (arrangement.lead if arrangement else "") or bound[0]
            yield WorkerRow(
                person.id,
                where.id,
                where.name,
                number,
                kind_in_words(profession) if arrangement else profession,
                employer,
                world.body_name(employer),
                (arrangement.name or arrangement.id) if arrangement else "",
                powers,
                tuple(world.power_name(power) for power in powers),
                min(certain, default=None),
                world.mosaic.share(group, where.pieces),
            )


@dataclass(frozen=True, slots=True)
class TermsRow:
    """How long those who decide in a body are there for, against how long its money is certain."""

    place: AreaCode
    body: BodyId
    body_name: str
    term_years: int | None
    how: str
    years_certain: int | None
    gap_years: int | None
    status: str
    source: str


def terms_and_money(world: World, place: AreaCode, persona: PersonaId = "") -> Iterator[TermsRow]:
    """Terms of office against terms of money, for each body that a persona (or any) meets at a place.

    `gap_years` is the term less the years of the least certain money: what a mandate outlives.
    """
    where = place_named(world, place)
    meetings, money = Meetings(world), Money(world)
    met: dict[str, set[str]] = {}
    for person in chosen(world, persona):
        for _, doors in meetings.groups(needs_of(world, person.id), where.pieces):
            for door in doors:
                if door.body:
                    met.setdefault(door.body, set()).add(door.need.power)
    for body, powers in sorted(met.items()):
        term = _term(world, body)
        certain = [c.shortest for p in powers if (c := money.cycle(p, body)) and c.shortest is not None]
        least = min(certain, default=None)
        gap = term.years - least if term is not None and least is not None else None
        yield TermsRow(
            where.id,
            body,
            world.body_name(body),
            term.years if term else None,
            term.how if term else "",
            least,
            gap,
            "held" if gap is not None else UNMODELLED,
            term.source if term else "",
        )


def _term(world: World, body: str) -> TermOfOffice | None:
    return next((item for item in world.of(TermOfOffice) if body in members(world, item.bodies)), None)


@dataclass(frozen=True, slots=True)
class StringRow:
    """The conditions, ring-fences and accounts due that reach a service at a place, whoever set them.

    `strings` is conditions, ring-fenced pots, reports and inspectorates together, those that are known. Worked
    out from the conditions of the holdings and the strings of the pots; `blocking-rules` gives their sources.
    """

    place: AreaCode
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    conditions: int
    ringfenced_pots: int
    pots: int
    reports: int
    inspectorates: int | None
    strings: int
    says: str


@question(draw="table")
def front_line_strings(world: World, place: AreaCode, persona: PersonaId = "") -> Iterator[StringRow]:
    """Targets, conditions and reporting duties that reach each service at a place; compare two worlds to see a deal.

    Who set them does not matter to the count: the same strings from a nearer master are as many.
    Targets that stand in no instrument of the tables are not known. Without a `persona`, the services that
    any of them meets.
    """
    where = place_named(world, place)
    figures = Figures(world)
    reports: dict[str, set[str]] = {}
    seen: dict[tuple[str, str], Any] = {}
    for person in chosen(world, persona):
        for _, doors in figures.meetings.groups(needs_of(world, person.id), where.pieces):
            for door in doors:
                if door.body:
                    seen.setdefault((door.need.power, door.body), door)
    for body in sorted({body for _, body in seen}):
        for row in figures.money.rows("pots", body=body):
            if row.payee == body and row.reporting:
                for power in row.power.split(";"):
                    reports.setdefault(f"{power}/{body}", set()).add(row.reporting)
    for (power, body), door in sorted(seen.items()):
        pots = {pot.pot: pot for pot in figures.money.pots(power, body)}
        fenced = sum(pot.ringfenced for pot in pots.values())
        due = len(reports.get(f"{power}/{body}", ()))
        watchers = figures.ties.regulators([door])
        conditions = len(door.hold.conditions)
        yield StringRow(
            where.id,
            power,
            world.power_name(power),
            body,
            world.body_name(body),
            conditions,
            fenced,
            len(pots),
            due,
            None if watchers is None else len(watchers),
            conditions + fenced + due + len(watchers or ()),
            "; ".join(f"{item.kind}: {item.text or item.by}" for item in door.hold.conditions),
        )


def results_for_complex_needs(world: World) -> Iterator[Finding]:
    """Payment by results for powers about complex needs: simple contracts failed there before."""
    found: dict[str, set[str]] = {}
    for kind, records in world.records.items():
        if kind.__name__ != "Pot":
            continue
        for pot in records:
            if pot.kind == "pay-by-results":
                known = (world.powers[power] for power in pot.powers if power in world.powers)
                about = {power.id for power in known if power.service == "complex"}
                if about:
                    found.setdefault(pot.id, set()).update(about)
    for pot, powers in sorted(found.items()):
        names = ", ".join(world.power_name(power) for power in sorted(powers))
        yield Finding(
            "results-for-complex-needs",
            f"Pot {pot} pays by results for {names}, which is about complex needs.",
            "note",
            (pot, *sorted(powers)),
            suggestion="look who would be creamed off and who parked: ask `money-uncertain` with a spread",
        )


QUESTIONS = (fewest_workers, terms_and_money, front_line_strings)
CHECKS = (results_for_complex_needs,)
