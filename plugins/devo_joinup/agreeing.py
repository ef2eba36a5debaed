"""Whose agreement it takes to act for a person: the fewest that are enough, who can block, and what rule blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import AreaCode, BodyId, Confidence, PowerId, Share, World, question
from devo import place as place_named
from devo_joinup.figures import Figures
from devo_joinup.headlines import outside
from devo_joinup.meetings import Door, bodies_of
from devo_joinup.shipped import chosen, needs_of, persona_named
from devo_joinup.smallest import blockers, smallest
from devo_joinup.values import PersonaId


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A body whose agreement bears on acting for a person at a place.

    `needed` says that it is in the smallest set that is enough, of which there are `enough`; `can_block` that
    some power cannot be used without it, and `blocks` which; `instead` lists who could act in its place for the
    others; `share` is that of the residents for whom it is so. Worked out from the holdings and conditions
    behind the persona's needs; `whole-person` gives the source of each.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    body: BodyId
    body_name: str
    needed: bool
    can_block: bool
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    blocks: tuple[PowerId, ...]
    instead: tuple[BodyId, ...]
    instead_names: tuple[str, ...]
    enough: int
    share: Share


@question(draw="table")
def agreement(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[AgreementRow]:
    """The smallest set of bodies whose agreement is enough to act for a person at a place, and who can block.

    Joint holders must all agree; of others any one is enough, with those whose consent it still needs.
    Transactional services are left out: nobody has to agree to pay a benefit or collect a bin.
    `leave_out` lists powers, bodies or kinds of bodies (`;` between) that are outside the system looked at.
    """
    person, where = persona_named(world, persona), place_named(world, place)
    figures = Figures(world, outside(leave_out))
    organisation = figures.meetings.bodies.organisation
    for group, doors in figures.meetings.groups(needs_of(world, person.id), where.pieces):
        acting = [door for door in doors if door.acts]
        wants = figures.wants(acting, min(group))
        enough, blocking = smallest(wants.values()), blockers(wants.values())
        known = {organisation(body) for body in bodies_of(acting)} | enough | set(blocking)
        for body in sorted(known, key=lambda name: (name not in enough, name not in blocking, name)):
            powers = sorted(power for power, ways in wants.items() if any(body in way for way in ways))
            blocks = sorted(power for power in powers if all(body in way for way in wants[power]))
            instead = sorted({b for p in powers if p not in blocks for way in wants[p] for b in way} - {body})
            yield AgreementRow(
                person.id,
                where.id,
                where.name,
                body,
                world.body_name(body),
                body in enough,
                body in blocking,
                tuple(powers),
                tuple(world.power_name(power) for power in powers),
                tuple(blocks),
                tuple(instead),
                tuple(world.body_name(other) for other in instead),
                len(enough),
                world.mosaic.share(group, where.pieces),
            )


@dataclass(frozen=True, slots=True)
class BlockingRow:
    """A rule that stands in the way of joining up around a person, who can lift it (`lifted_by`), and how."""

    persona: PersonaId
    place: AreaCode
    rule: str
    text: str
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    lifted_by: str
    how: str
    source: str
    confidence: Confidence


_LIFTED = {
    "act": ("Parliament", "another Act"),
    "order": ("the Secretary of State, with Parliament", "an amending order"),
    "regulations": ("the Secretary of State, with Parliament", "amending regulations"),
    "direction": ("whoever gave the direction", "another direction"),
    "grant": ("whoever pays the grant", "another determination"),
    "memorandum": ("its parties", "another memorandum"),
    "policy": ("the department whose policy it is", "another policy"),
    "agreement": ("its parties", "another agreement"),
}


@question(draw="table")
def blocking_rules(world: World, place: AreaCode, persona: PersonaId = "") -> Iterator[BlockingRow]:
    """The register of rules that block: conditions, ring-fences, bars on holding or delegating, missing gateways.

    Each with who can lift it, so that what a place learns can change the rule. A statute that the
    tables do not have is not listed: silence is not "no rule". Without a `persona`, the rules of each are.
    """
    where = place_named(world, place)
    figures = Figures(world)
    for person in chosen(world, persona):
        seen: set[tuple[str, str, str, str]] = set()
        for group, doors in figures.meetings.groups(needs_of(world, person.id), where.pieces):
            known = [door for door in doors if door.body]
            acting = [door for door in known if door.acts]
            for rule, text, power, body, lifted, how, source, confidence in (
                *_conditions(world, known),
                *_ringfences(world, figures, known),
                *_bars(world, known),
                *_gateways(world, figures, acting, min(group)),
            ):
                key = (rule, text, power, body)
                if key not in seen:
                    seen.add(key)
                    yield BlockingRow(
                        person.id,
                        where.id,
                        rule,
                        text,
                        power,
                        world.power_name(power) if power else "",
                        body,
                        world.body_name(body) if body else "",
                        lifted,
                        how,
                        source,
                        confidence,
                    )


_Rule = tuple[str, str, str, str, str, str, str, Confidence]


def _conditions(world: World, doors: Sequence[Door]) -> Iterator[_Rule]:
    for door in doors:
        for item in door.hold.conditions:
            instrument = world.instruments.get(item.instrument)
            lifted, how = _LIFTED[instrument.kind if instrument else "order"]
            text = item.text or f"{item.kind} of {world.body_name(item.by)}"
            yield "condition", text, item.power, door.body, lifted, how, item.source, item.confidence


def _ringfences(world: World, figures: Figures, doors: Sequence[Door]) -> Iterator[_Rule]:
    for door in doors:
        for pot in figures.money.pots(door.need.power, door.body):
            if pot.ringfenced:
                payer = world.body_name(pot.payer)
                text = f"{pot.pot_name} is ring-fenced"
                yield (
                    "ring-fence",
                    text,
                    door.need.power,
                    door.body,
                    payer,
                    "the verb `unringfence`",
                    f"the pot {pot.pot}, whose source `pots` gives",
                    "known",
                )


def _bars(world: World, doors: Sequence[Door]) -> Iterator[_Rule]:
    for power in sorted({door.need.power for door in doors}):
        record = world.powers.get(power)
        if record is None:
            continue
        bars = (
            (record.may_not_hold, f"{record.may_not_hold} may not hold it"),
            (record.may_not_delegate, "its holder may not delegate it"),
        )
        for barred, text in bars:
            if barred:
                how = f"amending {record.statute}"
                yield "bar", text, power, "", "Parliament", how, record.source, record.confidence


def _gateways(world: World, figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[_Rule]:
    if not figures.ties.knows_gateways:
        return
    for one, two in figures.ties.unshared(acting, piece):
        text = f"no gateway known for sharing with {world.body_name(two)}"
        yield (
            "data sharing",
            text,
            "",
            one,
            f"{world.body_name(one)} and {world.body_name(two)}; Parliament for a gateway in law",
            "the verb `arrange` with kind `data-sharing-agreement`",
            "the gateways of the tables",
            "unsure",
        )


QUESTIONS = (agreement, blocking_rules)
