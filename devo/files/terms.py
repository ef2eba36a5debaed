"""Terms bound to the verb or question they are given to: known, of the right type, naming what there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from devo.files.documents import Document
from devo.files.faults import instead, shown
from devo.files.fields import Field, Misfit, value_of
from devo.files.naming import Naming
from devo.names import NameFault
from devo.tools import Term, Tool
from devo.values import Fault


def field_of(term: Term) -> Field:
    """A term as a field with a type, choices and a reference."""
    kind = tuple if term.type is list else term.type
    return Field(term.name, kind, str, term.ref, term.choices, term.required)


def tool_named(
    what: str, name: str, tools: Mapping[str, Tool], fault: Callable[..., Fault], faults: list[Fault]
) -> Tool | None:
    """The verb or question of a name; a fault with the nearest, or the list of them, where there is none."""
    tool = tools.get(name)
    if tool is None:
        listed = f"{what}s: {', '.join(sorted(tools))}"
        near = instead(name, tools)
        how = listed if not near or near.startswith("choices") else f"{near} ({listed})"
        faults.append(fault((what,), f"no {what} is called {shown(name)}", "", how))
    return tool


def bound(
    tool: Tool,
    given: Mapping[str, Any],
    document: Document,
    keys: Sequence[str | int],
    naming: Naming | None,
    faults: list[Fault],
) -> dict[str, Any]:
    """The terms given to a tool, each of its type and with ids for names.

    What is unknown, missing, of the wrong type or names nothing becomes a fault at its line.
    Without a `naming` texts stay as they are.
    """
    terms = {term.name: term for term in tool.terms}
    bound_terms: dict[str, Any] = {}
    for name, value in given.items():
        if name not in terms:
            message = f"{tool.name} takes no term {shown(name)}"
            near = instead(name, terms)
            listed = f"it takes: {', '.join(terms)}" if terms else "it takes none"
            how = near if near and not near.startswith("choices") else listed
            faults.append(document.fault((*keys, name), message, "", how))
            continue
        try:
            fitted = value_of(field_of(terms[name]), value)
            bound_terms[name] = _named(terms[name].ref, fitted, naming) if naming else fitted
        except Misfit as misfit:
            faults.append(document.fault((*keys, name), f"`{name}`: {misfit.message}", "", misfit.suggestion))
        except NameFault as fault:
            faults.append(document.fault((*keys, name), f"`{name}`: {fault.message}", "", fault.suggestion))
    for term in tool.terms:
        blank = term.name in given and given[term.name] == "" and term.ref
        if term.required and (term.name not in given or blank) and not document.is_broken((*keys, term.name)):
            message = f"`{term.name}` is {'blank' if blank else 'missing'}"
            needed = ", ".join(other.name for other in tool.terms if other.required)
            faults.append(document.fault(keys, message, f"{tool.name} needs: {needed}"))
    return bound_terms


def _named(ref: str, value: Any, naming: Naming) -> Any:
    if not ref or not value:
        return value
    if isinstance(value, tuple):
        return tuple(naming.meant(ref, item) if isinstance(item, str) else item for item in value)
    return naming.meant(ref, value) if isinstance(value, str) else value
