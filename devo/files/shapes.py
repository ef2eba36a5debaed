"""The shapes of scenario and deal files: what their keys are called and what each may hold.

The same models check the files and give the JSON Schemas that editors complete from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    WithJsonSchema,
)

from devo.files.documents import Document
from devo.files.faults import instead, shown
from devo.files.fields import Field as Expected
from devo.files.fields import Misfit, fields_of, shown_value, value_of
from devo.values import Confidence, Fault, Instrument

Shape = TypeVar("Shape", bound=BaseModel)

_TEXT, _TABLE = "a text", "a table"
_DAY = {"type": "string", "format": "date"}

Day = Annotated[date, WithJsonSchema(_DAY)]
Days = Annotated[
    list[date],
    BeforeValidator(lambda given: given if isinstance(given, list) else [given]),
    WithJsonSchema({"anyOf": [_DAY, {"type": "array", "items": _DAY}]}),
]


class InstrumentShape(BaseModel):
    """A new instrument, written where it is used."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
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
    Annotated[str, Tag(_TEXT)] | Annotated[InstrumentShape, Tag(_TABLE)],
    Discriminator(lambda given: _TABLE if isinstance(given, dict | InstrumentShape) else _TEXT),
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

    name: str
    code: str
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

    name: str
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


def shaped(document: Document, shape: type[Shape]) -> tuple[Shape | None, list[Fault]]:
    """A file's data in its shape, and every fault of it.

    What does not fit is left out, so that the rest can be looked at in the same run; the shape is
    None where it cannot do without.
    """
    try:
        return shape.model_validate(document.data), []
    except ValidationError as error:
        faults = list(_faults(document, error, shape))
        try:
            return shape.model_validate(_fitting(document.data, error)), faults
        except ValidationError:
            return None, faults


def _fitting(data: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    """A file's data without the keys that do not fit, every block of a list still in its place."""
    wrong = [item["loc"] for item in error.errors(include_url=False)]
    fitting: dict[str, Any] = {}
    for key, value in data.items():
        inside = [loc[1:] for loc in wrong if loc[0] == key]
        if not inside:
            fitting[key] = value
        elif isinstance(value, list) and all(inside):
            fitting[key] = [_fitting_item(n, item, inside) for n, item in enumerate(value)]
            if key not in _MODELS:
                fitting[key] = [item for item in fitting[key] if item is not None]
    return fitting


def _fitting_item(number: int, item: Any, wrong: list[tuple[int | str, ...]]) -> Any:
    mine = [loc[1:] for loc in wrong if loc[0] == number]
    if not mine:
        return item
    if not isinstance(item, dict):
        return UNREADABLE if () in mine else None
    gone = {loc[0] for loc in mine if loc}
    rest = {key: value for key, value in item.items() if key not in gone}
    return {**rest, **{key: "" for key in UNREADABLE if key in gone}}


def instrument_of(shape: InstrumentShape, id: str) -> Instrument:
    """The instrument that a file writes out; `id` is what it goes by where it says none."""
    given = {item.name: getattr(shape, item.name) for item in fields_of(Instrument)}
    return Instrument(**{**given, "id": shape.id or id})


# A block that says no question keeps its place, so that the others keep their lines.
UNREADABLE = {"question": ""}

_EXPECTED: dict[str, type] = {"string_type": str, "date_type": date, "bool_type": bool, "int_type": int}
_MODELS: dict[str, type[BaseModel]] = {
    "provision": ProvisionShape,
    "ask": AskShape,
    "expect": ExpectShape,
    "instrument": InstrumentShape,
    "sweep": SweepShape,
    "figure": FigureShape,
}


def _faults(document: Document, error: ValidationError, shape: type[BaseModel]) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        keys = tuple(key for key in item["loc"] if key not in (_TEXT, _TABLE))
        name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
        around = next((key for key in reversed(keys[:-1]) if isinstance(key, str)), "")
        match item["type"]:
            case "missing":
                if not document.is_broken(keys):
                    where = f"this [[{around}]]" if isinstance(keys[-2:-1], tuple) and around else "the file"
                    yield document.fault(keys, f"`{name}` is missing", f"{where} needs one")
            case "extra_forbidden":
                choices = _MODELS.get(around, shape).model_fields
                message = f"there is no key {shown(name)} here"
                yield document.fault(keys, message, "", instead(name, choices))
            case _:
                message, suggestion = _misfit(name, item)
                yield document.fault(keys, f"`{name}`: {message}", "", suggestion)


def _misfit(name: str, item: Any) -> tuple[str, str]:
    value = item["input"]
    if item["type"] in ("list_type", "dict_type", "model_type", "model_attributes_type"):
        if isinstance(value, dict):
            return "it stands once, and should be a list", f"begin each with [[{name}]]"
        if name in _MODELS or item["type"] != "list_type":
            return f"{shown_value(value)} stands where a table should", f"begin each with [[{name}]]"
        spelt = f'["{value[:60]}"]' if isinstance(value, str) else "[…]"
        return f"{shown_value(value)} is not a list", f"write {name} = {spelt}"
    if item["type"] == "literal_error":
        choices = [choice.strip(" '") for choice in item["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return f"{shown_value(value)} is not a choice", instead(str(value), choices)
    if item["type"] == "greater_than_equal":
        return f"{shown_value(value)} is less than {item['ctx']['ge']}", ""
    kind = next((kind for start, kind in _EXPECTED.items() if item["type"].startswith(start[:4])), None)
    if kind is not None:
        try:
            value_of(Expected(name, kind, str, "", (), False), value)
        except Misfit as misfit:
            return misfit.message, misfit.suggestion
    return f"{shown_value(value)} cannot stand here", ""
