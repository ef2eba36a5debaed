"""The picture in docs/contributing.md is the import contract of pyproject.toml, which `lint-imports` keeps."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "contributing.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WIDE = 44  # columns of names, before what they are


def picture() -> list[list[str]]:
    """The modules of each line, from the top."""
    (block,) = [b for b in re.findall(r"^```\n(.*?)^```", TEXT, re.M | re.S) if "plugins/" in b]
    return [line[:WIDE].split() for line in block.partition("  ---")[0].splitlines()]


def contract() -> dict[str, int]:
    """The layer of each module, counted from the top."""
    (layers,) = [c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    return {name: n for n, line in enumerate(layers["layers"]) for name in line.split(" | ")}


def test_every_module_stands_in_the_picture_once():
    shown = [name for line in picture() for name in line]
    assert sorted(shown) == sorted(contract())


def test_the_lines_stand_in_the_order_of_the_layers():
    layer = contract()
    lines = picture()
    for above, below in pairwise(lines):
        assert max(layer[name] for name in above) <= min(layer[name] for name in below), (above, below)


def test_every_plugin_that_comes_with_devo_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    for package in PROJECT["project"]["entry-points"]["devo"].values():
        assert f"| `plugins/{package}/` |" in readme
