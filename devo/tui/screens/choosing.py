"""Choosing what a column of a comparison shows, and which deal: the windows of the screen Compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from devo.tui.dialogs import Asked, Choice, Search
from devo.tui.going import today
from devo.tui.page import Page
from devo.tui.sides import Side
from devo.tui.typed import DAYS, day_of, no_such_day

_CHOICES = (
    ("day", "Another day", ""),
    ("without", "Without one of its deals", "as if it had never been"),
    ("file", "With a deal file", "a draft of yours, saved as a file"),
    ("draft", "With the draft on screen 3", "as it stands now"),
    ("law", "England's general law", "before any deal"),
    ("plain", "The world as it is", "no deal added or left out"),
)


async def chosen_side(page: Page, side: Side) -> Side | None:
    """Ask what a column should show instead; None to leave it."""
    app = page.explorer
    # In a browser the disk is the server's, and nobody's own.
    choices = [
        (key, name, f"now {side.day.isoformat()}" if key == "day" else remark)
        for key, name, remark in _CHOICES
        if not (key == "file" and app.opening.served)
    ]
    choice = await app.push_screen_wait(Choice("What should the column show?", choices))
    plain = replace(side, deals=(), without=(), baseline="", named="")
    if choice == "day":
        now = today()
        typed = await app.push_screen_wait(
            Asked("Which day?", side.day.isoformat(), DAYS, lambda text: no_such_day(text, now))
        )
        day = day_of(typed, now) if typed else None
        return replace(side, day=day) if day else None
    if choice == "without":
        deal = await chosen_deal(page)
        return replace(plain, without=(deal,)) if deal else None
    if choice == "file":
        typed = await app.push_screen_wait(
            Asked("Which file?", hint="the path of a deal file (.toml)", check=_no_such_file)
        )
        path = Path(typed).expanduser() if typed else None
        return replace(plain, deals=(str(path),), named=f"With {path.name}") if path else None
    if choice == "draft":
        if app.draft_path:
            return replace(plain, deals=(app.draft_path,), named="With my draft")
        app.say("There is no draft yet: 3 starts one.")
        return None
    if choice == "law":
        return replace(plain, baseline="england-general-law")
    return plain if choice == "plain" else None


async def chosen_deal(page: Page) -> str:
    """Ask for one of the world's deals, the latest first; its code, or '' for none."""
    app = page.explorer
    if app.index is None:
        return ""
    agreed = {deal.code: deal.agreed or date.min for deal in app.desk.world.deals} if app.desk else {}
    deals = sorted(app.index.of("deal"), key=lambda entry: agreed.get(entry.id, date.min), reverse=True)
    entry = await app.push_screen_wait(Search(app.index, deals, "All deals, the latest first", ("deal",)))
    return entry.id if entry else ""


def _no_such_file(text: str) -> str:
    return "" if Path(text).expanduser().is_file() else "There is no such file."
