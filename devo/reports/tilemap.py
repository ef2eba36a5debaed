"""A map of squares: one an area, coloured and lettered by what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devo.reports.svg import INK, PAPER, cut, element, picture, words

# Seven colours that stay apart for the colour-blind (Okabe and Ito, 2008, less black and yellow) and a grey.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6d31", "#6f6f6f")
_WHITE_ON = frozenset({"#0072b2", "#8c6d31", "#6f6f6f"})
_MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOTHING = "#e8e8e8"
_SIDE = 21.0
_LEGEND = 330.0


@dataclass(frozen=True, slots=True)
class Tile:
    """Where an area stands: columns from the west, rows from the north."""

    code: str
    name: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour and a letter mean, and the areas that have them."""

    meaning: str
    colour: str
    mark: str
    tiles: tuple[Tile, ...]


def legend(tiles: Sequence[Tile], meanings: Mapping[str, str]) -> list[Key]:
    """A colour and a letter for each thing that is said of some area, the commonest first."""
    groups: dict[str, list[Tile]] = {}
    for tile in tiles:
        if meanings.get(tile.code):
            groups.setdefault(meanings[tile.code], []).append(tile)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Key(
            meaning,
            _COLOURS[min(n, len(_COLOURS) - 1)],
            _MARKS[n] if n < len(_MARKS) else "*",
            tuple(sorted(found, key=lambda t: t.name)),
        )
        for n, (meaning, found) in enumerate(ranked)
    ]


def tile_map(tiles: Sequence[Tile], meanings: Mapping[str, str], title: str, name: str) -> str:
    """The drawing, with its legend at the right; an area of which nothing is said is grey and unlettered."""
    keys = legend(tiles, meanings)
    by_code = {tile.code: key for key in keys for tile in key.tiles}
    across = _SIDE * (1 + max(tile.column for tile in tiles))
    down = _SIDE * (1 + max(tile.row for tile in tiles))
    parts = [_square(tile, by_code.get(tile.code)) for tile in sorted(tiles, key=lambda t: (t.row, t.column))]
    for n, key in enumerate(keys):
        parts.append(_explained(key, across + 14, 8 + 24.0 * n))
    return picture(across + _LEGEND, max(down, 24.0 * len(keys) + 16), title, name, parts)


def _square(tile: Tile, key: Key | None) -> str:
    x, y = tile.column * _SIDE, tile.row * _SIDE
    fill = key.colour if key else _NOTHING
    said = f"{tile.name}: {key.meaning if key else 'nothing said'}"
    box = element("rect", x=x, y=y, width=_SIDE - 2, height=_SIDE - 2, fill=fill)
    mark = [words(x + (_SIDE - 2) / 2, y + 14, key.mark, anchor="middle", fill=_ink(key))] if key else []
    return element("g", element("title", text=said), box, *mark)


def _explained(key: Key, x: float, y: float) -> str:
    box = element("rect", x=x, y=y, width=18.0, height=18.0, fill=key.colour)
    mark = words(x + 9, y + 13, key.mark, anchor="middle", fill=_ink(key))
    return box + mark + words(x + 26, y + 13, f"{cut(key.meaning, 40)} ({len(key.tiles)})")


def _ink(key: Key) -> str:
    return PAPER if key.colour in _WHITE_ON else INK
