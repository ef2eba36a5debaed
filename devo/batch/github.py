"""Results for GitHub Actions: annotations at lines of files, and a summary of the job.

Whatever names and messages hold is only text there: a line end would begin a new command, so it is
escaped, and the lines that people read are printed while commands are off.
"""

from __future__ import annotations

import html
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from devo.batch.junit import complaints
from devo.batch.results import Result

# GitHub shows ten annotations of a kind for each step and drops the rest without a word.
MOST = 10
_LONGEST = 1000
_WHERE = re.compile(r"(?P<path>.*):(?P<line>\d+)", re.DOTALL)


def in_actions() -> bool:
    """Whether this is a job of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def commands(results: Iterable[Result]) -> list[str]:
    """Commands that put the worst ten complaints at their lines, then one that counts the rest."""
    found = [item for result in _worst_first(results) for item in _annotated(result)]
    lines = [_command(path, line, title, message) for path, line, title, message in found[: MOST - 1]]
    rest = len(found) - len(lines)
    if rest == 1:
        lines.append(_command(*found[-1]))
    elif rest:
        lines.append(_command("", 0, "devo", f"and {rest} more: see the log or the summary of the job"))
    return lines


def summary(results: Sequence[Result]) -> str:
    """The job's summary in Markdown: counts, and the worst ten scenarios with what stands against them."""
    verdicts = [result.verdict for result in results]
    counts = ", ".join(f"{verdicts.count(word)} {word}" for word in ("passed", "failed", "not run"))
    scenarios = "scenario" if len(verdicts) == 1 else "scenarios"
    lines = ["### devo run", "", f"{len(verdicts)} {scenarios}: {counts}.", ""]
    bad = [result for result in _worst_first(results) if not result.passed]
    for result in bad[:MOST]:
        first = next(complaints(result), "")
        lines += [
            f"<details><summary>{result.verdict}: {_text(result.name)} (<code>{_text(result.path)}</code>)</summary>",
            "",
            f"<pre>{_text(first)}</pre>",
            "",
            "</details>",
            "",
        ]
    if len(bad) > MOST:
        lines += [f"And {len(bad) - MOST} more.", ""]
    return "\n".join(lines)


def add_summary(results: Sequence[Result]) -> None:
    """Add the summary to the job's, where there is one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(summary(results) + "\n")


def quiet() -> tuple[str, str]:
    """A command that turns commands off, and the one that turns them on again, which nobody can guess."""
    token = secrets.token_hex(16)
    return f"::stop-commands::{token}", f"::{token}::"


def _worst_first(results: Iterable[Result]) -> list[Result]:
    """Files that cannot be read, then scenarios with the most against them, then by path."""
    return sorted(
        results,
        key=lambda r: (not r.faults, -len(r.faults) - len(r.mismatches) - len(r.findings), r.path),
    )


def _annotated(result: Result) -> Iterator[tuple[str, int, str, str]]:
    for fault in result.faults:
        yield fault.path or result.path, fault.line, result.name, fault.message
    for item in result.mismatches:
        yield *_place(item.where, result.path), result.name, item.message
    for finding in result.findings:
        if finding.severity == "error":
            yield *_place(finding.where, result.path), result.name, finding.message


def _place(where: str, path: str) -> tuple[str, int]:
    match = _WHERE.fullmatch(where)
    return (match["path"], int(match["line"])) if match else (path, 0)


def _command(path: str, line: int, title: str, message: str) -> str:
    told = [("file", path), ("line", str(line) if line else ""), ("title", title[:_LONGEST])]
    properties = ",".join(f"{name}={_property(value)}" for name, value in told if value)
    return f"::error {properties}::{_data(message[:_LONGEST])}"


def _data(text: str) -> str:
    text = text.encode("utf-8", "backslashreplace").decode()
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _text(text: str) -> str:
    """A text inside HTML inside Markdown: on one line, and no mark-up of either."""
    one = " ".join(text[:_LONGEST].split()).encode("utf-8", "backslashreplace").decode()
    return re.sub(r"[`*_\[\]|~#@\\]", lambda match: f"&#{ord(match[0])};", html.escape(one))
