"""What stands on each kind of page of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from devo.values import Area, Body, Membership, Power, Succession


@dataclass(frozen=True, slots=True)
class Line:
    """One holding on a page. `share` is of the place's residents, `where` the places of a body's holding."""

    power: str
    power_name: str
    theme: str
    body: str
    body_name: str
    how: str
    since: str
    until: str
    under: str
    link: str
    confidence: str
    note: str
    share: float = 1.0
    where: tuple[tuple[str, str], ...] = ()
    residents: int = 0


@dataclass(frozen=True, slots=True)
class PlacePage:
    """An area of a layer people know, with who answers for it and who holds what over it."""

    path: str
    area: Area
    layer: str
    residents: int
    serving: tuple[tuple[Body, float], ...]
    themes: Mapping[str, list[Line]]
    unknown: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body, what it is, who belongs to it, and what it holds."""

    path: str
    body: Body
    facts: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    seats: tuple[Membership, ...]
    member_of: tuple[Membership, ...]
    heirs: tuple[Succession, ...]
    themes: Mapping[str, list[Line]]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began or ended."""

    on: str
    what: str
    holder: str
    holder_name: str
    where: str
    under: str
    link: str
    confidence: str


@dataclass(frozen=True, slots=True)
class PowerPage:
    """A power, what the law says of it, who holds it, and what made it so."""

    path: str
    power: Power
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    unknown: float
    events: tuple[Event, ...]
