"""`apportion`: figures of one layer's areas shared out to, or averaged over, those of another.

A total (people, pounds) is split by where the people, or whatever else `by` counts, are; whole
units stay whole and nothing is lost. A rate is averaged. What a figure is must be said or known:
a rate split like a total would be wrong without looking wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from devo import AreaCode, Measure, Share, TermFault, World, cascade, largest_remainder
from devo_boundaries.figures import Figures, figures_of
from devo_boundaries.ground import RESIDENTS, Ground, Names, ground
from devo_boundaries.values import LayerId

Rounding = Literal["cascade", "largest-remainder"]


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A figure for an area, or for a part of it; `amount` is of the `measure`.

    `kind` says whether it was split (*extensive*) or averaged (*intensive*). With `parts`, a row is the part of
    a source area that lies in the target area, and `source_area` says of which. `covered` is the share of the
    target area, counted as `by` says, that there were figures for. Worked out from the figures
    given and the published residents, or other measure, of the pieces in each part.
    """

    target_area: AreaCode
    target_area_name: str
    source_area: AreaCode
    source_area_name: str
    measure: str
    amount: float
    kind: str
    by: str
    covered: Share


def apportion(
    world: World,
    table: str,
    source: LayerId,
    target: LayerId,
    by: str = RESIDENTS,
    column: str = "",
    kind: Literal["", "extensive", "intensive"] = "",
    rounding: Rounding = "cascade",
    parts: bool = False,
) -> Iterator[AmountRow]:
    """Figures of the areas of `source`, for the areas of `target`, by what `by` counts (mid-2023 residents).

    `table` is a CSV or Parquet file with a column of codes; or a table of the world, with words that its
    rows must have (`amount:council-tax:2024-25`), of areas or of bodies that serve one; or a measure
    of the pieces. `column` says which column of figures, if there are several. `kind` says whether the figure is a total
    (`extensive`, split) or a rate (`intensive`, averaged); it may be left out for a column of pence
    and for one that a `measure` table names. Totals keep every penny and person, over the whole and
    for each source area: by `rounding` each running total as it comes (`cascade`), or by giving what is over
    to the parts that lost most (`largest-remainder`); units are rounded in the order of the codes. With
    `parts`, each row is one part of a source area, so that the same rows can be summed either way.
    """
    figures = figures_of(world, table, column, source)
    what = _kind(world, figures.name, kind)
    found = ground(world, (source, target), by)
    _known(figures, found, source)
    if min(found.parts.values(), default=0) < 0:
        raise TermFault(
            f"apportion: {by!r} is less than nought in some places, so it cannot share anything out"
        )
    name = Names(world)
    if what == "extensive":
        yield from _split(figures, found, source, target, rounding, parts, name)
    else:
        yield from _averaged(figures, found, source, target, name)


def split(
    figures: Mapping[str, int], found: Ground, rounding: Rounding = "cascade"
) -> dict[tuple[str, str], int]:
    """Whole amounts of the first layer's areas of a ground, for each part they have in the second.

    The parts of each area sum to its amount exactly.
    """
    inside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for areas, weight in found.parts.items():
        inside[areas[0]].append((areas[-1], weight))
    divide = cascade if rounding == "cascade" else largest_remainder
    out: dict[tuple[str, str], int] = {}
    for code, amount in sorted(figures.items()):
        places = inside[code]
        for (other, _), part in zip(places, divide(amount, [people for _, people in places]), strict=True):
            out[code, other] = part
    return out


def _split(
    figures: Figures,
    found: Ground,
    source: str,
    target: str,
    rounding: Rounding,
    parts: bool,
    name: Names,
) -> Iterator[AmountRow]:
    given = split(figures.whole, found, rounding)
    covered = _covered(figures, found)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (one, other), amount in given.items():
        totals[other, one if parts else ""] += amount
    for (other, one), amount in sorted(totals.items()):
        yield AmountRow(
            other,
            name(target, other) if other else f"in no area of {target}",
            one,
            name(source, one) if one else "",
            figures.name,
            figures.amount(amount),
            "extensive",
            found.measure,
            covered.get(other, 0.0),
        )


def _averaged(figures: Figures, found: Ground, source: str, target: str, name: Names) -> Iterator[AmountRow]:
    sums: dict[str, int] = defaultdict(int)
    weights: dict[str, int] = defaultdict(int)
    for areas, weight in found.parts.items():
        if areas[0] in figures.whole:
            sums[areas[-1]] += weight * figures.whole[areas[0]]
            weights[areas[-1]] += weight
    covered = _covered(figures, found)
    for other in sorted(code for code, weight in weights.items() if weight and code):
        yield AmountRow(
            other,
            name(target, other),
            "",
            "",
            figures.name,
            sums[other] / (weights[other] * 10**figures.decimals),
            "intensive",
            found.measure,
            covered[other],
        )


def _covered(figures: Figures, found: Ground) -> dict[str, float]:
    """For each target area the share of its weight that lies where the figures are known."""
    known: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for areas, weight in found.parts.items():
        whole[areas[-1]] += weight
        known[areas[-1]] += weight if areas[0] in figures.whole else 0
    return {code: known[code] / weight if weight else 0.0 for code, weight in whole.items()}


def _kind(world: World, column: str, said: str) -> str:
    """Whether a figure is a total or a rate: as said, as a table of measures has it, or as pence are."""
    if said:
        return said
    for item in world.of(Measure):
        if item.id.casefold() == column.casefold():
            return item.kind
    if column in (RESIDENTS, "pence") or column.endswith("_pence"):
        return "extensive"
    raise TermFault(
        f"apportion: it is not known what {column!r} counts. A total, such as people or pounds, is split; a "
        "rate, such as pounds a head or a share, is averaged. Say kind=extensive or kind=intensive, or name "
        "it in a table `measure.csv`"
    )


def _known(figures: Figures, found: Ground, source: str) -> None:
    """Raise TermFault where figures are for areas that the layer does not have."""
    areas = {key[0] for key in found.parts}
    strange = sorted(set(figures.whole) - areas)
    if strange:
        listed = ", ".join(strange[:5]) + (f" and {len(strange) - 5} more" if len(strange) > 5 else "")
        raise TermFault(
            f"apportion: {len(strange)} of {len(figures.whole)} codes are no areas of {source} on the day: "
            f"{listed}"
        )
