"""The records of this plugin: areas redrawn from a day, and tiles of a map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from devo import Areas, Confidence, GeographyId, InstrumentId, Ref

# A layer of the world or of a lookup: lookups may have layers that no holding stands on.
LayerId = Annotated[str, Ref("layer")]


@dataclass(frozen=True, slots=True)
class Boundary:
    """An area of a layer as it is drawn from `start`, where that is not how the layer draws it.

    A code that the layer does not have is a new area of it. No `territory` says that the area is
    gone.
    """

    geography: GeographyId
    code: str
    territory: Areas = ""
    name: str = ""
    start: date | None = None
    end: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Tile:
    """Where an area stands on a map of equal squares: columns from the west, rows from the north.

    `latitude` and `longitude` are those of the middle of its residents.
    """

    geography: GeographyId
    code: str
    name: str
    column: int
    row: int
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    confidence: Confidence = "known"
