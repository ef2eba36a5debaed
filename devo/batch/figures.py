"""Figures: the numbers that a sweep follows, each taken from the answer to a question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from devo import answers
from devo.answers import Answer, plain
from devo.batch.watching import Answered, Watch, WatchedDeals, WatchedLedgers
from devo.run import fits
from devo.toolbox import Toolbox
from devo.values import Expectation, Figure, Scenario
from devo.world import World

Ask = Callable[[str, Mapping[str, Any], date], Answer]


@dataclass(frozen=True, slots=True)
class Follow:
    """One figure on one day: the column of the results that it fills, and whether it is a whole number."""

    column: str
    figure: Figure
    on: date
    whole: bool


def followed(scenario: Scenario, tools: Toolbox) -> list[Follow]:
    """The figures of a scenario's sweep, one for each day; without any, how many rows each question gives."""
    figures = scenario.sweep.figures if scenario.sweep else ()
    figures = figures or tuple(
        Figure(_named(number, ask.question, ask.terms), ask.question, ask.terms, ask.on, take="count")
        for number, ask in enumerate(scenario.asks)
    )
    found = []
    for figure in figures:
        days = (figure.on,) if figure.on else scenario.on
        for day in days:
            name = figure.name if len(days) == 1 else f"{figure.name} on {day.isoformat()}"
            found.append(Follow(name, figure, day, _whole(figure, tools)))
    return found


def asker(
    world: World, tools: Toolbox, answered: Answered | None = None, varying: Collection[str] = ()
) -> Ask:
    """Asks a world questions, each at most once.

    With `answered`, what was answered of worlds that differ in the `varying` powers alone is used again.
    """
    given: dict[tuple[str, str, date], Answer] = {}
    ledgers = world.ledgers

    def ask(question: str, terms: Mapping[str, Any], on: date) -> Answer:
        key = (question, repr(sorted(terms.items())), on)
        found = given.get(key) or (answered.find(key, ledgers) if answered is not None else None)
        if found is None:
            watch = Watch()
            seen = world.on(on)
            if answered is not None:
                seen.ledgers = WatchedLedgers(ledgers, varying, watch)
                seen.deals = WatchedDeals(world.deal_codes, lambda: tuple(world.deals), watch)
            found = answers.ask(seen, tools.questions[question], terms)
            if answered is not None:
                answered.keep(key, found, watch, ledgers)
        given[key] = found
        return found

    return ask


def value(figure: Figure, rows: Iterable[Any]) -> int | float | None:
    """A figure's value in an answer's rows; None where there is nothing to take it from."""
    kept = [row for row in rows if _fits(row, figure.rows)]
    if figure.take == "count":
        return len(kept)
    cells = [cell for row in kept if (cell := getattr(row, figure.column, None)) is not None]
    if not cells:
        return 0 if figure.take == "sum" else None
    found: int | float
    match figure.take:
        case "sum":
            found = sum(cells)
        case "mean":
            found = sum(cells) / len(cells)
        case "lowest":
            found = min(cells)
        case _:
            found = max(cells)
    return found


def days_of(expected: Expectation, scenario: Scenario) -> tuple[date, ...]:
    """The days on which an expectation is held against answers."""
    return (expected.on,) if expected.on else scenario.on


def _fits(row: Any, wanted: Mapping[str, Any]) -> bool:
    return not wanted or fits({name: plain(getattr(row, name, None)) for name in wanted}, wanted)


def _whole(figure: Figure, tools: Toolbox) -> bool:
    if figure.take == "count":
        return True
    columns = {column.name: column.type for column in tools.questions[figure.question].columns}
    return figure.take != "mean" and columns.get(figure.column) == "integer"


def _named(number: int, question: str, terms: Mapping[str, Any]) -> str:
    said = ", ".join(f"{name} {plain(given)}" for name, given in terms.items() if "$" not in str(given))
    return f"{number + 1}: rows of {question}{f' ({said})' if said else ''}"
