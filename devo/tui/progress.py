"""What is under way, how far it is, and how to stop it: one line over the keys, for work that takes a while."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from devo.tui.texts import content, cut
from devo.tui.work import Job

# What is done sooner than this says nothing: a line that comes and goes would only flicker.
AFTER = 0.4
EVERY = 0.1
_BAR = 10


class Progress(Static):
    """The line. A click stops the work, as Escape does."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("", markup=False, id="progress")
        self.display = False

    @property
    def is_shown(self) -> bool:
        """Whether there is work that a person was told of."""
        return bool(self.display)

    def tell(self, job: Job | None) -> None:
        """Say how far a job is; with none, or one that has only begun, nothing."""
        self.display = job is not None and job.seconds >= AFTER
        if job is not None and self.display:
            self.update(drawn(job, self.app.size.width))

    async def on_click(self) -> None:
        """Stop it."""
        await self.run_action("screen.stop")


def drawn(job: Job, width: int) -> Content:
    """The line for a job: what, a bar where its parts are counted, the seconds, the way out."""
    filled = round(job.done / job.of * _BAR) if job.of > 1 else 0
    bar = f" {'█' * filled}{'░' * (_BAR - filled)} " if job.of > 1 else " "
    after = f"{bar}{job.seconds:.0f} s"
    out = "Esc stops it "
    said = cut(job.said(), max(width - len(after) - len(out) - 3, 8))
    gap = " " * max(width - len(said) - len(after) - len(out) - 1, 1)
    return Content.assemble(" ", content(said), after, gap, (out, "bold"))
