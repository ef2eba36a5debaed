"""Whose duty is fulfilled by what another body does: holdings that discharge another's, one way or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import (
    AreaCode,
    BodyId,
    Confidence,
    Held,
    PowerId,
    World,
    alike,
    body_named,
    holders,
    power_named,
    question,
)
from devo import place as place_named


@dataclass(frozen=True, slots=True)
class DischargeRow:
    """A body that by using a power also fulfils the duty of others who hold it in the same places.

    `way` is *one way*, or *both ways* where what any of them does fulfils the body's own duty too.
    """

    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    discharges: tuple[BodyId, ...]
    discharges_names: tuple[str, ...]
    way: str
    instrument: str
    source: str
    confidence: Confidence


@question(draw="table")
def discharge(
    world: World, power: PowerId = "", body: BodyId = "", place: AreaCode = ""
) -> Iterator[DischargeRow]:
    """Whose duty is fulfilled by what another body does, one way or both: a duty so met is not neglected."""
    wanted = [power_named(world, power).id] if power else sorted(world.powers)
    by = body_named(world, body).id if body else ""
    pieces = place_named(world, place).pieces if place else world.mosaic.everywhere
    for name in wanted:
        if any(effect.discharges for effect in world.ledger(name).effects):
            for row in _rows(world, name, pieces):
                if by in ("", row.body):
                    yield row


def _rows(world: World, power: str, pieces: frozenset[int]) -> Iterator[DischargeRow]:
    found: dict[str, tuple[Held, set[str]]] = {}
    pairs: set[tuple[str, str]] = set()
    for group in alike(world, power, pieces):
        here = holders(world, power, min(group))
        for held in here:
            named = held.effect.discharges.split(";") if held.effect.discharges else []
            others = {h.body for h in here if h.body != held.body and {h.holder, h.body} & set(named)}
            if others:
                found.setdefault(held.body, (held, set()))[1].update(others)
                pairs |= {(held.body, other) for other in others}
    for body, (held, others) in sorted(found.items()):
        back = all((other, body) in pairs for other in others)
        yield DischargeRow(
            power,
            world.power_name(power),
            body,
            world.body_name(body),
            tuple(sorted(others)),
            tuple(world.body_name(other) for other in sorted(others)),
            "both ways" if back else "one way",
            world.instrument_title(held.effect.instrument),
            held.effect.source,
            held.effect.confidence,
        )
