"""A world: a set of dated facts on a map, with one ledger of effects for each power.

A world never changes. `on(day)` and `known(day)` give the same world looked at from a day;
`changed` gives a new one that shares all it can with the old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from devo.expressions import class_terms, is_class
from devo.ledger import Ledger, day_made, effects_of, in_legal_order
from devo.mosaic import RESIDENTS, Mosaic
from devo.roster import Roster
from devo.values import (
    Area,
    Body,
    BodyClass,
    Condition,
    Deal,
    Designation,
    Effect,
    Exercise,
    Finding,
    Geography,
    Holding,
    Instrument,
    Measure,
    Piece,
    Power,
    Serving,
    Succession,
)

if TYPE_CHECKING:
    import networkx
    import polars

T = TypeVar("T")

_ROSTER_TYPES = (Body, BodyClass, Designation, Serving, Succession)
_MOSAIC_TYPES = (Geography, Area, Piece)
# What a world keeps of what it worked out from the records of a type.
_WORKED_OUT: Mapping[type, tuple[str, ...]] = {
    Power: ("powers", "children", "horizon"),
    Instrument: ("instruments",),
    Measure: ("counted",),
}


class World:
    """Dated facts on a map, perhaps looked at from one day."""

    def __init__(
        self,
        records: Mapping[type, tuple[Any, ...]],
        ledgers: Mapping[str, Ledger],
        *,
        baseline: str = "",
        deals: Sequence[Deal] = (),
        mosaic: Mosaic | None = None,
        roster: Roster | None = None,
        day: date | None = None,
        as_known: date | None = None,
        before: World | Callable[[], World] | None = None,
        fingerprint: str = "",
        tables_mark: str = "",
        plugins: tuple[str, ...] = (),
        findings: tuple[Finding, ...] = (),
        makers: frozenset[str] = frozenset(),
        kept: dict[Any, Any] | None = None,
    ):
        self.records = records
        self.ledgers = ledgers
        self.baseline = baseline
        self.deals = deals
        self.day = day
        self.as_known = as_known
        self._before = before
        self.fingerprint = fingerprint
        # The fingerprint of the world before any deal, where that is known without reading it.
        self.tables_mark = tables_mark
        self.plugins = plugins
        self.findings = findings
        # The provisions that made records of bodies, seats or a plugin's own, and not only effects.
        self.makers = makers
        self._mosaic = mosaic
        self._roster = roster
        self._kept: dict[Any, Any] = {} if kept is None else kept

    # --- what is in it -----------------------------------------------------------------------

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """All records of one type, the core's own or a plugin's."""
        return self.records.get(kind, ())

    @property
    def before(self) -> World:
        """The same world before any deal was enacted: its tables alone."""
        if callable(self._before):
            self._before = self._before()
        return self._before or self

    @property
    def mosaic(self) -> Mosaic:
        """The pieces and areas."""
        if self._mosaic is None:
            self._mosaic = Mosaic(self.of(Geography), self.of(Area), self.of(Piece))
        return self._mosaic

    @property
    def roster(self) -> Roster:
        """The bodies and their classes."""
        if self._roster is None:
            self._roster = Roster(
                self.mosaic,
                self.of(Body),
                self.of(BodyClass),
                self.of(Designation),
                self.of(Serving),
                self.of(Succession),
                self.made_by,
            )
        return self._roster

    @cached_property
    def powers(self) -> Mapping[str, Power]:
        """Powers by id."""
        return {power.id: power for power in self.of(Power)}

    @cached_property
    def horizon(self) -> date | None:
        """The first day from which the tables are complete for any power."""
        return min((p.complete_from for p in self.powers.values() if p.complete_from), default=None)

    @cached_property
    def counted(self) -> str:
        """When the residents were counted, as a phrase to follow a figure: `mid-2023`; '' where no table says."""
        return next((item.counted for item in self.of(Measure) if item.id == RESIDENTS), "")

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """For each power that a statute divides, the powers it is divided into."""
        found: dict[str, list[str]] = {}
        for power in self.powers.values():
            if power.parent:
                found.setdefault(power.parent, []).append(power.id)
        return {parent: tuple(ids) for parent, ids in found.items()}

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Instruments by id."""
        return {item.id: item for item in self.of(Instrument)}

    @property
    def deal_codes(self) -> tuple[str, ...]:
        """The codes of its deals. A compiled world knows them without reading its deals."""
        codes: tuple[str, ...] | None = getattr(self.deals, "codes", None)
        return tuple(deal.code for deal in self.deals) if codes is None else codes

    def ledger(self, power: str) -> Ledger:
        """A power's ledger; an empty one for a power that nobody was ever given."""
        try:
            return self.ledgers[power]
        except KeyError:
            return Ledger(power)

    def body_name(self, body: str) -> str:
        """The name of a body, or its id where no table has it."""
        record = self.roster.bodies.get(body)
        return record.name if record else body

    def holder_name(self, holder: str) -> str:
        """The name of a holder: a body's, or "every ..." for a class."""
        if not is_class(holder):
            return self.body_name(holder)
        terms = class_terms(holder)
        named = self.roster.classes.get(terms)
        return f"every {named.name if named else terms.replace('-', ' ')}"

    def exerciser_name(self, by: str) -> str:
        """Who exercises a power: a body by its name, an office as "the mayor"."""
        return self.body_name(by) if by in self.roster.bodies else f"the {by.removeprefix('the ')}"

    def power_name(self, power: str) -> str:
        """The name of a power, or its id where no table has it."""
        record = self.powers.get(power)
        return record.name if record else power

    def instrument_title(self, ref: str) -> str:
        """The title of an instrument with its number, or the text itself where no table has it."""
        item = self.instruments.get(ref)
        if item is None:
            return ref
        return (
            f"{item.title} ({item.number})" if item.number and item.number not in item.title else item.title
        )

    def made_by(self, record: Any) -> date | None:
        """The day the law behind a dated record was made; None where no instrument is named."""
        if not record.instrument:
            return None
        instrument = self.instruments.get(record.instrument)
        return day_made(instrument, record.start) if instrument else None

    def kept(self, make: Callable[[World, T | None], T]) -> T:
        """What `make` makes of this world and of what it last made for a world of the same line.

        For what is dear to make and seldom differs, such as all amounts of money read and judged. `make`
        gets None at first. It has to compare the records that it rests on with those it last saw, and gives
        back the same thing, one mended where they differ, or a new one; never an old one changed in place.
        """
        found = self._kept[make] = make(self, self._kept.get(make))
        return found

    # --- looked at from a day ----------------------------------------------------------------

    def on(self, day: date | str) -> World:
        """The same world on a day."""
        return self._view(day=as_day(day), as_known=self.as_known)

    def known(self, day: date | str | None) -> World:
        """The same world as the law made by a day would have it; None for all that is known now."""
        return self._view(day=self.day, as_known=None if day is None else as_day(day))

    @property
    def today(self) -> date:
        """The day the world is looked at from. Raises ValueError where none was given."""
        if self.day is None:
            raise ValueError("say which day: world.on('2025-01-01')")
        return self.day

    def _view(self, **days: date | None) -> World:
        # Made now, so that all days share one map and one roster with what they work out.
        return self._like(_mosaic=self.mosaic, _roster=self.roster, **days)

    def _like(self, **given: Any) -> World:
        """This world with some attributes replaced; what it has worked out so far stays."""
        other = copy(self)
        vars(other).update({"_before": self if self._before is None else self._before, **given})
        return other

    def about(self, powers: Iterable[str]) -> World:
        """The same world with nothing in it of any power but some, for looking at those alone."""
        kept = set(powers)
        seen = self.changed(records={Power: tuple(p for p in self.of(Power) if p.id in kept)})
        return seen._like(ledgers={power: self.ledgers[power] for power in kept if power in self.ledgers})

    # --- made into another -------------------------------------------------------------------

    def changed(
        self,
        *,
        records: Mapping[type, tuple[Any, ...]] | None = None,
        ledgers: Mapping[str, Ledger] | None = None,
        deals: Sequence[Deal] | None = None,
        fingerprint: str | None = None,
        plugins: tuple[str, ...] | None = None,
        findings: tuple[Finding, ...] | None = None,
        makers: frozenset[str] | None = None,
    ) -> World:
        """A new world with some record types, ledgers or deals replaced; the rest is shared."""
        fresh = records or {}
        same_map = fresh.keys().isdisjoint(_MOSAIC_TYPES)
        same_bodies = same_map and fresh.keys().isdisjoint(_ROSTER_TYPES)
        new = self._like(
            # Those of a compiled world are read one by one when asked for; to merge them reads all.
            records={**self.records, **fresh} if fresh else self.records,
            ledgers={**self.ledgers, **ledgers} if ledgers else self.ledgers,
            deals=self.deals if deals is None else deals,
            fingerprint=self.fingerprint if fingerprint is None else fingerprint,
            plugins=self.plugins if plugins is None else plugins,
            findings=self.findings if findings is None else findings,
            makers=self.makers if makers is None else makers,
            _mosaic=self.mosaic if same_map else None,
            _roster=self.roster if same_bodies else None,
        )
        for kind in fresh:
            for name in _WORKED_OUT.get(kind, ()):
                vars(new).pop(name, None)
        return new

    # --- views in other shapes ---------------------------------------------------------------

    def table(self, kind: type) -> polars.DataFrame:
        """All records of one type as a polars DataFrame, one column a field."""
        from devo.views import table

        return table(self.of(kind), kind)

    def graph(self) -> networkx.MultiDiGraph:
        """Bodies, powers and areas as a networkx MultiDiGraph on the day; see devo.views.graph."""
        from devo.views import graph

        return graph(self)


