"""Draft a deal: provisions on the left, and at once what they change, conflict with and leave behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from devo.drafts import Draft
from devo.tui.desk import Desk
from devo.tui.drafting import Writing
from devo.tui.links import Link
from devo.tui.messages import Failed, Ready
from devo.tui.planned import Planned
from devo.tui.plans import councils_of, plan_table
from devo.tui.rows import Rows
from devo.tui.screens.draft_files import DraftFiles, provisions
from devo.tui.screens.provisioning import chosen_verb, provisions_table, terms_of_verb
from devo.tui.tables import Table
from devo.tui.texts import content
from devo.tui.verbs import fields_of
from devo.tui.work import Job

_EMPTY = """This is an empty draft. Press a to add a first provision: choose what it does, which power, who gets it,
and from which day. What it changes shows here at once. Everything is kept as you go."""


class DraftPage(DraftFiles, Planned):
    """A deal being written, and what it would do."""

    PANES = (
        ("#steps", "Rows", "provisions"),
        ("#main", "Rows", "what they change"),
        ("#detail", "#detail-text", "the line in full"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("enter", "edit", "Change", show=False),
        Binding("x,delete", "remove", "Remove", show=False),
        Binding("u,ctrl+z", "undo", "Undo"),
        Binding("U,ctrl+y", "redo", "Redo", show=False),
        Binding("s", "save_deal", "Save deal"),
        Binding("o", "open_deal", "Open a deal file", show=False),
        Binding("n", "new_deal", "New draft", show=False),
        Binding("m", "name", "Name the deal", show=False),
        Binding("b", "bring_back", "Bring back a draft left unsaved", show=False),
        Binding("p", "only_here", "Only this place, or everywhere", show=False),
    ]
    heading = "Draft a deal: what it would change"
    manual = """Left: the provisions of your draft. a adds one: choose in plain words what it does, then which power, who
gets it and from which day; the right arrow takes a name that is offered. Enter changes the provision under the
cursor, x removes it, u takes the last change back and U makes it again. m names the deal.

Middle: what the deal would change, as sentences and as lines. Right: the line under the cursor in full; below it
what the councils here lose and gain, then conflicts, whose agreement is needed, and what happens to the money.
w shows all of the sentences where there is no room for them; p keeps to the place you looked at, or shows all.

