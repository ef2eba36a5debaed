"""Map: every district a tile, coloured by who holds a power, by how, or by a figure of any question."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from devo import words
from devo.tui.asking import terms_of
from devo.tui.bars import TimeBar
from devo.tui.colouring import BY, LAYER, by_figure, by_holder, first_power, tiles_of
from devo.tui.dialogs import Choice, Search
from devo.tui.links import Link
from devo.tui.looking import Subject
from devo.tui.messages import DayChosen, Failed, Ready
from devo.tui.page import Page
from devo.tui.questioning import figures_of, is_place_by_place, values_for
from devo.tui.tables import Col, Line, Table
from devo.tui.texts import content, plain_title
from devo.tui.tilemap import Legend, Tile, TileMap
from devo.tui.work import Job


class MapPage(Page):
    """England, a tile a district."""

    PANES = (("#chart", "TileMap", "the map"), ("#legend", "#legend-text", "what the letters mean"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "power", "Power"),
        Binding("m", "other_way", "Colour"),
        Binding("f", "figure", "Figure"),
    ]
    heading = "Map: England, a tile a district"
    manual = """Each tile is a district, near to where its people live; all tiles are as large, so that towns can be seen.
The arrows move over the tiles, or click one; on the right stands what it is and what is said of it. Enter looks at
the place on the first screen.

