"""The worlds of a sweep's variants: what all of them share is read and enacted once, and each adds what differs.

A deal's provisions that name no parameter are enacted once for all. Those that do are read again with
each variant's values and enacted on top, so a variant costs what it changes. The world is the same as
if all had been read and enacted together, because deals are read in legal order whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from devo.batch.deal_files import DealFile, UnfitVariant, instruments_vary, merged, names_vary
from devo.batch.watching import Watch, WatchedDeals
from devo.enactment import enact, in_order_of_law
from devo.files.baselines import Loaded
from devo.files.deals import deal_from, read_deals
from devo.files.documents import Document, read_document
from devo.files.faults import render
from devo.files.filling import filled_document, parameters_in
from devo.files.naming import Naming, with_established
from devo.files.worlds import added_files, world_from
from devo.front import load_baseline
from devo.ledger import Ledger
from devo.run import Runner
from devo.taking_effect import one_by_one
from devo.toolbox import Toolbox
from devo.values import Deal, Finding, Instrument, Provision, Scenario
from devo.world import World

_MOST_KEPT = 4096

Seen = tuple[World, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class _Group:
    """Provisions about one tree of powers: its top, where they stand, and the parameters they name."""

    powers: str
    numbers: tuple[tuple[int, int], ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a group of provisions does: new ledgers, the deals they are of, and what there is to say."""

    ledgers: Mapping[str, Ledger]
    instruments: Mapping[str, Instrument]
    deals: Sequence[Deal]
    findings: tuple[Finding, ...]


