"""The [sweep] of a scenario file: its parameters, variants and figures, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from devo.files.documents import Document
from devo.files.faults import instead, shown
from devo.files.filling import parameters_in
from devo.files.shapes import FigureShape, SweepShape
from devo.files.varying import OWN, SEED, names_of
from devo.values import Fault, Figure, Parameter, Sweep

LAWS: Mapping[str, tuple[str, ...]] = {
    "uniform": ("lowest", "highest"),
    "normal": ("mean", "standard deviation"),
    "triangular": ("lowest", "likeliest", "highest"),
    "choice": (),
}
# Up to here every whole number can be drawn; far beyond it, sums of what is drawn are no numbers any more.
_LARGEST = 2**53


def sweep_of(shape: SweepShape, document: Document) -> tuple[Sweep, list[Fault]]:
    """A scenario's sweep and the faults of it; a parameter at fault keeps its name and nothing else."""
    faults: list[Fault] = []
    parameters = []
    for name, given in shape.parameters.items():
        made = _parameter(name, given)
        if isinstance(made, Parameter):
            parameters.append(made)
        else:
            message, how = made
            faults.append(document.fault(("sweep", "parameters", name), f"`{name}`: {message}", "", how))
            parameters.append(Parameter(name, (f"${name}",)))
    drawn = [parameter.name for parameter in parameters if parameter.law]
    if drawn and shape.draws is None and shape.vary == "all":
        message = f"`{drawn[0]}` is drawn, and `draws` is missing"
        faults.append(document.fault(("sweep",), message, "", "say how often: draws = 1000"))
    if shape.draws is not None and not drawn and not faults:
        message = "`draws` is given, and no parameter is drawn"
        faults.append(document.fault(("sweep", "draws"), message, "", "leave it out"))
    table = _table(shape, document, faults)
    for name in {key for row in table for key in row} & {parameter.name for parameter in parameters}:
        message = f"`{name}` is a parameter and stands in [[sweep.variant]] too"
        faults.append(document.fault(("sweep", "parameters", name), message, "", "give it in one place"))
    if not parameters and not table:
        how = "add [sweep.parameters], or [[sweep.variant]] for each variant"
        faults.append(document.fault(("sweep",), "this [sweep] varies nothing", "", how))
    return Sweep(tuple(parameters), tuple(table), shape.draws or 1, shape.seed, shape.vary), faults


def figures_of(shape: SweepShape, document: Document) -> tuple[tuple[Figure, ...], list[Fault]]:
    """The figures that a sweep follows, and a fault for each name that is given twice or is another column's."""
    figures: list[Figure] = []
    columns = {*OWN, *shape.parameters, *(name for row in shape.variant for name in row)}
    faults: list[Fault] = []
    for number, block in enumerate(shape.figure):
        keys = ("sweep", "figure", number)
        if block.name in {other.name for other in figures}:
            message = f"another figure is called {shown(block.name)}"
            faults.append(document.fault(keys, message, "", "give each its own name"))
        elif block.name in columns:
            message = f"the results have a column {shown(block.name)} already"
            faults.append(document.fault(keys, message, "", "give the figure another name"))
        figures.append(_figure(block, f"{document.path}:{document.line(keys)}"))
    return tuple(figures), faults


def unused(sweep: Sweep, documents: Iterable[Document], scenario: Document) -> list[Fault]:
    """A fault for each parameter that no deal and no question of the scenario uses."""
    used = set().union(*(parameters_in(document.data) for document in (*documents, scenario)))
    return [
        scenario.fault(
            ("sweep", "parameters", name)
            if any(p.name == name for p in sweep.parameters)
            else ("sweep", "variant"),
            f"nothing uses the parameter {shown(name)}",
            "so every variant would be the same",
            f'write "${name}" in the place of a value in a deal or a question',
        )
        for name in names_of(sweep)
        if name not in used
    ]


def _parameter(name: str, given: Any) -> Parameter | tuple[str, str]:
    """A parameter, or what is wrong with it and what to do."""
    if misnamed := _misnamed(name):
        return misnamed
    if isinstance(given, list):
        return _listed(name, given, "")
    return _drawn(name, given) if isinstance(given, dict) else Parameter(name, (given,))


def _misnamed(name: str) -> tuple[str, str] | None:
    """Why nothing that is varied can have a name, and what to do; None where it can."""
    if not name.replace("-", "_").isidentifier() or not name.isascii():
        return "no parameter can be called so", "use letters, digits, - and _"
    if name == SEED:
        return '"$seed" is the seed of each variant', "call this one something else"
    if name in OWN:
        return f"the results have a column {shown(name)} of their own", "call this one something else"
    return None


def _drawn(name: str, given: Mapping[str, Any]) -> Parameter | tuple[str, str]:
    """A parameter that is drawn from a distribution, or what is wrong with it and what to do."""
    laws = [law for law in LAWS if law in given]
    strange = [key for key in given if key not in (*LAWS, "whole")]
    if strange:
        return f"there is no {shown(strange[0])} here", instead(strange[0], LAWS)
    if len(laws) != 1:
        return "one distribution has to be named", f"choices: {', '.join(LAWS)}"
    law, numbers = laws[0], given[laws[0]]
    if law == "choice":
        return _listed(name, numbers, law)
    how = f"write {{ {law} = [{', '.join(LAWS[law])}] }}"
    if not isinstance(numbers, list) or len(numbers) != len(LAWS[law]) or not all(map(_is_number, numbers)):
        return f"{law} takes {len(LAWS[law])} numbers", how
    if max(map(abs, numbers)) > _LARGEST:
        return f"a number of {law} is too large to draw from", f"at most {_LARGEST:,} above or below nought"
    in_order = numbers[1] >= 0 if law == "normal" else sorted(numbers) == numbers
    if not in_order:
        return f"the numbers of {law} are not in order", how
    whole = given.get("whole", False)
    if not isinstance(whole, bool):
        return "`whole` is true or false", "write whole = true for whole numbers"
    return Parameter(name, (), law, tuple(map(float, numbers)), whole)


def _listed(name: str, given: Any, law: str) -> Parameter | tuple[str, str]:
    if not isinstance(given, list) or not given:
        return "it has no values", f"write {name} = [1, 2, 3]"
    seen: list[Any] = []
    for value in given:
        if any(type(value) is type(other) and value == other for other in seen):
            return f"{shown(value)} stands there twice", "give each value once"
        seen.append(value)
    return Parameter(name, tuple(given), law)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _table(shape: SweepShape, document: Document, faults: list[Fault]) -> list[Mapping[str, Any]]:
    """The variants that are written out one by one; what is at fault is left out."""
    columns = dict.fromkeys(shape.variant[0]) if shape.variant else {}
    for name in list(columns):
        if misnamed := _misnamed(name):
            message, how = misnamed
            faults.append(document.fault(("sweep", "variant", 0, name), f"`{name}`: {message}", "", how))
            del columns[name]
    rows: list[Mapping[str, Any]] = []
    for number, row in enumerate(shape.variant):
        if row.keys() == shape.variant[0].keys() and row:
            rows.append({name: row[name] for name in columns})
            continue
        message = "this [[sweep.variant]] has not the parameters that the first has"
        how = f"give each of: {', '.join(columns)}"
        faults.append(document.fault(("sweep", "variant", number), message, "", how))
    return rows


def _figure(block: FigureShape, where: str) -> Figure:
    return Figure(
        block.name,
        block.question,
        dict(block.model_extra or {}),
        block.on,
        block.column,
        dict(block.rows),
        block.take if block.column else "count",
        where,
    )