s saves the draft as a deal file. The command line reads it as it stands: `devo plan FILE` gives the same answer.
o opens a deal file to change it. The draft is written to disk at each change; one that was left unsaved, whatever
happened, comes back with b."""

    def __init__(self) -> None:
        super().__init__()
        self.writing = Writing(self.explorer.folder, served=self.explorer.opening.served)
        self.local = False
        self._asked: Any = None

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return self.writing.draft

    def parts(self) -> ComposeResult:
        """The draft's name, its provisions, the plan, and a line of it in full."""
        with Horizontal(id="sides"):
            yield Link("", "name", id="draft-name")
            yield Link(" a Add ", "add")
            yield Link(" u Undo ", "undo")
            yield Link(" s Save deal ", "save_deal")
            yield Link(" o Open ", "open_deal")
            yield Link("", "only_here", id="draft-place")
        with Horizontal(id="panes"):
            with Vertical(id="steps", classes="pane"):
                yield Static(content("Provisions"), classes="title", markup=False)
                yield Rows(id="provisions")
                yield Static("", id="kept", classes="note", markup=False)
            yield from self.plan_parts("planned", _EMPTY)

    def on_mount(self) -> None:
        """Look for drafts that were left unsaved."""
        super().on_mount()
        left = self.writing.leftovers()
        if left:
            first = left[0].draft
            self.writing.said = f"{first.name!r} was left unsaved ({provisions(first)}): b brings it back."
        self.query_one("#kept", Static).update(content(self.writing.said))

    def on_unmount(self) -> None:
        """Let go of the draft; what is unsaved stays on disk."""
        super().on_unmount()
        self.writing.close()

    def depends(self) -> tuple[Any, ...]:
        """The draft, and whether only this place is shown."""
        return (self.draft, self.local)

    @property
    def dayless(self) -> str:
        """A draft is looked at before and after all of it, whatever the day."""
        return "A draft is looked at from before its first provision to after its last, whatever the day."

    @property
    def councils_are(self) -> str:
        """What the councils are called above what they lose and gain."""
        return f"Councils in {self.looking.place.name}" if self.looking.place else super().councils_are

    # --- showing -----------------------------------------------------------------------------

    def update(self) -> None:
        """Show the provisions, and ask what they change."""
        desk, looking = self.desk, self.looking
        if desk is None:
            return
        self.followed = (id(desk), looking, *self.depends())
        self._show_provisions(desk)
        place = looking.place
        where = f" p Only {place.name} " if self.local and place else " p Everywhere "
        self.query_one("#draft-place", Link).say(where)
        self.query_one("#draft-name", Link).say(f" m {self.draft.name} ({self.draft.code}) ")
        self._asked = (self.draft, looking, self.local)
        rows = self.query_one("#planned", Rows)
        path = self.writing.path
        if not self.draft.provisions or path is None:
            self.bench.stop("plan")
            self.plan = None
            rows.show(Table(nothing=_EMPTY))
            self.say_sentences(Content(""))
            return
        if self.plan is None:
            rows.show(Table(nothing="What it changes is being worked out."))
        here = place.id if place else ""
        local = here if self.local else ""
        self.fetch(
            "plan",
            self._asked,
            lambda: (desk.plan(path, looking, place=local), councils_of(desk, looking, here)),
            f"Working out what {self.draft.name} changes",
        )

    def was_stopped(self, job: Job) -> None:
        """The draft stays as it is; what stands below is said to be another's."""
        said = "Working out what this changes was stopped. R does it after all."
        if self.plan is not None:
            said += " Below stands what the draft changed before."
        else:
            self.query_one("#planned", Rows).show(Table(nothing="It is not known what this changes."))
        self.say_sentences(content(said, "$devo-warn"))

    def _show_provisions(self, desk: Desk) -> None:
        rows = self.query_one("#provisions", Rows)
        rows.show(provisions_table(desk, self.draft), rows.cursor, quietly=True)

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked or event.about != "plan":
            return
        plan, councils = event.value
        rows = self.query_one("#planned", Rows)
        self.show_plan(plan, councils, rows, plan_table(plan, self._command()))

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.plan = None
            why = event.why.replace(f"{self.writing.path}:", "line ")
            self.say_sentences(content("This draft cannot be read yet:", "$devo-loss"))
            self.query_one("#planned", Rows).show(Table(nothing=why))

    @on(Rows.Highlighted, "#planned")
    def _in_full(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.line is not None:
            self.say_change(event.line.key)
        elif self.plan is None:
            self.say_in_full()

    def _command(self) -> str:
        """The command that plans the draft alike, once it is saved."""
        place = self.looking.place if self.local else None
        here = ("--place", place.id) if place else ()
        desk = self.desk
        file = self.writing.file or "FILE"
        return desk.said(replace(self.looking, day=date.min), "plan", file, *here) if desk else ""

    @on(Rows.Chosen, "#planned")
    def _read(self, event: Rows.Chosen) -> None:
        event.stop()
        self.go_to_pane(2)

    @on(Rows.Chosen, "#provisions")
    def _change(self, event: Rows.Chosen) -> None:
        event.stop()
        self.action_edit()

    # --- changing ----------------------------------------------------------------------------

    def _changed(self, draft: Draft) -> None:
        if self.writing.change(draft):
            self.wrote()

    def wrote(self) -> None:
        """Show the draft after it changed, and let the other screens compare it."""
        path = self.writing.path
        self.explorer.draft_path = str(path) if path is not None and self.draft.provisions else ""
        self.query_one("#kept", Static).update(content(self.writing.said))
        self.follow()

    @work
    async def action_add(self) -> None:
        """Add a provision."""
        desk = self.desk
        if desk is None or not (verb := await chosen_verb(self, desk)):
            return
        given = await terms_of_verb(self, desk, verb, {})
        if given is not None:
            self._changed(self.draft.added({"verb": verb, **given}))
            self.query_one("#provisions", Rows).action_edge(1)

    @work
    async def action_edit(self) -> None:
        """Change the provision under the cursor."""
        line, desk = self.query_one("#provisions", Rows).line, self.desk
        if line is None or desk is None:
            self.explorer.say("There is no provision yet: a adds one.")
            return
        number = line.key
        before = dict(self.draft.provisions[number])
        verb = str(before.get("verb", ""))
        if verb not in desk.toolbox.verbs:
            self.explorer.say(
                f"No plugin that is on has a verb {verb!r}; change it in the file.", warning=True
            )
            return
        given = await terms_of_verb(self, desk, verb, before)
        if given is not None:
            known = {field.name for field in fields_of(desk.toolbox.verbs[verb])}
            kept = {key: value for key, value in before.items() if key not in known}
            self._changed(self.draft.changed(number, {**kept, **given}))

    def action_remove(self) -> None:
        """Remove the provision under the cursor."""
        line = self.query_one("#provisions", Rows).line
        if line is not None:
            self._changed(self.draft.removed(line.key))
            self.explorer.say("Removed; u brings it back.")
        else:
            self.explorer.say("There is no provision to remove.")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.writing.undo():
            self.wrote()
        else:
            self.explorer.say("There is nothing to take back.")

    def action_redo(self) -> None:
        """Make again what was taken back."""
        if self.writing.redo():
            self.wrote()
        else:
            self.explorer.say("There is nothing to make again.")

    def action_only_here(self) -> None:
        """Show what changes here, or everywhere."""
        if self.looking.place is None:
            self.explorer.say("Choose a place first: press / and type one.")
            return
        self.local = not self.local
        self.follow()

    # --- copying -----------------------------------------------------------------------------

    def main_rows(self) -> Rows | None:
        """The lines of the plan."""
        return self.query_one("#planned", Rows)
