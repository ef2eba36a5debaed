"""Faults and findings as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from devo import __version__
from devo.values import Fault, Finding

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_WHERE = re.compile(r"(?P<path>.*):(?P<line>\d+)", re.DOTALL)


def sarif(faults: Iterable[Fault], findings: Iterable[Finding]) -> str:
    """A SARIF log of what `devo check` found."""
    results = [
        _result("fault", "error", " ".join(filter(None, (f.message, f.why, f.suggestion))), f.path, f.line)
        for f in faults
    ]
    for finding in findings:
        match = _WHERE.fullmatch(finding.where)
        path, line = (match["path"], int(match["line"])) if match else (finding.where, 0)
        text = f"{finding.message} {finding.suggestion}".strip()
        results.append(_result(finding.code, _LEVELS[finding.severity], text, path, line))
    rules = [{"id": rule} for rule in sorted({result["ruleId"] for result in results})]
    tool = {"driver": {"name": "devo", "version": __version__, "rules": rules}}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": tool, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, indent=1, ensure_ascii=True) + "\n"


def _result(rule: str, level: str, text: str, path: str, line: int) -> dict[str, Any]:
    found: dict[str, Any] = {"ruleId": rule, "level": level, "message": {"text": text}}
    if path:
        uri = quote(PurePath(path).as_posix().encode("utf-8", "surrogateescape"))
        place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if line:
            place["region"] = {"startLine": line}
        found["locations"] = [{"physicalLocation": place}]
    return found
