"""Who holds what at one place: the plain reading of the law, in the order a lawyer would read it.

1. Read the power's ledger in legal order up to the day. What begins adds a holder at the piece,
   what ends takes it away. (`entries`)
2. A power that a statute divides: what is held of a part overrides what is held of the whole;
   where nothing is held of the part, the whole's holders have it, less those that lost the part.
3. A holder that is a class is whoever of that class serves the piece that day; one that is a
   body gone by then is its heirs. (`holders`)
4. What is delegated dies with its root.

The register does the same for everywhere at once and is tested against this page.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from devo.divisions import family, line, parts
from devo.expressions import class_terms, is_class
from devo.frozen import dataclass
from devo.ledger import Ledger
from devo.mosaic import Mosaic
from devo.values import Condition, Effect, Exercise, Mode, Succession
from devo.world import World


@dataclass(frozen=True, slots=True)
class Held:
    """A body holds a power at a piece: the effect it is read from, and how the body comes into it.

    `holder` is how the law names it (a body or `every:CLASS`), `heir_of` the successions by
    which the body took over from the one named.
    """

    body: str
    mode: Mode
    effect: Effect
    holder: str
    heir_of: tuple[Succession, ...] = ()


def is_law(effect: Effect, known: date | None) -> bool:
    """Whether an effect was made into law, by a day if one is given."""
    return effect.made is not None and (known is None or effect.made <= known)


def covers(world: World, effect: Effect, piece: int) -> bool:
    """Whether an effect's area has a piece in it; no area means everywhere."""
    return not effect.area or piece in world.mosaic.territory(effect.area)


def bearing(world: World, ledger: Ledger, piece: int) -> tuple[Effect, ...]:
    """The effects of a ledger whose area has a piece in it, in legal order, made into law or not.

    Kept with the ledger: one place is read on many days.
    """
    kept: tuple[Mosaic, dict[int, tuple[Effect, ...]]] | None = ledger.columns.get("bearing")
    if kept is None or kept[0] is not world.mosaic:
        kept = ledger.columns["bearing"] = (world.mosaic, {})
    found = kept[1].get(piece)
    if found is None:
        found = kept[1][piece] = tuple(e for e in ledger.effects if covers(world, e, piece))
    return found


def own_entries(world: World, ledger: Ledger, piece: int) -> tuple[dict[str, Effect], dict[str, Effect]]:
    """What one ledger alone says at a piece: who holds and who lost it, each with the effect that decides."""
    day, known = world.today, world.as_known
    held: dict[str, Effect] = {}
    lost: dict[str, Effect] = {}
    for effect in bearing(world, ledger, piece):
        if effect.on > day:
            break
        if not is_law(effect, known):
            continue
        holder = effect.holder
        if effect.begins:
            held[holder] = effect
            lost.pop(holder, None)
        elif not effect.ends:
            held.pop(holder, None)
            lost[holder] = effect
        elif holder in held and held[holder].origin == effect.ends:
            del held[holder]
    return held, lost


def entries(world: World, power: str, piece: int) -> dict[str, Effect]:
    """Who the law names as holder of a power at a piece on the day, each with the effect that decides."""
    held, lost = own_entries(world, world.ledger(power), piece)
    record = world.powers.get(power)
    if held or record is None or not record.parent:
        return held
    inherited = entries(world, record.parent, piece)
    return {holder: effect for holder, effect in inherited.items() if holder not in lost}


def speaks_of(world: World, power: str, mode: Mode) -> bool:
    """Whether any law of a power, or of what it is a part of, ever gives it in a mode."""
    return any(e.begins and e.mode == mode for name in line(world, power) for e in world.ledger(name).effects)


def grounds(world: World, power: str, piece: int) -> list[Effect]:
    """All effects that decide who holds a power at a piece: without any other the answer is the same."""
    held, lost = own_entries(world, world.ledger(power), piece)
    record = world.powers.get(power)
    if held or record is None or not record.parent:
        return list(held.values())
    inherited = entries(world, record.parent, piece)
    return [*grounds(world, record.parent, piece), *(e for holder, e in lost.items() if holder in inherited)]


def holders(world: World, power: str, piece: int) -> tuple[Held, ...]:
    """The bodies that hold a power at a piece on the day, in order of id.

    A body that comes in twice counts once: in its own right rather than delegated, named rather
    than as one of a class, then by the later effect.
    """
    named = entries(world, power, piece)
    found: dict[str, Held] = {}
    waiting: dict[str, Effect] = {}
    for holder, effect in named.items():
        if effect.mode == "delegated":
            waiting[holder] = effect
        else:
            for held in resolve(world, holder, effect, piece):
                _keep(found, held)
    while waiting:
        rooted = [h for h, e in waiting.items() if not e.root or has_root(world, e.root, piece, found)]
        if not rooted:
            break
        for holder in rooted:
            for held in resolve(world, holder, waiting.pop(holder), piece):
                _keep(found, held)
    return tuple([found[body] for body in sorted(found)])


