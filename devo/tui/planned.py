"""A screen with a plan on it: its sentences, its lines, and the line under the cursor in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from devo.tui.dialogs import Reading
from devo.tui.page import Page
from devo.tui.plans import beside, change_words, gains_and_losses, plan_words
from devo.tui.rows import Rows
from devo.tui.tables import Table
from devo.tui.texts import content

if TYPE_CHECKING:
    from devo.plans import Change, Plan

_NOTHING = content("The line under the cursor stands here in full.", "$devo-muted")


class Planned(Page):
    """A screen whose middle has sentences over rows, and whose right has one row in full.

    `plan` is None where something else than a plan stands there; `councils` are those whose losses and gains
    are said beside it, under the heading `councils_are`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "words", "In words", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self.councils: Sequence[str] = ()
        self._sentences = Content("")

    def plan_parts(self, rows: str, nothing: str) -> ComposeResult:
        """The two panes; `rows` is the id of the table, `nothing` what it says at first."""
        with Vertical(id="main", classes="pane"):
            with VerticalScroll(id="summary-box", can_focus=False):
                yield Static("", id="summary", markup=False)
            yield Rows(Table(nothing=nothing), id=rows)
        with Vertical(id="detail", classes="pane"), VerticalScroll(id="detail-text"):
            yield Static(_NOTHING, id="detail-words", markup=False)

    @property
    def councils_are(self) -> str:
        """What the councils are called above what they lose and gain."""
        return "Councils here"

    # --- showing -----------------------------------------------------------------------------

    def say_sentences(self, sentences: Content) -> None:
        """Show the sentences over the rows."""
        self._sentences = sentences
        self.query_one("#summary", Static).update(sentences)

    def say_in_full(self, *lines: Content) -> None:
        """Show a row in full, from its first line; without lines, say what stands there."""
        self.query_one("#detail-words", Static).update(Content("\n").join(lines) if lines else _NOTHING)
        self.query_one("#detail-text").scroll_home(animate=False)

    def show_plan(self, plan: Plan, councils: Sequence[str], rows: Rows, table: Table) -> None:
        """Show a plan; one that moves nothing still has what goes with it."""
        self.plan, self.councils = plan, councils
        self.say_sentences(plan_words(plan))
        rows.show(table)
        if not table.lines:
            self.say_in_full(*self._beside(plan))

    def say_change(self, change: Change) -> None:
        """Show a line of the plan in full, and what goes with the plan below it."""
        if self.plan is not None:
            self.say_in_full(change_words(change, self.plan.after), content(""), *self._beside(self.plan))

    def _beside(self, plan: Plan) -> list[Content]:
        said: list[Content] = []
        if self.councils:
            said.append(content(self.councils_are, "bold $devo-accent"))
            said += [*gains_and_losses(plan, self.councils), content("")]
        return [*said, *beside(plan)]

    # --- in words ----------------------------------------------------------------------------

    def action_words(self) -> None:
        """Read all of the sentences, which a small screen has no room for."""
        if self._sentences.plain.strip():
            self.app.push_screen(Reading("In words", self._sentences))
        else:
            self.explorer.say("There is nothing to read yet.")

    def text_on_screen(self) -> str:
        """The sentences."""
        return self._sentences.plain
