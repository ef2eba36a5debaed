"""Everything devo talks about: places, bodies, powers, law, deals, and what is said of them.

Every record is frozen and flat and refers to others by id, so a table of any of them can be
edited in a spreadsheet. All intervals are half-open: a record is right from `start`
up to, and not on, `end`; None means "from before the tables begin" or "to this day". Every
record carries a `source` and a `confidence`: *verified* (the text was seen), *known*, *unsure*.

Two small languages stand in the text fields:

an **area** (`Areas`)       `E08000003`, `icb24:E54000057`, `E12000007 - E09000001`, `a + b - c`
a **holder** (`Holder`)     a body's id, or `every:CLASS`: each body of that class over its own area
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Protocol

from devo.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text that names another record: what kind, for checking and for completion."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Marks a figure with its unit, so that a column can say what it counts."""

    name: str


AreaCode = Annotated[str, Ref("place")]
Areas = Annotated[str, Ref("areas")]
BodyId = Annotated[str, Ref("body")]
Holder = Annotated[str, Ref("holder")]
ClassTerms = Annotated[str, Ref("classes")]
PowerId = Annotated[str, Ref("power")]
DealId = Annotated[str, Ref("deal")]
GeographyId = Annotated[str, Ref("geography")]
InstrumentId = Annotated[str, Ref("instrument")]

Share = Annotated[float, Unit("share of residents")]
Residents = Annotated[int, Unit("residents")]
Pence = Annotated[int, Unit("pence")]

Confidence = Literal["verified", "known", "unsure"]
Mode = Literal["sole", "concurrent", "joint", "delegated"]
Status = Literal[
    "held",
    "conditional",
    "not-in-force",
    "promised",
    "mixed",
    "excluded",
    "ended",
    "not-conferred",
    "unmodelled",
]
Severity = Literal["error", "warning", "note"]


class Dated(Protocol):
    """A record that is right from `start` up to, and not on, `end`."""

    @property
    def start(self) -> date | None:
        """The first day; None for before the tables begin."""

    @property
    def end(self) -> date | None:
        """The first day on which it no longer is; None for not yet."""


def runs(record: Dated, day: date) -> bool:
    """Whether a record is right on a day."""
    return (record.start is None or record.start <= day) and (record.end is None or day < record.end)


def day_before(day: date) -> date:
    """The day before; of the first day of the calendar that day itself."""
    return day - timedelta(days=1) if day > date.min else day


def day_after(day: date) -> date:
    """The day after; of the last day of the calendar that day itself."""
    return day + timedelta(days=1) if day < date.max else day


