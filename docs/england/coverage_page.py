"""Makes `coverage.md` and `coverage.svg` from the England baseline: `python docs/england/coverage_page.py`.

A test makes both again and compares, so the page cannot say what the tables do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import devo
from devo import rules
from devo.register import Register
from devo.sightings import alike

HERE = Path(__file__).parent
DAY = date(2026, 6, 1)
JUNES = [date(year, 6, 1) for year in range(2011, 2027)]
STATES = (
    "sole",
    "sole, part delegated",
    "concurrent",
    "joint",
    "parts differ",
    "pieces differ",
    "nobody",
    "not known",
)
SHARES = ("verified", "known", "unsure", "nobody", "not_known")
HEADINGS = [name.replace("_", " ") for name in SHARES]

Cells = dict[tuple[str, str], list[float]]


class Standing(NamedTuple):
    """How one power stands in all districts on one day, and where two claims cannot both be right."""

    power: str
    by_district: tuple[str, ...]
    clashes: tuple[str, ...]


def standings(world: Any) -> Iterator[Standing]:
    """How every power, whole or part, stands in each district on the world's day."""
    register = Register(world)
    districts = sorted(world.mosaic.layers["lad24"].items())
    for power in sorted(world.powers):
        pieces, clashes = by_piece(world, register, power)
        divided = [by_piece(world, register, part)[0] for part in rules.parts(world, power)]
        whole = divided or [pieces]
        states = []
        for _, inside in districts:
            kinds = {tuple(part[piece] for part in whole) for piece in inside}
            if len(kinds) > 1:
                states.append("pieces differ")
            else:
                found = set(next(iter(kinds)))
                states.append(found.pop() if len(found) == 1 else "parts differ")
        yield Standing(power, tuple(states), tuple(clashes))


def by_piece(world: Any, register: Register, power: str) -> tuple[list[str], list[str]]:
    """How a power stands at each piece, and the pieces where two claims cannot both be right."""
    size = len(world.mosaic)
    count = {mode: np.zeros(size, int) for mode in ("sole", "concurrent", "joint", "delegated")}
    for layer in register.layers(power):
        modes = np.array([effect.mode for effect in layer.ledger.effects])
        held = layer.bodies >= 0
        for mode, total in count.items():
            total[held] += modes[layer.effects[held]] == mode
    sole, shared, joint = count["sole"], count["concurrent"], count["joint"]
    empty = (sole + shared + joint + count["delegated"]) == 0
    states = np.select(
        [empty, (sole > 0) & (count["delegated"] > 0), sole > 0, shared > 0, joint > 0],
        ["not known", "sole, part delegated", "sole", "concurrent", "joint"],
        "delegated without a root",
    ).tolist()
    complete = rules.complete_from(world, power)
    if complete is not None and world.today >= complete and empty.any():
        for group in alike(world, power, np.flatnonzero(empty).tolist()):
            if rules.is_modelled(world, power, min(group)):
                for piece in group:
                    states[piece] = "nobody"
    wrong = np.flatnonzero((sole > 1) | ((sole > 0) & (shared + joint > 0)) | ((shared > 0) & (joint > 0)))
    return states, [f"{power} at {world.mosaic.pieces[n].id} on {world.today}" for n in wrong]


@cache
def totals(name: str = "england") -> dict[date, Counter[str]]:
    """For each 1 June how many pairs of a whole power and a district stand in each way."""
    world = devo.baseline(name)
    found: dict[date, Counter[str]] = {}
    for day in JUNES:
        counted: Counter[str] = Counter()
        for standing in standings(world.on(day)):
            if not world.powers[standing.power].parent:
                counted.update(standing.by_district)
        found[day] = counted
    return found


def page(world: Any) -> str:
    """The text of `coverage.md`."""
    rows = devo.ask(world, "coverage").rows
    lines = [
        "# How much of England is covered",
        "",
        "<!-- Made by docs/england/coverage_page.py; a test makes it again and compares. Do not edit. -->",
        "",
        f"Shares are of residents (mid-2023), on {_day()}. A cell is as sure as the least sure holding in it.",
        "*Verified*: the text, or a trustworthy report of it, was seen. *Known*: own knowledge of",
        "published law. *Unsure*: an inference or a bounded day. *Nobody*: the tables are complete and",
        "nobody holds it. *Not known*: the tables do not know who holds it. `devo ask coverage` gives the",
        "same for each power in each authority; `devo ask matrix` gives the level each is held at;",
        "`devo doctor england` the totals.",
        "",
        "## In all",
        "",
        *_table(
            ["", "powers", *HEADINGS],
            [
                [_theme(row.theme), str(row.powers), *_shares(_five(row))]
                for row in devo.ask(world, "coverage-totals").rows
            ],
        ),
        "",
        "## Authorities by themes",
        "",
        "What is known of who holds what (verified, known, unsure and nobody together), and in brackets",
        "what is verified.",
        "",
        "![Heat map: for each authority and theme, the share of powers and residents of which the holder"
        " is known.](coverage.svg)",
        "",
        *_heat_table(rows),
        "",
        "## Every 1 June since 2011",
        "",
        f"Each of the {_whole(world)} powers in each of the 296 districts of today. *Pieces differ*: a district",
        "is cut by the areas of different holders (health boards, clinical groups), or is known only in",
        "part. No power is held `sole` by two bodies in one place on any of these days, or `sole` by one and",
        "`concurrent` or `joint` by another.",
        "",
        *_table(
            ["1 June", *STATES, "in all"],
            [
                [str(day.year), *(f"{counted[state]:,}" for state in STATES), f"{counted.total():,}"]
                for day, counted in totals().items()
            ],
        ),
        "",
        "## Each power, all of England",
        "",
        *_table(
            ["code", "power", *HEADINGS],
            [
                [world.powers[power].code, world.powers[power].name, *_shares(shares)]
                for power, shares in _by_power(world, rows)
            ],
        ),
        "",
    ]
    return "\n".join(lines)


