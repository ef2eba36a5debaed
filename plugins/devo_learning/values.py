"""What a place learned, who may see it, and who watches or helps whom.

Notes are kept by whoever wrote them, in files of their own. What leaves the machine is what the centre
may see, and nothing else (`EvidenceNote.exported`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from devo import AreaCode, BodyId, ClassTerms, Confidence, PowerId

Visibility = Literal["own", "peers", "sector", "centre"]


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """What a body tried under a power, what went wrong, and what it would tell a peer.

    `visibility` says who may see it: its author alone, bodies that hold the power on like terms,
    bodies of its sector, or everybody, the centre too. A note that does not say is the author's alone.
    """

    id: str
    body: BodyId
    power: PowerId
    place: AreaCode = ""
    day: date | None = None
    tried: str = ""
    conditions: str = ""
    worked: Literal["", "yes", "partly", "no"] = ""
    went_wrong: str = ""
    tells_a_peer: str = ""
    visibility: Visibility = "own"
    source: str = ""
    confidence: Confidence = "known"

    @staticmethod
    def exported(notes: Iterable[EvidenceNote]) -> tuple[EvidenceNote, ...]:
        """Of some notes, those that may leave the machine: what the centre may see."""
        return tuple(note for note in notes if note.visibility == "centre")


@dataclass(frozen=True, slots=True)
class Oversight:
    """Who looks over whom, for what: to assure (judge and report), to support (help and be told), or both.

    A blank `role` is one that nobody has disclosed; it is reported as such and never guessed. Blank
    `powers` are all of theirs.
    """

    id: str
    overseer: BodyId
    overseen: ClassTerms
    powers: tuple[PowerId, ...] = ()
    role: Literal["", "assurance", "support", "both"] = ""
    what: str = ""
    start: date | None = None
    end: date | None = None
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme by which places learn from each other: who runs it, for which sectors, led by whom."""

    id: str
    name: str
    run_by: BodyId = ""
    sectors: tuple[str, ...] = ()
    led_by: Literal["", "peers", "centre"] = ""
    bodies: tuple[BodyId, ...] = ()
    start: date | None = None
    end: date | None = None
    known_to_work: Literal["", "yes", "no", "not evaluated"] = ""
    source: str = ""
    confidence: Confidence = "known"


RECORDS = (EvidenceNote, Oversight, Programme)
