"""How far a figure may be out: small distributions, written as text and drawn with a seed.

    uniform 0.9 1.1        triangular 0.8 1 1.1        normal 1 0.05
    lognormal 0 0.1        list 0.9 1 1.05             fixed 1

The figure is multiplied by what is drawn; a blank spread is a certain figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Loose(NamedTuple):
    """That a sum rests on a figure which may be out: whose figure it is, its spread, and how it bears on the sum.

    The sum is multiplied by 1 + `bearing` times (what is drawn - 1). Sums that rest on one figure share its draws.
    """

    figure: str
    spread: str
    bearing: float = 1.0


class Draws:
    """Draws of figures, by figure: the same seed gives a figure the same draws, whatever else is drawn."""

    def __init__(self, seed: int, number: int):
        self.seed = seed
        self.number = number
        self._drawn: dict[tuple[str, str], NDArray[np.float64]] = {}

    def factor(self, loose: tuple[Loose, ...]) -> NDArray[np.float64] | float:
        """What a sum that rests on loose figures is multiplied by in each draw. Raises BadSpread."""
        factor: NDArray[np.float64] | float = 1.0
        for item in loose:
            factor = factor * (1 + item.bearing * (self._of(item) - 1))
        return factor

    def _of(self, item: Loose) -> NDArray[np.float64]:
        key = (item.figure, item.spread)
        if key not in self._drawn:
            import numpy as np

            name = int.from_bytes(sha256(item.figure.encode()).digest()[:8])
            self._drawn[key] = drawn(item.spread, np.random.default_rng([self.seed, name]), self.number)
        return self._drawn[key]


class BadSpread(ValueError):
    """A text that names no distribution, or one with figures that it cannot have."""


_FIGURES = {"fixed": 1, "uniform": 2, "triangular": 3, "normal": 2, "lognormal": 2}


def parsed(text: str) -> tuple[str, tuple[float, ...]]:
    """A spread's distribution and its figures. Raises BadSpread."""
    name, *words = text.split() or ["fixed", "1"]
    try:
        figures = tuple(float(word) for word in words)
    except ValueError:
        raise BadSpread(
            f"{text!r}: a distribution is a word and numbers, as in 'triangular 0.8 1 1.1'"
        ) from None
    if not all(map(isfinite, figures)):
        raise BadSpread(f"{text!r}: the figures of a distribution are numbers with an end")
    if name == "list" and figures:
        return name, figures
    if name not in _FIGURES:
        raise BadSpread(f"{name!r} is no distribution; there are: {', '.join([*_FIGURES, 'list'])}")
    if len(figures) != _FIGURES[name]:
        raise BadSpread(f"{name} takes {_FIGURES[name]} figures, not {len(figures)}: {text!r}")
    if (name in ("uniform", "triangular") and list(figures) != sorted(figures)) or (
        name in ("normal", "lognormal") and figures[1] < 0
    ):
        raise BadSpread(f"{text!r}: the figures of {name} are out of order, or a width is negative")
    return name, figures


def drawn(text: str, generator: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """So many draws of a spread. Raises BadSpread."""
    name, figures = parsed(text)
    found: NDArray[np.float64] = _DRAWN[name](generator, figures, draws)
    return found


def _fixed(generator: Any, figures: tuple[float, ...], draws: int) -> Any:
    import numpy as np

    return np.full(draws, figures[0])


def _triangular(generator: Any, figures: tuple[float, ...], draws: int) -> Any:
    low, mode, high = figures
    return _fixed(generator, (low,), draws) if low == high else generator.triangular(low, mode, high, draws)


_DRAWN: Mapping[str, Callable[[Any, tuple[float, ...], int], Any]] = {
    "fixed": _fixed,
    "uniform": lambda generator, figures, draws: generator.uniform(*figures, draws),
    "triangular": _triangular,
    "normal": lambda generator, figures, draws: generator.normal(*figures, draws),
    "lognormal": lambda generator, figures, draws: generator.lognormal(*figures, draws),
    "list": lambda generator, figures, draws: generator.choice(list(figures), draws),
}
