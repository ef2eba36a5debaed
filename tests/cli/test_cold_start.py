"""What starts fast stays fast: nothing heavy is imported for one answer, and no plugin is looked for."""

import json
import subprocess
import sys

import pytest

HEAVY = ("numpy", "polars", "pydantic", "networkx", "textual")
# These cost less, and one answer needs none of them either.
SPARED = (
    "rich",
    "pluggy",
    "importlib.metadata",
    "inspect_plugins",
    "devo.toolbox",
    "devo.files",
    "devo_england",
)

ANSWERS = (
    ("who", "E08000003", "T03", "--on", "2018-01-01"),
    ("holds", "GMCA", "--format", "json"),
    ("where", "T03", "--format", "csv"),
    ("history", "Manchester", "T03", "--format", "md"),
    ("explain", "GMCA", "T03"),
    ("places", "Wigan"),
)
TABLE = ("who", "E08000003", "T03", "--format", "table")
# In this order one process shows of each what it loads beyond those before it, which are to load no more than it.
COMMANDS = ((), ("--help",), *ANSWERS, TABLE)

LOADED = """
import json, sys
from devo.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as left:
        assert left.code == 0, (words, left.code)
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules that are loaded after each command, typed one after another where the baseline is compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEVO_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        said(ANSWERS[0])
        lists = [set(json.loads(line)) for line in said(*COMMANDS).splitlines()]
    return dict(zip(COMMANDS, lists, strict=True))


def said(*commands):
    """What a process that is given some commands says on the stream of errors."""
    words = [sys.executable, "-c", LOADED, json.dumps(commands)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize("words", COMMANDS[:2])
def test_help_loads_no_command(loaded, words):
    assert not loaded[words] & {
        *HEAVY,
        *SPARED,
        "devo.front",
        "devo.world",
        "devo.cli.who",
        "devo.cli.output",
    }


@pytest.mark.parametrize("words", ANSWERS)
def test_one_answer_loads_nothing_heavy(loaded, words):
    assert "devo.world" in loaded[words]
    assert not loaded[words] & {*HEAVY, *SPARED}


def test_a_table_loads_rich_and_nothing_heavier(loaded):
    assert "rich" in loaded[TABLE]
    assert not loaded[TABLE] & set(HEAVY)


def test_a_command_loads_no_other_family(loaded):
    families = {"devo.cli.lists", "devo.cli.ask", "devo.cli.check", "devo.cli.run", "devo.cli.about"}
    assert "devo.cli.who" in loaded[ANSWERS[0]]
    assert not loaded[ANSWERS[0]] & families
