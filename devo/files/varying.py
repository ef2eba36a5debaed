"""What a sweep varies: how many variants it has, and the values of each.

A variant's values follow from the sweep and the variant's number alone, so they are the same
whichever process works it out, in whatever order. Draws are numbered too, and draw 7 of a parameter
is the same number beside every value of the others: what differs between two variants of one draw is
due to the parameters that differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import prod, sqrt
from statistics import NormalDist
from typing import Any

from devo.values import Parameter, Sweep

# A drawn parameter that is varied alone goes from the tenth percentile to the ninetieth.
_ALONE = (0.5, 0.1, 0.9)
# The name by which a file says a variant's own seed: "$seed".
SEED = "seed"
# The columns that results have of every variant, so that nothing that varies or is followed may be called so.
OWN = ("variant", "draw", SEED, "errors", "unmet", "trouble")


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
    return {**given, SEED: _seed_of(sweep, given, draw)}


def draw_of(sweep: Sweep, number: int) -> int:
    """Which draw a variant belongs to; 0 where nothing is drawn."""
    return 0 if sweep.vary == "one-at-a-time" else number // prod(_axes(sweep))


def _seed_of(sweep: Sweep, given: Mapping[str, Any], draw: int = 0) -> int:
    """A variant's own seed: from the sweep's, and what the variant is; not from its number."""
    spelt = json.dumps([sweep.seed, draw, dict(given)], sort_keys=True, default=str)
    return int.from_bytes(hashlib.sha256(spelt.encode()).digest()[:4], "big")


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
