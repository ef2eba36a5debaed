"""Results as JUnit XML, which build servers read: a test case for each scenario."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from devo.batch.results import Result
from devo.files.faults import render

# What XML cannot hold, however it is written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Iterable[Result]) -> str:
    """JUnit XML of results. It says no times, so that same results give same bytes."""
    listed = list(results)
    failed = sum(result.verdict == "failed" for result in listed)
    faulty = sum(result.verdict == "not run" for result in listed)
    counts = f'tests="{len(listed)}" failures="{failed}" errors="{faulty}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<testsuites {counts}>",
        f'<testsuite name="devo" {counts}>',
    ]
    for result in listed:
        case = f"<testcase classname={_attribute(result.path)} name={_attribute(result.name)}"
        said = list(complaints(result))
        if not said:
            lines.append(f"{case}/>")
            continue
        kind = "error" if result.faults else "failure"
        body = escape(_clean("\n".join(said)))
        lines.append(f"{case}><{kind} message={_attribute(said[0])}>{body}</{kind}></testcase>")
    return "\n".join([*lines, "</testsuite>", "</testsuites>", ""])


def complaints(result: Result) -> Iterator[str]:
    """What stands against a scenario, a text for each fault, mismatch and error."""
    yield from (render(fault) for fault in result.faults)
    for item in result.mismatches:
        yield f"{item.where}: {item.message} (asked: {item.question} on {item.on.isoformat()})"
    for finding in result.findings:
        if finding.severity == "error":
            yield f"{finding.where}: {finding.message}" if finding.where else finding.message


def _attribute(text: str) -> str:
    return quoteattr(_clean(text.replace("\n", " ")))


def _clean(text: str) -> str:
    return _NOT_XML.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
