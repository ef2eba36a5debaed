"""Divisions: a power that a statute divides into parts, down to the finest, and what a power is a part of."""

from __future__ import annotations

from devo.world import World


def line(world: World, power: str) -> list[str]:
    """A power and the powers it is a part of, nearest first."""
    found = [power]
    record = world.powers.get(power)
    while record is not None and record.parent and record.parent not in found:
        found.append(record.parent)
        record = world.powers.get(record.parent)
    return found


def parts(world: World, power: str) -> tuple[str, ...]:
    """The powers that a statute divides a power into, down to the finest."""
    found: list[str] = []
    for child in world.children.get(power, ()):
        found.extend(parts(world, child) or (child,))
    return tuple(found)


def family(world: World, power: str) -> tuple[str, ...]:
    """A power with the powers it is a part of and the parts it is divided into: all that bear on it."""
    found = list(line(world, power))
    below = list(world.children.get(power, ()))
    while below:
        child = below.pop(0)
        found.append(child)
        below.extend(world.children.get(child, ()))
    return tuple(found)
