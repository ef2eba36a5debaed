"""What the parts of a report are made from: the world on its last day, the plugins, the powers and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from devo import answers
from devo.answers import Answer, TermFault
from devo.calling import PluginFault, borne
from devo.mosaic import Pieces
from devo.names import NameFault
from devo.reports.citations import Citations
from devo.toolbox import Toolbox
from devo.tools import Tool
from devo.values import Finding
from devo.world import World

Keeps = Callable[[str | None], bool]


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a report is about."""

    id: str
    name: str
    pieces: Pieces


@dataclass
class Ground:
    """One report's world and what it concerns. What a plugin could not answer is gathered in `findings`."""

    world: World
    tools: Toolbox
    days: tuple[date, ...]
    keeps: Keeps
    cites: Citations
    pairs: tuple[tuple[str, Where], ...] = ()
    bodies: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)

    @property
    def powers(self) -> tuple[str, ...]:
        """The powers concerned, in order."""
        return tuple(dict.fromkeys(power for power, _ in self.pairs))

    @property
    def places(self) -> tuple[Where, ...]:
        """The places concerned, in order."""
        return tuple({where.id: where for _, where in self.pairs}.values())

    def ask(self, question: str, day: date | None = None, **terms: Any) -> Answer | None:
        """An answer, less what is not sure enough; None where the question cannot be answered there.

        A plugin that fails becomes a finding, and the report goes on without it.
        """
        tool = self.tools.questions.get(question)
        if tool is None:
            return None
        try:
            answer = answers.ask(self.world.on(day) if day else self.world, tool, terms)
        except (TermFault, NameFault):
            return None
        except PluginFault as fault:  # one plugin's fault must not take the report down
            self.findings.append(borne(fault))
            return None
        return answer

    def rows(self, answer: Answer) -> tuple[Any, ...]:
        """The rows of an answer that are sure enough."""
        return tuple(row for row in answer.rows if self.keeps(getattr(row, "confidence", None)))

    def drawn_as(self, draw: str, columns: set[str]) -> list[Tool]:
        """Questions that say they are drawn so, need no terms and have certain columns."""
        return [
            tool
            for tool in self.tools.questions.values()
            if tool.options.get("draw") == draw
            and not any(term.required for term in tool.terms)
            and columns <= {column.name for column in tool.columns}
        ]


def local(world: World, bodies: Iterable[str]) -> frozenset[str]:
    """The bodies that serve an area of their own: money of departments is everybody's."""
    known = world.roster.bodies
    return frozenset(body for body in bodies if body in known and known[body].area)


def default_of(tool: Tool, term: str) -> Any:
    """What a question takes for a term that is left out."""
    defaults: Mapping[str, Any] = {item.name: item.default for item in tool.terms}
    return defaults.get(term)
