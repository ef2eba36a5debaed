"""One process of trials: `python -m devo.testing.worker`. A job comes in as JSON, lines of JSON go out.

A process of its own, so that what hangs, or takes all memory, can be ended by whoever began it. What the
plugin prints goes to where errors go.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from devo.answers import plain
from devo.calling import Care, PluginFault, watching
from devo.testing.trials import Trials
from devo.testing.written import findings_of
from devo.values import Finding

SWITCHING, OPENING = "switching it on", "opening the worlds to try it on"


def main() -> None:
    """Do the job that stands on standard input."""
    job = json.loads(sys.stdin.read())
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(**line: Any) -> None:
        print(json.dumps(line), file=out, flush=True)

    with watching(Care(strict=True, seconds=job["seconds"])) as watch:
        work(job, tell)
        for (plugin, version, what), timing in watch.timings.items():
            if plugin == job["module"]:
                tell(timing=[what, version, timing.calls, timing.seconds, timing.longest])


def work(job: Mapping[str, Any], tell: Callable[..., None]) -> None:
    """Try everything of a plugin but what `skip` names, telling of each before and after."""
    trials = Trials(job["plugin"], job["turned"])
    tell(begin=SWITCHING)
    try:
        tools = trials.tools
    except PluginFault as fault:
        tell(broken=plain(fault.finding()))
        return
    tell(on=[trials.module, tools.plugins[trials.module]])
    for finding in (*tools.findings, *findings_of(trials.module, tools)):
        tell(finding=plain(finding))
    tell(begin=OPENING)
    _ = trials.worlds
    skip, shown, slow = set(job["skip"]), set(job.get("shown", ())), set[tuple[str, str]]()
    for case in trials.cases():
        if case.said in skip or (case.name, case.world) in slow:
            continue
        tell(begin=case.said)
        trial = trials.tried(case)
        tell(trial=plain(trial))
        if any(finding.code == "too-slow" for finding in trial.findings):
            slow.add((case.name, case.world))  # once is enough to know
        if trial.gave:
            shown.add(f"{case.kind} {case.name!r}")
    for path in trials.examples():
        if str(path) not in skip:
            tell(begin=str(path))
            try:
                trial, of_example = trials.example(path)
            except PluginFault as fault:
                message = f"the example {path.name}: {fault.message}"
                tell(finding=plain(replace(fault.finding(), code="example-fails", message=message)))
                continue
            tell(trial=plain(trial))
            shown |= of_example
    for kind, mine in (("verb", trials.own(tools.verbs)), ("question", trials.own(tools.questions))):
        for tool in mine:
            if f"{kind} {tool.name!r}" not in shown:
                tell(finding=plain(_unshown(kind, tool.name)))
    tell(end=True)


def _unshown(kind: str, name: str) -> Finding:
    text = f"{kind} {name!r} was never seen to give anything, so hardly anything of it was tried"
    if kind == "verb":
        how = "add an example: a scenario in examples/, or one called like a plugin of one file, with a deal that uses it"
    else:
        how = "add an example: a scenario in examples/, or one called like a plugin of one file, that expects rows of it"
    return Finding("not-shown", text, "warning", (name,), "", how)


if __name__ == "__main__":
    main()
