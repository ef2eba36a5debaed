"""Files checked: scenario and deal files with every fault of each, and what they do to the model."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from devo import enactment, front
from devo.cli.options import Common
from devo.files.below import toml_below
from devo.files.deals import deals_from
from devo.files.documents import Document, read_document
from devo.files.faults import in_order
from devo.files.filling import parameters_in
from devo.files.reading import Unreadable
from devo.files.worlds import BaseWorlds, open_scenario
from devo.toolbox import Toolbox, toolbox
from devo.values import Deal, Fault, Finding, Provision, Scenario
from devo.world import World

_OF_DEALS = frozenset({"provision", "code", "parties", "agreed"})
_OF_SCENARIOS = frozenset({"ask", "expect", "baseline", "deals", "without", "on", "plugins", "tables"})


@dataclass(frozen=True, slots=True)
class Checked:
    """The files that were looked at, their faults, and findings of the model that they make."""

    files: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass
class _Check:
    common: Common
    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    base_worlds: BaseWorlds = field(default_factory=dict)


def check_files(paths: Iterable[Path], common: Common) -> Checked:
    """Every fault of some files and folders, and the findings that are due to them."""
    files, absent = toml_files(paths)
    run = _Check(common, faults=list(absent))
    deals: list[Document] = []
    for path in files:
        try:
            document = read_document(path)
        except Unreadable as unreadable:
            run.faults.extend(unreadable.faults)
            continue
        varied = sorted(parameters_in(document.data))
        if is_deal(document) and varied:
            # What "$name" stands for is known to the sweeps that use it, and is checked with them.
            message = f"this deal names parameters (${', $'.join(varied)}), so it is checked with the sweeps that use it."
            run.findings.append(Finding("deal-of-a-sweep", message, "note", (), f"{path}:1"))
        elif is_deal(document):
            deals.append(document)
        else:
            _scenario(run, str(path))
    if deals:
        _deals(run, deals)
    return Checked(tuple(map(str, files)), tuple(in_order(run.faults)), tuple(dict.fromkeys(run.findings)))


def toml_files(paths: Iterable[Path]) -> tuple[list[Path], list[Fault]]:
    """The `.toml` files at and below some paths, but for tables; a fault for a folder with none."""
    found: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(path)
            continue
        inside = toml_below(path, ("tables",))
        if not inside:
            faults.append(Fault(str(path), 0, "there is no .toml file in this folder"))
        found.extend(inside)
    return list(dict.fromkeys(found)), faults


def is_deal(document: Document) -> bool:
    """Whether a file is a deal and not a scenario, by the keys it has."""
    keys = set(document.data)
    if keys & _OF_DEALS and not keys & {"ask", "expect"}:
        return True
    return not keys & _OF_SCENARIOS and Path(document.path).parent.name == "deals"


def _scenario(run: _Check, path: str) -> None:
    def tools_for(plugins: Sequence[str]) -> Toolbox:
        return toolbox(dict.fromkeys((*plugins, *run.common.plugins)))

    scenario, loaded, faults = open_scenario(path, tools_for, run.base_worlds, front.load_baseline)
    run.faults.extend(faults)
    if scenario is None or loaded is None or faults:
        return
    if not (scenario.deals or scenario.without or scenario.tables or scenario.records):
        return
    plugins = tuple(dict.fromkeys((*scenario.plugins, *run.common.plugins)))
    world = loaded.world.changed(plugins=plugins, findings=loaded.findings)
    base = front.baseline(scenario.baseline, plugins)
    own_tables = bool(scenario.tables or scenario.records)
    changed = None if own_tables else _differing(base.deals, world.deals)
    for day in _days(run.common, scenario):
        new = _new(base.on(day).known(scenario.known), world.on(day).known(scenario.known), changed)
        run.findings.extend(finding for finding in new if finding.code not in scenario.settled)


def _deals(run: _Check, documents: list[Document]) -> None:
    """Deals are read and enacted together, since one may build on what another establishes."""
    tools = toolbox(run.common.plugins)
    base = run.common.world()
    # A deal that the baseline ships is checked as if it were new.
    codes = {deal.code for deal in base.deals} & {str(doc.data.get("code")) for doc in documents}
    if codes:
        base = enactment.without(base, codes, tools.verbs).world
    read = deals_from(documents, base, tools.verbs)
    run.faults.extend(read.faults)
    if read.faults:
        return
    world = front.enact(base, read.deals)
    last = max((p.commencement for deal in read.deals for p in deal.provisions), default=date.min)
    day = run.common.on or max(last, base.today)
    run.findings.extend(_new(base.on(day), world.on(day), _differing(base.deals, world.deals)))


def _days(common: Common, scenario: Scenario) -> Sequence[date]:
    if common.on:
        return (common.on,)
    own = (*(ask.on for ask in scenario.asks), *(expect.on for expect in scenario.expects))
    return sorted({*scenario.on, *(day for day in own if day)}) or (front.today(),)


def _differing(before: Iterable[Deal], after: Iterable[Deal]) -> list[Provision]:
    """The provisions of deals that one world has and the other has not, or has otherwise."""
    one, two = ({deal.code: deal for deal in deals} for deals in (before, after))
    codes = [code for code in {**one, **two} if one.get(code) != two.get(code)]
    return [p for deals in (one, two) for code in codes if code in deals for p in deals[code].provisions]


def _new(before: World, after: World, changed: Collection[Provision] | None) -> list[Finding]:
    """What the checks find that they do not find in the baseline; None for worlds that differ in more than deals."""
    known = set(front.check(before, changed=changed))
    return [finding for finding in front.check(after, changed=changed) if finding not in known]
