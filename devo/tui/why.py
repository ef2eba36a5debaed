"""The right of the explorer: why a row stands in the middle, in plain English."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from devo.tui.texts import content

if TYPE_CHECKING:
    from devo.tui.desk import Beside
    from devo.tui.reasons import Reasons

_NOTHING = (
    "Choose a line in the middle: here stands why, with the Act or order, its days, and who else holds it."
)


class Why(VerticalScroll, can_focus=True):
    """An explanation, with what plugins say beside it; or why there is none."""

    def __init__(self) -> None:
        super().__init__(id="why")
        self._reasons: Reasons | None = None

    def compose(self) -> ComposeResult:
        """Its text."""
        yield Static(content(_NOTHING, "$devo-muted"), id="reasons", markup=False)

    def show(self, reasons: Reasons) -> None:
        """Show an explanation from its first line."""
        self._draw(reasons)
        self.scroll_home(animate=False)

    def add(self, beside: tuple[Beside, ...]) -> None:
        """Show what plugins say below the explanation that stands there."""
        if self._reasons is not None and beside:
            self._draw(replace(self._reasons, beside=beside))

    def say(self, text: str = "") -> None:
        """Say why nothing is explained; without a text, what would stand there."""
        self._reasons = None
        from devo.tui.dialogs import content_lines

        self.query_one("#reasons", Static).update(
            content_lines(text) if text else content(_NOTHING, "$devo-muted")
        )

    def _draw(self, reasons: Reasons) -> None:
        from devo.tui.reasons import drawn

        self._reasons = reasons
        self.query_one("#reasons", Static).update(drawn(reasons))

    @property
    def text(self) -> str:
        """The explanation, to be saved; '' for none."""
        from devo.tui.reasons import plain

        return plain(self._reasons) if self._reasons else ""

    @property
    def citation(self) -> str:
        """A line to paste in a note: the answer and its law; '' for none."""
        from devo.tui.reasons import citation

        return citation(self._reasons.said) if self._reasons else ""
