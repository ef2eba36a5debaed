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

LOADED = """
import json, sys
from devo.cli import main
try:
    main()
except SystemExit as left:
    assert left.code == 0, left.code
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def modules_after(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module", autouse=True)
def _compiled(tmp_path_factory):
    """A compiled baseline, as after the first run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEVO_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        subprocess.run(
            [sys.executable, "-c", "from devo.cli import main; main()", "who", "E08000003", "T03"],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        yield


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_help_loads_no_command(words):
    loaded = modules_after(*words)
    assert not loaded & {*HEAVY, *SPARED, "devo.front", "devo.world", "devo.cli.who", "devo.cli.output"}


@pytest.mark.parametrize(
    "words",
    [
        ("who", "E08000003", "T03", "--on", "2018-01-01"),
        ("holds", "GMCA", "--format", "json"),
        ("where", "T03", "--format", "csv"),
        ("history", "Manchester", "T03", "--format", "md"),
        ("explain", "GMCA", "T03"),
        ("places", "Wigan"),
    ],
)
def test_one_answer_loads_nothing_heavy(words):
    loaded = modules_after(*words)
    assert not loaded & {*HEAVY, *SPARED}


def test_a_table_loads_rich_and_nothing_heavier():
    loaded = modules_after("who", "E08000003", "T03", "--format", "table")
    assert "rich" in loaded
    assert not loaded & set(HEAVY)


def test_a_command_loads_no_other_family():
    families = {"devo.cli.lists", "devo.cli.ask", "devo.cli.check", "devo.cli.run", "devo.cli.about"}
    assert not modules_after("who", "E08000003", "T03") & families
