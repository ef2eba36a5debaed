"""Money passed on: what of a pot a body gives further, by the shares of the pot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from devo import Finding, World
from devo_funding.network import Arc, exact, pass_on
from devo_funding.pots import Share
from devo_funding.spreads import Loose
from devo_funding.years import FiscalYear

if TYPE_CHECKING:
    from devo_funding.flows import Flow


class Passing:
    """The shares of a world that pass money on, by pot, without those only promised."""

    def __init__(self, shares: tuple[Share, ...], promised: frozenset[str]):
        self._shares: dict[str, list[Share]] = {}
        for share in shares:
            if share.to and share.provision not in promised:
                self._shares.setdefault(share.pot, []).append(share)

    def passed_on(
        self, world: World, year: FiscalYear, flows: Sequence[Flow], findings: list[Finding]
    ) -> Iterator[Flow]:
        """What reached a body in a pot and was passed on by the pot's shares."""
        for name, shares in self._shares.items():
            found = [
                share
                for share in shares
                if (share.start or date.min) < year.end and year.start < (share.end or date.max)
            ]
            coming = [flow for flow in flows if flow.pot.id == name] if found else []
            if not coming:
                continue
            sample = coming[0]
            entering: dict[str, int] = {}
            for flow in coming:
                entering[flow.payee] = entering.get(flow.payee, 0) + flow.pence
            arcs, loose = _arcs(world, year, found, sample.payee)
            done = pass_on(entering, arcs, name)
            findings.extend(done.findings)
            hops = dict.fromkeys(entering, 1)
            for arc, pence in done.carried:
                hops[arc.to] = max(hops.get(arc.to, 0), hops.get(arc.giver, 1) + 1)
                if pence:
                    yield replace(
                        sample,
                        payer=arc.giver,
                        payee=arc.to,
                        pence=pence,
                        hop=hops[arc.to],
                        area="",
                        decider="",
                        loose=loose.get((arc.giver, arc.to), ()),
                        order="",
                    )


# What each arc, by giver and receiver, is loose by.
Looseness = dict[tuple[str, str], tuple[Loose, ...]]


def _arcs(world: World, year: FiscalYear, shares: Iterable[Share], payee: str) -> tuple[list[Arc], Looseness]:
    """Shares as arcs: own weights as parts of their sum, a class as its members by a measure."""
    found: dict[tuple[str, str], Fraction] = {}
    spread: dict[tuple[str, str], list[tuple[Share, Fraction]]] = {}
    weighted: dict[str, list[Share]] = {}
    for share in shares:
        giver = share.giver or payee
        if share.weight and not share.rate:
            weighted.setdefault(giver, []).append(share)
            continue
        for to, part in _receivers(world, year, share.to, share.by):
            here = exact(share.rate) * part
            found[giver, to] = found.get((giver, to), Fraction(0)) + here
            if share.spread:
                spread.setdefault((giver, to), []).append((share, here))
    for giver, listed in weighted.items():
        whole = sum(share.weight for share in listed)
        for share in listed:
            for to, part in _receivers(world, year, share.to, share.by):
                here = Fraction(share.weight, whole) * part
                found[giver, to] = found.get((giver, to), Fraction(0)) + here
                if share.spread:
                    spread.setdefault((giver, to), []).append((share, here))
    loose = {
        key: tuple(
            Loose(f"{share.pot} by {share.giver} to {share.to}", share.spread, float(rate / found[key]))
            for share, rate in listed
            if rate
        )
        for key, listed in spread.items()
    }
    return [Arc(giver, to, rate) for (giver, to), rate in found.items()], loose


def _receivers(world: World, year: FiscalYear, to: str, by: str) -> list[tuple[str, Fraction]]:
    """The body that a share goes to, or the members of its class with their parts by a measure."""
    if not to.startswith("every:"):
        return [(to, Fraction(1))]
    sizes: dict[str, int] = {}
    for tenure in world.roster.tenures(to.removeprefix("every:")):
        if tenure.on(year.start, None):
            sizes[tenure.body] = sizes.get(tenure.body, 0) + int(world.mosaic.measure(tenure.pieces, by))
    whole = sum(sizes.values())
    return [(body, Fraction(size, whole)) for body, size in sorted(sizes.items())] if whole else []
