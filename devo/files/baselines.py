"""Baselines to worlds: their tables read and linked, their deals enacted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devo.enactment import enact
from devo.files import fingerprint
from devo.files.deals import read_deals
from devo.files.documents import read_document
from devo.files.faults import in_order
from devo.files.links import broken_links
from devo.files.reading import Unreadable
from devo.files.tables import read_tables
from devo.toolbox import Toolbox
from devo.values import Baseline, Deal, Fault, Finding
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
    return enacted(world, found.deals, toolbox)


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


def enacted(world: World, deals: Sequence[Deal], toolbox: Toolbox) -> Loaded:
    """Deals enacted on a world, with the fingerprint of what it then means."""
    done = enact(world, deals, toolbox.verbs)
    done.world.fingerprint = fingerprint.of_world(done.world)
    return Loaded(done.world, done.findings)


def shipped_deal(code: str, toolbox: Toolbox) -> Path | None:
    """The file of a deal that some baseline ships or offers, by its code."""
    baselines = toolbox.baselines.values()
    files, _ = deal_files({folder for item in baselines for folder in (*item.deals, *item.offered)})
    files.sort(key=lambda file: file.stem.casefold() != code.casefold())
    for file in files:
        try:
            found = read_document(file).data.get("code")
        except Unreadable:
            continue
        if isinstance(found, str) and found.casefold() == code.casefold():
            return file
    return None
