"""How a table's rows stand on lines: in columns whose names are wrapped, or stacked where there is little room.

A long table is not wrapped, so that where each row stands is known without looking at what it says, and
only the lines in sight are ever made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from devo.tui.tables import Cell, Col, Line, Table, Tone
from devo.tui.texts import cut, safe, wrapped

# Above this number of rows each stands on one line.
WRAPPED_UP_TO = 1_500
GAP = 2

Piece = tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of the screen: its pieces of text, and the row it belongs to (-1: a heading)."""

    row: int
    pieces: tuple[Piece, ...]


class Layout:
    """A table laid out in a width, in cells. `height` counts its lines without the headings of the columns."""

    def __init__(self, table: Table, width: int):
        self.table, self.width = table, width
        self.is_long = len(table.lines) > WRAPPED_UP_TO
        self.is_stacked = not self.is_long and width < table.stack_below and len(table.columns) > 2
        self.columns = [] if self.is_stacked else self._widths(width)
        self._made: dict[int, list[Drawn]] = {}
        self.starts: list[int] = []
        self.height = 0
        group = ""
        for number, line in enumerate(table.lines):
            self.starts.append(self.height)
            if self.is_long:
                self.height += 2 if line.group and line.group != group else 1
                group = line.group
            else:
                self.height += len(self.lines_of(number))

    @property
    def heading_height(self) -> int:
        """The lines that the headings of the columns take: 1, or 0 without headings."""
        headed = any(c.heading for c in self.table.columns) and bool(self.table.lines)
        return 1 if headed and not self.is_stacked else 0

    def lines_of(self, number: int) -> list[Drawn]:
        """The lines of a row, with the heading of its group where it is the first."""
        if number not in self._made:
            if self.is_long and len(self._made) > WRAPPED_UP_TO:
                self._made.clear()
            above = self.table.lines[number - 1] if number else None
            lines = list(self._lines_of(number, self.table.lines[number], above))
            self._made[number] = lines or [Drawn(number, ((" ", ""),))]
        return self._made[number]

    def line_at(self, at: int) -> Drawn | None:
        """The line at a height; None above the first and below the last."""
        if not 0 <= at < self.height:
            return None
        number = self.row_at(at)
        lines = self.lines_of(number)
        return lines[min(at - self.starts[number], len(lines) - 1)]

    def row_at(self, at: int) -> int:
        """The row that a height belongs to."""
        return max(0, bisect_right(self.starts, max(at, 0)) - 1)

    # --- columns and lines -----------------------------------------------------------------------

    def _widths(self, width: int) -> list[tuple[int, Col, int]]:
        shown = [(n, col) for n, col in enumerate(self.table.columns) if width >= col.at]
        sample = self.table.lines[:300]
        natural = {
            n: max([cell_len(col.heading), *(cell_len(_text(line.cells[n])) for line in sample)])
            for n, col in shown
        }
        for n, col in shown:
            # A figure that is cut would be another figure.
            if col.right:
                natural[n] = max(
                    [natural[n], *(len(_text(line.cells[n])) for line in self.table.lines[300:])]
                )
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

    def _lines_of(self, number: int, line: Line, above: Line | None) -> Iterator[Drawn]:
        if line.group and (above is None or above.group != line.group):
            if number and not self.is_long:
                yield Drawn(-1, ())
            group = safe(line.group)
            room = self.width - 1
            for text in [cut(group, room)] if self.is_long else wrapped(group, room):
                yield Drawn(-1, ((text, "accent"),))
        if self.is_stacked:
            yield from self._stack(number, line, above)
            return
        repeated = above is not None and above.group == line.group and _same_first(line, above)
        cells: list[list[Piece]] = []
        for position, (n, col, width) in enumerate(self.columns):
            cell = line.cells[n]
            text = "" if repeated and position == 0 else safe(_text(cell))
            texts = [cut(text, width)] if self.is_long else wrapped(text, width)
            cells.append([(t.rjust(width) if col.right else t, _tone(cell)) for t in texts])
        for row in range(max((len(c) for c in cells), default=1)):
            pieces: list[Piece] = [(" ", "")]
            for (_, _, width), texts_ in zip(self.columns, cells, strict=True):
                text, tone = texts_[row] if row < len(texts_) else ("", "")
                pieces.append((text + " " * (width - cell_len(text) + GAP), tone))
            yield Drawn(number, tuple(pieces))

    def _stack(self, number: int, line: Line, above: Line | None) -> Iterator[Drawn]:
        """A row as lines of its own: its name with its figure at the end, then the rest as one text."""
        width = self.width - 1
        rest = [(cell, col) for cell, col in zip(line.cells, self.table.columns, strict=False) if not col.at]
        rest = [(cell, col) for cell, col in rest if _text(cell)]
        repeated = above is not None and above.group == line.group and _same_first(line, above)
        named = not repeated and bool(rest) and rest[0][0] is line.cells[0]
        figure = next(((cell, col) for cell, col in rest[named:] if col.right), None)
        if figure is not None:
            rest.remove(figure)
        if named:
            yield from self._named(number, rest.pop(0)[0], figure, width, "strong")
        elif repeated:
            rest = rest[1:]
            if figure is not None and rest:
                yield from self._named(number, rest.pop(0)[0], figure, width, "", indent=3)
        yield from self._joined(number, rest, width)

    def _named(
        self,
        number: int,
        cell: str | Cell,
        figure: tuple[str | Cell, Col] | None,
        width: int,
        tone: Tone,
        indent: int = 1,
    ) -> Iterator[Drawn]:
        said = safe(_text(figure[0])) if figure else ""
        if figure and not said.startswith("£"):
            said = figure[1].lead + said
        room = width - indent - (cell_len(said) + GAP if said else 0)
        for row, text in enumerate(wrapped(safe(_text(cell)), max(room, 8))):
            pieces: list[Piece] = [(" " * indent, ""), (text, _tone(cell) or tone)]
            if said and not row:
                gap = " " * max(width - indent - cell_len(text) - cell_len(said), 1)
                pieces += [(gap, ""), (said, _tone(figure[0]) if figure else "")]
            yield Drawn(number, tuple(pieces))

    def _joined(self, number: int, rest: list[tuple[str | Cell, Col]], width: int) -> Iterator[Drawn]:
        at: list[Piece] = []
        used = 0
        for cell, col in rest:
            text = safe(_text(cell))
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


def _text(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def _tone(cell: str | Cell) -> Tone:
    return cell.tone if isinstance(cell, Cell) else ""


def _same_first(one: Line, two: Line) -> bool:
    return bool(one.cells) and _text(one.cells[0]) == _text(two.cells[0])