w chooses a power. m changes what the letter and colour mean: the kind of body that holds it, the body itself, or
how it is held. f shows a figure of any question that answers place by place. The legend says each letter in words,
with the number of districts; a dot means that the tables do not say. [ and ] step through the days of change."""

    def __init__(self) -> None:
        super().__init__()
        self.power = ""
        self.by = "kind"
        self.figure: tuple[str, tuple[tuple[str, Any], ...], str] | None = None
        self.tiles: list[Tile] = []
        self.texts: dict[str, str] = {}
        self._asked: Any = None
        self._table = Table(title="Map")

    def parts(self) -> ComposeResult:
        """What is shown, the map, the legend, and the days."""
        with Horizontal(id="sides"):
            yield Link("", "power", id="map-power")
            yield Link("", "other_way", id="map-by")
            yield Link("", "figure", id="map-figure")
        with Horizontal(id="panes"):
            with Vertical(id="chart", classes="pane"):
                chart = TileMap(id="tilemap")
                yield chart
            with Vertical(id="legend", classes="pane"), VerticalScroll(id="legend-text"):
                yield Static("", id="tile-words", markup=False)
                yield Legend(chart, id="legend-words")
        yield TimeBar()

    def depends(self) -> tuple[Any, ...]:
        """The power, what is shown of it, and the figure."""
        return (self.power, self.by, self.figure)

    def update(self) -> None:
        """Ask for the tiles and for what is said of each."""
        desk, looking = self.desk, self.looking
        if desk is None:
            return
        if not self.power:
            self.power = first_power(desk, looking)
        self.followed = (id(desk), looking, *self.depends())
        self._asked = (looking, *self.depends())
        power, by, figure, asked = self.power, self.by, self.figure, self._asked
        self._say_what()
        if figure is None:
            name = desk.world.power_name(power)
            self.fetch(
                "map",
                asked,
                lambda: (tiles_of(desk, looking), *by_holder(desk, looking, power, by)),
                f"Looking up who holds {name} in every district",
                first=True,
            )
            about = looking.at(Subject("power", power, name))
            self.fetch("days", asked, lambda: desk.days(about), "Looking for the days of change")
        else:
            self.fetch(
                "map",
                asked,
                lambda: (tiles_of(desk, looking), *by_figure(desk, looking, figure)),
                f"Asking {plain_title(figure[0])}",
                first=True,
            )

    def _say_what(self) -> None:
        assert self.desk is not None
        name = self.desk.world.power_name(self.power)
        self.query_one("#map-power", Link).say(f" w {name} " if self.figure is None else " w A power… ")
        self.query_one("#map-by", Link).say(
            f" m {BY[self.by]} " if self.figure is None else f" m Back to {name} "
        )
        figure = (
            f"{plain_title(self.figure[0])}: {words.heading(self.figure[2])}" if self.figure else "A figure…"
        )
        self.query_one("#map-figure", Link).say(f" f {figure} ")
        bar = self.query_one(TimeBar)
        bar.now, bar.known, bar.waiting = self.looking.day, self.looking.known, self.figure is None
        # A figure has no days of change.
        bar.display = self.figure is None

    def was_stopped(self, job: Job) -> None:
        """Show what the map shows again."""
        bar = self.query_one(TimeBar)
        if job.about == "days":
            bar.waiting, bar.stopped = False, True
        elif self.shown is not None:
            looking, self.power, self.by, self.figure = self.shown
            self.put_back(looking)
            self._say_what()
            bar.waiting = False
        else:
            self.query_one("#tile-words", Static).update(content("This was stopped. R looks after all."))

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked:
            return
        if event.about == "days":
            bar = self.query_one(TimeBar)
            bar.days, bar.waiting, bar.stopped = event.value, False, False
            return
        self.shown = event.asked
        self.tiles, values, order, self.texts, title, source = event.value
        chart = self.query_one(TileMap)
        if not self.tiles:
            self.query_one("#tile-words", Static).update(
                content("No plugin that is on has a tile map of this world's districts.", "$devo-warn")
            )
            return
        chart.show(self.tiles, values, order)
        place = self.looking.place
        if place is not None:
            chart.go_to(place.id.rpartition(":")[2])
        self.query_one(Legend).anew()
        if values and not any(tile.code in values for tile in self.tiles):
            self._say_none()
        lines = tuple(
            Line((tile.name, values.get(tile.code, "not known"), self.texts.get(tile.code, "")), tile.code)
            for tile in sorted(self.tiles, key=lambda t: t.name)
        )
        self._table = Table(title, (Col("Place"), Col("On the map"), Col("In full")), lines, 72, "", source)

    def _say_none(self) -> None:
        self.explorer.say(
            "This figure is of another kind of area than the districts of this map: f asks again, with lad24.",
            warning=True,
        )

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked and event.about == "map":
            self.query_one("#tile-words", Static).update(content(event.why, "$devo-loss"))

    @on(TileMap.Moved)
    def _tell(self, event: TileMap.Moved) -> None:
        event.stop()
        tile = event.tile
        if tile is None:
            return
        chart = self.query_one(TileMap)
        value = chart.values.get(tile.code, "the tables do not say")
        figure = self.texts.get(tile.code, value) if self.figure else value
        self.query_one("#chart").border_title = content(f"{tile.name}: {figure}")
        said = [content(tile.name, "bold"), content(value, "bold $devo-accent")]
        said += [
            content(line) for line in self.texts.get(tile.code, "").split("\n") if line and line != value
        ]
        self.query_one("#tile-words", Static).update(Content("\n").join([*said, content("")]))

    @on(TileMap.Chosen)
    async def _look(self, event: TileMap.Chosen) -> None:
        event.stop()
        tile = event.tile
        await self.explorer.action_go("explore")
        self.explorer.look_at(Subject("place", f"{LAYER}:{tile.code}", tile.name))

    @on(DayChosen)
    def _day(self, event: DayChosen) -> None:
        event.stop()
        self.explorer.look_on(event.day)

    # --- what is shown -------------------------------------------------------------------------

    @work
    async def action_power(self) -> None:
        """Choose a power."""
        index = self.explorer.index
        if index is None:
            return
        entry = await self.app.push_screen_wait(Search(index, index.of("power"), "All powers", ("power",)))
        if entry is not None:
            self.power, self.figure = entry.id, None
            self.follow()

    def action_other_way(self) -> None:
        """Change what the colours mean."""
        if self.figure is not None:
            self.figure = None
        else:
            ways = list(BY)
            self.by = ways[(ways.index(self.by) + 1) % len(ways)]
        self.follow()

    @work
    async def action_figure(self) -> None:
        """Choose a figure of a question that answers place by place."""
        desk = self.desk
        if desk is None:
            return
        choices = [
            (
                f"{name}\n{column.name}",
                f"{plain_title(name)}: {words.heading(column.name)}",
                tool.help.partition("\n")[0].replace("`", ""),
            )
            for name, tool in sorted(desk.questions.items())
            if is_place_by_place(tool)
            for column in figures_of(tool.columns)
        ]
        chosen = await self.app.push_screen_wait(Choice("Which figure?", choices))
        if not chosen:
            return
        question, column = chosen.split("\n")
        tool = desk.questions[question]
        given: dict[str, Any] | None = {}
        if tool.terms:
            given = await terms_of(self, tool, values_for(tool, self.looking), "Show")
        if given is not None:
            self.figure = (question, tuple(sorted(given.items())), column)
            self.follow()

    def show_figure(self, question: str, terms: dict[str, Any], column: str) -> None:
        """Show a figure of a question's answer."""
        self.figure = (question, tuple(sorted(terms.items())), column)
        self.follow()

    @property
    def shown_table(self) -> Table:
        """The map as a table."""
        return self._table

    @property
    def shown_line(self) -> Line | None:
        """The tile under the cursor, as a row."""
        here = self.query_one(TileMap).here
        return next((line for line in self._table.lines if here and line.key == here.code), None)
