"""The list of all commands (Ctrl+P): everything that a key or a click does, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from devo.tui.bars import MENU
from devo.tui.texts import plain_title

if TYPE_CHECKING:
    from devo.tui.app import Explorer

_COMMANDS = (
    ("Search", "Find any place, body, power, deal or question ( / )", "search"),
    ("Earlier change", "Go to the last day before on which something here changed ( [ )", "earlier"),
    ("Later change", "Go to the next day on which something here changes ( ] )", "later"),
    ("Go to a day", "Look at everything as it was, or will be, on a day ( d )", "day"),
    ("By whose law", "Count only the law made by a day ( k )", "known"),
    ("Copy row", "Copy the row under the cursor ( c )", "copy"),
    ("Copy table", "Copy the whole table, to paste in a spreadsheet ( C )", "copy_table"),
    ("Copy citation", "Copy a line that cites the answer and its law ( r )", "copy_citation"),
    ("Export", "Save what is on screen as a web page, a spreadsheet or CSV ( e )", "save"),
    ("Save picture", "Save the screen as an SVG picture ( S )", "picture"),
    ("Light or dark", "Change between the light and the dark theme ( t )", "other_theme"),
    ("What is wrong", "What there is to know about this world ( F )", "findings"),
    ("Look again", "Ask anew for what is on screen ( R )", "screen.again"),
    ("Stop", "Stop what is under way ( Esc )", "screen.stop"),
    ("Help", "What this screen shows, and its keys ( ? )", "help"),
    ("Start the hints again", "The five hints of the first run", "hints_again"),
    ("Quit", "Leave; everything is kept ( q )", "quit"),
)


def commands(app: Explorer) -> Iterator[SystemCommand]:
    """Every command of the app, then those of the screen that is open, then the questions."""
    for mode, key, name in MENU:
        yield SystemCommand(name, f"Go to the screen {name} ( {key} )", _run(app, f"go('{mode}')"))
    for title, help_, action in _COMMANDS:
        yield SystemCommand(title, help_, _run(app, action))
    # Those of the screen that the list was opened over; what two keys do is listed once.
    own = {bound.action: bound for _, bound in reversed(list(app.screen._bindings)) if bound.description}
    for action, bound in reversed(own.items()):
        if not action.startswith("app.") and action not in ("back", "again"):
            yield SystemCommand(
                bound.description, f"On this screen ( {bound.key} )", _run(app, f"screen.{action}")
            )
    if app.desk is not None:
        for name, tool in app.desk.questions.items():
            help_ = tool.help.partition("\n")[0].replace("`", "")
            yield SystemCommand(f"Question: {plain_title(name)}", help_, _ask(app, name))


def _run(app: Explorer, action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await app.run_action(action, app.screen if action.startswith("screen.") else app)

    return run


def _ask(app: Explorer, name: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await app.action_go("questions")
        await app.tell_screen("show_question", name)

    return run
