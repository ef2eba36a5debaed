"""Every reader of files as a function of bytes, and the law that each of them keeps.

A reader gives its data, or says what is wrong in its own type of fault, with the file and the line;
any other exception is a fault of devo. `READERS` has them by name, with a few sound files to begin
from. Nothing here needs pytest, so that a fuzzer can drive it too.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fuzz import parquets, results
from worlds import COUNTRY

from devo import drafts, keeping, names, stores
from devo.answers import TermFault, ask
from devo.batch.folder import Folder
from devo.batch.merging import NotMerged, gathered
from devo.batch.results import result_of
from devo.batch.seals import UNSEALED, sealed
from devo.calling import PluginFault
from devo.enactment import enact
from devo.files.baselines import Loaded, load_baseline
from devo.files.deals import read_deals
from devo.files.faults import render
from devo.files.lookups import read_lookup
from devo.files.reading import Unreadable
from devo.files.weights import Wanted
from devo.files.worlds import open_scenario
from devo.mosaic import UnknownArea
from devo.names import NameFault
from devo.run import Outcome, Runner
from devo.toolbox import Toolbox, toolbox
from devo.values import Baseline, Fault, Geography, Lookup
from devo.world import World

# A message quotes a little of a file, and never all of it.
LONGEST_FAULT = 3000
MOST_FAULTS = 2000


class Broken(AssertionError):
    """A reader did something else than give its data or its faults."""


@dataclass(frozen=True)
class Reader:
    """A reader by name: what reads the bytes in a folder of its own, and sound files to begin from.

    `change` is what is done to a file where bytes changed at random would come to nothing.
    """

    name: str
    read: Callable[[bytes, Path], object]
    seeds: Callable[[], Sequence[bytes]]
    binary: bool = False
    change: Callable[[bytes, random.Random], bytes] | None = None


@cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="devo-fuzz-"))
    (folder / "tables").mkdir()
    (folder / "tables" / "world.toml").write_text(COUNTRY, "utf-8")
    return folder


def clean_up() -> None:
    """Take away what was written."""
    if _scratch.cache_info().currsize:
        shutil.rmtree(_scratch(), ignore_errors=True)
        _scratch.cache_clear()


def read(reader: Reader, data: bytes) -> None:
    """One input read; raises Broken, or whatever the reader raised that it should not have."""
    folder = _scratch() / reader.name
    folder.mkdir(exist_ok=True)
    reader.read(data, folder)


def sound(faults: Iterable[Fault]) -> None:
    """Hold faults to their law: a file, a line that can be there, a message that can be read."""
    listed = list(faults)
    if len(listed) > MOST_FAULTS:
        raise Broken(f"{len(listed)} faults of one file")
    for fault in listed:
        said = render(fault)
        if not fault.path or fault.line < 0 or not fault.message:
            raise Broken(f"a fault without a place or a message: {fault}")
        if len(said) > LONGEST_FAULT + 3 * len(fault.path):
            raise Broken(f"a fault of {len(said)} letters: {said[:200]}")
        if not all(line.isprintable() for line in said.split("\n")):
            raise Broken(f"a fault that steers a terminal: {said[:200]!r}")


# --- what they stand in ---------------------------------------------------------------------------


@cache
def box() -> Toolbox:
    """The built-in plugins, with the little country of the tests as their only baseline."""
    baseline = Baseline("england", "A little country", (str(_scratch() / "tables"),))
    return replace(toolbox(), baselines={"england": baseline})


@cache
def country() -> World:
    """The little country."""
    loaded = load_baseline(box().baselines["england"], box())
    assert not loaded.faults, loaded.faults
    return loaded.world


def _tools(plugins: Sequence[str]) -> Toolbox:
    if plugins:
        raise PluginFault(f"no plugin named {plugins[0]!r}")
    return box()


class _Run(Runner):
    """Scenarios of the little country, run."""

    def tools(self, plugins: Sequence[str]) -> Toolbox:
        return _tools(plugins)


# --- texts ------------------------------------------------------------------------------------------


def _put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@cache
def _worlds() -> dict[tuple[object, ...], Loaded]:
    return {}


def _scenario(data: bytes, folder: Path) -> None:
    path = _put(folder, "scenario.toml", data)
    (folder / "deal.toml").write_text(DEAL, "utf-8")
    runner = _Run(worlds=_worlds())
    scenario, loaded, faults = open_scenario(str(path), runner.tools, runner.worlds)
    sound(faults)
    if scenario is None or loaded is None or faults:
        if not faults:
            raise Broken("a scenario that is neither read nor at fault")
        return
    if len(scenario.asks) + len(scenario.expects) > 20 or len(scenario.on) > 20:
        return
    outcome: Outcome = runner.outcome(scenario, runner.seen(scenario, loaded.world, loaded.findings))
    json.dumps(outcome.as_json())
    failed = [found.message for found in outcome.findings if found.code == "plugin-failed"]
    if failed:
        raise Broken(failed[0][:300])


def _deal(data: bytes, folder: Path) -> None:
    path = _put(folder, "deal.toml", data)
    found = read_deals([path], country(), box().verbs)
    sound(found.faults)
    if not found.deals and not found.faults:
        raise Broken("a deal that is neither read nor at fault")
    enact(country(), found.deals, box().verbs)


def _tables(data: bytes, folder: Path) -> None:
    """A table of the kind that the first line names: `power`, `persona`, `evidence-note` ..."""
    kind, _, text = data.partition(b"\n")
    name = kind.decode("ascii", "replace").strip()
    if name not in box().records:
        name = sorted(box().records)[len(data) % len(box().records)]
    _load(folder, f"{name}.csv", text)


def _blocks(data: bytes, folder: Path) -> None:
    _load(folder, "more.toml", data)


def _load(folder: Path, name: str, data: bytes) -> None:
    tables = folder / "tables"
    shutil.rmtree(tables, ignore_errors=True)
    tables.mkdir()
    if name != "world.csv":
        (tables / "world.toml").write_text(COUNTRY, "utf-8")
    _put(tables, name, data)
    loaded = load_baseline(Baseline("x", "x", (str(tables),)), box())
    sound(loaded.faults)
    if loaded.faults:
        return
    seen = loaded.world.on("2014-01-01")
    for question, terms in (
        ("who-holds", {"place": "Ash"}),
        ("held-by", {"body": "gaca"}),
        ("what-changed", {"since": date(2009, 1, 1), "until": date(2016, 1, 1)}),
    ):
        _asked(seen, question, terms)


def _asked(seen: World, question: str, terms: dict[str, Any]) -> None:
    with contextlib.suppress(TermFault, NameFault):
        json.dumps(ask(seen, box().questions[question], terms).as_json())


def _name(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "replace")
    for ref in ("place", "areas", "body", "holder", "classes", "power", "deal", "geography", "instrument"):
        with contextlib.suppress(NameFault, UnknownArea):
            names.resolve(country(), ref, text)


def _draft(data: bytes, folder: Path) -> None:
    home = folder / "drafts" / "bado-kimu-rela"
    home.mkdir(parents=True, exist_ok=True)
    _put(home, "draft.toml", data)
    (home / "saved").unlink(missing_ok=True)
    list(drafts.leftovers(folder))
    try:
        draft = drafts.parsed(data.decode("utf-8"))
    except ValueError:
        return
    again = drafts.parsed(drafts.spelt(draft))
    if drafts.spelt(again) != drafts.spelt(draft):
        raise Broken("a draft that is not what it was when it is written and read")


def _memory(data: bytes, folder: Path) -> None:
    from devo.tui.app import Explorer
    from devo.tui.opening import Opening

    _put(folder, "explorer.json", data)
    kept = keeping.remembered(folder)
    json.dumps(kept)
    app = Explorer(Opening(state=folder))
    app.memory.get("place")
    for item in app.memory.get("recent", []):
        kind, name = item
        if not isinstance(kind, str) or not isinstance(name, str):
            raise Broken("what was looked at lately is no pair of texts")


# --- tables of columns --------------------------------------------------------------------------------


def _lookup(data: bytes, folder: Path, ending: str = "csv") -> None:
    path = _put(folder, f"lookup.{ending}", data)
    try:
        found = read_lookup([path], country())
    except Unreadable as unreadable:
        sound(unreadable.faults)
        return
    if not found.blocks.height:
        raise Broken("a lookup with nothing in it")


def _parquet(data: bytes, folder: Path) -> None:
    _lookup(data, folder, "parquet")


def _measures(data: bytes, folder: Path) -> None:
    lookup = _put(folder, "lookup.csv", LOOKUP.encode())
    measures = _put(folder, "measures.csv", data)
    try:
        read_lookup([lookup], country(), Wanted(measures=(measures,)))
    except Unreadable as unreadable:
        sound(unreadable.faults)


def _geojson(data: bytes, folder: Path, ending: str = "geojson") -> None:
    path = _put(folder, f"shapes.{ending}", data)
    other = _put(folder, "other.geojson", GEOJSON.replace("LAD24", "PFA24").replace("E08", "E23").encode())
    try:
        read_lookup([path, other], country())
    except Unreadable as unreadable:
        sound(unreadable.faults)


def _gpkg(data: bytes, folder: Path) -> None:
    _geojson(data, folder, "gpkg")


def _ground(data: bytes, folder: Path, ending: str = "csv") -> None:
    """A lookup that a world has, when a question opens it."""
    path = _put(folder, f"ground.{ending}", data)
    mosaic = [Geography("lsoa21", "Small"), Geography("wd24", "Wards")]
    lookup = Lookup("l", "L", str(path), ("lsoa21", "wd24"), ("residents",), rows=2)
    world = country()
    world = world.changed(
        records={Geography: (*world.of(Geography), *mosaic), Lookup: (*world.of(Lookup), lookup)}
    )
    _asked(world.on("2014-01-01"), "overlaps", {"source": "lsoa21", "target": "wd24"})


def _ground_parquet(data: bytes, folder: Path) -> None:
    _ground(data, folder, "parquet")


def _beside(data: bytes, folder: Path, ending: str = "csv") -> None:
    """The names of areas that stand beside a lookup of a world."""
    from devo_boundaries import lookups

    lookups.names_beside.cache_clear()
    for other in ("csv", "parquet"):
        (folder / f"ground.names.{other}").unlink(missing_ok=True)
    _put(folder, f"ground.names.{ending}", data)
    _ground(b"lsoa21,wd24,residents\nE01000001,E05000001,5\n", folder)


def _beside_parquet(data: bytes, folder: Path) -> None:
    _beside(data, folder, "parquet")


def _figures(data: bytes, folder: Path, ending: str = "csv") -> None:
    """A table of figures that `apportion` is asked to share out."""
    path = _put(folder, f"figures.{ending}", data)
    terms = {"table": str(path), "source": "lad24", "target": "pfa24", "by": "residents"}
    _asked(country().on("2014-01-01"), "apportion", terms)


def _figures_parquet(data: bytes, folder: Path) -> None:
    _figures(data, folder, "parquet")


# --- what devo wrote itself ---------------------------------------------------------------------------


def _cache(data: bytes, folder: Path) -> None:
    import os

    before = os.environ.get("DEVO_CACHE_DIR")
    os.environ["DEVO_CACHE_DIR"] = str(folder)
    try:
        _put(folder, "england.parts", data)
        world = stores.load("england", country)
    finally:
        os.environ.pop("DEVO_CACHE_DIR") if before is None else os.environ.update(DEVO_CACHE_DIR=before)
    if world is None:
        return
    for kind in world.records:
        world.of(kind)
    for power in world.ledgers:
        world.ledger(power)
    list(world.deals)


def _outcome(data: bytes, folder: Path) -> None:
    kept = Folder(folder, sure=False)
    path = kept.outcome_file("a.toml")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sealed(data))
    found = kept.outcome("a.toml")
    if found is not None:
        json.dumps(result_of(found["outcome"], "a.toml").as_json())


def _manifest(data: bytes, folder: Path) -> None:
    _put(folder, "manifest.json", data)
    shutil.rmtree(folder / "all", ignore_errors=True)
    with contextlib.suppress(NotMerged):
        gathered([folder, folder], folder / "all")


def _kept(data: bytes, folder: Path) -> None:
    results.asked(folder, about=data)


def _kept_summary(data: bytes, folder: Path) -> None:
    results.asked(folder, summary=data)


def _kept_variants(data: bytes, folder: Path) -> None:
    results.asked(folder, variants=data)


def _kept_rows(data: bytes, folder: Path) -> None:
    results.asked(folder, rows=data)


# --- sound files to begin from --------------------------------------------------------------------------

DEAL = """name = "A deal"
code = "EX-1"
agreed = 2015-11-01
parties = ["GACA", "ash"]
instrument = { title = "Order", kind = "order", made = 2016-01-10, status = "draft" }