# --- places -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Geography:
    """A layer of areas with a vintage: `lad24`, `icb24`. Its days are those it is right for."""

    id: str
    name: str
    start: date | None = None
    end: date | None = None
    covering: bool = True
    fit: Literal["exact", "best"] = "exact"
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Area:
    """One place in one layer, known by (geography, GSS code). A boundary, never a legal person.

    `aliases` hold other names and other codes of the same place (Barnsley changed its code).
    """

    geography: GeographyId
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the country that no layer cuts further.

    `areas` gives its area in each layer, `measures` what is in it (residents and so on).
    A table of pieces is one row a piece: a column named after a layer gives the area's code,
    every other column is a measure.
    """

    id: str
    areas: Mapping[str, str]
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column of figures counts, when it was counted, and so how it may be shared out.

    A total (`extensive`: people, pounds) is split between the parts of an area; a rate
    (`intensive`: pounds a head, a share, a score) is averaged over them. `counted` follows a
    figure in answers: residents, `mid-2023`.
    """

    id: str
    kind: Literal["extensive", "intensive"] = "extensive"
    name: str = ""
    unit: str = ""
    counted: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A published table of which small place lies in which areas, kept in a file of its own beside the tables.

    Each row of the file is a *block*: a column named after a layer gives the area it lies in, a
    column named in `measures` what is in it. A block of a many-to-many lookup is an overlap. The
    blocks are no pieces: holdings stand on the mosaic, and questions about `layers` that it does not
    have are asked of the blocks. `digest` is the SHA-256 of the file.
    """

    id: str
    name: str
    path: Annotated[str, Ref("file")]
    layers: tuple[str, ...]
    measures: tuple[str, ...] = ()
    rows: int = 0
    fit: Literal["exact", "best"] = "exact"
    digest: str = ""
    source: str = ""
    confidence: Confidence = "known"


# --- bodies -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Body:
    """A legal person, committee, partnership or front-line body that can hold or exercise powers.

    `kind` is what the body is in law (`metropolitan-district`, `combined-authority`); a
    designation is not a kind. `accountability` is how those who decide are answerable:
    elected directly, elected indirectly, appointed, or ministers.
    """

    id: str
    name: str
    kind: str
    sector: str = ""
    area: Areas = ""
    aliases: tuple[str, ...] = ()
    part_of: BodyId = ""
    part: str = ""
    accountable_to: str = ""
    accountability: str = ""
    start: date | None = None
    end: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class BodyClass:
    """A class of bodies that law confers powers on, as kinds and designations added and taken away.

    `members` reads like `metropolitan-district + london-borough - some-council`. A *covering*
    class has a member everywhere: where none is known, the tables do not know (unmodelled).
    A class that is not covering simply has no member there. A class whose members are its own name
    declares a kind or a designation that nothing in the tables has yet, but deals may give.
    """

    id: str
    name: str
    members: ClassTerms
    covering: bool = True
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Designation:
    """A status that law gives a body for a time, for an `area` (by default all of its own).

    `mayoral`, `strategic-authority-foundation`, `fire-and-rescue-authority`.
    """

    body: BodyId
    designation: str
    area: Areas = ""
    start: date | None = None
    end: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Serving:
    """The area a body answered for over a period, where it was not the same all its life.

    Where a body has such rows they alone say what it serves; otherwise `Body.area` does.
    """

    body: BodyId
    area: Areas
    start: date | None = None
    end: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Membership:
    """A council's or other body's seat in an authority."""

    body: BodyId
    member: BodyId
    role: Literal["constituent", "non-constituent", "associate"] = "constituent"
    start: date | None = None
    end: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Succession:
    """What an abolished body's functions passed to, from `start`, over `area` (default: the heir's own).

    What the old body held is read as held by the heir from that day; it is never a loss.
    """

    old: BodyId
    new: BodyId
    start: date
    area: Areas = ""
    instrument: InstrumentId = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


# --- law --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Instrument:
    """The Act, order, grant or agreement under which something is done or promised.

    An `agreement` only promises; every other kind does. Where `made` is blank it is bounded: the end of
    the year of its number (or that an Act, order or regulations have at the end of their title), or the
    first day of what it does if that is earlier.
    """

    id: str
    title: str
    kind: Literal[
        "act", "order", "regulations", "grant", "memorandum", "direction", "policy", "agreement"
    ] = "order"
    number: str = ""
    link: str = ""
    agreed: date | None = None
    made: date | None = None
    in_force: date | None = None
    applies_from: date | None = None
    status: Literal["draft", "laid", "made", "quashed", "revoked"] = "made"
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Power:
    """What the law lets or obliges a body to do.

    `parent` makes a tree by section range: what is held of a child overrides what is held of its
    parent. `complete_from` is the day from which the tables know every holder there is, `complete_until`
    the first day on which they no longer do; outside them silence is *unmodelled*.
    `may_not_hold` names classes and bodies that the law bars, and
    `may_not_delegate` says that its holder must use it itself. `organised_on` is the layer the service is organised on.
    """

    id: str
    name: str
    code: str = ""
    kind: Literal["duty", "power", "budget", "influence", "general"] = "power"
    theme: str = ""
    statute: str = ""
    parent: PowerId = ""
    aliases: tuple[str, ...] = ()
    organised_on: str = ""
    purpose: str = ""
    service: str = ""
    complete_from: date | None = None
    complete_until: date | None = None
    may_not_hold: ClassTerms = ""
    may_not_delegate: bool = False
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Holding:
    """A table's statement that a holder holds a power over an area from `start` to `end`.

    Read as two effects, one that begins and one that ends. `root` is who keeps the
    responsibility when the mode is *delegated*; `mirrored` says that the original holder keeps
    its own ("functions corresponding to"); `discharges` names those whose duty its use fulfils as well,
    separated by `;`; `carve_outs` says what of the power was kept back.
    `agreed` is the day it was promised, where that is known and the instrument is not the promise.
    """

    id: str
    power: PowerId
    holder: Holder
    area: Areas = ""
    mode: Mode = "sole"
    start: date | None = None
    end: date | None = None
    instrument: InstrumentId = ""
    end_instrument: InstrumentId = ""
    agreed: date | None = None
    root: Holder = ""
    mirrored: bool = False
    discharges: str = ""
    carve_outs: str = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Effect:
    """Something begins or ends: a holder's holding of a power over an area, on a day.

    `made` is the day the law was made and `agreed` the day it was promised; an effect that was
    never made has no `made`. `origin` names the provision (`GM-2014-11/3`) or the table row it
    comes from. An effect that ends names in `ends` the one origin that it closes; left blank, it
    ends whatever the holder holds over the area.
    """

    power: PowerId
    begins: bool
    holder: Holder
    area: Areas
    on: date
    made: date | None
    origin: str
    mode: Mode = "sole"
    agreed: date | None = None
    instrument: InstrumentId = ""
    deal: str = ""
    plugin: str = ""
    root: Holder = ""
    ends: str = ""
    mirrored: bool = False
    discharges: str = ""
    carve_outs: str = ""
    overrides: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Exercise:
    """Who exercises what a holder holds, from when, under what; its dates are its own.

    `by` is a role ("mayor", "deputy mayor") or the id of a committee, partnership or body.
    """

    id: str
    power: PowerId
    holder: Holder
    by: str
    arrangement: str = ""
    area: Areas = ""
    start: date | None = None
    end: date | None = None
    used_from: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must happen before a holding is *used*, or before a transfer is *made*.

    `by` is a body, or a role in words: "each member whose area contains the site". `rule` is the
    decision rule's id. A condition that was met once and for all has the day in `met`.
    """

    id: str
    power: PowerId
    holder: Holder
    to: Literal["use", "make"] = "use"
    kind: Literal[
        "consult", "consent", "approval", "direction", "guidance", "veto", "override", "prerequisite"
    ] = "consent"
    by: str = ""
    rule: str = ""
    area: Areas = ""
    start: date | None = None
    end: date | None = None
    met: date | None = None
    instrument: InstrumentId = ""
    provision: str = ""
    text: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """How a body or its members decide: who votes, how many must agree, who must be among them."""

    id: str
    electorate: str
    threshold: str
    must_include: tuple[str, ...] = ()
    casting_vote: str = ""
    text: str = ""
    source: str = ""
    confidence: Confidence = "known"


