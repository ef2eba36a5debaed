"""What is looked at, on which day and by whose law, and how a person gets there."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from devo.tui.desk import Desk
from devo.tui.dialogs import Asked, Choice, Reading, Search
from devo.tui.habits import Habits
from devo.tui.looking import Looking, Subject
from devo.tui.page import Page
from devo.tui.searching import Entry, Index
from devo.tui.typed import DAYS, day_of, no_such_day
from devo.tui.work import Bench

RECENT = 12


class Going(Habits):
    """An app that looks at something; the explorer's is made of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "day", "Go to a day", show=False),
        Binding("k", "known", "By whose law", show=False),
        Binding("left_square_bracket", "earlier", "Earlier", show=False),
        Binding("right_square_bracket", "later", "Later", show=False),
    ]

    looking: Looking
    desk: Desk | None
    index: Index | None
    bench: Bench

    @property
    def is_opening(self) -> bool:
        """Whether the world is being opened."""
        return self.bench.is_busy

    def look_at(self, subject: Subject) -> None:
        """Look at a place, a body or a power."""
        self.looking = self.looking.at(subject)
        self._remember(subject.kind, subject.id)
        if subject.kind == "place":
            self.memory["place"] = subject.id
        self.follow()

    def _remember(self, what: str, id_: str) -> None:
        recent = [item for item in self.memory.get("recent", []) if item != [what, id_]]
        self.memory["recent"] = [[what, id_], *recent][:RECENT]

    def look_on(self, day: date) -> None:
        """Look on another day."""
        self.looking = self.looking.on(day)
        self.follow()

    def action_earlier(self) -> None:
        """Go to the last day before on which something here changed."""
        self._step("earlier")

    def action_later(self) -> None:
        """Go to the next day on which something here changes."""
        self._step("later")

    def _step(self, way: str) -> None:
        from devo.tui.bars import TimeBar

        bars = [bar for bar in self.screen.query(TimeBar) if bar.display]
        if isinstance(self.screen, Page) and not bars:
            self.say(self.screen.dayless or "No days of change are shown here; d goes to a day.")
        for bar in bars:
            target = bar.earlier() if way == "earlier" else bar.later()
            if target is not None:
                self.look_on(target)
            elif bar.stopped:
                self.say("Looking for the days of change was stopped: R looks after all.")
            elif not bar.waiting:
                self.say(f"Nothing here changes {way} than this.")

    @work
    async def action_day(self) -> None:
        """Ask for a day to look on."""
        page, now = self.screen, today()
        if not isinstance(page, Page):
            return
        if page.dayless:
            self.say(page.dayless)
            return
        text = await self.push_screen_wait(
            Asked(
                "Which day?",
                hint=DAYS,
                check=lambda typed: no_such_day(typed, now),
            )
        )
        if text is not None and (day := day_of(text, now)) is not None:
            page.look_on(day)

    @work
    async def action_known(self) -> None:
        """Ask by whose law to look."""
        now = today()
        kept = self.looking.known.isoformat() if self.looking.known else ""
        text = await self.push_screen_wait(
            Asked(
                "By the law made by which day? Leave it blank for all the law there is.",
                kept,
                "Laws made after that day do not count; what was agreed by then shows as promised.",
                check=lambda typed: no_such_day(typed, now, blank=True),
            )
        )
        if text is not None:
            self.looking = self.looking.by(day_of(text, now) if text.strip() else None)
            self.follow()

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
        if self.index is None and not self.is_opening:
            self.say("Nothing is open: R opens the world after all.")
            return
        entry = await self.push_screen_wait(Search(self.index, self.recent(), later=lambda: self.index))
        if entry is not None:
            await self.take(entry)

    def recent(self) -> list[Entry]:
        """What was looked at lately."""
        wanted = [tuple(item) for item in self.memory.get("recent", []) if isinstance(item, list)]
        found = {(e.what, e.id): e for e in self.index.entries} if self.index and wanted else {}
        return [found[item] for item in wanted if item in found]

    async def take(self, entry: Entry) -> None:
        """Go to what was found."""
        self._remember(entry.what, entry.id)
        if entry.what == "deal":
            await self.action_go("compare")
            await self.tell_screen("show_deal", entry.id)
        elif entry.what == "question":
            await self.action_go("questions")
            await self.tell_screen("show_question", entry.id)
        elif entry.what == "power" and self.looking.place is not None and self.current_mode == "explore":
            self.looking = self.looking.at(self.looking.place)
            self.follow()
            await self.tell_screen("want_power", entry.id)
            await self.tell_screen("go_to_pane", 1)
        elif entry.subject is not None:
            if self.current_mode not in ("explore", "map", "compare"):
                await self.action_go("explore")
            self.look_at(entry.subject)
            if self.current_mode == "explore":
                await self.tell_screen("go_to_pane", 1)

    async def tell_screen(self, name: str, *terms: Any) -> None:
        """Have the screen that is open do something of its own, such as show a deal."""
        done = getattr(self.screen, name)(*terms)
        if hasattr(done, "__await__"):
            await done


def today() -> date:
    """The day on which a person looks: only a face may ask for it."""
    from devo import front

    return front.today()
