"""What can be done on every screen: copy, save, help, hints, light or dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType

from devo.tui.bars import HINTS
from devo.tui.dialogs import Reading
from devo.tui.opening import Opening
from devo.tui.page import Page


class Habits(App[None]):
    """An app with the habits; the explorer's is made of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("c", "copy", "Copy"),
        Binding("e", "save", "Export"),
        Binding("question_mark,f1", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding("C", "copy_table", "Copy table", show=False),
        Binding("r", "copy_citation", "Copy citation", show=False),
        Binding("S", "picture", "Save picture", show=False),
        Binding("t", "other_theme", "Light or dark", show=False),
        Binding("h", "hint", "Next hint", show=False),
        Binding("F", "findings", "What is wrong", show=False),
    ]

    opening: Opening
    folder: Path
    memory: dict[str, Any]
    hint: int
    trouble: tuple[str, ...]

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something in passing; never the only place where something wrong is said."""
        from devo.tui.texts import safe

        self.notify(safe(text), severity="warning" if warning else "information", markup=False, timeout=6)

    def follow(self) -> None:
        """Let the screen show what is looked at now."""
        if isinstance(self.screen, Page):
            self.screen.follow()

    def action_help(self) -> None:
        """Explain the screen."""
        from devo.tui.manual import manual

        if isinstance(self.screen, Page):
            self.push_screen(Reading(self.screen.heading, manual(self.screen)))

    def action_findings(self) -> None:
        """Show what is wrong with the world."""
        text = "\n\n".join(self.trouble) or "Nothing is known to be wrong with this world."
        self.push_screen(Reading("What there is to know about this world", text))

    def action_hint(self) -> None:
        """Show the next hint."""
        self._hint_is(min(self.hint + 1, len(HINTS)))

    def action_hints_again(self) -> None:
        """Begin the hints anew."""
        self._hint_is(0)

    def _hint_is(self, number: int) -> None:
        self.hint = self.memory["hint"] = number
        self.follow()

    def action_other_theme(self) -> None:
        """Change between light and dark."""
        self.theme = "devo-dark" if self.theme == "devo-light" else "devo-light"

    def action_copy(self) -> None:
        """Copy the row under the cursor."""
        from devo.tui.copying import copy_row

        copy_row(self)

    def action_copy_table(self) -> None:
        """Copy the table on screen, for a spreadsheet."""
        from devo.tui.copying import copy_table

        copy_table(self)

    def action_copy_citation(self) -> None:
        """Copy a line to cite the answer by."""
        from devo.tui.copying import copy_citation

        copy_citation(self)

    @work
    async def action_save(self) -> None:
        """Save what is on screen to a file."""
        from devo.tui.saving import save

        await save(self)

    def action_picture(self) -> None:
        """Save the screen as a picture."""
        from devo.tui.saving import picture

        picture(self)
