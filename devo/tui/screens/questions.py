"""Questions: every question that the plugins answer, each with its form, its table and its drawing."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from devo.tui.dialogs import Choice, Reading
from devo.tui.drawings import asked
from devo.tui.forms import Form
from devo.tui.headlines import Headlines
from devo.tui.links import Link
from devo.tui.messages import Failed, Ready
from devo.tui.narrowing import Narrow, fitting
from devo.tui.options import meant, options_for
from devo.tui.page import Page
from devo.tui.progress import Progress
from devo.tui.questioning import (
    fields_of_question,
    figures_of,
    is_about_places,
    is_ready,
    read_term,
    values_for,
)
from devo.tui.rows import Rows
from devo.tui.tables import Cell, Col, Line, Table
from devo.tui.texts import content, plain_title, safe
from devo.tui.verbs import Field
from devo.tui.work import Job


class QuestionsPage(Page):
    """Any question, plugins' included."""

    PANES = (("#asks", "Rows"), ("#main", "Rows"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ask", "Ask"),
        Binding("n", "narrow", "Narrow"),
        Binding("m", "on_map", "Map"),
        Binding("w", "words", "In words", show=False),
        Binding("left_square_bracket", "app.earlier", "Earlier", key_display="[", show=False),
        Binding("right_square_bracket", "app.later", "Later", key_display="]", show=False),
    ]
    heading = "Questions: everything that can be asked"
    manual = """Left: every question, by the plugin that answers it: money, boundaries, moves, and whatever else is on.
n narrows them to those with some words
in them. Enter asks the one under the cursor; where it needs a place, a body or a year, a form asks for them, filled with
what you looked at last. a asks again with other terms.

Right: the answer. Where a question has headline figures they stand on top, with a question mark for what is not
known; w says the answer in words, to read or to put into a letter. Figures stand with their unit, in pounds and in
per cents; the bar shows the figure beside it against the largest. n narrows the rows to those with some words in
them; m shows the figures on the map, where the answer is place by place. Everything can be copied (c, C) and saved
(e)."""

    def __init__(self) -> None:
        super().__init__()
        self.question = ""
        self.terms: dict[str, Any] = {}
        self.answer: Any = None
        self.whole = Table()
        self._asked: Any = None
        self._listed = False

    def parts(self) -> ComposeResult:
        """The questions, the answer, and a box to narrow it."""
        with Horizontal(id="sides"):
            yield Link("", "ask", id="asked-link")
            yield Link("", "on_map", id="map-link")
            yield Link("", "words", id="words-link")
        with Horizontal(id="panes"):
            with Vertical(id="asks", classes="pane"):
                listed = Rows(Table(nothing="Opening England…"), id="questions")
                yield listed
                yield Narrow(listed, id="narrow-list")
            with Vertical(id="main", classes="pane"):
                yield Static("", id="answer-title", classes="title", markup=False)
                yield Headlines(id="answer-figures")
                with VerticalScroll(id="answer-words"):
                    yield Static("", id="answer-prose", markup=False)
                yield Rows(Table(nothing="Choose a question on the left."), id="answer")
                yield Input(placeholder="type to narrow; Esc closes", id="narrow")
                yield Static("", id="answer-note", classes="note", markup=False)

    def on_mount(self) -> None:
        """Begin with the list."""
        super().on_mount()
        self.query_one("#narrow").display = False
        self._say_above(Table())

    def depends(self) -> tuple[Any, ...]:
        """The question and its terms."""
        return (self.question, tuple(sorted((k, str(v)) for k, v in self.terms.items())))

    def update(self) -> None:
        """List the questions, and ask the one that is chosen anew."""
        desk, looking = self.desk, self.looking
        if desk is None:
            return
        self.followed = (id(desk), looking, *self.depends())
        if not self._listed:
            self._listed = True
            lines = tuple(
                Line(
                    (plain_title(name), Cell(tool.help.partition("\n")[0].replace("`", ""), "muted")),
                    name,
                    _plugin(tool.plugin),
                )
                for name, tool in desk.questions.items()
            )
            columns = (Col("Question"), Col("What it answers"), Col("", 1))
            self.query_one("#narrow-list", Narrow).keep(Table("Questions", columns, _padded(lines), 200))
        if not self.question:
            return
        tool = desk.questions[self.question]
        if not is_ready(tool, self.terms):
            return
        self._asked = (looking, *self.depends())
        terms = dict(self.terms)
        self.query_one("#answer-title", Static).update(content(self._title()))
        self.query_one("#answer-note", Static).update(content("Asking…"))
        self.fetch(
            "answer",
            self._asked,
            lambda: asked(desk, looking, tool, terms),
            f"Asking {self._title()}",
            first=True,
        )

    def was_stopped(self, job: Job) -> None:
        """Show the question that is answered below."""
        if self.shown is None:
            self.question = ""
            self.query_one("#answer", Rows).show(
                Table(nothing="This was stopped. Choose it again on the left.")
            )
            self.query_one("#answer-note", Static).update(content(""))
            self.followed = (id(self.desk), self.looking, *self.depends())
            return
        looking, self.question, self.terms, self.answer, self.whole = self.shown
        self.put_back(looking)
        self.query_one("#answer-title", Static).update(content(self._title()))
        self._show()

    def _title(self) -> str:
        assert self.desk is not None
        world = self.desk.world
        said: list[str] = []
        rows = self.answer.rows if self.answer is not None else ()
        for name, value in self.terms.items():
            named = {str(getattr(row, f"{name}_name", "")) for row in rows}
            if len(named) == 1 and named != {""}:
                said += named
                continue
            text = world.body_name(str(value))
            text = world.power_name(text)
            if ":" in text or text[:1] == "E":
                area = next((a.name for a in world.mosaic.areas.values() if text.endswith(a.code)), text)
                text = area
            said.append(f"{plain_title(name).lower()} {text}")
        return f"{plain_title(self.question)}{': ' + ', '.join(said) if said else ''}"

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked:
            return
        self.answer, self.whole = event.value
        self.shown = (self.looking, self.question, dict(self.terms), self.answer, self.whole)
        self.query_one("#answer-title", Static).update(content(self._title()))
        self._show()
        assert self.desk is not None
        tool = self.desk.questions[self.question]
        on_map = is_about_places(tool) and figures_of(self.answer)
        self.query_one("#map-link", Link).say(" m On the map " if on_map else "")
        self.query_one("#asked-link", Link).say(" a Ask with other terms " if tool.terms else "")

    def _show(self) -> None:
        narrow = self.query_one("#narrow", Input).value.strip()
        table = self.whole
        lines = fitting(table.lines, narrow)
        self._say_above(table)
        self.query_one("#answer", Rows).show(_with(table, lines))
        count = f"Showing {len(lines):,} of {len(table.lines):,}. " if narrow else f"{len(lines):,} rows. "
        if len(lines) > 500 and not narrow:
            count += "n: type to narrow. "
        self.query_one("#answer-note", Static).update(content(count + table.note))

    def _say_above(self, table: Table) -> None:
        """Show the figures and the words that stand above an answer's rows, where it has any."""
        self.query_one("#answer-figures", Headlines).figures = table.headlines
        self.query_one("#answer-prose", Static).update(content(table.words))
        self.query_one("#answer-words").set_class(not table.words, "-none")
        self.query_one("#words-link", Link).say(" w In words " if table.words else "")

    def action_words(self) -> None:
        """Read the answer in words."""
        if self.whole.words:
            self.app.push_screen(Reading(self._title(), self.text_on_screen()))
        else:
            self.explorer.say("This answer has no words of its own; its rows say all of it.")

    def text_on_screen(self) -> str:
        """The figures and the words above the rows."""
        figures = ", ".join(item.text() for item in self.whole.headlines)
        return "\n\n".join(text for text in (self.whole.words, figures) if text)

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.whole = Table(nothing=event.why)
            self._say_above(self.whole)
            self.query_one("#answer", Rows).show(self.whole)
            self.query_one("#answer-note", Static).update(content(""))

    # --- asking ------------------------------------------------------------------------------

    @on(Rows.Chosen, "#questions")
    def _choose(self, event: Rows.Chosen) -> None:
        event.stop()
        self.show_question(str(event.line.key))

    def show_question(self, name: str) -> None:
        """Ask a question, with what is looked at for its terms, or a form where that is not enough."""
        if self.desk is None:
            return
        tool = self.desk.questions[name]
        given = values_for(tool, self.looking)
        self.question, self.answer = name, None
        self.query_one("#narrow", Input).value = ""
        self.query_one("#narrow-list", Narrow).close()
        self.terms = given
        rows = self.query_one("#questions", Rows)
        for number, line in enumerate(rows.table.lines):
            if line.key == name:
                rows.cursor = number
        self.query_one("#answer-title", Static).update(content(self._title()))
        self.whole = Table(nothing=safe(tool.help.replace("`", "")))
        self._say_above(self.whole)
        self.query_one("#answer", Rows).show(self.whole)
        self.query_one("#answer-note", Static).update(content(""))
        self.query_one("#asked-link", Link).say(" a Ask with other terms " if tool.terms else "")
        self.go_to_pane(1)
        if any(term.required and not given.get(term.name) for term in tool.terms):
            self.action_ask()
        else:
            self.follow()

    @work
    async def action_ask(self) -> None:
        """Ask the question with other terms."""
        desk = self.desk
        if desk is None or not self.question:
            return
        tool = desk.questions[self.question]
        if not tool.terms:
            self.explorer.say("This question has no terms.")
            return
        world, looking = desk.on(self.looking), self.looking
        options = await self.got("Looking for what can be named", lambda: options_for(desk, looking, tool))

        def read(field: Field, text: str) -> Any:
            listed = options.get(field.name)
            if listed and text.strip():
                text = meant(listed, text)
            return read_term(world, tool, field, text)

        given = await self.app.push_screen_wait(
            Form(
                f"{plain_title(self.question)}: {tool.help.partition(chr(10))[0]}",
                fields_of_question(tool),
                self.terms,
                world,
                self.explorer.index,
                self.looking.day,
                button="Ask",
                read=read,
                options=options,
            )
        )
        if given is not None:
            self.terms = given
            self.follow()
            self.go_to_pane(1)

    def action_narrow(self) -> None:
        """Type words that the questions must have, or the rows of the answer where that is what is looked at."""
        if self.pane == 0:
            self.query_one("#narrow-list", Narrow).open()
            return
        box = self.query_one("#narrow", Input)
        box.display = True
        box.focus()

    @on(Input.Changed, "#narrow")
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if self.whole.lines:
            self._show()

    @on(Input.Submitted, "#narrow")
    def _narrowed(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#answer", Rows).focus()

    def action_back(self) -> None:
        """Stop what is under way, close the box, or go to the part before."""
        if self.pane == 0 and self.query_one("#narrow-list", Narrow).close():
            return
        box = self.query_one("#narrow", Input)
        if box.display and not self.query_one(Progress).is_shown:
            box.value = ""
            box.display = False
            self.query_one("#answer", Rows).focus()
        else:
            super().action_back()

    @work
    async def action_on_map(self) -> None:
        """Show a figure of the answer on the map."""
        desk = self.desk
        if desk is None or self.answer is None or not is_about_places(desk.questions[self.question]):
            self.explorer.say("This answer is not place by place, so no map can show it.")
            return
        figures = figures_of(self.answer)
        if not figures:
            self.explorer.say("This answer has no figures to show.")
            return
        column = figures[0].name
        if len(figures) > 1:
            from devo import words

            choices = [(c.name, words.heading(c.name), c.unit) for c in figures]
            chosen = await self.app.push_screen_wait(Choice("Which figure?", choices))
            column = chosen or ""
        if column:
            question, terms = self.question, dict(self.terms)
            await self.explorer.action_go("map")
            self.app.screen.show_figure(question, terms, column)  # type: ignore[attr-defined]

    def main_rows(self) -> Rows | None:
        """The answer's rows."""
        return self.query_one("#answer", Rows)


def _plugin(name: str) -> str:
    return (
        plain_title(name.removeprefix("devo_").removeprefix("devo-")) if name != "core" else "Who holds what"
    )


def _padded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A third, blank column lets the list stand as lines of its own in a narrow pane."""
    return tuple(Line((*line.cells, ""), line.key, line.group) for line in lines)


def _with(table: Table, lines: tuple[Line, ...]) -> Table:
    from dataclasses import replace

    return replace(table, lines=lines)
