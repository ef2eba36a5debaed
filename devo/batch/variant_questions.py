"""What a sweep asks of each variant, with the variant's values in the place of the names of parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from devo.batch.deal_files import UnfitVariant
from devo.batch.figures import Follow, followed
from devo.files.documents import Document, read_document
from devo.files.faults import render
from devo.files.filling import filled, parameters_in
from devo.files.scenarios import scenario_from
from devo.files.varying import SEED, names_of
from devo.run import Runner
from devo.values import Asking, Column, Expectation, Figure, Scenario

Item = TypeVar("Item", Asking, Expectation, Figure)


@dataclass(frozen=True, slots=True)
class KeptAsk:
    """An [[ask]] whose rows are kept: the folder they are kept in, its question with its days, its columns."""

    folder: str
    question: str
    terms: Mapping[str, Any]
    days: tuple[date, ...]
    columns: tuple[Column, ...]


@dataclass
class VariantQuestions:
    """The questions of a scenario that has a sweep: `of` gives those of one variant."""

    runner: Runner
    scenario: Scenario
    document: Document

    @classmethod
    def read(cls, runner: Runner, scenario: Scenario) -> VariantQuestions:
        """The questions of a scenario, whose file is looked at again for the names of parameters."""
        document = read_document(scenario.path)
        document.positions  # noqa: B018  (worked out here once, or else for every variant)
        return cls(runner, scenario, document)

    def of(self, given: Mapping[str, Any]) -> Scenario:
        """The scenario with a variant's values in its questions. Raises UnfitVariant."""
        if not self.vary:
            return self.scenario
        pattern = self._pattern
        if pattern is None:
            return self._read(given)
        assert pattern.sweep is not None, "the caller looked"
        return replace(
            pattern,
            asks=tuple(_filled(item, given) for item in pattern.asks),
            expects=tuple(_filled(item, given) for item in pattern.expects),
            sweep=replace(
                pattern.sweep, figures=tuple(_filled(item, given) for item in pattern.sweep.figures)
            ),
        )

    @cached_property
    def vary(self) -> bool:
        """Whether a question has a parameter in it; mostly none has."""
        rest = {key: block for key, block in self.document.data.items() if key != "sweep"}
        return bool(parameters_in(rest) or parameters_in(self.document.data["sweep"].get("figure", [])))

    @cached_property
    def follows(self) -> list[Follow]:
        """The figures that are followed, by the columns they fill in all variants."""
        return followed(self._pattern or self.scenario, self.runner.tools(self.scenario.plugins))

    @cached_property
    def kept(self) -> tuple[KeptAsk, ...]:
        """The questions whose rows are kept, one for each [[ask]]."""
        return kept_asks(self._pattern or self.scenario, self.runner)

    @cached_property
    def _pattern(self) -> Scenario | None:
        """The scenario with the names of parameters still in it, where they stand for terms and cells alone."""
        assert self.scenario.sweep is not None, "the caller looked"
        named = {name: f"${name}" for name in (*names_of(self.scenario.sweep), SEED)}
        scenario, faults = scenario_from(self.document, self.runner.tools, named)
        if scenario is None or faults or scenario.sweep is None:
            return None
        figures = scenario.sweep.figures
        asked = [*(item.question for item in scenario.asks), *(item.question for item in scenario.expects)]
        asked += [text for item in figures for text in (item.question, item.name, item.column)]
        return None if parameters_in(asked) else scenario

    def _read(self, given: Mapping[str, Any]) -> Scenario:
        scenario, faults = scenario_from(self.document, self.runner.tools, given)
        if scenario is None or faults:
            raise UnfitVariant(render(faults[0]))
        return scenario


def kept_asks(scenario: Scenario, runner: Runner) -> tuple[KeptAsk, ...]:
    """What of a scenario's questions is kept row by row: each [[ask]], in the order of the file."""
    questions = runner.tools(scenario.plugins).questions
    blocks: dict[str, list[Asking]] = {}
    for asking in scenario.asks:
        blocks.setdefault(asking.where, []).append(asking)
    return tuple(
        KeptAsk(
            f"{number}-{asks[0].question}",
            asks[0].question,
            asks[0].terms,
            tuple(day for asking in asks for day in ((asking.on,) if asking.on else scenario.on)),
            questions[asks[0].question].columns,
        )
        for number, asks in enumerate(blocks.values(), 1)
    )


def _filled(item: Item, given: Mapping[str, Any]) -> Item:
    """A question with values in its terms, and in the rows that are expected or looked for."""
    changed: dict[str, Any] = {}
    for name in ("terms", "rows", "contains", "excludes"):
        written = getattr(item, name, None)
        if written and parameters_in(list(written) if isinstance(written, tuple) else written):
            filling = filled(list(written) if isinstance(written, tuple) else dict(written), given)
            changed[name] = tuple(filling) if isinstance(written, tuple) else filling
    return replace(item, **changed) if changed else item
