"""The examples that ship with the plugins, to read and to run, say what the plugins answer."""

from pathlib import Path

import pytest

from devo.run import Runner

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
EXAMPLES = sorted(PLUGINS.glob("*/examples/*.toml"))


@pytest.fixture(scope="module")
def runner():
    return Runner()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_an_example_holds(path, runner):
    outcome = runner.run(path)
    assert outcome.passed, (outcome.faults, outcome.mismatches, outcome.findings)
    assert path.read_text("utf-8").startswith("# "), "an example begins with what it shows"


def test_there_are_examples():
    assert {path.parts[-3] for path in EXAMPLES} >= {"devo_funding", "devo_joinup", "devo_transfers"}
