"""The draft being written: its changes taken back and made again, and where it is kept as it grows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from devo import drafts
from devo.drafts import Draft, History, Keeper
from devo.writing import write_whole


class Writing:
    """A draft with its history, its keeper and its file. `said` tells in words where it is kept.

    Each change is on disk before the next; a draft that cannot be kept says so and goes on.
    """

    def __init__(self, folder: Path, *, served: bool = False):
        self.folder, self.served = folder, served
        self.history = History(Draft())
        self.keeper: Keeper | None = None
        self.file = ""
        self.said = ""
        self._keep_in_new_place()

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return self.history.now

    @property
    def path(self) -> Path | None:
        """Where it is kept; None where it cannot be."""
        return self.keeper.path if self.keeper is not None else None

    # --- changing ----------------------------------------------------------------------------

    def change(self, draft: Draft) -> bool:
        """Go on with the draft changed; whether that is another than before."""
        changed = self.history.change(draft)
        if changed:
            self._keep()
        return changed

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        done = self.history.undo()
        if done:
            self._keep()
        return done

    def redo(self) -> bool:
        """Make again what was taken back; False where there is nothing."""
        done = self.history.redo()
        if done:
            self._keep()
        return done

    def begin(self, draft: Draft, file: str = "") -> None:
        """Go on with another draft; the one before stays kept until it is saved."""
        self._keep_in_new_place()
        self.history, self.file = History(draft), file
        self._keep()
        if file and self.keeper is not None:
            self.keeper.saved(Path(file))
            self.said = f"Opened {file}."

    # --- files -------------------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Write the draft as a deal file. Raises OSError."""
        write_whole(path, drafts.spelt(self.draft).encode())
        self.file = str(path)
        if self.keeper is not None:
            self.keeper.saved(path)
        self.said = f"Saved in {path}. The same answer: devo plan {path.name}"

    def leftovers(self) -> list[Any]:
        """Drafts of sessions that ended before they were saved. In a browser nobody sees another's."""
        return [] if self.served else list(drafts.leftovers(self.folder))

    def take_over(self, name: str) -> None:
        """Go on with a draft that was left, by the name it was kept as. Raises OSError or ValueError."""
        draft = drafts.parsed(self._kept_as(name).read_text("utf-8"))
        self._keep_in_new_place(name)
        if self.keeper is None:
            self._keep_in_new_place()
        self.history, self.file = History(draft), ""
        self._keep()

    def no_such(self, text: str) -> str:
        """What is wrong with the name of a kept draft; '' if nothing is."""
        name = text.strip()
        if not name.replace("-", "").isalpha():
            return "A draft's name is three words with hyphens, such as bado-kimu-rela."
        return "" if self._kept_as(name).is_file() else "No draft is kept under that name."

    def close(self) -> None:
        """Let go of the draft; what is unsaved stays on disk."""
        if self.keeper is not None:
            self.keeper.close()

    def _kept_as(self, name: str) -> Path:
        return self.folder / "drafts" / name / "draft.toml"

    def _keep_in_new_place(self, name: str = "") -> None:
        self.close()
        self.keeper = None
        try:
            self.keeper = Keeper(self.folder, name)
        except OSError as error:
            self.said = f"Drafts cannot be kept ({error.strerror or error}): save often with s."

    def _keep(self) -> None:
        if self.keeper is None:
            return
        try:
            self.keeper.keep(self.draft)
        except OSError as error:
            self.said = f"It cannot be kept ({error.strerror or error}): save it with s."
            return
        name = f" as {self.keeper.name}" if self.served else ""
        self.said = f"Kept{name}; not yet saved to a file of your own (s)."
