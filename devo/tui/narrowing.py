"""Narrowing rows to those that have every word typed."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Input

from devo.tui.rows import Rows
from devo.tui.tables import Line, Table


def fitting(lines: tuple[Line, ...], text: str) -> tuple[Line, ...]:
    """The lines that have every word of a text somewhere in them, in any case."""
    asked = text.casefold().split()
    return tuple(
        line for line in lines if all(any(w in cell.casefold() for cell in line.texts()) for w in asked)
    )


class Narrow(Input):
    """A box below rows of its own: it is there when it is asked for, and gone with what was typed."""

    def __init__(self, rows: Rows, *, id: str):
        super().__init__(
            placeholder="type to narrow; Enter goes to the rows, Esc closes", id=id, classes="narrow"
        )
        self.rows = rows
        self.whole = Table()
        self.display = False

    def keep(self, table: Table) -> None:
        """Show a table, and narrow it from now on."""
        self.whole = table
        self.rows.show(table)

    def open(self) -> None:
        """Be there, to be typed into."""
        self.display = True
        self.focus()

    def close(self) -> bool:
        """Go, with what was typed; whether there was anything to close."""
        was = self.display
        self.value, self.display = "", False
        if was:
            self.rows.focus()
        return was

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that fit."""
        event.stop()
        if self.whole.lines:
            self.rows.show(replace(self.whole, lines=fitting(self.whole.lines, event.value)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Let the rows have the keys."""
        event.stop()
        self.rows.focus()
