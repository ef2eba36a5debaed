"""What every screen of the explorer has: the menu, the notice, the footer, and a table to copy and save."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from devo.tui.bars import Hints, Notice, TopBar
from devo.tui.desk import Desk
from devo.tui.keys import Keys
from devo.tui.looking import Looking
from devo.tui.progress import Progress
from devo.tui.rows import Rows
from devo.tui.tables import EMPTY, Line, Table
from devo.tui.working import WorkingScreen

# Below this width one pane is shown at a time.
WIDE = 100
BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (116, "-roomy"), (160, "-broad")]
SHORT = [(0, "-short"), (30, "-tall")]


class Page(WorkingScreen):
    """A screen. `heading` and `manual` are its help."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = SHORT
    AUTO_FOCUS = ""
    # The panes between which Tab goes, in order: (container's selector, what in it takes the focus, its name).
    PANES: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "pane(1)", "Next part", show=False),
        Binding("shift+tab", "pane(-1)", "Part before", show=False),
        Binding("escape", "back", "Back, or stop what is under way", show=False),
        Binding("R", "again", "Look again", show=False),
    ]
    heading: ClassVar[str] = ""
    manual: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.pane = 0
        self.followed: Any = None
        # What the screen showed last: work that is stopped leaves it so.
        self.shown: Any = None

    @property
    def desk(self) -> Desk | None:
        """The open world; None while it is being opened."""
        return self.explorer.desk

    def compose(self) -> ComposeResult:
        """The menu, the screen's own parts, hints and the footer."""
        yield TopBar(id="topbar")
        yield Notice()
        with Vertical(id="body"):
            yield from self.parts()
        yield Hints()
        yield Keys()
        yield Progress()

    def parts(self) -> ComposeResult:
        """The screen's own parts."""
        yield from ()

    # --- following what is looked at -----------------------------------------------------------

    def on_mount(self) -> None:
        """Show the first part, and let it have the keys once it is painted."""
        self._show_pane()
        if self.PANES:
            self.call_after_refresh(self._first_focus)

    def _first_focus(self) -> None:
        if self.focused is None:
            self.go_to_pane(self.pane)

    def on_resize(self) -> None:
        """Where there is little room, close the footer up and say which part Tab would show."""
        self.query_one(Keys).compact = self.size.width < WIDE
        self._show_pane()

    def on_screen_resume(self) -> None:
        """Come up to what is looked at now."""
        self.follow()

    def follow(self) -> None:
        """Show what is looked at now, if it is something else than what is shown."""
        self.query_one(TopBar).say(self.explorer.which_world)
        self.query_one(Notice).say(self.explorer.notice)
        self.query_one(Hints).number = self.explorer.hint
        wanted = (id(self.desk), self.looking, *self.depends())
        if self.desk is not None and wanted != self.followed:
            self.followed = wanted
            self.update()

    @property
    def looking(self) -> Looking:
        """What is looked at."""
        return self.explorer.looking

    def depends(self) -> tuple[Any, ...]:
        """What else this screen shows besides what is looked at."""
        return ()

    def update(self) -> None:
        """Ask for what is looked at now."""

    @property
    def dayless(self) -> str:
        """Why another day would change nothing here; '' where it does."""
        return ""

    def look_on(self, day: date) -> None:
        """Look on another day."""
        self.explorer.look_on(day)

    # --- going back, and looking again -----------------------------------------------------------

    def put_back(self, looking: Looking) -> None:
        """Look at what is shown again, without asking for it."""
        self.explorer.looking = looking
        self.followed = (id(self.desk), looking, *self.depends())

    def action_again(self) -> None:
        """Ask anew for what is looked at."""
        self.followed = None
        if self.desk is None:
            self.explorer.open_world()
        self.follow()

    # --- panes -------------------------------------------------------------------------------

    def action_pane(self, by: int) -> None:
        """Go to another part of the screen."""
        panes = [n for n, (where, _, _) in enumerate(self.PANES) if self._can_show(where)]
        if panes:
            at = panes.index(self.pane) if self.pane in panes else 0
            self.go_to_pane(panes[(at + by) % len(panes)])

    def _can_show(self, where: str) -> bool:
        return bool(self.query(where))

    def go_to_pane(self, number: int) -> None:
        """Show a part of the screen, and let it have the keys."""
        self.pane = number
        self._show_pane()
        where, focus, _ = self.PANES[number]
        found = self.query(f"{where} {focus}") or self.query(where)
        shown = [w for w in found if w.can_focus and w.display]
        if shown:
            shown[0].focus()

    def _show_pane(self) -> None:
        for number, (where, _, _) in enumerate(self.PANES):
            for widget in self.query(where):
                widget.set_class(number == self.pane, "-shown")
                widget.border_subtitle = self._ways(number) if self.size.width < WIDE else ""

    def _ways(self, number: int) -> str:
        """The ways from a pane to the others, which are out of sight on a small screen."""
        names = [name for _, _, name in self.PANES]
        back, on = names[number - 1] if number else "", names[(number + 1) % len(names)]
        ways = (("Esc", back), ("Tab", on if on != back else ""))
        return "   ".join(f"{key}: {name}" for key, name in ways if name)

    def on_descendant_focus(self, event: Any) -> None:
        """Let the part with the focus be the one that is shown."""
        for number, (where, _, _) in enumerate(self.PANES):
            for widget in self.query(where):
                if event.widget is widget or widget in event.widget.ancestors:
                    if self.pane != number:
                        self.pane = number
                        self._show_pane()
                    return

    def action_back(self) -> None:
        """Stop what is under way, or go to the part before."""
        if self.query_one(Progress).is_shown:
            self.action_stop()
        elif self.pane > 0:
            self.go_to_pane(self.pane - 1)

    # --- copying and saving --------------------------------------------------------------------

    def main_rows(self) -> Rows | None:
        """The table that copying and saving mean."""
        focused: Widget | None = self.focused
        if isinstance(focused, Rows):
            return focused
        found = self.query(Rows)
        return found.first() if found else None

    @property
    def shown_table(self) -> Table:
        """The table on screen."""
        rows = self.main_rows()
        return rows.table if rows else EMPTY

    @property
    def shown_line(self) -> Line | None:
        """The row under the cursor."""
        rows = self.main_rows()
        return rows.line if rows else None

    def citation(self) -> str:
        """A line to paste in a note; '' where there is nothing to cite."""
        table = self.shown_table
        if not table.lines:
            return ""
        cited = "; ".join(table.citations[:4])
        return f"{table.title}. Sources: {cited or 'the tables of devo'}. Same answer from: {table.source}"

    def text_on_screen(self) -> str:
        """More than the table, to be saved with it: an explanation."""
        return ""
