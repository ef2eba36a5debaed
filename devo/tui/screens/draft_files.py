"""Drafts and files: the windows that save a draft, open one, bring one back that was left, or name it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from textual import work

from devo import drafts
from devo.drafts import Draft
from devo.tui.dialogs import Asked, Choice
from devo.tui.drafting import Writing
from devo.tui.page import Page
from devo.tui.typed import no_such_folder


class DraftFiles(Page):
    """A page with a draft that goes to files and comes from them."""

    writing: Writing
    # Shows the draft after it changed; each page in its own way.
    wrote: Callable[[], None]

    @work
    async def action_name(self) -> None:
        """Name the deal."""
        draft = self.writing.draft
        check = lambda text: "" if text.strip() else "Type a name."  # noqa: E731
        name = await self.app.push_screen_wait(Asked("What is the deal called?", draft.name, check=check))
        if name and self.writing.change(draft.named(name.strip())):
            self.wrote()

    @work
    async def action_save_deal(self) -> None:
        """Save the draft as a deal file."""
        writing = self.writing
        if writing.served:
            # The server's disk is nobody's own: the file goes to the person's downloads.
            text = io.StringIO(drafts.spelt(writing.draft))
            self.app.deliver_text(text, save_filename=f"{writing.draft.code.lower()}.toml")
            return
        suggested = writing.file or str(Path.cwd() / f"{writing.draft.code.lower()}.toml")
        hint = "The command line reads the file as it stands: devo plan FILE"
        typed = await self.app.push_screen_wait(
            Asked("Save the deal in which file?", suggested, hint, no_such_folder)
        )
        if not typed:
            return
        path = Path(typed).expanduser()
        if path.exists() and str(path) != writing.file:
            sure = await self.app.push_screen_wait(
                Choice(f"{path.name} is there already.", [("yes", "Replace it", ""), ("no", "Leave it", "")])
            )
            if sure != "yes":
                return
        try:
            writing.save(path)
        except OSError as error:
            self.explorer.say(f"Nothing could be written: {error.strerror or error}.", warning=True)
            return
        self.explorer.say(f"Saved in {path}")
        self.wrote()

    @work
    async def action_open_deal(self) -> None:
        """Open a deal file."""
        if self.writing.served:
            self.explorer.say("In a browser a draft comes back by its name: press b.")
            return
        hint = "a .toml file; remarks in it are not kept when it is saved again"
        typed = await self.app.push_screen_wait(Asked("Which deal file?", hint=hint, check=_unreadable))
        if typed:
            path = Path(typed).expanduser()
            self.writing.begin(drafts.parsed(path.read_text("utf-8")), str(path))
            self.wrote()

    def action_new_deal(self) -> None:
        """Begin a new draft."""
        self.writing.begin(Draft())
        self.wrote()

    @work
    async def action_bring_back(self) -> None:
        """Bring back a draft that was left unsaved."""
        writing = self.writing
        if writing.served:
            hint = "the name it was kept as, such as bado-kimu-rela"
            asked = Asked("Which draft?", hint=hint, check=writing.no_such)
            name = await self.app.push_screen_wait(asked)
        else:
            left = writing.leftovers()
            if not left:
                self.explorer.say("No draft was left unsaved.")
                return
            choices = [(item.name, item.draft.name, provisions(item.draft)) for item in left]
            name = await self.app.push_screen_wait(Choice("Which draft?", choices))
        if not name:
            return
        try:
            writing.take_over(name.strip())
        except (OSError, ValueError) as error:
            self.explorer.say(f"It cannot be read: {error}", warning=True)
            return
        self.wrote()


def provisions(draft: Draft) -> str:
    """How many provisions a draft has, in words."""
    count = len(draft.provisions)
    return f"{count} provision" if count == 1 else f"{count} provisions"


def _unreadable(text: str) -> str:
    path = Path(text).expanduser()
    if not path.is_file():
        return "There is no such file."
    try:
        drafts.parsed(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return f"It is no deal file: {error}"
    return ""
