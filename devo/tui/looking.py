"""What the explorer looks at: a place, a body or a power, on a day, by the law known on another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["place", "body", "power"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the middle of the screen is about: its kind, its id and its name."""

    kind: Kind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Looking:
    """One view of a world. `place` is where the person was last: it stays when a body is looked at."""

    subject: Subject | None = None
    place: Subject | None = None
    day: date = date.min
    known: date | None = None

    def at(self, subject: Subject) -> Looking:
        """The same view of another subject."""
        place = subject if subject.kind == "place" else self.place
        return replace(self, subject=subject, place=place)

    def on(self, day: date) -> Looking:
        """The same view on another day."""
        return replace(self, day=day)

    def by(self, known: date | None) -> Looking:
        """The same view by the law made by a day; None for all that is known."""
        return replace(self, known=known)
