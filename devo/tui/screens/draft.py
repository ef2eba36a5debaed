"""Draft a deal: provisions on the left, and at once what they change, conflict with and leave behind."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from devo import drafts
from devo.drafts import Draft, History, Keeper
from devo.tui.dialogs import Asked, Choice, no_such_folder
from devo.tui.forms import Form
from devo.tui.messages import Failed, Ready
from devo.tui.page import Page
from devo.tui.plans import beside, change_words, gains_and_losses, plan_table, plan_words
from devo.tui.rows import Rows
from devo.tui.screens.compare import Link, councils_of
from devo.tui.tables import Col, Line, Table
from devo.tui.texts import content
from devo.tui.verbs import fields_of, in_words, said
from devo.writing import write_whole

_EMPTY = """This is an empty draft. Press a to add a first provision: choose what it does, which power, who gets it,
and from which day. What it changes shows here at once. Everything is kept as you go."""


class DraftPage(Page):
    """A deal being written, and what it would do."""

    PANES = (("#steps", "Rows"), ("#main", "Rows"), ("#detail", "#detail-text"))
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

s saves the draft as a deal file. The command line reads it as it stands: `devo plan FILE` gives the same answer.
o opens a deal file to change it. The draft is written to disk at each change; one that was left unsaved, whatever
happened, comes back with b."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(Draft())
        self.keeper: Keeper | None = None
        self.plan: Any = None
        self.local = False
        self.file = ""
        self._asked: Any = None
        self._consents: tuple[Any, ...] = ()

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return self.history.now

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
            with Vertical(id="main", classes="pane"):
                with VerticalScroll(id="summary-box"):
                    yield Static("", id="summary", markup=False)
                yield Rows(Table(nothing=_EMPTY), id="planned")
            with Vertical(id="detail", classes="pane"), VerticalScroll(id="detail-text"):
                yield Static("", id="detail-words", markup=False)

    def on_mount(self) -> None:
        """Look for drafts that were left unsaved."""
        super().on_mount()
        self._keep_in_new_place()
        self._leftovers = [] if self.explorer.opening.served else list(drafts.leftovers(self.explorer.folder))
        if self._leftovers:
            left = self._leftovers[0]
            count = len(left.draft.provisions)
            plural = "provision" if count == 1 else "provisions"
            self._say_kept(f"{left.draft.name!r} was left unsaved ({count} {plural}): b brings it back.")

    def on_unmount(self) -> None:
        """Let go of the draft; what is unsaved stays on disk."""
        if self.keeper is not None:
            self.keeper.close()

    def depends(self) -> tuple[Any, ...]:
        """The draft, and whether only this place is shown."""
        return (self.draft, self.local)

    # --- showing -----------------------------------------------------------------------------

    def update(self) -> None:
        """Show the provisions, and ask what they change."""
        desk, looking = self.desk, self.looking
        if desk is None:
            return
        self.followed = (id(desk), looking, *self.depends())
        self._show_provisions()
        place = looking.place
        where = f" p Only {place.name} " if self.local and place else " p Everywhere "
        self.query_one("#draft-place", Link).say(where)
        self.query_one("#draft-name", Link).say(f" m {self.draft.name} ({self.draft.code}) ")
        self._asked = (self.draft, looking, self.local)
        rows = self.query_one("#planned", Rows)
        if not self.draft.provisions or self.keeper is None:
            self.plan = None
            rows.show(Table(nothing=_EMPTY))
            self.query_one("#summary", Static).update(Content(""))
            self.query_one("#detail-words", Static).update(Content(""))
            return
        self.query_one("#summary", Static).update(content("Working out what it changes…", "$devo-muted"))
        path = self.keeper.path
        local = place.id if place and self.local else ""
        self.fetch("plan", self._asked, lambda: desk.plan(path, looking, place=local))

    def _show_provisions(self) -> None:
        assert self.desk is not None
        world, verbs = self.desk.world, self.desk.toolbox.verbs
        lines = []
        for number, provision in enumerate(self.draft.provisions):
            what, text, when = said(world, provision, verbs.get(str(provision.get("verb"))))
            lines.append(Line((what, text, when), number))
        columns = (Col("Power", weight=2), Col("What", weight=3), Col("From", 11, lead="from "))
        rows = self.query_one("#provisions", Rows)
        nothing = "No provisions yet. Press a to add one."
        rows.show(Table("Provisions", columns, tuple(lines), 72, nothing), rows.cursor, quietly=True)

    @on(Ready)
    def _have(self, event: Ready) -> None:
        event.stop()
        if event.asked != self._asked or event.about != "plan":
            return
        self.plan = event.value
        self.query_one("#summary", Static).update(plan_words(event.value))
        table = plan_table(event.value, f"devo plan {self.file or 'FILE'}")
        self.query_one("#planned", Rows).show(table)
        if not table.lines:
            self.query_one("#detail-words", Static).update(Content("\n").join(self._beside()))

    @on(Failed)
    def _have_not(self, event: Failed) -> None:
        event.stop()
        if event.asked == self._asked:
            self.plan = None
            kept = f"{self.keeper.path}:" if self.keeper else ""
            why = event.why.replace(kept, "line ")
            self.query_one("#summary", Static).update(content("This draft cannot be read yet:", "$devo-loss"))
            self.query_one("#planned", Rows).show(Table(nothing=why))
            self.query_one("#detail-words", Static).update(Content(""))

    @on(Rows.Highlighted, "#planned")
    def _detail(self, event: Rows.Highlighted) -> None:
        event.stop()
        if event.line is not None and self.plan is not None:
            lines = [change_words(event.line.key), content(""), *self._beside()]
            self.query_one("#detail-words", Static).update(Content("\n").join(lines))
            self.query_one("#detail-text").scroll_home(animate=False)

    def _beside(self) -> list[Content]:
        councils = councils_of(self.desk, self.looking, self.looking.place)
        lines: list[Content] = []
        if councils and self.looking.place:
            lines.append(content(f"Councils in {self.looking.place.name}", "bold $devo-accent"))
            lines += [*gains_and_losses(self.plan, councils), content("")]
        return [*lines, *beside(self.plan)]

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
        if self.history.change(draft):
            self._written()

    def _written(self) -> None:
        try:
            if self.keeper is not None:
                self.keeper.keep(self.draft)
                self.explorer.draft_path = str(self.keeper.path) if self.draft.provisions else ""
            name = f" as {self.keeper.name}" if self.keeper and self.explorer.opening.served else ""
            self._say_kept(f"Kept{name}; not yet saved to a file of your own (s).")
        except OSError as error:
            self._say_kept(f"It cannot be kept ({error.strerror or error}): save it with s.")
        self.follow()

    def _say_kept(self, text: str) -> None:
        self.query_one("#kept", Static).update(content(text))

    def _keep_in_new_place(self, name: str = "") -> None:
        if self.keeper is not None:
            self.keeper.close()
            self.keeper = None
        try:
            self.keeper = Keeper(self.explorer.folder, name)
        except OSError as error:
            self._say_kept(f"Drafts cannot be kept ({error.strerror or error}): save often with s.")

    @work
    async def action_add(self) -> None:
        """Add a provision."""
        if self.desk is None:
            return
        verbs = self.desk.toolbox.verbs
        order = in_order(verbs)
        choices = [(name, *in_words(name, verbs[name])) for name in order]
        verb = await self.app.push_screen_wait(Choice("What should it do?", choices))
        if verb:
            given = await self._form(verb, {})
            if given is not None:
                self._changed(self.draft.added({"verb": verb, **given}))
                self.query_one("#provisions", Rows).action_edge(1)

    @work
    async def action_edit(self) -> None:
        """Change the provision under the cursor."""
        line = self.query_one("#provisions", Rows).line
        if line is None or self.desk is None:
            return
        number = line.key
        before = dict(self.draft.provisions[number])
        verb = str(before.get("verb", ""))
        if verb not in self.desk.toolbox.verbs:
            self.explorer.say(
                f"No plugin that is on has a verb {verb!r}; change it in the file.", warning=True
            )
            return
        given = await self._form(verb, before)
        if given is not None:
            known = {field.name for field in fields_of(self.desk.toolbox.verbs[verb])}
            kept = {key: value for key, value in before.items() if key not in known}
            self._changed(self.draft.changed(number, {**kept, **given}))

    async def _form(self, verb: str, values: dict[str, Any]) -> dict[str, Any] | None:
        assert self.desk is not None
        tool = self.desk.toolbox.verbs[verb]
        words, more = in_words(verb, tool)
        form = Form(
            f"{words}: {more}" if more else words,
            list(fields_of(tool)),
            values,
            self.desk.world,
            self.explorer.index,
            self.looking.day,
        )
        found: dict[str, Any] | None = await self.app.push_screen_wait(form)
        return found

    def action_remove(self) -> None:
        """Remove the provision under the cursor."""
        line = self.query_one("#provisions", Rows).line
        if line is not None:
            self._changed(self.draft.removed(line.key))
            self.explorer.say("Removed; u brings it back.")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.history.undo():
            self._written()
        else:
            self.explorer.say("There is nothing to take back.")

    def action_redo(self) -> None:
        """Make again what was taken back."""
        if self.history.redo():
            self._written()

    def action_only_here(self) -> None:
        """Show what changes here, or everywhere."""
        if self.looking.place is None:
            self.explorer.say("Choose a place first: press / and type one.")
            return
        self.local = not self.local
        self.follow()

    @work
    async def action_name(self) -> None:
        """Name the deal."""
        name = await self.app.push_screen_wait(
            Asked(
                "What is the deal called?",
                self.draft.name,
                check=lambda text: "" if text.strip() else "Type a name.",
            )
        )
        if name:
            self._changed(self.draft.named(name.strip()))

    # --- files -------------------------------------------------------------------------------

    @work
    async def action_save_deal(self) -> None:
        """Save the draft as a deal file."""
        if self.explorer.opening.served:
            # The server's disk is nobody's own: the file goes to the person's downloads.
            text = io.StringIO(drafts.spelt(self.draft))
            self.app.deliver_text(text, save_filename=f"{self.draft.code.lower()}.toml")
            return
        suggested = self.file or str(Path.cwd() / f"{self.draft.code.lower()}.toml")
        typed = await self.app.push_screen_wait(
            Asked("Save the deal in which file?", suggested, _saving_hint(suggested), no_such_folder)
        )
        if not typed:
            return
        path = Path(typed).expanduser()
        if path.exists() and str(path) != self.file:
            sure = await self.app.push_screen_wait(
                Choice(f"{path.name} is there already.", [("yes", "Replace it", ""), ("no", "Leave it", "")])
            )
            if sure != "yes":
                return
        try:
            write_whole(path, drafts.spelt(self.draft).encode())
        except OSError as error:
            self.explorer.say(f"Nothing could be written: {error.strerror or error}.", warning=True)
            return
        self.file = str(path)
        if self.keeper is not None:
            self.keeper.saved(path)
        self._say_kept(f"Saved in {path}. The same answer: devo plan {path.name}")
        self.explorer.say(f"Saved in {path}")

    @work
    async def action_open_deal(self) -> None:
        """Open a deal file."""
        if self.explorer.opening.served:
            self.explorer.say("In a browser a draft comes back by its name: press b.")
            return
        typed = await self.app.push_screen_wait(
            Asked(
                "Which deal file?",
                hint="a .toml file; remarks in it are not kept when it is saved again",
                check=_readable,
            )
        )
        if typed:
            path = Path(typed).expanduser()
            self.open_draft(drafts.parsed(path.read_text("utf-8")), str(path))

    def open_draft(self, draft: Draft, file: str = "") -> None:
        """Go on with another draft; the one before stays kept until it is saved."""
        self._keep_in_new_place()
        self.history = History(draft)
        self.file = file
        self._written()
        if file and self.keeper is not None:
            self.keeper.saved(Path(file))
            self._say_kept(f"Opened {file}.")

    def action_new_deal(self) -> None:
        """Begin a new draft."""
        self.open_draft(Draft())

    @work
    async def action_bring_back(self) -> None:
        """Bring back a draft that was left unsaved."""
        if self.explorer.opening.served:
            name = await self.app.push_screen_wait(
                Asked(
                    "Which draft?",
                    hint="the name it was kept as, such as bado-kimu-rela",
                    check=self._no_such_draft,
                )
            )
            if name:
                self._take_over(name.strip())
            return
        self._leftovers = list(drafts.leftovers(self.explorer.folder))
        if not self._leftovers:
            self.explorer.say("No draft was left unsaved.")
            return
        choices = [
            (item.name, item.draft.name, f"{len(item.draft.provisions)} provisions")
            for item in self._leftovers
        ]
        name = await self.app.push_screen_wait(Choice("Which draft?", choices))
        if name:
            self._take_over(name)

    def _take_over(self, name: str) -> None:
        path = self.explorer.folder / "drafts" / name / "draft.toml"
        try:
            draft = drafts.parsed(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            self.explorer.say(f"It cannot be read: {error}", warning=True)
            return
        self._keep_in_new_place(name)
        if self.keeper is None:
            self._keep_in_new_place()
        self.history = History(draft)
        self.file = ""
        self._written()

    def _no_such_draft(self, text: str) -> str:
        name = text.strip()
        if not name.replace("-", "").isalpha():
            return "A draft's name is three words with hyphens, such as bado-kimu-rela."
        there = (self.explorer.folder / "drafts" / name / "draft.toml").is_file()
        return "" if there else "No draft is kept under that name."

    # --- copying -----------------------------------------------------------------------------

    def main_rows(self) -> Rows | None:
        """The lines of the plan."""
        return self.query_one("#planned", Rows)


def in_order(verbs: Any) -> list[str]:
    """The usual verbs first, in the order of their plain words, then the others by name."""
    from devo.tui.verbs import PLAIN

    usual = [name for name in PLAIN if name in verbs]
    return [*usual, *sorted(name for name in verbs if name not in PLAIN)]


def _saving_hint(path: str) -> str:
    return "The command line reads the file as it stands: devo plan FILE"


def _readable(text: str) -> str:
    path = Path(text).expanduser()
    if not path.is_file():
        return "There is no such file."
    try:
        drafts.parsed(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return f"It is no deal file: {error}"
    return ""


def day_in(provision: Any) -> date | None:
    """A provision's day, if it has one."""
    found = provision.get("commencement")
    return found if isinstance(found, date) else None
