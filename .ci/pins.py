"""Move every pin to the newest version that the ranges in pyproject.toml allow.

The pins stand in constraints.txt, for pip, and as the same lines in pyproject.toml, for uv.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
PINS = ROOT / "constraints.txt"
HEAD = "# The versions devo is tested with, written by `just pins`. For pip: pip install -c constraints.txt ."
LIST = re.compile(r"(?<=^constraint-dependencies = \[\n)(?:    .*\n)*(?=\])", re.MULTILINE)


def write_list(pins: list[str]) -> None:
    """Put `pins` where uv looks for them."""
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    PROJECT.write_text(LIST.sub(lambda _: lines, PROJECT.read_text("utf-8"), count=1), "utf-8")


def newest() -> list[str]:
    """What uv resolves to when nothing is pinned."""
    write_list([])
    shown = ["--all-groups", "--no-hashes", "--no-annotate", "--no-header", "--no-emit-project"]
    subprocess.run(["uv", "lock", "--quiet", "--upgrade"], cwd=ROOT, check=True)
    done = subprocess.run(
        ["uv", "export", "--quiet", *shown], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.split("\n")[:-1]


before = PROJECT.read_text("utf-8")
try:
    pins = newest()
except BaseException:
    PROJECT.write_text(before, "utf-8")
    raise
write_list(pins)
PINS.write_text("\n".join([HEAD, *pins, ""]), "utf-8")
