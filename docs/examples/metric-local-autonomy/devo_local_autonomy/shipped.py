"""The codebook and the example coding that ship with this plugin.

A row of the world's own tables with the same id stands instead of the shipped one. The judgements of the coder
`example` are used only where the world's tables have no judgement at all, so that nobody's own coding is mixed with it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from devo import World
from devo_local_autonomy.values import CodebookItem, Judgement

TABLES = Path(__file__).parent / "tables"


def items(world: World) -> Mapping[str, CodebookItem]:
    """The items of the codebook by id: the world's own before the shipped."""
    return {item.id: item for item in (*_shipped(CodebookItem), *world.of(CodebookItem))}


def judgements(world: World) -> tuple[Judgement, ...]:
    """The judgements in the world's tables; those of the example coder where there are none."""
    return world.of(Judgement) or _shipped(Judgement)


@cache
def _shipped(kind: type[Any]) -> tuple[Any, ...]:
    name = {CodebookItem: "codebook-item", Judgement: "judgement"}[kind]
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            kind(**{column: _value(column, cell) for column, cell in row.items() if cell})
            for row in csv.DictReader(file)
        )


def _value(column: str, cell: str) -> Any:
    if column in ("start", "end"):
        return date.fromisoformat(cell)
    if column == "points":
        return int(cell)
    return tuple(cell.split(";")) if column == "powers" else cell
