"""Facts of bodies and powers as lines of a page, and what the law did to a power."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from devo import divisions, rules, words
from devo.exports.cards import Event
from devo.values import Body, Designation, Instrument, Power, runs
from devo.world import World


def of_body(world: World, body: Body) -> Iterator[tuple[str, str]]:
    """What there is to say of a body; what is blank is left out by who asks."""
    day = world.today
    yield "Kind", body.kind.replace("-", " ")
    yield "Also known as", ", ".join(body.aliases)
    yield "Established", words.day(body.start) if body.start else ""
    yield "Abolished", words.day(body.end) if body.end else ""
    yield "Part of", world.body_name(body.part_of) if body.part_of else ""
    yield "Accountable", ", ".join(filter(None, (body.accountability, body.accountable_to)))
    held = [
        item.designation.replace("-", " ")
        for item in world.of(Designation)
        if item.body == body.id and runs(item, day)
    ]
    yield "Designated", ", ".join(sorted(held))
    yield "Source", body.source
    yield "How sure", body.confidence


def of_power(world: World, power: Power) -> Iterator[tuple[str, str]]:
    """What there is to say of a power."""
    yield "Short code", power.code
    yield "What it is", power.kind
    yield "Theme", theme(power.theme)
    yield "Statute", power.statute
    yield "Part of", world.power_name(power.parent) if power.parent else ""
    yield "Divided into", ", ".join(map(world.power_name, divisions.parts(world, power.id)))
    yield "Tables complete from", words.day(power.complete_from) if power.complete_from else "not said"
    yield "Tables complete until", words.day(power.complete_until) if power.complete_until else ""
    yield "Note", power.note
    yield "Source", power.source
    yield "How sure", power.confidence


def events(world: World, power: Power) -> Iterator[Event]:
    """What the law known on the day began and ended, in legal order."""
    for effect in world.ledger(power.id).effects:
        if not rules.is_law(effect, world.as_known):
            continue
        yield Event(
            effect.on.isoformat() if effect.on > date.min else "before the tables",
            "begins" if effect.begins else "ends",
            effect.holder,
            world.holder_name(effect.holder),
            effect.area or "its own area",
            world.instrument_title(effect.instrument),
            link(world.instruments.get(effect.instrument)),
            effect.confidence,
        )


def theme(text: str) -> str:
    """A theme as a heading."""
    return text.replace("-", " ").capitalize() or "Other"


def link(instrument: Instrument | None) -> str:
    """Where an instrument can be read: a web address, and nothing that runs."""
    link = instrument.link if instrument else ""
    return link if link.startswith(("https://", "http://")) else ""
