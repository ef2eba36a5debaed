"""`devo doctor --licences`: what is installed, by what it states; nothing under a GPL in the core."""

import json
import tomllib
from email.message import Message
from importlib.metadata import requires
from pathlib import Path

import pytest

from devo.cli import licences as module
from devo.cli.licences import CORE, UNKNOWN, Licence, canonical, licences, stated

ROOT = Path(__file__).resolve().parents[2]


def core():
    return [item for item in licences() if item.part == CORE]


def test_nothing_in_the_core_is_under_a_general_public_licence():
    assert [item for item in core() if item.copyleft] == []


def test_every_package_of_the_core_states_a_licence():
    assert [item.package for item in core() if item.licence == UNKNOWN] == []


def test_the_core_is_what_the_project_asks_for_and_what_that_needs():
    found = {canonical(item.package): item for item in core()}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    for requirement in asked:
        name = requirement.partition(">")[0]
        assert "devo" in found[name].needed_by
    assert "jinja2" in found["markupsafe"].needed_by
    assert not {"pytest", "mypy", "hypothesis"} & set(found)


def test_what_only_an_extra_needs_is_not_of_the_core():
    parts = {canonical(item.package): item.part for item in licences()}
    assert parts["shapely"] == "extra geo"
    assert parts["aiohttp"] == "extra serve"
    assert "pytest" in [
        canonical(item.package) for item in licences(["pytest-xdist"]) if item.part == "plugin pytest-xdist"
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("GPL-3.0-or-later", True),
        ("LGPL-2.1-only", True),
        ("AGPL-3.0", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GNU General Public Licence", True),
        ("MIT OR GPL-2.0", True),
        ("MPL-2.0", False),
        ("BSD-3-Clause AND 0BSD", False),
    ],
)
def test_a_general_public_licence_is_recognised(words, found):
    assert Licence("x", "1", words, CORE, ()).copyleft is found


class Package:
    """Metadata of a package, line by line."""

    version = "1"

    def __init__(self, *lines, asks=()):
        self.metadata = Message()
        self.requires = list(asks)
        for line in lines:
            name, _, value = line.partition(": ")
            self.metadata[name] = value


def test_the_expression_is_taken_before_classifiers_and_those_before_words():
    expression, classifier, words = (
        "License-Expression: MIT",
        "Classifier: License :: OSI Approved :: BSD License",
        "License: ISC",
    )
    assert stated(Package(words, classifier, expression)) == "MIT"
    assert stated(Package(words, classifier)) == "BSD License"
    assert stated(Package(words)) == "ISC"
    assert stated(Package("License: " + "whole text " * 90)).endswith(" ...")
    assert stated(Package("Classifier: Topic :: Sociology")) == UNKNOWN


def test_a_copyleft_package_deep_in_the_core_would_be_found(monkeypatch):
    """Through an extra that a requirement asks for, round a circle, past what is not installed."""
    packages = {
        "devo": Package(
            "Name: devo", asks=["mid[fast]>=1 ; python_version > '3'", "gone", "far ; extra == 'x'"]
        ),
        "mid": Package("Name: Mid", asks=["Deep_One ; extra == 'fast'", "never ; extra == 'slow'"]),
        "deep-one": Package("Name: Deep_One", "License-Expression: GPL-3.0-only", asks=["mid"]),
        "far": Package("Name: Far", "License: LGPL"),
        "never": Package("Name: Never"),
    }
    packages["devo"].metadata["Provides-Extra"] = "x"

    def distribution(name):
        if name not in packages:
            raise module.PackageNotFoundError(name)
        return packages[name]

    monkeypatch.setattr(module, "distribution", distribution)
    found = {item.package: (item.part, item.copyleft) for item in licences()}
    assert found == {"Deep_One": (CORE, True), "Mid": (CORE, False), "Far": ("extra x", True)}


def test_the_command_says_where_the_list_comes_from_and_its_day(call):
    given = json.loads(call("doctor", "--licences", "--format", "json").stdout)
    assert given["schema"] == "devo.licences/1"
    rows = {row["package"]: row for row in given["packages"]}
    assert rows["click"]["part"] == "core"
    assert rows["click"]["copyleft"] is False
    text = call("doctor", "--licences").stdout
    assert f"Read on {given['on']} from what the packages installed here state of themselves" in text
    assert "None of them is under a General Public Licence" in text
    assert "just audit" in text
    assert call("doctor", "--licences", "--format", "csv").stdout.startswith(
        "package,version,licence,part,needed_by,copyleft"
    )


def test_where_devo_is_not_installed_it_says_so(call, monkeypatch):
    def distribution(name):
        raise module.PackageNotFoundError(name)

    monkeypatch.setattr(module, "distribution", distribution)
    assert "devo runs here from its files and is not installed" in call("doctor", "--licences").stdout
    assert json.loads(call("doctor", "--licences", "--format", "json").stdout)["packages"] == []


def test_it_is_not_of_a_baseline(call):
    result = call("doctor", "england", "--licences")
    assert result.exit_code == 2
    assert "--licences is of the packages installed" in result.stderr


def test_the_audit_is_of_the_pinned_versions_and_fails_on_what_it_cannot_answer():
    recipe = (ROOT / "Justfile").read_text("utf-8").partition("\naudit:")[2]
    assert "pip-audit --strict" in recipe
    assert "-r constraints.txt" in recipe
    assert (ROOT / "constraints.txt").exists()


def test_the_metadata_of_devo_is_read_here():
    assert requires("devo")
