"""Scenario files to scenarios, and the names and terms in them bound to a world and its questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from devo.files.blocks import records_in
from devo.files.documents import Document, read_document
from devo.files.faults import in_order, instead, shown
from devo.files.placed import Place
from devo.files.reading import Unreadable
from devo.files.shapes import AskShape, ExpectShape, ScenarioShape, shaped
from devo.files.terms import Naming, bound, tool_named
from devo.names import NameFault
from devo.toolbox import PluginFault, Toolbox
from devo.tools import Tool
from devo.values import Asking, Expectation, Fault, Scenario
from devo.world import World


def is_path(deal: str) -> bool:
    """Whether a scenario names a deal by its file, and not by its code."""
    return deal.endswith(".toml") or deal.startswith(("./", "../", ".\\", "..\\"))


def read_scenario(
    path: str | os.PathLike[str], toolbox_for: Callable[[Sequence[str]], Toolbox]
) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a file and its faults; None where nothing of the file can be read.

    `toolbox_for` gives the toolbox with the named plugins on, or raises PluginFault. A scenario
    with faults holds what could be read: enough to look for what else is wrong, not to run.
    """
    try:
        document = read_document(path)
    except Unreadable as unreadable:
        return None, list(unreadable.faults)
    return scenario_from(document, toolbox_for)


def scenario_from(
    document: Document, toolbox_for: Callable[[Sequence[str]], Toolbox]
) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a file that is read already, and its faults."""
    shape, faults = shaped(document, ScenarioShape)
    faults = [*document.faults, *faults]
    if shape is None:
        return None, in_order(faults)
    try:
        toolbox = toolbox_for(shape.plugins)
    except PluginFault as fault:
        faults.append(document.fault(("plugins",), str(fault)))
        toolbox = toolbox_for(())
    own = records_in(document, ScenarioShape.model_fields, toolbox.records)
    faults += own.faults
    if shape.baseline not in toolbox.baselines and "baseline" in document.data:
        message = f"no baseline is called {shown(shape.baseline)}"
        faults.append(document.fault(("baseline",), message, "", instead(shape.baseline, toolbox.baselines)))
    folder = os.path.dirname(document.path)
    asks = [
        asking
        for block, line in _with_lines(document, "ask", shape.ask)
        for asking in _askings(block, f"{document.path}:{line}")
    ]
    expects = [
        expectation
        for block, line in _with_lines(document, "expect", shape.expect)
        for expectation in _expectations(block, f"{document.path}:{line}")
    ]
    faults += _vain(document)
    faults += _absent_files(document, folder)
    scenario = Scenario(
        name=shape.name or os.path.splitext(os.path.basename(document.path))[0],
        path=document.path,
        baseline=shape.baseline,
        deals=tuple(os.path.join(folder, deal) if is_path(deal) else deal for deal in shape.deals),
        without=tuple(shape.without),
        plugins=tuple(shape.plugins),
        tables=tuple(os.path.join(folder, tables) for tables in shape.tables),
        on=tuple(shape.on),
        known=shape.known,
        asks=tuple(asks),
        expects=tuple(expects),
        records=tuple(own.records),
    )
    return scenario, in_order(faults)


def places_of_records(scenario: Scenario, toolbox: Toolbox) -> list[Place]:
    """Where each of a scenario's own records stands in its file, in their order."""
    if not scenario.records:
        return []
    document = read_document(scenario.path)
    return records_in(document, ScenarioShape.model_fields, toolbox.records).places


def check_names(scenario: Scenario, world: World | None, toolbox: Toolbox) -> tuple[Scenario, list[Fault]]:
    """The scenario with the terms of its questions bound, names made ids, and every fault of them.

    A question or term that there is not, a term that is missing or of the wrong type, a name that
    means nothing in the world, a column that the question has not. Without a world no name is looked up.
    """
    binding = _Binding(scenario, Naming(world) if world else None, toolbox)
    asks = tuple(replace(ask, terms=binding.terms("ask", ask)) for ask in scenario.asks)
    expects = tuple(replace(item, terms=binding.terms("expect", item)) for item in scenario.expects)
    for item in scenario.expects:
        binding.check_columns(item)
    return replace(scenario, asks=asks, expects=expects), in_order(binding.faults)


