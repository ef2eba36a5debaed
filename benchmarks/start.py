"""Whole processes, turn by turn: bare Python, `devo --help`, and `devo who` of one power.

Bytecode is compiled and the baseline's compiled file is there (a run comes first that is not counted).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rounds import Contender, Line, medians

WHO = ("who", "E08000003", "T03", "--on", "2018-01-01")
AGAINST = "python -c pass"
HEAVY = ("numpy", "polars", "pydantic", "networkx", "textual", "pluggy", "importlib.metadata")


def run() -> list[Line]:
    """Look at what `devo who` imports, then time whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        return _timed(devo_command(), folder)


def _timed(devo: str, folder: str) -> list[Line]:
    # Bytecode goes to a folder of its own, so that it is there whatever the environment says of writing it.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def process(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(command, capture_output=True, check=True, text=True, env=environment)

    process(devo, *WHO)
    imported = process("-X", "importtime", devo, *WHO).stderr
    modules = {line.rpartition("|")[2].strip() for line in imported.splitlines()}
    heavy = ", ".join(sorted(modules & set(HEAVY))) or "none"
    print(f"start: `devo who` imports {len(modules)} modules; of {', '.join(HEAVY)}: {heavy}")
    found = medians(
        {
            "bare": Contender(lambda _: process("-c", "pass")),
            "help": Contender(lambda _: process(devo, "--help")),
            "who": Contender(lambda _: process(devo, *WHO)),
        },
        rounds=15,
    )
    return [
        Line("devo --help", AGAINST, found["help"], found["bare"], 8),
        Line(f"devo {' '.join(WHO)}, second run", AGAINST, found["who"], found["bare"], 10),
    ]


def devo_command() -> str:
    """The path of the devo command beside this Python."""
    beside = Path(sys.executable).with_name("devo")
    found = str(beside) if beside.exists() else shutil.which("devo")
    if found is None:
        raise SystemExit("the devo command is not installed; run `uv sync`")
    return found
