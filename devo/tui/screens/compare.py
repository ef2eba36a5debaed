"""Compare: two or three worlds side by side at a place, or what one deal changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from devo.tui.dialogs import Search
from devo.tui.links import Link
from devo.tui.looking import Subject
from devo.tui.messages import Failed, Ready
from devo.tui.page import Page
from devo.tui.plans import beside, change_words, councils_of, gains_and_losses, plan_table, plan_words
from devo.tui.rows import Rows
from devo.tui.screens.choosing import chosen_deal, chosen_side
from devo.tui.sides import Side, between, side_by_side
from devo.tui.tables import Table
from devo.tui.texts import content
from devo.tui.work import Job

LONG_AGO = date(2014, 11, 1)


class ComparePage(Page):
    """Two or three worlds side by side, or what a deal changes."""

    PANES = (("#main", "Rows"), ("#detail", "#detail-text"))
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
third. Only what differs is shown, until o shows all. A cell that changed says so in a word: new, gone or changed.

l chooses a deal instead: everything it changed, as an official would say it. A power moves up when it goes to a
body that answers for more people, and down to one that answers for fewer. p keeps to one place, or to none; below
the sentences stand the lines, and on the right the one under the cursor in full, with what each council here loses
and gains."""

    def __init__(self) -> None:
        super().__init__()
        self.sides: tuple[Side, ...] = ()
        self.deal = ""
        self.everything = False
        self.local = True
        self.plan: Any = None
        self.councils: list[str] = []
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
            with Vertical(id="main", classes="pane"):
                with VerticalScroll(id="summary-box"):
                    yield Static("", id="summary", markup=False)
                yield Rows(Table(nothing="Opening England…"), id="compared")
            with Vertical(id="detail", classes="pane"), VerticalScroll(id="detail-text"):
                yield Static("", id="detail-words", markup=False)

    def depends(self) -> tuple[Any, ...]:
        """The sides, the deal, and how much is shown."""
        return (self.sides, self.deal, self.everything, self.local)

    @property
    def place(self) -> Subject | None:
        """The place that is compared."""
        return self.looking.place

    def update(self) -> None:
        """Ask for the comparison."""
        desk, looking, place = self.desk, self.looking, self.place
        if desk is None:
            return
        if not self.sides:
            self.sides = (Side(LONG_AGO), Side(looking.day))
        self._say_sides()
        asked = self._asked = (looking, self.depends())
        self.followed = (id(desk), looking, *self.depends())
        for about in ("plan", "sides", "words"):
            self.bench.stop(about)
        if self.deal:
            where = place.id if place and self.local else ""
            deal = self.deal
            councils = place.id if place and self.local else ""
            self.fetch(
                "plan",
                asked,
                lambda: (desk.plan(deal, looking, place=where), councils_of(desk, looking, councils)),
                f"Working out what {self._deal_name()} changes",
                first=True,
            )
        elif place is None:
            self.shown = asked
            self.query_one("#summary", Static).update(content(""))
            self.query_one("#detail-words", Static).update(Content(""))
            self.query_one("#compared", Rows).show(
                Table(nothing="Choose a place first: press / and type one. Or press l to look at a deal.")
            )
        else:
            sides, everything = self.sides, self.everything
            self.fetch(
                "sides",
                asked,
                lambda: side_by_side(desk, looking, sides, place.id, everything=everything),
                f"Putting {' and '.join(side.label for side in sides)} side by side",
                first=True,
            )
            key = (sides, looking.known, place.id)
            if key in self._between:
                return
            self.fetch(
                "words",
                asked,
                lambda: (key, between(desk, looking, sides, place.id)),
                "Saying what lies between",
            )

    def was_stopped(self, job: Job) -> None:
        """Compare what is shown again."""
        if job.about == "words":
            self.query_one("#summary", Static).update(
                content("This was stopped. R says what differs after all.")
            )
        elif self.shown is not None:
            looking, (self.sides, self.deal, self.everything, self.local) = self.shown
            self.put_back(looking)
            self._say_sides()
        else:
            self.query_one("#compared", Rows).show(Table(nothing="This was stopped. R does it after all."))

    _asked: Any = None

    def _say_sides(self) -> None:
        name = self.place.name if self.place else "no place"
        a, b, c = (self.query_one(f"#side-{which}", Link) for which in "abc")
        if self.deal:
            deal = self._deal_name()
            a.say(f" l Deal: {deal} ")
            b.say(" a Two days instead ")
            c.say("")
            self.query_one("#side-place", Link).say(
                f" p Only {name} " if self.local and self.place else " p Everywhere "
            )
            self.query_one("#side-all", Link).say("")
        else:
            a.say(f" a {self.sides[0].label} ")
            b.say(f" b {self.sides[1].label} ")
            c.say(f" n {self.sides[2].label} " if len(self.sides) > 2 else " n + a third ")
            self.query_one("#side-place", Link).say(f" p In {name} ")
            self.query_one("#side-all", Link).say(
                " o Show all " if not self.everything else " o Only what differs "
            )

    def _deal_name(self) -> str:
        if self.desk is None:
            return self.deal
        return next((d.name for d in self.desk.world.deals if d.code == self.deal), Path(self.deal).stem)

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked:
            return
        if event.about == "words":
            key, found = event.value
            self._between[key] = found
            self._say_between(found)
            return
        self.shown = event.asked
        rows = self.query_one("#compared", Rows)
        if event.about == "plan":
            self.plan, self.councils = event.value
            desk = self.desk
            place = ("--place", self.place.id) if self.local and self.place else ()
            source = desk.said(replace(self.looking, day=date.min), "plan", self.deal, *place) if desk else ""
            self.query_one("#summary", Static).update(plan_words(self.plan))
            rows.show(plan_table(self.plan, source))
            if not self.plan.changes:
                self._say_beside()
        else:
            self.plan = None
            key = (self.sides, self.looking.known, self.place.id if self.place else "")
            self._say_between(self._between.get(key))
            rows.show(event.value)

    def _say_between(self, found: list[tuple[str, tuple[str, ...]]] | None) -> None:
        lines = [content("Saying what lies between…", "$devo-muted")] if found is None else []
        for heading, sentences in found or ():
            if len(self.sides) > 2:
                lines.append(content(heading, "bold $devo-accent"))
            lines += [content(f"• {sentence}") for sentence in sentences]
        self.query_one("#summary", Static).update(Content("\n").join(lines))

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            where = "#summary"
            self.query_one(where, Static).update(content(event.why.split("\n")[0], "$devo-loss"))
            if event.about != "words":
                self.query_one("#compared", Rows).show(Table(nothing=event.why))

    @on(Rows.Highlighted)
    def _detail(self, event: Rows.Highlighted) -> None:
        event.stop()
        words = self.query_one("#detail-words", Static)
        if event.line is None:
            words.update(Content(""))
        elif self.plan is not None:
            said = [change_words(event.line.key, self.plan.after), content(""), *self._beside()]
            words.update(Content("\n").join(said))
        else:
            texts = event.line.texts()
            said = [content(texts[0], "bold"), content("")]
            # The columns that are shown, which are others than those asked for while these are worked out.
            for heading, text in zip(event.rows.table.headings[1:], texts[1:], strict=True):
                said += [content(heading, "bold $devo-accent"), content(text), content("")]
            words.update(Content("\n").join(said))
        self.query_one("#detail-text").scroll_home(animate=False)

    def _say_beside(self) -> None:
        self.query_one("#detail-words", Static).update(Content("\n").join(self._beside()))

    def _beside(self) -> list[Content]:
        said: list[Content] = []
        if self.councils:
            said += [
                content("Councils here", "bold $devo-accent"),
                *gains_and_losses(self.plan, self.councils),
                content(""),
            ]
        return [*said, *beside(self.plan)]

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

    @work
    async def action_side(self, number: int) -> None:
        """Choose what a column shows."""
        if self.deal:
            self.deal = ""
            self.follow()
            return
        if not self.sides:
            return
        side = await chosen_side(self, self.sides[number] if number < len(self.sides) else self.sides[-1])
        if side is not None:
            listed = list(self.sides)
            listed[number : number + 1] = [side]
            self.sides = tuple(listed)
            self.follow()

    @work
    async def action_third(self) -> None:
        """Add a third column, or take it away."""
        if self.deal or not self.sides:
            return
        if len(self.sides) > 2:
            self.sides = self.sides[:2]
        else:
            side = await chosen_side(self, self.sides[-1])
            if side is None:
                return
            self.sides = (*self.sides, side)
        self.follow()

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
        entry = await self.app.push_screen_wait(Search(self.explorer.index, places, ("place",)))
        if entry is not None and entry.subject is not None:
            self.explorer.look_at(entry.subject)

    def action_other(self) -> None:
        """Show all rows, or only those that differ."""
        self.everything = not self.everything
        self.follow()