class _Binding:
    """The questions of a scenario being bound; its file is opened again only for a fault's line."""

    def __init__(self, scenario: Scenario, naming: Naming | None, toolbox: Toolbox):
        self.scenario = scenario
        self.naming = naming
        self.questions: Mapping[str, Tool] = toolbox.questions
        self.faults: list[Fault] = []
        self._known: set[tuple[str, str]] = set()

    @cached_property
    def document(self) -> Document:
        return read_document(self.scenario.path)

    def keys(self, block: str, where: str) -> tuple[str | int, ...]:
        """The keys of the block that begins at `path:line`."""
        line = int(where.rpartition(":")[2])
        lines = self.document.headings(block)
        return (block, lines.index(line)) if line in lines else (block,)

    def terms(self, block: str, item: Asking | Expectation) -> Mapping[str, Any]:
        tool = self.questions.get(item.question)
        faults: list[Fault] = []
        terms: Mapping[str, Any] = item.terms
        if tool is not None:
            terms = bound(tool, item.terms, _Lineless(), (), self.naming, faults)
        if (faults or tool is None) and (block, item.where) not in self._known:
            self._known.add((block, item.where))
            keys = self.keys(block, item.where)
            if tool is None:
                fault = lambda key, *rest: self.document.fault((*keys, *key), *rest)  # noqa: E731
                tool_named("question", item.question, self.questions, fault, self.faults)
            else:
                bound(tool, item.terms, self.document, keys, self.naming, self.faults)
        return terms

    def check_columns(self, item: Expectation) -> None:
        tool = self.questions.get(item.question)
        if tool is None or tool.row is None:
            return
        columns = [column.name for column in tool.columns]
        for key, rows in (
            ("rows", item.rows or ()),
            ("contains", item.contains),
            ("excludes", item.excludes),
        ):
            for number, row in enumerate(rows):
                for name in row:
                    if name not in columns:
                        keys = (*self.keys("expect", item.where), key, number, name)
                        message = f"{item.question} has no column {shown(name)}"
                        how = instead(name, columns)
                        if not how or how.startswith("choices"):
                            how = f"columns: {', '.join(columns)}"
                        self.faults.append(self.document.fault(keys, message, "", how))


class _Lineless(Document):
    """A document that says no lines: for seeing whether there is any fault at all."""

    def __init__(self) -> None:
        super().__init__("", "")

    def line(self, keys: Sequence[str | int]) -> int:
        return 0


def _with_lines(document: Document, name: str, blocks: Sequence[Any]) -> Iterable[tuple[Any, int]]:
    """The blocks that fit their shape, each with the line of its heading."""
    given = document.data.get(name, [])
    lines = document.headings(name)
    if len(blocks) == len(given):
        return zip(blocks, lines, strict=True)
    fitting = []
    for block in blocks:
        # Blocks that do not fit their shape are gone, and the others keep their order.
        while given and not _same(block, given[0]):
            given, lines = given[1:], lines[1:]
        fitting.append((block, lines[0] if lines else 1))
        given, lines = given[1:], lines[1:]
    return fitting


def _same(block: Any, data: Any) -> bool:
    return (
        isinstance(data, dict)
        and (block.model_extra or {}).items() <= data.items()
        and (data.get("question") == block.question)
    )


def _askings(block: AskShape, where: str) -> list[Asking]:
    terms = dict(block.model_extra or {})
    return [Asking(block.question, terms, day, where) for day in _days(block.on)]


def _expectations(block: ExpectShape, where: str) -> list[Expectation]:
    return [
        Expectation(
            question=block.question,
            terms=dict(block.model_extra or {}),
            on=day,
            rows=None if block.rows is None else tuple(block.rows),
            contains=tuple(block.contains),
            excludes=tuple(block.excludes),
            count=block.count,
            no_findings=block.no_findings,
            where=where,
        )
        for day in _days(block.on)
    ]


def _days(on: Sequence[date]) -> Sequence[date | None]:
    return on or [None]


def _vain(document: Document) -> list[Fault]:
    """Expectations that expect nothing, which would be met by any answer."""
    wanted = ("rows", "contains", "excludes", "count", "no_findings")
    blocks = document.data.get("expect", [])
    return [
        document.fault(
            ("expect", number), "this [[expect]] expects nothing", "", f"add one of: {', '.join(wanted)}"
        )
        for number, block in enumerate(blocks if isinstance(blocks, list) else [])
        if isinstance(block, dict)
        and not any(key in block or document.is_broken(("expect", number, key)) for key in wanted)
    ]


def _absent_files(document: Document, folder: str) -> list[Fault]:
    """Deal files and folders of tables that are not there, at the line that names them."""
    faults = []
    for key in ("deals", "tables"):
        listed = document.data.get(key, [])
        for text in listed if isinstance(listed, list) else []:
            if not isinstance(text, str) or (key == "deals" and not is_path(text)):
                continue
            path = os.path.join(folder, text)
            if not os.path.lexists(path):
                beside = os.path.dirname(path)
                near = instead(os.path.basename(path), os.listdir(beside)) if os.path.isdir(beside) else ""
                what = "file" if key == "deals" else "folder"
                message = f"`{key}`: there is no {what} {shown(text)}"
                faults.append(document.fault((key,), message, f"it was looked for at {path}", near))
    return faults
