"""The world that a scenario asks about: a baseline, with what the scenario adds and leaves out."""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping
from pathlib import Path

from devo.enactment import without
from devo.files import fingerprint
from devo.files.baselines import Loaded, enacted, load_baseline, shipped_deal
from devo.files.blocks import records_in
from devo.files.deals import read_deals
from devo.files.documents import read_document
from devo.files.faults import in_order
from devo.files.links import broken_links
from devo.files.naming import Naming
from devo.files.placed import Tables, repeated
from devo.files.questions import check_names
from devo.files.scenarios import ToolboxFor, is_path, read_scenario
from devo.files.shapes import ScenarioShape
from devo.files.sweeps import unused
from devo.files.tables import read_tables
from devo.files.varying import first
from devo.names import NameFault
from devo.toolbox import Toolbox
from devo.toolbox import toolbox as switched_on
from devo.values import Baseline, Deal, Fault, Scenario
from devo.world import World, world_of

BaseWorlds = MutableMapping[tuple[object, ...], Loaded]
Loader = Callable[[Baseline, Toolbox], Loaded]


def world_from(
    scenario: Scenario,
    toolbox: Toolbox,
    base_worlds: BaseWorlds | None = None,
    load: Loader = load_baseline,
) -> Loaded:
    """The world that a scenario asks about: its baseline, without some deals, with its own tables and deals.

    `base_worlds` keeps the worlds of baselines from one scenario to the next; `load` reads one.
    """
    kept: BaseWorlds = {} if base_worlds is None else base_worlds
    key = (scenario.baseline, *sorted(toolbox.plugins.items()))
    if key not in kept:
        kept[key] = load(toolbox.baselines[scenario.baseline], toolbox)
    base = kept[key]
    faults = list(base.faults)
    world = base.world
    tables = own_tables(scenario, world, toolbox)
    faults += tables.faults
    if tables.records:
        world = with_records(world, tables)
    gone, strange = _left_out(scenario, base.world)
    added, wrong = _added(scenario, base.world, world, toolbox)
    faults += [*strange, *wrong]
    if faults:
        return Loaded(world, base.findings, tuple(in_order(faults)))
    if tables.records:
        kept_deals = [deal for deal in world.deals if deal.code not in gone]
        return enacted(world.before, [*kept_deals, *added], toolbox)
    findings = base.findings
    if gone:
        left = without(world, gone, toolbox.verbs)
        world, findings = left.world, (*findings, *left.findings)
    after = enacted(world, added, toolbox) if added or gone else Loaded(world)
    return Loaded(after.world, (*findings, *after.findings))


def open_scenario(
    path: str,
    toolbox_for: ToolboxFor = switched_on,
    base_worlds: BaseWorlds | None = None,
    load: Loader = load_baseline,
) -> tuple[Scenario | None, Loaded | None, list[Fault]]:
    """A scenario ready to run with its world, or every fault of all the files that it leads to."""
    scenario, faults = read_scenario(path, toolbox_for)
    if scenario is None:
        return None, None, faults
    toolbox = toolbox_for(scenario.plugins)
    known = scenario.baseline in toolbox.baselines
    loaded = world_from(scenario, toolbox, base_worlds, load) if known else None
    faults += check_names(scenario, loaded.world if loaded else None, toolbox)
    faults += loaded.faults if loaded else ()
    return scenario, loaded, in_order(faults)


def own_tables(scenario: Scenario, world: World, toolbox: Toolbox) -> Tables:
    """The records of a scenario's own tables and blocks, with the faults of their files."""
    if not (scenario.tables or scenario.records):
        return Tables()
    known = [record for rows in world.before.records.values() for record in rows]
    # A folder that is not there has its fault already, at the line of the scenario that names it.
    folders = [folder for folder in scenario.tables if os.path.isdir(folder) or not scenario.path]
    tables = read_tables(folders, toolbox.records, known)
    if scenario.records:
        own = records_in(read_document(scenario.path), ScenarioShape.model_fields, toolbox.records)
        for record, place in zip(own.records, own.places, strict=True):
            tables.add(record, place)
        tables.unmade += own.unmade
        tables.cut_short |= own.cut_short
    links = broken_links(tables, with_records(world, tables)) if tables.records or tables.unmade else []
    tables.faults = in_order([*tables.faults, *repeated(tables, known), *links])
    return tables


def with_records(world: World, tables: Tables) -> World:
    """A world with more records: its deals are named in it, and none is enacted yet."""
    records = [record for rows in world.before.records.values() for record in rows] + tables.records
    mark = fingerprint.of_records(records)
    return world_of(records, baseline=world.baseline, fingerprint=mark).changed(deals=world.deals)


def _left_out(scenario: Scenario, world: World) -> tuple[set[str], list[Fault]]:
    """The codes of the deals that a scenario leaves out, and faults for those that there are not."""
    naming = Naming(world)
    codes: set[str] = set()
    faults: list[Fault] = []
    for number, text in enumerate(scenario.without):
        try:
            codes.add(naming.meant("deal", text))
        except NameFault as fault:
            faults.append(_at(scenario, ("without", number), f"`without`: {fault.message}", fault.suggestion))
    return codes, faults


def _added(
    scenario: Scenario, base: World, world: World, toolbox: Toolbox
) -> tuple[tuple[Deal, ...], list[Fault]]:
    """The deals that a scenario adds, from files and from what plugins ship, and their faults."""
    files, faults = added_files(scenario, base, toolbox)
    found = read_deals(files, world, toolbox.verbs, first(scenario.sweep))
    if scenario.sweep is not None and not (faults or found.faults):
        documents = [read_document(file) for file in files]
        faults += unused(scenario.sweep, documents, read_document(scenario.path))
    return found.deals, [*faults, *found.faults]


def added_files(scenario: Scenario, base: World, toolbox: Toolbox) -> tuple[list[str | Path], list[Fault]]:
    """The files of the deals that a scenario adds to a baseline's world, and faults for those there are not."""
    naming = Naming(base)
    files: list[str | Path] = []
    faults: list[Fault] = []
    for number, text in enumerate(scenario.deals):
        if is_path(text):
            # A file that is not there has its fault already, at the line that names it.
            if os.path.exists(text) or not scenario.path:
                files.append(text)
            continue
        try:
            naming.meant("deal", text)
        except NameFault as fault:
            shipped = shipped_deal(text, toolbox)
            if shipped is not None:
                files.append(shipped)
            else:
                message = f"`deals`: {fault.message}"
                faults.append(_at(scenario, ("deals", number), message, fault.suggestion))
    return files, faults


def _at(scenario: Scenario, keys: tuple[str | int, ...], message: str, suggestion: str) -> Fault:
    """A fault at the line of a scenario file's key; on no line for a scenario that is in no file."""
    if not scenario.path:
        return Fault("", 0, message, "", suggestion)
    return read_document(scenario.path).fault(keys, message, "", suggestion)
