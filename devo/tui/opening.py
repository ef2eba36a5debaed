"""What the explorer opens with: which world, on which day, looking at what; and the opening of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devo.tui.desk import Desk
    from devo.tui.looking import Subject
    from devo.tui.searching import Index
    from devo.world import World


@dataclass(frozen=True, slots=True)
class Opening:
    """The options that the explorer was started with; what is left out comes from the last time.

    `served` says that it runs in somebody's browser, beside other people's; `fresh` that nothing is
    to be remembered from the last time.
    """

    baseline: str = "england"
    scenario: str | None = None
    deals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    on: date | None = None
    known: date | None = None
    place: str = ""
    served: bool = False
    state: Path | None = None
    fresh: bool = False
    debug: bool = False

    @property
    def in_words(self) -> str:
        """The world, as a person would call it."""
        said = self.scenario or {"england": "England"}.get(self.baseline, self.baseline)
        if self.deals:
            said += f" with {', '.join(self.deals)}"
        if self.without:
            said += f" without {', '.join(self.without)}"
        return said


@dataclass(frozen=True, slots=True)
class Opened:
    """A world that was opened, with everything in it that can be searched for; and what was wrong on the way.

    Without a desk nothing could be opened.
    """

    desk: Desk | None
    index: Index | None
    trouble: tuple[str, ...] = ()


def open_or_instead(opening: Opening) -> Opened:
    """Open a world; where it cannot be opened, say why and open plain England. Takes up to some seconds."""
    from devo.tui import desk as desks
    from devo.tui.faults import said
    from devo.tui.searching import Index
    from devo.tui.work import step

    trouble: tuple[str, ...] = ()
    try:
        desk = desks.open_desk(opening)
    except Exception as error:  # the explorer shows what it can, whatever is wrong with what it was given
        trouble = tuple(said(error).split("\n"))
        try:
            desk = desks.open_desk(Opening(state=opening.state))
        except Exception as second:
            return Opened(None, None, (*trouble, *said(second).split("\n")))
    step("putting its names in order")
    questions = ((name, tool.help) for name, tool in desk.questions.items())
    return Opened(desk, Index(desk.world, questions), trouble)


def first_place(world: World, texts: tuple[object, ...]) -> Subject | None:
    """The first of some places that the world has: the one asked for, the one looked at last."""
    from devo import names
    from devo.names import NameFault
    from devo.tui.looking import Subject

    for text in texts:
        if isinstance(text, str) and text:
            try:
                place = names.place(world, text)
            except NameFault:
                continue
            layered = f"{place.geography}:{place.id}" if place.geography else place.id
            return Subject("place", layered, place.name)
    return None
