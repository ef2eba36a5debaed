"""Worlds from files: a baseline's tables and deals, and what a scenario changes of them."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devo import enact
from devo.files import fingerprint
from devo.files.deals import read_deals
from devo.files.documents import Document, read_document
from devo.files.faults import in_order
from devo.files.links import broken_links
from devo.files.placed import Tables, repeated
from devo.files.reading import Unreadable
from devo.files.scenarios import check_names, is_path, places_of_records, read_scenario
from devo.files.tables import read_tables
from devo.files.terms import Naming
from devo.names import NameFault
from devo.toolbox import Toolbox
from devo.values import Baseline, Deal, Fault, Finding, Scenario
from devo.world import World, world_of


@dataclass(frozen=True, slots=True)
class Loaded:
    """A world read from files, what its deals gave rise to, and what is wrong in the files.

    Where there are faults the world is good for looking up names and for nothing else.
    """

    world: World
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()


def load_baseline(baseline: Baseline, toolbox: Toolbox, *, deals: bool = True) -> Loaded:
    """The world of a baseline's tables, with its deals enacted unless `deals` is False."""
    tables = read_tables(baseline.tables, toolbox.records)
    world = world_of(
        tables.records, baseline=baseline.name, fingerprint=fingerprint.of_records(tables.records)
    )
    faults = [*tables.faults, *broken_links(tables, world)]
    if not deals or not baseline.deals:
        return Loaded(world, (), tuple(in_order(faults)))
    files, missing = deal_files(baseline.deals)
    found = read_deals(files, world, toolbox.verbs)
    faults += [*missing, *found.faults]
    if faults:
        return Loaded(world.changed(deals=found.deals), (), tuple(in_order(faults)))
    return _enacted(world, found.deals, toolbox)


def world_from(
    scenario: Scenario, toolbox: Toolbox, base_worlds: MutableMapping[Any, Loaded] | None = None
) -> Loaded:
    """The world that a scenario asks about: its baseline, without some deals, with its own tables and deals.

    `base_worlds` keeps the worlds of baselines from one scenario to the next.
    """
    kept: MutableMapping[Any, Loaded] = {} if base_worlds is None else base_worlds
    key = (scenario.baseline, *sorted(toolbox.plugins.items()))
    if key not in kept:
        kept[key] = load_baseline(toolbox.baselines[scenario.baseline], toolbox)
    base = kept[key]
    faults = list(base.faults)
    world = base.world
    tables = _own_tables(scenario, world, toolbox)
    fresh = bool(tables.records)
    if fresh:
        records = [record for rows in world.before.records.values() for record in rows] + tables.records
        general = world_of(records, baseline=scenario.baseline, fingerprint=fingerprint.of_records(records))
        faults += [*tables.faults, *broken_links(tables, general)]
        world = general.changed(deals=world.deals)
    else:
        faults += tables.faults
    gone, strange = _left_out(scenario, base.world)
    added, wrong = _added(scenario, base.world, world, toolbox)
    faults += [*strange, *wrong]
    if faults:
        return Loaded(world, base.findings, tuple(in_order(faults)))
    if fresh:
        kept_deals = [deal for deal in world.deals if deal.code not in gone]
        return _enacted(world.before, [*kept_deals, *added], toolbox)
    findings = base.findings
    if gone:
        left = enact.without(world, gone, toolbox.verbs)
        world, findings = left.world, (*findings, *left.findings)
    after = _enacted(world, added, toolbox) if added or gone else Loaded(world)
    return Loaded(after.world, (*findings, *after.findings))


def open_scenario(
    path: str, toolbox_for: Any, base_worlds: MutableMapping[Any, Loaded] | None = None
) -> tuple[Scenario | None, Loaded | None, list[Fault]]:
    """A scenario ready to run with its world, or every fault of all the files that it leads to."""
    scenario, faults = read_scenario(path, toolbox_for)
    if scenario is None:
        return None, None, faults
    try:
        toolbox: Toolbox = toolbox_for(scenario.plugins)
    except Exception:
        toolbox = toolbox_for(())
    loaded = world_from(scenario, toolbox, base_worlds) if scenario.baseline in toolbox.baselines else None
    scenario, unbound = check_names(scenario, loaded.world if loaded else None, toolbox)
    faults = in_order([*faults, *(loaded.faults if loaded else ()), *unbound])
    return scenario, loaded, faults


def deal_files(folders: Iterable[str | Path]) -> tuple[list[Path], list[Fault]]:
    """The deal files of some folders, by name; a folder that is not there is a fault."""
    files: list[Path] = []
    faults: list[Fault] = []
    for folder in map(Path, folders):
        if not folder.is_dir():
            faults.append(Fault(str(folder), 0, "there is no such folder of deals"))
            continue
        found = sorted(folder.iterdir())
        files += [f for f in found if f.suffix.casefold() == ".toml" and f.name[0] not in ".~"]
    return files, faults


def _enacted(world: World, deals: Sequence[Deal], toolbox: Toolbox) -> Loaded:
    done = enact.enact(world, deals, toolbox.verbs)
    done.world.fingerprint = fingerprint.of_world(done.world)
    return Loaded(done.world, done.findings)


def _own_tables(scenario: Scenario, world: World, toolbox: Toolbox) -> Tables:
    """The records of a scenario's own tables and blocks, with the faults of their files."""
    known = [record for rows in world.before.records.values() for record in rows]
    tables = read_tables(scenario.tables, toolbox.records, known) if scenario.tables else Tables()
    for record, place in zip(scenario.records, places_of_records(scenario, toolbox), strict=True):
        tables.add(record, place)
    tables.faults = in_order([*tables.faults, *repeated(tables, known)])
    return tables


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
    naming = Naming(base)
    files: list[str | Path] = []
    faults: list[Fault] = []
    for number, text in enumerate(scenario.deals):
        if is_path(text):
            # A file that is not there has its fault already, at the line that names it.
            if Path(text).exists() or not scenario.path:
                files.append(text)
            continue
        try:
            naming.meant("deal", text)
        except NameFault as fault:
            shipped = _shipped(text, toolbox)
            if shipped is not None:
                files.append(shipped)
            else:
                message = f"`deals`: {fault.message}"
                faults.append(_at(scenario, ("deals", number), message, fault.suggestion))
    found = read_deals(files, world, toolbox.verbs)
    return found.deals, [*faults, *found.faults]


def _shipped(code: str, toolbox: Toolbox) -> Path | None:
    """The file of a deal that some baseline ships, by its code."""
    files, _ = deal_files({folder for item in toolbox.baselines.values() for folder in item.deals})
    files.sort(key=lambda file: file.stem.casefold() != code.casefold())
    for file in files:
        try:
            found = read_document(file).data.get("code")
        except Unreadable:
            continue
        if isinstance(found, str) and found.casefold() == code.casefold():
            return file
    return None


def _at(scenario: Scenario, keys: tuple[str | int, ...], message: str, suggestion: str) -> Fault:
    """A fault at the line of a scenario file's key; on no line for a scenario that is in no file."""
    if not scenario.path:
        return Fault("", 0, message, "", suggestion)
    document: Document = read_document(scenario.path)
    return document.fault(keys, message, "", suggestion)
