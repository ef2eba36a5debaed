"""An answer on the screen: its title, its figures, the same in words, its rows, and a box to narrow these."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from devo.tui.headlines import Headlines
from devo.tui.narrowing import Narrow
from devo.tui.rows import Rows
from devo.tui.tables import Table
from devo.tui.texts import content

# Above so many rows a person is told that they can be narrowed.
_MANY = 500


class AnswerPane(Vertical):
    """The answer; `table` is all of it, whatever is typed to narrow it."""

    def __init__(self) -> None:
        super().__init__(id="main", classes="pane")
        self.table = Table()

    def compose(self) -> ComposeResult:
        """From the title down to the note."""
        rows = Rows(Table(nothing="Choose a question on the left."), id="answer")
        yield Static("", id="answer-title", classes="title", markup=False)
        yield Headlines(id="answer-figures")
        with VerticalScroll(id="answer-words", can_focus=False):
            yield Static("", id="answer-prose", markup=False)
        yield rows
        yield Narrow(rows, id="narrow")
        yield Static("", id="answer-note", classes="note", markup=False)

    def on_mount(self) -> None:
        """Nothing stands above the rows yet."""
        self.show(Table(nothing="Choose a question on the left."))

    @property
    def narrow(self) -> Narrow:
        """The box to narrow the rows."""
        return self.query_one("#narrow", Narrow)

    def say_title(self, title: str) -> None:
        """Say what is asked."""
        self.query_one("#answer-title", Static).update(content(title))

    def say(self, note: str) -> None:
        """Say something below the rows."""
        self.query_one("#answer-note", Static).update(content(note))

    def show(self, table: Table) -> None:
        """Show an answer, or with `nothing` why there is none."""
        self.table = table
        self.query_one(Headlines).figures = table.headlines
        self.query_one("#answer-prose", Static).update(content(table.words))
        self.query_one("#answer-words").set_class(not table.words, "-none")
        self.narrow.keep(table)
        self._say_count()

    @on(Narrow.Narrowed)
    def _count_anew(self, event: Narrow.Narrowed) -> None:
        event.stop()
        self._say_count()

    def _say_count(self) -> None:
        table, typed = self.table, self.narrow.value.strip()
        every, shown = len(table.lines), len(self.query_one("#answer", Rows).table.lines)
        if typed:
            count = f"Showing {shown:,} of {every:,}. "
        elif every:
            count = f"{every:,} row{'' if every == 1 else 's'}. "
            count += "n: type to narrow. " if every > _MANY else ""
        else:
            count = ""
        self.say(count + table.note)

    def text(self) -> str:
        """The figures and the words above the rows."""
        figures = ", ".join(item.text() for item in self.table.headlines)
        return "\n\n".join(text for text in (self.table.words, figures) if text)
