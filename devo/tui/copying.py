"""Copying: to the terminal's clipboard, said honestly, and always to a file as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devo.tui.page import Page
from devo.tui.tables import tsv
from devo.tui.texts import safe

if TYPE_CHECKING:
    from devo.tui.habits import Habits


def copy_row(app: Habits) -> None:
    """Copy the row under the cursor, its cells with tabs between."""
    page = app.screen
    if isinstance(page, Page) and page.shown_line is not None:
        text = "\t".join(" ".join(safe(cell).split()) for cell in page.shown_line.texts())
        _copy(app, text, "The row")
    else:
        app.say("There is no row to copy here.")


def copy_table(app: Habits) -> None:
    """Copy the table on screen."""
    page = app.screen
    if isinstance(page, Page) and page.shown_table.lines:
        _copy(app, tsv(page.shown_table), f"The table ({len(page.shown_table.lines):,} rows)")
    else:
        app.say("There is no table to copy here.")


def copy_citation(app: Habits) -> None:
    """Copy a line that cites the answer."""
    page = app.screen
    text = page.citation() if isinstance(page, Page) else ""
    if text:
        _copy(app, text, "The citation")
    else:
        app.say("There is nothing to cite here.")


def _copy(app: Habits, text: str, what: str) -> None:
    app.copy_to_clipboard(text)
    where = ""
    if not app.opening.served:
        try:
            app.folder.mkdir(parents=True, exist_ok=True)
            path = app.folder / "copied.txt"
            path.write_text(text, "utf-8", errors="replace")
            where = f" If pasting gives nothing, it is also in {path}"
        except OSError:
            where = " If pasting gives nothing, your terminal does not allow it: save with e instead."
    app.say(f"{what} was sent to your terminal's clipboard.{where}")
