"""Answers in plain English: one sentence an official could paste, and what is missing for a yes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from devo import divisions, rules, words
from devo.mosaic import Pieces
from devo.names import Place
from devo.sightings import alike
from devo.standing import Standing
from devo.timeline import span_on, spans
from devo.values import Body, Condition, Effect, Power, Status
from devo.world import World


@dataclass(frozen=True)
class Case:
    """What a sentence is about: who, what, where, the status and the standings it sums up."""

    world: World
    body: Body
    power: Power
    place: Place
    status: Status
    found: dict[Standing, Pieces]
    by_status: dict[Status, Pieces]

    @property
    def first(self) -> tuple[Standing, int]:
        """The standing over most residents, with one of its pieces."""
        stands = max(self.found, key=lambda s: self.world.mosaic.residents(self.found[s]))
        return stands, min(self.found[stands])


def sentence(case: Case) -> str:
    """The answer in one or two sentences."""
    return _SENTENCES[case.status](case)


def missing(case: Case, later: Effect | None) -> tuple[str, ...]:
    """What a body lacks for holding the power, for every status but `held`."""
    world, today = case.world, case.world.today
    lacking: list[str] = []
    body = case.body
    if body.start is not None and today < body.start:
        lacking.append(f"{body.name} is not established until {day(body.start)}")
    if body.end is not None and today >= body.end:
        lacking.append(f"{body.name} was abolished on {day(body.end)}")
    for stands in case.found:
        lacking.extend(to_meet(world, c) for c in stands.conditions if rules.unmet(c, today))
        for effect in stands.effects:
            if case.status == "not-in-force":
                lacking.append(f"commencement on {day(effect.on)} of {instrument(world, effect)}")
            elif case.status == "promised":
                lacking.append(f"an Act or order: none was made by {day(_latest(world))}")
    if case.status == "not-conferred":
        lacking.append(f"a provision that gives {case.power.name} to {body.name}")
        lacking.extend(_struck_down(case))
    if case.status == "unmodelled":
        lacking.append(f"a row of the tables that says who holds {case.power.name} there on that day")
    if later is not None and case.status not in ("held", "conditional"):
        lacking.append(f"it came on {day(later.on)}, under {instrument(world, later)}")
    return tuple(dict.fromkeys(lacking))


def _latest(world: World) -> date:
    """The last day whose law an answer could take in."""
    return world.today if world.as_known is None else min(world.today, world.as_known)


def to_meet(world: World, condition: Condition) -> str:
    """A condition still to be met, in words."""
    who = world.body_name(condition.by)
    return condition.text or f"{condition.kind} of {who}"


def day(value: date) -> str:
    """A day in words; the first of the calendar stands for what was so before the tables begin."""
    return words.day(value) if value != date.min else "before the tables begin"


def instrument(world: World, effect: Effect) -> str:
    """What an effect was done under, in words."""
    return (
        world.instrument_title(effect.instrument) if effect.instrument else (effect.source or "general law")
    )


def _held(case: Case) -> str:
    world, (stands, piece) = case.world, case.first
    held = stands.held
    if held is None:
        return _unmodelled(case)
    span = span_on(spans(world, case.power.id, piece), held.body, held.mode, world.today)
    start = span.start if span else held.effect.on
    since = f"since {day(start)}" if start else "since before the tables begin"
    text = (
        f"{case.body.name} holds {case.power.name} over {_where(case)} on {day(world.today)}, "
        f"{_mode(case, stands)}, {since}, under {instrument(world, held.effect)}"
    )
    if span and span.held.effect.instrument not in ("", held.effect.instrument):
        text += f" (first under {instrument(world, span.held.effect)})"
    by = rules.exercised_by(world, case.power.id, held, piece)
    if by is not None:
        text += f"; it is exercised by {world.exerciser_name(by.by)}"
        if by.arrangement:
            text += f" ({by.arrangement})"
    if held.effect.discharges:
        text += f"; what it does also fulfils the duty of {listed(_discharged(case, stands))}"
    if held.heir_of:
        text += "; it came to it by succession from " + world.body_name(held.heir_of[0].old)
    if held.effect.carve_outs:
        text += f"; not included: {held.effect.carve_outs}"
    waiting = [to_meet(world, c) for c in stands.conditions if rules.unmet(c, world.today)]
    if waiting:
        text += f". To use it, it needs: {'; '.join(waiting)}"
    return text + "."


def _holding(case: Case) -> list[rules.Held]:
    """Everybody's holdings of the power over the places that the sentence is about."""
    groups = alike(case.world, case.power.id, frozenset().union(*case.found.values()))
    return [held for group in groups for held in rules.holders(case.world, case.power.id, min(group))]


def _discharged(case: Case, stands: Standing) -> list[str]:
    """The names of those whose duty a holding's use fulfils as well."""
    meant = {name.strip() for name in stands.held.effect.discharges.split(";")} if stands.held else set()
    bodies = {held.body for held in _holding(case) if {held.holder, held.body} & meant}
    return [case.world.body_name(body) for body in bodies if stands.held and body != stands.held.body]


def _mode(case: Case, stands: Standing) -> str:
    world, held = case.world, stands.held
    if held is None or held.mode == "sole":
        return "alone"
    holding = {other.body for other in _holding(case)}
    others = [world.body_name(body) for body in holding if body != held.body]
    if held.mode == "delegated":
        return f"by delegation from {world.holder_name(held.effect.root)}, which stays responsible"
    word = "jointly" if held.mode == "joint" else "concurrently"
    return f"{word} with {listed(others)}" if others else word


