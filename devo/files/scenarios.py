"""Scenario files to scenarios."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from devo.calling import PluginFault
from devo.files.blocks import records_in
from devo.files.documents import Document, read_document
from devo.files.faults import in_order, instead, shown
from devo.files.filling import filled_document, unknown_parameters
from devo.files.reading import Unreadable
from devo.files.shapes import AskShape, ExpectShape, ScenarioShape, SweepShape
from devo.files.shaping import shaped
from devo.files.sweeps import figures_of, sweep_of
from devo.files.varying import first
from devo.sources import not_from_a_file
from devo.toolbox import Toolbox
from devo.toolbox import toolbox as switched_on
from devo.values import Asking, Expectation, Fault, Scenario, Sweep

ToolboxFor = Callable[[Sequence[str]], Toolbox]


def is_path(deal: str) -> bool:
    """Whether a scenario names a deal by its file, and not by its code."""
    return deal.endswith(".toml") or deal.startswith(("./", "../", ".\\", "..\\")) or os.path.isabs(deal)


def beside(path: str, text: str) -> str:
    """The path that a file at `path` means by a path in it."""
    return os.path.normpath(os.path.join(os.path.dirname(path), text))


def _deal(path: str, text: str) -> str:
    """What a file at `path` means by a deal that it names: its code or name, or a path that looks like one."""
    if not is_path(text):
        return text
    found = beside(path, text)
    return found if is_path(found) else os.path.join(os.curdir, found)


def read_scenario(
    path: str | os.PathLike[str], toolbox_for: ToolboxFor = switched_on
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
    document: Document, toolbox_for: ToolboxFor = switched_on, given: Mapping[str, Any] | None = None
) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a file that is read already, and its faults.

    `given` are the values of a sweep's parameters; by default those of its first variant.
    """
    document, sweep, faults = _sweep(document, given)
    shape, misshapen = shaped(document, ScenarioShape)
    faults = [*document.faults, *faults, *(fault for fault in misshapen if fault not in faults)]
    if shape is None:
        return None, in_order(faults)
    faults += _code_named(document, shape.plugins)
    plugins = [name for name in shape.plugins if not not_from_a_file(name)]
    toolbox, plugins, unfit = _toolbox(document, plugins, toolbox_for)
    faults += unfit
    own = records_in(document, ScenarioShape.model_fields, toolbox.records)
    faults += own.faults
    if shape.baseline not in toolbox.baselines and "baseline" in document.data:
        message = f"no baseline is called {shown(shape.baseline)}"
        faults.append(document.fault(("baseline",), message, "", instead(shape.baseline, toolbox.baselines)))
    asks = [
        asking
        for block, line in zip(shape.ask, document.headings("ask"), strict=True)
        for asking in _askings(block, f"{document.path}:{line}")
    ]
    expects = [
        expectation
        for block, line in zip(shape.expect, document.headings("expect"), strict=True)
        for expectation in _expectations(block, f"{document.path}:{line}")
    ]
    faults += _vain(document)
    faults += _absent_files(document)
    deals = [_deal(document.path, deal) for deal in shape.deals]
    tables = [beside(document.path, folder) for folder in shape.tables]
    faults += [*_named_twice(document, "deals", deals), *_named_twice(document, "tables", tables)]
    scenario = Scenario(
        name=shape.name or os.path.splitext(os.path.basename(document.path))[0],
        path=document.path,
        baseline=shape.baseline,
        deals=tuple(dict.fromkeys(deals)),
        without=tuple(shape.without),
        plugins=tuple(plugins),
        tables=tuple(dict.fromkeys(tables)),
        on=tuple(shape.on),
        known=shape.known,
        asks=tuple(asks),
        expects=tuple(expects),
        records=tuple(own.records),
        sweep=sweep,
    )
    return scenario, in_order(faults)


