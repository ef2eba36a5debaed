"""The provisions of a draft: as a table, and the windows that ask what a new one does and for its terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from devo.tui.dialogs import Choice
from devo.tui.forms import Form
from devo.tui.tables import Col, Line, Table
from devo.tui.verbs import fields_of, in_order, in_words, said

if TYPE_CHECKING:
    from devo.drafts import Draft
    from devo.tui.desk import Desk
    from devo.tui.page import Page

_COLUMNS = (Col("Power", weight=2), Col("What", weight=3), Col("From", 11, lead="from "))


def provisions_table(desk: Desk, draft: Draft) -> Table:
    """The provisions of a draft in plain words; a row's key is its number."""
    verbs = desk.toolbox.verbs
    lines = tuple(
        Line(said(desk.world, provision, verbs.get(str(provision.get("verb")))), number)
        for number, provision in enumerate(draft.provisions)
    )
    return Table("Provisions", _COLUMNS, lines, 72, "No provisions yet. Press a to add one.")


async def chosen_verb(page: Page, desk: Desk) -> str:
    """Ask what a new provision should do; its verb, or '' to leave it."""
    verbs = desk.toolbox.verbs
    choices = [(name, *in_words(name, verbs[name])) for name in in_order(verbs)]
    chosen: str | None = await page.app.push_screen_wait(Choice("What should it do?", choices))
    return chosen or ""


async def terms_of_verb(page: Page, desk: Desk, verb: str, begun: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask for a verb's terms in a form, which begins with some; None to leave it."""
    tool = desk.toolbox.verbs[verb]
    words, more = in_words(verb, tool)
    form = Form(
        f"{words}: {more}" if more else words,
        list(fields_of(tool)),
        begun,
        desk.world,
        page.explorer.index,
        page.looking.day,
    )
    given: dict[str, Any] | None = await page.app.push_screen_wait(form)
    return given
