"""The verbs by which powers move between bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from devo import (
    Areas,
    BodyId,
    CannotTakeEffect,
    Effect,
    Exercise,
    Holder,
    Mode,
    PowerId,
    Provision,
    World,
    area_of,
    begins,
    ends,
    exercises,
    named,
)
from devo_transfers.beside import as_before, holding, kept, restored, together


def transfer(
    world: World,
    provision: Provision,
    power: PowerId,
    transferee: BodyId,
    transferor: Holder = "",
    area: Areas = "",
    mode: Mode = "sole",
    exercised_by: str = "",
    exercised_from: date | None = None,
    carve_outs: str = "",
) -> Iterable[Effect | Exercise]:
    """Give a power to a body instead of those who hold it over an area (by default the transferee's own).

    `transferor` is a body or a class of bodies; left out, it is whoever holds the power there in
    its own right.
    """
    where = area_of(world, transferee, area)
    losing = [
        item
        for item in holding(world, power, where, transferor)
        if item.holder != transferee and item.effect.mode != "delegated"
    ]
    if not losing:
        who = world.holder_name(transferor) if transferor else "nobody else"
        verb = "does not hold" if transferor else "holds"
        raise CannotTakeEffect(
            f"{who} {verb} {world.power_name(power)} there, so there is nothing to transfer"
        )
    for item in losing:
        yield ends(provision, power, item.holder, item.area)
    yield from kept(world, provision, power, where, (transferee,), losing)
    yield begins(provision, power, transferee, where, mode=mode, carve_outs=carve_outs)
    yield from exercises(provision, power, transferee, exercised_by, exercised_from, area=area)


def share(
    world: World,
    provision: Provision,
    power: PowerId,
    transferee: BodyId,
    area: Areas = "",
    exercised_by: str = "",
    exercised_from: date | None = None,
    carve_outs: str = "",
    discharges: Literal["", "one-way", "both-ways"] = "",
) -> Iterable[Effect | Exercise]:
    """Let a body hold a power concurrently with those who hold it over an area already.

    With `discharges` what the body does also fulfils the duty of those beside it (`one-way`), and what
    they do fulfils its own as well (`both-ways`).
    """
    where = area_of(world, transferee, area)
    beside = [
        item
        for item in named(world, power, where)
        if item.holder != transferee and item.effect.mode != "delegated"
    ]
    if not beside:
        raise CannotTakeEffect(
            f"nobody else holds {world.power_name(power)} there to share it with; use `confer`"
        )
    # Who holds it concurrently already is named again where their holding comes to discharge another's.
    shared = [item for item in beside if item.effect.mode == "sole" or discharges == "both-ways"]
    for item in shared:
        yield ends(provision, power, item.holder, item.area)
        mode: Mode = "concurrent" if item.effect.mode == "sole" else item.effect.mode
        again = as_before(provision, power, item, item.area, mode)
        yield replace(again, discharges=transferee) if discharges == "both-ways" else again
    yield from kept(world, provision, power, where, (transferee,), shared)
    yield begins(
        provision,
        power,
        transferee,
        where,
        mode="concurrent",
        carve_outs=carve_outs,
        discharges=";".join(sorted({item.holder for item in beside})) if discharges else "",
    )
    yield from exercises(provision, power, transferee, exercised_by, exercised_from, area=area)


def delegate(
    world: World,
    provision: Provision,
    power: PowerId,
    transferor: Holder,
    transferee: BodyId,
    area: Areas = "",
    exercised_by: str = "",
    exercised_from: date | None = None,
    carve_outs: str = "",
) -> Iterable[Effect | Exercise]:
    """Let a body use a power on behalf of one that keeps it and stays responsible for it."""
    where = area_of(world, transferee, area)
    if not holding(world, power, where, transferor):
        raise CannotTakeEffect(
            f"{world.holder_name(transferor)} does not hold {world.power_name(power)} there, "
            "so it cannot delegate it"
        )
    yield from kept(world, provision, power, where, (transferee,))
    yield begins(
        provision, power, transferee, where, mode="delegated", root=transferor, carve_outs=carve_outs
    )
    yield from exercises(provision, power, transferee, exercised_by, exercised_from, area=area)


def make_joint(
    world: World,
    provision: Provision,
    power: PowerId,
    holders: tuple[Holder, ...],
    area: Areas = "",
) -> Iterable[Effect]:
    """Let several bodies, the `holders`, hold a power jointly: none of them may use it without the others.

    Whoever else holds it there holds it no more. Without `area` it is over all that the bodies answer for.
    """
    if len(set(holders)) < 2:
        raise CannotTakeEffect(
            f"{world.power_name(power)} is held jointly only by two or more; name all of them in `holders`"
        )
    where = area or together(world, holders)
    for item in named(world, power, where):
        yield ends(provision, power, item.holder, item.area)
    for holder in holders:
        yield begins(provision, power, holder, where, mode="joint")


def give_back(
    world: World,
    provision: Provision,
    power: PowerId,
    transferor: BodyId,
    to: Holder = "",
    area: Areas = "",
) -> Iterable[Effect]:
    """Undo what gave a body a power: those who lost or shared it then hold it again as before.

    With `to`, somebody else gets it instead.
    """
    where = area_of(world, transferor, area)
    held = [item for item in named(world, power, where) if item.holder == transferor]
    if not held:
        raise CannotTakeEffect(
            f"{world.holder_name(transferor)} does not hold {world.power_name(power)} there"
        )
    for item in held:
        yield ends(provision, power, transferor, item.area)
        if to:
            again = [begins(provision, power, to, item.area, mode=item.effect.mode)]
        else:
            again = list(restored(world, provision, power, item))
        if again:
            yield from kept(world, provision, power, item.area, (transferor, *(e.holder for e in again)))
            yield from again


def exercise(
    world: World,
    provision: Provision,
    power: PowerId,
    holder: Holder,
    by: str,
    arrangement: str = "",
    area: Areas = "",
) -> Iterable[Exercise]:
    """Let somebody else exercise what a holder goes on holding: the mayor, a committee, an officer.

    `by` is a role (`mayor`, `deputy mayor`) or the id of a committee, partnership or body; `arrangement` is
    in what form, in words (`joint committee by memorandum`).
    """
    if not holding(world, power, area, holder):
        raise CannotTakeEffect(
            f"{world.holder_name(holder)} does not hold {world.power_name(power)} on that day"
        )
    yield from exercises(provision, power, holder, by, arrangement=arrangement, area=area)


VERBS = (transfer, share, delegate, make_joint, give_back, exercise)
