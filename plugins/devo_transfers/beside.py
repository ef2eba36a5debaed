"""Those whom a transfer leaves where they are: who holds a power over an area, and holds it again as before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from devo import Effect, Holder, Mode, Named, Provision, World, area_of, begins, named


def holding(world: World, power: str, area: str, holder: str) -> list[Named]:
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


def as_before(provision: Provision, power: str, item: Named, area: str, mode: Mode | None = None) -> Effect:
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


def kept(
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
            yield as_before(provision, power, item, world.mosaic.spell(left))


def restored(world: World, provision: Provision, power: str, item: Named) -> Iterator[Effect]:
    """Those who held before the effect that gave a body the power, as they held then."""
    if item.effect.mode == "delegated" or item.effect.on == date.min:
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
            yield as_before(provision, power, old, world.mosaic.spell(left))


def together(world: World, holders: tuple[Holder, ...]) -> str:
    """The areas of several bodies as one; written out, what one leaves out would be lost to the others."""
    bits = 0
    for holder in holders:
        if not holder.startswith("every:"):
            bits |= world.mosaic.bits(area_of(world, holder))
    return world.mosaic.spell(bits)
