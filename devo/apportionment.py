"""Dividing a whole number so that the parts add up to it: pence and people are never lost.

Weights are whole numbers or exact fractions; floats are taken at their exact value. A part differs
from its exact share by less than one unit, whichever rule is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

Weight = int | float | Fraction


def cascade(total: int, weights: Sequence[Weight]) -> list[int]:
    """Divide a total by weights: round the running total and take differences.

    The parts depend on the order of the weights, so give them in a fixed order (by id). Weights that
    are all nought divide alike. Raises ValueError for a weight that is negative or
    infinite, and for nothing to divide among.
    """
    whole = _whole(weights)
    everything = sum(whole)
    parts = []
    running = before = 0
    for weight in whole:
        running += weight
        # The nearest whole number, halves upwards, without ever leaving the integers.
        now = (2 * total * running + everything) // (2 * everything)
        parts.append(now - before)
        before = now
    return parts


def largest_remainder(total: int, weights: Sequence[Weight]) -> list[int]:
    """Divide a total by weights: round down, and give what is left to the largest remainders.

    Equal remainders are served in the order given. Raises ValueError as `cascade` does.
    """
    whole = _whole(weights)
    everything = sum(whole)
    parts = [total * weight // everything for weight in whole]
    order = sorted(range(len(whole)), key=lambda n: (-(total * whole[n] % everything), n))
    for number in order[: total - sum(parts)]:
        parts[number] += 1
    return parts


def _whole(weights: Sequence[Weight]) -> list[int]:
    """Weights as whole numbers in the same proportions."""
    if not weights:
        raise ValueError("there is nothing to divide among")
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    if all(isinstance(weight, int) for weight in weights):
        whole = [int(weight) for weight in weights]
    else:
        try:
            exact = [Fraction(weight) for weight in weights]
        except OverflowError:
            raise ValueError("a weight is infinite") from None
        scale = lcm(*(weight.denominator for weight in exact))
        whole = [int(weight * scale) for weight in exact]
    return whole if any(whole) else [1] * len(whole)
