"""Narrowing rows to those that have every word typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.message import Message
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

    @dataclass
    class Narrowed(Message):
        """Something else is typed, and other rows are shown by it."""

        narrow: Narrow

        @property
        def control(self) -> Narrow:
            """The box it happened in."""
            return self.narrow

    def __init__(self, rows: Rows, *, id: str):
        super().__init__(
            placeholder="type to narrow; Enter goes to the rows, Esc closes", id=id, classes="narrow"
        )
        self.rows = rows
        self.whole = Table()
        self.display = False

    def keep(self, table: Table) -> None:
        """Show a table, or those of its rows that have what is typed."""
        self.whole = table
        self._fit()

    def _fit(self) -> None:
        typed, line = self.value.strip(), self.rows.line
        table = replace(self.whole, lines=fitting(self.whole.lines, typed)) if typed else self.whole
        # The cursor stays on its row where that is still there.
        self.rows.show(table, next((n for n, other in enumerate(table.lines) if other is line), 0))

    def open(self) -> None:
        """Be there, to be typed into."""
        self.display = True
        self.focus()

    def close(self) -> bool:
        """Go, with what was typed; whether there was anything to close."""
        was, typed = self.display, bool(self.value)
        with self.prevent(Input.Changed):
            self.value, self.display = "", False
        if typed:
            self._fit()
            self.post_message(self.Narrowed(self))
        if was:
            self.rows.focus()
        return was

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that fit."""
        event.stop()
        self._fit()
        self.post_message(self.Narrowed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Let the rows have the keys."""
        event.stop()
        self.rows.focus()
