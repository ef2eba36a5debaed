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
            {"piece": [n for n, count in enumerate(counts) for _ in range(count)]},
            schema={"piece": pl.UInt16},
        ).with_row_index("small")
        self._prepare(ledgers)

    # --- long tables, prepared once ----------------------------------------------------------

    def _prepare(self, ledgers: list[str]) -> None:
        held, lost, acting, serving = [], [], [], []
        numbers: dict[int, int] = {}
        for power in ledgers:
            for effect, pieces, start, end in self._intervals(power, lost):
                number = numbers.setdefault(id(effect), len(self.effects))
                if number == len(self.effects):
                    self.effects.append(effect)
                held.append(
                    (
                        self.number[power],
                        number,
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
                        (
                            number,
                            self.bodies[tenure.body],
                            self._territory(tenure.pieces),
                            tenure.start,
                            tenure.end,
                        )
                    )
            elif holder in self.bodies:
                everywhere = frozenset(range(self._size))
                for body, pieces, start, end in self._acting(holder, everywhere, date.min, ()):
                    acting.append((number, self.bodies[body], self._territory(pieces), start, end))
        ranked = sorted(
            {(e.mode != "delegated", not is_class(e.holder), e.on, e.holder) for e in self.effects}
        )
        rank = {key: n for n, key in enumerate(ranked)}
        strength = [
            rank[(e.mode != "delegated", not is_class(e.holder), e.on, e.holder)] for e in self.effects
        ]
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
        )
        self.strength = pl.DataFrame(
            {"effect": range(len(strength)), "strength": strength},
            schema={"effect": pl.UInt32, "strength": pl.UInt32},
        )
        self.everywhere = self._territory(frozenset(range(self._size)))
        who = {
            "holder": pl.UInt16,
            "body": pl.UInt16,
            "territory": pl.UInt16,
            "start": pl.Date,
            "end": pl.Date,
        }
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
        self.asked = pl.DataFrame(
            {"power": [self.number[p] for p in self.powers]}, schema={"power": pl.UInt16}
        )
        of = pl.DataFrame(
            [(n, piece) for pieces, n in self._territories.items() for piece in pieces],
            schema={"territory": pl.UInt16, "piece": pl.UInt16},
            orient="row",
        )
        self.territory = (
            of.join(self.pieces, on="piece").select("territory", "small").sort("territory", "small")
        )

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
        """A ledger as intervals: each effect that begins, the pieces it decided, from when and to when."""
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
                yield from self._acting(
                    item.new, pieces & passed, max(since, gone, item.start), (*line, body)
                )

    # --- the query ---------------------------------------------------------------------------

    def holders(self, day: date) -> pl.DataFrame:
        """Who holds each power at every small area on a day, and by which effect: one row a holder there."""
        running = (pl.col("start") <= day) & (day < pl.col("end"))
        live = self.held.filter(running).drop("start", "end")
        acting = self.acting.filter(running).select("holder", "body", "territory")
        serving = self.serving.filter(running).select("holder", "body", "territory")
        alone = acting.filter(pl.col("territory") == self.everywhere).select("holder", "body")
        by_place = pl.concat([serving, acting.filter(pl.col("territory") != self.everywhere)])
        members = by_place.join(self.territory, on="territory").select("holder", _key("holder"), "body")

        # Many powers are held by the same holder over the same territory: who that is where, worked out once.
        own = live.join(self.asked, on="power", how="semi")
        spots = own.select("holder", "territory").unique().with_row_index("spot")
        own = own.join(spots, on=["holder", "territory"])
        who = _bodies(spots.join(self.territory, on="territory"), alone, members).select(
            "spot", "small", "body"
        )
        inherited = self._inherited(live, running)
        sole = own.filter(~pl.col("delegated")).select("power", "effect", "spot")
        held = [
            sole.join(who, on="spot").select(ANSWER),
            _bodies(inherited.filter(~pl.col("delegated")), alone, members).select(ANSWER),
        ]
        waiting = [
            own.filter("delegated").join(who, on="spot").select([*ANSWER, "root"]),
            _bodies(inherited.filter("delegated"), alone, members).select([*ANSWER, "root"]),
        ]
        held.append(self._rooted(pl.concat(waiting), held, alone, members))
        return self._once(pl.concat(held, rechunk=False), [own, inherited], alone, by_place)

    def _inherited(self, live: pl.DataFrame, running: pl.Expr) -> pl.DataFrame:
        """What parts of powers have from the power they are part of, by small area."""
        parts = self.parents.select(pl.col("child").alias("power"))
        touched = live.join(parts, on="power", how="semi").join(self.territory, on="territory")
        lost = (
            self.lost.filter(running).join(parts, on="power", how="semi").join(self.territory, on="territory")
        )
        return (
            live.join(self.parents, on="power")
            .drop("power")
            .rename({"child": "power"})
            .join(self.territory, on="territory")
            .join(touched, on=["power", "small"], how="anti")
            .join(lost, on=["power", "holder", "small"], how="anti")
        )

    def _rooted(
        self, waiting: pl.DataFrame, held: list[pl.DataFrame], alone: pl.DataFrame, members: pl.DataFrame
    ) -> pl.DataFrame:
        """What is delegated, where its root holds: it dies with it."""
        powers = waiting["power"].unique()
        there = pl.concat([part.filter(pl.col("power").is_in(powers.implode())) for part in held])
        hanging = waiting.filter(pl.col("root").is_not_null()).rename({"root": "holder", "body": "by"})
        rooted = (
            _bodies(hanging, alone, members)
            .join(there, on=["power", "small", "body"], how="semi")
            .drop("body")
            .rename({"by": "body"})
        )
        free = waiting.filter(pl.col("root").is_null())
        return pl.concat([rooted.select(ANSWER), free.select(ANSWER)]).unique()

    def _once(
        self, held: pl.DataFrame, named: list[pl.DataFrame], alone: pl.DataFrame, by_place: pl.DataFrame
    ) -> pl.DataFrame:
        """A body once a place, by the stronger claim. Only a body that two holders lead to can come twice."""
        pairs = pl.concat([part.select("power", "holder").unique() for part in named])
        bodies = pl.concat([alone, by_place.select("holder", "body")]).unique()
        led = pairs.join(bodies, on="holder").group_by("power", "body").agg(pl.col("holder").n_unique())
        doubtful = led.filter(pl.col("holder") > 1).select(_pair())["pair"]
        twice = held.select(_pair().is_in(doubtful.implode()).alias("twice"))["twice"]
        kept = (
            held.filter(twice)
            .join(self.strength, on="effect")
            .sort("strength", descending=True)
            .unique(["power", "small", "body"], keep="first")
        )
        return pl.concat([held.filter(~twice), kept.select(ANSWER)], rechunk=False)

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


def _bodies(named: pl.DataFrame, alone: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Holders at small areas into bodies: those that live act anywhere, classes and heirs go by place."""
    living = named.join(alone, on="holder")
    placed = named.join(members.select("holder").unique(), on="holder", how="semi").with_columns(
        _key("holder")
    )
    return pl.concat([living, placed.join(members.select("key", "body"), on="key").drop("key")])


def _key(column: str) -> pl.Expr:
    """A holder and a small area in one number, the quickest thing to join on."""
    return (pl.col(column).cast(pl.UInt32) * 65536 + pl.col("small")).alias("key")


def _pair() -> pl.Expr:
    return (pl.col("power").cast(pl.UInt32) * 65536 + pl.col("body")).alias("pair")
