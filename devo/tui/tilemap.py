"""The tile map: one square an area, with a letter and a colour that both mean what the legend says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

from devo.tui.legends import Key, legend
from devo.tui.texts import content, wrapped
from devo.tui.themes import FILLS_DARK, FILLS_LIGHT, RAMP_DARK, RAMP_LIGHT, contrast

# A tile is three characters wide, or two where the map would not fit otherwise.
WIDE, SLIM = 3, 2


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map."""

    code: str
    name: str
    column: int
    row: int


class TileMap(ScrollView, can_focus=True):
    """The map. The arrows move over the tiles."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tilemap--sea", "tilemap--none"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0,-1)", "Up", show=False),
        Binding("down", "move(0,1)", "Down", show=False),
        Binding("left", "move(-1,0)", "Left", show=False),
        Binding("right", "move(1,0)", "Right", show=False),
        Binding("enter", "choose", "Look at it", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on a tile."""

        tile: Tile | None

    @dataclass
    class Chosen(Message):
        """A tile was chosen, by Enter or a second click."""

        tile: Tile

    def __init__(self, *, id: str):
        super().__init__(id=id)
        self.tiles: list[Tile] = []
        self.at: dict[tuple[int, int], Tile] = {}
        self.values: dict[str, str] = {}
        self.keys: list[Key] = []
        self.here: Tile | None = None
        self.wide = WIDE
        self.ordered = False
        # The empty cells on the left and the lines above, which bring the map to the middle.
        self.margin = (0, 0)

    def show(self, tiles: Sequence[Tile], values: Mapping[str, str], order: Sequence[str] = ()) -> None:
        """Show tiles with what is said of each; `order` goes from little to much, and so do the colours then."""
        self.ordered = bool(order)
        self.tiles = list(tiles)
        self.at = {(tile.column, tile.row): tile for tile in tiles}
        self.values = dict(values)
        self.keys = legend(values, order)
        kept = self.here.code if self.here else ""
        self.here = next((t for t in self.tiles if t.code == kept), self.tiles[0] if self.tiles else None)
        self._fit()
        self.post_message(self.Moved(self.here))

    def _fit(self) -> None:
        across = 1 + max((t.column for t in self.tiles), default=0)
        self.wide = WIDE if across * WIDE <= self.size.width else SLIM
        down = 1 + max((t.row for t in self.tiles), default=0)
        self.margin = (
            max((self.size.width - self.wide * across) // 2, 0),
            max((self.size.height - down) // 2, 0),
        )
        self.virtual_size = Size(self.wide * across, down)
        self._reveal()
        self.refresh()

    def on_resize(self) -> None:
        """Draw the tiles as wide as there is room for."""
        self._fit()

    def go_to(self, code: str) -> None:
        """Put the cursor on an area."""
        found = next((tile for tile in self.tiles if tile.code == code), None)
        if found is not None:
            self._stand(found)

    def key_of(self, tile: Tile) -> Key | None:
        """The key of a tile."""
        meaning = self.values.get(tile.code)
        if meaning is None:
            return None
        return next(
            (key for key in self.keys if key.meaning == meaning), self.keys[-1] if self.keys else None
        )

    def render_line(self, y: int) -> Strip:
        """One line of the map."""
        left, top = self.scroll_offset
        base = self.rich_style
        beside, above = self.margin
        segments = [Segment(" " * beside, base)] if beside else []
        width = self.scrollable_content_region.width
        slim = self.wide == SLIM
        for column in range(self.virtual_size.width // self.wide):
            tile = self.at.get((column, y + top - above))
            if tile is None:
                segments.append(Segment(" " * self.wide, base))
                continue
            key = self.key_of(tile)
            mark = key.mark if key else "·"
            text = f"{mark} " if slim else f" {mark} "
            if tile is self.here:
                segments.append(
                    Segment(f"{mark}]" if slim else f"[{mark}]", base + Style(reverse=True, bold=True))
                )
            elif key is None:
                segments.append(Segment(text, base))
            else:
                segments.append(Segment(text, Style(color=self._ink(key), bgcolor=self._fill(key))))
        return Strip(segments).crop(left, left + width).adjust_cell_length(width, base)

    def _fill(self, key: Key) -> str:
        dark = self.app.current_theme.dark
        if self.ordered:
            ramp = RAMP_DARK if dark else RAMP_LIGHT
            return ramp[round(key.number / max(len(self.keys) - 1, 1) * (len(ramp) - 1))]
        fills = FILLS_DARK if dark else FILLS_LIGHT
        return fills[key.number % len(fills)]

    def _ink(self, key: Key) -> str:
        fill = self._fill(key)
        return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, fill))

    def said(self, width: int) -> Content:
        """The legend in words, no wider than some cells."""
        lines = []
        for key in self.keys:
            block = Content.styled(f" {key.mark} ", f"{self._ink(key)} on {self._fill(key)}")
            first, *others = wrapped(f"{key.meaning} ({key.tiles})", width - 4)
            lines.append(Content.assemble(block, " ", content(first)))
            lines += [content(f"    {other}") for other in others]
        if any(tile.code not in self.values for tile in self.tiles):
            lines.append(content(" ·  the tables do not say"))
        return Content("\n").join(lines)

    # --- moving ------------------------------------------------------------------------------

    def action_move(self, across: int, down: int) -> None:
        """Move to the nearest tile in a direction."""
        here = self.here
        if here is None:
            return
        best, shortest = None, 10**6
        for tile in self.tiles:
            along = (tile.column - here.column) * across + (tile.row - here.row) * down
            aside = abs((tile.column - here.column) * down) + abs((tile.row - here.row) * across)
            far = along + aside * 3
            if along > 0 and aside <= along * 2 and far < shortest:
                best, shortest = tile, far
        if best is not None:
            self._stand(best)

    def action_choose(self) -> None:
        """Choose the tile under the cursor."""
        if self.here is not None:
            self.post_message(self.Chosen(self.here))

    def _stand(self, tile: Tile) -> None:
        self.here = tile
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(tile))

    def _reveal(self) -> None:
        if self.here is not None:
            around = Region(
                max(self.here.column * self.wide - 3, 0), max(self.here.row - 1, 0), self.wide + 6, 3
            )
            self.scroll_to_region(around, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Go to the tile clicked; a second click looks at it."""
        left, top = self.scroll_offset
        beside, above = self.margin
        tile = self.at.get(((event.x + left - beside) // self.wide, event.y + top - above))
        if tile is None:
            return
        if event.chain > 1 and tile is self.here:
            self.post_message(self.Chosen(tile))
        else:
            self.focus()
            self._stand(tile)


class Legend(Static):
    """The map's letters in words, written anew for each width."""

    def __init__(self, chart: TileMap, *, id: str):
        super().__init__("", id=id, markup=False)
        self.chart = chart

    def anew(self) -> None:
        """Write it for what the map shows now."""
        self.update(self.chart.said(max(self.size.width - 1, 20)))

    def on_resize(self, event: events.Resize) -> None:
        """Write it for the width there is."""
        if self.chart.keys:
            self.anew()
