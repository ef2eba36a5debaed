"""Checks of England's tables against the real world: registers, areas, instruments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from devo import Effect, Finding, World, alike, holders, runs
from devo_england.records import KnownDefect

Severity = Literal["error", "warning", "note"]

_MAKES_LAW = frozenset({"act", "order", "regulations"})


def register_out_of_step(world: World) -> Iterator[Finding]:
    """A public register says something of a body that the tables, from the law, do not bear out."""
    for defect in world.of(KnownDefect):
        body = world.roster.bodies.get(defect.body)
        if body is None:
            continue
        alive = world.roster.alive(body.id, world.today, world.as_known)
        if defect.says == "current" and not alive and body.end is not None and body.end <= world.today:
            said = f"still shows {body.name} as current; it ended on {body.end}"
        elif defect.says == "missing" and alive:
            said = f"does not have {body.name}, which exists since {body.start}"
        elif defect.says == "starts" and body.start is not None and body.start <= world.today:
            said = f"lets {body.name} begin on {defect.day}; it began on {body.start}"
        else:
            continue
        message = f"{defect.register} {said} (seen in: {defect.source})."
        yield Finding("register-out-of-step", message, "note", (body.id, defect.id), "", defect.note)


def held_beyond_its_area(world: World) -> Iterator[Finding]:
    """A body holds a power over places that it does not serve on the day."""
    for power, ledger in sorted(world.ledgers.items()):
        suspects = {e.holder for e in ledger.effects if e.begins and _beyond(world, e.holder, e.area)}
        if not suspects:
            continue
        found: dict[str, tuple[set[int], Effect]] = {}
        for group in alike(world, power, world.mosaic.everywhere):
            for held in holders(world, power, min(group)):
                outside = group - world.roster.served(held.body, world.today)
                if held.holder in suspects and outside and held.effect in ledger.effects:
                    found.setdefault(held.body, (set(), held.effect))[0].update(outside)
        for body, (pieces, effect) in sorted(found.items()):
            places = ", ".join(name for _, name in world.mosaic.describe(frozenset(pieces))[:5])
            yield Finding(
                "held-beyond-its-area",
                f"{world.body_name(body)} holds {world.power_name(power)} over {places}, "
                f"which it does not serve on {world.today} (by {effect.origin}).",
                "warning",
                (power, body, effect.origin),
                suggestion="narrow the `area`, or correct what the body serves",
            )


def _beyond(world: World, holder: str, area: str) -> bool:
    """Whether an area reaches beyond what a named body serves on the day; a class never does."""
    served = world.roster.served(holder, world.today)
    return bool(served) and not world.mosaic.territory(area) <= served


def order_without_instrument(world: World) -> Iterator[Finding]:
    """A deal's provision is taken to be law but names no instrument, or one whose number is missing."""
    seen: set[str] = set()
    for power, ledger in sorted(world.ledgers.items()):
        for effect in ledger.effects:
            if not effect.deal or effect.made is None or effect.origin in seen:
                continue
            seen.add(effect.origin)
            instrument = world.instruments.get(effect.instrument)
            if instrument is None:
                yield _uncited(power, effect, "names no instrument of the tables", "warning")
            elif instrument.status != "draft" and instrument.kind in _MAKES_LAW and not instrument.number:
                yield _uncited(
                    power, effect, f"rests on {instrument.title}, whose number is not known", "note"
                )


def _uncited(power: str, effect: Effect, what: str, severity: Severity) -> Finding:
    return Finding(
        "order-without-instrument",
        f"{effect.origin} ({effect.on}) {what}.",
        severity,
        (power, effect.origin),
        suggestion="add the order to instrument.csv with its number",
    )


def held_but_directed(world: World) -> Iterator[Finding]:
    """A body still holds a power that others exercise in its place on the day, by direction."""
    day = world.today
    for power, ledger in sorted(world.ledgers.items()):
        for item in ledger.exercises:
            if item.arrangement == "direction" and runs(item, day):
                yield Finding(
                    "held-but-directed",
                    f"{world.holder_name(item.holder)} holds {world.power_name(power)}, and since {item.start} "
                    f"{world.body_name(item.by)} exercises it by direction ({item.source}).",
                    "note",
                    (power, item.holder, item.id),
                    suggestion="who decides is not who holds: ask the commissioners, not the council",
                )


CHECKS = (register_out_of_step, held_beyond_its_area, order_without_instrument, held_but_directed)
