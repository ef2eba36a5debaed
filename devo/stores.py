"""The compiled baseline: a world kept as one file of JSON parts, read back without loading plugins or tables.

The file is keyed by what went into it: every table and deal file and every module of the code that
read them, by size and time, with the versions of devo and the plugins. What does not match is made
afresh. The first line has a sum of all that follows, and says what the file was made of and where each
part is: the deals, each type of record, each ledger. A part is read, and its rows become objects, only
when it is asked for.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from devo import __version__, values
from devo.ledger import Ledger
from devo.limits import json_of
from devo.packing import kind_at, packed, place_of, unpacked
from devo.values import Condition, Deal, Effect, Exercise, Finding
from devo.world import World

FORMAT = 7
_SUM = 8
# When this process began to read files: what was changed since may not be what it read.
_BEGAN = time.time_ns()


def cache_folder() -> Path:
    """Where compiled baselines are kept: `DEVO_CACHE_DIR`, or the user's cache folder."""
    named = os.environ.get("DEVO_CACHE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("devo")


def load(baseline: str, before: Callable[[], World]) -> World | None:
    """The compiled world of a baseline with the built-in plugins, if nothing it was made of has changed.

    `before` gives the world of its tables alone, and is called only if deals are enacted or left out.
    """
    try:
        content = _path(baseline).read_bytes()
        # A part is read long after this; one that was damaged would be found out where nobody expects it.
        if content[:_SUM] != _sum(memoryview(content)[_SUM:]):
            return None
        begin = content.index(b"\n") + 1
        kept = json_of(content[_SUM:begin])
        if kept["format"] != FORMAT or kept["version"] != _version() or not _unchanged(kept["made_of"]):
            return None
        table = _Parts(content, begin, kept["parts"])
        return World(
            _Records({kind: table.of("records", kind) for kind in kept["records"]}),
            _Ledgers({power: table.of("ledgers", power) for power in kept["ledgers"]}),
            baseline=baseline,
            deals=_Deals(kept["deals"], table.of("deals", "")),
            findings=tuple(unpacked(table.of("findings", "")())),
            before=cache(before),
            fingerprint=kept["fingerprint"],
            tables_mark=kept["tables_mark"],
            makers=frozenset(kept["makers"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(world: World, made_of: Iterable[Path]) -> None:
    """Keep a baseline's world for next time; a folder that cannot be written to is left alone.

    Nothing is kept of files that were changed while this process ran.
    """
    stamp = _stamp({*made_of, Path(values.__file__).parent})
    if any(changed > _BEGAN for files in stamp.values() for _, _, changed in files):
        return
    tables: dict[str, Any] = {
        "deals ": packed(Deal, world.deals),
        "findings ": packed(Finding, world.findings),
    }
    for kind in world.records:
        tables[f"records {place_of(kind)}"] = packed(kind, world.of(kind))
    for power, ledger in world.ledgers.items():
        tables[f"ledgers {power}"] = [
            packed(Effect, ledger.effects),
            packed(Exercise, ledger.exercises),
            packed(Condition, ledger.conditions),
        ]
    body, where = bytearray(), {}
    for name, table in tables.items():
        start = len(body)
        body += json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        where[name] = [start, len(body)]
    head = {
        "format": FORMAT,
        "version": _version(),
        "made_of": stamp,
        "fingerprint": world.fingerprint,
        "tables_mark": world.tables_mark or world.before.fingerprint,
        "deals": [deal.code for deal in world.deals],
        "makers": sorted(world.makers),
        "records": [place_of(kind) for kind in world.records],
        "ledgers": list(world.ledgers),
        "parts": where,
    }
    whole = json.dumps(head).encode() + b"\n" + body
    path = _path(world.baseline)
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_sum(whole) + whole)
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)


def _path(baseline: str) -> Path:
    return cache_folder() / f"{baseline}.parts"


def _sum(content: bytes | memoryview) -> bytes:
    return b"%08x" % zlib.crc32(content)


def _version() -> str:
    return f"{__version__} {sys.version_info.major}.{sys.version_info.minor}"


def _stamp(folders: Iterable[Path]) -> dict[str, list[list[Any]]]:
    """Every file below some folders with its size and the time it was last changed."""
    return {str(folder): _files(str(folder)) for folder in sorted(folders)}


def _files(folder: str) -> list[list[Any]]:
    found: list[list[Any]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    found.extend(_files(entry.path))
            elif entry.name.endswith((".py", ".csv", ".parquet", ".toml")):
                status = entry.stat()
                found.append([entry.path, status.st_size, status.st_mtime_ns])
    return sorted(found)


def _unchanged(made_of: Mapping[str, list[list[Any]]]) -> bool:
    return all(_files(folder) == files for folder, files in made_of.items())


# --- read when asked for ---------------------------------------------------------------------------


Part = Callable[[], Any]


class _Parts:
    """The parts of a compiled file, each read when it is called for."""

    def __init__(self, content: bytes, begin: int, where: Mapping[str, list[int]]):
        self._content = content
        self._begin = begin
        self._where = where

    def of(self, kind: str, name: str) -> Part:
        start, end = self._where[f"{kind} {name}"]
        return lambda: json.loads(self._content[self._begin + start : self._begin + end])


class _Deals(Sequence[Deal]):
    """Deals that are read when one is looked at. Their `codes` are known before."""

    def __init__(self, codes: Iterable[str], part: Part):
        self.codes = tuple(codes)
        self._part = part
        self._made: tuple[Deal, ...] | None = None

    @property
    def _deals(self) -> tuple[Deal, ...]:
        if self._made is None:
            self._made = tuple(unpacked(self._part()))
        return self._made

    def __getitem__(self, number: Any) -> Any:
        return self._deals[number]

    def __iter__(self) -> Iterator[Deal]:
        return iter(self._deals)

    def __len__(self) -> int:
        return len(self.codes)


class _Records(Mapping[type, tuple[Any, ...]]):
    """Records by type, each type made into objects the first time it is asked for."""

    def __init__(self, parts: Mapping[str, Part]):
        self._parts = parts
        self._made: dict[type, tuple[Any, ...]] = {}

    def __getitem__(self, kind: type) -> tuple[Any, ...]:
        if kind not in self._made:
            part = self._parts.get(place_of(kind))
            if part is None:
                raise KeyError(kind)
            self._made[kind] = tuple(unpacked(part()))
        return self._made[kind]

    def __iter__(self) -> Iterator[type]:
        return (kind_at(place) for place in self._parts)

    def __len__(self) -> int:
        return len(self._parts)


class _Ledgers(Mapping[str, Ledger]):
    """Ledgers by power, each made into objects the first time it is asked for."""

    def __init__(self, parts: Mapping[str, Part]):
        self._parts = parts
        self._made: dict[str, Ledger] = {}

    def __getitem__(self, power: str) -> Ledger:
        if power not in self._made:
            effects, exercises, conditions = self._parts[power]()
            self._made[power] = Ledger(
                power, tuple(unpacked(effects)), tuple(unpacked(exercises)), tuple(unpacked(conditions))
            )
        return self._made[power]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)
