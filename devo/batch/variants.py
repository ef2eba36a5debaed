"""The variants of a sweep: what all of them share is read and enacted once, and each adds what differs.

A deal's provisions that name no parameter are enacted once for all. Those that do are read again with
each variant's values and enacted on top, so a variant costs what it changes. The world is the same as
if all had been read and enacted together, because deals are read in legal order whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from devo.answers import TermFault
from devo.batch.figures import Follow, asker, days_of, followed, value
from devo.batch.watching import Answered, Watch, WatchedDeals
from devo.enactment import enact, in_order_of_law, one_by_one
from devo.files.baselines import Loaded
from devo.files.deals import deal_from, read_deals
from devo.files.documents import Document, read_document
from devo.files.faults import render
from devo.files.filling import filled_document, parameters_in
from devo.files.naming import Naming, with_established
from devo.files.scenarios import scenario_from
from devo.files.sweeps import draw_of, values
from devo.files.worlds import added_files, world_from
from devo.ledger import Ledger
from devo.names import NameFault
from devo.run import Runner, mismatches
from devo.toolbox import Toolbox
from devo.values import Deal, Finding, Instrument, Provision, Scenario, Sweep
from devo.world import World

# A provision with one of these verbs changes what names mean, so the others are read after it.
_NAMING = frozenset({"establish", "designate"})
_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Variant:
    """What became of one variant: its values, its figures, and what stands against it."""

    number: int
    draw: int
    given: Mapping[str, Any]
    figures: tuple[int | float | None, ...]
    errors: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


class UnfitVariant(Exception):
    """A variant whose values its files cannot take: what is wrong, with the line."""


@dataclass
class _Part:
    """One deal file: which of its provisions name a parameter, and which do not."""

    document: Document
    varying: list[int]
    fixed: list[int]


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


class _Kept(Document):
    """A deal file with some of its provisions, each with the id and line it has among all."""

    def __init__(self, document: Document, numbers: Sequence[int]):
        super().__init__(document.path, "")
        self.text, self.faults = document.text, []
        self._whole, self._numbers = document, list(numbers)
        code = document.data.get("code", "")
        blocks = document.data.get("provision", [])
        kept = [{"id": f"{code}/{number + 1}", **blocks[number]} for number in numbers]
        self.data = {**document.data, "provision": kept}

    def line(self, keys: Sequence[str | int]) -> int:
        """The line of a key in the whole file."""
        if len(keys) > 1 and keys[0] == "provision" and isinstance(keys[1], int):
            keys = ("provision", self._numbers[keys[1]], *keys[2:])
        return self._whole.line(keys)

    def headings(self, name: str) -> list[int]:
        """The lines of the headings of the provisions that are kept."""
        lines = self._whole.headings(name)
        return [lines[number] for number in self._numbers] if name == "provision" else lines


@dataclass
class Variants:
    """A sweep that is open: call `run` with a variant's number."""

    runner: Runner
    scenario: Scenario
    sweep: Sweep
    ground: Loaded
    tools: Toolbox
    document: Document
    parts: list[_Part]
    follows: list[Follow]
    _checkpoints: dict[tuple[str, ...], World] = field(default_factory=dict)
    _makings: dict[tuple[str, str], _Made] = field(default_factory=dict)
    _answered: Answered = field(default_factory=Answered)

    @classmethod
    def of(cls, runner: Runner, scenario: Scenario) -> Variants:
        """The variants of a scenario that has a sweep and no faults."""
        assert scenario.sweep is not None, "the caller looked"
        tools = runner.tools(scenario.plugins)
        plain = replace(scenario, deals=(), sweep=None)
        ground = world_from(plain, tools, runner.worlds)
        base = world_from(replace(plain, tables=(), records=(), without=()), tools, runner.worlds)
        files, _ = added_files(scenario, base.world, tools)
        parts = [_part(read_document(file)) for file in files]
        document = read_document(scenario.path)
        follows = followed(scenario, tools)
        return cls(runner, scenario, scenario.sweep, ground, tools, document, parts, follows)

    def run(self, number: int) -> Variant:
        """One variant's figures, errors and unmet expectations."""
        given = values(self.sweep, number)
        draw = draw_of(self.sweep, number)
        try:
            world, findings = self.world(given)
            scenario = self._scenario(given)
        except UnfitVariant as unfit:
            return Variant(number, draw, given, (None,) * len(self.follows), (str(unfit),))
        errors = [finding.message for finding in findings if finding.severity == "error"]
        figures, unmet = self._asked(world, scenario, errors)
        return Variant(number, draw, given, figures, tuple(dict.fromkeys(errors)), unmet)

    def world(self, given: Mapping[str, Any]) -> tuple[World, tuple[Finding, ...]]:
        """The world of a variant, and what enacting its deals found. Raises UnfitVariant."""
        if self._whole:
            found = read_deals(self._files, self.ground.world, self.tools.verbs, given)
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
        return self._seen(world.changed(deals=_merged(fixed.deals, deals)), (*before, *found_now))

    def _put_together(self, given: Mapping[str, Any]) -> tuple[World, tuple[Finding, ...]]:
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
        whole = WatchedDeals(codes, lambda: _merged(fixed.deals, deals), Watch())
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

    def _asked(
        self, world: World, scenario: Scenario, errors: list[str]
    ) -> tuple[tuple[int | float | None, ...], tuple[str, ...]]:
        # Answers stand for other variants only where nothing but ledgers differs between the two.
        again = self._answered if not self._whole and self._by_power and self._same_instruments else None
        ask = asker(world, self.tools, again, self._varying_powers)
        figures: list[int | float | None] = []
        unmet: list[str] = []
        for follow in followed(scenario, self.tools):
            figure = follow.figure
            try:
                figures.append(value(figure, ask(figure.question, figure.terms, follow.on).rows))
            except (TermFault, NameFault) as fault:
                errors.append(f"{figure.name}: {fault}")
                figures.append(None)
            except Exception as error:  # one plugin's fault must not take the sweep down
                errors.append(self._failed(figure.question, follow.on, error))
                figures.append(None)
        for expected in scenario.expects:
            for day in days_of(expected, scenario):
                try:
                    answer = ask(expected.question, expected.terms, day)
                except (TermFault, NameFault) as fault:
                    errors.append(f"{expected.question}: {fault}")
                except Exception as error:
                    errors.append(self._failed(expected.question, day, error))
                else:
                    unmet += [f"{item.where}: {item.message}" for item in mismatches(expected, answer)]
        return tuple(figures), tuple(unmet)

    def _failed(self, question: str, day: date, error: Exception) -> str:
        plugin = self.tools.questions[question].plugin
        return f"question {question!r} of plugin {plugin} failed on {day}: {type(error).__name__}: {error}"

    def _scenario(self, given: Mapping[str, Any]) -> Scenario:
        """The scenario with a variant's values in its questions; mostly they have none."""
        if not self._asks_vary:
            return self.scenario
        scenario, faults = scenario_from(self.document, self.runner.tools, given)
        if scenario is None or faults:
            raise UnfitVariant(render(faults[0]))
        return scenario

    def _deals(self, given: Mapping[str, Any], only: Collection[tuple[int, int]] = ()) -> list[Deal]:
        """The provisions that name a parameter, with a variant's values, under the deals they stand in.

        `only` are some of them: the number of the deal and that of the provision.
        """
        deals = []
        for place, part in enumerate(self.parts):
            varying = [number for number in part.varying if not only or (place, number) in only]
            if not varying:
                continue
            document = filled_document(_Kept(part.document, varying), given)
            deal, faults = deal_from(document, self._naming, self.tools.verbs)
            if deal is None:
                raise UnfitVariant(render(faults[0]))
            deals.append(deal)
        return deals

    def _seen(self, world: World, findings: tuple[Finding, ...]) -> tuple[World, tuple[Finding, ...]]:
        found = tuple(dict.fromkeys(findings))
        return self.runner.seen(self.scenario, world, found), found

    @cached_property
    def _files(self) -> list[str]:
        return [part.document.path for part in self.parts]

    @cached_property
    def _asks_vary(self) -> bool:
        rest = {key: block for key, block in self.document.data.items() if key != "sweep"}
        return bool(parameters_in(rest) or parameters_in(self.document.data["sweep"].get("figure", [])))

    @cached_property
    def _whole(self) -> bool:
        """Whether the files have to be read whole for each variant, because names depend on it."""
        return any(
            block.get("verb") in _NAMING or parameters_in(block.get("verb"))
            for part in self.parts
            for number, block in part.document.blocks("provision")
            if number in part.varying
        )

    @cached_property
    def _by_power(self) -> bool:
        """Whether every provision that varies is about one power, which is always the same."""
        self._fixed  # noqa: B018  (settles which provisions vary)
        return all(
            isinstance(block.get("power"), str)
            and not parameters_in(block["power"])
            and "power" in {term.name for term in self.tools.verbs[block["verb"]].terms}
            for part in self.parts
            for number, block in part.document.blocks("provision")
            if number in part.varying
        )

    @cached_property
    def _groups(self) -> list[_Group]:
        """The provisions that vary, those about one tree of powers together: others do not depend on them."""
        world, trees = self._fixed[0], {}  # type: ignore[var-annotated]
        for place, part in enumerate(self.parts):
            head = {key: block for key, block in part.document.data.items() if key != "provision"}
            for number in part.varying:
                block = part.document.data["provision"][number]
                top = _top(world, self._naming.meant("power", block["power"]))
                numbers, names = trees.setdefault(top, ([], set()))
                numbers.append((place, number))
                names |= parameters_in([head, block])
        return [_Group(top, tuple(numbers), tuple(sorted(names))) for top, (numbers, names) in trees.items()]

    @cached_property
    def _varying_powers(self) -> frozenset[str]:
        """The powers whose ledgers may differ between variants: whole trees of them."""
        world = self._fixed[0]
        tops = {group.powers for group in self._groups} if self._by_power else set()
        return frozenset(power for power in world.powers if _top(world, power) in tops)

    @cached_property
    def _same_instruments(self) -> bool:
        """Whether no instrument varies, so that every variant has the same ones."""
        blocks = [
            part.document.data.get("instrument")
            if number is None
            else part.document.data["provision"][number].get("instrument")
            for part in self.parts
            for number in (None, *part.varying)
        ]
        heads = [
            {key: block for key, block in part.document.data.items() if key != "provision"}
            for part in self.parts
        ]
        return not parameters_in([blocks, heads])

    @cached_property
    def _naming(self) -> Naming:
        first = [filled_document(part.document, values(self.sweep, 0)) for part in self.parts]
        return Naming(with_established(self.ground.world, first))

    @cached_property
    def _fixed(self) -> tuple[World, tuple[Finding, ...]]:
        """The world with the provisions that name no parameter, and what enacting those found.

        One that cannot take effect without those that do is read again with them in each variant.
        """
        while True:
            deals = [self._fixed_deal(part) for part in self.parts if part.fixed or not part.varying]
            done = enact(self.ground.world, deals, self.tools.verbs) if deals else None
            if done is None:
                return self.ground.world, self.ground.findings
            stuck = {finding.about[0] for finding in done.findings if finding.about}
            moved = False
            for part in self.parts:
                again = [n for n in part.fixed if _id(part.document, n) in stuck] if self._varies else []
                part.fixed = [n for n in part.fixed if n not in again]
                part.varying = sorted([*part.varying, *again])
                moved = moved or bool(again)
            if not moved:
                return done.world, (*self.ground.findings, *done.findings)

    @property
    def _varies(self) -> bool:
        return any(part.varying for part in self.parts)

    def _fixed_deal(self, part: _Part) -> Deal:
        deal, faults = deal_from(_Kept(part.document, part.fixed), self._naming, self.tools.verbs)
        if deal is None:
            raise UnfitVariant(render(faults[0]))
        return deal

    def _on_checkpoint(
        self, fixed: World, deals: Sequence[Deal], provisions: Sequence[Provision]
    ) -> tuple[World, tuple[Finding, ...]]:
        """Provisions about bodies, money or places: all law from the first of them on is read again."""
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


def _part(document: Document) -> _Part:
    blocks = document.blocks("provision")
    head = {key: block for key, block in document.data.items() if key != "provision"}
    all_vary = bool(parameters_in(head))
    varying = [number for number, block in blocks if all_vary or parameters_in(block)]
    return _Part(document, varying, [number for number, _ in blocks if number not in varying])


def _top(world: World, power: str) -> str:
    record = world.powers.get(power)
    while record is not None and record.parent:
        power = record.parent
        record = world.powers.get(power)
    return power


def _id(document: Document, number: int) -> str:
    block = document.data["provision"][number]
    return str(block.get("id") or f"{document.data.get('code', '')}/{number + 1}")


def _merged(fixed: Iterable[Deal], varying: Iterable[Deal]) -> tuple[Deal, ...]:
    """Deals whose provisions were read in two parts, each whole again."""
    found = {deal.code: deal for deal in fixed}
    for deal in varying:
        other = found.get(deal.code)
        found[deal.code] = (
            deal if other is None else replace(other, provisions=(*other.provisions, *deal.provisions))
        )
    return tuple(found.values())
