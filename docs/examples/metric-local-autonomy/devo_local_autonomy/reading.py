"""What the tables say, without any coder: is a body responsible for the powers of an item fully, partly, or not at all?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from devo import World, holders, is_modelled
from devo_local_autonomy.values import CodebookItem


@dataclass(frozen=True, slots=True)
class Reading:
    """The share of an item that the law gives a body: 1 fully, 1/2 partly, 0 not at all, None not known.

    *Fully* is holding every power of the item, and every part of it, alone over all of one's area. `held` are
    the powers and parts that it holds in any way, `unknown` those of which the tables do not know who holds them.
    """

    share: Fraction | None
    held: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read(world: World, body: str, item: CodebookItem) -> Reading | None:
    """How the powers of an item lie with a body on the world's day; None for an item without powers."""
    powers = tuple(part for power in item.powers if power in world.powers for part in parts(world, power))
    if not item.powers:
        return None
    pieces = sorted(world.roster.served(body, world.today))
    missing = tuple(power for power in item.powers if power not in world.powers)
    if missing or not pieces:
        return Reading(None, (), missing or item.powers)
    whole, held, unknown = True, [], []
    for power in powers:
        found = [_at(world, power, piece, body) for piece in pieces]
        if any(mode is None for mode in found):
            unknown.append(power)
        if any(found):
            held.append(power)
        whole = whole and all(mode == "sole" for mode in found)
    if unknown:
        return Reading(None, tuple(held), tuple(unknown))
    return Reading(Fraction(1) if whole else Fraction(1, 2) if held else Fraction(0), tuple(held))


def parts(world: World, power: str) -> tuple[str, ...]:
    """The parts that a statute divides a power into, down to the finest; the power itself if it is not divided."""
    below = world.children.get(power, ())
    return tuple(part for child in sorted(below) for part in parts(world, child)) or (power,)


def _at(world: World, power: str, piece: int, body: str) -> str | None:
    """The mode in which a body holds a power at a piece, "" if another does or nobody, None if it is not known."""
    found = holders(world, power, piece)
    if not found and not is_modelled(world, power, piece):
        return None
    return next((held.mode for held in found if held.body == body), "")
