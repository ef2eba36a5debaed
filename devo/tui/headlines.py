"""Headline figures side by side: as many columns as the width holds, each figure with its label."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from devo.tui.tables import Headline
from devo.tui.texts import cut, safe

GAP = 2


class Headlines(Widget):
    """Figures, large by their weight and colour, in columns that line up."""

    DEFAULT_CSS = "Headlines { height: auto; padding: 0 1; }"
    ALLOW_SELECT = False
    figures: reactive[Sequence[Headline]] = reactive[Sequence[Headline]]((), layout=True)

    def watch_figures(self) -> None:
        """Draw them anew; nothing is shown where there are none."""
        self.display = bool(self.figures)
        self.refresh(layout=True)

    def render(self) -> Content:
        """The figures, row by row."""
        return Content("\n").join(self._lines(max(self.content_size.width, 20)))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as the figures need at a width."""
        return len(self._lines(max(width, 20)))

    def _lines(self, width: int) -> list[Content]:
        if not self.figures:
            return []
        digits = max(cell_len(item.figure) for item in self.figures)
        label = max(cell_len(safe(item.label)) for item in self.figures)
        cell = min(digits + 1 + label, width)
        across = max((width + GAP) // (cell + GAP), 1)
        # No more columns than fill the rows evenly.
        rows = -(-len(self.figures) // across)
        across = -(-len(self.figures) // rows)
        room = min((width + GAP) // across - GAP, cell + 6)
        lines = []
        for start in range(0, len(self.figures), across):
            parts: list[Content | tuple[str, str] | str] = []
            for item in self.figures[start : start + across]:
                known = item.figure != "?"
                text = cut(safe(item.label), room - digits - 1)
                parts.append(" " * (digits - cell_len(item.figure)))
                parts.append((item.figure, "bold $devo-accent" if known else "bold $devo-warn"))
                parts.append(" ")
                parts.append((text, "" if known else "$devo-muted"))
                parts.append(" " * (room - digits - 1 - cell_len(text) + GAP))
            lines.append(Content.assemble(*parts))
        return lines
