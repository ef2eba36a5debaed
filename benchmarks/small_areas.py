"""The named alternative: the same answer by polars joins over 33,755 small areas.

Small areas are made up from the pieces, in proportion to residents (about 98 a piece). Long
tables are prepared once, outside the clock, with whole numbers for ids: what is held from when
to when and over which territory, who belongs to a class when, who acts for a body that is gone,
and which small areas each territory has. The query then joins them on the day. Where a step is only
needed for some powers (parts of a power, delegation, a body that comes in twice) only those take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import polars as pl

from devo.expressions import class_terms, is_class
from devo.mosaic import Pieces
from devo.register import Register
from devo.values import Effect
from devo.world import World

SMALL_AREAS = 33_755
FOREVER = date.max
ANSWER = ["power", "small", "body", "effect"]


def sizes(world: World, total: int = SMALL_AREAS) -> list[int]:
    """How many small areas each piece has: at least one, in proportion to residents, `total` in all."""
    residents = [max(world.mosaic.residents((n,)), 1) for n in range(len(world.mosaic))]
    people = sum(residents)
    spare = total - len(residents)
    exact = [spare * r / people for r in residents]
    counts = [1 + int(x) for x in exact]
    order = sorted(range(len(residents)), key=lambda n: int(exact[n]) - exact[n])
    for n in order[: total - sum(counts)]:
        counts[n] += 1
    return counts


class SmallAreas:
    """Long tables of a world over small areas, and the join that says who holds what on a day."""

    def __init__(self, world: World, powers: Iterable[str]):
        self.world = world
        self.powers = list(powers)
        ledgers = sorted({*self.powers, *(p for p in map(self._parent, self.powers) if p)})
        self.number = {power: n for n, power in enumerate(ledgers)}
        self.bodies = {body: n for n, body in enumerate(sorted(world.roster.bodies))}
        self.effects: list[Effect] = []
        self._holders: dict[str, int] = {}
        self._territories: dict[Pieces, int] = {}
        self._size = len(world.mosaic)
        counts = sizes(world)
        self.pieces = pl.DataFrame(
            {"piece": [n for n, count in enumerate(counts) for _ in range(count)]}, schema={"piece": pl.UInt16}
        ).with_row_index("small")
        self._prepare(ledgers)

    # --- long tables, prepared once ----------------------------------------------------------

    def _prepare(self, ledgers: list[str]) -> None:
        held, lost, acting, serving = [], [], [], []
        for power in ledgers:
            for effect, pieces, start, end in self._intervals(power, lost):
                self.effects.append(effect)
                held.append(
                    (
                        self.number[power],
                        len(self.effects) - 1,
                        self._holder(effect.holder),
                        self._territory(pieces),
                        start,
                        end,
                        effect.mode == "delegated",
                        self._holder(effect.root) if effect.root else None,
                    )
                )
        for holder, number in list(self._holders.items()):
            if is_class(holder):
                for tenure in self.world.roster.tenures(class_terms(holder)):
                    serving.append(
                        (number, self.bodies[tenure.body], self._territory(tenure.pieces), tenure.start, tenure.end)
                    )
            elif holder in self.bodies:
                everywhere = frozenset(range(self._size))
                for body, pieces, start, end in self._acting(holder, everywhere, date.min, ()):
                    acting.append((number, self.bodies[body], self._territory(pieces), start, end))
        strength = {e: (e.on, e.holder) for e in self.effects}
        order = {key: n for n, key in enumerate(sorted(set(strength.values())))}
        self.held = pl.DataFrame(
            held,
            schema={
                "power": pl.UInt16,
                "effect": pl.UInt32,
                "holder": pl.UInt16,
                "territory": pl.UInt16,
                "start": pl.Date,
                "end": pl.Date,
                "delegated": pl.Boolean,
                "root": pl.UInt16,
            },
            orient="row",
        ).with_columns(
            strength=pl.Series([order[strength[e]] for e in self.effects], dtype=pl.Int64)
            + pl.Series([0 if is_class(e.holder) else 1 << 20 for e in self.effects], dtype=pl.Int64)
            + pl.Series([0 if e.mode == "delegated" else 1 << 21 for e in self.effects], dtype=pl.Int64)
        )
        who = {"holder": pl.UInt16, "body": pl.UInt16, "territory": pl.UInt16, "start": pl.Date, "end": pl.Date}
        self.serving = pl.DataFrame(serving, schema=who, orient="row")
        self.acting = pl.DataFrame(acting, schema=who, orient="row")
        self.lost = pl.DataFrame(
            [(self.number[p], self._holder(h), self._territory(t), s, e) for p, h, t, s, e in lost],
            schema={
                "power": pl.UInt16,
                "holder": pl.UInt16,
                "territory": pl.UInt16,
                "start": pl.Date,
                "end": pl.Date,
            },
            orient="row",
        )
        parents = [(self.number[p], self.number[up]) for p in self.powers if (up := self._parent(p))]
        self.parents = pl.DataFrame(parents, schema={"child": pl.UInt16, "power": pl.UInt16}, orient="row")
        self.asked = pl.DataFrame({"power": [self.number[p] for p in self.powers]}, schema={"power": pl.UInt16})
        self.classes = pl.DataFrame(
            {"holder": [n for holder, n in self._holders.items() if is_class(holder)]}, schema={"holder": pl.UInt16}
        )
        of = pl.DataFrame(
            [(n, piece) for pieces, n in self._territories.items() for piece in pieces],
            schema={"territory": pl.UInt16, "piece": pl.UInt16},
            orient="row",
        )
        self.territory = of.join(self.pieces, on="piece").select("territory", "small").sort("territory", "small")

    def _parent(self, power: str) -> str:
        record = self.world.powers.get(power)
        return record.parent if record else ""

    def _holder(self, holder: str) -> int:
        return self._holders.setdefault(holder, len(self._holders))

    def _territory(self, pieces: Pieces) -> int:
        return self._territories.setdefault(pieces, len(self._territories))

    def _intervals(
        self, power: str, lost: list[tuple[str, str, Pieces, date, date]]
    ) -> Iterator[tuple[Effect, Pieces, date, date]]:
        """A ledger as intervals: each effect that begins, with the pieces it decided and from when to when."""
        everywhere = frozenset(range(self._size))
        open_: list[list[object]] = []
        gone: list[list[object]] = []
        done: list[tuple[Effect, Pieces, date, date]] = []
        for effect in self.world.ledger(power).effects:
            if effect.made is None:
                continue
            here = self.world.mosaic.territory(effect.area) if effect.area else everywhere
            for entry in open_:
                before, pieces, start = entry
                if before.holder != effect.holder or (effect.ends and before.origin != effect.ends):
                    continue
                if pieces & here:
                    done.append((before, pieces & here, start, effect.on))
                    entry[1] = pieces - here
            if effect.begins:
                open_.append([effect, here, effect.on])
                for entry in gone:
                    if entry[0] == effect.holder and entry[1] & here:
                        lost.append((power, effect.holder, entry[1] & here, entry[2], effect.on))
                        entry[1] = entry[1] - here
            elif not effect.ends:
                gone.append([effect.holder, here, effect.on])
        done.extend((effect, pieces, start, FOREVER) for effect, pieces, start in open_)
        lost.extend((power, holder, pieces, start, FOREVER) for holder, pieces, start in gone if pieces)
        return (row for row in done if row[1] and row[2] < row[3])

    def _acting(
        self, body: str, pieces: Pieces, since: date, line: tuple[str, ...]
    ) -> Iterator[tuple[str, Pieces, date, date]]:
        """Who acts for a body over which pieces and when: itself while it lives, then its heirs."""
        record = self.world.roster.bodies[body]
        born, gone = max(since, record.start or date.min), record.end or FOREVER
        if born < gone:
            yield body, pieces, born, gone
        if record.end is None:
            return
        for item, passed in self.world.roster.passed_on(body, FOREVER):
            if pieces & passed and item.new not in (*line, body):
                yield from self._acting(item.new, pieces & passed, max(since, gone, item.start), (*line, body))

    # --- the query ---------------------------------------------------------------------------

    def holders(self, day: date) -> pl.DataFrame:
        """Who holds each power at every small area on a day, and by which effect: one row a holder there."""
        running = (pl.col("start") <= day) & (day < pl.col("end"))
        serving = self.serving.lazy().filter(running).join(self.territory.lazy(), on="territory")
        members = serving.select(_key("holder").alias("key"), "body")
        acting = self.acting.lazy().filter(running).select("holder", "body", pl.col("territory").alias("within"))
        live = self.held.lazy().filter(running).drop("start", "end")

        # A part of a power: what is held of the whole holds there too, where nobody holds the part.
        own = live.join(self.territory.lazy(), on="territory")
        in_parts = self.parents.lazy().select(pl.col("child").alias("power"))
        touched = own.join(in_parts, on="power", how="semi").select(_key("power").alias("key"))
        lost = (
            self.lost.lazy()
            .filter(running)
            .join(self.territory.lazy(), on="territory")
            .select("holder", _key("power").alias("key"))
        )
        inherited = (
            own.join(self.parents.lazy(), on="power")
            .with_columns(power="child")
            .with_columns(_key("power").alias("key"))
            .join(touched, on="key", how="anti")
            .join(lost, on=["key", "holder"], how="anti")
            .select("power", "effect", "holder", "delegated", "root", "strength", "small")
        )
        columns = ["power", "effect", "holder", "delegated", "root", "strength", "small"]
        named = pl.concat([own.select(columns), inherited.select(columns)]).join(
            self.asked.lazy(), on="power", how="semi"
        )

        # Holders into bodies: classes by a join on who serves there, bodies by who acts for them.
        of_class = named.join(self.classes.lazy(), on="holder", how="semi")
        of_body = named.join(self.classes.lazy(), on="holder", how="anti")
        everywhere = len(self.pieces)
        whole = self.territory.lazy().group_by("territory").len().filter(pl.col("len") == everywhere)
        by_class = of_class.with_columns(_key("holder").alias("key")).join(members, on="key").drop("key")
        alone = acting.join(whole, left_on="within", right_on="territory", how="semi").drop("within")
        heirs = acting.join(whole, left_on="within", right_on="territory", how="anti")
        by_heir = heirs.join(self.territory.lazy(), left_on="within", right_on="territory").drop("within")
        by_body = of_body.join(alone, on="holder")
        by_heirs = of_body.join(by_heir, on=["holder", "small"])
        rows = ["power", "small", "body", "effect", "delegated", "root", "strength"]
        found = pl.concat([by_class.select(rows), by_body.select(rows), by_heirs.select(rows)])

        # What is delegated dies with its root.
        delegating = live.filter("delegated").select("power").unique()
        held_there = (
            found.filter(~pl.col("delegated"))
            .join(self._delegating(delegating), on="power", how="semi")
            .select(_key("power").alias("key"), "body")
        )
        roots = pl.concat(
            [
                serving.select("holder", "small", pl.col("body").alias("root_body")),
                acting.join(self.territory.lazy(), left_on="within", right_on="territory").select(
                    "holder", "small", pl.col("body").alias("root_body")
                ),
            ]
        ).join(live.filter("delegated").select("root").unique(), left_on="holder", right_on="root", how="semi")
        delegated = (
            found.filter("delegated")
            .join(roots, left_on=["root", "small"], right_on=["holder", "small"])
            .with_columns(_key("power").alias("key"))
            .join(held_there, left_on=["key", "root_body"], right_on=["key", "body"], how="semi")
            .select(rows)
        )
        unrooted = found.filter(pl.col("delegated") & pl.col("root").is_null())
        found = pl.concat([found.filter(~pl.col("delegated")), delegated, unrooted])

        # A body once a place: the stronger claim. Only pairs that two holdings lead to can come twice.
        pairs = found.select("power", "body", "effect").unique().group_by("power", "body").len()
        return self._once(found, pairs).select(ANSWER).collect(engine="in-memory")

    def _delegating(self, powers: pl.LazyFrame) -> pl.LazyFrame:
        """Powers with a delegation of their own or in the power they are a part of."""
        parts = self.parents.lazy().join(powers, on="power", how="semi").select(pl.col("child").alias("power"))
        return pl.concat([powers, parts])

    def _once(self, found: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.LazyFrame:
        doubtful = pairs.filter(pl.col("len") > 1).select("power", "body")
        twice = found.join(doubtful, on=["power", "body"], how="semi")
        kept = twice.sort("strength", descending=True).unique(["power", "small", "body"], keep="first")
        return pl.concat([found.join(doubtful, on=["power", "body"], how="anti"), kept])

    # --- the same from the register, to compare ----------------------------------------------

    def from_register(self, register: Register) -> pl.DataFrame:
        """The register's answer for every small area, in the numbers of these tables."""
        numbers = {id(effect): n for n, effect in enumerate(self.effects)}
        bodies = pl.Series([self.bodies[body] for body in register.bodies], dtype=pl.UInt16)
        frames = []
        for power in self.powers:
            pieces, holders, effects, ledgers = register.cells(power)
            numbered = [numbers[id(ledger.effects[e])] for ledger, e in zip(ledgers, effects, strict=True)]
            frames.append(
                pl.DataFrame(
                    {
                        "piece": pieces.astype("uint16"),
                        "body": bodies.gather(holders),
                        "effect": pl.Series(numbered, dtype=pl.UInt32),
                    }
                ).with_columns(power=pl.lit(self.number[power], pl.UInt16))
            )
        return pl.concat(frames).join(self.pieces, on="piece").select(ANSWER)


def _key(column: str) -> pl.Expr:
    """A holder or power and a small area in one number, the quickest thing to join on."""
    return pl.col(column).cast(pl.UInt32).shift_left_16() if False else pl.col(column).cast(pl.UInt32) * 65536 + pl.col("small")
