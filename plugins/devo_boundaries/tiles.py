"""Tile maps: one square an area, as near to where its people live as squares can be, without geometry.

`tiles` gives the squares; `svg` and `cells` draw them, coloured by whatever an answer says of each
area, with a legend in words and every tile's name to read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from devo import AreaCode, TermFault, World
from devo import question as marked
from devo_boundaries.ground import TABLES, drawn
from devo_boundaries.values import LayerId, Tile

# Seven colours that stay apart for the colour-blind (Okabe and Ito, 2008, less black and yellow, with a
# grey), each with a mark, so that no map is read by colour alone.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6d31", "#7a7a7a")
MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DARK_ENOUGH_FOR_WHITE = frozenset({"#0072b2", "#009e73", "#d55e00", "#8c6d31", "#7a7a7a"})
_NOTHING = "#e8e8e8"
_SIDE = 24


@dataclass(frozen=True, slots=True)
class TileRow:
    """Where an area stands on the tile map of its layer: columns from the west, rows from the north."""

    place: AreaCode
    place_name: str
    column: int
    row: int
    source: str


@marked(draw="map")
def tiles(world: World, geography: LayerId = "lad24") -> Iterator[TileRow]:
    """The tile map of a layer: one square an area, none shared."""
    found = tiles_of(world, geography)
    if not found:
        listed = ", ".join(sorted({tile.geography for tile in _every(world)}))
        raise TermFault(f"there are no tiles of {geography!r}; there are of: {listed}")
    for tile in found:
        yield TileRow(tile.code, tile.name, tile.column, tile.row, tile.source)


def tiles_of(world: World, geography: str) -> list[Tile]:
    """The tiles of the areas that a layer has in a world, those of the world's own tables first."""
    areas = drawn(world, geography)
    own = [tile for tile in world.of(Tile) if tile.geography == geography]
    return own or [t for t in _shipped() if t.geography == geography and t.code in areas]


@dataclass(frozen=True, slots=True)
class Key:
    """What one colour and mark of a map means, and how many tiles have it."""

    meaning: str
    colour: str
    mark: str
    tiles: int


def legend(values: Mapping[str, str]) -> list[Key]:
    """A colour and a mark for each thing that is said of some area, the commonest first."""
    counts: dict[str, int] = {}
    for value in values.values():
        counts[value] = counts.get(value, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        Key(meaning, PALETTE[min(n, len(PALETTE) - 1)], MARKS[n] if n < len(MARKS) else "*", count)
        for n, (meaning, count) in enumerate(ranked)
    ]


def banded(figures: Mapping[str, float], bands: int = 5, unit: str = "") -> dict[str, str]:
    """Figures as words for a map: bands with about as many areas in each, from low to high."""
    listed = sorted(set(figures.values()))
    if len(listed) <= bands:
        return {code: f"{figure:,.4g} {unit}".strip() for code, figure in figures.items()}
    ranked = sorted(figures.values())
    edges = sorted({ranked[len(ranked) * n // bands] for n in range(1, bands)})
    words = []
    for low, high in zip([ranked[0], *edges], [*edges, ranked[-1]], strict=True):
        words.append(f"{low:,.4g} to {high:,.4g} {unit}".strip())
    return {code: words[sum(figure >= edge for edge in edges)] for code, figure in figures.items()}


def cells(squares: Sequence[Tile], values: Mapping[str, str]) -> list[list[tuple[str, str, str]]]:
    """The map for a terminal: rows of cells, each its mark, its colour and the name of its area.

    A cell is two letters wide; blank cells are sea or ground of no area. An area of which nothing
    is said has a dot.
    """
    keys = {key.meaning: key for key in legend(values)}
    width = 1 + max(tile.column for tile in squares)
    height = 1 + max(tile.row for tile in squares)
    grid = [[("  ", "", "")] * width for _ in range(height)]
    for tile in squares:
        key = keys.get(values.get(tile.code, ""))
        mark, colour = (f"{key.mark} ", key.colour) if key else ("· ", _NOTHING)
        grid[tile.row][tile.column] = (mark, colour, tile.name)
    return grid


def text(squares: Sequence[Tile], values: Mapping[str, str]) -> str:
    """The map in letters alone, with its legend below."""
    rows = ["".join(mark for mark, _, _ in row).rstrip() for row in cells(squares, values)]
    keys = [f"{key.mark}  {key.meaning} ({key.tiles})" for key in legend(values)]
    return "\n".join([*rows, "", *keys])


def svg(squares: Sequence[Tile], values: Mapping[str, str], title: str) -> str:
    """The map as an SVG picture that needs nothing else: a title, a named tile an area, a legend.

    Colour is never alone: each tile has its mark and says its area and meaning when pointed at.
    """
    keys = legend(values)
    by_meaning = {key.meaning: key for key in keys}
    across = _SIDE * (1 + max(tile.column for tile in squares))
    down = _SIDE * (1 + max(tile.row for tile in squares))
    width = across + 340
    height = max(down, 40 + 22 * len(keys)) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="tile-map-title" font-family="sans-serif"'
        f' font-size="12">',
        f'<title id="tile-map-title">{escape(title)}</title>',
        f'<text x="4" y="20" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for tile in sorted(squares, key=lambda t: (t.row, t.column)):
        meaning = values.get(tile.code, "")
        key = by_meaning.get(meaning)
        colour, mark = (key.colour, key.mark) if key else (_NOTHING, "")
        x, y = tile.column * _SIDE, 32 + tile.row * _SIDE
        said = f"{tile.name}: {meaning or 'nothing said'}"
        ink = "#ffffff" if colour in _DARK_ENOUGH_FOR_WHITE else "#000000"
        parts.append(
            f'<g><title>{escape(said)}</title><rect x="{x}" y="{y}" width="{_SIDE - 2}" height="{_SIDE - 2}"'
            f' fill="{colour}"/><text x="{x + _SIDE // 2 - 1}" y="{y + 15}" text-anchor="middle"'
            f' fill="{ink}">{mark}</text></g>'
        )
    for number, key in enumerate(keys):
        y = 40 + 22 * number
        ink = "#ffffff" if key.colour in _DARK_ENOUGH_FOR_WHITE else "#000000"
        parts.append(
            f'<rect x="{across + 12}" y="{y}" width="16" height="16" fill="{key.colour}"/>'
            f'<text x="{across + 20}" y="{y + 12}" text-anchor="middle" fill="{ink}" font-size="11">'
            f"{key.mark}</text>"
            f'<text x="{across + 34}" y="{y + 12}">{escape(key.meaning)} ({key.tiles})</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def table(squares: Sequence[Tile], values: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What stands beside the map: each area's code, name and what is said of it, by name."""
    return sorted(
        ((t.code, t.name, values.get(t.code, "")) for t in squares), key=lambda row: (row[1], row[0])
    )


def _every(world: World) -> tuple[Tile, ...]:
    return (*world.of(Tile), *_shipped())


@cache
def _shipped() -> tuple[Tile, ...]:
    with (TABLES / "tile.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Tile(
                row["geography"],
                row["code"],
                row["name"],
                int(row["column"]),
                int(row["row"]),
                float(row["latitude"]),
                float(row["longitude"]),
                row["source"],
                "verified",
            )
            for row in csv.DictReader(lines)
        )
