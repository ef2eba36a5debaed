"""Parquet files for the fuzzers: many sound small ones, and ones that are wrong within.

Nearly every byte that is changed at random in a Parquet file is found wrong at once, by its magic numbers or
its compression. What is hard on a reader is a file that is sound to look at and lies: about its rows, its
types, the places of its pages. So the structures that a file holds of itself (its footer, and the header of
each page, in the compact protocol of Apache Thrift) are read, changed and written again, and what points to
places in the file is moved with them.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

MAGIC = b"PAR1"
# Kinds of value in the compact protocol.
TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
WHOLE = (BYTE, I16, I32, I64)
# Where the structures of a footer name a place in the file, by the numbers of their fields (parquet.thrift).
GROUPS, COLUMNS, ABOUT = 4, 1, 3
OF_CHUNK, OF_COLUMN = (2, 4, 6), (9, 10, 11, 14)

NUMBERS = (0, 1, 2, -1, 7, 8, 31, 32, 127, 255, 2**15, 2**31 - 1, -(2**31), 2**32, 2**62, 2**63 - 1, -(2**63))
TEXTS = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"LAD24CD",
    b"residents",
    b"a" * 5000,
    b"\x1b[31m",
    "\u202e".encode(),
    b"{}",
)


@dataclass
class Value:
    """A value of the compact protocol: its kind, and what it holds. A struct holds (number, value) pairs."""

    kind: int
    holds: Any = None
    of: int = 0
    pairs: list[tuple[int, Value]] = field(default_factory=list)

    def get(self, number: int) -> Value | None:
        """A field of a struct."""
        return next((value for at, value in self.pairs if at == number), None)

    def inside(self) -> Iterator[Value]:
        """This value and all that it holds."""
        yield self
        for _, value in self.pairs:
            yield from value.inside()
        if self.kind in (LIST, SET):
            for value in self.holds:
                yield from value.inside()


# --- the compact protocol ---------------------------------------------------------------------------


class _Source:
    def __init__(self, data: bytes, at: int = 0):
        self.data, self.at = data, at

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def varint(self) -> int:
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
            shift += 7

    def value(self, kind: int) -> Value:
        if kind in (TRUE, FALSE):
            return Value(kind)
        if kind == BYTE:
            return Value(kind, self.byte())
        if kind in WHOLE:
            raw = self.varint()
            return Value(kind, (raw >> 1) ^ -(raw & 1))
        if kind == DOUBLE:
            self.at += 8
            return Value(kind, self.data[self.at - 8 : self.at])
        if kind == BINARY:
            size = self.varint()
            self.at += size
            return Value(kind, self.data[self.at - size : self.at])
        if kind in (LIST, SET):
            head = self.byte()
            size = head >> 4 if head >> 4 < 15 else self.varint()
            of = head & 15
            if size > len(self.data):
                raise ValueError("a list of more items than there are bytes")
            if of in (TRUE, FALSE):
                return Value(kind, [Value(self.byte()) for _ in range(size)], of)
            return Value(kind, [self.value(of) for _ in range(size)], of)
        if kind == STRUCT:
            return self.struct()
        raise ValueError(f"no value of kind {kind}")

    def struct(self) -> Value:
        found, number = Value(STRUCT), 0
        while head := self.byte():
            if head >> 4:
                number += head >> 4
            else:
                raw = self.varint()
                number = (raw >> 1) ^ -(raw & 1)
            found.pairs.append((number, self.value(head & 15)))
        return found


def _varint(number: int) -> bytes:
    number &= 2**64 - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _zigzag(number: int) -> bytes:
    return _varint((number << 1) ^ (number >> 63))


def written(value: Value) -> bytes:
    """A value as bytes."""
    kind, holds = value.kind, value.holds
    if kind == BYTE:
        return bytes([holds & 255])
    if kind in WHOLE:
        return _zigzag(holds)
    if kind == DOUBLE:
        return bytes(holds)
    if kind == BINARY:
        return _varint(len(holds)) + bytes(holds)
    if kind in (LIST, SET):
        size = len(holds)
        head = bytes([size << 4 | value.of]) if size < 15 else bytes([0xF0 | value.of]) + _varint(size)
        return head + b"".join(bytes([v.kind]) if value.of in (TRUE, FALSE) else written(v) for v in holds)
    if kind == STRUCT:
        return b"".join(_fields(value)) + b"\0"
    return b""


def _fields(value: Value) -> Iterator[bytes]:
    last = 0
    for number, item in value.pairs:
        step = number - last
        yield bytes([step << 4 | item.kind]) if 0 < step < 16 else bytes([item.kind]) + _zigzag(number)
        yield written(item)
        last = number


# --- a file taken apart and put together --------------------------------------------------------------


def footer(data: bytes) -> Value:
    """What a Parquet file says of itself."""
    size = int.from_bytes(data[-8:-4], "little")
    return _Source(data[-8 - size : -8]).struct()


def with_footer(data: bytes, said: Value) -> bytes:
    """A Parquet file that says something else of itself."""
    size = int.from_bytes(data[-8:-4], "little")
    told = written(said)
    return data[: -8 - size] + told + len(told).to_bytes(4, "little") + MAGIC


def _chunks(said: Value) -> Iterator[Value]:
    groups = said.get(GROUPS)
    for group in groups.holds if groups else ():
        columns = group.get(COLUMNS)
        yield from columns.holds if columns else ()


def _places(said: Value) -> Iterator[Value]:
    """Every value of a footer that is a place in the file."""
    for chunk in _chunks(said):
        about = chunk.get(ABOUT)
        yield from (place for number in OF_CHUNK if (place := chunk.get(number)))
        if about is not None:
            yield from (place for number in OF_COLUMN if (place := about.get(number)))


def with_page(data: bytes, begin: int, change: Callable[[Value], None]) -> bytes:
    """A Parquet file with the header of the page at a place changed, and all places behind it moved along."""
    source = _Source(data, begin)
    header = source.struct()
    change(header)
    told = written(header)
    moved = len(told) - (source.at - begin)
    said = footer(data)
    for place in _places(said):
        if place.holds > begin:
            place.holds += moved
    return with_footer(data[:begin] + told + data[source.at :], said)


# --- what is done to one -------------------------------------------------------------------------------


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A Parquet file with one to three things changed that it says of itself; of what is none, bytes flipped."""
    for _ in range(chance.randint(1, 3)):
        try:
            if chance.random() < 0.6:
                said = footer(data)
                _changed(said, chance)
                data = with_footer(data, said)
            elif chance.random() < 0.7:
                begin = chance.choice([place.holds for place in _places(footer(data))])
                data = with_page(data, begin, lambda header: _changed(header, chance))
            else:
                data = _content(data, chance)
        except (
            IndexError,
            ValueError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # it was no Parquet file any more
            data = _content(data, chance)
    return data


def _content(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped anywhere but in the footer's length and the magic numbers."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        if len(found) > 12:
            found[chance.randrange(4, len(found) - 8)] = chance.randrange(256)
    return bytes(found)


def _changed(whole: Value, chance: random.Random) -> None:
    values = list(whole.inside())
    value = chance.choice(values)
    if value.kind in WHOLE:
        near = value.holds + chance.choice((-1, 1, 8, -8, value.holds))
        value.holds = chance.choice((near, chance.randint(0, 40), chance.choice(NUMBERS)))
        value.holds = max(-(2**63), min(2**63 - 1, value.holds))
    elif value.kind in (TRUE, FALSE):
        value.kind = TRUE + FALSE - value.kind
    elif value.kind == DOUBLE:
        value.holds = chance.randbytes(8)
    elif value.kind == BINARY:
        cut = value.holds[: chance.randint(0, len(value.holds))]
        value.holds = chance.choice((cut, value.holds + b"\xff", *TEXTS))
    elif value.kind == STRUCT:
        _rearranged(value.pairs, chance, [(number, v) for v in values for number, v in v.pairs])
    elif value.kind in (LIST, SET):
        _rearranged(value.holds, chance, [v for v in values if v.kind == value.of])


def _rearranged(items: list[Any], chance: random.Random, others: list[Any]) -> None:
    """One of some items taken out, put in twice, put elsewhere or put in place of another."""
    if not items:
        return
    at, to = chance.randrange(len(items)), chance.randrange(len(items))
    match chance.randrange(5):
        case 0:
            del items[at]
        case 1:
            items.insert(to, deepcopy(items[at]))
        case 2:
            items[at], items[to] = items[to], items[at]
        case 3 if others:
            items[at] = deepcopy(chance.choice(others))  # it may hold what it is put into
        case _:
            del items[at:]


# --- sound files ------------------------------------------------------------------------------------------


def sound(text: str, **metadata: str) -> list[bytes]:
    """A CSV table as Parquet, in many ways of writing the same and with columns of every type beside."""
    import polars as pl

    table = pl.read_csv(io.StringIO(text))
    plain = {"compression": "uncompressed", "statistics": False}
    names = [name for name, kind in table.schema.items() if kind == pl.String]
    figures = [name for name, kind in table.schema.items() if kind.is_numeric()]
    blank = pl.when(pl.int_range(pl.len()) > 0)
    frames = [
        (table, plain),
        *((table, {"compression": how}) for how in ("snappy", "zstd", "gzip", "lz4", "brotli")),
        (table, {**plain, "row_group_size": 1}),
        (table, {**plain, "data_page_size": 1, "statistics": "full"}),
        (table.with_columns(pl.col(names).cast(pl.Categorical)), plain),
        (table.with_columns(pl.col(names).cast(pl.Binary)), plain),
        (table.with_columns(blank.then(pl.col(names)).name.keep()), plain),
        *(
            (table.with_columns(pl.col(figures).cast(kind, strict=False)), plain)
            for kind in _kinds_of_number(pl)
        ),
        (table.with_columns(blank.then(pl.col(figures)).name.keep()), plain),
        (table.with_columns(pl.lit(float("nan")).alias(name) for name in figures), plain),
        (table.with_columns(pl.lit(date(9999, 12, 31)).alias(name) for name in figures), plain),
        (table.with_columns(pl.lit(None).alias(name) for name in figures), plain),
        (table.with_columns(pl.col(names).implode().over(names)), plain),
        (table.with_columns(_beside(pl)), plain),
        (table.with_columns(_beside(pl)), {"compression": "zstd", "statistics": "full"}),
        (table.clear(), plain),
        (table.select([]), plain),
        (table.rename({names[0]: "=\x1b[31m\u202e"}), plain),
        (table.rename({names[0]: ""}), plain),
    ]
    return [_bytes(frame, how, metadata) for frame, how in frames]


def _kinds_of_number(pl: Any) -> tuple[Any, ...]:
    """Types that a column of figures may have, and some that it may not."""
    return (pl.Int8, pl.UInt64, pl.Int128, pl.Float32, pl.Decimal(20, 2), pl.Boolean, pl.String)


def _beside(pl: Any) -> list[Any]:
    """Columns of every other type."""
    given = {
        "a list": pl.lit([1, None, 3]),
        "a struct": pl.struct(pl.lit(1).alias("x"), pl.lit(["y"]).alias("y")),
        "an array": pl.lit([1, 2]).cast(pl.Array(pl.Int64, 2)),
        "a moment": pl.lit(datetime(2024, 1, 1, tzinfo=UTC)).dt.convert_time_zone("Europe/London"),
        "a duration": pl.duration(days=1),
        "a time": pl.time(23, 59),
        "bytes": pl.lit(b"\xff\0"),
        "an amount": pl.lit(Decimal("1.23")),
        "nothing": pl.lit(None),
    }
    return [expression.alias(name) for name, expression in given.items()]


def _bytes(frame: Any, how: dict[str, Any], metadata: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream, metadata=metadata or None, **how)
    return stream.getvalue()
