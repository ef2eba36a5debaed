"""Expectations written anew: the rows and counts that scenarios now answer, in the place of the old.

Only `rows` and `count` are: what a `contains` or `excludes` meant is for a person to say. Everything else
in a file stays as it is, and a file is written only if it then says exactly what was meant.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from devo.batch.golden import Change, difference
from devo.batch.results import Result
from devo.files.documents import read_document
from devo.files.reading import Unreadable
from devo.run import Mismatch

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WIDEST = 100


def updates(results: Iterable[Result]) -> tuple[list[Change], list[str]]:
    """The scenario files that would change, and why what is still unmet stays so."""
    found: list[Change] = []
    left: list[str] = []
    for result in results:
        if result.mismatches and not result.faults:
            change = _updated(result, left)
            if change is not None:
                found.append(change)
    return found, left


def _updated(result: Result, left: list[str]) -> Change | None:
    try:
        document = read_document(result.path)
    except Unreadable as fault:
        left.append(str(fault))
        return None
    numbers = {f"{result.path}:{line}": number for number, line in enumerate(document.headings("expect"))}
    lines = document.text.split("\n")
    wanted: dict[int, dict[str, Any]] = {}
    for where, mismatches in _by_place(result.mismatches).items():
        number = numbers.get(where)
        block = document.data["expect"][number] if number is not None else {}
        new = _new(block, mismatches)
        if number is None or not new:
            left.append(
                f"{where}: only `rows` and `count` are written anew, for one day; the rest is for you to mend"
            )
        else:
            wanted[number] = new
    # From the last to the first, so that lines stay where they are until they are reached.
    for number in sorted(wanted, reverse=True):
        for key, value in wanted[number].items():
            begin, end = _statement(lines, document.line(("expect", number, key)) - 1)
            lines[begin:end] = [_statement_of(key, value)]
    after = "\n".join(lines)
    if not wanted or not _says(document.data, wanted, after):
        left += (
            [f"{result.path}: its expectations could not be told apart; mend them by hand"] if wanted else []
        )
        return None
    before, content = document.text.encode(), after.encode()
    if b"\r\n" in Path(result.path).read_bytes():
        content = content.replace(b"\n", b"\r\n")
    return Change(Path(result.path), content, tuple(difference(Path(result.path), before, content)))


def _by_place(mismatches: Sequence[Mismatch]) -> dict[str, list[Mismatch]]:
    found: dict[str, list[Mismatch]] = {}
    for item in mismatches:
        found.setdefault(item.where, []).append(item)
    return found


def _new(block: Mapping[str, Any], mismatches: Sequence[Mismatch]) -> dict[str, Any]:
    """What an expectation would say: nothing where several days answer differently."""
    on = block.get("on")
    if (isinstance(on, list) and len(on) > 1) or len({item.on for item in mismatches}) > 1:
        return {}
    if set(block) & {"contains", "excludes", "no_findings"} or not set(block) & {"rows", "count"}:
        return {}
    found = mismatches[0].found
    new: dict[str, Any] = {"rows": [dict(row) for row in found]} if "rows" in block else {}
    return {**new, "count": len(found)} if "count" in block else new


def _statement(lines: Sequence[str], begin: int) -> tuple[int, int]:
    """The lines of a statement that begins on one: as many as make sense to a reader of TOML."""
    for end in range(begin + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[begin:end]))
        except tomllib.TOMLDecodeError:
            continue
        return begin, end
    return begin, begin + 1


def _statement_of(key: str, value: Any) -> str:
    if key != "rows":
        return f"{key} = {value}"
    rows = [
        "{ " + ", ".join(f"{_key(name)} = {_toml(cell)}" for name, cell in row.items()) + " }"
        for row in value
    ]
    short = f"rows = [{', '.join(rows)}]"
    return (
        short
        if len(short) <= _WIDEST or len(rows) < 2
        else "rows = [\n" + "".join(f"    {row},\n" for row in rows) + "]"
    )


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _toml(value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if _DAY.fullmatch(value) and _is_day(value):
            return value
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else '""'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_toml(cell)}" for name, cell in value.items()) + " }"
    return str(value)


def _is_day(text: str) -> bool:
    try:
        tomllib.loads(f"day = {text}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _says(before: Mapping[str, Any], wanted: Mapping[int, Mapping[str, Any]], text: str) -> bool:
    """Whether a text says what the file said, but for what was to be written anew."""
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    blocks = [
        {key: item for key, item in block.items() if key not in wanted.get(number, {})}
        for number, block in enumerate(before["expect"])
    ]
    now = [
        {key: item for key, item in block.items() if key not in wanted.get(number, {})}
        for number, block in enumerate(after.get("expect", []))
    ]
    rest = {key: item for key, item in before.items() if key != "expect"}
    counts = all(
        len(after["expect"][n].get("rows", [])) == len(new.get("rows", []))
        for n, new in wanted.items()
        if "rows" in new
    )
    return blocks == now and counts and rest == {key: item for key, item in after.items() if key != "expect"}
