"""Running scenarios: each one's world, its questions answered on its days, its expectations held against them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

from devo import answers
from devo.answers import Answer, TermFault, plain
from devo.calling import PluginFault, UnknownPlugin, borne
from devo.files.below import toml_below
from devo.files.worlds import BaseWorlds, open_scenario
from devo.front import load_baseline
from devo.names import NameFault
from devo.toolbox import Toolbox, toolbox
from devo.values import Expectation, Fault, Finding, Scenario
from devo.words import count
from devo.world import World

SCHEMA = "devo.outcome/1"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An expectation that an answer does not meet: which, and what was expected and found."""

    question: str
    terms: Mapping[str, Any]
    on: date
    message: str
    expected: tuple[Mapping[str, Any], ...]
    found: tuple[Mapping[str, Any], ...]
    where: str


@dataclass(frozen=True)
class Outcome:
    """What became of one scenario. `faults` are of its files: nothing was run where there are any."""

    name: str
    path: str
    answers: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every expectation was met, with no fault and no finding of severity error."""
        return not (self.mismatches or self.faults or any(f.severity == "error" for f in self.findings))

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain JSON values."""
        return {
            "name": self.name,
            "path": self.path,
            "passed": self.passed,
            "answers": [answer.as_json() for answer in self.answers],
            "findings": plain(self.findings),
            "mismatches": plain(self.mismatches),
            "faults": plain(self.faults),
        }


@dataclass
class Runner:
    """Runs scenarios one after the other, and reads each baseline once for each set of plugins."""

    plugins: tuple[str, ...] = ()
    _boxes: dict[tuple[str, ...], Toolbox] = field(default_factory=dict)
    worlds: BaseWorlds = field(default_factory=dict)

    def run(self, path: Path | str) -> Outcome:
        """One scenario's outcome; every fault of every file it leads to where there are any."""
        opened = self.open(path)
        return opened if isinstance(opened, Outcome) else self.outcome(*opened)

    def open(self, path: Path | str) -> tuple[Scenario, World] | Outcome:
        """A scenario with its world, not looked at from any day; an outcome of faults where there are any."""
        scenario, loaded, faults = open_scenario(str(path), self.tools, self.worlds, load_baseline)
        if scenario is None or loaded is None or faults:
            name = scenario.name if scenario else Path(path).stem
            findings = self._of_plugins(scenario.plugins if scenario else ())
            return Outcome(name, str(path), findings=findings, faults=tuple(faults))
        return scenario, self.seen(scenario, loaded.world, loaded.findings)

    def seen(self, scenario: Scenario, world: World, findings: tuple[Finding, ...]) -> World:
        """A scenario's world with its plugins on, by the law known on its day."""
        found = (*self._of_plugins(scenario.plugins), *findings)
        world = world.changed(plugins=self._named(scenario.plugins), findings=found)
        return world.known(scenario.known) if scenario.known else world

    def outcome(self, scenario: Scenario, world: World) -> Outcome:
        """The outcome of a scenario that is open."""
        return _outcome(scenario, world, self.tools(scenario.plugins))

    def tools(self, plugins: Sequence[str]) -> Toolbox:
        """The toolbox with a scenario's plugins on, and those named for the whole run."""
        named = self._named(plugins)
        if named not in self._boxes:
            self._boxes[named] = toolbox(named)
        return self._boxes[named]

    def _of_plugins(self, plugins: Sequence[str]) -> tuple[Finding, ...]:
        """What there is to say of the plugins of a scenario, but for one that there is not: that is a fault."""
        try:
            return self.tools(plugins).findings
        except UnknownPlugin:
            return self.tools(()).findings

    def _named(self, plugins: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*plugins, *self.plugins)))


def run(paths: Iterable[Path | str], plugins: Iterable[str] = ()) -> list[Outcome]:
    """The outcomes of all scenarios at or below some paths, in order of path."""
    runner = Runner(tuple(plugins))
    return [runner.run(path) for path in scenario_files(paths)]


