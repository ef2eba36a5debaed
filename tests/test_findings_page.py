"""Every finding of deals has a scenario that shows it, under its code, and stands on the page of findings."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "findings.md").read_text("utf-8")
SHOWN = {path.stem: path for path in sorted((ROOT / "scenarios" / "findings").glob("*.toml"))}
# What only a plan says, and what only a broken plugin brings about.
NOT_OF_A_DRAFT = {"leans-on", "plugin-failed", "plugin-outdated"}


def codes(*headings: str) -> set[str]:
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
    return {code for heading in headings for code in re.findall(r"^\| `([a-z-]+)`", sections[heading], re.M)}


def test_each_finding_of_deals_has_its_scenario():
    wanted = codes("Of provisions that cannot take effect", "Of what deals make of a world")
    assert wanted - NOT_OF_A_DRAFT <= set(SHOWN)


def test_each_scenario_expects_the_finding_it_is_named_after():
    for code, path in SHOWN.items():
        assert f"`{code}`" in PAGE, code
        expected = tomllib.loads(path.read_text("utf-8"))["expect"]
        assert code in [block["code"] for block in expected], path
