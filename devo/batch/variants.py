"""The variants of a sweep: what all of them share is read and enacted once, and each adds what differs.

A deal's provisions that name no parameter are enacted once for all. Those that do are read again with
each variant's values and enacted on top, so a variant costs what it changes. The world is the same as
if all had been read and enacted together, because deals are read in legal order whatever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from devo.answers import TermFault
from devo.batch.figures import Follow, asker, days_of, followed, value
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
from devo.names import NameFault
from devo.run import Runner, mismatches
from devo.toolbox import Toolbox
from devo.values import Deal, Finding, Instrument, Provision, Scenario, Sweep
from devo.world import World

# A provision with one of these verbs changes what names mean, so the others are read after it.
_NAMING = frozenset({"establish", "designate"})


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

    def _asked(
        self, world: World, scenario: Scenario, errors: list[str]
    ) -> tuple[tuple[int | float | None, ...], tuple[str, ...]]:
        ask = asker(world, self.tools)
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

    def _deals(self, given: Mapping[str, Any]) -> list[Deal]:
        """The provisions that name a parameter, with a variant's values, under the deals they stand in."""
        deals = []
        for part in self.parts:
            if not part.varying:
                continue
            document = filled_document(_Kept(part.document, part.varying), given)
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


def _id(document: Document, number: int) -> str:
    block = document.data["provision"][number]
    return str(block.get("id") or f"{document.data.get('code', '')}/{number + 1}")


def _merged(fixed: Iterable[Deal], varying: Iterable[Deal]) -> tuple[Deal, ...]:
    """Deals whose provisions were read in two parts, each whole again."""
    new = {deal.code: deal for deal in varying}
    found = []
    for deal in fixed:
        other = new.pop(deal.code, None)
        found.append(replace(deal, provisions=(*deal.provisions, *other.provisions)) if other else deal)
    return (*found, *new.values())
