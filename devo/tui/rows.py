"""Rows: the one table widget of the explorer. It draws only the lines in sight, whatever their number.

Names are wrapped and not cut; in a narrow pane each row stands as lines of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from devo.tui.lines import GAP, Layout
from devo.tui.tables import EMPTY, Line, Table
from devo.tui.texts import cut, safe, wrapped


class Rows(ScrollView, can_focus=True):
    """A table with a cursor. Where rows are there to be chosen and not to be read, `one_click` chooses one."""

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
        """A row was chosen, by Enter or by a click."""

        rows: Rows
        index: int
        line: Line

        @property
        def control(self) -> Rows:
            """The table it happened in."""
            return self.rows

    def __init__(self, table: Table = EMPTY, *, id: str | None = None, one_click: bool = False):
        super().__init__(id=id)
        self.table, self.one_click = table, one_click
        self._layout = Layout(table, 20)

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
        self._layout = Layout(self.table, width)
        self.virtual_size = Size(width, self._layout.height + self._layout.heading_height)

    # --- drawing -----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        head = self._layout.heading_height
        if head and y == 0:
            return self._heading().adjust_cell_length(width, self._style("heading", base))
        if not self.table.lines:
            said = wrapped(safe(self.table.nothing), max(width - 2, 1), 20)
            text = said[y - head] if 0 <= y - head < len(said) else ""
            return Strip([Segment(f" {text}", self._style("muted", base))]).adjust_cell_length(width, base)
        at = y - head + self.scroll_offset.y
        drawn = self._layout.line_at(at)
        if drawn is None:
            return Strip.blank(width, base)
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
        for _, col, width in self._layout.columns:
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
        if self.line is None:
            return
        top, height = self._layout.starts[self.cursor], len(self._layout.lines_of(self.cursor))
        head = self._layout.heading_height
        # The first row brings the headings above it into sight.
        self.scroll_to_region(
            Region(0, max(top, 0), 1, min(height + head, max(self.size.height, 1))), animate=False, force=True
        )

    def action_cursor(self, by: int) -> None:
        """Move the cursor by a number of rows."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Move the cursor by a screen."""
        if self.line is not None:
            at = self._layout.starts[self.cursor] + by * max(self.size.height - 2, 1)
            self.cursor = self._layout.row_at(at)

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = len(self.table.lines) - 1 if last else 0

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.line is not None:
            self.post_message(self.Chosen(self, self.cursor, self.line))

    def row_at(self, y: int) -> int:
        """The row that stands on a line of the widget; -1 where none does."""
        at = y - self._layout.heading_height + self.scroll_offset.y
        drawn = self._layout.line_at(at) if y >= self._layout.heading_height else None
        return drawn.row if drawn is not None else -1

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row clicked; a double click chooses it, or one click where that is enough."""
        if self.table.lines and (row := self.row_at(event.y)) >= 0:
            here = row == self.cursor
            self.cursor = row
            if self.one_click or (here and event.chain > 1):
                self.action_choose()

    def on_resize(self) -> None:
        """Lay the rows out anew for another width."""
        if max(self.scrollable_content_region.width or self.size.width, 20) != self._layout.width:
            self._lay_out()
            self._reveal()
            self.refresh()
