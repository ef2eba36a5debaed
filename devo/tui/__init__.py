"""The explorer: who holds what, in a terminal, for people who have never seen Python.

It draws and never computes: every answer on a screen is one that the command line gives too. Only
this package imports Textual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from devo.tui.opening import Opening

if TYPE_CHECKING:
    from devo.tui.app import Explorer

__all__ = ["Opening", "explore"]


def explore(opening: Opening) -> int:
    """Run the explorer to its end; the exit code, which is not 0 after a crash."""
    from devo.tui.app import Explorer

    app: Explorer = Explorer(opening, alone=True)
    app.run()
    return app.return_code or 0
