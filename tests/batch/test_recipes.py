"""The recipes for continuous integration say commands that there are."""

import re
from pathlib import Path

import pytest

RECIPES = Path(__file__).parents[2] / "docs" / "examples" / "ci"


@pytest.mark.parametrize("name", ["github-workflow.yml", "pre-commit-config.yaml"])
def test_every_command_of_a_recipe_runs(name, scenarios, country, call):
    scenarios(a=True)
    (country / "s").rename(country / "scenarios")
    text = (RECIPES / name).read_text("utf-8").replace("${{ matrix.shard }}", "1")
    text = re.sub(r">-\n\s+", "", text)
    commands = re.findall(r"(?:run|entry): devo (.*(?:\n\s+--.*)?)", text)
    assert len(commands) == 2
    for words in commands:
        given = words.split() + ([] if "scenarios" in words.split() else ["scenarios/a.toml"])
        if "1/2" in given:
            given[given.index("1/2")] = "1/1"
        result = call(*given, "--plugin", "batchland")
        assert result.exit_code == 0, result.output


def test_the_hooks_look_at_what_they_say(country):
    text = (RECIPES / "pre-commit-config.yaml").read_text("utf-8")
    files = [re.compile(pattern) for pattern in re.findall(r"files: (.*)", text)]
    without = [re.compile(pattern) for pattern in re.findall(r"exclude: (.*)", text)]

    def taken(path):
        return [bool(f.search(path) and not w.search(path)) for f, w in zip(files, without, strict=True)]

    assert taken("scenarios/a/b.toml") == [True, True]
    assert taken("scenarios/deals/b.toml") == [True, False]
    assert taken("scenarios/tables/b.toml") == [False, False]
    assert taken("README.md") == [False, False]