def _not_in_force(case: Case) -> str:
    stands, _ = case.first
    effect = stands.effects[0]
    made = f"was made on {day(effect.made)}" if effect.made else "has been made"
    return (
        f"{case.body.name} does not yet hold {case.world.power_name(effect.power)} on {day(case.world.today)}: "
        f"{instrument(case.world, effect)} {made}, and is in force for this from {day(effect.on)}."
    )


def _promised(case: Case) -> str:
    stands, _ = case.first
    effect = stands.effects[0]
    deal = next((d for d in case.world.deals if d.code == effect.deal), None)
    by = f"by {deal.name} ({deal.code})" if deal else f"by {instrument(case.world, effect)}"
    agreed = f", agreed on {day(effect.agreed)}" if effect.agreed else ""
    return (
        f"{case.body.name} was promised {case.world.power_name(effect.power)} {by}{agreed}; "
        f"by {day(_latest(case.world))} no law had given it."
    )


def _mixed(case: Case) -> str:
    stands, _ = case.first
    world = case.world
    if stands.parts:
        every = divisions.parts(world, case.power.id)
        return (
            f"{case.body.name} holds part of {case.power.name} over {case.place.name} on {day(world.today)}: "
            f"{listed(world.power_name(part) for part in stands.parts)}"
            f" ({len(stands.parts)} of its {len(every)} parts, and not all in one way)."
        )
    shares = [
        f"{status} for {words.share(world.mosaic.share(pieces, case.place.pieces))} of residents"
        for status, pieces in case.by_status.items()
    ]
    return f"{case.body.name} and {case.power.name} in {case.place.name} on {day(world.today)}: {listed(shares)}."


def _excluded(case: Case) -> str:
    stands, _ = case.first
    return (
        f"{case.body.name} does not hold {case.power.name} over {_where(case)} on {day(case.world.today)}: "
        f"{stands.reason}."
    )


def _ended(case: Case) -> str:
    stands, piece = case.first
    span = stands.span
    now = [case.world.body_name(h.body) for h in rules.holders(case.world, case.power.id, piece)]
    since = f" Now: {listed(now)}." if now else ""
    if span is None or span.end is None:
        return f"{case.body.name} no longer holds {case.power.name}.{since}"
    start = f"from {day(span.start)} " if span.start else ""
    part = (
        span.last.effect.power if span.last.effect.power in divisions.parts(case.world, case.power.id) else ""
    )
    return (
        f"{case.body.name} held {case.world.power_name(part or case.power.id)} over {_where(case)} {start}until {day(span.end)}, "
        f"and holds it no more.{since}"
    )


def _not_conferred(case: Case) -> str:
    world, record = case.world, case.power
    pieces = frozenset().union(*case.found.values())
    groups = alike(world, record.id, pieces)
    holding = {
        world.body_name(h.body) for group in groups for h in rules.holders(world, record.id, min(group))
    }
    who = (
        f" {listed(holding)} {'holds' if len(holding) == 1 else 'hold'} it there."
        if holding
        else " Nobody does."
    )
    return (
        f"{case.body.name} does not hold {record.name} on {day(world.today)}: "
        f"nobody had conferred or promised it by then.{who}"
        + "".join(f" {text}." for text in _struck_down(case))
    )


def _unmodelled(case: Case) -> str:
    world = case.world
    text = (
        f"The tables do not know whether {case.body.name} holds {case.power.name} over {_where(case)} "
        f"on {day(world.today)}."
    )
    stands = next(iter(case.found), None)
    if stands is not None and stands.effects:
        holders = listed({world.holder_name(effect.holder) for effect in stands.effects})
        text += f" The law gives it to {holders}; which body that is there on that day is not in the tables."
    return text


_SENTENCES = {
    "held": _held,
    "conditional": _held,
    "not-in-force": _not_in_force,
    "promised": _promised,
    "mixed": _mixed,
    "excluded": _excluded,
    "ended": _ended,
    "not-conferred": _not_conferred,
    "unmodelled": _unmodelled,
}


def listed(items: Iterable[str]) -> str:
    """Words joined as English does: a, b and c; long lists are cut with a count."""
    said = sorted(set(items), key=lambda word: (word.casefold(), word))
    if len(said) > 6:
        said = [*said[:5], f"{len(said) - 5} others"]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} and {said[-1]}"


def _where(case: Case) -> str:
    """The place, or that part of it where the status is so."""
    pieces = case.by_status.get(case.status, case.place.pieces)
    if len(case.by_status) == 1 or not case.by_status:
        return case.place.name
    areas = [name for _, name in case.world.mosaic.describe(pieces)]
    elsewhere = ", ".join(
        f"{listed(name for _, name in case.world.mosaic.describe(other))}: {status}"
        for status, other in case.by_status.items()
        if status != case.status
    )
    return f"{listed(areas)} (not {elsewhere})"


def _struck_down(case: Case) -> list[str]:
    """Instruments known by the day that would have given the power and were quashed."""
    told = []
    for effect in case.world.ledger(case.power.id).effects:
        item = case.world.instruments.get(effect.instrument)
        if item is None or item.status != "quashed" or effect.holder != case.body.id or not effect.begins:
            continue
        first = item.agreed or item.made
        if first is None or first <= case.world.today:
            why = item.note.rstrip(".")
            told.append(f"{case.world.instrument_title(item.id)} was quashed{': ' + why if why else ''}")
    return told
