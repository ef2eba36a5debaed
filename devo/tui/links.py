"""Words on a screen that do something when they are clicked."""

from __future__ import annotations

from textual.widgets import Static

from devo.tui.texts import content


class Link(Static):
    """Words that do something when clicked."""

    ALLOW_SELECT = False

    def __init__(self, text: str, action: str, *, id: str | None = None):
        super().__init__(content(text), markup=False, id=id, classes="link")
        self.action = action

    def say(self, text: str) -> None:
        """Say something else."""
        self.update(content(text))

    async def on_click(self) -> None:
        """Do it."""
        await self.run_action(f"screen.{self.action}")
