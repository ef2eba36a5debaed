"""Worlds opened: a baseline or a scenario's, with deals added and left out.

A baseline with only the built-in plugins is opened from its compiled file; anything else is read
from the tables.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from devo import names, stores
from devo.values import Baseline, Deal
from devo.world import World

if TYPE_CHECKING:
    from devo.files.baselines import Loaded
    from devo.toolbox import Toolbox


class UnknownBaseline(LookupError):
    """No plugin that is on ships a baseline of that name."""


# --- opened ---------------------------------------------------------------------------------------


def baseline(name: str = "england", plugins: Iterable[str] = ()) -> World:
    """A baseline's world with its own deals enacted.

    Raises UnknownBaseline, and files.Unreadable where a table or deal file has faults.
    """
    extra = tuple(plugins)
    if extra and is_baseline(name):
        # Plugins add nothing to a baseline that is not theirs: its tables are read without them.
        world = baseline(name)
        return world.changed(plugins=extra, findings=(*_toolbox(extra).findings, *world.findings))
    kept = None if extra else stores.load(name, lambda: _from_tables(name).before)
    return kept if kept is not None else _compiled(name, extra)


def open_world(
    name: str = "england",
    *,
    deals: Sequence[str | Path] = (),
    without: Sequence[str] = (),
    scenario: str | Path | None = None,
    plugins: Iterable[str] = (),
) -> World:
    """The world that a command asks for: a baseline or a scenario's, with deals added and left out.

    `deals` are paths of deal files, or names of deals that the baseline ships.
    """
    extra = tuple(plugins)
    world = scenario_world(scenario, extra) if scenario is not None else baseline(name, extra)
    return with_deals(world, deals, without)


def scenario_world(path: str | Path, plugins: Iterable[str] = ()) -> World:
    """The world that a scenario file describes. Raises files.Unreadable with every fault of its files."""
    from devo.files import Unreadable
    from devo.files.worlds import open_scenario

    extra = tuple(plugins)
    scenario, loaded, faults = open_scenario(
        str(path), lambda named: _toolbox((*named, *extra)), load=load_baseline
    )
    if scenario is None or loaded is None or faults:
        raise Unreadable(tuple(faults))
    on = tuple(dict.fromkeys((*scenario.plugins, *extra)))
    found = (*_toolbox(on).findings, *loaded.findings)
    world = loaded.world.changed(plugins=on, findings=found)
    return world.known(scenario.known) if scenario.known else world


def load_baseline(source: Baseline, tools: Toolbox) -> Loaded:
    """A baseline for the worlds of scenarios: from its compiled file where it ships with devo, else from its tables."""
    from devo.files import Unreadable, baselines

    if not is_baseline(source.name):
        return baselines.load_baseline(source, tools)
    try:
        world = baseline(source.name)
    except Unreadable:
        return baselines.load_baseline(source, tools)
    return baselines.Loaded(world, world.findings)


def is_baseline(name: str, plugins: Iterable[str] = ()) -> bool:
    """Whether a plugin that is on ships a baseline of that name."""
    return name in _toolbox(tuple(plugins)).baselines


def is_scenario(path: Path) -> bool:
    """Whether a file is a scenario and not a deal. Raises files.Unreadable."""
    from devo.files.documents import read_document

    return bool({"ask", "expect", "baseline", "on"} & set(read_document(path).data))


# --- with deals and without -----------------------------------------------------------------------


def with_deals(world: World, deals: Sequence[str | Path] = (), without: Sequence[str] = ()) -> World:
    """A world with some of its deals left out and others enacted; those that it has already stay as they are.

    Raises NameFault for a deal to leave out that it has not, and files.Unreadable.
    """
    if without:
        world = _meaning(_left_out(world, [names.deal(world, code).code for code in without]))
    has = _by_name(world) if deals else {}
    new = [deal for deal in deals if str(deal).casefold() not in has]
    return enact(world, read_deals(new, world)) if new else world


def with_and_without(world: World, deals: Sequence[str | Path]) -> tuple[World, World, list[Deal]]:
    """A world without some deals and with them: those it has already are left out, others are read and added."""
    has = _by_name(world)
    asked = [has[str(deal).casefold()] for deal in deals if str(deal).casefold() in has]
    shipped = {deal.code: deal for deal in asked}
    before = _left_out(world, list(shipped)) if shipped else world
    after = with_deals(world, deals)
    return before, after, [*shipped.values(), *after.deals[len(world.deals) :]]


def without(world: World, deals: Iterable[str]) -> World:
    """A world as it would be had some of its deals never been. Raises NameFault for a deal it has not."""
    return with_deals(world, without=tuple(deals))


def enact(world: World, deals: Sequence[Deal]) -> World:
    """A world with deals enacted. What could not take effect is said in the new world's `findings`."""
    from devo.enactment import enact as _enact

    done = _enact(world, deals, toolbox_of(world).verbs)
    return _meaning(done.world.changed(findings=(*world.findings, *done.findings)))


