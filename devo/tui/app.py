"""The explorer's app: it owns what is looked at, opens the world, and hands out the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from devo import keeping
from devo.tui.bars import HINTS
from devo.tui.desk import Desk, open_desk
from devo.tui.dialogs import Asked, Choice, Reading, Search, day_of, no_such_day
from devo.tui.looking import Looking, Subject
from devo.tui.opening import Opening
from devo.tui.page import Page
from devo.tui.searching import Entry, Index
from devo.tui.themes import THEMES

RECENT = 12
# Exit codes of the contract: a file that cannot be read, and a fault of devo's own.
UNREADABLE, FAILED = 3, 5


def _page(module: str, name: str) -> Callable[[], Page]:
    """A screen, its module loaded when it is first opened."""

    def make() -> Page:
        from importlib import import_module

        page: Page = getattr(import_module(f"devo.tui.screens.{module}"), name)()
        return page

    return make


class Explorer(App[None]):
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
        Binding("slash", "search", "Search", key_display="/"),
        Binding("c", "copy", "Copy"),
        Binding("e", "save", "Export"),
        Binding("question_mark,f1", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding(
            "ctrl+p", "command_palette", "All", show=False, priority=True, tooltip="All commands by name"
        ),
        *(Binding(str(n), f"go('{mode}')", show=False) for n, mode in enumerate(MODES, 1)),
        Binding("C", "copy_table", "Copy table", show=False),
        Binding("r", "copy_citation", "Copy citation", show=False),
        Binding("S", "picture", "Save picture", show=False),
        Binding("d", "day", "Go to a day", show=False),
        Binding("k", "known", "By whose law", show=False),
        Binding("t", "other_theme", "Light or dark", show=False),
        Binding("h", "hint", "Next hint", show=False),
        Binding("F", "findings", "What is wrong", show=False),
    ]

    def __init__(self, opening: Opening):
        super().__init__()
        self.opening = opening
        self.desk: Desk | None = None
        self.folder = opening.state or keeping.state_folder()
        self.memory: dict[str, Any] = {} if opening.fresh else keeping.remembered(self.folder)
        self.hint = _number(self.memory.get("hint"))
        self.looking = Looking(day=opening.on or _today(), known=opening.known)
        self.notice = ""
        self.index: Index | None = None
        self.draft_path = ""
        self.trouble = ""
        self._trouble: list[str] = []
        for theme in THEMES:
            self.register_theme(theme)
        kept = self.memory.get("theme")
        self.theme = kept if kept in self.available_themes else "devo-dark"

    # --- opening -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open the world once the first screen has been painted."""
        self.call_after_refresh(self.open_world)

    @work(thread=True, exclusive=True, group="world", exit_on_error=False)
    def open_world(self) -> None:
        """Open the world away from the screen; where it cannot be opened, say why and open plain England."""
        from devo.tui.faults import said

        trouble: list[str] = []
        try:
            desk = open_desk(self.opening)
        except Exception as error:  # the explorer shows what it can, whatever is wrong with what it was given
            trouble = said(error).split("\n")
            try:
                desk = open_desk(Opening(state=self.opening.state))
            except Exception as second:
                self.call_from_thread(self.nothing_to_open, [*trouble, *said(second).split("\n")])
                return
        index = Index(desk.world)
        self.call_from_thread(self.opened, desk, index, trouble)

    def opened(self, desk: Desk, index: Index, trouble: list[str]) -> None:
        """Look at the world that was opened: at the place asked for, or where the person was last."""
        self.desk, self.index = desk, index
        findings = [finding for finding in desk.world.findings if finding.severity != "note"]
        self._trouble = [*trouble, *(finding.message for finding in findings)]
        if trouble:
            self.notice = (
                f"It could not be opened; this is {desk.opening.baseline} instead. F says why: {trouble[0]}"
            )
        elif findings:
            count = "one thing" if len(findings) == 1 else f"{len(findings)} things"
            self.notice = f"There is {count} to know about this world: press F."
        subject = self._first_subject(desk)
        if subject is not None:
            self.looking = self.looking.at(subject)
        self._followed()
        screen = self.screen
        if (
            subject is not None
            and isinstance(screen, Page)
            and self.current_mode == "explore"
            and screen.pane == 0
        ):
            screen.go_to_pane(1)

    def nothing_to_open(self, trouble: list[str]) -> None:
        """Say that no world could be opened."""
        self._trouble = trouble
        self.notice = "Nothing could be opened; q leaves."
        self.trouble = "\n".join(trouble)
        self._followed()

    def _first_subject(self, desk: Desk) -> Subject | None:
        from devo import names
        from devo.names import NameFault

        for text in (self.opening.place, self.memory.get("place")):
            if isinstance(text, str) and text:
                try:
                    place = names.place(desk.world, text)
                except NameFault:
                    continue
                layered = f"{place.geography}:{place.id}" if place.geography else place.id
                return Subject("place", layered, place.name)
        return None

    @property
    def which_world(self) -> str:
        """The world looked at, in words."""
        if self.desk is None:
            return "opening…" if not self._trouble else "nothing open"
        opening = self.desk.opening
        said = opening.scenario or {"england": "England"}.get(opening.baseline, opening.baseline)
        if opening.deals:
            said += f" with {', '.join(opening.deals)}"
        if opening.without:
            said += f" without {', '.join(opening.without)}"
        return said

    # --- what is looked at ---------------------------------------------------------------------

    def look_at(self, subject: Subject) -> None:
        """Look at a place, a body or a power."""
        self.looking = self.looking.at(subject)
        recent = [item for item in self.memory.get("recent", []) if item != [subject.kind, subject.id]]
        self.memory["recent"] = [[subject.kind, subject.id], *recent][:RECENT]
        if subject.kind == "place":
            self.memory["place"] = subject.id
        self._followed()

    def look_on(self, day: date) -> None:
        """Look on another day."""
        self.looking = self.looking.on(day)
        self._followed()

    def _followed(self) -> None:
        screen = self.screen
        if isinstance(screen, Page):
            screen.follow()

    def action_earlier(self) -> None:
        """Go to the last day before on which something here changed."""
        self._step("earlier")

    def action_later(self) -> None:
        """Go to the next day on which something here changes."""
        self._step("later")

    def _step(self, way: str) -> None:
        from devo.tui.bars import TimeBar

        for bar in self.screen.query(TimeBar):
            target = bar.earlier() if way == "earlier" else bar.later()
            if target is not None:
                self.look_on(target)
            elif not bar.waiting:
                self.say(f"Nothing here changes {way} than this.")

    @work
    async def action_day(self) -> None:
        """Ask for a day to look on."""
        today = _today()
        text = await self.push_screen_wait(
            Asked(
                "Which day?",
                hint="2018-05-01, 1 May 2018, May 2018, 2018 or today",
                check=lambda typed: no_such_day(typed, today),
            )
        )
        if text is not None and (day := day_of(text, today)) is not None:
            self.look_on(day)

    @work
    async def action_known(self) -> None:
        """Ask by whose law to look."""
        today = _today()
        kept = self.looking.known.isoformat() if self.looking.known else ""
        text = await self.push_screen_wait(
            Asked(
                "By the law made by which day? Leave it blank for all the law there is.",
                kept,
                "Laws made after that day do not count; what was agreed by then shows as promised.",
                check=lambda typed: no_such_day(typed, today, blank=True),
            )
        )
        if text is not None:
            self.looking = self.looking.by(day_of(text, today) if text.strip() else None)
            self._followed()

    # --- going places --------------------------------------------------------------------------

    async def action_go(self, mode: str) -> None:
        """Go to another screen."""
        while isinstance(self.screen, Asked | Choice | Reading | Search):
            self.pop_screen()
        if self.current_mode != mode:
            await self.switch_mode(mode)

    @work
    async def action_search(self) -> None:
        """Search for anything that has a name."""
        if self.index is None:
            self.say("England is still being opened; try again in a moment.")
            return
        entry = await self.push_screen_wait(Search(self.index, self.recent()))
        if entry is not None:
            await self.take(entry)

    def recent(self) -> list[Entry]:
        """What was looked at lately."""
        wanted = [tuple(item) for item in self.memory.get("recent", []) if isinstance(item, list)]
        found = {(e.what, e.id): e for e in self.index.entries} if self.index and wanted else {}
        return [found[item] for item in wanted if item in found]

    async def take(self, entry: Entry) -> None:
        """Go to what was found."""
        if entry.what == "deal":
            await self.action_go("compare")
            await self._page_asked("show_deal", entry.id)
        elif entry.what == "question":
            await self.action_go("questions")
            await self._page_asked("show_question", entry.id)
        elif entry.what == "power" and self.looking.place is not None and self.current_mode == "explore":
            self.looking = self.looking.at(self.looking.place)
            self._followed()
            await self._page_asked("want_power", entry.id)
            await self._page_asked("go_to_pane", 1)
        elif entry.subject is not None:
            if self.current_mode not in ("explore", "map", "compare"):
                await self.action_go("explore")
            self.look_at(entry.subject)
            if self.current_mode == "explore":
                await self._page_asked("go_to_pane", 1)

    async def _page_asked(self, name: str, *terms: Any) -> None:
        done = getattr(self.screen, name)(*terms)
        if hasattr(done, "__await__"):
            await done

    # --- habits --------------------------------------------------------------------------------

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something in passing; never the only place where something wrong is said."""
        from devo.tui.texts import safe

        self.notify(safe(text), severity="warning" if warning else "information", markup=False, timeout=6)

    def action_help(self) -> None:
        """Explain the screen."""
        from devo.tui.manual import manual

        if isinstance(self.screen, Page):
            self.push_screen(Reading(self.screen.heading, manual(self.screen)))

    def action_findings(self) -> None:
        """Show what is wrong with the world."""
        text = (
            "\n\n".join(self._trouble) if self._trouble else "Nothing is known to be wrong with this world."
        )
        self.push_screen(Reading("What there is to know about this world", text))

    def action_hint(self) -> None:
        """Show the next hint."""
        self.hint = min(self.hint + 1, len(HINTS))
        self.memory["hint"] = self.hint
        self._followed()

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

    async def action_quit(self) -> None:
        """Leave; everything is kept."""
        self.keep_memory()
        self.exit(return_code=UNREADABLE if self.trouble else 0)

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


def _today() -> date:
    from devo import front

    return front.today()


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value <= len(HINTS) else 0
