"""How far a figure may be out: small distributions, written as text and drawn with a seed.

    uniform 0.9 1.1        triangular 0.8 1 1.1        normal 1 0.05
    lognormal 0 0.1        list 0.9 1 1.05             fixed 1

The figure is multiplied by what is drawn; a blank spread is a certain figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
