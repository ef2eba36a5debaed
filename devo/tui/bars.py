"""The bars of every screen: the menu on top, the days below, and the hints of the first run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from devo.tui.messages import DayChosen
from devo.tui.texts import content, cut, day, long_day, safe

if TYPE_CHECKING:
    from devo.tui.app import Explorer

MENU = (
    ("explore", "1", "Explore"),
    ("compare", "2", "Compare"),
    ("draft", "3", "Draft a deal"),
    ("map", "4", "Map"),
    ("questions", "5", "Questions"),
)


class MenuItem(Static):
    """One screen's name in the menu; a click goes there."""

    ALLOW_SELECT = False

    def __init__(self, mode: str, key: str, name: str):
        super().__init__(Content(f" {key} {name} "), markup=False, id=f"menu-{mode}")
        self.mode = mode

    async def on_click(self) -> None:
        """Go to the screen."""
        await self.app.run_action(f"go('{self.mode}')")


class TopBar(Horizontal):
    """The menu, and at the right which world is looked at."""

    def compose(self) -> ComposeResult:
        """The screens' names and the world's."""
        for mode, key, name in MENU:
            yield MenuItem(mode, key, name)
        yield Static("", id="which-world", markup=False)

    def on_mount(self) -> None:
        """Mark the screen that is open."""
        current = self.app.current_mode
        for item in self.query(MenuItem):
            item.set_class(item.mode == current, "-current")

    def say(self, world: str) -> None:
        """Say which world is looked at."""
        self.query_one("#which-world", Static).update(content(world))


class Notice(Static):
    """A line that says what is wrong with the world, where something is; a click shows all of it."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("", markup=False, id="notice")

    def say(self, text: str) -> None:
        """Say something, or with no text nothing."""
        self.update(content(text))
        self.display = bool(text)

    async def on_click(self) -> None:
        """Show all of it."""
        await self.app.run_action("findings")


class TimeBar(Widget, can_focus=True):
    """The days on which what is looked at changes, and the day it is looked at on."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"timebar--tick", "timebar--now", "timebar--muted"}
    days: var[Sequence[date]] = var[Sequence[date]](())
    now: var[date] = var(date.min)
    known: var[date | None] = var[date | None](None)
    waiting: var[bool] = var(True)
    stopped: var[bool] = var(False)

    def __init__(self) -> None:
        super().__init__(id="timebar")

    def watch_days(self) -> None:
        """Draw the days anew."""
        self.refresh()

    watch_now = watch_known = watch_waiting = watch_stopped = watch_days

    # --- stepping ----------------------------------------------------------------------------

    def earlier(self) -> date | None:
        """The last day of change before the one looked at; the day before the first shows how it was."""
        before = bisect_left(self.days, self.now)
        if before:
            return self.days[before - 1]
        if self.days and self.now == self.days[0]:
            return date.fromordinal(self.now.toordinal() - 1)
        return None

    def later(self) -> date | None:
        """The next day of change after the one looked at."""
        after = bisect_right(self.days, self.now)
        return self.days[after] if after < len(self.days) else None

    def on_click(self, event: events.Click) -> None:
        """Go to the day of change nearest to the click; the words at the ends step."""
        width = self.content_size.width
        x = event.x - self.gutter.left
        if event.y == self.gutter.top:
            target = self.earlier() if x < width // 3 else self.later() if x > width * 2 // 3 else None
            if target is None and width // 3 <= x <= width * 2 // 3:
                self.app.run_worker(self.app.run_action("day"))
        elif self.days:
            at = [self._x(d, width) for d in self.days]
            target = self.days[min(range(len(at)), key=lambda n: abs(at[n] - x))]
        else:
            target = None
        if target is not None:
            self.post_message(DayChosen(target))

    # --- drawing -----------------------------------------------------------------------------

    def render(self) -> Content:
        """Words on the first line, ticks on the second, years on the third."""
        width = max(self.content_size.width, 20)
        lines = [self._words(width)]
        if self.content_size.height > 1:
            lines.append(self._ticks(width))
        if self.content_size.height > 2:
            lines.append(self._years(width))
        return Content("\n").join(lines)

    def _words(self, width: int) -> Content:
        earlier, later = self.earlier(), self.later()
        left = f"[ ← {day(earlier)}" if earlier else ""
        right = f"{day(later)} → ]" if later else ""
        if self.waiting or self.stopped:
            left, right = ("looking for changes…" if self.waiting else "R looks for changes"), ""
        now = long_day(self.now) if self.now != date.min else ""
        if self.known is not None:
            now += f", by the law made by {day(self.known)}"
        room = width - 2 * max(len(left), len(right)) - 2
        now = cut(now, max(room, 12))
        gap = max((width - len(now)) // 2 - len(left), 1)
        rest = max(width - len(left) - gap - len(now) - len(right), 1)
        return Content.assemble(
            (left, "$devo-accent"), " " * gap, (now, "bold"), " " * rest, (right, "$devo-accent")
        )

    def _ticks(self, width: int) -> Content:
        cells = ["─"] * width
        for when in self.days:
            cells[self._x(when, width)] = "┴"
        if self.days:
            cells[self._x(self.now, width)] = "█"
        line = "".join(cells)
        at = line.find("█")
        if at < 0:
            return Content.styled(line, "$devo-muted")
        return Content.assemble(
            (line[:at], "$devo-muted"), (line[at], "bold $devo-accent"), (line[at + 1 :], "$devo-muted")
        )

    def _years(self, width: int) -> Content:
        if not self.days:
            return Content.styled(
                "" if self.waiting or self.stopped else safe("no changes are known"), "$devo-muted"
            )
        first, last = self._span()
        cells = [" "] * width
        free = 0
        for year in range(first.year, last.year + 1):
            at = self._x(date(year, 1, 1), width)
            if date(year, 1, 1) >= first and at >= free and at + 4 <= width:
                cells[at : at + 4] = str(year)
                free = at + 6
        return Content.styled("".join(cells), "$devo-muted")

    def _span(self) -> tuple[date, date]:
        inside = [*self.days, self.now]
        return max(min(inside), date(1, 1, 2)), max(inside)

    def _x(self, when: date, width: int) -> int:
        first, last = self._span()
        whole = max((last - first).days, 1)
        return max(0, min(width - 1, round((when - first).days / whole * (width - 1))))


HINTS = (
    "Welcome. Press / and type a place, a power, a deal or a question, then Enter.",
    "Up and down move through the powers; the right-hand side says why. Tab goes to the next part.",
    "[ and ] step to the day before and after on which something here changed. d asks for a day.",
    "1 to 5 change the screen: Explore, Compare, Draft a deal, Map, Questions.",
    "c copies, e saves what is on screen to a file, ? explains each screen. Ctrl+P lists everything.",
)


class Hints(Static):
    """The first run's tour: one line, never in the way. `h` or a click goes on."""

    ALLOW_SELECT = False
    number: var[int] = var(0)

    def __init__(self) -> None:
        super().__init__("", markup=False, id="hints")

    @property
    def explorer(self) -> Explorer:
        """The app."""
        return self.app  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Show the hint that is next."""
        self.number = self.explorer.hint

    def watch_number(self) -> None:
        """Show a hint, or after the last nothing."""
        self.display = self.number < len(HINTS)
        if self.display:
            count = f"Hint {self.number + 1} of {len(HINTS)}: "
            more = "  (h: next hint)" if self.number + 1 < len(HINTS) else "  (h: close)"
            self.update(Content.assemble((count, "bold"), HINTS[self.number], (more, "$devo-muted")))

    def on_click(self) -> None:
        """Show the next hint."""
        self.explorer.action_hint()
