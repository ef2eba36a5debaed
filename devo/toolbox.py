"""The toolbox: which plugins are on, and what they bring. The only user of pluggy.

It is built fresh for each run and holds no state between runs. Built-in plugins are on by
default in a fixed order; any other is named. The order never changes an answer: of two plugins that
give things of one name neither is on, and none takes the place of what devo has itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import pluggy

from devo import __version__, checks, deal_checks, founding, hookspecs, provisions, questions, values
from devo.bringing import Brought, Plugin, brings_of, brought, spec_of
from devo.calling import CORE, PluginFault, borne, watch
from devo.loading import imported, version_of
from devo.sources import BUILT_IN, Source, found, is_path
from devo.tools import Tool
from devo.values import Baseline, Finding


@dataclass(frozen=True)
class Toolbox:
    """All that the plugins that are on bring, by the names that users type.

    `findings` say which plugins could not be switched on and why, and which were written for an older devo.
    """

    plugins: Mapping[str, str]
    records: Mapping[str, type]
    verbs: Mapping[str, Tool]
    questions: Mapping[str, Tool]
    checks: Mapping[str, Tool]
    baselines: Mapping[str, Baseline]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _On:
    """A plugin that could be loaded, what it brings, and a note where it was written for an older devo."""

    plugin: Plugin
    brings: Brought
    note: Finding | None = None


def toolbox(extra: Iterable[str] = (), *, built_in: Sequence[str] = BUILT_IN) -> Toolbox:
    """Switch on the built-in plugins and the ones named, and list what they bring.

    Raises UnknownPlugin for a name that no plugin has. One that cannot be switched on (it fails, has a
    hook that devo has not, gives a name that another gives) raises PluginFault; where a face watches and
    does not stop at the first, it is left out instead, and `findings` say so.
    """
    manager = pluggy.PluginManager("devo")
    manager.add_hookspecs(hookspecs)
    on: dict[str, _On] = {}
    findings: list[Finding] = []
    for source in _sources(built_in, extra):
        try:
            on[source.module] = _switched_on(source, manager)
        except PluginFault as fault:
            findings.append(_without(source.module, fault))
    clashes = dict(_clashes(on, {CORE, *built_in}))
    findings += [_without(name, fault) for name, fault in clashes.items()]
    kept = [item for name, item in on.items() if name not in clashes]
    findings += [item.note for item in kept if item.note]
    brings = [core_brings(), *(item.brings for item in kept)]
    return Toolbox(
        {CORE: __version__, **{item.plugin.name: item.plugin.version for item in kept}},
        {name: kind for one in brings for name, kind in one.records.items()},
        {name: tool for one in brings for name, tool in one.verbs.items()},
        {name: tool for one in brings for name, tool in one.questions.items()},
        {name: tool for one in brings for name, tool in one.checks.items()},
        {name: item for one in brings for name, item in one.baselines.items()},
        tuple(findings),
    )


def core_records() -> list[type]:
    """The record types that the core reads from tables."""
    return [
        values.Geography,
        values.Area,
        values.Piece,
        values.Measure,
        values.Lookup,
        values.Body,
        values.BodyClass,
        values.Designation,
        values.Serving,
        values.Membership,
        values.Succession,
        values.Instrument,
        values.Power,
        values.Holding,
        values.Exercise,
        values.Condition,
        values.DecisionRule,
    ]


@cache
def core_brings() -> Brought:
    """What the core brings itself."""
    given = {
        "records": core_records(),
        "provisions": (*provisions.VERBS, *founding.VERBS),
        "questions": questions.QUESTIONS,
        "checks": (*checks.CHECKS, *deal_checks.CHECKS),
        "baselines": (),
    }
    return brings_of(Plugin(CORE, __version__), given)


def _sources(built_in: Iterable[str], extra: Iterable[str]) -> Iterator[Source]:
    """Where each plugin is, once, files and folders before names.

    So a scenario may say by its name what the command line has by its place.
    """
    seen: set[str] = set()
    placed: dict[str, Source] = {}
    for name in (*built_in, *sorted(extra, key=lambda name: not is_path(name))):
        source = placed.get(name.replace("-", "_")) or found(name)
        if source.module not in seen:
            seen.add(source.module)
            placed.update({source.module: source, **dict.fromkeys(source.aliases, source)})
            yield source


def _switched_on(source: Source, manager: pluggy.PluginManager) -> _On:
    opened = watch()
    if opened is not None and source.module in opened.broken:
        raise opened.broken[source.module]
    module: ModuleType = imported(source)
    plugin = Plugin(source.module, version_of(module, source), source.built_in)
    note = spec_of(plugin, module)
    brings = brought(plugin, module)
    try:
        manager.register(module, source.module)
    except (pluggy.PluginValidationError, ValueError) as error:
        raise plugin.fault(f"cannot be registered: {error}") from error
    return _On(plugin, brings, note)


def _without(name: str, fault: PluginFault) -> Finding:
    """A run goes on without a plugin only where a face sees to it that this is said."""
    opened = watch()
    if opened is None:
        raise fault
    opened.broken[name] = fault
    return borne(fault)


def _clashes(on: Mapping[str, _On], own: Iterable[str]) -> Iterator[tuple[str, PluginFault]]:
    """The plugins that give a name which another gives, each with what is wrong.

    What devo has itself stays; of two strangers neither is on, so that no order decides between them.
    """
    given: dict[tuple[str, str], dict[str, object]] = {}
    for name, brings in [(CORE, core_brings()), *((name, item.brings) for name, item in on.items())]:
        for key, thing in brings.named().items():
            given.setdefault(key, {})[name] = thing
    for (what, word), owners in given.items():
        if len({id(thing) for thing in owners.values()}) < 2:
            continue
        names = [f"{name} {on[name].plugin.version}".rstrip() if name in on else name for name in owners]
        message = f"{word!r} is given by two plugins, {' and '.join(names)}; rename one"
        strangers = [name for name in owners if name not in set(own)]
        for name in strangers or list(owners)[1:]:
            how = "leave one of the two out" if len(strangers) > 1 else ""
            yield name, PluginFault(message, name, on[name].plugin.version, f"{what} {word!r}", "", how)
