"""A plugin checked: tried in processes of its own, twice over, and what hangs cut off.

The two processes differ in the seed of Python's hashes and in the order in which plugins are
registered; what they give may not.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from devo.sources import found
from devo.testing.processes import TrialProcess
from devo.testing.worker import OPENING, SWITCHING
from devo.values import Finding

_GRACE, _STARTING, _PATIENCE = 5.0, 60.0, 4
_ORDER = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Budget:
    """What one call of a plugin may take: seconds of work, and megabytes of memory beyond what there was.

    Work is what the processor did, so that a busy machine makes no plugin slower; one that is at nothing is
    stopped after four times as long.
    """

    seconds: float = 5.0
    megabytes: int = 500


EASY = Budget()


@dataclass(frozen=True, slots=True)
class Tried:
    """One case that was tried: in words, its seconds, how much it gave, and the memory it added in bytes."""

    case: str
    seconds: float
    gave: int
    memory: int


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a plugin came to: its module and version, what was tried, and what there is to say of it.

    `timings` are its hooks and functions as they were called: what, how often, seconds in all and at most.
    `broken` says that it could not be switched on at all.
    """

    plugin: str
    version: str
    tried: tuple[Tried, ...]
    findings: tuple[Finding, ...]
    timings: tuple[tuple[str, int, float, float], ...] = ()
    broken: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing of severity error was found."""
        return not any(finding.severity == "error" for finding in self.findings)


@dataclass
class _Heard:
    """What one process told."""

    name: str = ""
    version: str = ""
    trials: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    timings: list[tuple[str, int, float, float]] = field(default_factory=list)
    broken: bool = False


def checked(plugin: str, budget: Budget = EASY) -> Report:
    """A plugin, named as on the command line, held to everything that plugins have to hold to.

    Raises UnknownPlugin and PluginFault where there is none to check.
    """
    module = found(plugin).module
    one, two = _both(plugin, module, budget)
    findings = [*one.findings, *(finding for finding in two.findings if finding.code == "too-slow")]
    if not one.broken and not two.broken:
        findings += _different(one, two)
    elif two.broken and not one.broken:
        findings += two.findings
    findings += _over(one, budget)
    tried = tuple(Tried(t["case"], t["seconds"], t["gave"], t["memory"]) for t in one.trials.values())
    ordered = sorted(_once(findings), key=lambda finding: _ORDER.index(finding.severity))
    return Report(one.name or module, one.version, tried, tuple(ordered), tuple(one.timings), one.broken)


def _both(plugin: str, module: str, budget: Budget) -> tuple[_Heard, _Heard]:
    """Both ways of trying, side by side."""
    heard: list[_Heard] = [_Heard(), _Heard()]

    def work(turned: int) -> None:
        heard[turned] = _heard(plugin, module, budget, bool(turned))

    threads = [threading.Thread(target=work, args=(turned,)) for turned in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard[0], heard[1]


def _heard(plugin: str, module: str, budget: Budget, turned: bool) -> _Heard:
    """What a process tells; one that hangs is ended, and begun again without what it hung in."""
    heard = _Heard()
    skip: list[str] = []
    while True:
        stuck, why = _once_through(plugin, module, budget, turned, skip, heard)
        if not stuck:
            return heard
        text = f"{stuck}: {why}"
        code = "too-slow" if why.endswith("cut off") else "fails"
        heard.findings.append(
            Finding(code, text, "error", (_function(stuck),), "", _FASTER if code == "too-slow" else "")
        )
        if stuck in skip or stuck in (SWITCHING, OPENING):
            heard.broken = True
            return heard
        skip += [stuck, *(case for case in heard.trials if case not in skip)]


_FASTER = "look at what it does for each piece or body; `--seconds` allows more"


def _once_through(
    plugin: str, module: str, budget: Budget, turned: bool, skip: list[str], heard: _Heard
) -> tuple[str, str]:
    """One process to its end; what it was at and why it was ended, where it had to be."""
    job = {
        "plugin": plugin,
        "module": module,
        "seconds": _PATIENCE * budget.seconds,
        "turned": turned,
        "skip": skip,
        "shown": sorted({case.partition(" on ")[0] for case, trial in heard.trials.items() if trial["gave"]}),
    }
    process = TrialProcess(job, str(1 + turned))
    doing, patience = SWITCHING, _STARTING + _PATIENCE * budget.seconds
    while True:
        try:
            line = process.line(patience)
        except TimeoutError:
            process.end()
            return doing, f"it was not done after {patience:g} seconds, and was cut off"
        if line is None:
            break
        doing = "" if line.get("end") or "broken" in line else line.get("begin", doing)
        # Twice through each case; worlds have to be read first, and examples bring some of their own.
        reading = doing == OPENING or doing.endswith(".toml")
        patience = 2 * _PATIENCE * budget.seconds + _GRACE + (_STARTING if reading else 0)
        _take(line, heard)
    said = process.end()
    return (doing, f"its process ended by itself ({said})") if doing else ("", "")


def _take(line: Mapping[str, Any], heard: _Heard) -> None:
    if "on" in line:
        heard.name, heard.version = line["on"]
    elif "broken" in line:
        heard.broken = True
        heard.findings.append(_finding(line["broken"]))
    elif "finding" in line:
        heard.findings.append(_finding(line["finding"]))
    elif "trial" in line:
        heard.trials[line["trial"]["case"]] = line["trial"]
        heard.findings += [_finding(item) for item in line["trial"]["findings"]]
    elif "timing" in line:
        what, _, calls, seconds, longest = line["timing"]
        heard.timings.append((what, calls, seconds, longest))


def _finding(item: Mapping[str, Any]) -> Finding:
    return Finding(**{**item, "about": tuple(item["about"])})


def _different(one: _Heard, two: _Heard) -> Iterator[Finding]:
    """What the second process gave otherwise than the first."""
    for case, trial in one.trials.items():
        other = two.trials.get(case)
        if other is not None and other["mark"] != trial["mark"]:
            text = f"{case}: gave something else in another process, where plugins came in another order"
            how = "sort what it gives by something of its own; take nothing from the order of a set or of plugins"
            yield Finding("not-deterministic", text, "error", (_function(case),), "", how)
    missing = [case for case in one.trials if case not in two.trials] + [
        case for case in two.trials if case not in one.trials
    ]
    slow = {f.about for f in (*one.findings, *two.findings) if f.code == "too-slow"}
    missing = [case for case in missing if (_function(case),) not in slow]
    for case in missing[:3]:
        if not any(case in finding.message for finding in (*one.findings, *two.findings)):
            text = f"{case}: could be tried in one process and not in another"
            yield Finding(
                "not-deterministic",
                text,
                "error",
                (_function(case),),
                "",
                "look for what depends on an order",
            )


def _over(heard: _Heard, budget: Budget) -> Iterator[Finding]:
    """What took more than the budget has."""
    for case, trial in heard.trials.items():
        if case.startswith("the example"):
            continue  # a whole scenario, with the reading of its world
        if trial["seconds"] > budget.seconds:
            text = f"{case}: took {trial['seconds']:.1f} seconds, of {budget.seconds:g}"
            yield Finding("too-slow", text, "error", (_function(case),), "", _FASTER)
        if trial["memory"] > budget.megabytes * 1_000_000:
            text = f"{case}: took {trial['memory'] / 1e6:,.0f} MB of memory more, of {budget.megabytes}"
            yield Finding(
                "too-large",
                text,
                "error",
                (_function(case),),
                "",
                "yield rows one by one; `--memory` allows more",
            )


def _once(findings: list[Finding]) -> list[Finding]:
    """Each finding once for each function; of those that differ only in the case, the first."""
    kept: dict[tuple[Any, ...], Finding] = {}
    for finding in findings:
        tail = finding.message.partition(": ")[2] or finding.message
        if finding.code == "too-slow":
            tail = ""  # how many seconds is of no account
        kept.setdefault((finding.code, finding.about, tail, finding.where), finding)
    return list(kept.values())


def _function(case: str) -> str:
    """The name of the function that a case is of."""
    return case.partition(" on ")[0].partition(" ")[2].strip("'")
