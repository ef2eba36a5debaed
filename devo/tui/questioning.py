"""Questions as forms and answers as tables: what a plugin gets without a line of its own for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from devo import words
from devo.answers import Answer
from devo.tools import Term, Tool
from devo.tui.looking import Looking
from devo.tui.tables import Cell, Col, Line, Table, Tone
from devo.tui.texts import day, is_word, plain_title
from devo.tui.verbs import Field
from devo.values import Column
from devo.world import World

_ASKS = {
    "place": ("Which place?", "a place, such as Wigan"),
    "areas": ("Which area?", "a place, or several with + between"),
    "body": ("Which body?", "a council, an authority or another body"),
    "power": ("Which power?", "a name or a code"),
    "deal": ("Which deal?", "its name or its code"),
    "geography": ("Which kind of area?", "lad24 (districts), cauth25, rgn24, icb24, pfa24"),
    "layer": ("Which kind of area?", "lad24 (districts), cauth25, rgn24, icb24, pfa24"),
}
# Remarks that would crush the other columns.
_LONG = frozenset({"note", "carve_outs", "sentence", "text", "suggestion", "rule"})
BAR = 12


def fields_of_question(tool: Tool) -> list[Field]:
    """The lines of a question's form."""
    return [
        _field(term)
        for term in (*(t for t in tool.terms if t.required), *(t for t in tool.terms if not t.required))
    ]


def _field(term: Term) -> Field:
    label, hint = _ASKS.get(term.ref, (plain_title(term.name) + "?", ""))
    if term.ref in ("geography", "layer", "body", "place") and term.name != term.ref:
        label = f"{plain_title(term.name)}: {label[:1].lower()}{label[1:]}"
    if term.choices:
        hint = " or ".join(term.choices)
    elif term.type is date:
        hint = "2024-04-01, or 1 April 2024"
    elif term.name == "year" or (not term.ref and term.type is str and "year" in term.name):
        hint = "2025-26"
    elif not term.required and term.default not in (None, ""):
        hint = f"blank: {term.default}"
    return Field(term.name, label, hint, term.required, term)


def values_for(tool: Tool, looking: Looking) -> dict[str, Any]:
    """What a question's form begins with: what is looked at now."""
    given: dict[str, Any] = {}
    for term in tool.terms:
        if term.ref == "place" and looking.place is not None and term.required:
            given[term.name] = looking.place.id
        elif looking.subject is not None and term.ref == looking.subject.kind and term.required:
            given[term.name] = looking.subject.id
        elif term.ref in ("geography", "layer") and term.required:
            given[term.name] = "lad24" if "geography" in term.name or "source" in term.name else ""
    return given


def read_term(world: World, tool: Tool, field: Field, text: str) -> Any:
    """What a person typed for a term. Raises ValueError or NameFault with what is wrong."""
    from devo.answers import TermFault, bind
    from devo.tui.typed import day_of

    typed = text.strip()
    term = field.term
    if not typed:
        if field.required:
            raise ValueError("this cannot be left blank")
        return None
    if term is not None and term.type is date:
        found = day_of(typed, world.today)
        if found is None:
            raise ValueError("that is no day; write it as 2024-04-01")
        return found
    only = Tool(tool.name, tool.plugin, tool.function, tool.help, (term,) if term else ())
    try:
        return bind(world, only, {field.name: typed})[field.name]
    except TermFault as fault:
        raise ValueError(str(fault)) from None


def is_ready(tool: Tool, given: dict[str, Any]) -> bool:
    """Whether a question has all it needs."""
    return all(not term.required or given.get(term.name) not in (None, "") for term in tool.terms)


def title_of(world: World, question: str, terms: Mapping[str, Any], answer: Answer | None) -> str:
    """A question with its terms by name, as its answer has them where there is one."""
    said: list[str] = []
    rows = answer.rows if answer is not None else ()
    for name, value in terms.items():
        named = {str(getattr(row, f"{name}_name", "")) for row in rows}
        if len(named) == 1 and named != {""}:
            said += named
        else:
            said.append(f"{plain_title(name).lower()} {_name_of(world, str(value))}")
    return f"{plain_title(question)}{': ' + ', '.join(said) if said else ''}"


def _name_of(world: World, id_: str) -> str:
    """The name of a body, a power or an area by its id; the id where there is none."""
    layer, _, code = id_.rpartition(":")
    named = [
        area.name
        for area in world.mosaic.areas.values()
        if area.code == code and layer in ("", area.geography)
    ]
    return named[0] if named and named[0] else world.power_name(world.body_name(id_))