def _sweep(document: Document, given: Mapping[str, Any] | None) -> tuple[Document, Sweep | None, list[Fault]]:
    """A scenario's file with the values of one variant in it, its sweep, and the faults of that."""
    block = document.data.get("sweep")
    if not isinstance(block, dict):
        return document, None, []
    try:
        # A figure may hold what only a variant's values make right.
        shape = SweepShape.model_validate({key: item for key, item in block.items() if key != "figure"})
    except ValidationError:
        return document, None, []  # the shape of the whole file says what is wrong with it
    sweep, faults = sweep_of(shape, document)
    chosen = given or first(sweep)
    if chosen is None:
        return document, sweep, faults
    faults += unknown_parameters(document, chosen)
    document = filled_document(document, chosen)
    try:
        shape = SweepShape.model_validate(document.data["sweep"])
    except ValidationError:
        return document, sweep, faults
    figures, twice = figures_of(shape, document)
    return document, replace(sweep, figures=figures), [*faults, *twice]


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


def _code_named(document: Document, plugins: Sequence[str]) -> list[Fault]:
    """Plugins that a scenario names by their file or folder: code, which no file of data switches on."""
    return [
        document.fault(
            ("plugins", number),
            f"`plugins`: {shown(name)} names a file of code",
            not_from_a_file(name),
            f"leave it out here, and name it where you type the command: --plugin {name}",
        )
        for number, name in enumerate(plugins)
        if not_from_a_file(name)
    ]


def _toolbox(
    document: Document, plugins: Sequence[str], toolbox_for: ToolboxFor
) -> tuple[Toolbox, list[str], list[Fault]]:
    """The toolbox with a scenario's plugins on, those that can be, and a fault for each of the others."""
    faults: list[Fault] = []
    sound: list[str] = []
    try:
        return toolbox_for(plugins), list(plugins), faults
    except PluginFault:
        for name in plugins:
            try:
                toolbox_for([*sound, name])
                sound.append(name)
            except PluginFault as fault:
                faults.append(document.fault(("plugins",), str(fault), "", fault.suggestion))
    return toolbox_for(sound), sound, faults


def _vain(document: Document) -> list[Fault]:
    """Expectations that expect nothing, which would be met by any answer."""
    always, filled = ("rows", "count"), ("contains", "excludes", "no_findings")
    how = f"add one of: {', '.join((*always, *filled))}"
    return [
        document.fault(("expect", number), "this [[expect]] expects nothing", "any answer would meet it", how)
        for number, block in document.blocks("expect")
        if not any(key in block for key in always)
        and not any(block.get(key) for key in filled)
        and not any(document.is_broken(("expect", number, key)) for key in (*always, *filled))
    ]


def _named_twice(document: Document, key: str, meant: Sequence[str]) -> list[Fault]:
    """Files and folders that a scenario names more than once, and would be read as often."""
    return [
        document.fault((key, number), f"`{key}`: {shown(text)} is named twice", "", "leave one of them out")
        for number, text in enumerate(meant)
        if text in meant[:number]
    ]


def _absent_files(document: Document) -> list[Fault]:
    """Deal files and folders of tables that are not there, at the line that names them."""
    faults = []
    for key in ("deals", "tables"):
        listed = document.data.get(key, [])
        for number, text in enumerate(listed if isinstance(listed, list) else []):
            if not isinstance(text, str) or (key == "deals" and not is_path(text)):
                continue
            path = beside(document.path, text)
            if not os.path.exists(path):
                what = "file" if key == "deals" else "folder"
                message = f"`{key}`: there is no {what} {shown(text)}"
                faults.append(document.fault((key, number), message, *_why_absent(path)))
            elif key == "tables" and not os.path.isdir(path):
                message = f"`tables`: {shown(text)} is a file, and not a folder of tables"
                faults.append(document.fault((key, number), message, "", "name the folder that it is in"))
    return faults


def _why_absent(path: str) -> tuple[str, str]:
    """Where a file was looked for, and what is there that is called nearly so."""
    if os.path.islink(path):
        return f"{path} is a link, and what it leads to is not there", ""
    try:
        return f"it was looked for at {path}", instead(os.path.basename(path), os.listdir(_folder(path)))
    except OSError:
        return f"it was looked for at {path}", ""


def _folder(path: str) -> str:
    return os.path.dirname(path) or os.curdir
