"""The whole person: every body that somebody with several needs meets at a place, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from devo import (
    AreaCode,
    BodyId,
    Confidence,
    Place,
    PowerId,
    Residents,
    Share,
    World,
    question,
)
from devo import place as place_named
from devo_joinup.bodies import UNMODELLED
from devo_joinup.figures import Figures
from devo_joinup.headlines import outside
from devo_joinup.meetings import Door
from devo_joinup.shipped import needs_of, persona_named
from devo_joinup.values import Persona, PersonaId

Role = Literal["acts", "commissions", "pays", "exercises", "must agree", "funds", "regulates"]


@dataclass(frozen=True, slots=True)
class WholePersonRow:
    """One body that a person meets for a need, and as what.

    `role` is acts, commissions, pays (whoever holds the power), exercises (another who uses it for the
    holder), must agree (a condition on its use), funds (a pot and its payer), regulates (an
    inspectorate). A row without a body is one that the tables do not know: its status says so.
    """

    persona: PersonaId
    persona_name: str
    place: AreaCode
    place_name: str
    need: str
    power: PowerId
    power_name: str
    role: Role
    body: BodyId
    body_name: str
    organisation: BodyId
    organisation_name: str
    tier: str
    sector: str
    profession: str
    mode: str
    status: str
    answers_for: Residents | None
    pot: str
    pot_name: str
    years_certain: int | None
    year_ends: tuple[str, ...]
    condition: str
    service: str
    share: Share
    source: str
    confidence: Confidence


@question(
    draw="groups:role,organisation_name,need,profession,pot_name,condition",
    beside=("whole-person-figures", "whole-person-paragraph"),
)
def whole_person(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[WholePersonRow]:
    """Every body, tier, boundary, pot and condition that a person with several needs meets at a place.

    `leave_out` lists powers, bodies or kinds of bodies (`;` between) that are outside the system looked at.
    """
    person, where = persona_named(world, persona), place_named(world, place)
    figures = Figures(world, outside(leave_out))
    needs = needs_of(world, person.id)
    for group, doors in figures.meetings.groups(needs, where.pieces):
        share = world.mosaic.share(group, where.pieces)
        for door in doors:
            yield from _Behind(figures, person, where, door, share).rows()


@dataclass(frozen=True, slots=True)
class _Behind:
    """Everybody behind one door: whoever holds the power, and those who use, bind, pay for and watch it."""

    figures: Figures
    person: Persona
    where: Place
    door: Door
    share: float

    def rows(self) -> Iterator[WholePersonRow]:
        """A row a body and role."""
        yield self._holder()
        if self.door.body:
            yield from self._provider()
            yield from self._exerciser()
            yield from self._agreeing()
            yield from self._funding()
            yield from self._regulating()

    def _holder(self) -> WholePersonRow:
        need, hold = self.door.need, self.door.hold
        cycle = self.figures.money.cycle(need.power, hold.body) if hold.body else None
        return self._row(
            need.part,
            hold.body,
            profession=need.profession,
            mode=hold.mode,
            years_certain=cycle.shortest if cycle else None,
            year_ends=cycle.year_ends if cycle else (),
            source=hold.effect.source if hold.effect else need.source,
        )

    def _provider(self) -> Iterator[WholePersonRow]:
        need = self.door.need
        if need.part == "commissions":
            said = "who provides it is not in the tables"
            yield self._row("acts", "", status=UNMODELLED, profession=need.profession, condition=said)

    def _exerciser(self) -> Iterator[WholePersonRow]:
        by = self.door.hold.exerciser
        if by:
            body = by if by in self.figures.world.roster.bodies else self.door.body
            yield self._row("exercises", body, mode=by)

    def _agreeing(self) -> Iterator[WholePersonRow]:
        for item in self.door.hold.conditions:
            by = item.by if item.by in self.figures.world.roster.bodies else ""
            said = f"{item.kind}: {item.text or item.by}"
            yield self._row("must agree", by, condition=said, source=item.source, confidence=item.confidence)

    def _funding(self) -> Iterator[WholePersonRow]:
        pots = self.figures.money.pots(self.door.need.power, self.door.body)
        for pot in sorted({pot.pot: pot for pot in pots}.values(), key=lambda pot: pot.pot):
            payer = pot.payer if pot.payer in self.figures.world.roster.bodies else ""
            yield self._row("funds", payer, pot=pot.pot, pot_name=pot.pot_name)
        if not pots:
            said = "no pot for this power and body is in the tables this year"
            yield self._row("funds", "", status=UNMODELLED, condition=said)

    def _regulating(self) -> Iterator[WholePersonRow]:
        for watcher in sorted(self.figures.ties.regulators([self.door]) or {}):
            yield self._row("regulates", watcher, status="held")

    def _row(self, role: Role, body: str, **said: Any) -> WholePersonRow:
        world, bodies = self.figures.world, self.figures.meetings.bodies
        need, hold = self.door.need, self.door.hold
        organisation = bodies.organisation(body)
        blank: dict[str, Any] = {
            "profession": "",
            "mode": "",
            "status": hold.status,
            "pot": "",
            "pot_name": "",
            "years_certain": None,
            "year_ends": (),
            "condition": "",
            "source": need.source,
            "confidence": hold.confidence,
        }
        return WholePersonRow(
            persona=self.person.id,
            persona_name=self.person.name,
            place=self.where.id,
            place_name=self.where.name,
            need=need.need,
            power=need.power,
            power_name=world.power_name(need.power) if need.power else need.note,
            role=role,
            body=body,
            body_name=world.body_name(body) if body else "",
            organisation=organisation,
            organisation_name=world.body_name(organisation) if organisation else "",
            tier=bodies.tier(body) if body else "",
            sector=bodies.sector(body) if body else "",
            answers_for=bodies.answers_for(body) if body in world.roster.bodies else None,
            service="complex" if self.door.complex else "transactional",
            share=self.share,
            **blank | said,
        )


QUESTIONS = (whole_person,)
