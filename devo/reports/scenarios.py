"""The report of a scenario: what it answers, whether that was expected, and what its deals change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from devo import front, names, words
from devo.answers import Answer, plain
from devo.files import Unreadable
from devo.files.scenarios import read_scenario
from devo.names import NameFault
from devo.plans import Plan
from devo.reports import matrices, persons, told
from devo.reports.assumptions import assumptions, made_with
from devo.reports.changes import change_sections
from devo.reports.citations import Citations
from devo.reports.ground import Ground, Keeps, Where, local
from devo.reports.histories import history
from devo.reports.maps import of_powers
from devo.reports.money import flows_drawn, money
from devo.reports.values import Drawing, Heading, Report, Section, Table
from devo.run import Mismatch, Outcome, Runner
from devo.values import Asking, Deal, Expectation, Scenario
from devo.world import World

# Beyond these a reader is helped by the tables alone.
MOST_SENTENCES = 10


def of_scenario(
    path: Path,
    plugins: Iterable[str] = (),
    keeps: Keeps = lambda confidence: True,
    *,
    persona: str = "",
) -> Report:
    """A scenario's report, with what a persona meets in its places.

    Raises files.Unreadable with every fault of its files, persons.NoPersona.
    """
    runner = Runner(tuple(plugins))
    outcome = runner.run(path)
    if outcome.faults:
        raise Unreadable(outcome.faults)
    scenario, _ = read_scenario(path, runner.tools)
    assert scenario is not None, "a scenario that was run can be read"
    world = front.scenario_world(path, plugins)
    tools = runner.tools(scenario.plugins)
    days = _days(scenario)
    seen = world.on(max(days))
    ground = Ground(seen, tools, days, keeps, Citations(seen, tools))
    given = _answers(ground, scenario)
    ground.pairs = _pairs(seen, given)
    plan, deals = _plan(scenario, world)
    ground.bodies = _bodies(ground, given, plan)
    people = persons.chosen(ground, persona) if persona else persons.named_in(ground, scenario)
    return _report(ground, scenario, outcome, given, plan, deals, people)


def _report(
    ground: Ground,
    scenario: Scenario,
    outcome: Outcome,
    given: Sequence[Answer],
    plan: Plan | None,
    deals: Sequence[Deal],
    people: Sequence[Section],
) -> Report:
    said = [sentence for answer in given for sentence in told.sentences(ground, answer)]
    verdict = _verdict(scenario, outcome)
    matrix = matrices.of_pairs(ground)
    parts = (
        _expected(ground, scenario, outcome),
        *(change_sections(ground, plan) if plan else ()),
        Section("matrix", "Powers by areas", (), (), (matrix,) if matrix else ()),
        Section("map", "On the map", (), tuple(of_powers(ground))),
        _answered(ground, given),
        *people,
        money(ground),
        history(ground),
    )
    # What plugins could not answer is known when all parts are made.
    found = (*outcome.findings, *ground.findings)
    sentences = [
        *(plan.summary if plan else ()),
        *_cut(list(dict.fromkeys(said))),
        verdict,
        *told.errors_told(found),
    ]
    sections = [
        *parts,
        told.finding_section(found),
        assumptions(ground, deals, moves=plan is not None),
        made_with(ground),
    ]
    ground.cites.cite(source for answer in given for source in answer.sources)
    columns, rows = _rows(ground, given)
    return Report(
        scenario.name,
        "A scenario, answered from dated facts about who holds which power",
        tuple(sentences),
        tuple(section for section in sections if section),
        ground.cites.listed(),
        ground.world.today,
        columns,
        rows,
        not outcome.passed,
        ground.cites.numbers(),
    )


def _days(scenario: Scenario) -> tuple[date, ...]:
    """Every day that the scenario asks about, or expects something on; today where it names none."""
    named = {asked.on for asked in _asked(scenario) if asked.on}
    return tuple(sorted({*scenario.on, *named})) or (front.today(),)


def _asked(scenario: Scenario) -> tuple[Asking | Expectation, ...]:
    return (*scenario.asks, *scenario.expects)


def _answers(ground: Ground, scenario: Scenario) -> list[Answer]:
    """What is asked, and what is expected, each question once a day."""
    found: dict[tuple[Any, ...], Answer] = {}
    for item in _asked(scenario):
        for day in (item.on,) if item.on else scenario.on or ground.days:
            answer = ground.ask(item.question, day, **item.terms)
            if answer is not None:
                found.setdefault((item.question, tuple(map(str, answer.terms.items())), day), answer)
    return list(found.values())


def _pairs(world: World, given: Iterable[Answer]) -> tuple[tuple[str, Where], ...]:
    """Every power asked about, with the place it is asked about."""
    found: dict[tuple[str, str], tuple[str, Where]] = {}
    for answer in given:
        power, place = answer.terms.get("power"), answer.terms.get("place")
        if not isinstance(power, str) or power not in world.powers or not isinstance(place, str):
            continue
        try:
            where = names.place(world, place)
        except NameFault:
            continue
        found.setdefault((power, where.id), (power, Where(where.id, where.name, where.pieces)))
    return tuple(found.values())


def _plan(scenario: Scenario, world: World) -> tuple[Plan | None, list[Deal]]:
    """What the deals that the scenario adds change, against the same world without them."""
    known = set(front.baseline(scenario.baseline, world.plugins).deal_codes)
    added = [deal.code for deal in world.deals if deal.code not in known]
    if not added:
        return None, []
    before, after, deals = front.with_and_without(world, added)
    return front.plan_of(before.known(scenario.known), after.known(scenario.known), deals), deals


def _bodies(ground: Ground, given: Iterable[Answer], plan: Plan | None) -> frozenset[str]:
    """Whose money is of interest: who holds, held or comes to hold what is asked about; never a minister."""
    found = {str(row.body) for answer in given for row in answer.rows if getattr(row, "body", "")}
    for change in plan.changes if plan else ():
        found |= {*change.before, *change.after}
    return local(ground.world, found)


def _answered(ground: Ground, given: Iterable[Answer]) -> Section:
    """Each answer as a table; flows of money are drawn besides."""
    tables: list[Table] = []
    drawings: list[Drawing] = []
    for answer in given:
        rows = ground.rows(answer)
        draws = ground.tools.questions[answer.question].options.get("draw")
        if draws == "sankey" and rows and hasattr(rows[0], "payer_name") and hasattr(rows[0], "amount_pence"):
            drawings.append(flows_drawn(ground, answer, rows, f"answer-{len(drawings) + 1}"))
        else:
            tables.append(told.answer_table(ground, answer))
    return Section("answers", "Answers", (), tuple(drawings), tuple(tables))


def _expected(ground: Ground, scenario: Scenario, outcome: Outcome) -> Section:
    """What was expected and is not so; nothing where all of it is."""
    if not outcome.mismatches:
        return Section("expected", "What was expected")
    headings = (
        Heading("Question"),
        Heading("On", "day"),
        Heading("What"),
        Heading("Expected"),
        Heading("Found"),
    )
    rows = tuple(_mismatch(ground, mismatch) for mismatch in outcome.mismatches)
    return Section(
        "expected", "What was expected, and is not so", (), (), (Table("Expectations unmet", headings, rows),)
    )


def _mismatch(ground: Ground, mismatch: Mismatch) -> tuple[Any, ...]:
    terms = ", ".join(f"{n} {names.called(ground.world, n, v)}" for n, v in mismatch.terms.items())
    asked = f"{mismatch.question}: {terms}" if terms else mismatch.question
    expected = "; ".join(_spelt(row) for row in mismatch.expected) or "nothing more"
    found = "; ".join(_spelt(row) for row in mismatch.found[:5]) or "no rows"
    more = len(mismatch.found) - 5
    return asked, mismatch.on, mismatch.message, expected, found + (f"; and {more} more" if more > 0 else "")


def _spelt(row: Any) -> str:
    return ", ".join(f"{name} {plain(value)}" for name, value in row.items())


def _verdict(scenario: Scenario, outcome: Outcome) -> str:
    count = len(scenario.expects)
    if not count:
        return "The scenario expects nothing in particular."
    unmet = len({mismatch.where for mismatch in outcome.mismatches})
    if not unmet:
        return f"Everything that the scenario expects is so: {words.count(count, 'expectation')}."
    return f"{unmet} of {words.count(count, 'expectation')} unmet; they are listed below."


def _cut(sentences: list[str]) -> list[str]:
    more = len(sentences) - MOST_SENTENCES
    if more <= 0:
        return sentences
    return [
        *sentences[:MOST_SENTENCES],
        f"The tables below answer the same for {words.count(more, 'more case')}.",
    ]


def _rows(ground: Ground, given: Iterable[Answer]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """All answers' rows, each with its question and day, under every column that any of them has."""
    columns: dict[str, None] = {"question": None, "on": None}
    rows = []
    for answer in given:
        terms = {
            f"term_{name}" if name in ("question", "on") else name: v for name, v in answer.terms.items()
        }
        for row in ground.rows(answer):
            cells = {**plain(terms), **plain(row)}
            columns.update(dict.fromkeys(cells))
            rows.append({**cells, "question": answer.question, "on": answer.on.isoformat()})
    return tuple(columns), rows
