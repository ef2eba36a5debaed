"""Explore: a place, a body or a power on the left, who holds what in the middle, and why on the right."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static

from devo.tui.bars import TimeBar
from devo.tui.browsing import TREES, Browse
from devo.tui.looking import Looking
from devo.tui.messages import DayChosen, Failed, Ready
from devo.tui.page import Page
from devo.tui.rows import Rows
from devo.tui.tables import EMPTY, Table
from devo.tui.texts import content
from devo.tui.trees import Branches
from devo.tui.why import Why
from devo.tui.work import Job


class ExplorePage(Page):
    """Who holds what here, and why."""

    PANES = (
        ("#left", "Branches", "places, bodies, powers"),
        ("#middle", "Rows", "who holds what"),
        ("#right", "#why", "why"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"tree('{tree}')", name, show=False) for tree, key, name in TREES),
        Binding("left_square_bracket", "app.earlier", "Earlier", key_display="["),
        Binding("right_square_bracket", "app.later", "Later", key_display="]"),
    ]
    heading = "Explore: who holds what, and why"
    manual = """Left: places from the country down to districts, then the NHS, police and fire; p, b and w change
between places, bodies and powers. Enter looks at one; the right and left arrows open and close a line.

Middle: who holds what. Under each theme stands each power with who holds it, how, and since when.
"alone" means nobody else may act; "concurrently" each may act alone; "jointly" none without the others;
"by delegation" another stays responsible. Promised powers and facts we are unsure of say so.

Right: why, in plain English, with the Act or order, the conditions, and who else holds it or held it.

Below: the days on which something here changed. [ goes to the day before, ] to the next; d asks for a day;
k asks by whose law: with a day there, laws made later do not count, and promises show as promises.

