"""Plans as values: the lines that two worlds differ by, the matrix of powers by areas, and what is wanted of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from devo import names, tiers
from devo.answers import TermFault, plain
from devo.mosaic import Pieces
from devo.moves import KINDS, Kind, Move, origin_of
from devo.names import AUTHORITIES
from devo.sightings import surest
from devo.values import Condition, Effect, Exercise, Finding
from devo.world import World

SCHEMA = "devo.plan/1"
# What files call otherwise than we can: `from` is a word of Python's own.
_FIELDS = {"from": "before", "from_names": "before_names", "to": "after", "to_names": "after_names"}


@dataclass(frozen=True)
class Change:
    """One line of a plan: what happens to one power, from whom to whom, where, for how many people.

    `basis` says whether law does it, or it was only agreed: then it is what would have come.
    """

    kind: Kind
    power: str
    power_name: str
    power_kind: str
    theme: str
    before: tuple[str, ...]
    before_names: tuple[str, ...]
    after: tuple[str, ...]
    after_names: tuple[str, ...]
    places: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: int
    on: date
    mode: str
    exercised_by_before: str | None
    exercised_by_after: str | None
    accountability_before: str
    accountability_after: str
    answers_for_before: int
    answers_for_after: int
    cause: Mapping[str, Any]
    pieces: Pieces
    basis: Literal["law", "agreed"] = "law"

    def as_json(self) -> dict[str, Any]:
        """The line as the contract has it: `from` and `to`, ids with names beside."""
        return {column: plain(getattr(self, _FIELDS.get(column, column))) for column in self.columns()}

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The names that a line's values have in JSON and CSV."""
        ours = {"pieces", *_FIELDS.values()}
        return (*(name for name in cls.__dataclass_fields__ if name not in ours), *_FIELDS)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A power in an area, with the level it is held at before and after, in the words officials use."""

    power: str
    power_name: str
    area: str
    area_name: str
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """What differs between two worlds: sentences, lines, what plugins see change, and findings."""

    title: str
    before: World
    after: World
    on: tuple[date, date]
    summary: tuple[str, ...]
    changes: tuple[Change, ...]
    indirect: Mapping[str, tuple[Mapping[str, Any], ...]]
    findings: tuple[Finding, ...]

    @cached_property
    def matrix(self) -> tuple[MatrixRow, ...]:
        """The powers that change by the areas where they do, each with its level before and after."""
        changes = [change for change in self.changes if change.basis == "law"]
        touched: Pieces = frozenset().union(*(change.pieces for change in changes))
        areas = matrix_areas(self.after, touched)
        powers = dict.fromkeys((change.power, change.power_name) for change in changes)
        return tuple(
            MatrixRow(
                power,
                name,
                code,
                area,
                tiers.level_over(self.before, power, pieces),
                tiers.level_over(self.after, power, pieces),
            )
            for power, name in powers
            for code, area, pieces in areas
        )

    def as_json(self) -> dict[str, Any]:
        """The plan as plain JSON values."""
        return {
            "schema": SCHEMA,
            "title": self.title,
            "on": [day.isoformat() for day in self.on],
            "summary": list(self.summary),
            "matrix": plain(self.matrix),
            "changes": [change.as_json() for change in self.changes],
            "indirect": plain(self.indirect),
            "findings": plain(self.findings),
        }


@dataclass(frozen=True)
class Wanted:
    """Which lines of a plan are wanted: kinds, a theme, a place. What is blank leaves nothing out."""

    kinds: tuple[str, ...] = ()
    theme: str = ""
    pieces: Pieces | None = None

    @classmethod
    def of(cls, world: World, only: str = "", theme: str = "", place: str = "") -> Wanted:
        """What is wanted as people write it: kinds with commas, part of a theme's name, a place by any name.

        Raises TermFault for a kind or theme that there is not, NameFault for a place.
        """
        kinds = tuple(kind.strip() for kind in only.split(",") if kind.strip())
        for kind in kinds:
            if kind not in KINDS:
                raise TermFault(f"there is no kind of change {kind!r}; there are: {', '.join(KINDS)}")
        themes = sorted({power.theme for power in world.powers.values() if power.theme})
        if theme and not any(theme.casefold() in known.casefold() for known in themes):
            raise TermFault(f"no power is of a theme {theme!r}; there are: {', '.join(themes)}")
        return cls(kinds, theme, names.place(world, place).pieces if place else None)

    def wants(self, change: Change) -> bool:
        """Whether a line is wanted."""
        if self.kinds and change.kind not in self.kinds:
            return False
        if self.theme and self.theme.casefold() not in change.theme.casefold():
            return False
        return self.pieces is None or bool(self.pieces & change.pieces)


EVERYTHING = Wanted()


def matrix_areas(world: World, touched: Pieces) -> list[tuple[str, str, Pieces]]:
    """The columns of a matrix: areas of authorities that a change touches, then whatever else it does."""
    found: list[tuple[str, str, Pieces]] = []
    left = touched
    for body in sorted(world.roster.bodies.values(), key=lambda b: b.name):
        if body.kind in AUTHORITIES and world.roster.alive(body.id, world.today):
            served = world.roster.served(body.id, world.today)
            if served & left:
                place = names.place_of(world, body)
                found.append((place.id, place.name, served))
                left -= served
    for area in world.mosaic.whole_areas(left):
        found.append((area.code, area.name, world.mosaic.pieces_of(area.geography, area.code)))
    return found


def change_of(before: World, after: World, move: Move) -> Change:
    """A move as a line of a plan, with the names of those concerned and what caused it."""
    areas = after.mosaic.describe(move.pieces)
    power = after.powers.get(move.power) or before.powers[move.power]
    cause = move.cause
    said = {
        "deal": _deal(after, cause),
        "provision": origin_of(cause) if cause else "",
        "instrument": after.instrument_title(cause.instrument) if cause else "",
        "source": cause.source if cause else "",
        "confidence": cause.confidence if cause else None,
    }
    if cause is None:
        # What ends because its holder did rests on what says that the holder is gone.
        gone = [body for name in move.before if (body := after.roster.bodies.get(name)) and body.end]
        said["source"] = "; ".join(dict.fromkeys(body.source for body in gone if body.source))
        said["confidence"] = surest(*(body.confidence for body in gone)) if gone else None
    return Change(
        move.kind,
        move.power,
        power.name,
        power.kind,
        power.theme,
        move.before,
        tuple(before.body_name(body) for body in move.before),
        move.after,
        tuple(after.body_name(body) for body in move.after),
        tuple(code for code, _ in areas),
        tuple(name for _, name in areas),
        after.mosaic.residents(move.pieces),
        move.on,
        move.mode,
        move.exerciser_before,
        move.exerciser_after,
        move.accountability_before,
        move.accountability_after,
        move.answers_before,
        move.answers_after,
        said,
        move.pieces,
    )


def _deal(world: World, cause: Effect | Exercise | Condition | None) -> str:
    """The deal that a cause stands in; '' for a row of the tables."""
    if cause is None:
        return ""
    if isinstance(cause, Effect):
        return cause.deal
    found = (deal.code for deal in world.deals for p in deal.provisions if p.id == cause.provision)
    return next(found, "")
