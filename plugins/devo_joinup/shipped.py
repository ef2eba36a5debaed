"""The tables that ship with this plugin: personas, their needs, and the list of what the reports ask for.

They hold for any world. A world's own personas come first: a row of its tables with the same id stands
instead of the shipped one, with its needs.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from devo import NameFault, World
from devo_joinup.values import Item, Need, Persona

_TABLES = Path(__file__).parent / "tables"


def personas(world: World) -> dict[str, Persona]:
    """Every persona of a world and of this plugin, by id."""
    found = {record.id: record for record in (*_shipped(Persona), *world.of(Persona))}
    return dict(sorted(found.items()))


def persona_named(world: World, text: str) -> Persona:
    """The persona that an id or name means, in any case. Raises NameFault."""
    from difflib import get_close_matches

    known = personas(world)
    asked = text.strip().casefold()
    for record in known.values():
        if asked in (record.id.casefold(), record.name.casefold()):
            return record
    raise NameFault("persona", text, get_close_matches(asked, known, n=3, cutoff=0.3) or known)


def chosen(world: World, text: str = "") -> list[Persona]:
    """The persona named, or all of them where none is."""
    return [persona_named(world, text)] if text else list(personas(world).values())


def needs_of(world: World, persona: str) -> tuple[Need, ...]:
    """The needs of a persona: the world's own where its tables have the persona or any need of it."""
    own = tuple(need for need in world.of(Need) if need.persona == persona)
    if own or any(record.id == persona for record in world.of(Persona)):
        return own
    return tuple(need for need in _shipped(Need) if need.persona == persona)


def powers_asked(world: World, persona: str = "") -> list[str]:
    """The powers that a persona's needs lead to, by id; all that are no part of another where none is named."""
    if not persona:
        return sorted(power.id for power in world.powers.values() if not power.parent)
    return sorted({need.power for need in needs_of(world, persona_named(world, persona).id) if need.power})


def items() -> tuple[Item, ...]:
    """What the reports ask for, each with what answers it."""
    found: tuple[Item, ...] = _shipped(Item)
    return found


@cache
def _shipped(kind: type[Any]) -> tuple[Any, ...]:
    path = _TABLES / f"{kind.__name__.lower()}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(kind(**_cells(row)) for row in csv.DictReader(file))


def _cells(row: dict[str, str]) -> dict[str, Any]:
    return {name: _value(name, cell) for name, cell in row.items() if cell}


def _value(name: str, cell: str) -> Any:
    if name in ("age_from", "age_to"):
        return int(cell)
    return cell == "yes" if name == "reconstructed" else cell
