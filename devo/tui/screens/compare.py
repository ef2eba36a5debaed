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

from devo.tui.dialogs import Asked, Choice, Search, day_of, no_such_day
from devo.tui.looking import Subject
from devo.tui.messages import Failed, Ready
from devo.tui.page import Page
from devo.tui.plans import (
    Side,
    beside,
    change_words,
    gains_and_losses,
    plan_table,
    plan_words,
    side_by_side,
)
from devo.tui.rows import Rows
from devo.tui.tables import Table
from devo.tui.texts import content

LONG_AGO = date(2014, 11, 1)
ONLY = 0
ALL = 1


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
        asked = (self.sides, self.deal, self.everything, self.local, looking, place)
        self.followed = (id(desk), looking, *self.depends())
        self._asked = asked
        self.query_one("#summary", Static).update(content("Working it out…"))
        self.query_one("#detail-words", Static).update(Content(""))
        if self.deal:
            where = place.id if place and self.local else ""
            deal = self.deal
            self.fetch("plan", asked, lambda: desk.plan(deal, looking, place=where))
        elif place is None:
            self.query_one("#summary", Static).update(content(""))
            self.query_one("#compared", Rows).show(
                Table(nothing="Choose a place first: press / and type one. Or press l to look at a deal.")
            )
        else:
            sides, everything = self.sides, self.everything
            self.fetch(
                "sides",
                asked,
                lambda: side_by_side(desk, looking, sides, place.id, everything=everything),
            )
            self.fetch("words", asked, lambda: _sentences(desk, looking, sides, place.id))

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
        if event.about == "plan":
            self.plan = event.value
            desk = self.desk
            source = desk.said(replace(self.looking, day=date.min), "plan", self.deal) if desk else ""
            if self.local and self.place:
                source += f" --place {self.place.id}"
            self.query_one("#summary", Static).update(plan_words(event.value))
            rows = self.query_one("#compared", Rows)
            rows.show(plan_table(event.value, source))
            if not event.value.changes:
                self._say_beside()
        elif event.about == "sides":
            self.plan = None
            self.query_one("#compared", Rows).show(event.value)
        elif event.about == "words":
            self.query_one("#summary", Static).update(
                Content("\n").join(content(f"• {sentence}") for sentence in event.value)
            )

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
            said = [change_words(event.line.key), content(""), *self._beside()]
            words.update(Content("\n").join(said))
        else:
            texts = event.line.texts()
            said = [content(texts[0], "bold"), content("")]
            for side, text in zip(self.sides, texts[1:], strict=False):
                said += [content(side.label, "bold $devo-accent"), content(text), content("")]
            words.update(Content("\n").join(said))
        self.query_one("#detail-text").scroll_home(animate=False)

    def _say_beside(self) -> None:
        self.query_one("#detail-words", Static).update(Content("\n").join(self._beside()))

    def _beside(self) -> list[Content]:
        said: list[Content] = []
        councils = councils_of(self.desk, self.looking, self.place)
        if councils and self.local:
            said += [
                content("Councils here", "bold $devo-accent"),
                *gains_and_losses(self.plan, councils),
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
        side = await self._chosen(self.sides[number] if number < len(self.sides) else self.sides[-1])
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
            side = await self._chosen(self.sides[-1])
            if side is None:
                return
            self.sides = (*self.sides, side)
        self.follow()

    async def _chosen(self, side: Side) -> Side | None:
        choices = [
            ("day", "Another day", f"now {side.day.isoformat()}"),
            ("without", "Without one of its deals", "as if it had never been"),
            ("file", "With a deal file", "a draft of yours, saved as a file"),
            ("draft", "With the draft on screen 3", "as it stands now"),
            ("law", "England's general law", "before any deal"),
            ("plain", "The world as it is", "no deal added or left out"),
        ]
        if self.explorer.opening.served:
            choices = [item for item in choices if item[0] != "file"]  # the server's disk is nobody's own
        choice = await self.app.push_screen_wait(Choice("What should the column show?", choices))
        if choice == "day":
            today = self.explorer.looking.day
            typed = await self.app.push_screen_wait(
                Asked("Which day?", side.day.isoformat(), check=lambda text: no_such_day(text, today))
            )
            day = day_of(typed, today) if typed else None
            return replace(side, day=day) if day else None
        if choice == "without":
            deal = await self._deal()
            return replace(side, without=(deal,), deals=(), baseline="", named="") if deal else None
        if choice == "file":
            typed = await self.app.push_screen_wait(
                Asked("Which file?", hint="the path of a deal file (.toml)", check=_no_such_file)
            )
            if not typed:
                return None
            path = str(Path(typed).expanduser())
            return replace(side, deals=(path,), without=(), baseline="", named=f"With {Path(path).name}")
        if choice == "draft":
            path = self.explorer.draft_path
            if not path:
                self.explorer.say("There is no draft yet: 3 starts one.")
                return None
            return replace(side, deals=(path,), without=(), baseline="", named="With my draft")
        if choice == "law":
            return replace(side, deals=(), without=(), baseline="england-general-law", named="")
        return replace(side, deals=(), without=(), baseline="", named="") if choice == "plain" else None

    async def _deal(self) -> str:
        if self.explorer.index is None:
            return ""
        deals = [entry for entry in self.explorer.index.entries if entry.what == "deal"]
        entry = await self.app.push_screen_wait(Search(self.explorer.index, deals, ("deal",)))
        return entry.id if entry else ""

    @work
    async def action_deal(self) -> None:
        """Choose a deal, and see what it changes."""
        deal = await self._deal()
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


def _sentences(desk: Any, looking: Any, sides: tuple[Side, ...], place: str) -> tuple[str, ...]:
    from devo import names
    from devo.planning import compare
    from devo.plans import Wanted

    one, two = sides[0].world(desk, looking), sides[-1].world(desk, looking)
    wanted = Wanted(pieces=names.place(two, place).pieces)
    questions = desk.questions.values()
    title = f"What lies between {sides[0].label} and {sides[-1].label}"
    return compare(one, two, questions, title=title, wanted=wanted).summary


def councils_of(desk: Any, looking: Any, place: Subject | None) -> list[str]:
    """The councils and the authority that serve a place on the day."""
    if desk is None or place is None:
        return []
    from devo import names
    from devo.names import AUTHORITIES, COUNCILS

    world = desk.on(looking)
    pieces = names.place(world, place.id).pieces
    found = []
    for body in world.roster.bodies.values():
        if body.kind in COUNCILS | AUTHORITIES and body.area and world.roster.alive(body.id, world.today):
            served = world.roster.served(body.id, world.today)
            if served & pieces and (pieces <= served or served <= pieces):
                found.append((body.kind in AUTHORITIES, body.name, body.id))
    return [body for _, _, body in sorted(found)][:12]


def _no_such_file(text: str) -> str:
    return "" if Path(text).expanduser().is_file() else "There is no such file."
