"""What the pages show is what the program does.

`console` blocks are typed line by line and their output compared; a line `...` stands for any lines.
A `toml` or `python` block that begins with `# name.toml` is first written as that file, beside which the page's
commands run. Other `python` blocks run, other `toml` blocks are read, and every `devo ...` line of any
block is a command with options that exist. DEVO_WRITE_DOCS=1 writes what commands say into the pages.
"""

import os
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from devo.cli import devo
from devo.toolbox import toolbox

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in (ROOT / "docs").rglob("*.md")
    if not {"changes", "examples", "reference"} & set(page.relative_to(ROOT / "docs").parts)
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^# ([\w./-]+\.(?:toml|py|csv))\n")
MOST = 24  # lines of an answer that are written into a page


def blocks(page: Path, *kinds: str) -> list[str]:
    return [body for kind, body in FENCE.findall(page.read_text("utf-8")) if not kinds or kind in kinds]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT / "docs"))


def with_block(*kinds: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, *kinds)]


@pytest.mark.parametrize("page", with_block("console"), ids=named)
def test_a_page_s_commands_say_what_stands_below_them(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = page.read_text("utf-8")

    def typed(match: re.Match[str]) -> str:
        kind, body = match.groups()
        if name := NAMED.match(body):
            file = tmp_path / name[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, "utf-8")
        if kind != "console":
            return match[0]
        said = "".join(map(answered, re.split(r"^(?=[$] )", body, flags=re.M)))
        return f"```console\n{said.rstrip()}\n```"

    written = FENCE.sub(typed, text)
    if os.environ.get("DEVO_WRITE_DOCS"):
        page.write_text(written, "utf-8")
    else:
        assert written == text


def answered(said: str) -> str:
    """One command with its answer, which has to be the one that stands in the page."""
    if not said.startswith("$ devo"):
        return said
    command, _, wanted = said.partition("\n")
    got = CliRunner().invoke(devo, shlex.split(command.removeprefix("$ devo"))).output
    if os.environ.get("DEVO_WRITE_DOCS"):
        lines = got.rstrip("\n").splitlines()
        cut = wanted.rstrip().endswith("\n...")
        most = wanted.count("\n") - 1 if cut else MOST
        return "\n".join([command, *lines[:most], *(["..."] if len(lines) > most else []), "", ""])
    position = 0
    for chunk in re.split(r"^\.\.\.\n", wanted.strip("\n") + "\n", flags=re.M):
        position = got.find(chunk, position)
        assert position >= 0, f"{command}\nsays:\n{got}\nand not:\n{chunk}"
    return said


@pytest.mark.parametrize("page", with_block("python"), ids=named)
def test_a_page_s_python_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for kind, body in FENCE.findall(page.read_text("utf-8")):
        if name := NAMED.match(body):
            (tmp_path / name[1]).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name[1]).write_text(body, "utf-8")
        elif kind == "python":
            exec(compile(body, str(page), "exec"), {"__name__": "page"})


@pytest.mark.parametrize("page", with_block("toml"), ids=named)
def test_a_page_s_toml_can_be_read(page):
    for body in blocks(page, "toml"):
        assert tomllib.loads(body)


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "commands.md"], ids=named)
def test_every_command_of_a_page_exists(page):
    lines = [line for body in blocks(page, "", "sh", "bash", "console", "text") for line in body.splitlines()]
    lines += re.findall(r"`(devo [^`\n]+)`", FENCE.sub("", page.read_text("utf-8")))
    for line in lines:
        said = re.match(r"(?:\$ )?(?:uv run )?devo(?= |$)(.*)", line.split("  #")[0])
        # What stands for something to fill in is in capitals or brackets.
        if said and not set("[<>|&{") & set(said[1]) and "..." not in said[1]:
            words = shlex.split(said[1])
            parses(devo, words, line)
            if words[:1] == ["ask"] and len(words) > 1:
                asks(words, line)


def asks(words: list[str], line: str) -> None:
    """A question that exists, with terms that it has."""
    if words[1].isupper() or words[1].startswith("-") or {"--plugin", "--results"} & set(words):
        return  # nothing to look up, the question of a plugin that is not installed, or one of a sweep's results
    tool = toolbox().questions.get(words[1])
    assert tool is not None, f"no question {words[1]!r}: {line}"
    given = {words[n + 1].partition("=")[0].replace("-", "_") for n, w in enumerate(words) if w == "--term"}
    assert given - {"NAME"} <= {term.name for term in tool.terms}, line


def parses(command: click.Command, words: list[str], line: str) -> None:
    """A command line is one that click would take: its options exist and its words can be read."""
    if isinstance(command, click.Group) and words and not words[0].startswith("-"):
        inner = command.get_command(above(), words[0])
        assert inner is not None, f"no command {words[0]!r}: {line}"
        parses(inner, words[1:], line)
        return
    try:
        command.make_context("devo", list(words), parent=above())
    except (click.exceptions.Exit, click.MissingParameter):
        pass
    except click.BadOptionUsage:
        assert words[-1].startswith("-"), line  # an option named without its value
    except click.UsageError as fault:
        raise AssertionError(f"{line}: {fault.message}") from None


def above() -> click.Context:
    """What a command stands under; without it click would forget how its help is asked for."""
    return click.Context(devo, info_name="devo", **devo.context_settings)
