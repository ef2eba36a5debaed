"""Makes `validation.md` from the England baseline and `validation-targets.csv`: `python docs/validation_page.py`.

Each row of the table is a published figure, table or rule. Where the model can speak to it, `asked` names the function
of `validation_measures.py` that asks it, and `holds` says what agreement is; where it cannot, `why` says so. A test
makes the page again and compares, so that the page cannot say what the program does not.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from validation_measures import MEASURES, Said

import devo
from devo import World
from devo.toolbox import toolbox

HERE = Path(__file__).parent
TARGETS = HERE / "validation-targets.csv"
PAGE = HERE / "validation.md"
REGISTERS_ON = date(2026, 6, 1)

AGREES, IN_PART, DIFFERS, CANNOT = "agrees", "agrees in part", "differs", "cannot be met"
VERDICTS = (AGREES, IN_PART, DIFFERS, CANNOT)


class Result(NamedTuple):
    """A target, what the model said of it if it could, and the verdict."""

    target: dict[str, str]
    said: Said | None
    verdict: str


def targets() -> list[dict[str, str]]:
    """The published figures, tables and rules, row by row."""
    with TARGETS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def results(world: World) -> list[Result]:
    """Each target beside what the model says of it."""
    found = []
    for target in targets():
        said = MEASURES[target["asked"]](world) if target["asked"] else None
        found.append(Result(target, said, verdict(target, said)))
    return found


def verdict(target: dict[str, str], said: Said | None) -> str:
    """Whether what the model says is what was published, by what the target takes for agreement."""
    if said is None:
        return CANNOT
    return DIFFERS if not _holds(target, said) else IN_PART if target["why"] else AGREES


def _holds(target: dict[str, str], said: Said) -> bool:
    how, _, allowed = target["holds"].partition(" ")
    if how == "words":
        return said.value == target["published"]
    value, published = float(said.value), float(target["published"])
    if how == "at-most":
        return value <= published
    if how == "at-least":
        return value >= published
    return abs(value - published) <= (float(allowed) if how == "about" else 0)


# --- the page -------------------------------------------------------------------------------------


def page(world: World) -> str:
    """The text of `validation.md`."""
    found = results(world)
    counts = Counter(result.verdict for result in found)
    lines = [
        "# Validation: what was published, and what devo says",
        "",
        "<!-- Made by docs/validation_page.py; a test makes it again and compares. Do not edit. -->",
        "",
        "Figures, tables and rules that others published, beside what the England baseline says of the same thing.",
        "Where both rest on one source the row says so: that is a check of arithmetic, and no proof of the model.",
        "Sources, and how sure each is, stand in `docs/validation-targets.csv`, a row for each.",
        "",
        *_table(["verdict", "targets"], [[name, str(counts[name])] for name in VERDICTS]),
        "",
    ]
    for name in (AGREES, IN_PART, DIFFERS):
        chosen = [result for result in found if result.verdict == name]
        lines += [f"## {name.capitalize()}", "", *_compared(chosen), ""]
    lines += [
        "## Cannot be met",
        "",
        "The tables do not have what it would take. A target is listed here and not left out, so that nobody",
        "takes silence for agreement.",
        "",
        *_table(
            ["target", "published by", "what", "figure", "why the model cannot speak to it"],
            [
                [
                    r.target["id"],
                    r.target["publication"],
                    r.target["quantity"],
                    _published(r),
                    r.target["why"],
                ]
                for r in found
                if r.verdict == CANNOT
            ],
        ),
        "",
        *_registers(world),
    ]
    return "\n".join(lines)


def _compared(chosen: list[Result]) -> list[str]:
    return _table(
        ["target", "published by", "what", "published", "devo says", "remark"],
        [
            [
                r.target["id"],
                r.target["publication"],
                f"{r.target['quantity']} ({r.target['scope']}, {r.target['period']})",
                _published(r),
                r.said.text if r.said else "",
                r.target["why"] or r.target["note"],
            ]
            for r in chosen
        ],
    )


_BOUNDS = ("about", "almost", "at least", "fewer than", "more than", "over")


def _published(result: Result) -> str:
    """A figure with its unit and bound, in the order one says it: at least 448 grants."""
    text, unit = result.target["published"], result.target["unit"]
    if not text[:1].isdigit():
        return text
    number = float(text)
    shown = f"{number:.0%}" if unit.startswith("share") else f"{number:,.0f}" if number >= 1000 else text
    words, _, bound = unit.removeprefix("share").rpartition(", ")
    if bound not in _BOUNDS:
        words, bound = unit.removeprefix("share"), ""
    return " ".join(part for part in (bound, shown, words) if part)


def _registers(world: World) -> list[str]:
    """What the check of public registers finds on a day."""
    checks = toolbox().checks["register-out-of-step"].function
    found = list(checks(world.on(REGISTERS_ON)))
    return [
        "## What public registers have wrong",
        "",
        f"Found by the check `register-out-of-step` of `devo check`, on {REGISTERS_ON.day} {REGISTERS_ON:%B %Y}.",
        "What the registers said is recorded in `known-defect.csv`; that it is out of step is worked out from the law in",
        "the tables, and the finding goes when the register is mended there.",
        "",
        *_table(["finding", "why"], [[finding.message, finding.suggestion] for finding in found]),
        "",
    ]


def _table(headings: list[str], rows: list[list[str]]) -> list[str]:
    return [
        "| " + " | ".join(headings) + " |",
        "|" + "---|" * len(headings),
        *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows),
    ]


@cache
def england() -> World:
    """The England baseline."""
    return devo.baseline("england")


def write() -> None:
    """Make the page again."""
    PAGE.write_text(page(england()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
