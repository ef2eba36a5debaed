"""A folder to write plugins in, and the command line."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from devo.cli import devo


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty folder, which is the one that commands are typed in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEVO_LOG_DIR", str(tmp_path / "logs"))
    known = set(sys.modules)
    yield tmp_path
    # A plugin that was read from a file here is not there for the next test.
    for name in set(sys.modules) - known:
        file = getattr(sys.modules[name], "__file__", None)
        if file is not None and str(file).startswith(str(tmp_path)):
            del sys.modules[name]


@pytest.fixture
def call(home):
    """A command line, run in this process."""

    def run(*words):
        return CliRunner().invoke(devo, [str(word) for word in words])

    return run


@pytest.fixture
def process(home):
    """A command of another program, run in a process of its own without anything of this one's."""

    def run(*words, cwd=home):
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
        return subprocess.run(
            [str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False
        )

    return run
