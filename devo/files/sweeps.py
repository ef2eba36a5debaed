"""The [sweep] of a scenario file: its parameters read and checked, and the values of each variant.

A variant's values follow from the sweep and the variant's number alone, so they are the same
whichever process works it out, in whatever order. Draws are numbered too, and draw 7 of a parameter
is the same number beside every value of the others: what differs between two variants of one draw is
due to the parameters that differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isfinite, prod, sqrt
from statistics import NormalDist
from typing import Any

from devo.files.documents import Document
from devo.files.faults import instead, shown
from devo.files.filling import parameters_in
from devo.files.shapes import FigureShape, SweepShape
from devo.values import Fault, Figure, Parameter, Sweep

LAWS: Mapping[str, tuple[str, ...]] = {
    "uniform": ("lowest", "highest"),
    "normal": ("mean", "standard deviation"),
    "triangular": ("lowest", "likeliest", "highest"),
    "choice": (),
}
# A drawn parameter that is varied alone goes from the tenth percentile to the ninetieth.
_ALONE = (0.5, 0.1, 0.9)
SEED = "seed"


def sweep_of(shape: SweepShape, document: Document) -> tuple[Sweep, list[Fault]]:
    """A scenario's sweep and the faults of it; what is at fault is left out."""
    faults: list[Fault] = []
    parameters = []
    for name, given in shape.parameters.items():
        made = _parameter(name, given)
        if isinstance(made, Parameter):
            parameters.append(made)
        else:
            message, how = made
            faults.append(document.fault(("sweep", "parameters", name), f"`{name}`: {message}", "", how))
    drawn = [parameter.name for parameter in parameters if parameter.law]
    if drawn and shape.draws is None and shape.vary == "all":
        message = f"`{drawn[0]}` is drawn, and `draws` is missing"
        faults.append(document.fault(("sweep",), message, "", "say how often: draws = 1000"))
    if shape.draws is not None and not drawn:
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
    """The figures that a sweep follows, and a fault for each name that is given twice."""
    figures: list[Figure] = []
    faults: list[Fault] = []
    for number, block in enumerate(shape.figure):
        keys = ("sweep", "figure", number)
        if block.name in {other.name for other in figures}:
            message = f"another figure is called {shown(block.name)}"
            faults.append(document.fault(keys, message, "", "give each its own name"))
        figures.append(_figure(block, f"{document.path}:{document.line(keys)}"))
    return tuple(figures), faults


def names_of(sweep: Sweep) -> tuple[str, ...]:
    """The names of all that a sweep varies, in the order of the file."""
    return tuple(
        dict.fromkeys([*(key for row in sweep.table for key in row), *(p.name for p in sweep.parameters)])
    )


def size(sweep: Sweep) -> int:
    """How many variants a sweep has. It is counted, and no variant is made."""
    axes = _axes(sweep)
    if sweep.vary == "one-at-a-time":
        return 1 + sum(length - 1 for length in axes)
    return prod(axes) * _draws(sweep)


def values(sweep: Sweep, number: int) -> dict[str, Any]:
    """The parameters' values in one variant, with its own `seed`. The last axis moves fastest, draws slowest."""
    given: dict[str, Any] = {}
    axes = _axes(sweep)
    alone = sweep.vary == "one-at-a-time"
    at = _alone(axes, number) if alone else _all(axes, number)
    draw = 0 if alone else number // prod(axes)
    if sweep.table:
        given.update(sweep.table[at.pop(0)])
    for parameter in sweep.parameters:
        if not parameter.law:
            given[parameter.name] = parameter.values[at.pop(0)]
        elif alone:
            given[parameter.name] = _at(parameter, _alone_at(parameter, at.pop(0)))
        else:
            given[parameter.name] = _at(parameter, _chance(sweep.seed, parameter.name, draw))
    return {**given, SEED: seed_of(sweep, given, draw)}


def draw_of(sweep: Sweep, number: int) -> int:
    """Which draw a variant belongs to; 0 where nothing is drawn."""
    return 0 if sweep.vary == "one-at-a-time" else number // prod(_axes(sweep))


def seed_of(sweep: Sweep, given: Mapping[str, Any], draw: int = 0) -> int:
    """A variant's own seed: from the sweep's, and what the variant is; not from its number."""
    spelt = json.dumps([sweep.seed, draw, dict(given)], sort_keys=True, default=str)
    return int.from_bytes(hashlib.sha256(spelt.encode()).digest()[:4], "big")


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


# --- what is drawn ----------------------------------------------------------------------------------


def _axes(sweep: Sweep) -> list[int]:
    alone = sweep.vary == "one-at-a-time"
    lengths = [len(sweep.table)] if sweep.table else []
    for parameter in sweep.parameters:
        if not parameter.law or (alone and parameter.law == "choice"):
            lengths.append(len(parameter.values))
        elif alone:
            lengths.append(len(_ALONE))
    return lengths