def scenario_files(paths: Iterable[Path | str]) -> list[Path]:
    """The scenario files at or below some paths: `.toml` files, but for folders called `deals` or `tables`.

    What is there and cannot be read is among them, a folder too, so that whoever reads it says so.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        found.extend(toml_below(path, ("deals", "tables")) if os.path.isdir(path) else [path])
    return list(dict.fromkeys(found))


def _outcome(scenario: Scenario, world: World, tools: Toolbox) -> Outcome:
    given: list[Answer] = []
    settled = scenario.settled
    found = [finding for finding in world.findings if finding.code not in settled]
    unmet: list[Mismatch] = []
    for asking in scenario.asks:
        for day in (asking.on,) if asking.on else scenario.on:
            answer = _ask(world, tools, asking.question, asking.terms, day, found)
            if answer is not None:
                given.append(answer)
    for expected in scenario.expects:
        for day in (expected.on,) if expected.on else scenario.on:
            answer = _ask(world, tools, expected.question, expected.terms, day, found)
            if answer is not None:
                unmet.extend(mismatches(expected, answer))
    return Outcome(scenario.name, scenario.path, tuple(given), tuple(dict.fromkeys(found)), tuple(unmet))


def _ask(
    world: World, tools: Toolbox, question: str, terms: Mapping[str, Any], day: date, found: list[Finding]
) -> Answer | None:
    """An answer; a plugin that fails becomes a finding and the run goes on."""
    tool = tools.questions[question]
    try:
        return answers.ask(world.on(day), tool, terms)
    except (TermFault, NameFault) as fault:
        found.append(Finding("bad-question", f"{question} on {day}: {fault}", "error", (question,)))
    except PluginFault as fault:  # one plugin's fault must not take the run down
        found.append(borne(fault))
    return None


def mismatches(expected: Expectation, answer: Answer) -> Iterable[Mismatch]:
    """How an answer falls short of what was expected of it."""
    rows = [plain(row) for row in answer.rows]
    came = f"{count(len(rows), 'row')} came"

    def unmet(message: str, wanted: Iterable[Mapping[str, Any]] = ()) -> Mismatch:
        columns = list(
            dict.fromkeys(name for row in (expected.rows or expected.contains or ()) for name in row)
        )
        shown = tuple({name: row.get(name) for name in columns} if columns else row for row in rows)
        return Mismatch(
            expected.question, expected.terms, answer.on, message, tuple(wanted), shown, expected.where
        )

    if expected.rows is not None:
        missing = _without_a_row(expected.rows, rows)
        for wanted in missing:
            yield unmet("a row that was expected is not there", [wanted])
        met = len(expected.rows) - len(missing)
        if len(rows) != len(expected.rows) and met < len(rows):
            yield unmet(f"{came} where exactly {len(expected.rows)} were expected", expected.rows)
    for wanted in expected.contains:
        if not any(fits(row, wanted) for row in rows):
            yield unmet("a row that was expected is not there", [wanted])
    for unwanted in expected.excludes:
        if any(fits(row, unwanted) for row in rows):
            yield unmet("a row is there that was not to be", [unwanted])
    if expected.count is not None and len(rows) != expected.count:
        yield unmet(f"{came} where {expected.count} were expected")
    if expected.no_findings and answer.findings:
        yield unmet("findings came where none were expected: " + " ".join(f.message for f in answer.findings))


def _without_a_row(wanted: Sequence[Mapping[str, Any]], rows: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The rows expected that are not there, where each takes a row of its own."""
    left, missing = list(rows), []
    for one in wanted:
        match = next((row for row in left if fits(row, one)), None)
        if match is None:
            missing.append(one)
        else:
            left.remove(match)
    if not missing or not left or len({frozenset(one) for one in wanted}) == 1:
        return missing
    # One that says less may have taken the only row for one that says more.
    import networkx

    pairs = networkx.Graph()
    pairs.add_nodes_from(range(len(wanted)))
    pairs.add_edges_from(
        (n, ("row", m)) for n, one in enumerate(wanted) for m, row in enumerate(rows) if fits(row, one)
    )
    paired = networkx.bipartite.hopcroft_karp_matching(pairs, range(len(wanted)))
    return [one for n, one in enumerate(wanted) if n not in paired]


def fits(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a row has the cells that were written, in its plain form."""
    return all(_same(row.get(name), plain(value)) for name, value in wanted.items())


def _same(found: Any, wanted: Any) -> bool:
    """Whether a cell is what was written: nothing is written as "", and figures may be rounded to 9 digits."""
    if found is None:
        return bool(wanted == "")
    if isinstance(found, float) and isinstance(wanted, int | float):
        return isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)
    same: bool = found == wanted
    return same
