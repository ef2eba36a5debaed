"""Compare: two or three worlds side by side at a place, or what one deal changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from devo.tui.desk import Desk, content_of
from devo.tui.dialogs import Search
from devo.tui.links import Link
from devo.tui.looking import Subject
from devo.tui.messages import Failed, Ready
from devo.tui.planned import Planned
from devo.tui.plans import councils_of, plan_table
from devo.tui.rows import Rows
from devo.tui.screens.choosing import chosen_deal, chosen_side
from devo.tui.sides import Side, between, side_by_side
from devo.tui.tables import Line, Table
from devo.tui.texts import content, cut
from devo.tui.work import Job

LONG_AGO = date(2014, 11, 1)
_YEAR = timedelta(days=365)
# The most that the names of the columns may take of a small screen's width, each.
_NAME = 20


class ComparePage(Planned):
    """Two or three worlds side by side, or what a deal changes."""

    PANES = (("#main", "Rows", "side by side"), ("#detail", "#detail-text", "the row in full"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "side(0)", "Change A", show=False),
        Binding("b", "side(1)", "Change B", show=False),
        Binding("n", "third", "A third column", show=False),
        Binding("l", "deal", "Deal"),
        Binding("p", "place", "Place"),
        Binding("o", "other", "Show all"),
    ]
    heading = "Compare: side by side"
    manual = """Two columns, A and B, say who holds each power at one place: on two days, with and without a deal, under
a deal file or a draft of yours, or under England's general law before any deal. a and b change a column, n adds a
third, d changes the day of the last. Only what differs is shown, until o shows all. A cell that changed says so in a
word: new, gone or changed.

