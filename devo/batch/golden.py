"""Golden answers: what scenarios answered when somebody last said it was right, a file for each."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from devo.batch.folder import json_bytes, mark, write_whole
from devo.batch.results import Result
from devo.values import Finding

_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Change:
    """A file that would be written anew: its path, its new content, and the difference in lines."""

    path: Path
    content: bytes
    lines: tuple[str, ...]


def golden_file(folder: Path, result: Result) -> Path:
    """Where a scenario's golden answers are: named after it, with a mark of its path."""
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in Path(result.path).stem)
    return folder / f"{stem[:60]}-{mark(result.path)[:8]}.json"


def changes(results: Iterable[Result], folder: Path) -> dict[str, Change]:
    """For each scenario, by path, whose answers are not its golden ones: what would be written."""
    found = {}
    for result in results:
        if result.faults:
            continue
        path, content = golden_file(folder, result), json_bytes(_answers(result))
        try:
            before = path.read_bytes()
        except OSError:
            before = b""
        if before != content:
            found[result.path] = Change(path, content, tuple(difference(path, before, content)))
    return found


def held_against(results: Sequence[Result], found: dict[str, Change]) -> list[Result]:
    """Results with a finding of severity error for each scenario whose answers are not its golden ones."""
    held = []
    for result in results:
        change = found.get(result.path)
        if change is not None:
            new = not change.path.exists()
            message = (
                f"there are no golden answers in {change.path}"
                if new
                else f"the answers are not those of {change.path}"
            )
            how = "--update writes them anew" if not new else "--update writes them"
            finding = Finding("golden-differs", f"{message}.", "error", (result.path,), "", how)
            held.append(replace(result, findings=(*result.findings, finding)))
        else:
            held.append(result)
    return held


def write(found: Iterable[Change]) -> None:
    """Write files anew."""
    for change in found:
        write_whole(change.path, change.content)


def difference(path: Path, before: bytes, after: bytes) -> list[str]:
    """The difference between two contents of a file, cut to what a person can look at."""
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    lines = list(difflib.unified_diff(old, new, f"{path} (now)", f"{path} (then)", lineterm="", n=1))
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], f"  and {len(lines) - _MOST_LINES} more lines of difference"]
    return lines


def _answers(result: Result) -> Any:
    """What is golden of a result: answers and figures, and not which world they came from."""
    answers = [{name: part for name, part in answer.items() if name != "world"} for answer in result.answers]
    figures = {name: part for name, part in result.sweep.items() if name != "folder"}
    return json.loads(json.dumps({"answers": answers, **({"sweep": figures} if figures else {})}))