Not known is never no: where the tables do not say, the screen says that they do not say."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted_power = ""
        # What the bar of days stands for, and what the right explains, where that is asked for.
        self._bar_is_for: Any = None
        self._explained: Any = None
        self._resting: Timer | None = None

    def parts(self) -> ComposeResult:
        """Three panes and the days below them."""
        with Horizontal(id="panes"):
            yield Browse()
            with Vertical(id="middle", classes="pane"):
                yield Static("", id="middle-title", classes="title", markup=False)
                yield Rows(Table(nothing="Opening England…"), id="held")
                yield Static("", id="middle-note", classes="note", markup=False)
            with Vertical(id="right", classes="pane"):
                yield Static(content("Why"), classes="title", markup=False)
                yield Why()
        yield TimeBar()

    # --- the left ----------------------------------------------------------------------------

    def _fill(self) -> None:
        if self.desk is not None:
            self.query_one(Browse).fill(self.desk.on(self.looking))

    def action_tree(self, tree: str) -> None:
        """Show places, bodies or powers."""
        self.query_one(Browse).choose(tree)
        self._fill()
        self.go_to_pane(0)

    def go_to_pane(self, number: int) -> None:
        """The left pane's focus is the tree that is shown."""
        super().go_to_pane(number)
        if number == 0:
            self.query_one(Browse).shown.focus()

    @on(Branches.Looked)
    def _look(self, event: Branches.Looked) -> None:
        event.stop()
        self.go_to_pane(1)
        self.explorer.look_at(event.subject)

    def follow(self) -> None:
        """Where nothing could be opened, say why in the middle."""
        super().follow()
        if self.desk is None and (self.explorer.trouble or self.explorer.stopped):
            nothing = "\n".join(self.explorer.trouble) or "Nothing is open. R opens the world after all."
            self.query_one("#held", Rows).show(Table(nothing=nothing))
            self.query_one(TimeBar).waiting = False

    @property
    def why(self) -> Why:
        """The explanation on the right."""
        return self.query_one(Why)

    # --- the middle --------------------------------------------------------------------------

    def update(self) -> None:
        """Ask who holds what, and on which days that changes."""
        self._fill()
        desk, looking = self.desk, self.looking
        bar = self.query_one(TimeBar)
        bar.now, bar.known = looking.day, looking.known
        if desk is None or looking.subject is None:
            self.query_one("#held", Rows).show(
                Table(nothing="Choose a place on the left, or press / and type one: Wigan, Leeds, Kent.")
            )
            bar.waiting = False
            self.why.say()
            return
        from devo.tui.holdings import table_of

        doing = f"Looking up who holds what: {looking.subject.name}"
        self.fetch("held", looking, lambda: _table(desk, looking, table_of), doing, first=True)
        self._ask_days()

    def _ask_days(self) -> None:
        desk, looking, bar = self.desk, self.looking, self.query_one(TimeBar)
        bar.waiting = desk is not None and self._bar_is_for != (looking.subject, looking.known)
        bar.stopped = False
        if bar.waiting and desk is not None:
            self.fetch("days", looking, lambda: desk.days(looking), "Looking for the days of change")

    def was_stopped(self, job: Job) -> None:
        """Look at what is shown again; what was stopped beside it says so."""
        bar = self.query_one(TimeBar)
        if job.about == "held" and self.shown is not None:
            self.put_back(self.shown)
            bar.now, bar.known = self.shown.day, self.shown.known
            self._ask_days()
        elif job.about == "held":
            self.query_one("#held", Rows).show(Table(nothing="This was stopped. R looks it up after all."))
        elif job.about == "days" and self._bar_is_for != (self.looking.subject, self.looking.known):
            bar.waiting, bar.stopped = False, True
        elif job.about == "why" and job.asked == self._explained:
            self.why.say("This was stopped. R explains it after all.")

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.about == "held" and event.asked == self.looking:
            self.shown = event.asked
            self._show_held(event.value)
        elif event.about == "days" and event.asked.subject == self.looking.subject:
            bar = self.query_one(TimeBar)
            bar.days, bar.waiting, bar.stopped = event.value, False, False
            self._bar_is_for = (event.asked.subject, event.asked.known)
        elif event.about == "why" and event.asked == self._explained:
            self.why.show(event.value)
            self._ask_beside()
        elif event.about == "beside" and event.asked == self._explained:
            self.why.add(event.value)

    def _ask_beside(self) -> None:
        """What plugins have to say comes after the explanation, and only once the cursor has come to rest."""
        asked, desk = self._explained, self.desk
        if self._resting is not None:
            self._resting.stop()
        self._resting = None

        def ask() -> None:
            if asked == self._explained and desk is not None:
                key, looking = asked
                self.fetch(
                    "beside",
                    asked,
                    lambda: desk.beside(looking, key.body, key.power, key.place),
                    "Asking the plugins about it",
                )

        self._resting = self.set_timer(0.25, ask)

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.about == "held" and event.asked == self.looking:
            self.query_one("#held", Rows).show(Table(nothing=event.why))
        elif event.about == "days" and event.asked.subject == self.looking.subject:
            self.query_one(TimeBar).waiting = False
        elif event.about == "why" and event.asked == self._explained:
            self.why.say(event.why)

    def _show_held(self, table: Table) -> None:
        rows = self.query_one("#held", Rows)
        before = rows.line.key if rows.line else None
        at = 0
        for number, line in enumerate(table.lines):
            if self._wanted_power and line.key.power == self._wanted_power:
                at, self._wanted_power = number, ""
                break
            if before is not None and line.key.power == before.power and not self._wanted_power:
                at = number
                break
        self.query_one("#middle-title", Static).update(content(table.title))
        note = table.note
        if self._wanted_power and table.lines:
            note = "That power has no known holder here on this day. " + note
            self._wanted_power = ""
        self.query_one("#middle-note", Static).update(content(note))
        rows.show(table, at)

    def want_power(self, power: str) -> None:
        """Put the cursor on a power when the place is shown, or now if it is."""
        rows = self.query_one("#held", Rows)
        for number, line in enumerate(rows.table.lines):
            if self.followed and self.followed[1] == self.looking and line.key.power == power:
                rows.cursor = number
                return
        self._wanted_power = power
        self.followed = None
        self.follow()

    @on(Rows.Highlighted)
    def _explain(self, event: Rows.Highlighted) -> None:
        event.stop()
        desk, looking = self.desk, self.looking
        if event.line is None or desk is None:
            self._explained = None
            self.why.say()
            return
        key = event.line.key
        self._explained = (key, looking)
        self.fetch("why", self._explained, lambda: _reasons(desk, looking, key), "Looking up why", first=True)

    @on(Rows.Chosen)
    def _read(self, event: Rows.Chosen) -> None:
        event.stop()
        self.go_to_pane(2)

    @on(DayChosen)
    def _day(self, event: DayChosen) -> None:
        event.stop()
        self.explorer.look_on(event.day)

    # --- copying -----------------------------------------------------------------------------

    def main_rows(self) -> Rows | None:
        """The rows in the middle."""
        return self.query_one("#held", Rows)

    def citation(self) -> str:
        """The answer with its law and where to read it."""
        return self.why.citation or super().citation()

    def text_on_screen(self) -> str:
        """The explanation."""
        return self.why.text


def _table(desk: Any, looking: Looking, table_of: Any) -> Table:
    answer = desk.about(looking)
    return table_of(desk, looking, answer) if answer is not None else EMPTY


def _reasons(desk: Any, looking: Looking, key: Any) -> Any:
    from devo.tui.reasons import Reasons

    said = desk.explain(looking, key.body, key.power, key.place)
    record = desk.world.powers.get(key.power)
    layers = {layer: record.name for layer, record in desk.world.mosaic.geographies.items()}
    return Reasons(said, (), record.statute if record else "", record.purpose if record else "", layers)
