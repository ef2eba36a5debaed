"""England's own record types: what public registers say wrongly, and what the national framework offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from devo import BodyId, Confidence, PowerId


@dataclass(frozen=True, slots=True)
class KnownDefect:
    """Something that a public register says of a body that the law does not bear out.

    `says` is what it says: the body is *current* though it is gone, *missing* though it exists, or it
    *starts* on another day, which `day` then gives.
    """

    id: str
    register: str
    body: BodyId
    says: Literal["current", "missing", "starts"]
    day: date | None = None
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Offer:
    """The lowest level of strategic authority to which the national framework offers a power, and how.

    `form` is how the authority would come to it: *instead* of those who hold it there, *beside* them
    (concurrently), *jointly* with them, *delegated* by whoever holds it, or only *consulted*. `consent`
    says whose consent its use then needs under the framework; blank where it needs none.
    """

    power: PowerId
    level: Literal["foundation", "mayoral", "established"]
    form: Literal["instead", "beside", "jointly", "delegated", "consulted"] = "beside"
    consent: str = ""
    source: str = ""
    confidence: Confidence = "known"
