"""Small windows over a screen: search, a day, a text to read, a name for a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from devo.tui.rows import Rows
from devo.tui.searching import MOST, Entry, Index
from devo.tui.tables import Cell, Col, Line, Table
from devo.tui.texts import content

Given = TypeVar("Given")
_CLOSE: list[BindingType] = [Binding("escape", "dismiss(None)", "Close", show=False)]


class Window(ModalScreen[Given | None]):
    """A small window over a screen. A click beside it closes it, as Escape does."""

    def on_click(self, event: events.Click) -> None:
        """Close it where the screen behind it was meant, and not by the second half of the click that opened it."""
        if event.widget is self and event.chain == 1:
            self.dismiss(None)


# Seconds between two looks for an index that is being made.
_SOON = 0.05
_SOUGHT = {
    "place": "a place",
    "body": "a body",
    "power": "a power",
    "deal": "a deal",
    "question": "a question",
}


class Search(Window[Entry]):
    """Find anything that has a name, or `only` what is of some kinds. Gives the entry that was chosen.

    What to `begin` with stands there until something is typed, and `said` says what it is. While the world
    is being opened there is no index yet: what is typed meanwhile is looked for once `later` gives it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CLOSE,
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(8)", "Down", show=False, priority=True),
        Binding("pageup", "move(-8)", "Up", show=False, priority=True),
    ]

    def __init__(
        self,
        index: Index | None,
        begin: list[Entry],
        said: str = "Looked at lately",
        only: tuple[str, ...] = (),
        later: Callable[[], Index | None] = lambda: None,
    ):
        super().__init__()
        self.index, self.later = index, later
        self.begin, self.said = begin, said if begin else ""
        self.only = only or tuple(_SOUGHT)
        self._shown_for: str | None = ""
        self._is_wanted = False

    def compose(self) -> ComposeResult:
        """A box to type in, and what was found below it."""
        with Vertical(id="search", classes="window"):
            yield Input(
                placeholder=f"Type {_either([_SOUGHT[kind] for kind in self.only])}", id="search-text"
            )
            yield Rows(id="found", one_click=True)
            yield Static("", id="search-note", markup=False)

    def on_mount(self) -> None:
        """Show what was looked at lately until something is typed."""
        self._show(self.begin, self.said)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._shown_for, self._is_wanted = None, False
        self._look_for(event.value)

    @work(exclusive=True)
    async def _look_for(self, text: str) -> None:
        """Look, and drop it when more is typed meanwhile."""
        if not text.strip():
            self._show(self.begin, self.said)
            self._shown_for = text
            return
        while self.index is None:
            self._show([], "Opening; what you type is looked for as soon as it is open.")
            await asyncio.sleep(_SOON)
            self.index = self.later()
        found: list[Entry] = []
        for some in self.index.finding(text):
            found = some
            await asyncio.sleep(0)
        found = [e for e in found if e.what in self.only]
        if len(found) > MOST:
            note = f"Showing {MOST} of {len(found):,}: type more to narrow."
        else:
            note = f"{len(found):,} found." if found else "Nothing has all of these words. Try fewer."
        self._show(found[:MOST], note)
        self._shown_for = text
        if self._is_wanted:
            self._take_shown()

    def _show(self, found: list[Entry], note: str) -> None:
        lines = tuple(Line((e.name, Cell(e.kind, "muted"), Cell(e.remark, "muted")), e) for e in found)
        columns = (Col("", weight=3), Col("", 9), Col("", weight=2))
        self.query_one("#found", Rows).show(Table("", columns, lines, 40, ""))
        self.query_one("#search-note", Static).update(content(note))

    def action_move(self, by: int) -> None:
        """Move through what was found while the typing goes on."""
        self.query_one("#found", Rows).cursor += by

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        if self._shown_for == event.value:
            self._take_shown()
        else:  # Enter was quicker than the search
            self._is_wanted = True

    def _take_shown(self) -> None:
        line = self.query_one("#found", Rows).line
        if line is not None:
            self.dismiss(line.key)

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(event.line.key)


class Asked(Window[str]):
    """Ask for one line of text; it is checked before the window closes."""

    BINDINGS: ClassVar[list[BindingType]] = _CLOSE

    def __init__(
        self, question: str, value: str = "", hint: str = "", check: Callable[[str], str] | None = None
    ):
        super().__init__()
        self.question, self.value, self.hint, self.check = question, value, hint, check

    def compose(self) -> ComposeResult:
        """The question, a box, and below it what is wrong with what was typed."""
        with Vertical(id="asked", classes="window"):
            yield Static(content(self.question, "bold"), markup=False)
            yield Input(self.value, id="asked-text")
            yield Static(content(self.hint, "$devo-muted"), id="asked-hint", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("OK", id="asked-ok", compact=True)
                yield Button("Leave it", id="asked-leave", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#asked-ok")
    def _take(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        typed = self.query_one("#asked-text", Input).value
        wrong = self.check(typed) if self.check else ""
        if wrong:
            self.query_one("#asked-hint", Static).update(content(wrong, "$devo-loss"))
        else:
            self.dismiss(typed)

    @on(Button.Pressed, "#asked-leave")
    def _leave(self) -> None:
        self.dismiss(None)


class Reading(Window[None]):
    """A text to read: help, findings, what a file says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CLOSE,
        Binding("q,question_mark,f1,enter", "dismiss(None)", "Close", show=False),
    ]

    def __init__(self, heading: str, text: Content | str):
        super().__init__()
        self.heading = heading
        self.text = text if isinstance(text, Content) else content_lines(text)

    def compose(self) -> ComposeResult:
        """The heading, the text, and how to close it."""
        with Vertical(id="reading", classes="window"):
            yield Static(content(self.heading, "bold $devo-accent"), markup=False)
            with VerticalScroll(id="reading-text"):
                yield Static(self.text, markup=False)
            yield Button("Close", id="reading-close", compact=True)

    @on(Button.Pressed)
    def _close(self) -> None:
        self.dismiss(None)

    def on_mount(self) -> None:
        """Let the arrow keys scroll the text."""
        self.query_one("#reading-text").focus()


class Choice(Window[str]):
    """Choose one of a few things. Gives its key."""

    BINDINGS: ClassVar[list[BindingType]] = _CLOSE

    def __init__(self, question: str, choices: list[tuple[str, str, str]]):
        super().__init__()
        self.question, self.choices = question, choices

    def compose(self) -> ComposeResult:
        """The question and the choices."""
        lines = tuple(Line((name, Cell(remark, "muted")), key) for key, name, remark in self.choices)
        with Vertical(id="choice", classes="window"):
            yield Static(content(self.question, "bold"), markup=False)
            table = Table("", (Col("", weight=2), Col("", weight=3)), lines, 0, "")
            yield Rows(table, id="choices", one_click=True)

    def on_mount(self) -> None:
        """Show the choices."""
        rows = self.query_one("#choices", Rows)
        rows.show(rows.table)
        rows.focus()

    @on(Rows.Chosen)
    def _take(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(str(event.line.key))


def _either(words: list[str]) -> str:
    """Words with commas and an `or`: a place, a body or a power."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def content_lines(text: str, style: str = "") -> Content:
    """A text of several lines, none of them markup."""
    return Content("\n").join(content(line, style) for line in text.split("\n"))
