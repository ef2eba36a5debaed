"""What there is to say of what a plugin's function gave, raised or said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from devo.answers import plain
from devo.calling import PluginFault
from devo.making import CannotTakeEffect
from devo.testing.cases import Case
from devo.tools import Tool
from devo.values import Area, Effect, Ending, Finding
from devo.world import World

# A row says where it comes from in one of these columns, a record in one of these fields.
CITES = (
    *("source", "sources", "instrument", "instruments", "origin", "provision", "cause", "because", "cites"),
    *("rule", "basis", "assumed", "assumption"),
)
# A row that no one record is the source of says in its docstring what it was worked out from.
_WORKED_OUT = re.compile(r"\bworked\s+out\s+from\b", re.IGNORECASE)
GIVE_SOURCE = (
    "give the row a column `source` (or `instrument`), with what it was read from; where many records went "
    'into it, say which in the docstring of the row: "Worked out from ..."'
)
SORT = "sort what it gives by something of its own; take nothing from a set's order, a clock or chance"
MAKE_NEW = "make new values (`dataclasses.replace`) instead of changing those of the world or the terms"


def against(outcome: Any) -> Iterator[tuple[str, str, str]]:
    """What stands against a scenario that a plugin ships: in words, where, and what to do."""
    for fault in outcome.faults:
        yield fault.message, f"{fault.path}:{fault.line}", fault.suggestion
    for mismatch in outcome.mismatches:
        rows = "; ".join(json.dumps(plain(row), ensure_ascii=False) for row in mismatch.found[:3])
        yield f"{mismatch.question}: {mismatch.message}", mismatch.where, f"it gave: {rows or 'no rows'}"
    for finding in outcome.findings:
        if finding.severity == "error":
            yield finding.message, finding.where, finding.suggestion


def failed(case: Case, fault: PluginFault) -> Finding:
    """A case in which the plugin failed."""
    codes = {"late": "too-slow", "shape": "wrong-shape"}
    by_world = {"empty world": "fails-on-empty-world", "England": "fails-on-england"}
    code = codes.get(fault.why) or by_world.get(case.world, "fails")
    how = _HOW_FAILED.get(code, "")
    return Finding(
        code, f"{case.said}: {fault.message.split(': ', 1)[-1]}", "error", (case.name,), fault.where, how
    )


_HOW_FAILED = {
    "fails-on-empty-world": "look whether there is anything before taking the first or dividing by how many there are",
    "wrong-shape": "return a list of what the signature says, or yield",
}


def unclear(case: Case, said: Exception, verb: Tool | None, worlds: Mapping[str, World]) -> Iterator[Finding]:
    """What is wrong with the words in which a verb says that it cannot."""
    if not isinstance(said, CannotTakeEffect) or verb is None:
        return
    text = str(said)
    if not text or text.endswith("."):
        what = "gives no reason" if not text else "ends its reason with a full stop, which devo adds itself"
        yield said_of(
            case, "unclear-message", f"{what} ({text!r})", "write one sentence without its full stop"
        )
        return
    world = worlds["tiny country" if case.world == "empty world" else case.world]
    listed = [item if isinstance(item, tuple) else (item,) for item in case.terms.values()]
    names = {str(value) for values in listed for value in values}
    names |= {world.power_name(name) for name in names} | {world.body_name(name) for name in names}
    names |= {area.name for area in world.of(Area) if area.code in names}
    names |= {f"`{term.name}`" for term in verb.terms}
    if not any(name and name in text for name in names):
        how = "name the power, body or place of the terms, and say what to do instead"
        yield said_of(
            case,
            "unclear-message",
            f"says why it cannot without naming any of its terms: {text!r}",
            how,
            "warning",
        )


def unhelpful(case: Case, given: Sequence[Any]) -> Iterator[Finding]:
    """Findings that do not say what they are about, or what to do."""
    for item in given:
        if not item.about and not item.where:
            text = f"gave a finding that says nothing of whom or what it is about: {item.message!r}"
            yield said_of(
                case, "unclear-message", text, "put the ids of the bodies, powers and places in `about`"
            )
        if item.severity != "note" and not item.suggestion:
            text = f"gave a finding that does not say what to do: {item.message!r}"
            yield said_of(case, "unclear-message", text, "put what to do in `suggestion`")
        if not item.message.strip():
            yield said_of(
                case, "unclear-message", f"gave a finding {item.code!r} without words", "say it in a sentence"
            )


def can_cite(kind: type) -> bool:
    """Whether a type of rows has a column that says where each comes from, or says it of all in its docstring."""
    return any(item.name in CITES for item in fields(kind)) or bool(_WORKED_OUT.search(kind.__doc__ or ""))


def unsourced(case: Case, given: Sequence[Any]) -> Iterator[Finding]:
    """What was given without saying where it comes from, once for each type.

    Rows of a type that cannot say it at all are found in how the plugin is written.
    """
    told: set[type] = set()
    for item in given:
        record = item.record if isinstance(item, Ending) else item
        if isinstance(item, Finding) or not is_dataclass(record) or type(record) in told:
            continue
        if getattr(record, "status", "") == "unmodelled":
            continue  # what is not known comes from nowhere
        kind = type(record)
        have = [name for name in CITES if hasattr(record, name)]
        if any(getattr(record, name) for name in have) or (case.kind == "question" and not have):
            continue
        told.add(kind)
        what = "an effect" if isinstance(record, Effect) else f"a row of {kind.__name__}"
        if case.kind == "verb":
            how = "make effects with devo.begins and devo.ends, which take them from the provision"
        else:
            how = f"fill {' or '.join(have) or 'source'} with the record or the instrument that it was read from"
        yield said_of(case, "no-source", f"gave {what} that does not say where it comes from", how)


def said_of(case: Case, code: str, text: str, how: str, severity: Any = "error") -> Finding:
    """A finding about a case."""
    return Finding(code, f"{case.said}: {text}", severity, (case.name,), "", how)