def heat_map(world: Any) -> str:
    """The drawing `coverage.svg`: darker is better known; each cell has its figure in it."""
    themes, bodies, cells = _cells(devo.ask(world, "coverage").rows)
    left, top, wide, high = 300, 150, 84, 26
    # The last theme's name leans out to the right of its column.
    width, height = left + wide * len(themes) + 130, top + high * len(bodies) + 34
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>How much is known of who holds what, on {_day()}</title>",
        "<desc>Rows are authorities, columns themes; the figure is the share of powers and residents of "
        "which the tables know the holder. The same figures stand in the table beside it.</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, theme in enumerate(themes):
        x = left + wide * number + wide // 2
        turned = f'transform="rotate(-35 {x} {top - 8})"'
        out.append(_text(x, top - 8, _theme(theme), turned))
    for line, (body, name) in enumerate(bodies):
        y = top + high * line
        out.append(_text(left - 8, y + 17, name, 'text-anchor="end"'))
        for number, theme in enumerate(themes):
            share = 1 - cells[body, theme][-1]
            x, light = left + wide * number, round(245 - 175 * share)
            colour = f"rgb({max(light - 60, 0)},{light},{min(light + 40, 255)})"
            out.append(f'<rect x="{x}" y="{y}" width="{wide - 2}" height="{high - 2}" fill="{colour}"/>')
            ink = "#ffffff" if share > 0.6 else "#111111"
            out.append(_text(x + wide // 2 - 1, y + 17, f"{share:.0%}", 'text-anchor="middle"', ink))
    out.append(
        _text(8, height - 10, "Darker: better known. Shares of residents, averaged over a theme's powers.")
    )
    return "\n".join([*out, "</svg>", ""])


def _text(x: int, y: int, text: str, more: str = "", ink: str = "#111111") -> str:
    return f'<text x="{x}" y="{y}" {more} fill="{ink}">{escape(text)}</text>'.replace("  ", " ")


def write() -> None:
    """Make both files again."""
    world = devo.baseline("england").on(DAY)
    (HERE / "coverage.md").write_text(page(world), encoding="utf-8", newline="\n")
    (HERE / "coverage.svg").write_text(heat_map(world), encoding="utf-8", newline="\n")


def _cells(rows: Sequence[Any]) -> tuple[list[str], list[tuple[str, str]], Cells]:
    """The themes, the authorities, and for each pair the mean of its powers' five shares."""
    themes = sorted({row.theme for row in rows})
    bodies = list(dict.fromkeys((row.body, row.body_name) for row in rows))
    kept: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        kept.setdefault((row.body, row.theme), []).append(row)
    return themes, bodies, {key: _mean([_five(row) for row in found]) for key, found in kept.items()}


def _heat_table(rows: Sequence[Any]) -> list[str]:
    themes, bodies, cells = _cells(rows)
    return _table(
        ["authority", *map(_theme, themes)],
        [
            [name, *(f"{1 - cells[body, theme][-1]:.0%} ({cells[body, theme][0]:.0%})" for theme in themes)]
            for body, name in bodies
        ],
    )


def _by_power(world: Any, rows: Sequence[Any]) -> list[tuple[str, list[float]]]:
    """For each power, by its code, its five shares over all of England: rows weighed by residents."""
    served = {body: world.roster.served(body, world.today) for body in {row.body for row in rows}}
    people = {body: world.mosaic.residents(pieces) for body, pieces in served.items()}
    england = world.mosaic.residents(world.mosaic.everywhere)
    people[""] = england - sum(people.values())
    found: dict[str, list[float]] = {}
    for row in rows:
        before = found.get(row.power, [0.0] * len(SHARES))
        weight = people[row.body] / england
        found[row.power] = [b + weight * share for b, share in zip(before, _five(row), strict=True)]
    return sorted(found.items(), key=lambda item: _code(world, item[0]))


def _shares(shares: Sequence[float]) -> list[str]:
    return [f"{share:.0%}" for share in shares]


def _mean(found: Sequence[Sequence[float]]) -> list[float]:
    return [sum(column) / len(found) for column in zip(*found, strict=True)]


def _five(row: Any) -> list[float]:
    return [getattr(row, name) for name in SHARES]


def _theme(theme: str) -> str:
    return theme.replace("-", " ").capitalize()


def _code(world: Any, power: str) -> tuple[str, float]:
    code = world.powers[power].code
    return code[:1], float(code[1:] or 0)


def _whole(world: Any) -> int:
    return sum(not power.parent for power in world.powers.values())


def _day() -> str:
    return f"{DAY.day} {DAY:%B %Y}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(headings) + " |",
        "|" + "---|" * len(headings),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


if __name__ == "__main__":
    write()
