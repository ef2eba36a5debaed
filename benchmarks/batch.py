"""10,000 variants of a deal of 20 changes on England, against enacting and asking afresh for each.

A variant says other days for two of the provisions, and asks who holds their powers in Manchester: 100 days
by 100. Afresh is: the deal's file bound, its 20 provisions enacted on a warm England, its 20 powers resolved.
Two processes against one are timed on drawn sums of money, of which no two variants share anything.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import models
from benchmarks.resolve import resolve
from benchmarks.rounds import Line
from devo.batch.running import Options, run_batch
from devo.batch.variants import Variants
from devo.enactment import enact
from devo.files.deals import read_deals
from devo.files.sweeps import values
from devo.run import Runner

VARIANTS = 10_000
CHANGES = 20
AFRESH = 40
DRAWS = 1_000


def run() -> list[Line]:
    """Time the variants in this process, and the same sweep by one process and by two."""
    with tempfile.TemporaryDirectory() as home:
        path = _written(Path(home))
        runner = Runner()
        opened = runner.open(path)
        if not isinstance(opened, tuple):
            raise SystemExit(f"the sweep has faults: {opened.faults[:3]}")
        variants = Variants.of(runner, opened[0])
        bad = [variants.run(number).errors for number in range(4)]
        if any(bad):
            raise SystemExit(f"variants come to errors: {bad}")
        ours, afresh = _each(variants)
        money = _money(Path(home))
        times = {jobs: _whole(money, Path(home) / f"jobs{jobs}", jobs) for jobs in (1, 2)}
    return [
        Line(
            "one variant, its figures asked",
            "the deal read, enacted and resolved afresh",
            ours,
            afresh,
            1 / 10,
        ),
        Line(f"{DRAWS:,} drawn variants of money by two processes", "by one", times[2], times[1], 1 / 1.6),
    ]


def _each(variants: Variants) -> tuple[float, float]:
    """Seconds for a variant as the sweep has it, and afresh, turn by turn."""
    verbs = variants.tools.verbs
    mine, other = [], []
    for number in range(AFRESH):
        start = time.perf_counter()
        for inner in range(10):
            variants.run(number * 10 + inner)
        mine.append((time.perf_counter() - start) / 10)
        given = values(variants.sweep, number)
        start = time.perf_counter()
        read = read_deals(
            [part.document.path for part in variants.parts], variants.ground.world, verbs, given
        )
        world = enact(variants.ground.world, read.deals, verbs).world.on(models.DAY)
        resolve(world, [str(p.terms["power"]) for deal in read.deals for p in deal.provisions])
        other.append(time.perf_counter() - start)
    return median(mine), median(other)


def _whole(path: str, results: Path, jobs: int) -> float:
    start = time.perf_counter()
    run_batch([path], Options(results=results, jobs=jobs))
    return time.perf_counter() - start


def _written(home: Path) -> str:
    """A draft of 20 changes as a deal file, two of them varying, and a scenario with its sweep."""
    world, _ = models.england()
    deal = models.draft(world, 0, CHANGES)
    movable = [n for n, p in enumerate(deal.provisions) if p.verb in ("transfer", "share", "confer")][:2]
    lines = ['name = "Draft"', 'code = "DRAFT"', 'instrument = { title = "Draft", made = 2019-01-01 }']
    for number, provision in enumerate(deal.provisions):
        lines += [
            "",
            "[[provision]]",
            f'verb = "{provision.verb}"',
            f"commencement = {provision.commencement}",
        ]
        terms = dict(provision.terms)
        if number in movable:
            lines[-1] = f'commencement = "$day{movable.index(number)}"'
        lines += [f'{name} = "{value}"' for name, value in terms.items()]
    powers = [deal.provisions[number].terms["power"] for number in movable]
    days = ", ".join(f"{2025}-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 11))
    scenario = [
        'name = "Draft, by days"',
        'deals = ["./deals/draft.toml"]',
        f"on = {models.DAY}",
        "[sweep]",
        "[sweep.parameters]",
        *(f"day{number} = [{days}]" for number in (0, 1)),
        *(
            f'[[sweep.figure]]\nname = "{power}"\nquestion = "who-holds"\nplace = "Manchester"\npower = "{power}"'
            for power in powers
        ),
    ]
    (home / "deals").mkdir()
    (home / "deals" / "draft.toml").write_text("\n".join(lines) + "\n", "utf-8")
    (home / "sweep.toml").write_text("\n".join(scenario) + "\n", "utf-8")
    return str(home / "sweep.toml")


def _money(home: Path) -> str:
    """A scenario that draws a sum that a deal pays, and follows what is paid in all."""
    deal = """name = "Made up"
code = "MADE-UP"
instrument = { title = "Draft", made = 2026-06-01, status = "draft" }
[[provision]]
verb = "fund"
pot = "made-up-pot"
name = "Made up"
payer = "department-for-transport"
payee = "gmca"
powers = ["bus-franchising"]
pounds = "$pounds"
each_year = true
commencement = 2027-06-01
"""
    sweep = f"""name = "Drawn"
deals = ["./deals/money.toml"]
on = 2028-06-01
[sweep]
draws = {DRAWS}
parameters.pounds = {{ uniform = [1_000_000, 9_000_000], whole = true }}
[[sweep.figure]]
name = "paid"
question = "flows"
year = "2028-29"
column = "amount_pence"
"""
    (home / "deals" / "money.toml").write_text(deal, "utf-8")
    (home / "money.toml").write_text(sweep, "utf-8")
    return str(home / "money.toml")