def read_deal(path: str | Path, world: World | None = None) -> Deal:
    """A deal from its file, its names looked up in a world (by default the England baseline).

    Raises files.Unreadable with every fault of the file.
    """
    return read_deals([path], world or baseline())[0]


def read_deals(paths: Sequence[str | Path], world: World) -> list[Deal]:
    """Deals from their files, read together so that they may name what each other establishes.

    A deal that a plugin ships may be named by its code. Raises files.Unreadable with every fault of the
    files, and NameFault for what is neither a path nor such a code.
    """
    from devo.files import Unreadable
    from devo.files.deals import read_deals as _read

    files = [_file_of(path, world) for path in paths]
    deals, faults = _read(files, world, toolbox_of(world).verbs)
    if faults:
        raise Unreadable(faults)
    return list(deals)


def toolbox_of(world: World) -> Toolbox:
    """The toolbox with the plugins on that a world was opened with.

    Making one reads what every plugin brings, and a plugin may ask hundreds of questions for one answer. So it is
    kept with the world's line, but where a plugin could not be switched on, which is to be said each time.
    """
    return world.kept(_tools)[1]


def _tools(world: World, last: tuple[tuple[str, ...], Toolbox] | None) -> tuple[tuple[str, ...], Toolbox]:
    if last is not None and last[0] == world.plugins and not last[1].findings:
        return last
    return world.plugins, _toolbox(world.plugins)


# --- what they are made of ------------------------------------------------------------------------


def _by_name(world: World) -> Mapping[str, Deal]:
    """The deals of a world by whatever people call them, in small letters; a code before a name."""
    named = [(name, deal) for deal in world.deals for name in (*deal.aliases, deal.name)]
    coded = [(deal.code, deal) for deal in world.deals]
    return {name.casefold(): deal for name, deal in (*named, *coded)}


def _file_of(deal: str | Path, world: World) -> Path:
    from devo.files.baselines import shipped_deal
    from devo.files.scenarios import is_path

    if os.path.exists(deal):
        return Path(deal)
    shipped = shipped_deal(str(deal), toolbox_of(world))
    if shipped is None and not isinstance(deal, Path) and not is_path(deal):
        names.deal(world, deal)  # which says what is near
    return shipped or Path(deal)


def _left_out(world: World, codes: Sequence[str]) -> World:
    from devo.enactment import without

    left = without(world, codes, toolbox_of(world).verbs)
    return left.world.changed(findings=(*world.findings, *left.findings))


def _meaning(world: World) -> World:
    """A world with the fingerprint of what it now means."""
    from devo.files import fingerprint

    return world.changed(fingerprint=fingerprint.of_world(world))


def _from_tables(name: str, plugins: tuple[str, ...] = ()) -> World:
    """A baseline read from its tables, so that deals can be added to it and left out."""
    from devo.files import Unreadable
    from devo.files.baselines import load_baseline as load

    tools = _toolbox(plugins)
    found = tools.baselines.get(name)
    if found is None:
        raise UnknownBaseline(
            f"no baseline is called {name!r}; there are: {', '.join(sorted(tools.baselines))}"
        )
    loaded = load(found, tools)
    if loaded.faults:
        raise Unreadable(loaded.faults)
    return loaded.world.changed(plugins=plugins, findings=(*tools.findings, *loaded.findings))


def _compiled(name: str, plugins: tuple[str, ...]) -> World:
    """A baseline read from its tables, and kept for next time where nothing but what ships with devo is in it."""
    world = _from_tables(name, plugins)
    if not plugins:
        tools = _toolbox(())
        source = tools.baselines[name]
        modules = [import_module(plugin).__file__ for plugin in tools.plugins if plugin != "core"]
        folders = {Path(folder) for folder in (*source.tables, *source.deals)}
        folders |= {Path(module).parent for module in modules if module}
        stores.save(world, folders)
    return world


def _toolbox(plugins: tuple[str, ...]) -> Toolbox:
    from devo.toolbox import toolbox

    return toolbox(plugins)
