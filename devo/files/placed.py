"""Records with the place each was read at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from devo.files.faults import shown
from devo.values import Area, Fault


class Place(NamedTuple):
    """Where a record was read."""

    path: str
    line: int


class Unmade(NamedTuple):
    """What could be read of a record that has faults: the values of its fields that fit them."""

    kind: type
    given: dict[str, Any]
    place: Place


@dataclass
class Tables:
    """Records with the place each was read at, in the same order, and what is wrong in the files.

    `cut_short` says that there are records in the files of which nothing could be read.
    """

    records: list[Any] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unmade: list[Unmade] = field(default_factory=list)
    cut_short: bool = False

    def add(self, record: Any, place: Place) -> None:
        """One more record, read at a place."""
        self.records.append(record)
        self.places.append(place)

    def extend(self, other: Tables) -> None:
        """All that another reading found."""
        self.records += other.records
        self.places += other.places
        self.faults += other.faults
        self.unmade += other.unmade
        self.cut_short |= other.cut_short


def repeated(tables: Tables, known: Iterable[Any] = ()) -> list[Fault]:
    """Records that go by an id that another of their type has; `known` are those already there."""
    seen: dict[tuple[type, Any], Place | None] = {(type(item), key_of(item)): None for item in known}
    faults = []
    for record, place in zip(tables.records, tables.places, strict=True):
        key = key_of(record)
        if key is None:
            continue
        first = seen.setdefault((type(record), key), place)
        if first is not place:
            name = " in ".join(reversed(key)) if isinstance(key, tuple) else key
            where = "already there" if first is None else f"on line {first.line} of {first.path}"
            if first is not None and first.path == place.path:
                where = f"on line {first.line} already"
            faults.append(Fault(place.path, place.line, f"{shown(name)} is given twice; it stands {where}"))
    return faults


def key_of(record: Any) -> Any:
    """What a record is known by: its id, or layer and code for an area; None for a row without one."""
    return (record.geography, record.code) if isinstance(record, Area) else getattr(record, "id", None)
