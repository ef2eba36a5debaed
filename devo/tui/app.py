"""The explorer's app: it opens the world, hands out the screens, and leaves in order whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from devo import keeping
from devo.tui.bars import HINTS
from devo.tui.calm import collect_if_idle, load_ahead, set_aside
from devo.tui.desk import Desk
from devo.tui.going import Going, today
from devo.tui.looking import Looking
from devo.tui.opening import Opened, Opening, first_place, open_or_instead
from devo.tui.page import Page
from devo.tui.searching import Index
from devo.tui.themes import THEMES
from devo.tui.work import Bench, Job

# Exit codes of the contract: a file that cannot be read, and a fault of devo's own.
UNREADABLE, FAILED = 3, 5


def _page(module: str, name: str) -> Callable[[], Page]:
    """A screen, its module loaded when it is first opened."""

    def make() -> Page:
        from importlib import import_module

        page: Page = getattr(import_module(f"devo.tui.screens.{module}"), name)()
        return page

    return make


class Explorer(Going):
    """Who holds what: in a terminal, for people who have never seen Python."""

    TITLE = "devo"
    CSS_PATH = "explorer.tcss"
    MODES = {  # noqa: RUF012  (Textual's own declaration is a class variable)
        "explore": _page("explore", "ExplorePage"),
        "compare": _page("compare", "ComparePage"),
        "draft": _page("draft", "DraftPage"),
        "map": _page("map", "MapPage"),
        "questions": _page("questions", "QuestionsPage"),
    }
    DEFAULT_MODE = "explore"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+p", "command_palette", "All", show=False, priority=True, tooltip="All commands by name"
        ),
        *(Binding(str(n), f"go('{mode}')", show=False) for n, mode in enumerate(MODES, 1)),
    ]

    def __init__(self, opening: Opening, *, alone: bool = False):
        """Where the explorer is `alone` in its process, it sees to Python's housekeeping there."""
        super().__init__()
        self.opening, self.alone = opening, alone
        self._touched = monotonic()
        self.desk: Desk | None = None
        self.folder = opening.state or keeping.state_folder()
        self.memory: dict[str, Any] = {} if opening.fresh else keeping.remembered(self.folder)
        self.hint = _number(self.memory.get("hint"))
        self.looking = Looking(day=opening.on or today(), known=opening.known)
        self.notice = ""
        self.index: Index | None = None
        self.draft_path = ""
        self.trouble: tuple[str, ...] = ()
        self.stopped = False
        self.bench = Bench(self._opened)
        for theme in THEMES:
            self.register_theme(theme)
        kept = self.memory.get("theme")
        self.theme = kept if kept in self.available_themes else "devo-dark"

    # --- opening -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open the world once the first screen has been painted."""
        self.call_after_refresh(self.open_world)

    def open_world(self) -> None:
        """Open the world away from the screen."""
        opening = self.opening
        self.bench.add(Job("world", opening, f"Opening {opening.in_words}", lambda: open_or_instead(opening)))
        self.notice, self.stopped = "", False
        if isinstance(self.screen, Page):
            self.screen.watch_work()

    def _opened(self, job: Job, opened: Opened | None, fault: BaseException | None) -> None:
        """Look at the world that was opened: at the place asked for, or where the person was last."""
        if opened is None:
            from devo.tui.faults import said

            opened = Opened(None, None, tuple(said(fault or LookupError("no world")).split("\n")))
        self.trouble = opened.trouble
        self.desk, self.index = opened.desk, opened.index
        if opened.desk is None:
            self.notice = "Nothing could be opened; q leaves."
            self.follow()
            return
        world = opened.desk.world
        findings = [finding for finding in world.findings if finding.severity != "note"]
        self.trouble += tuple(finding.message for finding in findings)
        if opened.trouble:
            instead = Opening(baseline=opened.desk.opening.baseline).in_words
            self.notice = (
                f"It could not be opened; this is {instead} instead. F says why: {opened.trouble[0]}"
            )
        elif findings:
            count = "one thing" if len(findings) == 1 else f"{len(findings)} things"
            self.notice = f"There is {count} to know about this world: press F."
        subject = first_place(world, (self.opening.place, self.memory.get("place")))
        if subject is not None:
            self.looking = self.looking.at(subject)
        self.follow()
        screen = self.screen
        if (
            subject is not None
            and isinstance(screen, Page)
            and self.current_mode == "explore"
            and screen.pane == 0
        ):
            screen.go_to_pane(1)
        if self.alone:
            set_aside()
            load_ahead()
            self.set_interval(5, lambda: collect_if_idle(monotonic() - self._touched))

    async def on_event(self, event: events.Event) -> None:
        """Note when somebody last did something."""
        if isinstance(event, events.Key | events.MouseEvent):
            self._touched = monotonic()
        await super().on_event(event)

    def opening_stopped(self) -> None:
        """Say that the opening was stopped, and what can be done now."""
        self.stopped = True
        self.notice = f"Opening {self.opening.in_words} was stopped. R opens it after all; q leaves."
        self.follow()

    @property
    def which_world(self) -> str:
        """The world looked at, in words."""
        if self.desk is None:
            return "nothing open" if self.trouble or self.stopped else "opening…"
        return self.desk.opening.in_words

    # --- leaving ---------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave; everything is kept."""
        self.keep_memory()
        self.exit(return_code=UNREADABLE if self.trouble and self.desk is None else 0)

    def keep_memory(self) -> None:
        """Remember for the next time."""
        self.memory["theme"] = self.theme
        if not self.opening.served:
            keeping.remember(self.folder, self.memory)

    def on_unmount(self) -> None:
        """Remember, however the explorer ends."""
        self.keep_memory()

    # --- when everything fails -------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Leave with the exit code of a fault of devo's own, its details in the log and not on the screen."""
        if self.opening.debug or self._exception is None:
            super()._fatal_error()
        else:
            from rich.text import Text

            from devo.tui.faults import keep

            kept = keep(self._exception)
            error = self._exception
            said = [f"devo failed, and the fault is its own: {type(error).__name__}: {error}"]
            said += [f"  The details are in {kept}"] if kept else ["  --debug prints the details."]
            said += ["  Your draft is kept: it comes back on the screen Draft a deal."]
            self._exit_renderables.append(Text("\n".join(said)))
            self._close_messages_no_wait()
        self._return_code = FAILED

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything that can be done, for the list of all commands."""
        from devo.tui.palette import commands

        yield from commands(self)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value <= len(HINTS) else 0
