"""Rows: the one table widget of the explorer. It draws only the lines in sight, whatever their number.

Names are wrapped and not cut; in a narrow pane each row stands as lines of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from devo.tui.tables import EMPTY, Cell, Col, Line, Table, Tone
from devo.tui.texts import cut, safe, wrapped

# Above this number of rows each stands on one line, so that heights need not be counted.
WRAPPED_UP_TO = 4_000
GAP = 2

Piece = tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of the screen: its pieces of text, and the row it belongs to (-1: a heading)."""

    row: int
    pieces: tuple[Piece, ...]


class Rows(ScrollView, can_focus=True):
    """A table with a cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--heading",
        "rows--group",
        "rows--cursor",
        "rows--muted",
        "rows--strong",
        "rows--warn",
        "rows--gain",
        "rows--loss",
        "rows--change",
        "rows--accent",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", "Up", show=False),
        Binding("down", "cursor(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "First row", show=False),
        Binding("end", "edge(1)", "Last row", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    cursor: var[int] = var(0)

    @dataclass
    class Highlighted(Message):
        """The cursor stands on a row."""

        rows: Rows
        index: int
        line: Line | None

        @property
        def control(self) -> Rows:
            """The table it happened in."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was chosen, by Enter or by a second click."""

        rows: Rows
        index: int
        line: Line

        @property
        def control(self) -> Rows:
            """The table it happened in."""
            return self.rows

    def __init__(self, table: Table = EMPTY, *, id: str | None = None, classes: str | None = None):
        super().__init__(id=id, classes=classes)
        self.table = table
        self._drawn: list[list[Drawn]] = []
        self._starts: list[int] = []
        self._height = 0
        self._stacked = False
        self._columns: list[tuple[int, Col, int]] = []
        self._width = 0

    # --- what is shown -----------------------------------------------------------------------

    def show(self, table: Table, cursor: int = 0, *, quietly: bool = False) -> None:
        """Show another table, the cursor on a row."""
        self.table = table
        self._lay_out()
        self.set_reactive(Rows.cursor, max(0, min(cursor, len(table.lines) - 1)))
        self._reveal()
        self.refresh()
        if not quietly:
            self._say_highlighted()

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        lines = self.table.lines
        return lines[self.cursor] if 0 <= self.cursor < len(lines) else None

    def _lay_out(self) -> None:
        # A pane that is not shown has no width; it is laid out again when it gets one.
        width = max(self.scrollable_content_region.width or self.size.width, 20)
        self._width = width
        self._stacked = width < self.table.stack_below and len(self.table.columns) > 2
        self._columns = [] if self._stacked else self._widths(width)
        plain = len(self.table.lines) > WRAPPED_UP_TO
        self._drawn, self._starts, self._height = [], [], 0
        above: Line | None = None
        for number, line in enumerate(self.table.lines):
            drawn = list(self._lines_of(number, line, above, plain))
            self._drawn.append(drawn)
            self._starts.append(self._height)
            self._height += len(drawn)
            above = line
        self.virtual_size = Size(width, self._height + self._header_height)

    @property
    def _header_height(self) -> int:
        return 0 if self._stacked or not any(c.heading for c in self.table.columns) else 1

    def _widths(self, width: int) -> list[tuple[int, Col, int]]:
        shown = [(n, col) for n, col in enumerate(self.table.columns) if width >= col.at]
        sample = self.table.lines[:300]
        natural = {
            n: max([cell_len(col.heading), *(cell_len(_text(line.cells[n])) for line in sample)])
            for n, col in shown
        }
        fixed = {n: min(col.width, natural[n]) for n, col in shown if col.width}
        left = width - sum(fixed.values()) - GAP * (len(shown) - 1) - 1
        sharing = {n: col.weight for n, col in shown if not col.width}
        while sharing:
            total = sum(sharing.values())
            content = {n for n, weight in sharing.items() if natural[n] <= left * weight // total}
            if not content:
                break
            for n in content:
                fixed[n] = natural[n]
                left -= natural[n]
                del sharing[n]
        total = sum(sharing.values())
        for n, weight in sharing.items():
            fixed[n] = max(4, left * weight // total)
        return [(n, col, fixed[n]) for n, col in shown]

    def _lines_of(self, number: int, line: Line, above: Line | None, plain: bool) -> Iterator[Drawn]:
        if line.group and (above is None or above.group != line.group):
            if number and not plain:
                yield Drawn(-1, ())
            for text in wrapped(safe(line.group), self._width - 1):
                yield Drawn(-1, ((text, "accent"),))
        if self._stacked:
            yield from self._stack(number, line, above)
            return
        repeated = above is not None and above.group == line.group and _same_first(line, above)
        cells: list[list[Piece]] = []
        for position, (n, col, width) in enumerate(self._columns):
            cell = line.cells[n]
            text = "" if repeated and position == 0 else safe(_text(cell))
            texts = [cut(text, width)] if plain else wrapped(text, width)
            cells.append([(t.rjust(width) if col.right else t, _tone(cell)) for t in texts])
        for row in range(max((len(c) for c in cells), default=1)):
            pieces: list[Piece] = [(" ", "")]
            for (_, _, width), texts_ in zip(self._columns, cells, strict=True):
                text, tone = texts_[row] if row < len(texts_) else ("", "")
                pieces.append((text + " " * (width - cell_len(text) + GAP), tone))
            yield Drawn(number, tuple(pieces))

    def _stack(self, number: int, line: Line, above: Line | None) -> Iterator[Drawn]:
        width = self._width - 1
        first, *others = line.cells
        repeated = above is not None and above.group == line.group and _same_first(line, above)
        if not repeated:
            for text in wrapped(safe(_text(first)), width - 1):
                yield Drawn(number, ((" ", ""), (text, _tone(first) or "strong")))
        at: list[Piece] = []
        used = 0
        for cell, col in zip(others, self.table.columns[1:], strict=False):
            text = safe(_text(cell))
            if not text or col.at:
                continue
            text = text if text.startswith((col.lead, "from ")) else col.lead + text
            joint = ", " if used else "   "
            if used + len(joint) + cell_len(text) > width and used:
                at.append((",", "muted"))
                yield Drawn(number, tuple(at))
                at, used, joint = [], 0, "   "
            chunks = wrapped(text, width - 3)
            for chunk in chunks[:-1]:
                yield Drawn(number, (*at, (joint, ""), (chunk, _tone(cell) or "muted")))
                at, used, joint = [], 0, "   "
            at += [(joint, "muted"), (chunks[-1], _tone(cell) or "muted")]
            used += len(joint) + cell_len(chunks[-1])
        if at:
            yield Drawn(number, tuple(at))

    # --- drawing -----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        head = self._header_height
        if head and y == 0:
            return self._heading().adjust_cell_length(width, self._style("heading", base))
        if not self.table.lines:
            said = wrapped(safe(self.table.nothing), max(width - 2, 1), 20)
            text = said[y - head] if 0 <= y - head < len(said) else ""
            return Strip([Segment(f" {text}", self._style("muted", base))]).adjust_cell_length(width, base)
        at = y - head + self.scroll_offset.y
        if not 0 <= at < self._height:
            return Strip.blank(width, base)
        number = bisect_right(self._starts, at) - 1
        drawn = self._drawn[number][at - self._starts[number]]
        on_cursor = drawn.row == self.cursor and drawn.row >= 0
        if on_cursor:
            base = self._style("cursor", base)
        segments = []
        for text, tone in drawn.pieces:
            if drawn.row < 0:
                style = self._style("group", base)
            elif tone and not (on_cursor and self.has_focus):
                style = self._style(tone, base)
            else:
                style = base + Style(bold=True) if tone == "strong" else base
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, base)

    def _heading(self) -> Strip:
        style = self._style("heading", self.rich_style)
        texts = [" "]
        for _, col, width in self._columns:
            text = cut(safe(col.heading), width)
            texts.append((text.rjust(width) if col.right else text.ljust(width)) + " " * GAP)
        return Strip([Segment("".join(texts), style)])

    def _style(self, name: str, base: Style) -> Style:
        return base + self.get_component_rich_style(f"rows--{name}", partial=True)

    # --- moving ------------------------------------------------------------------------------

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.table.lines) - 1))

    def watch_cursor(self) -> None:
        """Follow the cursor, and tell the screen."""
        self._reveal()
        self.refresh()
        self._say_highlighted()

    def _say_highlighted(self) -> None:
        self.post_message(self.Highlighted(self, self.cursor, self.line))

    def _reveal(self) -> None:
        if not self._starts or self.cursor >= len(self._starts):
            return
        top, height = self._starts[self.cursor], len(self._drawn[self.cursor])
        head = self._header_height
        # The first row brings the headings above it into sight.
        self.scroll_to_region(
            Region(0, max(top, 0), 1, min(height + head, max(self.size.height, 1))), animate=False, force=True
        )

    def action_cursor(self, by: int) -> None:
        """Move the cursor by a number of rows."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Move the cursor by a screen."""
        if not self._starts:
            return
        at = self._starts[self.cursor] + by * max(self.size.height - 2, 1)
        self.cursor = max(0, bisect_right(self._starts, max(at, 0)) - 1)

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = len(self.table.lines) - 1 if last else 0

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.line is not None:
            self.post_message(self.Chosen(self, self.cursor, self.line))

    def row_at(self, y: int) -> int:
        """The row that stands on a line of the widget; -1 where none does."""
        at = y - self._header_height + self.scroll_offset.y
        if y < self._header_height or not 0 <= at < self._height:
            return -1
        number = bisect_right(self._starts, at) - 1
        return self._drawn[number][at - self._starts[number]].row

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row clicked; choose it when it was there, or at a double click."""
        if self.table.lines and (row := self.row_at(event.y)) >= 0:
            if row == self.cursor and event.chain > 1:
                self.action_choose()
            else:
                self.cursor = row

    def on_resize(self) -> None:
        """Lay the rows out anew for another width."""
        if max(self.scrollable_content_region.width or self.size.width, 20) != self._width:
            self._lay_out()
            self._reveal()
            self.refresh()


def _text(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def _tone(cell: str | Cell) -> Tone:
    return cell.tone if isinstance(cell, Cell) else ""


def _same_first(one: Line, two: Line) -> bool:
    return bool(one.cells) and _text(one.cells[0]) == _text(two.cells[0])