def _draws(sweep: Sweep) -> int:
    return sweep.draws if any(parameter.law for parameter in sweep.parameters) else 1


def _all(axes: Sequence[int], number: int) -> list[int]:
    at = []
    for length in reversed(axes):
        number, place = divmod(number, length)
        at.append(place)
    return at[::-1]


def _alone(axes: Sequence[int], number: int) -> list[int]:
    """Variant 0 has the first value of all; then each axis alone takes its others."""
    at = [0] * len(axes)
    left = number - 1
    for axis, length in enumerate(axes):
        if 0 <= left < length - 1:
            at[axis] = left + 1
            break
        left -= length - 1
    return at


def _alone_at(parameter: Parameter, place: int) -> float:
    if parameter.law == "choice":
        return (place + 0.5) / len(parameter.values)
    return _ALONE[place]


def _chance(seed: int, name: str, draw: int) -> float:
    """A number between 0 and 1, never either, that belongs to a draw of a parameter."""
    digest = hashlib.sha256(f"{seed}\0{name}\0{draw}".encode()).digest()
    return ((int.from_bytes(digest[:8], "big") >> 12) + 0.5) / 2**52


def _at(parameter: Parameter, chance: float) -> Any:
    """The value of a drawn parameter below which it falls with that chance."""
    if parameter.law == "choice":
        return parameter.values[int(chance * len(parameter.values))]
    drawn = _inverse(parameter, chance)
    return round(drawn) if parameter.whole else drawn


def _inverse(parameter: Parameter, chance: float) -> float:
    match parameter.law, parameter.numbers:
        case "uniform", (low, high):
            return low + chance * (high - low)
        case "normal", (mean, deviation):
            return NormalDist(mean, deviation).inv_cdf(chance) if deviation else mean
        case "triangular", (low, likeliest, high):
            if low == high:
                return low
            turn = (likeliest - low) / (high - low)
            if chance < turn:
                return low + sqrt(chance * (high - low) * (likeliest - low))
            return high - sqrt((1 - chance) * (high - low) * (high - likeliest))
    raise ValueError(f"no distribution is called {parameter.law!r}")


# --- what the file says -------------------------------------------------------------------------------


def _parameter(name: str, given: Any) -> Parameter | tuple[str, str]:
    """A parameter, or what is wrong with it and what to do."""
    if not name.replace("-", "_").isidentifier() or not name.isascii():
        return "no parameter can be called so", "use letters, digits, - and _"
    if name == SEED:
        return '"$seed" is the seed of each variant', "call this one something else"
    if isinstance(given, list):
        return _listed(name, given, "")
    if not isinstance(given, dict):
        return Parameter(name, (given,))
    laws = [law for law in LAWS if law in given]
    strange = [key for key in given if key not in (*LAWS, "whole")]
    if strange or len(laws) != 1:
        what = f"there is no {shown(strange[0])} here" if strange else "one distribution has to be named"
        return what, instead(strange[0], LAWS) if strange else f"choices: {', '.join(LAWS)}"
    law, numbers = laws[0], given[laws[0]]
    if law == "choice":
        return _listed(name, numbers, law)
    wanted = f"{law} = [{', '.join(LAWS[law])}]"
    if not isinstance(numbers, list) or len(numbers) != len(LAWS[law]) or not all(map(_is_number, numbers)):
        return f"{law} takes {len(LAWS[law])} numbers", f"write {{ {wanted} }}"
    in_order = numbers[1] >= 0 if law == "normal" else sorted(numbers) == numbers
    if not in_order:
        return f"the numbers of {law} are not in order", f"write {{ {wanted} }}"
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
    columns = list(shape.variant[0]) if shape.variant else []
    for number, row in enumerate(shape.variant):
        keys = ("sweep", "variant", number)
        if set(row) != set(columns) or not row:
            message = "this [[sweep.variant]] has not the parameters that the first has"
            faults.append(document.fault(keys, message, "", f"give each of: {', '.join(columns)}"))
        if SEED in row:
            faults.append(
                document.fault((*keys, SEED), '"$seed" is the seed of each variant', "", "rename it")
            )
    return [{name: row[name] for name in columns} for row in shape.variant if set(row) == set(columns)]


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


def first(sweep: Sweep | None) -> Mapping[str, Any] | None:
    """The values of a sweep's first variant, with which its files are checked."""
    return values(sweep, 0) if sweep is not None and (sweep.parameters or sweep.table) else None


def spelt(value: Any) -> Any:
    """A parameter's value as a table or JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return (
        value
        if isinstance(value, str | int | float | bool)
        else json.dumps(value, default=str, sort_keys=True)
    )
