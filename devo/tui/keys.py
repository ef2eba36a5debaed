"""The keys at the foot of every screen."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer, made anew only where it would say something else.

    Textual makes it anew whenever the focus moves, which is a quarter of all the work of the screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: list[tuple[str, str, bool]] = []

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Say what can be pressed now."""
        if not screen.app.app_focus or not self.is_attached or screen is not self.screen:
            return
        bindings = screen.active_bindings.values()
        said = [(b.key, b.description, enabled) for _, b, enabled, _ in bindings if b.show]
        if said != self._said:
            self._said = said
            super().bindings_changed(screen)
