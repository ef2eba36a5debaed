"""What the reports of 2014 to 2016 ask for, item by item, and what answers each here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from devo import Finding, World
from devo_joinup.shipped import chosen, items, needs_of
from devo_joinup.values import Need


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A barrier, insight, proposal or recommendation, with the question, verb or check that answers it."""

    item: str
    kind: str
    report: str
    paraphrase: str
    answered_by: tuple[str, ...]
    how: str
    reconstructed: bool
    source: str
    confidence: str


def joining_up(world: World, kind: str = "") -> Iterator[ItemRow]:
    """Every barrier, insight, proposal and recommendation of the reports, and what to ask or write for it.

    With a `kind`, only those: `barrier`, `insight`, `proposal`, `recommendation`, `context`.
    """
    for item in items():
        if not kind or item.kind == kind:
            yield ItemRow(
                item.id,
                item.kind,
                item.report,
                item.paraphrase,
                tuple(part.strip() for part in item.answered_by.split(";")),
                item.how,
                item.reconstructed,
                item.source,
                item.confidence,
            )


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A persona and one of its needs, with the power it leads to."""

    persona: str
    name: str
    summary: str
    age_from: int
    age_to: int
    need: str
    power: str
    power_name: str
    part: str
    profession: str
    note: str
    source: str
    confidence: str


def personas(world: World, persona: str = "") -> Iterator[PersonaRow]:
    """The personas there are, shipped and your own, with every need and the power it leads to.

    With a `persona`, by its id or its name, that one alone.
    """
    for person in chosen(world, persona):
        for need in needs_of(world, person.id):
            yield PersonaRow(
                person.id,
                person.name,
                person.summary,
                person.age_from,
                person.age_to,
                need.need,
                need.power,
                world.power_name(need.power) if need.power else "",
                need.part,
                need.profession,
                need.note,
                need.source,
                need.confidence,
            )


def need_of_nobody(world: World) -> Iterator[Finding]:
    """A need in the tables belongs to a persona that there is not, so nobody is ever asked about it."""
    known = {person.id for person in chosen(world)}
    for name in sorted({need.persona for need in world.of(Need)} - known):
        near = get_close_matches(name, known, n=1)
        yield Finding(
            "need-of-nobody",
            f"The tables have needs of a persona {name!r}, which they do not have.",
            "warning",
            (name,),
            suggestion=f"did you mean {near[0]}?" if near else "add a row to persona.csv",
        )


QUESTIONS = (joining_up, personas)
CHECKS = (need_of_nobody,)
