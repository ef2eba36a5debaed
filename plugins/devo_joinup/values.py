"""What joining up is about: people with several needs, and what binds bodies together around them.

All are flat and refer by id. A persona's needs are rows of their own, one a power; so are arrangements
between bodies, the legal gateways that let them share what they know, and terms of office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from devo import Areas, BodyId, ClassTerms, Confidence, InstrumentId, PowerId, Ref

PersonaId = Annotated[str, Ref("persona")]

Part = Literal["acts", "commissions", "pays"]
Kind = Literal[
    "shared-goals",
    "pooled-budget",
    "joint-commissioning",
    "co-location",
    "multi-disciplinary-team",
    "key-worker",
    "data-sharing-agreement",
    "peer-learning",
    "secondment",
    "central-support",
    "evaluation",
    "feedback",
    "neighbourhood-team",
    "community-partnership",
    "duty-to-cooperate",
]

# Arrangements that put people of several bodies into one team or one room: a person is not handed on inside.
BRIDGES = frozenset({"co-location", "multi-disciplinary-team", "key-worker", "neighbourhood-team"})
# Arrangements under which one worker acts for several bodies.
ONE_WORKER = frozenset({"key-worker", "multi-disciplinary-team"})


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of person with several needs at once, in words that a practitioner would use."""

    id: str
    name: str
    summary: str = ""
    age_from: int = 0
    age_to: int = 0
    place: Areas = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Need:
    """One power that a need of a persona's leads to; rows with the same `persona` and `need` are one need.

    `part` is what whoever holds the power does for it: acts in person, commissions others who act, or
    pays. `profession` is who a person meets at the front line, a stated assumption. A blank `power` is
    one that the tables do not have: the need is then said to be unmodelled and never dropped.
    """

    persona: PersonaId
    need: str
    power: PowerId = ""
    part: Part = "acts"
    profession: str = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What bodies have arranged between them over powers and places, for a time.

    Who it is between are `bodies` by name, the bodies of the class `between` at each place, or both.
    Blank `powers` are all of theirs, a blank `area` everywhere they serve. It binds those who have one
    of its powers; a duty to co-operate is about its powers, and binds whoever of its bodies a person
    who needs one of them meets. `lead` is the body that answers for it, or that the others look to.
    """

    id: str
    kind: Kind
    bodies: tuple[BodyId, ...] = ()
    powers: tuple[PowerId, ...] = ()
    area: Areas = ""
    lead: BodyId = ""
    name: str = ""
    start: date | None = None
    end: date | None = None
    provision: str = ""
    instrument: InstrumentId = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"
    between: ClassTerms = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """A legal power or duty by which bodies may share what they know of a person.

    Any two different bodies of the class `between` may, for the powers named (blank: for any).
    """

    id: str
    name: str
    between: ClassTerms
    powers: tuple[PowerId, ...] = ()
    start: date | None = None
    end: date | None = None
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Office:
    """A minister and the department they act through: to a person who meets them, one organisation."""

    minister: BodyId
    department: BodyId
    start: date | None = None
    end: date | None = None
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class TermOfOffice:
    """How many years those who decide in a class of bodies are elected or appointed for."""

    id: str
    bodies: ClassTerms
    years: int
    how: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Item:
    """A barrier, insight, proposal or recommendation of the reports, and what answers it here.

    `reconstructed` says that the wording was not seen and is this project's own.
    """

    id: str
    kind: Literal["barrier", "insight", "proposal", "recommendation", "context"]
    report: str
    paraphrase: str
    answered_by: str
    how: str = ""
    reconstructed: bool = False
    source: str = ""
    confidence: Confidence = "known"


RECORDS = (Persona, Need, Arrangement, Gateway, Office, TermOfOffice, Item)
