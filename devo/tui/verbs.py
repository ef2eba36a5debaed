"""The verbs of deals in plain words, and the form that each needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from devo.tools import Term, Tool
from devo.tui.texts import day, plain_title
from devo.world import World

# What an official would call each of the usual verbs, the commonest first. Others go by their own help.
PLAIN = {
    "transfer": ("Give a power to a body", "instead of whoever has it now"),
    "share": ("Share a power with a body", "beside whoever has it, each may act alone"),
    "delegate": ("Let a body act for another", "which keeps the power and stays responsible"),
    "confer": ("Give a body something new", "that nobody loses by it"),
    "exercise": ("Let somebody else decide", "the mayor, a committee, an officer"),
    "cease": ("Take a power away", "from a body, over its area"),
    "give-back": ("Give a power back", "to those who had it before"),
    "make-joint": ("Make a power joint", "none of several bodies may act without the others"),
    "condition": ("Set a condition", "consent, consultation, approval or direction by somebody"),
    "re-source": ("Put a power on a new legal basis", "the same holder"),
}
_LABELS = {
    "power": ("Which power?", "a name or a code, such as Adult education or T03"),
    "transferee": ("Who gets it?", "a council, an authority or another body"),
    "holder": ("Which body?", "a body, or every:CLASS for all of a kind"),
    "holders": ("Which bodies?", "with commas between them"),
    "transferor": ("From whom?", "blank: whoever holds it there now"),
    "area": ("Over which area?", "blank: all of the body's own"),
    "mode": ("How is it held?", "sole (alone), concurrent (each may act), joint (only together), delegated"),
    "exercised_by": ("Who decides?", "blank: the body itself; or mayor, or another body"),
    "exercised_from": ("Who decides from which day?", "blank: from the first day"),
    "carve_outs": ("What is kept back?", "in words; blank: nothing"),
    "by": ("By whom?", "the mayor, a committee, or a body"),
    "kind": ("Which kind?", ""),
    "text": ("In words?", "what has to happen"),
    "to": ("To whom?", ""),
}
# Terms that most people never need; they can be written in the file.
_RARE = frozenset(
    {"exercised_from", "carve_outs", "root", "mirrored", "discharges", "arrangement", "met", "rule"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    label: str
    hint: str
    required: bool
    term: Term | None = None


def in_order(verbs: Iterable[str]) -> list[str]:
    """The usual verbs first, the commonest before the rest, then the others by name."""
    names = set(verbs)
    return [*(name for name in PLAIN if name in names), *sorted(names - PLAIN.keys())]


def in_words(name: str, tool: Tool | None = None) -> tuple[str, str]:
    """A verb in plain words, and what it does more closely."""
    if name in PLAIN:
        return PLAIN[name]
    first = (tool.help if tool else "").partition("\n")[0].replace("`", "")
    return plain_title(name), first


def fields_of(tool: Tool) -> Iterator[Field]:
    """The lines of a verb's form: what it needs, the day, and what may be left blank."""
    needed = [term for term in tool.terms if term.required]
    rest = [term for term in tool.terms if not term.required and term.name not in _RARE]
    for term in needed:
        yield _field(term)
    yield Field("commencement", "From which day?", "2028-04-01, or 1 April 2028", True)
    for term in rest:
        yield _field(term)


def _field(term: Term) -> Field:
    label, hint = _LABELS.get(term.name, (plain_title(term.name), ""))
    if term.choices and not hint:
        hint = " or ".join(c for c in term.choices if c)
    return Field(term.name, label, hint, term.required, term)


def value_of(world: World, field: Field, text: str, today: date) -> Any:
    """What a person typed, as a deal file has it. Raises ValueError or NameFault with what is wrong."""
    from devo import names
    from devo.tui.typed import day_of

    typed = text.strip()
    if not typed:
        if field.required:
            raise ValueError("this cannot be left blank")
        return None
    term = field.term
    if term is None or term.type is date:
        found = day_of(typed, today)
        if found is None:
            raise ValueError("that is no day; write it as 2028-04-01")
        return found
    if term.choices and typed not in term.choices:
        raise ValueError(f"write one of: {', '.join(c for c in term.choices if c)}")
    if term.type is bool:
        if typed.casefold() not in ("yes", "no"):
            raise ValueError("write yes or no")
        return typed.casefold() == "yes"
    if term.type in (int, float):
        try:
            return term.type(typed.replace(",", ""))
        except ValueError:
            raise ValueError("that is no number") from None
    if term.type in (tuple, list):
        parts = [part.strip() for part in typed.split(",") if part.strip()]
        return [names.resolve(world, term.ref, part) if term.ref else part for part in parts]
    return names.resolve(world, term.ref, typed) if term.ref else typed


def said(world: World, provision: Mapping[str, Any], tool: Tool | None = None) -> tuple[str, str, str]:
    """A provision for a list: its power or subject, what it does, and its day."""
    verb = str(provision.get("verb", ""))
    words, _ = in_words(verb, tool)
    power = world.power_name(str(provision.get("power", ""))) or str(
        provision.get("pot") or provision.get("body") or ""
    )
    who = [
        world.holder_name(str(provision[key]))
        for key in ("transferee", "holder", "payee", "to")
        if provision.get(key)
    ]
    listed = provision.get("holders") or []
    who += [world.holder_name(str(item)) for item in listed]
    text = f"{words}: {', '.join(who)}" if who else words
    by = provision.get("exercised_by") or provision.get("by")
    if by:
        text += f", by {world.body_name(str(by))}"
    when = provision.get("commencement")
    return power or words, text, day(when) if isinstance(when, date) else str(when or "")
