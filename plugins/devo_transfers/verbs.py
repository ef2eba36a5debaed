"""The verbs by which powers move between bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    Named,
    PowerId,
    Provision,
    World,
    area_of,
    begins,
    ends,
    exercises,
    named,
)


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
        for item in _holding(world, power, where, transferor)
        if item.holder != transferee and item.effect.mode != "delegated"
    ]
    if not losing:
        who = _called(world, transferor) if transferor else "nobody else"
        verb = "does not hold" if transferor else "holds"
        raise CannotTakeEffect(
            f"{who} {verb} {world.power_name(power)} there, so there is nothing to transfer"
        )
    for item in losing:
        yield ends(provision, power, item.holder, item.area)
    yield from _kept(world, provision, power, where, (transferee,), losing)
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
        again = _as_before(provision, power, item, item.area, mode)
        yield replace(again, discharges=transferee) if discharges == "both-ways" else again
    yield from _kept(world, provision, power, where, (transferee,), shared)
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
    if not _holding(world, power, where, transferor):
        raise CannotTakeEffect(
            f"{_called(world, transferor)} does not hold {world.power_name(power)} there, "
            "so it cannot delegate it"
        )
    yield from _kept(world, provision, power, where, (transferee,))
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
    """Let several bodies, the `holders`, hold a power jointly: none of them may use it without the others."""
    where = area or _together(world, holders)
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
        raise CannotTakeEffect(f"{_called(world, transferor)} does not hold {world.power_name(power)} there")
    for item in held:
        yield ends(provision, power, transferor, item.area)
        if to:
            again = [begins(provision, power, to, item.area, mode=item.effect.mode)]
        else:
            again = list(_restored(world, provision, power, item))
        if again:
            yield from _kept(world, provision, power, item.area, (transferor, *(e.holder for e in again)))
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
    if not _holding(world, power, area, holder):
        raise CannotTakeEffect(
            f"{_called(world, holder)} does not hold {world.power_name(power)} on that day"
        )
    yield from exercises(provision, power, holder, by, arrangement=arrangement, area=area)


VERBS = (transfer, share, delegate, make_joint, give_back, exercise)


def _holding(world: World, power: str, area: str, holder: str) -> list[Named]:
    """Those named over an area who are the holder, or the class it holds by; all for no holder."""
    found = named(world, power, area)
    if not holder:
        return found
    exact = [item for item in found if item.holder == holder]
    return exact or [part for item in found for part in _by_class(world, item, holder)]


def _by_class(world: World, item: Named, body: str) -> Iterator[Named]:
    """The part of a class's holding that is one member's: where it serves on the day."""
    if not item.holder.startswith("every:"):
        return
    members = world.roster.tenures(item.holder.removeprefix("every:"))
    mine = [t for t in members if t.body == body and t.on(world.today, None)]
    inside = world.mosaic.bits(item.area) & sum(
        1 << piece for piece in frozenset().union(*(tenure.pieces for tenure in mine))
    )
    if inside:
        whole = inside == world.mosaic.bits(item.area)
        yield Named(item.holder, item.effect, item.area if whole else world.mosaic.spell(inside))


def _as_before(provision: Provision, power: str, item: Named, area: str, mode: Mode | None = None) -> Effect:
    """A holding begun again over an area as it was, or in another mode."""
    before = item.effect
    return begins(
        provision,
        power,
        item.holder,
        area,
        mode=mode or before.mode,
        root=before.root,
        mirrored=before.mirrored,
        discharges=before.discharges,
        carve_outs=before.carve_outs,
    )


def _kept(
    world: World,
    provision: Provision,
    power: str,
    area: str,
    holders: tuple[str, ...],
    gone: Iterable[Named] = (),
) -> Iterator[Effect]:
    """Those who hold a part of a power as holders of the whole, and keep it.

    What is given of a part overrides what is held of the whole, so that they have to be given it too.
    """
    for item in named(world, power, area):
        if item.effect.power == power or item.holder in holders:
            continue
        left = world.mosaic.bits(item.area)
        for other in gone:
            if other.holder == item.holder:
                left &= ~world.mosaic.bits(other.area)
        if left:
            yield _as_before(provision, power, item, world.mosaic.spell(left))


def _restored(world: World, provision: Provision, power: str, item: Named) -> Iterator[Effect]:
    """Those who held before the effect that gave a body the power, as they held then."""
    if item.effect.mode == "delegated":
        return
    day_before = date.fromordinal(item.effect.on.toordinal() - 1)
    now = named(world, power, item.area)
    for old in named(world.on(day_before), power, item.area):
        if old.holder == item.holder:
            continue
        left = world.mosaic.bits(old.area)
        for other in now:
            if other.holder == old.holder and other.effect.mode == old.effect.mode:
                left &= ~world.mosaic.bits(other.area)
        if left:
            yield _as_before(provision, power, old, world.mosaic.spell(left))


def _together(world: World, holders: tuple[Holder, ...]) -> str:
    """The areas of several bodies as one; written out, what one leaves out would be lost to the others."""
    bits = 0
    for holder in holders:
        if not holder.startswith("every:"):
            bits |= world.mosaic.bits(area_of(world, holder))
    return world.mosaic.spell(bits)


def _called(world: World, holder: str) -> str:
    return holder if holder.startswith("every:") else world.body_name(holder)
