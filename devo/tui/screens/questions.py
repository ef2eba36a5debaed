"""Questions: every question that the plugins answer, each with its form, its table and its drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from devo.tui.answering import AnswerPane
from devo.tui.asking import terms_of
from devo.tui.dialogs import Choice, Reading
from devo.tui.drawings import asked
from devo.tui.links import Link
from devo.tui.messages import Failed, Ready
from devo.tui.narrowing import Narrow
from devo.tui.page import Page
from devo.tui.progress import Progress
from devo.tui.questioning import figures_of, is_place_by_place, is_ready, title_of, values_for
from devo.tui.rows import Rows
from devo.tui.tables import Cell, Col, Line, Table
from devo.tui.texts import plain_title, safe
from devo.tui.work import Job

if TYPE_CHECKING:
    from devo.answers import Answer
    from devo.tools import Tool


class QuestionsPage(Page):
    """Any question, plugins' included."""

    PANES = (("#asks", "Rows", "questions"), ("#main", "Rows", "the answer"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ask", "Ask"),
        Binding("n", "narrow", "Narrow"),
        Binding("m", "on_map", "Map"),
        Binding("w", "words", "In words", show=False),
    ]
    heading = "Questions: everything that can be asked"
    manual = """Left: every question, by the plugin that answers it: money, boundaries, moves, and whatever else is on.
n narrows them to those with some words in them. Enter or a click asks one; where it needs a place, a body or a year,
a form asks for them, filled with what you looked at last. a asks again with other terms.

Right: the answer. Where a question has headline figures they stand on top, with a question mark for what is not
known; w says the answer in words, to read or to put into a letter. Figures stand with their unit, in pounds and in
per cents; the bar shows the figure beside it against the largest. n narrows the rows to those with some words in
them; m shows the figures on the map, where the answer is place by place. Everything can be copied (c, C) and saved
(e)."""

    def __init__(self) -> None:
        super().__init__()
        self.question = ""
        self.terms: dict[str, Any] = {}
        self.answer: Answer | None = None
        self._asked: Any = None
        self._listed = False

    def parts(self) -> ComposeResult:
        """The questions, and the answer."""
        with Horizontal(id="sides"):
            yield Link("", "ask", id="asked-link")
            yield Link("", "on_map", id="map-link")
            yield Link("", "words", id="words-link")
        with Horizontal(id="panes"):
            with Vertical(id="asks", classes="pane"):
                listed = Rows(Table(nothing="Opening England…"), id="questions", one_click=True)
                yield listed
                yield Narrow(listed, id="narrow-list")
            yield AnswerPane()

    @property
    def pane_of_answer(self) -> AnswerPane:
        """Where the answer stands."""
        return self.query_one(AnswerPane)

    @property
    def whole(self) -> Table:
        """The whole answer as it is drawn."""
        return self.pane_of_answer.table

    def on_mount(self) -> None:
        """Say what can be done."""
        super().on_mount()
        self._say_links()

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
            self.query_one("#narrow-list", Narrow).keep(_listing(desk.questions))
        tool = desk.questions.get(self.question)
        if tool is None or not is_ready(tool, self.terms):
            return
        self._asked = (looking, *self.depends())
        terms = dict(self.terms)
        self.pane_of_answer.say_title(self._title())
        self.pane_of_answer.say("Asking…")
        self.fetch(
            "answer",
            self._asked,
            lambda: asked(desk, looking, tool, terms),
            f"Asking {self._title()}",
            first=True,
        )

    def was_stopped(self, job: Job) -> None:
        """Show the question that is answered below."""
        pane = self.pane_of_answer
        if self.shown is None:
            self.question = ""
            pane.show(Table(nothing="This was stopped. Choose it again on the left."))
            self.followed = (id(self.desk), self.looking, *self.depends())
            return
        looking, self.question, self.terms, self.answer, table = self.shown
        self.put_back(looking)
        pane.say_title(self._title())
        pane.show(table)
        self._say_links()

    def _title(self) -> str:
        if self.desk is None:
            return plain_title(self.question)
        return title_of(self.desk.world, self.question, self.terms, self.answer)

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked:
            return
        self.answer, table = event.value
        self.shown = (self.looking, self.question, dict(self.terms), self.answer, table)
        self.pane_of_answer.say_title(self._title())
        self.pane_of_answer.show(table)
        self._say_links()

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.pane_of_answer.show(Table(nothing=event.why))
            self._say_links()

    def _say_links(self) -> None:
        """Say what can be done with what is shown."""
        tool = self._tool
        links = (
            ("#asked-link", "a Ask with other terms", tool is not None and bool(tool.terms)),
            ("#map-link", "m On the map", not self._why_no_map()),
            ("#words-link", "w In words", bool(self.whole.words)),
        )
        for link, text, is_there in links:
            self.query_one(link, Link).say(f" {text} " if is_there else "")
        if tool is None:
            self.query_one("#asked-link", Link).say(" a Ask the question under the cursor ")

    @property
    def _tool(self) -> Tool | None:
        return self.desk.questions.get(self.question) if self.desk is not None else None

    # --- asking ------------------------------------------------------------------------------

    @on(Rows.Chosen, "#questions")
    def _choose(self, event: Rows.Chosen) -> None:
        event.stop()
        self.show_question(str(event.line.key))

    def show_question(self, name: str) -> None:
        """Ask a question, with what is looked at for its terms, or a form where that is not enough."""
        if self.desk is None:
            return
        tool, pane = self.desk.questions[name], self.pane_of_answer
        self.question, self.answer = name, None
        self.terms = values_for(tool, self.looking)
        self.query_one("#narrow-list", Narrow).close()
        rows = self.query_one("#questions", Rows)
        for number, line in enumerate(rows.table.lines):
            if line.key == name:
                rows.cursor = number
        pane.narrow.close()
        pane.say_title(self._title())
        pane.show(Table(nothing=safe(tool.help.replace("`", ""))))
        self._say_links()
        self.go_to_pane(1)
        if is_ready(tool, self.terms):
            self.follow()
        else:
            self.action_ask()

    @work
    async def action_ask(self) -> None:
        """Ask the question with other terms; with none asked yet, the one under the cursor."""
        tool = self._tool
        if tool is None:
            line = self.query_one("#questions", Rows).line
            if line is not None:
                self.show_question(str(line.key))
            return
        if not tool.terms:
            self.explorer.say("This question has no terms.")
            return
        given = await terms_of(self, tool, self.terms, "Ask")
        if given is not None:
            self.terms = given
            self.follow()
            self.go_to_pane(1)

    def action_narrow(self) -> None:
        """Type words that the questions must have, or the rows of the answer where that is what is looked at."""
        (self.query_one("#narrow-list", Narrow) if self.pane == 0 else self.pane_of_answer.narrow).open()

    def action_back(self) -> None:
        """Stop what is under way, close the box, or go to the part before."""
        box = self.query_one("#narrow-list", Narrow) if self.pane == 0 else self.pane_of_answer.narrow
        if self.query_one(Progress).is_shown or not box.close():
            super().action_back()

    # --- the answer elsewhere ------------------------------------------------------------------

    def action_words(self) -> None:
        """Read the answer in words."""
        if self.whole.words:
            self.app.push_screen(Reading(self._title(), self.text_on_screen()))
        else:
            self.explorer.say("This answer has no words of its own; its rows say all of it.")

    def text_on_screen(self) -> str:
        """The figures and the words above the rows."""
        return self.pane_of_answer.text()

    def _why_no_map(self) -> str:
        tool, answer = self._tool, self.answer
        if tool is None or answer is None:
            return "There is no answer to show on the map yet."
        if not is_place_by_place(tool):
            return "This answer is not place by place, so no map can show it."
        return "" if figures_of(answer.columns) else "This answer has no figures to show."

    @work
    async def action_on_map(self) -> None:
        """Show a figure of the answer on the map."""
        why_not = self._why_no_map()
        if why_not or self.answer is None:
            self.explorer.say(why_not)
            return
        figures = figures_of(self.answer.columns)
        column: str | None = figures[0].name
        if len(figures) > 1:
            from devo import words

            choices = [(c.name, words.heading(c.name), c.unit) for c in figures]
            column = await self.app.push_screen_wait(Choice("Which figure?", choices))
        if column:
            question, terms = self.question, dict(self.terms)
            await self.explorer.action_go("map")
            await self.explorer.tell_screen("show_figure", question, terms, column)

    def main_rows(self) -> Rows | None:
        """The answer's rows."""
        return self.query_one("#answer", Rows)


def _listing(questions: Mapping[str, Tool]) -> Table:
    """Every question under its plugin, with what it answers.

    A third, blank column lets the list stand as lines of its own in a narrow pane.
    """
    lines = tuple(
        Line(
            (plain_title(name), Cell(tool.help.partition("\n")[0].replace("`", ""), "muted"), ""),
            name,
            _plugin(tool.plugin),
        )
        for name, tool in questions.items()
    )
    return Table("Questions", (Col("Question"), Col("What it answers"), Col("", 1)), lines, 200)


def _plugin(name: str) -> str:
    if name == "core":
        return "Who holds what"
    return plain_title(name.removeprefix("devo_").removeprefix("devo-"))