@dataclass
class VariantWorlds:
    """The worlds of a scenario's variants: call `world` with the values of one.

    `first` are the values of the first variant, with which the files were checked.
    """

    runner: Runner
    scenario: Scenario
    ground: Loaded
    tools: Toolbox
    files: list[DealFile]
    first: Mapping[str, Any]
    _checkpoints: dict[tuple[str, ...], World] = field(default_factory=dict)
    _makings: dict[tuple[str, str], _Made] = field(default_factory=dict)

    @classmethod
    def of(cls, runner: Runner, scenario: Scenario, first: Mapping[str, Any]) -> VariantWorlds:
        """The worlds of a scenario that has a sweep and no faults."""
        tools = runner.tools(scenario.plugins)
        plain = replace(scenario, deals=(), sweep=None)
        ground = world_from(plain, tools, runner.worlds, load_baseline)
        base = world_from(
            replace(plain, tables=(), records=(), without=()), tools, runner.worlds, load_baseline
        )
        files, _ = added_files(scenario, base.world, tools)
        return cls(
            runner, scenario, ground, tools, [DealFile.of(read_document(file)) for file in files], first
        )

    def world(self, given: Mapping[str, Any]) -> Seen:
        """The world of a variant, and what enacting its deals found. Raises UnfitVariant."""
        if self._whole:
            paths = [file.document.path for file in self.files]
            found = read_deals(paths, self.ground.world, self.tools.verbs, given)
            if found.faults:
                raise UnfitVariant(render(found.faults[0]))
            done = enact(self.ground.world, found.deals, self.tools.verbs)
            return self._seen(done.world, (*self.ground.findings, *done.findings))
        fixed, before = self._fixed
        if self._by_power:
            return self._put_together(given)
        deals = self._deals(given)
        provisions = [provision for deal in deals for provision in deal.provisions]
        if not provisions:
            return self._seen(fixed, before)
        if all(isinstance(provision.terms.get("power"), str) for provision in provisions):
            done = enact(fixed, deals, self.tools.verbs)
            world, found_now = done.world, done.findings
        else:
            world, found_now = self._on_checkpoint(fixed, deals, provisions)
        return self._seen(world.changed(deals=merged(fixed.deals, deals)), (*before, *found_now))

    @cached_property
    def apart(self) -> frozenset[str] | None:
        """The powers whose ledgers are all that variants differ in; None where more than ledgers may differ."""
        if self._whole or not self._by_power or instruments_vary(self.files):
            return None
        world = self._fixed[0]
        tops = {group.powers for group in self._groups}
        return frozenset(power for power in world.powers if _top(world, power) in tops)

    # --- provisions that are each about one power ---------------------------------------------------

    def _put_together(self, given: Mapping[str, Any]) -> Seen:
        """The world of a variant from what each group of its provisions makes of the ledgers it touches."""
        fixed, findings = self._fixed
        ledgers: dict[str, Ledger] = {}
        instruments: dict[str, Instrument] = {}
        deals: list[Deal] = []
        for group in self._groups:
            made = self._made(group, given)
            ledgers.update(made.ledgers)
            instruments.update(made.instruments)
            deals += made.deals
            findings = (*findings, *made.findings)
        known = fixed.instruments
        fresh = {name: item for name, item in instruments.items() if name not in known}
        records: dict[type, tuple[Any, ...]] = {}
        if fresh:
            records[Instrument] = (*fixed.of(Instrument), *fresh.values())
        codes = tuple(dict.fromkeys((*fixed.deal_codes, *(deal.code for deal in deals))))
        whole = WatchedDeals(codes, lambda: merged(fixed.deals, deals), Watch())
        world = fixed.changed(ledgers=ledgers, records=records, deals=whole)
        return self._seen(world, findings)

    def _made(self, group: _Group, given: Mapping[str, Any]) -> _Made:
        """What the provisions of a group do, worked out once for the same values of their parameters."""
        key = (group.powers, repr([given.get(name) for name in group.names]))
        if key not in self._makings:
            if len(self._makings) >= _MOST_KEPT:
                self._makings.clear()
            fixed, _ = self._fixed
            deals = self._deals(given, group.numbers)
            done = enact(fixed, deals, self.tools.verbs)
            changed = {
                power: ledger
                for power, ledger in done.world.ledgers.items()
                if ledger is not fixed.ledgers.get(power)
            }
            provisions = [provision for deal in deals for provision in deal.provisions]
            instruments = {provision.instrument.id: provision.instrument for provision in provisions}
            self._makings[key] = _Made(changed, instruments, deals, done.findings)
        return self._makings[key]

    @cached_property
    def _by_power(self) -> bool:
        """Whether every provision that varies is about one power, which is always the same."""
        self._fixed  # noqa: B018  (settles which provisions vary)
        return all(
            isinstance(block.get("power"), str)
            and not parameters_in(block["power"])
            and "power" in {term.name for term in self.tools.verbs[block["verb"]].terms}
            for file in self.files
            for block in file.blocks()
        )

    @cached_property
    def _groups(self) -> list[_Group]:
        """The provisions that vary, those about one tree of powers together: others do not depend on them."""
        world = self._fixed[0]
        trees: dict[str, tuple[list[tuple[int, int]], set[str]]] = {}
        for place, file in enumerate(self.files):
            for number in file.varying:
                power = file.document.data["provision"][number]["power"]
                top = _top(world, self._naming.meant("power", power))
                numbers, names = trees.setdefault(top, ([], set()))
                numbers.append((place, number))
                names |= file.parameters_of(number)
        return [_Group(top, tuple(numbers), tuple(sorted(names))) for top, (numbers, names) in trees.items()]

    # --- provisions about bodies, money or places ---------------------------------------------------

    def _on_checkpoint(self, fixed: World, deals: Sequence[Deal], provisions: Sequence[Provision]) -> Seen:
        """All law from the first of them on is read again."""
        same = [provision for deal in fixed.deals for provision in deal.provisions]
        ordered = in_order_of_law([*same, *provisions])
        new = {provision.id for provision in provisions}
        begin = next(number for number, provision in enumerate(ordered) if provision.id in new)
        if begin == len(same):
            start = fixed
        else:
            key = tuple(provision.id for provision in ordered[:begin])
            if key not in self._checkpoints:
                before = fixed.before.changed(
                    records={Instrument: fixed.of(Instrument)},
                    deals=fixed.deals,
                    plugins=fixed.plugins,
                    fingerprint=fixed.fingerprint,
                )
                self._checkpoints[key] = one_by_one(before, ordered[:begin], self.tools.verbs)[0]
            start = self._checkpoints[key]
        known = start.instruments
        fresh = {p.instrument.id: p.instrument for p in provisions if p.instrument.id not in known}
        if fresh:
            start = start.changed(records={Instrument: (*start.of(Instrument), *fresh.values())})
        return one_by_one(start, ordered[begin:], self.tools.verbs)

    # --- what the files say -------------------------------------------------------------------------

    def _deals(self, given: Mapping[str, Any], only: Collection[tuple[int, int]] = ()) -> list[Deal]:
        """The provisions that name a parameter, with a variant's values, under the deals they stand in.

        `only` are some of them: the number of the deal and that of the provision.
        """
        deals = []
        for place, file in enumerate(self.files):
            varying = [number for number in file.varying if not only or (place, number) in only]
            if varying:
                deals.append(self._deal(file.filled(varying, given)))
        return deals

    def _deal(self, document: Document) -> Deal:
        deal, faults = deal_from(document, self._naming, self.tools.verbs)
        if deal is None:
            raise UnfitVariant(render(faults[0]))
        return deal

    @cached_property
    def _naming(self) -> Naming:
        first = [filled_document(file.document, self.first) for file in self.files]
        return Naming(with_established(self.ground.world, first))

    @cached_property
    def _whole(self) -> bool:
        return names_vary(self.files)

    @cached_property
    def _fixed(self) -> Seen:
        """The world with the provisions that name no parameter, and what enacting those found.

        One that cannot take effect without those that do is read again with them in each variant.
        """
        while True:
            deals = [self._deal(f.without_parameters) for f in self.files if f.fixed or not f.varying]
            if not deals:
                return self.ground.world, self.ground.findings
            done = enact(self.ground.world, deals, self.tools.verbs)
            stuck = {finding.about[0] for finding in done.findings if finding.about}
            varies = any(file.varying for file in self.files)
            moved = [file.vary_too(stuck) for file in self.files] if varies else []
            if not any(moved):
                return done.world, (*self.ground.findings, *done.findings)

    def _seen(self, world: World, findings: tuple[Finding, ...]) -> Seen:
        found = tuple(dict.fromkeys(findings))
        return self.runner.seen(self.scenario, world, found), found


def _top(world: World, power: str) -> str:
    record = world.powers.get(power)
    while record is not None and record.parent:
        power = record.parent
        record = world.powers.get(power)
    return power
