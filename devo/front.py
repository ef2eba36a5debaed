"""The front door for Python and for every face: open a world, ask it, explain, check.

A baseline with only the built-in plugins is opened from its compiled file; anything else is read
from the tables.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo import answers, stores
from devo.answers import Answer
from devo.calling import PluginFault, borne, called, instance_of
from devo.questions import QUESTIONS
from devo.tools import Tool, question_tool, user_word
from devo.values import Baseline, Deal, Finding
from devo.world import World

if TYPE_CHECKING:
    from devo.explanation import Explanation
    from devo.files.baselines import Loaded
    from devo.plans import Plan, Wanted
    from devo.toolbox import Toolbox

CORE_QUESTIONS = {user_word(function.__name__): function for function in QUESTIONS}


class UnknownBaseline(LookupError):
    """No plugin that is on ships a baseline of that name."""


class UnknownQuestion(LookupError):
    """No plugin that is on answers a question of that name."""


def baseline(name: str = "england", plugins: Iterable[str] = ()) -> World:
    """A baseline's world with its own deals enacted.

    Raises UnknownBaseline, and files.Unreadable where a table or deal file has faults.
    """
    extra = tuple(plugins)
    if extra and is_baseline(name):
        # Plugins add nothing to a baseline that is not theirs: its tables are read without them.
        world = baseline(name)
        world.plugins, world.findings = extra, (*_toolbox(extra).findings, *world.findings)
        return world
    kept = None if extra else stores.load(name, lambda: baseline_from_tables(name).before)
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


def with_deals(world: World, deals: Sequence[str | Path] = (), without: Sequence[str] = ()) -> World:
    """A world with some of its deals left out and others enacted."""
    if not deals and not without:
        return world
    from devo import names
    from devo.enactment import without as leave_out

    verbs = _toolbox(world.plugins).verbs
    if without:
        left = leave_out(world, [names.deal(world, code).code for code in without], verbs)
        world = _meaning(left.world.changed(findings=(*world.findings, *left.findings)))
    if deals:
        known = {code.casefold() for deal in world.deals for code in (deal.code, deal.name)}
        new = [deal for deal in deals if str(deal).casefold() not in known]
        if new:
            world = enact(world, read_deals(new, world))
    return world


def baseline_from_tables(name: str, plugins: tuple[str, ...] = ()) -> World:
    """A baseline read from its tables, so that deals can be added to it and left out."""
    from devo.files import Unreadable
    from devo.files.baselines import load_baseline

    tools = _toolbox(plugins)
    found = tools.baselines.get(name)
    if found is None:
        raise UnknownBaseline(
            f"no baseline is called {name!r}; there are: {', '.join(sorted(tools.baselines))}"
        )
    loaded = load_baseline(found, tools)
    if loaded.faults:
        raise Unreadable(loaded.faults)
    return loaded.world.changed(plugins=plugins, findings=(*tools.findings, *loaded.findings))


def without(world: World, deals: Iterable[str]) -> World:
    """A world as it would be had some of its deals never been. Raises NameFault for a deal it has not."""
    return with_deals(world, without=tuple(deals))


def enact(world: World, deals: Sequence[Deal]) -> World:
    """A world with deals enacted. What could not take effect is said in the new world's `findings`."""
    from devo.enactment import enact as _enact

    done = _enact(world, deals, _toolbox(world.plugins).verbs)
    return _meaning(done.world.changed(findings=(*world.findings, *done.findings)))


def _meaning(world: World) -> World:
    """A world with the fingerprint of what it now means."""
    from devo.files import fingerprint

    return world.changed(fingerprint=fingerprint.of_world(world))


def read_deal(path: str | Path, world: World | None = None) -> Deal:
    """A deal from its file, its names looked up in a world (by default the England baseline).

    Raises files.Unreadable with every fault of the file.
    """
    return read_deals([path], world or baseline())[0]


def read_deals(paths: Sequence[str | Path], world: World) -> list[Deal]:
    """Deals from their files, read together so that they may name what each other establishes."""
    from devo.files import Unreadable
    from devo.files.baselines import shipped_deal
    from devo.files.deals import read_deals as _read

    tools = _toolbox(world.plugins)
    files = [
        Path(path) if os.path.exists(path) else shipped_deal(str(path), tools) or Path(path) for path in paths
    ]
    deals, faults = _read(files, world, tools.verbs)
    if faults:
        raise Unreadable(faults)
    return list(deals)


def ask(world: World, question: str, **terms: Any) -> Answer:
    """Ask a question by name. Raises UnknownQuestion, TermFault, NameFault.

    The world must be looked at from a day: `world.on("2025-01-01")`.
    """
    return answers.ask(world, question_named(world, question), terms)


def question_named(world: World, name: str) -> Tool:
    """A question by its name: the core's own without loading any plugin."""
    if name in CORE_QUESTIONS:
        return question_tool(CORE_QUESTIONS[name], "core")
    questions = _toolbox(world.plugins).questions
    if name not in questions:
        from difflib import get_close_matches

        near = get_close_matches(name, questions, n=3)
        hint = f"did you mean: {', '.join(near)}?" if near else f"there are: {', '.join(sorted(questions))}"
        raise UnknownQuestion(f"no question is called {name!r}; {hint}")
    return questions[name]


