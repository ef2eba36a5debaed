"""Plans: two worlds side by side, as lines an official would say, sentences first.

A plan of a deal compares the world without it to the world with it. Each power the deal touches is
compared on every day that one of its provisions commences, so that what came and went is seen, and
everything once more on the last of those days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from devo.answers import plain
from devo.calling import PluginFault, borne, called, instance_of
from devo.differing import touched
from devo.divisions import family
from devo.mosaic import Pieces
from devo.moves import KINDS, Move, moves, origin_of
from devo.plain_words import summary, told_of_promises
from devo.plans import EVERYTHING, Change, Plan, Wanted, change_of
from devo.taking_effect import Verb, one_by_one
from devo.tools import Tool
from devo.values import Deal, Finding, Provision, day_after, day_before
from devo.words import count
from devo.world import World


class NotOneMap(ValueError):
    """Two worlds that cannot stand side by side: no place of one is a place of the other."""


def plan_deals(
    before: World,
    after: World,
    deals: Sequence[Deal],
    questions: Iterable[Tool] = (),
    *,
    verbs: Mapping[str, Verb] | None = None,
    on: date | None = None,
    wanted: Wanted = EVERYTHING,
) -> Plan:
    """What some deals change: `before` is the world without them, `after` the same world with them.

    Without `on`, every power is compared on each day that a provision about it commences and on
    the day after the last of all; with it, on that day alone. With `verbs`, what was agreed and never
    made into law stands beside it as what would have come. Raises NotOneMap.
    """
    _on_one_map(before, after)
    provisions = [p for deal in deals for p in deal.provisions if p.made is not None]
    promised = [change for deal in deals for change in _promised(before, deal, verbs or {})]
    title = " and ".join(f"{deal.name} ({deal.code})" for deal in deals)
    if not provisions and on is None:
        last = max((p.commencement for deal in deals for p in deal.provisions), default=date.min)
        return _only_promised(title, before.on(last), after.on(last), promised, wanted)
    final = on or day_after(max(p.commencement for p in provisions))
    found: dict[tuple[Any, ...], Move] = {}
    for day, within in _days(before, after, provisions) if on is None else ():
        for move in moves(before.on(day), after.on(day), within):
            found.setdefault((move.kind, move.power, move.before, move.after), move)
    for move in moves(before.on(final), after.on(final)):
        found.setdefault((move.kind, move.power, move.before, move.after), move)
    first = on or day_before(min(p.commencement for p in provisions))
    return _plan(
        title,
        before.on(final),
        after.on(final),
        (first, final),
        _superseded(found),
        questions,
        wanted,
        promised,
    )


def _only_promised(
    title: str, before: World, after: World, promised: Sequence[Change], wanted: Wanted
) -> Plan:
    """The plan of deals of which nothing was made into law."""
    said = f"{title} changes no power: nothing it agreed has been made into law."
    return Plan(
        title,
        before,
        after,
        (before.today, after.today),
        (said, *told_of_promises(promised)),
        tuple(change for change in promised if wanted.wants(change)),
        {},
        (),
    )


def _promised(before: World, deal: Deal, verbs: Mapping[str, Verb]) -> Iterator[Change]:
    """What provisions that were agreed and never made into law would have changed on their day."""
    for provision in deal.provisions:
        power = provision.terms.get("power")
        never = provision.made is None and provision.agreed and provision.instrument.status != "quashed"
        if not never or provision.verb not in verbs or power not in before.powers:
            continue
        as_law = replace(provision, made=provision.commencement)
        would, _ = one_by_one(before, [as_law], verbs)
        within = dict.fromkeys(_whole(before, str(power)), before.mosaic.everywhere)
        eve, day = before.on(day_before(provision.commencement)), would.on(provision.commencement)
        for move in moves(eve, day, within):
            if move.cause is not None and origin_of(move.cause) == provision.id:
                change = change_of(eve, day, move)
                # On the eve nothing of it was law that could have commenced.
                yield replace(
                    change, basis="agreed", kind="gained" if change.kind == "commenced" else change.kind
                )


def compare(
    before: World,
    after: World,
    questions: Iterable[Tool] = (),
    *,
    title: str = "",
    wanted: Wanted = EVERYTHING,
) -> Plan:
    """Two worlds, each on its own day, side by side. Raises NotOneMap."""
    _on_one_map(before, after)
    lines = moves(before, after)
    return _plan(title, before, after, (before.today, after.today), lines, questions, wanted)


def _on_one_map(before: World, after: World) -> None:
    if before.mosaic is after.mosaic:
        return
    one, two = ([piece.id for piece in world.mosaic.pieces] for world in (before, after))
    if one != two:
        raise NotOneMap(
            f"the two worlds are on different maps, one of {count(len(one), 'piece')} and one of "
            f"{count(len(two), 'piece')}, so no place of one is known to be a place of the other; "
            "compare two baselines of one country, or one baseline with deals and without"
        )


def _days(
    before: World, after: World, provisions: Iterable[Provision]
) -> Iterator[tuple[date, dict[str, Pieces]]]:
    """The days on which provisions commence, each with the powers they are about and the pieces they touch."""
    by_day: dict[date, set[str]] = {}
    for provision in provisions:
        power = provision.terms.get("power")
        if isinstance(power, str) and power in after.powers:
            by_day.setdefault(provision.commencement, set()).update(_whole(after, power))
    for day, powers in sorted(by_day.items()):
        yield day, {p: touched(before, p, day) | touched(after, p, day) for p in powers}


def _whole(world: World, power: str) -> list[str]:
    """The undivided power that a power is a part of, or itself."""
    return [name for name in family(world, power) if not world.powers[name].parent]


def _superseded(found: Mapping[tuple[Any, ...], Move]) -> list[Move]:
    """Lines without those that a later day says more fully: gained by a body that another line moves to."""
    lines = list(found.values())
    alike: dict[tuple[str, str], list[Move]] = {}
    for line in lines:
        alike.setdefault((line.power, line.kind), []).append(line)
    kept = []
    for line in lines:
        fuller = [
            other
            for other in alike[line.power, line.kind]
            if other is not line
            and set(line.after) == set(other.after)
            and set(line.before) < set(other.before)
            and line.pieces <= other.pieces
        ]
        if not fuller:
            kept.append(line)
    return kept


def _plan(
    title: str,
    before: World,
    after: World,
    on: tuple[date, date],
    lines: Iterable[Move],
    questions: Iterable[Tool],
    wanted: Wanted,
    promised: Iterable[Change] = (),
) -> Plan:
    changes = [change for line in lines if wanted.wants(change := change_of(before, after, line))]
    changes.sort(key=lambda c: (KINDS.index(c.kind), c.on, c.power, c.after, c.before))
    done = {(change.kind, change.power, change.after) for change in changes}
    agreed = [c for c in promised if wanted.wants(c) and (c.kind, c.power, c.after) not in done]
    indirect, findings = _indirect(before, after, questions)
    leaning = tuple(finding for finding in after.findings if finding not in before.findings)
    findings = (*findings, *leaning, *(f for f in before.findings if f not in after.findings))
    return Plan(
        title,
        before,
        after,
        on,
        tuple(summary(title, after, changes, indirect, agreed, wanted != EVERYTHING, wanted.pieces)),
        (*changes, *agreed),
        indirect,
        tuple(_as_warnings(findings, before)),
    )


def _as_warnings(findings: Iterable[Finding], before: World) -> Iterable[Finding]:
    """A provision that can take effect with the deal and not without it leans on it: a warning."""
    for finding in findings:
        if finding in before.findings and finding.code in ("cannot-take-effect", "changes-nothing"):
            text = f"It leans on this deal, and could not take effect without it: {finding.message}"
            yield Finding("leans-on", text, "warning", finding.about, finding.where)
        else:
            yield finding


def _indirect(
    before: World, after: World, questions: Iterable[Tool]
) -> tuple[dict[str, tuple[Mapping[str, Any], ...]], tuple[Finding, ...]]:
    """What plugins' questions marked for plans answer differently in the two worlds, row by row."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    failed: list[Finding] = []
    for tool in questions:
        if not tool.options.get("in_plan") or any(term.required for term in tool.terms):
            continue
        try:
            old, new = (
                called("question", tool, world, misfit=instance_of(tool.row)) for world in (before, after)
            )
        except PluginFault as fault:  # one plugin's fault must not hide the plan
            failed.append(borne(fault))
            continue
        rows = [{"question": tool.name, "was": plain(row)} for row in old if row not in new]
        rows += [{"question": tool.name, "becomes": plain(row)} for row in new if row not in old]
        if rows:
            found.setdefault(tool.plugin, []).extend(rows)
    return {plugin: tuple(rows) for plugin, rows in found.items()}, tuple(failed)
