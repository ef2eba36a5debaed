"""The variants of a sweep: each one's world asked what the sweep follows, keeps and expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from devo.answers import Answer, TermFault
from devo.batch.deal_files import UnfitVariant
from devo.batch.figures import Ask, asker, days_of, followed, value
from devo.batch.variant_questions import VariantQuestions, kept_asks
from devo.batch.variant_worlds import VariantWorlds
from devo.batch.watching import Answered
from devo.calling import PluginFault, borne
from devo.files.varying import draw_of, values
from devo.names import NameFault
from devo.run import Runner, mismatches
from devo.toolbox import Toolbox
from devo.values import Scenario, Sweep
from devo.world import World

Rows = Sequence[tuple[date, tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Variant:
    """What became of one variant: its values, its figures, the rows of each [[ask]], what stands against it."""

    number: int
    draw: int
    given: Mapping[str, Any]
    figures: tuple[int | float | None, ...]
    errors: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    rows: tuple[Rows, ...] = ()


@dataclass
class Variants:
    """A sweep that is open: call `run` with a variant's number."""

    runner: Runner
    scenario: Scenario
    sweep: Sweep
    tools: Toolbox
    worlds: VariantWorlds
    questions: VariantQuestions
    _answered: Answered = field(default_factory=Answered)

    @classmethod
    def of(cls, runner: Runner, scenario: Scenario) -> Variants:
        """The variants of a scenario that has a sweep and no faults."""
        assert scenario.sweep is not None, "the caller looked"
        return cls(
            runner,
            scenario,
            scenario.sweep,
            runner.tools(scenario.plugins),
            VariantWorlds.of(runner, scenario, values(scenario.sweep, 0)),
            VariantQuestions.read(runner, scenario),
        )

    def run(self, number: int) -> Variant:
        """One variant's figures, rows, errors and unmet expectations."""
        given = values(self.sweep, number)
        draw = draw_of(self.sweep, number)
        try:
            world, findings = self.worlds.world(given)
            scenario = self.questions.of(given)
        except UnfitVariant as unfit:
            nothing = (None,) * len(self.questions.follows)
            return Variant(number, draw, given, nothing, (str(unfit),), (), ((),) * len(self.questions.kept))
        errors = [finding.message for finding in findings if finding.severity == "error"]
        asked = _Asked(self._asker(world), scenario, self.tools, errors)
        figures, rows, unmet = asked.figures(), asked.rows(self.runner, self.questions), asked.unmet()
        return Variant(number, draw, given, figures, tuple(dict.fromkeys(errors)), unmet, rows)

    def _asker(self, world: World) -> Ask:
        # Answers stand for other variants only where nothing but ledgers differs between the two.
        apart = self.worlds.apart
        return asker(world, self.tools, None if apart is None else self._answered, apart or ())


@dataclass
class _Asked:
    """The questions of one variant asked of its world; what fails is put with its errors."""

    ask: Ask
    scenario: Scenario
    tools: Toolbox
    errors: list[str]

    def figures(self) -> tuple[int | float | None, ...]:
        """The value of each figure, None where it is not to be had."""
        found: list[int | float | None] = []
        for follow in followed(self.scenario, self.tools):
            figure = follow.figure
            answer = self._answer(figure.question, figure.terms, follow.on, figure.name)
            found.append(None if answer is None else value(figure, answer.rows))
        return tuple(found)

    def rows(self, runner: Runner, questions: VariantQuestions) -> tuple[Rows, ...]:
        """The rows of each [[ask]], day by day."""
        kept = kept_asks(self.scenario, runner) if questions.vary else questions.kept
        found: list[Rows] = []
        for ask, column in zip(kept, questions.kept, strict=True):
            if ask.question != column.question:
                self.errors.append(
                    f"{ask.question}: an [[ask]] of a sweep has one question, which cannot vary"
                )
                found.append(())
                continue
            answers = [(day, self._answer(ask.question, ask.terms, day, ask.question)) for day in ask.days]
            found.append(tuple((day, answer.rows) for day, answer in answers if answer is not None))
        return tuple(found)

    def unmet(self) -> tuple[str, ...]:
        """What is not as it is expected."""
        found: list[str] = []
        for expected in self.scenario.expects:
            for day in days_of(expected, self.scenario):
                answer = self._answer(expected.question, expected.terms, day, expected.question)
                if answer is not None:
                    found += [f"{item.where}: {item.message}" for item in mismatches(expected, answer)]
        return tuple(found)

    def _answer(self, question: str, terms: Mapping[str, Any], day: date, name: str) -> Answer | None:
        try:
            return self.ask(question, terms, day)
        except (TermFault, NameFault) as fault:
            self.errors.append(f"{name}: {fault}")
        except PluginFault as fault:  # one plugin's fault must not take the sweep down
            self.errors.append(borne(fault).message)
        return None
