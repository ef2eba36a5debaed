"""A world in other shapes: a polars table of any record type, a networkx graph of bodies and powers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

import polars

from devo import rules
from devo.sightings import alike
from devo.values import Body, Column, Membership, Power, runs
from devo.world import World

if TYPE_CHECKING:
    import networkx


def table(rows: Iterable[Any], kind: type) -> polars.DataFrame:
    """Rows of one frozen type as a DataFrame: a column a field, with the type of its annotation."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no record type")
    hints = get_type_hints(kind)
    schema = {field.name: _dtype(hints[field.name]) for field in fields(kind)}
    data = [tuple(_cell(getattr(row, name)) for name in schema) for row in rows]
    return polars.DataFrame(data, schema=schema, orient="row")


def empty_table(columns: Iterable[Column]) -> polars.DataFrame:
    """The columns of an answer that has no rows, with the types that they would have."""
    return polars.DataFrame(schema={c.name: _JSON_DTYPES.get(c.type, polars.String) for c in columns})


# Bodies that answer for the whole country, whose areas would say nothing in a drawing.
_EVERYWHERE = frozenset({"minister", "department", "arms-length-body", "inspectorate"})


def graph(world: World) -> networkx.MultiDiGraph:
    """Bodies, powers and areas as nodes; who holds what where, and who sits where, as edges.

    An edge `holds` runs from a body to a power for each mode it holds it in, with the residents
    concerned; `serves` from a body to the areas it answers for; `member` from a council to its authority.
    """
    import networkx

    found = networkx.MultiDiGraph()
    for body in world.of(Body):
        found.add_node(f"body:{body.id}", kind="body", name=body.name, form=body.kind)
        if body.part_of:
            found.add_edge(f"body:{body.id}", f"body:{body.part_of}", kind="part-of")
        served = world.roster.served(body.id, world.today)
        if served and body.kind not in _EVERYWHERE:
            for code, name in world.mosaic.describe(served):
                found.add_node(f"area:{code}", kind="area", name=name)
                found.add_edge(f"body:{body.id}", f"area:{code}", kind="serves")
    for power in world.of(Power):
        found.add_node(f"power:{power.id}", kind="power", name=power.name, theme=power.theme)
        if power.parent:
            found.add_edge(f"power:{power.id}", f"power:{power.parent}", kind="part-of")
    for seat in world.of(Membership):
        if runs(seat, world.today):
            found.add_edge(f"body:{seat.member}", f"body:{seat.body}", kind="member", role=seat.role)
    for name in sorted(world.powers):
        residents: dict[tuple[str, str], int] = {}
        for group in alike(world, name, world.mosaic.everywhere):
            people = world.mosaic.residents(group)
            for held in rules.holders(world, name, min(group)):
                key = (held.body, held.mode)
                residents[key] = residents.get(key, 0) + people
        for (holder, mode), people in sorted(residents.items()):
            found.add_edge(f"body:{holder}", f"power:{name}", kind="holds", mode=mode, residents=people)
    return found


def _dtype(hint: Any) -> Any:
    """The type of a column by its annotation, without marks and None; what polars has no type for is an object."""
    origin, inner = get_origin(hint), [arg for arg in get_args(hint) if arg not in (NoneType, ...)]
    if origin is Literal:
        return polars.String
    if origin in (Union, UnionType) and len(inner) == 1:
        return _dtype(inner[0])
    if origin in (tuple, list) and len(inner) == 1:
        return polars.List(_dtype(inner[0]))
    return _DTYPES.get(hint, polars.Object)


_DTYPES: dict[Any, Any] = {
    str: polars.String,
    int: polars.Int64,
    float: polars.Float64,
    bool: polars.Boolean,
    date: polars.Date,
}
_JSON_DTYPES: dict[str, Any] = {
    "integer": polars.Int64,
    "float": polars.Float64,
    "boolean": polars.Boolean,
    "date": polars.Date,
    "list": polars.List(polars.String),
}


def _cell(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
