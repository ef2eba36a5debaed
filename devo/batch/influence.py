"""Which parameter moves which figure: by rank correlation, and by changing one parameter at a time.

A rank correlation (Spearman's) says how far a figure goes up or down with a parameter; 1 and -1 are
always. Parameters without an order (names of bodies) have a correlation ratio of ranks instead:
the part of the differences that goes with them, as its square root, 0 to 1. Neither says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any

from devo.words import pounds

if TYPE_CHECKING:
    import numpy
    import polars

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
_CLEAR, _SLIGHT = 0.5, 0.1


@dataclass(frozen=True, slots=True)
class Influence:
    """How a parameter moves a figure. `rank` is None where either is the same in all variants.

    `ordered` is false for parameters without an order, whose `rank` has no sign. `alone` is the mean
    of how far the figure goes when only this parameter changes; None where no two variants differ in it alone.
    `chance` is true where so few draws give as much in one of twenty sweeps whose parameter moves nothing.
    """

    parameter: str
    figure: str
    rank: float | None
    ordered: bool
    alone: float | None
    chance: bool = False

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "parameter": self.parameter,
            "figure": self.figure,
            "rank_correlation": self.rank,
            "ordered": self.ordered,
            "alone": self.alone,
            "may_be_chance": self.chance,
        }


def quantiles(column: polars.Series) -> dict[str, Any]:
    """A figure's quantiles and mean over all variants, and how many variants it could not be taken from."""
    import numpy as np

    known = column.drop_nulls().to_numpy()
    found: dict[str, Any] = {"missing": column.null_count()}
    if not len(known):
        return found
    at = np.quantile(known.astype(np.float64), QUANTILES)
    for share, value in zip(QUANTILES, at, strict=True):
        found[f"{share:.0%}"] = _tidy(float(value))
    return {**found, "mean": _tidy(float(np.mean(known.astype(np.float64))))}


def influences(
    frame: polars.DataFrame, parameters: Sequence[str], figures: Sequence[str], drawn: Mapping[str, int] = {}
) -> list[Influence]:
    """Every parameter against every figure, the strongest first for each figure.

    `drawn` are the parameters that are drawn, with how many draws there are.
    """
    found = []
    for figure in figures:
        mine = [_weighed(_influence(frame, parameters, name, figure), drawn) for name in parameters]
        found += sorted(mine, key=lambda item: (-abs(item.rank or 0), -(item.alone or 0), item.parameter))
    return found


def sentences(found: Iterable[Influence], figures: Sequence[str], pence: Collection[str] = ()) -> list[str]:
    """The same in plain English, a sentence for each figure."""
    listed = list(found)
    said = []
    for figure in figures:
        mine = [item for item in listed if item.figure == figure]
        moving = [item for item in mine if abs(item.rank or 0) >= _SLIGHT or item.alone]
        still = [f"`{item.parameter}`" for item in mine if item not in moving]
        if not moving:
            said.append(f"{figure}: nothing that was varied moves it.")
            continue
        parts = [_phrase(item, figure in pence) for item in moving]
        rest = f"; {' and '.join(still)} {'does' if len(still) == 1 else 'do'} not move it" if still else ""
        said.append(f"{figure}: {'; '.join(parts)}{rest}.")
    return said


def _weighed(item: Influence, drawn: Mapping[str, int]) -> Influence:
    """An influence that says whether it may be chance: beyond two standard errors of a rank correlation it is not.

    Where the parameter changes alone, nothing else is left that the figure could move by.
    """
    draws = drawn.get(item.parameter, 0)
    if not draws or item.rank is None or item.alone is not None:
        return item
    return replace(item, chance=draws < 3 or abs(item.rank) < 2 / sqrt(draws - 1))


def _phrase(item: Influence, money: bool) -> str:
    rank = item.rank or 0.0
    name = f"`{item.parameter}`"
    if abs(rank) < _SLIGHT:
        text = f"hardly moves with {name}"
    elif item.chance:
        text = f"moves with {name} no more than chance would have it (rank correlation {rank:+.2f})"
    elif item.ordered:
        much, way = "" if abs(rank) >= _CLEAR else "a little ", "up" if rank > 0 else "down"
        text = f"goes {much}{way} as {name} goes up (rank correlation {rank:+.2f})"
    else:
        much = "" if abs(rank) >= _CLEAR else " a little"
        text = f"depends{much} on {name} (correlation ratio of ranks {rank:.2f})"
    if item.alone is not None:
        by = pounds(round(item.alone)) if money else f"{item.alone:,.6g}"
        text += f", and by {by} on average when that alone is changed"
    return text


def _influence(frame: polars.DataFrame, parameters: Sequence[str], name: str, figure: str) -> Influence:
    import polars as pl

    known = frame.filter(pl.col(figure).is_not_null())
    column = known[name]
    ordered = column.dtype != pl.String
    rank = None
    if known.height > 1:
        outcome = _ranks(known[figure].to_numpy())
        if ordered:
            rank = _correlation(_ranks(column.to_physical().cast(pl.Float64).to_numpy()), outcome)
        else:
            rank = _ratio(column.to_list(), outcome)
    return Influence(name, figure, rank, ordered, _alone(known, parameters, name, figure))


def _alone(frame: polars.DataFrame, parameters: Sequence[str], name: str, figure: str) -> float | None:
    """The mean range of the figure among variants that differ in one parameter only."""
    import numpy as np
    import polars as pl

    others = [other for other in parameters if other != name]
    if not others:
        groups = frame.select(_range(figure), pl.col(name).n_unique().alias("values"))
    else:
        groups = frame.group_by(others, maintain_order=True).agg(
            _range(figure), pl.col(name).n_unique().alias("values")
        )
    ranges = groups.filter(pl.col("values") > 1)["range"].to_numpy()
    return _tidy(float(np.mean(ranges.astype(np.float64)))) if len(ranges) else None


def _range(figure: str) -> Any:
    import polars as pl

    return (pl.col(figure).max() - pl.col(figure).min()).alias("range")


def _ranks(values: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """Ranks from 1; what is equal shares the mean of its ranks."""
    import numpy as np

    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means = ends - (counts - 1) / 2.0
    ranked: numpy.ndarray[Any, Any] = means[place.reshape(-1)]
    return ranked


def _correlation(one: numpy.ndarray[Any, Any], other: numpy.ndarray[Any, Any]) -> float | None:
    import numpy as np

    a, b = one - one.mean(), other - other.mean()
    scale = sqrt(float(np.sum(a * a)) * float(np.sum(b * b)))
    return _tidy(float(np.sum(a * b)) / scale) if scale else None


def _ratio(names: Sequence[Any], ranks: numpy.ndarray[Any, Any]) -> float | None:
    """How far the ranks lie apart between names, against how far they lie apart in all."""
    import numpy as np

    whole = float(np.sum((ranks - ranks.mean()) ** 2))
    if not whole or len(set(names)) < 2:
        return None
    _, place = np.unique(np.array([str(name) for name in names]), return_inverse=True)
    counts = np.bincount(place)
    means = np.bincount(place, weights=ranks) / counts
    between = float(np.sum(counts * (means - ranks.mean()) ** 2))
    return _tidy(sqrt(min(between / whole, 1.0)))


def _tidy(value: float) -> float | int:
    """A float to nine digits, so that the last bits of a sum are not taken for a result."""
    if not isfinite(value):
        return value
    short = float(f"{value:.9g}") if abs(value) < 1e9 else round(value)
    return int(short) if short == int(short) and abs(short) >= 1e9 else short
