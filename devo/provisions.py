"""The core's verbs about powers: conferred, ceased, on a new legal authority, and on what conditions.

A verb takes the world on the day its provision commences, the provision, and its terms; it yields
what begins and what ends. Verbs about moving powers between bodies are a plugin's (`transfers`),
written with the same public names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from devo import names
from devo.extent import Named, named
from devo.making import CannotTakeEffect, Change, area_of, begins, ends, exercises, holder_spelt
from devo.values import (
    Areas,
    Condition,
    Holder,
    Mode,
    PowerId,
    Provision,
)
from devo.world import World


def confer(
    world: World,
    provision: Provision,
    power: PowerId,
    holder: Holder,
    area: Areas = "",
    mode: Mode = "sole",
    exercised_by: str = "",
    exercised_from: date | None = None,
    root: Holder = "",
    mirrored: bool = False,
    carve_outs: str = "",
    discharges: str = "",
) -> Iterable[Change]:
    """Give a power to a body or a class of bodies, beside whoever holds it already.

    Use it for what nobody held there before, or for functions "corresponding to" another's
    (`mirrored`). To take it from somebody use `transfer`; to hold it beside them, `share`.
    """
    where = area_of(world, holder, area)
    yield begins(
        provision,
        power,
        holder,
        where,
        mode=mode,
        root=root,
        mirrored=mirrored,
        carve_outs=carve_outs,
        discharges=discharges,
    )
    yield from exercises(provision, power, holder, exercised_by, exercised_from, area=area)


def cease(
    world: World, provision: Provision, power: PowerId, holder: Holder, area: Areas = ""
) -> Iterable[Change]:
    """End a holder's holding of a power over an area (by default all of it)."""
    for item in _held(world, power, holder, area):
        yield ends(provision, power, holder, item.area)


def re_source(
    world: World, provision: Provision, power: PowerId, holder: Holder, area: Areas = ""
) -> Iterable[Change]:
    """Put a holding on a new legal authority: same holder, same mode, another instrument."""
    for item in _held(world, power, holder, area):
        before = item.effect
        yield begins(
            provision,
            power,
            holder,
            item.area,
            mode=before.mode,
            root=before.root,
            mirrored=before.mirrored,
            carve_outs=before.carve_outs,
            discharges=before.discharges,
        )


def condition(
    world: World,
    provision: Provision,
    power: PowerId,
    holder: Holder,
    kind: Literal[
        "consult", "consent", "approval", "direction", "guidance", "veto", "override", "prerequisite"
    ],
    by: str,
    to: Literal["use", "make"] = "use",
    rule: str = "",
    area: Areas = "",
    text: str = "",
    met: date | None = None,
) -> Iterable[Change]:
    """Lay down what must happen before a holder uses a power, or before a transfer of it is made."""
    yield Condition(
        id=f"{provision.id}/condition",
        power=power,
        holder=holder,
        to=to,
        kind=kind,
        by=_body_or_role(world, by),
        rule=rule,
        area=area,
        start=provision.commencement,
        met=met,
        instrument=provision.instrument.id,
        provision=provision.id,
        text=text,
        source=provision.source,
        confidence=provision.confidence,
    )


def _body_or_role(world: World, text: str) -> str:
    """The id of the body that a text names, or the text where it says a role in words."""
    called = names.bodies_called(world, text)
    return called[0].id if len(called) == 1 else text


VERBS = (confer, cease, re_source, condition)


def _held(world: World, power: str, holder: str, area: str) -> list[Named]:
    """A holder's holdings of a power over an area. Raises CannotTakeEffect where there are none."""
    found = [item for item in named(world, power, area) if item.holder == holder]
    if not found:
        raise CannotTakeEffect(f"{holder_spelt(world, holder)} does not hold {world.power_name(power)} there")
    return found
