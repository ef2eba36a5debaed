"""Funding: ten years by ten thousand draws over five thousand flows to nine regional totals.

The alternative walks the same network edge by edge, in a networkx graph, once for each draw; it is
timed on a few hundred draws and scaled. Both start from the same draws, and their answers are
compared before anything is timed. Exact pence are measured beside, for what they cost.

Then a draft that pays another sum each time is enacted on England and `flows` and `money-by-place` are asked, with
the book and accounts that were kept from the last draft, and without them.

    python -m benchmarks funding
"""

from __future__ import annotations

import random
from functools import partial
from itertools import count
from typing import Any

import networkx as nx
import numpy as np

import devo
from benchmarks.rounds import Contender, Line, medians
from devo.answers import ask
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.taking_effect import one_by_one
from devo.toolbox import toolbox
from devo_funding.network import Arc, pass_on
from devo_funding.reach import Reach

SEED = 11
FLOWS = 5_000
SOURCES = 40
REGIONS = 9
YEARS = 10
DRAWS = 10_000
TIERS = (40, 30, 160, 700, 1_400)
# How many of the hundred thousand (year, draw) pairs the slow one is timed on.
SAMPLE = 100
TARGET = 1 / 1_000
DRAFT = """
name = "Draft"
code = "DRAFT"
instrument = {{ title = "Draft", made = 2024-01-01 }}
[[provision]]
verb = "fund"
pot = "draft-pot"
payer = "department-for-transport"
payee = "gmca"
pounds = {pounds}
each_year = true
commencement = 2025-04-01
"""


def network() -> tuple[list[Arc], list[str], list[list[str]]]:
    """Flows between five tiers of made-up bodies, the sources, and the last tier's bodies by region."""
    dice = random.Random(SEED)
    tiers = [[f"{level}-{number:04}" for number in range(size)] for level, size in enumerate(TIERS)]
    given: dict[str, dict[str, int]] = {}
    while sum(map(len, given.values())) < FLOWS:
        level = dice.choices(range(len(tiers) - 1), weights=TIERS[1:])[0]
        giver, to = dice.choice(tiers[level]), dice.choice(tiers[level + 1])
        given.setdefault(giver, {})[to] = dice.randint(1, 100)
    arcs = []
    for giver, receivers in given.items():
        kept = dice.randint(0, 30)
        whole = sum(receivers.values()) + kept
        arcs.extend(Arc(giver, to, weight / whole) for to, weight in receivers.items())
    regions: list[list[str]] = [[] for _ in range(REGIONS)]
    for level in tiers:
        for number, body in enumerate(level):
            regions[number % REGIONS].append(body)
    return arcs, tiers[0], regions


def entering() -> Any:
    """What enters at each source in each year and draw, in pence: sources by (years times draws)."""
    generator = np.random.default_rng(SEED)
    base = generator.uniform(1e9, 1e11, (SOURCES, YEARS, 1))
    return (base * generator.lognormal(0, 0.1, (SOURCES, YEARS, DRAWS))).reshape(SOURCES, -1)


class EdgeLoop:
    """The alternative: a networkx graph walked edge by edge in topological order, one draw at a time."""

    def __init__(self, arcs: list[Arc], sources: list[str], regions: list[list[str]]):
        self.graph = nx.DiGraph()
        for arc in arcs:
            self.graph.add_edge(arc.giver, arc.to, rate=float(arc.rate))
        self.order = list(nx.topological_sort(self.graph))
        self.sources = sources
        self.region = {body: number for number, bodies in enumerate(regions) for body in bodies}

    def totals(self, draws: Any) -> Any:
        """Nine totals for each column of draws."""
        found = np.zeros((REGIONS, draws.shape[1]))
        for column in range(draws.shape[1]):
            have = dict(zip(self.sources, draws[:, column].tolist(), strict=True))
            for body in self.order:
                whole = left = have.get(body, 0.0)
                for _, to, data in self.graph.out_edges(body, data=True):
                    part = whole * data["rate"]
                    left -= part
                    have[to] = have.get(to, 0.0) + part
                found[self.region[body], column] += left
            for body in self.sources:
                if body not in self.graph:
                    found[self.region[body], column] += have[body]
        return found


def run() -> list[Line]:
    """Compare the answers, then time them turn by turn."""
    arcs, sources, regions = network()
    draws = entering()
    few = np.ascontiguousarray(draws[:, :SAMPLE])
    loop = EdgeLoop(arcs, sources, regions)
    fast, slow = Reach(arcs, sources, regions).totals(few), loop.totals(few)
    if not np.allclose(fast, slow, rtol=1e-12, atol=0):
        raise SystemExit("the two do not agree")
    whole = {source: round(float(pence)) for source, pence in zip(sources, few[:, 0], strict=True)}
    exact = pass_on(whole, arcs).kept
    member = {body: number for number, bodies in enumerate(regions) for body in bodies}
    by_region = [0] * REGIONS
    for body, pence in exact.items():
        by_region[member[body]] += pence
    worst = max(abs(by_region[n] - fast[n, 0]) for n in range(REGIONS))
    if sum(by_region) != sum(whole.values()) or worst > FLOWS:
        raise SystemExit(f"exact pence and floats differ by {worst} pence")
    print(f"answers agree: floats to 12 digits, exact pence within {worst:.0f} pence a region, nothing lost")
    times = medians(
        {
            "reach": Contender(lambda _: Reach(arcs, sources, regions).totals(draws)),
            "loop": Contender(partial(_run, loop, few)),
            "pence": Contender(lambda _: pass_on(whole, arcs)),
            "one loop": Contender(lambda _: loop.totals(few[:, :1])),
        },
        rounds=3,
    )
    drafts = _drafts()
    scaled = times["loop"] * draws.shape[1] / SAMPLE
    made = f"{YEARS} years x {DRAWS:,} draws, {FLOWS:,} flows, {REGIONS} totals"
    return [
        Line(made, f"networkx edge loop, {SAMPLE} draws scaled", times["reach"], scaled, TARGET),
        Line("one draw in exact pence", "one draw of the edge loop", times["pence"], times["one loop"], None),
        *drafts,
    ]


def _drafts() -> list[Line]:
    """Another sum each time: a draft enacted and a question of money asked, read on and afresh."""
    world = devo.baseline("england")
    tools = toolbox()
    sums = count(1_000_000)

    def asked(question: str, fresh: bool, terms: dict[str, str], _: object) -> object:
        if fresh:
            world.__dict__["_kept"].clear()
        document = Document("draft.toml", DRAFT.format(pounds=next(sums)))
        deal = deals_from([document], world, tools.verbs).deals[0]
        drafted, _findings = one_by_one(world, deal.provisions, tools.verbs)
        return ask(drafted.on("2025-06-01"), tools.questions[question], terms).rows

    found = []
    for question, more in (("flows", {}), ("money-by-place", {"geography": "lad24"})):
        terms = {"year": "2025-26", **more}
        times = medians(
            {
                "afresh": Contender(partial(asked, question, True, terms)),
                "on": Contender(partial(asked, question, False, terms)),
            },
            rounds=15,
        )
        made = f"a draft and {question} of 2025-26, read on"
        found.append(Line(made, "all amounts read afresh", times["on"], times["afresh"], 1 / 10))
    return found


def _run(loop: EdgeLoop, draws: Any, _: object) -> object:
    return loop.totals(draws)
