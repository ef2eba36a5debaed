"""Asking for the terms of a question: the form that the screens of questions and of the map share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from devo.tui.forms import Form
from devo.tui.options import meant, options_for
from devo.tui.questioning import fields_of_question, read_term
from devo.tui.texts import plain_title

if TYPE_CHECKING:
    from devo.tools import Tool
    from devo.tui.page import Page
    from devo.tui.verbs import Field


async def terms_of(page: Page, tool: Tool, begun: Mapping[str, Any], button: str) -> dict[str, Any] | None:
    """The terms that somebody gives a question in a form, which begins with some; None to leave it."""
    desk, looking = page.desk, page.looking
    if desk is None:
        return None
    world = desk.on(looking)
    options = await page.got("Looking for what can be named", lambda: options_for(desk, looking, tool))

    def read(field: Field, text: str) -> Any:
        listed = options.get(field.name)
        if listed and text.strip():
            text = meant(listed, text)
        return read_term(world, tool, field, text)

    first, _, rest = tool.help.replace("`", "").partition("\n")
    form = Form(
        f"{plain_title(tool.name)}: {first}",
        fields_of_question(tool),
        begun,
        world,
        page.explorer.index,
        looking.day,
        button=button,
        about=rest.strip(),
        read=read,
        options=options,
    )
    given: dict[str, Any] | None = await page.app.push_screen_wait(form)
    return given