[[provision]]
verb = "transfer"
power = "T03"
transferor = "ash"
transferee = "gaca"
area = "E08000001 + Beck"
mode = "concurrent"
exercised_by = "mayor"
commencement = 2016-05-06
source = "art. 7 [x]"
overrides = []

[[provision]]
id = "two"
verb = "confer"
power = "buses"
holder = "every:metropolitan-district - ash"
commencement = 2016-05-07
instrument = "SI 2016/100"
"""

SCENARIO = """name = "Buses"
baseline = "england"
deals = ["./deal.toml"]
without = []
on = [2014-05-01, 2017-05-01]
known = 2020-01-01

[[holding]]
id = "h"
power = "buses"
holder = "every:metropolitan-district"
start = 2012-04-01

[[ask]]
question = "who-holds"
place = "E08000001"
power = "T03"

[[expect]]
question = "history"
place = "Ash"
power = "T03"
on = 2014-05-01
rows = [{ body = "ash", mode = "sole" }]
count = 1
"""

SWEEP = (
    SCENARIO.replace('place = "E08000001"', 'place = "$where"')
    + """
[sweep]
seed = 7
draws = 2
[sweep.parameters]
where = ["ash", "beck"]
much = { uniform = [1.5, 2] }
[[sweep.figure]]
name = "bodies"
question = "who-holds"
place = "$where"
column = "share"
take = "mean"
"""
)

TABLES = (
    "power\nid,name,code,theme,parent,complete_from,kind,source,confidence\n"
    'roads,"Local, roads",T01,transport,,2001-01-01,duty,s. 1,known\nlanes,Lanes,,,roads,,,,\n',
    "holding\nid,power,holder,area,mode,start,end,instrument,carve_outs\n"
    "h1,buses,every:metropolitan-district - ash,,sole,2001-01-01,2012-01-01,act,none\n",
    "piece\nid,lad24,cauth25,pfa24,ctry24,residents\ne,E08000001,E47000001,E23000001,E92000001,100\n",
    "body\nid,name,kind,area,aliases,start,end,part_of\nx,X,unitary,E08000001 + E08000002,A; B,2001-01-01,,ash\n",
    "persona\nid,name,age_from,age_to,story\np,P,18,24,A story\n",
    "body-class\nid,name,members,covering\nc,C,metropolitan-district + d,yes\nd,D,c,no\n",
    "evidence-note\nid,body,power,on,tried,learned,visibility\ne,gaca,buses,2014-01-01,x,y,sector\n",
    "succession\nold,new,on,area\nash,beck,2014-04-01,\n",
)

BLOCKS = """[[power]]
id = "roads"
name = "Roads"
aliases = ["a", "b"]
complete_from = 2001-01-01

