"""The front door for Python and every face: open a world, ask it, explain, check, plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from devo import answers
from devo.answers import Answer
from devo.calling import PluginFault, borne, called, instance_of
from devo.opening import (
    UnknownBaseline,
    baseline,
    enact,
    is_baseline,
    is_scenario,
    load_baseline,
    open_world,
    read_deal,
    read_deals,
    scenario_world,
    toolbox_of,
    with_and_without,
    with_deals,
    without,
)
from devo.questions import QUESTIONS
from devo.tools import Tool, question_tool, user_word
from devo.values import Deal, Finding, Provision
from devo.world import World

if TYPE_CHECKING:
    from devo.explanation import Explanation
    from devo.plans import Plan, Wanted

__all__ = [
    "CORE_QUESTIONS",
    "UnknownBaseline",
    "UnknownQuestion",
    "ask",
    "baseline",
    "check",
    "check_new",
    "enact",
    "explain",
    "is_baseline",
    "is_scenario",
    "load_baseline",
    "open_world",
    "plan",
    "plan_of",
    "question_named",
    "read_deal",
    "read_deals",
    "scenario_world",
    "today",
    "toolbox_of",
    "with_and_without",
    "with_deals",
    "without",
]

CORE_QUESTIONS = {user_word(function.__name__): function for function in QUESTIONS}


class UnknownQuestion(LookupError):
    """No plugin that is on answers a question of that name."""


def ask(world: World, question: str, **terms: Any) -> Answer:
    """Ask a question by name. Raises UnknownQuestion, TermFault, NameFault.

    The world must be looked at from a day: `world.on("2025-01-01")`.
    """
    return answers.ask(world, question_named(world, question), terms)


def question_named(world: World, name: str) -> Tool:
    """A question by its name: the core's own without loading any plugin. Raises UnknownQuestion."""
    if name in CORE_QUESTIONS:
        return question_tool(CORE_QUESTIONS[name], "core")
    questions = toolbox_of(world).questions
    if name not in questions:
        from difflib import get_close_matches

        near = get_close_matches(name, questions, n=3)
        hint = f"did you mean: {', '.join(near)}?" if near else f"there are: {', '.join(sorted(questions))}"
        raise UnknownQuestion(f"no question is called {name!r}; {hint}")
    return questions[name]


def explain(world: World, body: str, power: str, place: str = "") -> Explanation:
    """Why a body holds a power over a place on the world's day, or why not. Raises NameFault."""
    from devo.explanation import explain as _explain

    return _explain(world, body, power, place)


def check(
    world: World, powers: Iterable[str] | None = None, *, changed: Collection[Provision] | None = None
) -> tuple[Finding, ...]:
    """What the checks of all plugins that are on find in a world on its day, after what enacting it found.

    With `powers` (ids), only those are looked at, each with what it is a part of and all the parts of that:
    much quicker than everything. With `changed`, of the conflicts only those that some provisions bear on,
    for a world that is held against one without them. Raises ValueError for a world that is looked at from no day.
    """
    from devo.conflicts import conflicts
    from devo.divisions import family, line

    if powers is not None:
        # A part is judged with its siblings: what is held of them is held of the whole.
        tops = {line(world, power)[-1] for power in powers}
        world = world.about({name for top in tops for name in family(world, top)})
    world = world.on(world.today)  # where there is no day, this says so once, and not every check
    tools = toolbox_of(world)
    found = [*world.findings, *conflicts(world, tools.verbs, changed)]
    for tool in tools.checks.values():
        try:
            found.extend(called("check", tool, world, misfit=instance_of(Finding)))
        except PluginFault as fault:  # one plugin's fault must not hide what the others find
            found.append(borne(fault))
    return tuple(found)


def check_new(before: World, after: World, powers: Iterable[str]) -> tuple[Finding, ...]:
    """What the checks find about some powers in a world that they do not find in another."""
    asked = tuple(powers)
    known = {(finding.code, finding.about) for finding in check(before, asked)}
    return tuple(f for f in check(after, asked) if (f.code, f.about) not in known)


def plan(before: World, after: World) -> Plan:
    """What differs between two worlds.

    Worlds that are each looked at from a day are compared as they are on those days. Worlds that are
    not are compared for the deals that the second has and the first has not, on the days these commence.
    """
    from devo.planning import compare

    if before.day is not None and after.day is not None:
        return compare(before, after, toolbox_of(after).questions.values())
    known = {deal.code for deal in before.deals}
    return plan_of(before, after, [deal for deal in after.deals if deal.code not in known])


def plan_of(
    before: World,
    after: World,
    deals: Sequence[Deal],
    *,
    on: date | None = None,
    wanted: Wanted | None = None,
    questions: Iterable[Tool] | None = None,
) -> Plan:
    """What deals change between a world without them and with them, and what the checks then find.

    `questions` are asked of both worlds in their order, where they are marked for plans; without it, those
    of all plugins that are on.
    """
    from devo.planning import plan_deals
    from devo.plans import EVERYTHING

    tools = toolbox_of(after)
    asked = tools.questions.values() if questions is None else questions
    found = plan_deals(before, after, deals, asked, verbs=tools.verbs, on=on, wanted=wanted or EVERYTHING)
    powers = {str(p.terms["power"]) for deal in deals for p in deal.provisions if "power" in p.terms}
    last = found.on[1]
    new = check_new(before.on(last), after.on(last), powers & after.powers.keys())
    told = {finding.message for finding in found.findings}
    return replace(found, findings=(*found.findings, *(f for f in new if f.message not in told)))


def today() -> date:
    """The only wall clock of devo: the day a face asks about when its user names none."""
    return date.today()  # noqa: DTZ011
