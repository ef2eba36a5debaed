"""The explanation of one row in plain English: the answer, the law it was read from, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from textual.content import Content

from devo import words
from devo.explanation import Cause, Explanation
from devo.tui.desk import Beside
from devo.tui.texts import content, day, is_word, plain_title, safe

STATUSES = {
    "held": ("Held", "$devo-gain"),
    "conditional": ("Held, with conditions to meet before it is used", "$devo-change"),
    "not-in-force": ("Made, and not yet in force", "$devo-warn"),
    "promised": ("Promised, and not yet law", "$devo-warn"),
    "mixed": ("Its parts differ", "$devo-change"),
    "excluded": ("The law leaves it out", "$devo-loss"),
    "ended": ("Held once, and no more", "$devo-loss"),
    "not-conferred": ("Nobody had conferred or promised it", "$devo-loss"),
    "unmodelled": ("The tables do not know: this is not a no", "$devo-warn"),
}
_MOST = 12


@dataclass(frozen=True, slots=True)
class Reasons:
    """An explanation with what plugins say beside it; `layers` are the names of geographies by their ids."""

    said: Explanation
    beside: tuple[Beside, ...] = ()
    statute: str = ""
    purpose: str = ""
    layers: Mapping[str, str] = field(default_factory=dict)


def drawn(reasons: Reasons) -> Content:
    """The explanation as text with headings."""
    return Content("\n").join(_lines(reasons))


def plain(reasons: Reasons) -> str:
    """The explanation as text, to be copied."""
    return drawn(reasons).plain


def citation(said: Explanation) -> str:
    """One line to paste in a note: the answer, the law, where it can be read."""
    cited = []
    for cause in said.because:
        instrument = cause.instrument or cause.source or "general law"
        link = f" <{cause.link}>" if cause.link else ""
        cited.append(f"{instrument}{link}")
    law = "; ".join(dict.fromkeys(cited))
    return f"{said.sentence} Source: {law or 'the tables of devo'} (as of {day(said.on)})."


def _lines(reasons: Reasons) -> Iterator[Content]:
    said = reasons.said
    yield content(said.power_name, "bold")
    yield content(
        f"{said.body_name}, in {said.place_name}" if said.place_name else said.body_name, "$devo-muted"
    )
    yield content("")
    word, style = STATUSES[said.status]
    yield content(word, f"bold {style}")
    yield content(said.sentence)
    if said.confidence == "unsure":
        yield content("This rests on facts we are unsure of.", "$devo-warn")
    if reasons.statute:
        yield from _headed("The power")
        yield content(reasons.statute)
        if reasons.purpose:
            yield content(f"Its purpose: {reasons.purpose}", "$devo-muted")
    if said.because:
        yield from _headed("How it came about")
        for cause in said.because[:_MOST]:
            yield from _cause(cause)
        yield from _more(len(said.because))
    if said.missing:
        yield from _headed("What is missing")
        yield from (content(f"• {text}") for text in said.missing)
    if said.conditions:
        yield from _headed("Conditions on its use")
        for item in said.conditions:
            met = "met" if item.met else "to meet"
            text = item.text or f"{item.kind} of {item.by}"
            yield content(f"• {text} ({met})", "" if item.met else "$devo-change")
    if said.parts:
        yield from _headed("Its parts")
        yield from (
            content(f"• {p.name}: {p.status}, {words.share(p.share)} of residents") for p in said.parts
        )
    for heading, ended in (("Who else holds it", False), ("Who held it before", True)):
        others = [other for other in said.others if (other.status == "ended") == ended]
        if others:
            yield from _headed(heading)
            for other in others[:_MOST]:
                until = f" to {day(other.end)}" if other.end else ""
                start = day(other.start) if other.start else "before the tables"
                share = f", {words.share(other.share)} of residents" if other.share < 1 else ""
                yield content(f"• {other.body_name}, {words.mode(other.mode)}, {start}{until}{share}")
            yield from _more(len(others))
    for beside in reasons.beside:
        yield from _headed(beside.heading)
        if beside.why:
            yield content(beside.why, "$devo-warn")
        yield from (content(f"• {row_words(row, reasons.layers)}") for row in beside.rows[:_MOST])
        yield from _more(len(beside.rows))


def _headed(text: str) -> Iterator[Content]:
    yield content("")
    yield content(text, "bold $devo-accent")


def _cause(cause: Cause) -> Iterator[Content]:
    verb = "begins to hold it" if cause.change == "begins" else "holds it no more"
    on = day(cause.date) if cause.date != date.min else "Before the tables"
    yield content(f"• {on}: {cause.holder_name} {verb}{_mode(cause)}")
    dates = [f"{word} {day(when)}" for word, when in (("agreed", cause.agreed), ("made", cause.made)) if when]
    under = cause.instrument or cause.source or "general law"
    yield content(f"  {under} ({', '.join(dates)})" if dates else f"  {under}", "$devo-muted")
    if cause.deal:
        yield content(f"  {cause.provision or cause.deal}", "$devo-muted")
    if cause.source and cause.source != under:
        yield content(f"  Source: {cause.source}; {cause.confidence}", "$devo-muted")
    if cause.link:
        yield content(f"  {cause.link}", "$devo-muted")
    if cause.note:
        yield content(f"  {cause.note}", "$devo-muted")


def _mode(cause: Cause) -> str:
    return f", {words.mode(cause.mode)}" if cause.change == "begins" else ""


def _more(count: int) -> Iterator[Content]:
    if count > _MOST:
        yield content(f"  … and {count - _MOST} more", "$devo-muted")


_SAID_ABOVE = frozenset(
    {"body", "body_name", "power", "power_name", "place", "place_name", "confidence", "source", "holds"}
)


def row_words(row: Any, layers: Mapping[str, str]) -> str:
    """A plugin's row in one line: its names, figures and words, and layers by their names."""
    said: list[str] = []
    every = {item.name for item in fields(row)}
    for item in fields(row):
        name, value = item.name, getattr(row, item.name)
        if value in (None, "", (), False, 0) or f"{name}_name" in every or f"{name}_names" in every:
            continue
        if name in _SAID_ABOVE:
            continue
        label = plain_title(name.removesuffix("_names").removesuffix("_name").removesuffix("_pence")).lower()
        if name.endswith("_pence"):
            said.append(words.pounds(value))
        elif isinstance(value, bool):
            said.append(label)
        elif isinstance(value, float):
            said.append(f"{label} {words.share(value)}" if 0 <= value <= 1 else f"{label} {value:,.4g}")
        elif isinstance(value, list | tuple):
            said.append(f"{label}: {words.several(str(part) for part in value)}")
        elif isinstance(value, int):
            said.append(f"{label} {value:,}")
        elif isinstance(value, date):
            said.append(f"{label} {day(value)}")
        elif name in ("pot_name", "text", "sentence", "note", "rule"):
            said.append(safe(value))
        elif isinstance(value, str) and is_word(name, value):
            said.append(f"{label} {value.replace('-', ' ')}")
        else:
            said.append(f"{label} {safe(layers.get(value, value))}")
    return ", ".join(said) or "yes"
