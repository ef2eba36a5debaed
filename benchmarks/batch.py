"""10,000 variants of a deal of 20 changes on England, against enacting and asking afresh for each.

A variant says other days for two of the provisions, and asks who holds their powers in Manchester: 100 days
by 100. Afresh is: the deal's file bound, its 20 provisions enacted on a warm England, its 20 powers resolved.
Where sums of money are drawn no two variants share their money; afresh is then the deal's file bound, enacted, and
the same figure asked. Two processes against one are timed on these, whole runs with all that starting takes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks import models
from benchmarks.resolve import resolve
from benchmarks.rounds import Line
from devo.batch.figures import asker, value
from devo.batch.running import Options, run_batch
from devo.batch.variants import Variants
from devo.enactment import enact
from devo.files.deals import read_deals
from devo.files.varying import values
from devo.run import Runner
from devo.values import Deal
from devo.world import World

VARIANTS = 10_000
CHANGES = 20
AFRESH = 40
DRAWS = 10_000


def run() -> list[Line]:
    """Time the variants in this process, and the same sweep by one process and by two."""
    with tempfile.TemporaryDirectory() as home:
        path = _written(Path(home))
        runner = Runner()
        opened = runner.open(path)
        if not isinstance(opened, tuple):
            raise SystemExit(f"the sweep has faults: {opened.faults[:3]}")
        ours, afresh = _each(_sound(Variants.of(runner, opened[0])), _resolved)
        money = _money(Path(home))
        drawn = runner.open(money)
        if not isinstance(drawn, tuple):
            raise SystemExit(f"the sweep has faults: {drawn.faults[:3]}")
        ours_drawn, afresh_drawn = _each(_sound(Variants.of(runner, drawn[0])), _asked)
        times = {jobs: _whole(money, Path(home) / f"jobs{jobs}", jobs) for jobs in (1, 2)}
    return [
        Line(
            "one variant, its figures asked",
            "the deal read, enacted and resolved afresh",
            ours,
            afresh,
            1 / 10,
        ),
        Line(
            "one variant with a drawn sum, all flows added up",
            "the deal read, enacted and asked afresh",
            ours_drawn,
            afresh_drawn,
            1 / 10,
        ),
        Line(f"{DRAWS:,} drawn variants of money by two processes", "by one", times[2], times[1], 1 / 1.6),
    ]


def _sound(variants: Variants) -> Variants:
    bad = [variants.run(number).errors for number in range(4)]
    if any(bad):
        raise SystemExit(f"variants come to errors: {bad}")
    return variants


def _each(
    variants: Variants, seen: Callable[[Variants, World, Sequence[Deal], int], None]
) -> tuple[float, float]:
    """Seconds for a variant as the sweep has it, and afresh with what is `seen` of its world, turn by turn."""
    worlds, verbs = variants.worlds, variants.tools.verbs
    mine, other = [], []
    for number in range(AFRESH):
        start = time.perf_counter()
        for inner in range(10):
            variants.run(number * 10 + inner)
        mine.append((time.perf_counter() - start) / 10)
        given = values(variants.sweep, number)
        start = time.perf_counter()
        read = read_deals([file.document.path for file in worlds.files], worlds.ground.world, verbs, given)
        seen(variants, enact(worlds.ground.world, read.deals, verbs).world, read.deals, number)
        other.append(time.perf_counter() - start)
    return median(mine), median(other)


def _resolved(variants: Variants, world: World, deals: Sequence[Deal], number: int) -> None:
    resolve(world.on(models.DAY), [str(p.terms["power"]) for deal in deals for p in deal.provisions])


def _asked(variants: Variants, world: World, deals: Sequence[Deal], number: int) -> None:
    ask = asker(world, variants.tools)
    follows = variants.questions.follows
    found = tuple(value(f.figure, ask(f.figure.question, f.figure.terms, f.on).rows) for f in follows)
    if not number and found != variants.run(number).figures:
        raise SystemExit(f"variant {number} is not what it is afresh: {found}")


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
