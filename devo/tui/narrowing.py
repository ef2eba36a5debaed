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
        """Other rows are shown than before."""

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
        if self.value.strip():
            self.rows.show(replace(self.whole, lines=fitting(self.whole.lines, self.value)))
        else:
            self.rows.show(self.whole)
        self.post_message(self.Narrowed(self))

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
        self._fit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Let the rows have the keys."""
        event.stop()
        self.rows.focus()
