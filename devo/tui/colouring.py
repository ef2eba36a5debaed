"""What a map of tiles says of each place: who holds a power, how, or a figure of any question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from devo import words
from devo.tui.branches import KINDS
from devo.tui.legends import bands
from devo.tui.looking import Looking
from devo.tui.texts import plain_title
from devo.tui.tilemap import Tile

BY = {
    "kind": "by the kind of body that holds it",
    "holder": "by the body that holds it",
    "mode": "by how it is held",
}

LAYER = "lad24"


def tiles_of(desk: Any, looking: Looking) -> list[Tile]:
    """The tiles of districts, from whichever question answers with places, columns and rows."""
    for name, tool in desk.questions.items():
        if {"place", "column", "row"} <= {c.name for c in tool.columns}:
            rows = desk.ask(looking, name).rows
            return [Tile(row.place, row.place_name, row.column, row.row) for row in rows]
    return []


def first_power(desk: Any, looking: Looking) -> str:
    """The power that is looked at, or one to begin with."""
    if looking.subject is not None and looking.subject.kind == "power":
        return looking.subject.id
    for name in ("bus-franchising", *desk.world.powers):
        if name in desk.world.powers:
            return str(name)
    return ""


def by_holder(
    desk: Any, looking: Looking, power: str, by: str
) -> tuple[dict[str, str], list[str], dict[str, str], str, str]:
    """Who holds a power, place by place: what a tile means, no order, its words, the title, how to ask."""
    if not power:
        return {}, [], {}, "", ""
    world = desk.on(looking)
    answer = desk.ask(looking, "where-held", power=power)
    rows: dict[str, list[Any]] = {}
    for row in answer.rows:
        rows.setdefault(row.place, []).append(row)
    values, texts = {}, {}
    for place, found in rows.items():
        held = [row for row in found if row.status in ("held", "conditional")] or found
        values[place] = " and ".join(dict.fromkeys(_value(row, world, by) for row in held))
        texts[place] = "\n".join(_text(row, world) for row in found)
    name = world.power_name(power)
    return values, [], texts, f"Who holds {name}, {BY[by]}", desk.said(looking, "where", power)


def _value(row: Any, world: Any, by: str) -> str:
    if row.status not in ("held", "conditional"):
        return "promised, or not yet in force"
    if by == "holder":
        return str(row.body_name)
    if by == "mode":
        said = words.mode(row.mode)
        return f"{said}, by the {row.exercised_by}" if row.exercised_by == "mayor" else said
    body = world.roster.bodies.get(row.body)
    kind = KINDS.get(body.kind, plain_title(body.kind)) if body else row.body_name
    return f"{kind}, by the mayor" if row.exercised_by == "mayor" else kind


def _text(row: Any, world: Any) -> str:
    from devo.tui.holdings import how, since

    return f"{row.body_name}, {how(row, world).text}, since {since(row).text}. {row.instrument}"


def by_figure(
    desk: Any, looking: Looking, figure: tuple[str, tuple[tuple[str, Any], ...], str]
) -> tuple[dict[str, str], list[str], dict[str, str], str, str]:
    """A figure, place by place: the band of a tile, the bands in order, its words, the title, how to ask."""
    question, terms, column = figure
    answer = desk.ask(looking, question, **dict(terms))
    unit = next((c for c in answer.columns if c.name == column), None)
    totals: dict[str, float] = {}
    for row in answer.rows:
        place = getattr(row, "place", None) or getattr(row, "source_area", None)
        value = getattr(row, column)
        if place is not None and value is not None:
            # One place may have several rows: figures that add up are added, shares are not.
            adds = unit is not None and unit.type == "integer"
            totals[place] = totals.get(place, 0) + value if adds else max(totals.get(place, value), value)

    def say(value: float) -> str:
        if unit is None:
            return f"{value:,.4g}"
        return words.cell(unit, int(value) if unit.type == "integer" else value)

    values, order = bands(totals, _short if unit is not None and unit.name.endswith("_pence") else say)
    texts = {place: say(value) for place, value in totals.items()}
    title = f"{plain_title(question)}: {words.heading(column)}"
    given = [item for name, value in terms for item in ("--term", f"{name}={_plain(value)}")]
    return values, order, texts, title, desk.said(looking, "ask", question, *given)


def _short(pence: float) -> str:
    pounds = pence / 100
    for size, letters in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(pounds) >= size:
            figure = pounds / size
            return f"£{figure:.{0 if abs(figure) >= 100 else 1 if abs(figure) >= 10 else 2}f}{letters}"
    return f"£{pounds:,.0f}"


def _plain(value: Any) -> str:
    return ",".join(str(item) for item in value) if _is_list(value) else str(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str)