def answer_table(answer: Answer, tool: Tool, world: World, source: str) -> Table:
    """An answer as a table: names and not ids, units in the headings, a bar beside the figure it is drawn by."""
    shown = [column for column in answer.columns if _is_shown(column, answer)]
    drawn = _drawn_column(tool, shown)
    # Bars are of one column, from nothing to the largest there is.
    largest = max((abs(_figure(row, drawn)) for row in answer.rows), default=0.0) if drawn else 0.0
    needed = sum(_room(column) for column in shown)
    columns = []
    for column in shown:
        figures = column.type in ("integer", "float")
        weight = 3 if column.name in _LONG else 2
        columns.append(Col(_heading(column), 18 if figures else 0, weight, right=figures, lead=_lead(column)))
        if column is drawn:
            columns.append(Col("", BAR, at=needed + BAR + 2))
    lines = []
    for row in answer.rows:
        cells: list[str | Cell] = []
        for column in shown:
            cells.append(_cell(column, row, world))
            if column is drawn:
                cells.append(Cell(bar(_figure(row, drawn), largest), "accent"))
        lines.append(Line(tuple(cells), row))
    note = "  ".join(f.message for f in answer.findings)
    title = plain_title(answer.question)
    return Table(
        title,
        tuple(columns),
        tuple(lines),
        needed,
        "Nothing answers this here on this day.",
        source,
        note,
        answer.sources,
    )


def _room(column: Column) -> int:
    """The width below which a column would be hard to read, with the gap after it."""
    if column.type in ("integer", "float", "boolean", "date"):
        return 14
    return 30 if column.name in _LONG else 20


def bar(value: float, largest: float) -> str:
    """A bar of blocks for a figure."""
    if not largest or not value:
        return ""
    eighths = max(1, round(abs(value) / largest * BAR * 8))
    whole, part = divmod(eighths, 8)
    return ("█" * whole + ("▏▎▍▌▋▊▉"[part - 1] if part else ""))[:BAR]


def figures_of(columns: Iterable[Column]) -> list[Column]:
    """The columns that a map or a bar can show."""
    return [c for c in columns if c.type in ("integer", "float") and c.name not in ("column", "row")]


def is_place_by_place(tool: Tool) -> bool:
    """Whether a question answers place by place: its rows name places, and it is not asked about one."""
    return any(column.name in ("place", "source_area") for column in tool.columns) and not any(
        term.ref == "place" and term.required for term in tool.terms
    )


def _is_shown(column: Column, answer: Answer) -> bool:
    every = {c.name for c in answer.columns}
    name = column.name
    if f"{name}_name" in every or f"{name}_names" in every:
        return False
    values = [getattr(row, name) for row in answer.rows]
    if not any(value not in (None, "", (), []) for value in values):
        return not answer.rows
    if name == "confidence":
        return "unsure" in values
    id_ = name.removesuffix("_name")
    return not (
        id_ in answer.terms and all(getattr(row, id_, None) == answer.terms[id_] for row in answer.rows)
    )


def _drawn_column(tool: Tool, shown: list[Column]) -> Column | None:
    figures = [c for c in shown if c.type in ("integer", "float") and not c.name.endswith("year")]
    if not figures:
        return None
    for wanted in ("amount_pence", "share"):
        for column in figures:
            if column.name == wanted or (wanted == "share" and column.unit.startswith("share")):
                return column
    return figures[0] if tool.options.get("draw") in ("bars", "sankey", "map") else None


def _figure(row: Any, column: Column | None) -> float:
    value = getattr(row, column.name) if column is not None else 0
    return float(value or 0)


def _heading(column: Column) -> str:
    return words.heading(column.name)


def _lead(column: Column) -> str:
    if column.type in ("integer", "float", "date", "boolean") or column.name in ("start", "end"):
        return f"{words.heading(column.name).lower()} "
    return "how sure: " if column.name == "confidence" else ""


def _cell(column: Column, row: Any, world: World) -> str | Cell:
    value = getattr(row, column.name)
    if column.type == "date" and column.name != "start":
        return day(value, "") if value else ""
    if column.name == "start":
        return day(value)
    text = words.cell(column, value)
    if isinstance(value, str) and is_word(column.name, value):
        text = plain_title(value)
    if column.name in ("exercised_by", "by") and value in world.roster.bodies:
        text = world.body_name(value)
    tone: Tone = "warn" if text == "unsure" else ""
    return Cell(text, tone) if tone else text
