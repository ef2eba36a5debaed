"""pip and uv install the same versions."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_pip_and_uv_read_the_same_pins():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    for_pip = [line for line in lines if line and not line.startswith("#")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert for_pip == project["tool"]["uv"]["constraint-dependencies"]
