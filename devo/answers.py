"""Answers: a question asked of a world, as one envelope whatever the question.

`ask` binds the terms, gathers rows, findings and sources. Same inputs, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from devo import names, words
from devo.calling import called, instance_of
from devo.tools import Term, Tool
from devo.values import Column, Finding
from devo.world import World, as_day

if TYPE_CHECKING:
    import polars

SCHEMA = "devo.answer/1"
_OF_RESIDENTS = frozenset({"residents", "pence per resident"})


class TermFault(ValueError):
    """A question asked with a term it has not, without one it needs, or with one it cannot read."""


@dataclass(frozen=True)
class Answer:
    """What a question answers: its rows, with their columns, what there is to say of them, and sources.

    `rows` are frozen records of the question's row type.
    """

    question: str
    terms: Mapping[str, Any]
    on: date
    known: date | None
    baseline: str
    deals: tuple[str, ...]
    fingerprint: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]
    findings: tuple[Finding, ...]
    sources: tuple[str, ...]

    def table(self) -> polars.DataFrame:
        """The rows as a polars DataFrame."""
        from devo.views import empty_table, table

        return table(self.rows, type(self.rows[0])) if self.rows else empty_table(self.columns)

    def as_json(self) -> dict[str, Any]:
        """The envelope as plain JSON values."""
        return {
            "schema": SCHEMA,
            "question": self.question,
            "terms": plain(self.terms),
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "world": {
                "baseline": self.baseline,
                "deals": list(self.deals),
                "fingerprint": self.fingerprint,
            },
            "columns": plain(self.columns),
            "rows": plain(self.rows),
            "findings": plain(self.findings),
            "sources": list(self.sources),
        }


def ask(world: World, tool: Tool, terms: Mapping[str, Any]) -> Answer:
    """Ask a question of a world on its day.

    Raises TermFault for terms that do not fit, NameFault for names that mean nothing, and PluginFault
    for a plugin's question that fails.
    """
    bound = bind(world, tool, terms)
    rows = called(
        "question",
        tool,
        world,
        terms=bound,
        misfit=instance_of(tool.row),
        lets=(TermFault, names.NameFault),
        when=f"on {world.today}",
    )
    findings = (*_unsure(rows), *_unmodelled(world, tool, bound, rows), *_layers(world, tool, bound))
    return Answer(
        tool.name,
        bound,
        world.today,
        world.as_known,
        world.baseline,
        world.deal_codes,
        world.fingerprint,
        columns_of(world, tool),
        rows,
        findings,
        _sources(rows),
    )


def columns_of(world: World, tool: Tool) -> tuple[Column, ...]:
    """A question's columns; those that count residents say of when, as the world's tables have it."""
    return tuple(
        replace(column, unit=f"{column.unit}, {world.counted}")
        if world.counted and column.unit in _OF_RESIDENTS
        else column
        for column in tool.columns
    )


def bind(world: World, tool: Tool, terms: Mapping[str, Any]) -> dict[str, Any]:
    """A tool's terms from what a user wrote: names made ids, texts made days and numbers."""
    known = {term.name: term for term in tool.terms}
    for name in terms:
        if name not in known:
            has = ", ".join(known) or "none"
            raise TermFault(f"{tool.name} has no term {name!r}; its terms are: {has}")
    bound: dict[str, Any] = {}
    for term in tool.terms:
        if term.name not in terms or terms[term.name] in ("", None):
            if term.required:
                raise TermFault(f"{tool.name} needs a term {term.name!r}")
            continue
        value = terms[term.name]
        if isinstance(value, str):
            value = _typed(world, tool, term, value)
        bound[term.name] = value
    return bound


def _typed(world: World, tool: Tool, term: Term, text: str) -> Any:
    if term.choices and text not in term.choices:
        raise TermFault(f"{tool.name}: {term.name} is one of {', '.join(term.choices)}, not {text!r}")
    try:
        if term.type is date:
            return as_day(text)
        if term.type in (int, float):
            return term.type(text)
        if term.type is bool:
            return {"yes": True, "true": True, "no": False, "false": False}[text.casefold()]
    except (ValueError, KeyError):
        raise TermFault(f"{tool.name}: {term.name} cannot be {text!r}; give a {term.type.__name__}") from None
    if term.type in (tuple, list):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return names.resolve(world, term.ref, text) if term.ref else text


def plain(value: Any) -> Any:
    """A value as JSON has it: records as objects, days as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _sources(rows: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted({row.instrument for row in rows if getattr(row, "instrument", "")}))


def _unsure(rows: tuple[Any, ...]) -> list[Finding]:
    doubtful = sum(getattr(row, "confidence", "") == "unsure" for row in rows)
    if not doubtful:
        return []
    text = f"{doubtful} of {len(rows)} rows rest on facts we are unsure of; they are marked."
    return [Finding("unsure", text, "note")]


def _layers(world: World, tool: Tool, bound: Mapping[str, Any]) -> list[Finding]:
    """A mark for an answer about an area of a layer on a day past the last the layer is right for."""
    layers = {
        names.place(world, bound[term.name]).geography if term.ref == "place" else bound[term.name]
        for term in tool.terms
        if term.name in bound and term.ref in ("place", "geography", "layer")
    }
    found = []
    for layer in sorted(layers):
        geography = world.mosaic.geographies.get(layer)
        if geography is None or geography.end is None or world.today < geography.end:
            continue
        when = f"were right until {geography.end}"
        text = f"{geography.name} ({layer}): its boundaries {when}; the answer for {world.today} uses them."
        found.append(Finding("layer-past-its-days", text, "note", (layer,)))
    return found


def _unmodelled(world: World, tool: Tool, bound: Mapping[str, Any], rows: tuple[Any, ...]) -> list[Finding]:
    """What the tables do not know of a power over a place, said rather than left blank."""
    if tool.name != "who-holds" or not bound.get("power"):
        return []
    from devo.gaps import unmodelled

    where = names.place(world, bound["place"])
    pieces = unmodelled(world, bound["power"], where.pieces)
    if not pieces:
        return []
    share = words.share(world.mosaic.share(pieces, where.pieces))
    areas = ", ".join(name for _, name in world.mosaic.describe(pieces)[:5])
    text = f"Who holds {world.power_name(bound['power'])} is not known for {share} of residents ({areas})."
    return [Finding("unmodelled", text, "warning", (bound["power"], where.id))]