def explain(world: World, body: str, power: str, place: str = "") -> Explanation:
    """Why a body holds a power over a place on the world's day, or why not. Raises NameFault."""
    from devo.explanation import explain as _explain

    return _explain(world, body, power, place)


def check(world: World, powers: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """What the checks of all plugins that are on find in a world on its day, after what enacting it found.

    With `powers` (ids), only those and their parts are looked at, which is much quicker than everything.
    """
    from devo.conflicts import conflicts
    from devo.divisions import family

    if powers is not None:
        world = world.about({name for power in powers for name in family(world, power)})
    tools = _toolbox(world.plugins)
    found = [*world.findings, *conflicts(world, tools.verbs)]
    for tool in tools.checks.values():
        try:
            found.extend(called("check", tool, world, misfit=instance_of(Finding)))
        except PluginFault as fault:  # one plugin's fault must not hide what the others find
            found.append(borne(fault))
    return tuple(found)


def check_new(before: World, after: World, powers: Iterable[str]) -> tuple[Finding, ...]:
    """What the checks find about some powers in a world that they do not find in another."""
    known = {(finding.code, finding.about) for finding in check(before, powers)}
    return tuple(f for f in check(after, powers) if (f.code, f.about) not in known)


def plan(before: World, after: World) -> Plan:
    """What differs between two worlds.

    Worlds that are each looked at from a day are compared as they are on those days. Worlds that are
    not are compared for the deals that the second has and the first has not, on the days these commence.
    """
    from devo.planning import compare

    if before.day is not None and after.day is not None:
        return compare(before, after, _toolbox(after.plugins).questions.values())
    known = {deal.code for deal in before.deals}
    return plan_of(before, after, [deal for deal in after.deals if deal.code not in known])


def plan_of(
    before: World,
    after: World,
    deals: Sequence[Deal],
    *,
    on: date | None = None,
    wanted: Wanted | None = None,
    questions: Iterable[Tool] | None = None,
) -> Plan:
    """What deals change between a world without them and with them, and what the checks then find.

    `questions` are asked of both worlds in their order, where they are marked for plans; without it, those
    of all plugins that are on.
    """
    from dataclasses import replace

    from devo.planning import plan_deals
    from devo.plans import EVERYTHING

    tools = _toolbox(after.plugins)
    asked = tools.questions.values() if questions is None else questions
    found = plan_deals(before, after, deals, asked, verbs=tools.verbs, on=on, wanted=wanted or EVERYTHING)
    powers = {str(p.terms["power"]) for deal in deals for p in deal.provisions if "power" in p.terms}
    last = found.on[1]
    new = check_new(before.on(last), after.on(last), powers & after.powers.keys())
    told = {finding.message for finding in found.findings}
    return replace(found, findings=(*found.findings, *(f for f in new if f.message not in told)))


def with_and_without(world: World, deals: Sequence[str | Path]) -> tuple[World, World, list[Deal]]:
    """A world without some deals and with them: those it has already are left out, others are read and added."""
    from devo.enactment import without as leave_out

    named = {name.casefold(): deal for deal in world.deals for name in (deal.code, deal.name, *deal.aliases)}
    shipped = [named[str(deal).casefold()] for deal in deals if str(deal).casefold() in named]
    new = [deal for deal in deals if str(deal).casefold() not in named]
    before, after = world, world
    if shipped:
        left = leave_out(world, [deal.code for deal in shipped], _toolbox(world.plugins).verbs)
        before = left.world.changed(findings=(*world.findings, *left.findings))
    if new:
        after = with_deals(world, new)
    added = [deal for deal in after.deals if deal.code not in {known.code for known in world.deals}]
    return before, after, [*shipped, *added]


def toolbox_of(world: World) -> Toolbox:
    """The toolbox with the plugins on that a world was opened with."""
    return _toolbox(world.plugins)


def is_baseline(name: str, plugins: Iterable[str] = ()) -> bool:
    """Whether a plugin that is on ships a baseline of that name."""
    return name in _toolbox(tuple(plugins)).baselines


def is_scenario(path: Path) -> bool:
    """Whether a file is a scenario and not a deal. Raises files.Unreadable."""
    from devo.files.documents import read_document

    return bool({"ask", "expect", "baseline", "on"} & set(read_document(path).data))


def today() -> date:
    """The only wall clock of devo: the day a face asks about when its user names none."""
    return date.today()  # noqa: DTZ011


def _compiled(name: str, plugins: tuple[str, ...]) -> World:
    world = baseline_from_tables(name, plugins)
    if not plugins:
        import importlib

        tools = _toolbox(())
        source = tools.baselines[name]
        modules = [importlib.import_module(plugin).__file__ for plugin in tools.plugins if plugin != "core"]
        folders = {Path(folder) for folder in (*source.tables, *source.deals)}
        folders |= {Path(module).parent for module in modules if module}
        stores.save(world, folders)
    return world


def _toolbox(plugins: tuple[str, ...]) -> Toolbox:
    from devo.toolbox import toolbox

    return toolbox(plugins)