def resolve(world: World, holder: str, effect: Effect, piece: int) -> Iterator[Held]:
    """The bodies that a holder means at a piece on the day."""
    day, known, roster = world.today, world.as_known, world.roster
    if is_class(holder):
        for tenure in roster.at(class_terms(holder), piece):
            if tenure.on(day, known):
                yield Held(tenure.body, effect.mode, effect, holder)
    elif roster.alive(holder, day, known):
        yield Held(holder, effect.mode, effect, holder)
    else:
        for body, chain in living(world, holder, piece):
            yield Held(body, effect.mode, effect, holder, chain)


def living(
    world: World, body: str, piece: int, chain: tuple[Succession, ...] = ()
) -> Iterator[tuple[str, tuple[Succession, ...]]]:
    """A body if it exists on the day, otherwise those that succeeded to it at the piece."""
    if world.roster.alive(body, world.today, world.as_known):
        yield body, chain
        return
    for item in world.roster.heirs(body, piece, world.today):
        if all(item.new != link.old for link in chain) and item.new != body:
            yield from living(world, item.new, piece, (*chain, item))


def _keep(found: dict[str, Held], held: Held) -> None:
    other = found.get(held.body)
    if other is None or rank(held.effect) > rank(other.effect):
        found[held.body] = held


def rank(effect: Effect) -> tuple[bool, bool, date, str]:
    """What decides where two effects give a body one power: the higher rank.

    In its own right before delegated, named before one of a class, then the later effect.
    """
    return (effect.mode != "delegated", not is_class(effect.holder), effect.on, effect.holder)


def has_root(world: World, root: str, piece: int, found: Container[str]) -> bool:
    """Whether any of the bodies that a root means at a piece is among those found to hold."""
    if is_class(root):
        day, known = world.today, world.as_known
        return any(t.body in found and t.on(day, known) for t in world.roster.at(class_terms(root), piece))
    return any(body in found for body, _ in living(world, root, piece))


def differing_parts(world: World, power: str, piece: int) -> tuple[str, ...]:
    """The parts of a power if they are not all held alike at a piece, as the whole is; otherwise none."""
    divided = parts(world, power)
    # Where no law speaks of any part, all are held as the whole is.
    if not any(bearing(world, world.ledger(name), piece) for name in family(world, power) if name != power):
        return ()
    whole, *others = ({(h.body, h.mode) for h in holders(world, name, piece)} for name in (power, *divided))
    return () if all(other == whole for other in others) else divided


def nameless(world: World, power: str, piece: int) -> list[Effect]:
    """Effects that give a power to a covering class none of whose members is known at a piece."""
    return [
        effect
        for holder, effect in entries(world, power, piece).items()
        if is_class(holder)
        and world.roster.covering(class_terms(holder))
        and not any(True for _ in resolve(world, holder, effect, piece))
    ]


def is_modelled(world: World, power: str, piece: int) -> bool:
    """Whether silence about a power at a piece on the day means that nobody holds it."""
    since, until = complete_from(world, power), complete_until(world, power)
    if since is None or world.today < since or (until is not None and world.today >= until):
        return False
    return not nameless(world, power, piece)


def complete_from(world: World, power: str) -> date | None:
    """The day from which the tables know every holder of a power, its own or that of what it is a part of."""
    known = (world.powers[name].complete_from for name in line(world, power) if name in world.powers)
    return next((day for day in known if day is not None), None)


def complete_until(world: World, power: str) -> date | None:
    """The first day on which the tables no longer know every holder of a power, where that is said."""
    known = (world.powers[name].complete_until for name in line(world, power) if name in world.powers)
    return next((day for day in known if day is not None), None)


def exercised_by(world: World, power: str, held: Held, piece: int) -> Exercise | None:
    """Who exercises what is held, where it is not the holder itself; the latest arrangement counts."""
    day, known = world.today, world.as_known
    best: Exercise | None = None
    for name in line(world, power):
        for item in world.ledger(name).exercises:
            if item.holder not in (held.body, held.holder) or not _runs(world, item, day, known):
                continue
            if item.area and piece not in world.mosaic.territory(item.area):
                continue
            if best is None or (item.start or date.min) >= (best.start or date.min):
                best = item
        if best is not None:
            return None if best.by == held.body else best
    return None


def conditions(world: World, power: str, held: Held, piece: int) -> tuple[Condition, ...]:
    """The conditions on using what is held at a piece on the day, met or not."""
    day, known = world.today, world.as_known
    return tuple(
        item
        for name in line(world, power)
        for item in world.ledger(name).conditions
        if item.to == "use"
        and item.holder in (held.body, held.holder)
        and _runs(world, item, day, known)
        and (not item.area or piece in world.mosaic.territory(item.area))
    )


BINDING = frozenset({"consent", "approval", "prerequisite"})


def unmet(condition: Condition, day: date) -> bool:
    """Whether a condition still stands in the way of using a power on a day."""
    return condition.kind in BINDING and not (condition.met is not None and condition.met <= day)


def _runs(world: World, item: Exercise | Condition, day: date, known: date | None) -> bool:
    if (item.start is not None and day < item.start) or (item.end is not None and day >= item.end):
        return False
    return known is None or (world.made_by(item) or item.start or date.min) <= known
