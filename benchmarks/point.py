"""One question about one place and one power, against an indexed in-memory sqlite for the bare rows.

Ours cites: who holds it, who exercises it, on what conditions, and the effects it was read from.
The other gives body and mode and no reason. Both sides are warm and go through the same 200 questions.
"""

from __future__ import annotations

import random
import sqlite3

import devo
from benchmarks import models
from benchmarks.rounds import Contender, Line, medians
from devo import rules
from devo.register import Register
from devo.world import World

QUESTIONS = 200
AGAINST = "one query by index of in-memory sqlite, bare rows"


def run() -> list[Line]:
    """Compare the rows, then time both, and the whole front door beside them."""
    world, _ = models.grown()
    seen = world.on(models.DAY)
    powers = models.given(seen)[: models.POWERS]
    dice = random.Random(3)
    asked = [(dice.choice(powers), dice.randrange(len(seen.mosaic))) for _ in range(QUESTIONS)]
    rows = database(seen, powers)
    for power, piece in asked:
        ours = [(held.body, held.mode) for held in rules.holders(seen, power, piece)]
        if ours != bare_rows(rows, power, piece):
            raise SystemExit(f"the answers differ for {power} at piece {piece}")
    print(f"point: {QUESTIONS} answers are the same in both")
    districts = sorted(seen.mosaic.layers["lad24"])
    named = [(power, dice.choice(districts)) for power, _ in asked[:20]]
    found = medians(
        {
            "sqlite": Contender(lambda _: [bare_rows(rows, *one) for one in asked]),
            "point": Contender(lambda _: [explained(seen, *one) for one in asked]),
            "ask": Contender(lambda _: [devo.ask(seen, "who-holds", place=c, power=p) for p, c in named]),
        }
    )
    each = found["sqlite"] / QUESTIONS
    return [
        Line(
            "who, by whom, on what terms and why, at one place", AGAINST, found["point"] / QUESTIONS, each, 10
        ),
        Line("devo.ask of who-holds for a district", AGAINST, found["ask"] / len(named), each, None),
    ]


def explained(world: World, power: str, piece: int) -> list[object]:
    """The holders with the effects they are read from, who exercises and on what conditions."""
    return [
        (held, rules.exercised_by(world, power, held, piece), rules.conditions(world, power, held, piece))
        for held in rules.holders(world, power, piece)
    ]


def database(world: World, powers: list[str]) -> sqlite3.Connection:
    """Every holder of every power at every piece on the day as rows, with an index to find them by."""
    rows = sqlite3.connect(":memory:")
    rows.execute("create table held (power text, piece integer, body text, mode text)")
    register = Register(world)
    for power in powers:
        pieces, bodies, effects, ledgers = register.cells(power)
        rows.executemany(
            "insert into held values (?, ?, ?, ?)",
            [
                (power, int(piece), register.bodies[body], ledger.effects[effect].mode)
                for piece, body, effect, ledger in zip(pieces, bodies, effects, ledgers, strict=True)
            ],
        )
    rows.execute("create index by_place on held (power, piece, body)")
    rows.execute("analyze")
    return rows


def bare_rows(rows: sqlite3.Connection, power: str, piece: int) -> list[tuple[str, str]]:
    """Body and mode of the holders, in order of id."""
    query = "select body, mode from held where power = ? and piece = ? order by body"
    return rows.execute(query, (power, piece)).fetchall()
