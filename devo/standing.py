"""Standing: how one body stands to one power at one piece, in one of nine words.

`held`, `conditional`, `not-in-force`, `promised`, `mixed`, `excluded`, `ended`, `not-conferred`,
`unmodelled`, looked for in that order; each with the effects it was read from. Outside what a
power says its tables are complete for, silence is *unmodelled*, never no.
"""

from __future__ import annotations

from datetime import date

from devo import divisions, rules
from devo.expressions import class_terms, is_class, signed_terms
from devo.frozen import dataclass
from devo.mosaic import UnknownArea
from devo.rules import Held
from devo.sightings import coming, meant_by
from devo.timeline import Span, spans
from devo.values import Condition, Effect, Status, day_before
from devo.world import World


@dataclass(frozen=True, slots=True)
class Standing:
    """A status at a piece, and what it was read from.

    `effects` are those the answer rests on; `held` how a holder holds; `conditions` what is still
    to be met; `parts` the parts of a divided power that the body holds; `reason` why it is excluded.
    """

    status: Status
    effects: tuple[Effect, ...] = ()
    held: Held | None = None
    span: Span | None = None
    conditions: tuple[Condition, ...] = ()
    parts: tuple[str, ...] = ()
    reason: str = ""


def standing(world: World, body: str, power: str, piece: int) -> Standing:
    """How a body stands to a power at a piece on the day."""
    divided = rules.differing_parts(world, power, piece)
    if divided:
        mine = tuple(p for p in divided if any(h.body == body for h in rules.holders(world, p, piece)))
        if mine == divided and len({_alike(world, part, piece) for part in divided}) == 1:
            return _holding_every(world, body, divided, piece)
        if mine:
            return Standing("mixed", _effects_of_parts(world, divided, piece), parts=mine)
    for held in rules.holders(world, power, piece) if not divided else ():
        if held.body == body:
            return _holding(world, power, held, piece)
    named = (power, *divisions.parts(world, power))
    for effect, status in (found for name in named for found in coming(world, name, piece)):
        if body in meant_by(world, effect, piece):
            return Standing(status, (effect,))
    barred = _exclusion(world, body, power, piece)
    if barred:
        return barred
    past = [
        (span.end, span.start or date.min, name == power, name, span)
        for name in named
        for span in spans(world, name, piece)
        if span.body == body and span.end is not None and span.end <= world.today
    ]
    if past:
        *_, name, latest = max(past, key=lambda found: found[:4])
        return Standing("ended", _ended_by(world, name, latest, piece), span=latest)
    asked = named[1:] or named
    if not all(rules.is_modelled(world, name, piece) for name in asked):
        nameless = (effect for name in asked for effect in rules.nameless(world, name, piece))
        return Standing("unmodelled", tuple(dict.fromkeys(nameless)))
    return Standing("not-conferred")


def came(world: World, body: str, power: str, piece: int) -> Span | None:
    """When a body that does not hold a power at a piece on the day came to hold it, if it did."""
    later = world.known(None)
    for span in spans(later, power, piece):
        if span.body == body and span.start is not None and span.start > world.today:
            return span
    return None


def _holding(world: World, power: str, held: Held, piece: int) -> Standing:
    every = rules.conditions(world, power, held, piece)
    waiting = tuple(item for item in every if rules.unmet(item, world.today))
    effects = (held.effect, *_roots(world, power, held, piece))
    return Standing("conditional" if waiting else "held", effects, held=held, conditions=every)


def _holding_every(world: World, body: str, parts: tuple[str, ...], piece: int) -> Standing:
    """The standing of a body that holds every part of a power, and all of them in one way."""
    every = [
        _holding(world, part, held, piece)
        for part in parts
        for held in rules.holders(world, part, piece)
        if held.body == body
    ]
    return Standing(
        "conditional" if any(stands.status == "conditional" for stands in every) else "held",
        tuple(dict.fromkeys(effect for stands in every for effect in stands.effects)),
        held=every[0].held,
        conditions=tuple(dict.fromkeys(item for stands in every for item in stands.conditions)),
    )


def _alike(world: World, power: str, piece: int) -> frozenset[tuple[str, str]]:
    return frozenset((held.body, held.mode) for held in rules.holders(world, power, piece))


def _roots(world: World, power: str, held: Held, piece: int) -> tuple[Effect, ...]:
    """The effects of those that a delegated holding hangs from."""
    if held.mode != "delegated" or not held.effect.root:
        return ()
    root = held.effect.root
    found = []
    for other in rules.holders(world, power, piece):
        if other.body != held.body and root in (other.holder, other.body):
            found.append(other.effect)
            found.extend(_roots(world, power, other, piece))
        elif other.body != held.body and is_class(root):
            serving = world.roster.at(class_terms(root), piece)
            if any(t.body == other.body and t.on(world.today, world.as_known) for t in serving):
                found.append(other.effect)
    return tuple(found)


def _effects_of_parts(world: World, parts: tuple[str, ...], piece: int) -> tuple[Effect, ...]:
    """What decides each part, whoever holds it: that they differ is the answer."""
    found = {effect for part in parts for effect in rules.grounds(world, part, piece)}
    return tuple(sorted(found, key=lambda e: (e.on, e.power, e.origin)))


def _exclusion(world: World, body: str, power: str, piece: int) -> Standing | None:
    """Whether the law keeps a body out: barred by name or kind, or the place carved out of its area."""
    record = world.powers.get(power)
    day, known = world.today, world.as_known
    if record is not None and record.may_not_hold:
        for tenure in world.roster.tenures(record.may_not_hold):
            if tenure.body == body and tenure.on(day, known):
                return Standing(
                    "excluded", reason=f"the law bars it from holding this ({record.may_not_hold})"
                )
    for effect in world.ledger(power).effects:
        if not effect.begins or effect.on > day or not rules.is_law(effect, known):
            continue
        carved = _carved_out(world, effect, piece)
        if carved and any(h.body == body for h in rules.resolve(world, effect.holder, effect, piece)):
            return Standing("excluded", (effect,), reason=f"what gave it this leaves out {carved}")
    return None


def _carved_out(world: World, effect: Effect, piece: int) -> str:
    """The name of the area that an effect's area takes away and that a piece lies in; '' if none."""
    for added, term in signed_terms(effect.area):
        if not added and piece in world.mosaic.territory(term) and not rules.covers(world, effect, piece):
            try:
                return world.mosaic.area(term).name
            except UnknownArea:
                return term
    return ""


def _ended_by(world: World, power: str, span: Span, piece: int) -> tuple[Effect, ...]:
    """The effect a past holding was read from with those of its root, and what ended it.

    That may be an end, another holder of a part of the power, or the end of the root.
    """
    if span.end is None:
        return (span.last.effect,)
    eve = world.on(day_before(span.end))
    then = dict.fromkeys((span.last.effect, *_roots(eve, power, span.last, piece)))
    named = {effect.holder for effect in then} | {span.body}
    for name in divisions.line(world, power):
        for effect in world.ledger(name).effects:
            if effect.on != span.end or not rules.is_law(effect, world.as_known):
                continue
            overrides = effect.begins and any(e.power != name for e in then)
            if rules.covers(world, effect, piece) and (
                overrides or (not effect.begins and effect.holder in named)
            ):
                then[effect] = None
    return tuple(then)
