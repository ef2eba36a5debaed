"""A small country that a plugin ships, asked from the command line.

Two districts make up Exampleshire, a third lies beside it. Its council's name would be markup, its
note a formula and an escape sequence, if anything took them for such.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from devo.cli import devo

PLUGIN = '''
"""Exampleshire, for tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devo import Baseline, Finding, Pence, World, hookimpl

HERE = Path(__file__).parent
__version__ = "3.1"


@dataclass(frozen=True)
class CostRow:
    """What something costs."""

    what: str
    amount: Pence


def costs(world: World) -> Iterator[CostRow]:
    """What things cost."""
    yield CostRow("[bold]a bus[/]", 123_456)


def breaks(world: World) -> Iterator[CostRow]:
    """A question that fails."""
    raise ZeroDivisionError("no people to divide by")


def always_wrong(world: World) -> Iterator[Finding]:
    """A check that finds an error from 2030."""
    if world.today.year >= 2030:
        yield Finding("too-late", f"{world.today} is too late.", "error", suggestion="ask sooner")


@hookimpl
def questions():
    return [costs, breaks]


@hookimpl
def checks():
    return [always_wrong]


@hookimpl
def baselines():
    return [Baseline("example", "Exampleshire", (str(HERE / "tables"),), (str(HERE / "deals"),))]
'''

TABLES = {
    "geography": "id,name\nlad24,Districts\ncauth25,Combined authorities\n",
    "area": (
        "geography,code,name\nlad24,E01,Ashford\nlad24,E02,Barton\nlad24,E03,Carley [A1] [/]\n"
        "cauth25,E47,Exampleshire\n"
    ),
    "piece": "id,lad24,cauth25,residents\np1,E01,E47,100\np2,E02,E47,200\np3,E03,,300\n",
    "body": (
        "id,name,kind,area,aliases\n"
        "ashford-council,Ashford Council,unitary,E01,\n"
        "barton-council,Barton Council,unitary,E02,\n"
        "carley-council,Carley [s.12(1)] Council,unitary,E03,\n"
        "exca,Exampleshire Combined Authority,combined-authority,E47,EXCA\n"
        "secretary-of-state,Secretary of State,minister,,\n"
    ),
    "body-class": "id,name,members\ncouncil,council,unitary\n",
    "instrument": (
        "id,title,kind,number,made\nact-2000,Transport Act 2000,act,2000 c. 38,2000-11-30\n"
        "order-2017,The Exampleshire Order 2017,order,SI 2017/470,2017-04-27\n"
    ),
    "power": (
        "id,name,code,theme,complete_from\nbuses,Bus franchising,T03,transport,2000-01-01\n"
        "roads,Local roads,T01,transport,2001-01-01\nskills,Skills,S01,skills,\n"
    ),
    "holding": (
        "id,power,holder,area,start,instrument,confidence,note\n"
        "h1,roads,every:council,,2001-01-01,act-2000,known,\n"
        'h2,skills,carley-council,E03,2010-01-01,act-2000,unsure,"=cmd() \x1b[31mred"\n'
    ),
}

DEAL = """name = "The Exampleshire deal"
code = "EX-2016"
agreed = 2016-03-01
status = "implemented"
parties = ["EXCA"]

[[provision]]
verb = "confer"
power = "buses"
holder = "EXCA"
exercised_by = "mayor"
commencement = 2017-06-27
instrument = "SI 2017/470"
source = "article 7"
"""

DRAFT = """name = "Roads for Exampleshire"
code = "EX-2027"
instrument = { title = "Draft order", made = 2027-01-10, status = "draft" }

[[provision]]
verb = "transfer"
power = "T01"
transferee = "EXCA"
commencement = 2027-05-06
source = "Draft order, article 7"
"""

ASK = """name = "Buses"
baseline = "example"
plugins = ["exampleshire"]

[[expect]]
question = "who-holds"
place = "Ashford"
power = "T03"
on = 2018-01-01
rows = [{ body = "exca", mode = "MODE" }]
"""


@pytest.fixture
def country(tmp_path, monkeypatch) -> Path:
    """The folder of the plugin, which can be imported from there and nowhere else."""
    home = tmp_path / "exampleshire"
    for folder in ("tables", "deals"):
        (home / folder).mkdir(parents=True)
    (home / "__init__.py").write_text(PLUGIN, "utf-8")
    for name, text in TABLES.items():
        (home / "tables" / f"{name}.csv").write_text(text, "utf-8")
    (home / "deals" / "ex-2016.toml").write_text(DEAL, "utf-8")
    (tmp_path / "draft.toml").write_text(DRAFT, "utf-8")
    (tmp_path / "met.toml").write_text(ASK.replace("MODE", "sole"), "utf-8")
    (tmp_path / "unmet.toml").write_text(ASK.replace("MODE", "joint"), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "exampleshire", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(monkeypatch, tmp_path) -> Callable[..., Result]:
    """A command line, run in this process; nothing of this machine's settings or folders is used."""
    for name in ("NO_COLOR", "DEVO_PLAIN", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEVO_LOG_DIR", str(tmp_path / "logs"))
    monkeypatch.setenv("DEVO_CACHE_DIR", str(tmp_path / "cache"))

    def run(*words: object) -> Result:
        return CliRunner().invoke(devo, [str(word) for word in words])

    return run


@pytest.fixture
def example(country, call) -> Callable[..., Result]:
    """A command line that asks about Exampleshire."""

    def run(*words: object) -> Result:
        return call(*words, "--plugin", "exampleshire", "--baseline", "example")

    return run


@pytest.fixture
def terminal(monkeypatch) -> None:
    """Output that passes for a terminal."""
    monkeypatch.setattr("devo.cli.output._is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def process(country, tmp_path, monkeypatch) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """A command line, run as a process of its own."""
    monkeypatch.setenv("DEVO_LOG_DIR", str(tmp_path / "logs"))
    monkeypatch.setenv("DEVO_CACHE_DIR", str(tmp_path / "cache"))

    def run(*words: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", "from devo.cli import main; main()", *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def commands() -> dict[str, click.Command]:
    """Every command by its name, those of groups as `lookup import`."""
    return dict(_commands(devo, ""))


def _commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        elif command is not None:
            yield before + name, command
