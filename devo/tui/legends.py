"""What the letters and colours of a map mean: a key for each thing that is said of some tile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST = 7


@dataclass(frozen=True, slots=True)
class Key:
    """What a letter and a colour mean, and how many tiles have it."""

    meaning: str
    mark: str
    tiles: int
    number: int


def legend(values: Mapping[str, str], order: Sequence[str] = ()) -> list[Key]:
    """A key for each thing said of some tile, the commonest first unless an order is given; the rest as one."""
    counts = Counter(values.values())
    ranked = [m for m in order if m in counts] or sorted(counts, key=lambda m: (-counts[m], m))
    keys = [Key(meaning, MARKS[n], counts[meaning], n) for n, meaning in enumerate(ranked[:MOST])]
    rest = sum(counts[meaning] for meaning in ranked[MOST:])
    if rest:
        keys.append(Key(f"{len(ranked) - MOST} others", "+", rest, MOST))
    return keys


def bands(
    figures: Mapping[str, float], say: Callable[[float], str] = "{:,.4g}".format, many: int = 5
) -> tuple[dict[str, str], list[str]]:
    """Figures as words, in bands with about as many tiles in each; and the words from low to high."""
    ranked = sorted(figures.values())
    if len(set(ranked)) <= many:
        words = {value: say(value) for value in sorted(set(ranked))}
        return {code: words[value] for code, value in figures.items()}, list(words.values())
    edges = sorted({ranked[len(ranked) * n // many] for n in range(1, many)})
    lows, highs = [ranked[0], *edges], [*edges, ranked[-1]]
    named = [f"{say(low)} to {say(high)}" for low, high in zip(lows, highs, strict=True)]
    return {code: named[sum(value >= edge for edge in edges)] for code, value in figures.items()}, named
