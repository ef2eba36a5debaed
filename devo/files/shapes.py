"""The shapes of scenario and deal files: what their keys are called and what each may hold.

The same models check the files and give the JSON Schemas that editors complete from.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from devo.files.fields import fields_of
from devo.values import Confidence, Instrument

# What pydantic calls the two ways to write an instrument, in the paths of its errors.
TEXT, TABLE = "a text", "a table"
_DAY = {"type": "string", "format": "date"}

# A text with something in it.
Said = Annotated[str, Field(pattern=r"\S")]
Day = Annotated[date, WithJsonSchema(_DAY)]
Days = Annotated[
    list[date],
    BeforeValidator(lambda given: given if isinstance(given, list) else [given]),
    WithJsonSchema({"anyOf": [_DAY, {"type": "array", "items": _DAY}]}),
]


class InstrumentShape(BaseModel):
    """A new instrument, written where it is used."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Said
    id: str = ""
    kind: Literal[
        "act", "order", "regulations", "grant", "memorandum", "direction", "policy", "agreement"
    ] = "order"
    number: str = ""
    link: str = ""
    agreed: Day | None = None
    made: Day | None = None
    in_force: Day | None = None
    applies_from: Day | None = None
    status: Literal["draft", "laid", "made", "quashed", "revoked"] = "made"
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


AnyInstrument = Annotated[
    Annotated[str, Tag(TEXT)] | Annotated[InstrumentShape, Tag(TABLE)],
    Discriminator(lambda given: TABLE if isinstance(given, dict | InstrumentShape) else TEXT),
]


class ProvisionShape(BaseModel):
    """A [[provision]]: a verb with its terms, a commencement and an instrument."""

    model_config = ConfigDict(extra="allow", strict=True)

    verb: str
    commencement: Day
    id: str = ""
    instrument: AnyInstrument | None = None
    agreed: Day | None = None
    made: Day | None = None
    overrides: list[str] = Field(default=[])
    note: str = ""
    source: str = ""
    confidence: Confidence | None = None


class DealShape(BaseModel):
    """A deal file."""

    model_config = ConfigDict(extra="forbid", strict=True, title="A deal")

    name: Said
    code: Said
    agreed: Day | None = None
    status: str = ""
    instrument: AnyInstrument | None = None
    parties: list[str] = Field(default=[])
    aliases: list[str] = Field(default=[])
    summary: str = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"
    provision: list[ProvisionShape] = Field(default=[])


class AskShape(BaseModel):
    """An [[ask]]: a question with its terms, on days of its own or on the scenario's."""

    model_config = ConfigDict(extra="allow", strict=True)

    question: str
    on: Days = Field(default=[])


class ExpectShape(BaseModel):
    """An [[expect]]: a question with its terms, and what its answer should be."""

    model_config = ConfigDict(extra="allow", strict=True)

    question: str
    on: Days = Field(default=[])
    rows: list[dict[str, Any]] | None = None
    contains: list[dict[str, Any]] = Field(default=[])
    excludes: list[dict[str, Any]] = Field(default=[])
    count: Annotated[int, Field(ge=0)] | None = None
    no_findings: bool = False


class FigureShape(BaseModel):
    """A [[sweep.figure]]: a question with its terms, and the number to take from its answer."""

    model_config = ConfigDict(extra="allow", strict=True)

    name: Said
    question: str
    on: Day | None = None
    column: str = ""
    rows: dict[str, Any] = Field(default={})
    take: Literal["sum", "count", "mean", "lowest", "highest"] = "sum"


class SweepShape(BaseModel):
    """What a scenario varies: `"$name"` in its deals and questions stands for a parameter's value."""

    model_config = ConfigDict(extra="forbid", strict=True)

    seed: int = 0
    draws: Annotated[int, Field(ge=1)] | None = None
    vary: Literal["all", "one-at-a-time"] = "all"
    parameters: dict[str, Any] = Field(default={})
    variant: list[dict[str, Any]] = Field(default=[])
    figure: list[FigureShape] = Field(default=[])


class ScenarioShape(BaseModel):
    """A scenario file. Other keys are [[type]] records of the scenario's own."""

    model_config = ConfigDict(extra="allow", strict=True, title="A scenario")

    name: str = ""
    baseline: str = "england"
    deals: list[str] = Field(default=[])
    without: list[str] = Field(default=[])
    plugins: list[str] = Field(default=[])
    tables: list[str] = Field(default=[])
    on: Days = Field(default=[])
    known: Day | None = None
    ask: list[AskShape] = Field(default=[])
    expect: list[ExpectShape] = Field(default=[])
    sweep: SweepShape | None = None


def instrument_of(shape: InstrumentShape, id: str) -> Instrument:
    """The instrument that a file writes out; `id` is what it goes by where it says none."""
    given = {item.name: getattr(shape, item.name) for item in fields_of(Instrument)}
    return Instrument(**{**given, "id": shape.id or id})
