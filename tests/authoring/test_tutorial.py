"""The tutorial of docs/plugins.md: what it has typed is typed here, and gives what it says it gives."""

import re
import shlex
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
STEP = re.compile(r"(?:<!-- (?P<note>[^>]*) -->\n)?```(?P<kind>text|py)\n(?P<text>.*?)```\n", re.DOTALL)
SLOW = "devo plugins check"


def steps():
    """What the tutorial has typed, in order."""
    tutorial = PAGE.partition("## Ten minutes")[2].partition("\n## ")[0]
    return [(step["kind"], step["note"] or "", step["text"]) for step in STEP.finditer(tutorial)]


def follow(call, home, slow):
    """Type everything; the commands that were run."""
    run = []
    for kind, note, text in steps():
        if kind == "py":
            name = note.partition("the file ")[2].partition(",")[0].strip()
            if note.startswith("add to"):
                with (home / name).open("a", encoding="utf-8") as stream:
                    stream.write("\n" + text)
                # Each command of the page is a process of its own, which reads the file anew.
                del sys.modules[Path(name).stem]
            else:
                assert (home / name).read_text("utf-8") == text, "the page shows another file than is written"
            continue
        command, _, said = text.partition("\n")
        if command.startswith(f"$ {SLOW}") and not slow:
            continue
        result = call(*shlex.split(command.removeprefix("$ devo ")))
        assert result.exit_code == 0, result.output
        assert fits(result.stdout, said), f"{command}\n{result.stdout}"
        run.append(command)
    return run


def fits(found, said):
    """Whether an output has the lines of the page, in order and with nothing between, but where it says `...`."""
    parts = [part.strip("\n").splitlines() for part in re.split(r"(?m)^\.\.\.$", said.strip())]
    lines, at = found.strip().splitlines(), 0
    for number, part in enumerate(parts):
        places = [n for n in range(at, len(lines) + 1) if lines[n : n + len(part)] == part]
        if not places or (number == 0 and places[0] != 0):
            return False
        at = (places[-1] if number == len(parts) - 1 else places[0]) + len(part)
    return not parts[-1] or at == len(lines)


def test_the_tutorial_typed_from_the_page_gives_the_page_s_output(call, home, monkeypatch):
    monkeypatch.delenv("DEVO_PLAIN", raising=False)
    commands = follow(call, home, slow=False)
    assert len(commands) == 4


@pytest.mark.nightly
def test_the_tutorial_s_plugin_holds(call, home):
    assert f"$ {SLOW} ./steadiness.py" in follow(call, home, slow=True)


def test_an_output_that_is_not_the_page_s_is_seen():
    assert fits("a\nb\nc\nd\n", "a\n...\nc\n...\n")
    assert not fits("a\nb\nd\n", "a\n...\nc\n...\n")


def test_the_page_names_every_finding_of_the_check():
    """The table of rules, and the tests that look for what breaks them, have the same codes."""
    source = (Path(__file__).parents[2] / "devo" / "testing" / "conformance.py").read_text("utf-8")
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source.partition("def _report")[0]))
    table = PAGE.partition("## What every plugin has to hold to")[2].partition("\n## ")[0]
    assert codes - {"my_plugin"} <= set(re.findall(r"`([a-z-]+)`", table))