[[holding]]
id = "h1"
power = "roads"
holder = "ash"
area = "E08000001 - piece:a"
start = 2001-01-01

[[condition]]
id = "c"
power = "roads"
holder = "ash"
to = "use"
kind = "consent"
who = "beck"
"""

LOOKUP = (
    "LSOA21CD,LSOA21NM,LAD24CD,LAD24NM,PFA24CD,residents\n"
    "E01000001,One,E08000001,Ash,E23000001,100\nE01000002,Two,E08000002,Beck,E23000001,200\n"
    "E01000003,Three,E08000003,Cole,E23000001,300\nE01000004,Four,E08000004,Dene,E23000002,400\n"
)

GROUND = "lsoa21,wd24,residents\nE01000001,E05000001,5\nE01000002,E05000002,7\n"

NAMES = "layer,code,name\nlsoa21,E01000001,One\nwd24,E05000001,First ward\n"

FIGURES = "LAD24CD,jobs\nE08000001,10.5\nE08000002,20\n"

GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"LAD24CD": f"E0800000{n}", "LAD24NM": f"Place {n}", "pop": 100 * n},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[n, 0], [n + 1, 0], [n + 1, 1], [n, 1], [n, 0]]],
                },
            }
            for n in (1, 2)
        ],
    }
)

OUTCOME = {
    "key": {"world": "x"},
    "sum": UNSEALED,
    "lines": "",
    "outcome": {
        "name": "a",
        "path": "a.toml",
        "passed": False,
        "answers": [],
        "findings": [
            {"code": "c", "message": "m", "severity": "note", "about": ["a"], "where": "", "suggestion": ""}
        ],
        "mismatches": [
            {
                "question": "who-holds",
                "terms": {},
                "on": "2014-05-01",
                "message": "m",
                "expected": [{}],
                "found": [{}],
                "where": "a.toml:1",
            }
        ],
        "faults": [{"path": "a", "line": 1, "message": "m", "why": "", "suggestion": ""}],
    },
}


def _texts(*given: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [text.encode() for text in given]


def _of_parquet(name: str, read: Callable[[bytes, Path], object], text: str, **metadata: str) -> Reader:
    """A reader of Parquet: a table in many ways of writing it, changed in what the file says of itself."""
    seeds = cache(lambda: parquets.sound(text, **metadata))
    return Reader(name, read, seeds, binary=True, change=parquets.mutated)


def _a_gpkg() -> Sequence[bytes]:
    import shapely

    path = _scratch() / "seed.gpkg"
    path.unlink(missing_ok=True)
    file = sqlite3.connect(path)
    file.executescript(
        "create table gpkg_geometry_columns (table_name, column_name, srs_id);"
        "create table gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);"
        "insert into gpkg_geometry_columns values ('areas', 'geom', 27700);"
        "insert into gpkg_spatial_ref_sys values (27700, 'EPSG', 27700);"
        "create table areas (LAD24CD, LAD24NM, geom);"
    )
    for n in (1, 2):
        blob = b"GP\0\x01" + (27700).to_bytes(4, "little") + shapely.to_wkb(shapely.box(n, 0, n + 1, 1))
        file.execute("insert into areas values (?, ?, ?)", (f"E0800000{n}", f"Place {n}", blob))
    file.commit()
    file.close()
    return [path.read_bytes()]


def _a_cache() -> Sequence[bytes]:
    import os

    folder = _scratch() / "cache-seed"
    before = os.environ.get("DEVO_CACHE_DIR")
    os.environ["DEVO_CACHE_DIR"] = str(folder)
    try:
        world = World(country().records, country().ledgers, baseline="england")
        stores.save(world, [])
        path = folder / "england.parts"
        return [path.read_bytes()] if path.exists() else [b"{}\n"]
    finally:
        os.environ.pop("DEVO_CACHE_DIR") if before is None else os.environ.update(DEVO_CACHE_DIR=before)


READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("scenario", _scenario, _texts(SCENARIO, SWEEP)),
        Reader("deal", _deal, _texts(DEAL)),
        Reader("tables", _tables, _texts(*TABLES)),
        Reader("blocks", _blocks, _texts(BLOCKS)),
        Reader("names", _name, _texts("E08000001 + Beck - piece:a", "every:metropolitan-district - ash")),
        Reader("draft", _draft, _texts(DEAL)),
        Reader(
            "memory",
            _memory,
            _texts(
                '{"format": 1, "theme": "devo-light", "hint": 3, "place": "ash", "recent": [["place", "ash"]]}'
            ),
        ),
        Reader("lookup", _lookup, _texts(LOOKUP, LOOKUP.replace("residents", "SHARE").replace("00\n", "\n"))),
        Reader(
            "measures",
            _measures,
            _texts("LSOA21CD,people\nE01000001,1\nE01000002,2\nE01000003,3\nE01000004,4\n"),
        ),
        Reader("geojson", _geojson, _texts(GEOJSON)),
        Reader("ground", _ground, _texts(GROUND)),
        Reader("figures", _figures, _texts(FIGURES)),
        Reader("cache", _cache, _a_cache, binary=True),
        Reader("outcome", _outcome, _texts(json.dumps(OUTCOME))),
        Reader(
            "manifest",
            _manifest,
            _texts('{"schema": "devo.results/1", "versions": [], "paths": ["a.toml"], "scenarios": []}'),
        ),
        Reader("beside", _beside, _texts(NAMES)),
        Reader("kept", _kept, lambda: [results.as_json(results.manifest())]),
        Reader("kept-summary", _kept_summary, lambda: [results.as_json(results.SUMMARY)]),
        _of_parquet("lookup-parquet", _parquet, LOOKUP),
        _of_parquet("ground-parquet", _ground_parquet, GROUND),
        _of_parquet("figures-parquet", _figures_parquet, FIGURES),
        _of_parquet("beside-parquet", _beside_parquet, NAMES),
        _of_parquet("part", results.part, results.VARIANTS, devo='{"world": "x"}', asked="[]", sum=UNSEALED),
        _of_parquet("kept-variants", _kept_variants, results.VARIANTS),
        _of_parquet("kept-rows", _kept_rows, results.ROWS),
        Reader("gpkg", _gpkg, _a_gpkg, binary=True),
    )
}


# --- what people and fuzzers do to a file -----------------------------------------------------------------

NASTY = (
    "0x" + "F" * 5000,
    "9" * 5000,
    "9" * 400,
    "-9223372036854775809",
    "1e999",
    "inf",
    "nan",
    "[" * 600,
    "[" * 90 + "]" * 90,
    "{a=" * 300,
    ".".join("a" * 300),
    '"' + "x" * 3000 + '"',
    "\x1b[31m",
    "\u202e",
    "\ud7ff\ufffe",
    "\0",
    "2024-02-30",
    "0000-00-00",
    "07:32:00",
    "2024-05-06T07:32:00Z",
    "9999-12-31",
    "0001-01-01",
    "$where",
    "$",
    "''",
    '""""',
    "'''",
    "[[power]]",
    "[power]",
    "true",
    "../../../etc/passwd",
    "=1+1",
    " - ",
    " + ",
    "every:",
    "piece:",
    "null",
    "{}",
    "[]",
    "-1",
    "1_000",
    "\r",
    "\ufeff",
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with a few things done to it: bytes flipped, lines gone, doubled or swapped, values replaced."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((_flipped, _line, _line, _value, _value, _token, _cut))(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _cut(data: bytes, chance: random.Random) -> bytes:
    begin = chance.randint(0, len(data))
    return data[:begin] if chance.random() < 0.5 else data[:begin] + data[begin + chance.randint(0, 20) :]


def _line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case _:
            lines[at] += lines[to]
    return b"\n".join(lines)


def _value(data: bytes, chance: random.Random) -> bytes:
    """What stands after an `=`, a colon or a comma on some line, replaced."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    for mark in (b"=", b":", b","):
        parts = lines[at].split(mark)
        if len(parts) > 1:
            parts[chance.randrange(1, len(parts))] = _nasty(chance)
            lines[at] = mark.join(parts)
            break
    return b"\n".join(lines)


def _token(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + _nasty(chance) + data[at:]


def _nasty(chance: random.Random) -> bytes:
    return chance.choice(NASTY).encode("utf-8", "surrogatepass")


def mutations(reader: Reader, seed: int) -> Iterator[bytes]:
    """Files without end, the same for the same seed."""
    chance = random.Random(seed)
    seeds = list(reader.seeds())
    while True:
        yield (reader.change or mutated)(chance.choice(seeds), chance)


if __name__ == "__main__":
    # python tests/fuzz/readers.py READER FILE...: what each file does to a reader.
    for given in sys.argv[2:]:
        read(READERS[sys.argv[1]], Path(given).read_bytes())
