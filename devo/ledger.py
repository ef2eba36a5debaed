"""Ledgers: all that ever begins or ends of one power, in legal order.

The order is the law's: commencement, then the day made, then an explicit override. A table row
with a start and an end is read as two effects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from devo.frozen import dataclass
from devo.values import Condition, Effect, Exercise, Holding, Instrument


@dataclass(frozen=True, eq=False, slots=True)
class Ledger:
    """All that ever begins or ends of one power, in legal order, with who exercises it and on what terms.

    `columns` is where the register and the rules keep what they have worked out of this ledger.
    """

    power: str
    effects: tuple[Effect, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    conditions: tuple[Condition, ...] = ()
    columns: dict[Any, Any] = field(default_factory=dict)


def effects_of(
    holding: Holding, instruments: Mapping[str, Instrument], areas: Mapping[str, str]
) -> list[Effect]:
    """A table row read as two effects, one that begins and one that ends."""
    start = holding.start or date.min
    area = holding.area or areas.get(holding.holder, "")
    common: dict[str, Any] = {
        "power": holding.power,
        "holder": holding.holder,
        "area": area,
        "mode": holding.mode,
        "source": holding.source,
        "confidence": holding.confidence,
    }
    begin = Effect(
        begins=True,
        on=start,
        made=made_or(instruments.get(holding.instrument), start),
        agreed=holding.agreed,
        instrument=holding.instrument,
        origin=holding.id,
        root=holding.root,
        mirrored=holding.mirrored,
        discharges=holding.discharges,
        carve_outs=holding.carve_outs,
        note=holding.note,
        **common,
    )
    if holding.end is None:
        return [begin]
    end = Effect(
        begins=False,
        on=holding.end,
        made=made_or(instruments.get(holding.end_instrument), holding.end),
        instrument=holding.end_instrument,
        origin=holding.id,
        ends=holding.id,
        **common,
    )
    return [begin, end]


_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_LAST_YEAR = re.compile(r"\b((?:19|20)\d\d)$")


def in_legal_order(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Effects by commencement, then the day made, then explicit overrides, ends before beginnings.

    Neither the order of files nor that of plugins counts: what is left to break a tie is the id.
    """
    listed = list(effects)
    rank = precedence({effect.origin: effect.overrides for effect in listed if effect.overrides})
    return tuple(
        sorted(
            listed,
            key=lambda e: (
                e.on,
                e.made or date.max,
                rank.get(e.origin, 0),
                e.begins,
                e.origin,
                e.holder,
                e.area,
            ),
        )
    )


def precedence(overrides: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """How late each provision is read, by the provisions that it prevails over: after all of them.

    Those that prevail over each other in a ring have no order among them.
    """
    # Sorted throughout: which of several rings is found first must not hang on the order of files.
    over = {name: sorted({*others} - {name}) for name, others in sorted(overrides.items())}
    while True:
        try:
            ordered = tuple(TopologicalSorter(over).static_order())
            break
        except CycleError as error:
            ring = set(error.args[1])
            for name in ring:
                over[name] = [other for other in over[name] if other not in ring]
    rank: dict[str, int] = {}
    for name in ordered:
        rank[name] = max((rank[other] + 1 for other in over.get(name, ())), default=0)
    return rank


def day_made(instrument: Instrument | None, commencement: date | None) -> date | None:
    """The day an instrument was made; where not known, bounded by its year and by what it did first.

    An agreement, and an instrument that was quashed before it took effect, was never made into law:
    the answer is then None, as it is where there is no instrument.
    """
    if instrument is None or instrument.kind == "agreement" or instrument.status in ("quashed", "laid"):
        return None
    if instrument.made is not None:
        return instrument.made
    # A grant or a direction has no year of its own in its title: there it cites the Act that it is made under.
    titled = instrument.title if instrument.kind in ("act", "order", "regulations") else ""
    year = _YEAR.search(instrument.number) or _LAST_YEAR.search(titled)
    bounds = [day for day in (commencement, date(int(year[1]), 12, 31) if year else None) if day]
    return min(bounds, default=None)


def made_or(instrument: Instrument | None, day: date) -> date | None:
    """The day an instrument was made, or `day` itself where no instrument is named."""
    return day if instrument is None else day_made(instrument, day)