l chooses a deal instead: everything it changed, as an official would say it. A power moves up when it goes to a
body that answers for more people, and down to one that answers for fewer. p keeps to one place, or to none; below
the sentences stand the lines, and on the right the one under the cursor in full, with what each council here loses
and gains. w shows all of the sentences where there is no room for them."""

    def __init__(self) -> None:
        super().__init__()
        self.sides: tuple[Side, ...] = ()
        self.deal = ""
        self.everything = False
        self.local = True
        self._asked: Any = None
        self._between: dict[Any, Any] = {}

    def parts(self) -> ComposeResult:
        """What is compared, the sentences, the rows, and the row in full."""
        with Horizontal(id="sides"):
            yield Link("", "side(0)", id="side-a")
            yield Link("", "side(1)", id="side-b")
            yield Link("", "third", id="side-c")
            yield Link("", "place", id="side-place")
            yield Link("", "other", id="side-all")
        with Horizontal(id="panes"):
            yield from self.plan_parts("compared", "Opening England…")

    def depends(self) -> tuple[Any, ...]:
        """The sides, the deal, how much is shown, and what the deal files say, a draft's among them."""
        said = tuple(content_of(deal) for side in self.sides for deal in side.deals)
        return (self.sides, self.deal, self.everything, self.local, said)

    @property
    def place(self) -> Subject | None:
        """The place that is compared."""
        return self.looking.place

    # --- asking --------------------------------------------------------------------------------

    def update(self) -> None:
        """Ask for the comparison."""
        desk, looking, place = self.desk, self.looking, self.place
        if desk is None:
            return
        if not self.sides:
            day = looking.day
            long_ago = LONG_AGO if day > LONG_AGO else max(day, date.min + _YEAR) - _YEAR
            self.sides = (Side(long_ago), Side(day))
        self._say_sides()
        self._asked = (looking, self.depends())
        self.followed = (id(desk), looking, *self.depends())
        for about in ("plan", "sides", "words"):
            self.bench.stop(about)
        if self.deal:
            self._ask_plan(desk)
        elif place is None:
            self.shown, self.plan = self._asked, None
            self.say_sentences(Content(""))
            self.query_one("#compared", Rows).show(
                Table(nothing="Choose a place first: press / and type one. Or press l to look at a deal.")
            )
        else:
            self._ask_sides(desk, place)

    def _ask_plan(self, desk: Desk) -> None:
        looking, deal = self.looking, self.deal
        where = self.place.id if self.place and self.local else ""
        self.fetch(
            "plan",
            self._asked,
            lambda: (desk.plan(deal, looking, place=where), councils_of(desk, looking, where)),
            f"Working out what {self._deal_name()} changes",
            first=True,
        )

    def _ask_sides(self, desk: Desk, place: Subject) -> None:
        looking, sides, everything = self.looking, self.sides, self.everything
        self.fetch(
            "sides",
            self._asked,
            lambda: side_by_side(desk, looking, sides, place.id, everything=everything),
            f"Putting {' and '.join(side.label for side in sides)} side by side",
            first=True,
        )
        key = self._pair
        if key not in self._between:
            self.fetch(
                "words",
                self._asked,
                lambda: (key, between(desk, looking, sides, place.id)),
                "Saying what lies between",
            )

    @property
    def _pair(self) -> Any:
        """What the sentences between the columns are about."""
        return (self.sides, self.looking.known, self.place.id if self.place else "", self.depends()[-1])

    def was_stopped(self, job: Job) -> None:
        """Compare what is shown again."""
        if job.about == "words":
            self.say_sentences(content("This was stopped. R says what differs after all."))
        elif self.shown is not None:
            looking, (self.sides, self.deal, self.everything, self.local, _) = self.shown
            self.put_back(looking)
            self._say_sides()
        else:
            self.query_one("#compared", Rows).show(Table(nothing="This was stopped. R does it after all."))

    # --- showing -----------------------------------------------------------------------------

    def _say_sides(self) -> None:
        name = self.place.name if self.place else "no place"
        if self.deal:
            here = f"Only {name}" if self.local and self.place else "Everywhere"
            self._say_links(f"l Deal: {self._deal_name()}", "a Two days instead", "", f"p {here}", "")
            return
        most = max(_NAME, self.size.width // 4)
        labels = [cut(side.label, most) for side in self.sides]
        third = labels[2] if len(labels) > 2 else "+ a third"
        shown = "Only what differs" if self.everything else "Show all"
        self._say_links(f"a {labels[0]}", f"b {labels[1]}", f"n {third}", f"p In {name}", f"o {shown}")

    def _say_links(self, *texts: str) -> None:
        for link, text in zip(self.query("#sides Link").results(Link), texts, strict=True):
            link.say(f" {text} " if text else "")

    def _deal_name(self) -> str:
        if self.desk is None:
            return self.deal
        return next((d.name for d in self.desk.world.deals if d.code == self.deal), Path(self.deal).stem)

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked or self.desk is None:
            return
        rows = self.query_one("#compared", Rows)
        if event.about == "words":
            key, found = event.value
            self._between[key] = found
            self._say_between(found)
        elif event.about == "plan":
            self.shown = event.asked
            place = ("--place", self.place.id) if self.local and self.place else ()
            source = self.desk.said(replace(self.looking, day=date.min), "plan", self.deal, *place)
            plan, councils = event.value
            self.show_plan(plan, councils, rows, plan_table(plan, source))
        else:
            self.shown, self.plan = event.asked, None
            self._say_between(self._between.get(self._pair))
            rows.show(event.value)

    def _say_between(self, found: Sequence[tuple[str, Sequence[str]]] | None) -> None:
        lines = [content("Saying what lies between…", "$devo-muted")] if found is None else []
        for heading, sentences in found or ():
            if len(self.sides) > 2:
                lines.append(content(heading, "bold $devo-accent"))
            lines += [content(f"• {sentence}") for sentence in sentences]
        self.say_sentences(Content("\n").join(lines))

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.say_sentences(content(event.why.split("\n")[0], "$devo-loss"))
            if event.about != "words":
                self.plan = None
                self.query_one("#compared", Rows).show(Table(nothing=event.why))

    @on(Rows.Highlighted)
    def _in_full(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.line is None:
            if self.plan is None:
                self.say_in_full()
        elif self.plan is not None:
            self.say_change(event.line.key)
        else:
            self.say_in_full(*_cells(event.rows.table, event.line))

    @on(Rows.Chosen)
    def _read(self, event: Rows.Chosen) -> None:
        event.stop()
        self.go_to_pane(1)

    # --- what is compared ----------------------------------------------------------------------

    def show_deal(self, code: str) -> None:
        """Show what a deal changes."""
        self.deal = code
        self.follow()
        self.go_to_pane(0)

    def show_sides(self, *sides: Side) -> None:
        """Show some worlds side by side."""
        self.deal = ""
        self.sides = sides
        self.follow()
        self.go_to_pane(0)

    @property
    def dayless(self) -> str:
        """A deal is looked at before and after all of it, whatever the day."""
        return (
            "A deal is compared from before its first change to after its last; a shows two days."
            if self.deal
            else ""
        )

    def look_on(self, day: date) -> None:
        """Show the last column on another day."""
        if self.sides:
            *others, last = self.sides
            self.show_sides(*others, replace(last, day=day))

    @work
    async def action_side(self, number: int) -> None:
        """Choose what a column shows."""
        if self.deal or not self.sides:
            self.show_sides(*self.sides)
            return
        side = await chosen_side(self, self.sides[number] if number < len(self.sides) else self.sides[-1])
        if side is not None:
            self.show_sides(*self.sides[:number], side, *self.sides[number + 1 :])

    @work
    async def action_third(self) -> None:
        """Add a third column, or take it away."""
        if self.deal or not self.sides:
            self.show_sides(*self.sides)
        elif len(self.sides) > 2:
            self.show_sides(*self.sides[:2])
        elif (side := await chosen_side(self, self.sides[-1])) is not None:
            self.show_sides(*self.sides, side)

    @work
    async def action_deal(self) -> None:
        """Choose a deal, and see what it changes."""
        deal = await chosen_deal(self)
        if deal:
            self.show_deal(deal)

    @work
    async def action_place(self) -> None:
        """Keep to a place, or to none; for two worlds, choose the place."""
        if self.deal and self.place is not None:
            self.local = not self.local
            self.follow()
            return
        if self.explorer.index is None:
            return
        places = [entry for entry in self.explorer.recent() if entry.what == "place"]
        entry = await self.app.push_screen_wait(Search(self.explorer.index, places, only=("place",)))
        if entry is not None and entry.subject is not None:
            self.explorer.look_at(entry.subject)

    def action_other(self) -> None:
        """Show all rows, or only those that differ."""
        if self.deal:
            self.explorer.say("All that a deal changes is shown; a shows two days instead.")
            return
        self.everything = not self.everything
        self.follow()


def _cells(table: Table, line: Line) -> list[Content]:
    """A row in full: under each of the columns that are shown what it says.

    They may be others than those asked for, while these are worked out.
    """
    name, *texts = line.texts()
    said = [content(name, "bold"), content("")]
    for heading, text in zip(table.headings[1:], texts, strict=True):
        said += [content(heading, "bold $devo-accent"), content(text), content("")]
    return said
