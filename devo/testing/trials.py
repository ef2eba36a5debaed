"""Trials: a plugin's functions called on each world, and what there is to say of what they gave.

This is the work of one process. `order` and the process's hash seed may differ from one to the next;
what the trials give (`mark`) may not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

from devo.answers import Answer, TermFault, ask, plain
from devo.calling import PluginFault, called, instance_of
from devo.making import CannotTakeEffect
from devo.names import NameFault
from devo.run import Runner
from devo.sources import BUILT_IN, OFFERED, found
from devo.taking_effect import misfit
from devo.testing.cases import Case, cases_of_question, cases_of_verb
from devo.testing.judging import MAKE_NEW, SORT, against, failed, said_of, unclear, unhelpful, unsourced
from devo.testing.places import TRIED_ON, WORLDS
from devo.toolbox import Toolbox, toolbox
from devo.tools import Tool
from devo.values import Finding, Instrument, Provision, Scenario
from devo.world import World

_ORDER = Instrument("tried-order", "An order to try a verb with", made=date(2024, 12, 1), source="made up")


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one case: how long it took, whether it gave anything, and what there is to say of it."""

    case: str
    seconds: float
    gave: int
    mark: str
    memory: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass
class Trials:
    """A plugin under trial. With `turned`, plugins are registered in the opposite order, it before all others."""

    plugin: str
    turned: bool = False

    @cached_property
    def tools(self) -> Toolbox:
        """The toolbox with the plugin on. Raises PluginFault."""
        offered = tuple(OFFERED.values())
        if not self.turned:
            return toolbox((self.plugin, *offered))
        return toolbox(built_in=(self.plugin, *offered, *reversed(BUILT_IN)))

    @cached_property
    def module(self) -> str:
        """The plugin's module."""
        return found(self.plugin).module

    @cached_property
    def worlds(self) -> Mapping[str, World]:
        """The worlds to try it on."""
        return {name: make((self.plugin,)) for name, make in WORLDS.items()}

    def own(self, tools: Mapping[str, Tool]) -> list[Tool]:
        """Of some tools, the plugin's."""
        return [tool for tool in tools.values() if tool.plugin == self.module]

    def cases(self) -> Iterator[Case]:
        """Everything to try, world by world."""
        for name, world in self.worlds.items():
            for tool in self.own(self.tools.questions):
                yield from cases_of_question(tool, world, name)
            for tool in self.own(self.tools.checks):
                yield Case("check", tool.name, name, {})
            if name == "England":
                continue  # what law a verb makes is tried where it is quick, and in examples
            for tool in self.own(self.tools.verbs):
                ground = self.worlds["tiny country"] if name == "empty world" else world
                yield from cases_of_verb(tool, ground, name)

    def tried(self, case: Case) -> Trial:
        """A case called twice on the same world, and what there is to say of it."""
        world = self.worlds[case.world]
        before, memory = _state(world, case), _memory()
        began = process_time()
        try:
            given = self._called(case, world)
        except (TermFault, NameFault, CannotTakeEffect) as said:
            return Trial(
                case.said,
                process_time() - began,
                0,
                _mark(str(said)),
                0,
                tuple(unclear(case, said, self.tools.verbs.get(case.name), self.worlds)),
            )
        except PluginFault as fault:
            return Trial(case.said, process_time() - began, 0, "", 0, (failed(case, fault),))
        seconds, grown = process_time() - began, _memory() - memory
        findings = list(unsourced(case, given))
        if case.kind == "check":
            findings += unhelpful(case, given)
        if _state(world, case) != before:
            findings.append(
                said_of(case, "changes-what-it-is-given", "changed the world that it was given", MAKE_NEW)
            )
        mark = _mark(given)
        if case.world != "England" and _mark(self._called(case, world)) != mark:
            text = "gave something else when it was called again with the same"
            findings.append(said_of(case, "not-deterministic", text, SORT))
        return Trial(case.said, seconds, len(given), mark, grown, tuple(findings))

    def _called(self, case: Case, world: World) -> Sequence[Any]:
        if case.kind == "question":
            return ask(world, self.tools.questions[case.name], case.terms).rows
        if case.kind == "check":
            return called("check", self.tools.checks[case.name], world, misfit=instance_of(Finding))
        tool = self.tools.verbs[case.name]
        provision = Provision(
            "TRY/1",
            case.name,
            dict(case.terms),
            TRIED_ON,
            _ORDER,
            made=_ORDER.made,
            deal="TRY",
            source="made up",
        )
        lets = (CannotTakeEffect, NameFault)
        return called(
            "verb", tool, world.on(TRIED_ON), provision, terms=provision.terms, misfit=misfit, lets=lets
        )

    # --- examples ----------------------------------------------------------------------------

    def examples(self) -> list[Path]:
        """The scenarios that the plugin ships to show what it does."""
        source = found(self.plugin)
        file = source.file or Path(import_module(source.module).__file__ or "")
        if file.name != "__init__.py":
            return sorted(file.parent.glob(f"{file.stem}*.toml"))
        homes = [file.parent / "examples", Path(self.plugin) / "examples"]
        return sorted(dict.fromkeys(path.resolve() for home in homes for path in home.glob("*.toml")))

    def example(self, path: Path) -> tuple[Trial, set[str]]:
        """A scenario of the plugin's run, and what of the plugin it has shown to give something."""
        began = process_time()
        runner = Runner((self.plugin,))
        said = f"the example {path.name}"
        opened = runner.open(path)
        outcome = opened if not isinstance(opened, tuple) else runner.outcome(*opened)
        findings = [
            Finding("example-fails", f"{said}: {text}", "error", (path.name,), where, how)
            for text, where, how in against(outcome)
        ]
        shown: set[str] = set()
        given: list[Sequence[Any]] = [answer.rows for answer in outcome.answers]
        if isinstance(opened, tuple):
            shown, made = self._enacted(opened[1], said)
            findings += made
            for answer in (*outcome.answers, *self._expected(*opened)):
                given.append(answer.rows)
                if answer.rows:
                    shown.add(f"question {answer.question!r}")
                    findings += unsourced(Case("question", answer.question, said, {}), answer.rows)
        trial = Trial(said, process_time() - began, len(shown), _mark(given), 0, tuple(findings))
        return trial, shown

    def _enacted(self, world: World, said: str) -> tuple[set[str], list[Finding]]:
        """The plugin's verbs that have done something in a world, and effects of theirs without a source."""
        mine = {tool.name for tool in self.own(self.tools.verbs)}
        verbs = {p.id: p.verb for deal in world.deals for p in deal.provisions if p.verb in mine}
        effects = [e for ledger in world.ledgers.values() for e in ledger.effects if e.origin in verbs]
        done = {effect.origin for effect in effects} | (world.makers & verbs.keys())
        findings: list[Finding] = []
        for effect in effects:
            findings += unsourced(Case("verb", verbs[effect.origin], said, {}), [effect])
        return {f"verb {verbs[name]!r}" for name in done}, findings

    def _expected(self, scenario: Scenario, world: World) -> Iterator[Answer]:
        """The answers of the plugin's questions that a scenario expects something of."""
        mine = {tool.name: tool for tool in self.own(self.tools.questions)}
        for expected in scenario.expects:
            for day in (expected.on,) if expected.on else scenario.on:
                if expected.question in mine:
                    yield ask(world.on(day), mine[expected.question], expected.terms)


def _state(world: World, case: Case) -> str:
    """What a world and terms are, so that a change shows. For England what things are, and not what is in them."""
    if case.world == "England":
        return repr(
            (
                [(kind.__name__, id(rows), len(rows)) for kind, rows in world.records.items()],
                [(power, id(ledger)) for power, ledger in world.ledgers.items()],
                world.findings,
                world.plugins,
                dict(case.terms),
            )
        )
    whole = {kind.__name__: rows for kind, rows in world.records.items()}
    law = {power: (item.effects, item.exercises, item.conditions) for power, item in world.ledgers.items()}
    days = (world.day, world.as_known, world.baseline, world.plugins, world.deal_codes)
    return repr((whole, law, world.findings, days, dict(case.terms)))


def _mark(given: Any) -> str:
    text = json.dumps(plain(given), sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _memory() -> int:
    """The most memory that this process ever had, in bytes; 0 where that is not to be had."""
    try:
        import resource
    except ImportError:
        return 0
    import sys

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
