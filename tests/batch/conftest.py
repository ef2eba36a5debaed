"""A small country with questions that are slow, that fail and that end their process, for running many times."""

import os
import sys
from pathlib import Path

import pytest

PLUGIN = '''
"""Batchland, for tests."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devo import Baseline, World, hookimpl

HERE = Path(__file__).parent


@dataclass(frozen=True)
class NumberRow:
    """A number."""

    what: str
    number: float


def slow(world: World, seconds: float = 0.0, mark: str = "") -> Iterator[NumberRow]:
    """A number that takes time; each time it is worked out stands in a file."""
    with open(HERE / "worked.log", "a") as log:
        log.write(f"{mark}\\n")
    time.sleep(seconds)
    yield NumberRow(mark, seconds)


def twice(world: World, number: float, seed: int = 0) -> Iterator[NumberRow]:
    """Twice a number."""
    yield NumberRow("twice", 2 * number)


def dies(world: World, often: bool = False) -> Iterator[NumberRow]:
    """Ends its process, the first time or always."""
    if often or not (HERE / "died").exists():
        (HERE / "died").touch()
        os._exit(9)
    yield NumberRow("lives", 1.0)


@hookimpl
def questions():
    return [slow, twice, dies]


@hookimpl
def baselines():
    return [Baseline("example", "Batchland", (str(HERE / "tables"),), (str(HERE / "deals"),))]
'''

TABLES = {
    "geography": "id,name\nlad24,Districts\ncauth25,Combined authorities\n",
    "area": (
        "geography,code,name\nlad24,E01,Ashford\nlad24,E02,Barton\nlad24,E03,Carley\ncauth25,E47,Exampleshire\n"
    ),
    "piece": "id,lad24,cauth25,residents\np1,E01,E47,100\np2,E02,E47,200\np3,E03,,300\n",
    "body": (
        "id,name,kind,area,aliases\n"
        "ashford-council,Ashford Council,unitary,E01,\nbarton-council,Barton Council,unitary,E02,\n"
        "carley-council,Carley Council,unitary,E03,\nexca,Exampleshire Combined Authority,combined-authority,E47,EXCA\n"
    ),
    "body-class": "id,name,members\ncouncil,council,unitary\n",
    "instrument": "id,title,kind,number,made\nact-2000,Transport Act 2000,act,2000 c. 38,2000-11-30\n",
    "power": (
        "id,name,code,theme,complete_from\nbuses,Bus franchising,T03,transport,2000-01-01\n"
        "roads,Local roads,T01,transport,2001-01-01\nskills,Skills,S01,skills,2000-01-01\n"
    ),
    "holding": (
        "id,power,holder,area,start,instrument,confidence\nh1,roads,every:council,,2001-01-01,act-2000,known\n"
        "h2,skills,every:council,,2001-01-01,act-2000,known\n"
    ),
}

ASK = """name = "Roads"
baseline = "example"
plugins = ["batchland"]

[[expect]]
question = "who-holds"
place = "Ashford"
power = "T01"
on = 2018-01-01
rows = [{ body = "BODY", mode = "sole" }]
"""

DEAL = """name = "Roads for Exampleshire"
code = "EX-2027"
instrument = { title = "Draft order", made = 2026-01-10, status = "draft" }

[[provision]]
verb = "transfer"
power = "T01"
transferee = "EXCA"
commencement = "$start"

[[provision]]
verb = "confer"
power = "T03"
holder = "EXCA"
commencement = 2026-06-01

[[provision]]
verb = "confer"
power = "T03"
holder = "$holder"
mode = "concurrent"
commencement = 2027-06-01
"""

SWEEP = """name = "When, and who"
baseline = "example"
plugins = ["batchland"]
deals = ["./deals/draft.toml"]
on = 2028-06-01

[sweep]
seed = 7
draws = 5

[sweep.parameters]
start = [2027-04-01, 2029-04-01]
holder = ["ashford-council", "barton-council"]
number = { uniform = [1, 3] }

[[sweep.figure]]
name = "roads held by the authority"
question = "who-holds"
place = "E47"
power = "T01"
rows = { body = "exca", status = "held" }

[[sweep.figure]]
name = "twice"
question = "twice"
number = "$number"
column = "number"

[[sweep.figure]]
name = "holders of buses"
question = "who-holds"
place = "Ashford"
power = "T03"
"""


@pytest.fixture
def country(tmp_path, monkeypatch) -> Path:
    """The folder of the plugin and of scenarios; nothing of this machine's folders is used."""
    home = tmp_path / "batchland"
    for name, text in TABLES.items():
        put(home / "tables" / f"{name}.csv", text)
    (home / "deals").mkdir()
    put(home / "__init__.py", PLUGIN)
    put(tmp_path / "s" / "deals" / "draft.toml", DEAL)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "batchland", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("DEVO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("DEVO_LOG_DIR", str(tmp_path / "logs"))
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "DEVO_PLAIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sweep(country) -> str:
    """The path of a sweep of 20 variants."""
    return put(country / "s" / "sweep.toml", SWEEP)


@pytest.fixture
def scenarios(country):
    """Write scenarios under names, each met or not: `scenarios(a=True, b=False)`."""

    def write(**met: bool) -> str:
        for name, good in met.items():
            put(country / "s" / f"{name}.toml", ASK.replace("BODY", "ashford-council" if good else "exca"))
        return "s"

    return write


@pytest.fixture
def call():
    """A command line, run in this process."""
    from click.testing import CliRunner

    from devo.cli import devo

    return lambda *words: CliRunner().invoke(devo, [str(word) for word in words])


def put(path: Path, text: str) -> str:
    """Write a file in its folder, and give its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture
def tree():
    """All bytes below a folder: `tree(folder)`."""
    return files_of
