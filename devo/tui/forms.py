"""A form: one line a term, what is wrong with it said beside it, names completed as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from devo.names import NameFault
from devo.tui.dialogs import Window, content_lines
from devo.tui.options import SHOWN, OptionLine, Options
from devo.tui.searching import Index
from devo.tui.texts import content
from devo.tui.verbs import Field, value_of
from devo.world import World

# What kinds of thing each reference may name.
_KINDS = {
    "power": ("power",),
    "body": ("body",),
    "holder": ("body",),
    "place": ("place",),
    "areas": ("place",),
    "deal": ("deal",),
}


class Names(Suggester):
    """Completes a name as it is typed; the right arrow takes it."""

    def __init__(self, index: Index, ref: str):
        super().__init__(use_cache=True, case_sensitive=False)
        kinds = _KINDS.get(ref, ())
        self.entries = [entry for entry in index.entries if entry.what in kinds]

    async def get_suggestion(self, value: str) -> str | None:
        """The shortest name that begins so."""
        begun = value.casefold()
        if len(begun) < 2:
            return None
        fitting = [e.name for e in self.entries if e.texts[0].startswith(begun)]
        best = min(fitting, key=len, default=None)
        return value + best[len(value) :] if best else None


class Form(Window[dict[str, Any]]):
    """Asks for the terms of a verb or a question; gives them as a file has them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        Binding("ctrl+s", "done", "Done", show=False),
        # Before the box that scrolls a long form on a small screen takes them.
        Binding("down", "app.focus_next", "Next line", show=False, priority=True),
        Binding("up", "app.focus_previous", "Line before", show=False, priority=True),
    ]

    def __init__(
        self,
        heading: str,
        fields: list[Field],
        values: Mapping[str, Any],
        world: World,
        index: Index | None,
        today: date,
        *,
        button: str = "Done",
        about: str = "",
        read: Callable[[Field, str], Any] | None = None,
        options: Options | None = None,
    ):
        super().__init__()
        self.heading, self.fields, self.values = heading, fields, values
        self.world, self.index, self.today = world, index, today
        self.button, self.about = button, about
        self.options = options or {}
        self.read = read or (lambda field, text: value_of(world, field, text, today))

    def compose(self) -> ComposeResult:
        """The heading, the lines, and the button."""
        with Vertical(id="form", classes="window"):
            yield Static(content(self.heading, "bold $devo-accent"), markup=False)
            with VerticalScroll(id="form-lines", can_focus=False):
                for field in self.fields:
                    need = "" if field.required else "  (may be left blank)"
                    with Vertical(classes="form-line"):
                        yield Static(
                            content(f"{field.label}{need}", "bold" if field.required else ""), markup=False
                        )
                        yield Input(
                            self._begun(field),
                            placeholder=field.hint,
                            id=f"term-{field.name}",
                            suggester=self._suggester(field),
                        )
                        yield Static("", id=f"wrong-{field.name}", classes="wrong", markup=False)
                        options = self.options.get(field.name, ())
                        if len(options) <= SHOWN:
                            yield from (OptionLine(option, field.name) for option in options)
                if self.about:
                    yield Static(content_lines(self.about, "$devo-muted"), markup=False)
            with Horizontal(id="form-buttons"):
                yield Button(self.button, id="form-done", compact=True)
                yield Button("Leave it", id="form-leave", compact=True)
                yield Static(content("  Enter goes on; Esc leaves.", "$devo-muted"), markup=False)

    def _begun(self, field: Field) -> str:
        value = self.values.get(field.name)
        named = {option.id: option.name for option in self.options.get(field.name, ())}
        if str(value) in named:
            return named[str(value)]
        ref = field.term.ref if field.term else ""
        return _named(self.world, ref, value) or _shown(value, self.world)

    def _suggester(self, field: Field) -> Suggester | None:
        if self.index is None or field.term is None or field.term.ref not in _KINDS:
            return None
        return Names(self.index, field.term.ref)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring the whole line into sight, with what it asks and not its box alone."""
        _line_of(event.widget).scroll_visible(animate=False)

    def scroll_to_center(self, widget: Widget, *args: Any, **options: Any) -> None:
        """Bring a box into sight that has got the focus, with what it asks."""
        super().scroll_to_center(_line_of(widget), *args, **{**options, "animate": False})

    def on_mount(self) -> None:
        """Begin at the first line."""
        inputs = self.query(Input)
        if inputs:
            inputs.first().focus()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        inputs = list(self.query(Input))
        at = inputs.index(event.input)
        field = self.fields[at]
        if not self._right(field):
            return
        later = [
            n for n in range(at + 1, len(inputs)) if self.fields[n].required and not inputs[n].value.strip()
        ]
        if later:
            inputs[later[0]].focus()
        else:
            self.action_done()

    @on(Button.Pressed, "#form-done")
    def action_done(self) -> None:
        """Give the terms, if nothing is wrong with them."""
        wrong = [field for field in self.fields if not self._right(field)]
        if wrong:
            self.query_one(f"#term-{wrong[0].name}", Input).focus()
            return
        given: dict[str, Any] = {}
        for field in self.fields:
            value = self.read(field, self.query_one(f"#term-{field.name}", Input).value)
            if value is not None:
                given[field.name] = value
        self.dismiss(given)

    @on(Button.Pressed, "#form-leave")
    def _leave(self) -> None:
        self.dismiss(None)

    def _right(self, field: Field) -> bool:
        text = self.query_one(f"#term-{field.name}", Input).value
        why = ""
        try:
            self.read(field, text)
        except NameFault as fault:
            why = f"{fault.message}. {fault.suggestion}"
        except ValueError as fault:
            why = str(fault)
        self.query_one(f"#wrong-{field.name}", Static).update(content(why, "$devo-loss"))
        self.query_one(f"#wrong-{field.name}", Static).display = bool(why)
        return not why


def _line_of(widget: Widget) -> Widget:
    """The line of the form that a box stands in; of anything else, itself."""
    line = widget.parent
    return line if isinstance(line, Widget) and line.has_class("form-line") else widget


def _named(world: World, ref: str, value: Any) -> str:
    """The name of what a code or id means, where the name means the same; else ''."""
    from devo import names

    if not isinstance(value, str) or ref not in ("place", "body", "power"):
        return ""
    try:
        look: Mapping[str, Any] = {"place": names.place, "body": names.body, "power": names.power}
        name: str = look[ref](world, value).name
        return name if names.resolve(world, ref, name) == names.resolve(world, ref, value) else ""
    except NameFault:
        return ""


def _shown(value: Any, world: World) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return value.isoformat() if isinstance(value, date) else str(value)