# --- deals ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Provision:
    """One change a deal makes: a verb with its terms, a commencement day and its own instrument."""

    id: str
    verb: str
    terms: Mapping[str, Any]
    commencement: date
    instrument: Instrument
    agreed: date | None = None
    made: date | None = None
    deal: str = ""
    overrides: tuple[str, ...] = ()
    source: str = ""
    confidence: Confidence = "known"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Deal:
    """A named list of provisions, agreed between parties on a day. Data: it never runs code."""

    code: str
    name: str
    provisions: tuple[Provision, ...] = ()
    agreed: date | None = None
    instrument: Instrument | None = None
    parties: tuple[BodyId, ...] = ()
    status: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""
    confidence: Confidence = "known"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """An enacted provision ends a dated record (a membership, a designation, a body) on a day."""

    record: Any
    on: date
    provision: str = ""


# --- what is said of a world ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say: a stable code, a message in plain words, and what to do."""

    code: str
    message: str
    severity: Severity = "warning"
    about: tuple[str, ...] = ()
    where: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: where, what, why it matters, what to do, the nearest right name."""

    path: str
    line: int
    message: str
    why: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer: its name, what it counts, and its type in JSON words."""

    name: str
    unit: str
    type: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a scenario expects of an answer: exactly these rows, some of them, none of them, so many."""

    question: str
    terms: Mapping[str, Any]
    on: date | None = None
    rows: tuple[Mapping[str, Any], ...] | None = None
    contains: tuple[Mapping[str, Any], ...] = ()
    excludes: tuple[Mapping[str, Any], ...] = ()
    count: int | None = None
    no_findings: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that a scenario asks, on each of its days or on one of its own."""

    question: str
    terms: Mapping[str, Any]
    on: date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a sweep varies: one of some values, or a number drawn from a distribution.

    `law` is "" for a list whose values are all taken, or `uniform` (lowest, highest), `normal` (mean,
    standard deviation), `triangular` (lowest, likeliest, highest), `choice` (of `values`).
    """

    name: str
    values: tuple[Any, ...] = ()
    law: str = ""
    numbers: tuple[float, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a sweep follows: a column of a question's rows, added up or otherwise made one.

    Only rows that fit `rows` count. Without a `column` it is how many there are.
    """

    name: str
    question: str
    terms: Mapping[str, Any]
    on: date | None = None
    column: str = ""
    rows: Mapping[str, Any] = field(default_factory=dict)
    take: str = "sum"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a scenario varies from variant to variant, and the figures it follows.

    `table` has variants row by row; each is taken with all values of the parameters beside it.
    """

    parameters: tuple[Parameter, ...] = ()
    table: tuple[Mapping[str, Any], ...] = ()
    draws: int = 1
    seed: int = 0
    vary: str = "all"
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A baseline, deals, days, questions and the answers expected of them."""

    name: str
    path: str
    baseline: str = "england"
    deals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    on: tuple[date, ...] = ()
    known: date | None = None
    asks: tuple[Asking, ...] = ()
    expects: tuple[Expectation, ...] = ()
    records: tuple[Any, ...] = ()
    sweep: Sweep | None = None

    @property
    def settled(self) -> frozenset[str]:
        """The codes of findings that it expects by asking for them: these do not make it fail."""
        asked = (e.terms.get("code") for e in self.expects if e.question == "findings")
        return frozenset(str(code) for code in asked if code)


@dataclass(frozen=True, slots=True)
class Baseline:
    """A world as data: folders of tables and of deal files, under a name.

    `offered` are folders of deals that ship with it but are not part of it: they are added by name.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    deals: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
