"""What a term may be, where a plugin lists it: the names under a form's line, to be typed in part or clicked.

A term that refers to a plugin's own records, `persona` say, may be any that the question named in the
plural (`personas`) lists: it has a column of that name, and one called `name` or `persona_name`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from textual.widgets import Input, Static

from devo.tools import Tool
from devo.tui.desk import Desk
from devo.tui.looking import Looking
from devo.tui.texts import content

# More than so many are not shown under a line, only completed.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a term may be: its id and its name."""

    id: str
    name: str


Options = Mapping[str, Sequence[Option]]


def options_for(desk: Desk, looking: Looking, tool: Tool) -> dict[str, tuple[Option, ...]]:
    """By term, what a question's terms may be, for those of which a plugin lists it."""
    found = {}
    for term in tool.terms:
        listing = desk.questions.get(f"{term.ref}s") if term.ref else None
        if listing is None or any(other.required for other in listing.terms):
            continue
        has = {column.name for column in listing.columns}
        named = next((name for name in (f"{term.ref}_name", "name") if name in has), "")
        if term.ref in has and named:
            rows = desk.ask(looking, listing.name).rows
            options = {str(getattr(row, term.ref)): str(getattr(row, named)) for row in rows}
            found[term.name] = tuple(Option(id_, name) for id_, name in options.items())
    return found


def meant(options: Sequence[Option], text: str) -> str:
    """The id that a text means: an id or name, or words that one name alone has. Raises ValueError."""
    typed = text.strip().casefold()
    for option in options:
        if typed in (option.id.casefold(), option.name.casefold()):
            return option.id
    asked = typed.replace("-", " ").split()
    fitting = [o for o in options if all(w in f"{o.name} {o.id}".casefold() for w in asked)]
    if len(fitting) == 1:
        return fitting[0].id
    if fitting:
        raise ValueError(f"that could be {' or '.join(option.name for option in fitting[:3])}")
    names = {option.name.casefold(): option.name for option in options}
    near = [names[name] for name in get_close_matches(typed, names, n=2, cutoff=0.3)]
    raise ValueError(f"nothing is called so; the nearest: {' or '.join(near or list(names.values())[:3])}")


class OptionLine(Static):
    """One of the options under a form's line; a click takes it."""

    ALLOW_SELECT = False

    def __init__(self, option: Option, term: str):
        super().__init__(content(f"  {option.name}"), markup=False, classes="option")
        self.option, self.term = option, term

    def on_click(self) -> None:
        """Put its name into the line above."""
        box: Any = self.screen.query_one(f"#term-{self.term}", Input)
        box.value = self.option.name
        box.focus()