def world_of(records: Iterable[Any], *, baseline: str = "", fingerprint: str = "") -> World:
    """Build a world from records of any types; holdings, exercises and conditions go to the ledgers."""
    by_type: dict[type, list[Any]] = {}
    for record in records:
        by_type.setdefault(type(record), []).append(record)
    instruments = {item.id: item for item in by_type.get(Instrument, ())}
    areas = {body.id: body.area for body in by_type.get(Body, ())}
    effects: dict[str, list[Effect]] = {power.id: [] for power in by_type.get(Power, ())}
    for holding in by_type.get(Holding, ()):
        effects.setdefault(holding.power, []).extend(effects_of(holding, instruments, areas))
    exercises = _by_power(by_type.get(Exercise, ()))
    conditions = _by_power(by_type.get(Condition, ()))
    ledgers = {
        power: Ledger(
            power, in_legal_order(found), tuple(exercises.get(power, ())), tuple(conditions.get(power, ()))
        )
        for power, found in effects.items()
    }
    tables = {kind: tuple(rows) for kind, rows in by_type.items()}
    return World(tables, ledgers, baseline=baseline, fingerprint=fingerprint)


def as_day(day: date | str) -> date:
    """A day given as a date or as ISO text."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def _by_power(records: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in records:
        found.setdefault(record.power, []).append(record)
    return found
