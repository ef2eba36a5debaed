"""Maps of squares, where a plugin says where the squares of areas stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from devo import tiers, words
from devo.mosaic import Pieces
from devo.plans import Change
from devo.reports.ground import Ground, default_of
from devo.reports.tilemap import Tile, legend, tile_map
from devo.reports.values import Drawing, Heading, Table

MOST_MAPS = 3


def _headings(counted: str) -> tuple[Heading, ...]:
    return (
        Heading("What"),
        Heading("Areas", "count"),
        Heading("Residents", "count", counted),
        Heading("Which"),
    )


class Squares:
    """The squares of a layer's areas, with the pieces of each; none where no plugin has them."""

    def __init__(self, ground: Ground):
        self.tiles: list[Tile] = []
        self.pieces: dict[str, Pieces] = {}
        self._ground = ground
        for tool in ground.drawn_as("map", {"place", "place_name", "column", "row"}):
            answer = ground.ask(tool.name)
            if answer is None or not answer.rows:
                continue
            layer = str(default_of(tool, "geography") or "")
            for row in answer.rows:
                self.tiles.append(Tile(row.place, row.place_name, row.column, row.row))
                self.pieces[row.place] = ground.world.mosaic.pieces_of(layer, row.place)
            return

    def drawing(self, meanings: Mapping[str, str], title: str, name: str) -> Drawing:
        """What is said of each area, drawn, and in a table with a row for each thing said."""
        mosaic = self._ground.world.mosaic
        rows = []
        for key in legend(self.tiles, meanings):
            pieces = frozenset().union(*(self.pieces[tile.code] for tile in key.tiles))
            which = "; ".join(tile.name for tile in key.tiles)  # some names have a comma of their own
            rows.append((key.meaning, len(key.tiles), mosaic.residents(pieces), which))
        described = (
            "A square for each council area, near its place on a map, lettered and coloured by what is "
            "said of it. The table below lists the same areas."
        )
        table = Table(title, _headings(self._ground.world.counted), tuple(rows))
        return Drawing(title, described, tile_map(self.tiles, meanings, title, name), table)


def of_changes(ground: Ground, changes: Sequence[Change]) -> list[Drawing]:
    """Where deals change something: how many powers and budgets change, area by area."""
    squares = Squares(ground)
    if not squares.tiles or not changes:
        return []
    meanings = {}
    for tile in squares.tiles:
        touched = {change.power for change in changes if change.pieces & squares.pieces[tile.code]}
        what = "power or budget changes" if len(touched) == 1 else "powers or budgets change"
        meanings[tile.code] = f"{len(touched)} {what}" if touched else ""
    return [
        squares.drawing(
            meanings, "Where powers and budgets change; nothing does in the grey squares", "map-1"
        )
    ]


def of_powers(ground: Ground) -> list[Drawing]:
    """At which level each of the first few powers is held over the country, on the last day."""
    squares = Squares(ground) if ground.powers else None
    if squares is None or not squares.tiles:
        return []
    drawings = []
    for number, power in enumerate(ground.powers[:MOST_MAPS], 1):
        meanings = {
            code: tiers.level_over(ground.world, power, pieces) for code, pieces in squares.pieces.items()
        }
        day = words.day(ground.world.today)
        title = f"{ground.world.power_name(power)}: at which level it is held on {day}"
        drawings.append(squares.drawing(meanings, title, f"map-{number}"))
    return drawings
