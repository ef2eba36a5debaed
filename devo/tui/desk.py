"""The desk: the world that is open, and every question the screens ask of it, through the front door.

Nothing is worked out here; what takes long is asked from a worker. `said` is the command that gives
the same answer, so that anybody can check a screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.tui.commands import command
from devo.tui.days import days_of_change
from devo.tui.looking import Looking
from devo.tui.opening import Opening
from devo.tui.texts import plain_title
from devo.tui.work import step

if TYPE_CHECKING:
    from devo.answers import Answer
    from devo.explanation import Explanation
    from devo.plans import Plan
    from devo.toolbox import Toolbox
    from devo.tools import Tool
    from devo.world import World

_KEPT, _PLANS = 60, 8
# What stands beside an explanation where a plugin that is on answers it, by the names of the contract.
BESIDE = (
    ("Whose agreement its use needs", "consents"),
    ("Money", "pots"),
    ("How boundaries fit", "fit"),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """Rows of a plugin's question that stand beside an explanation, or why there are none."""

    heading: str
    rows: tuple[Any, ...]
    why: str = ""


class Desk:
    """An open world. Made by `open_desk`, in a worker, since reading a world may take a second."""

    def __init__(self, opening: Opening, world: World):
        self.opening = opening
        self.world = world
        self._answers: dict[tuple[Any, ...], Answer] = {}
        self._days: dict[tuple[Any, ...], tuple[date, ...]] = {}
        self._sides: dict[tuple[Any, ...], World] = {}
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def on(self, looking: Looking) -> World:
        """The world as a view looks at it."""
        return self.world.on(looking.day).known(looking.known)

    # --- answers -----------------------------------------------------------------------------

    def ask(self, looking: Looking, question: str, **terms: Any) -> Answer:
        """A question's answer; the last few are kept."""
        from devo import answers, front
        from devo.front import CORE_QUESTIONS

        world = self.on(looking)
        key = (looking.day, looking.known, question, tuple(sorted(terms.items())))
        if key not in self._answers:
            while len(self._answers) >= _KEPT:
                self._answers.pop(next(iter(self._answers)), None)
            if question in CORE_QUESTIONS or question not in self.questions:
                self._answers[key] = front.ask(world, question, **terms)
            else:
                self._answers[key] = answers.ask(world, self.questions[question], terms)
        return self._answers[key]

    def about(self, looking: Looking) -> Answer | None:
        """The answer that the middle of the explorer shows: what is held here, by it, or who holds it."""
        subject = looking.subject
        if subject is None:
            return None
        if subject.kind == "place":
            return self.ask(looking, "who-holds", place=subject.id)
        if subject.kind == "body":
            return self.ask(looking, "held-by", body=subject.id)
        return self.ask(looking, "where-held", power=subject.id)

    def explain(self, looking: Looking, body: str, power: str, place: str = "") -> Explanation:
        """Why a body holds a power over a place, or why not."""
        from devo import front

        return front.explain(self.on(looking), body=body, power=power, place=place)

    def beside(self, looking: Looking, body: str, power: str, place: str) -> tuple[Beside, ...]:
        """What plugins that are on have to say beside an explanation: money, boundaries, agreement."""
        from devo.tui.faults import said

        found = []
        for number, (heading, question) in enumerate(BESIDE):
            step(heading, number, len(BESIDE))
            tool = self.questions.get(question)
            if tool is None:
                continue
            given = {"body": body, "power": power, "place": place}
            terms = {term.name: given[term.name] for term in tool.terms if given.get(term.name)}
            if any(term.required and term.name not in terms for term in tool.terms):
                continue
            try:
                rows = self.ask(looking, question, **terms).rows
            except Exception as error:  # what a plugin cannot say must not hide what others say
                found.append(Beside(heading, (), said(error)))
                continue
            mine = tuple(row for row in rows if getattr(row, "power", power) in (power, ""))
            if mine:
                found.append(Beside(heading, mine))
        return tuple(found)

    # --- days --------------------------------------------------------------------------------

    def days(self, looking: Looking) -> tuple[date, ...]:
        """The days on which anything about what is looked at changes, in order."""
        subject = looking.subject
        if subject is None:
            return ()
        key = (subject.kind, subject.id, looking.known)
        if key not in self._days:
            self._days[key] = days_of_change(self.on(looking), subject)
        return self._days[key]

    # --- deals -------------------------------------------------------------------------------

    def plan(self, deal: str | Path, looking: Looking, *, place: str = "", on: date | None = None) -> Plan:
        """What a deal changes: one the world has, by its code, or a draft, by its file. The last few are kept."""
        # What a file says counts, so that a change taken back needs no second plan.
        key = (content_of(deal), looking.known, place, on)
        if key not in self._plans:
            while len(self._plans) >= _PLANS:
                self._plans.pop(next(iter(self._plans)), None)
            self._plans[key] = self._planned(deal, looking, place, on)
        return self._plans[key]

    def _planned(self, deal: str | Path, looking: Looking, place: str, on: date | None) -> Plan:
        from devo import front, names
        from devo.plans import Wanted

        step("the world with it and without")
        before, after, deals = front.with_and_without(self.world, [deal])
        wanted = Wanted(pieces=names.place(self.world, place).pieces) if place else Wanted()
        step("who holds what")
        return front.plan_of(
            before.known(looking.known),
            after.known(looking.known),
            deals,
            on=on,
            wanted=wanted,
            questions=self.in_plans(),
        )

    def in_plans(self, times: int = 1, done: int = 0) -> Iterator[Tool]:
        """The questions that plans ask, each saying that it is its turn: of `times` plans, `done` are made."""
        asked = [
            tool
            for tool in self.questions.values()
            if tool.options.get("in_plan") and not any(term.required for term in tool.terms)
        ]
        for number, tool in enumerate(asked):
            step(plain_title(tool.name), done * len(asked) + number, times * len(asked))
            yield tool

    def with_(self, *, deals: Sequence[str] = (), without: Sequence[str] = (), baseline: str = "") -> World:
        """The open world or another baseline, with deals added and left out."""
        from devo import front

        key = (tuple(content_of(deal) for deal in deals), tuple(without), baseline)
        if key not in self._sides:
            step(f"with {', '.join(Path(deal).name for deal in deals)}" if deals else "another world")
            world = front.open_world(baseline, plugins=self.opening.plugins) if baseline else self.world
            self._sides[key] = front.with_deals(world, list(deals), list(without))
        return self._sides[key]

    # --- what there is -----------------------------------------------------------------------

    @cached_property
    def toolbox(self) -> Toolbox:
        """The plugins that are on and what they bring."""
        from devo import front

        return front.toolbox_of(self.world)

    @property
    def questions(self) -> Mapping[str, Tool]:
        """Every question, plugins' included."""
        return self.toolbox.questions

    def power_theme(self, power: str) -> str:
        """The theme of a power, or that of the power it is a part of."""
        record = self.world.powers.get(power)
        while record is not None and not record.theme and record.parent:
            record = self.world.powers.get(record.parent)
        return record.theme if record else ""

    def said(self, looking: Looking, *words: str) -> str:
        """The command line that gives the same answer."""
        return command(self.opening, looking, *words)


def content_of(deal: str | Path) -> str | bytes:
    """What a deal file says, so that one that changed is another; of a deal that the world has, its name."""
    try:
        return Path(deal).read_bytes()
    except OSError:
        return str(deal)


def open_desk(opening: Opening) -> Desk:
    """Open the world that the explorer is to show, with its indexes made. Takes up to a second or so.

    Raises what the front door raises for a world that cannot be opened.
    """
    from devo import front

    step("reading its tables")
    world = front.open_world(
        opening.baseline,
        deals=opening.deals,
        without=opening.without,
        scenario=opening.scenario,
        plugins=opening.plugins,
    )
    step("putting its places and bodies in order")
    desk = Desk(replace(opening, baseline=world.baseline or opening.baseline), world)
    _ = (world.powers, world.children, world.roster.kinds, world.mosaic.layers)
    return desk
