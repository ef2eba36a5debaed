"""The rungs of the ladder as law: what the framework would give an authority, enacted as a draft and compared.

Where the draft deal of the Act of 2026 says how a body comes to a power, that is enacted; for the rest a
provision in the form in which the framework offers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from devo import (
    Condition,
    Confidence,
    Deal,
    Held,
    Instrument,
    Provision,
    World,
    alike,
    enact,
    holders,
    is_modelled,
    named,
    read_deal,
    runs,
)
from devo_england.records import Offer

CODE = "LADDER"
ACT = "ACT-2026"
_FRAMEWORK = Instrument(
    "english-devolution-framework",
    "English devolution framework, White Paper of December 2024",
    "policy",
    status="draft",
)
# What is organised on these can be a mayor's only where an authority is made of whole areas of them.
UNDIVIDED = {"pfa24": "police area", "fra24": "fire and rescue area"}
_COUNCIL_CONSENTS = frozenset({"consent", "veto", "override"})


@dataclass(frozen=True)
class Ladder:
    """An authority with every rung of the framework enacted for it: the world before, and after."""

    before: World
    body: str
    offers: dict[str, Offer]

    @cached_property
    def served(self) -> frozenset[int]:
        """The pieces that the authority serves on the day."""
        return frozenset(self.before.roster.served(self.body, self.before.today))

    @cached_property
    def own(self) -> frozenset[str]:
        """The authority with its functional and executive bodies."""
        bodies = self.before.roster.bodies.values()
        return frozenset({self.body, *(body.id for body in bodies if body.part_of == self.body)})

    @cached_property
    def in_london(self) -> bool:
        """Whether the authority is the Greater London Authority, which has law of its own."""
        return self.before.roster.bodies[self.body].kind == "gla"

    @cached_property
    def draft(self) -> tuple[Provision, ...]:
        """The provisions of the Act's draft deal that are about powers; none where it is enacted already."""
        if any(deal.code == ACT for deal in self.before.deals):
            return ()
        return tuple(p for p in read_deal(ACT, self.before).provisions if "power" in p.terms)

    @cached_property
    def after(self) -> World:
        """The world with what is offered and not yet held enacted on the day."""
        provisions = [p for power in self.offers for p in self.provisions(power)]
        return enact(self.before, [Deal(CODE, "The framework, enacted for one authority", tuple(provisions))])

    @cached_property
    def refused(self) -> dict[str, str]:
        """By power, why what is offered cannot take effect."""
        new = [finding for finding in self.after.findings if finding not in self.before.findings]
        said = {}
        for finding in new:
            for about in finding.about:
                if about.startswith(f"{CODE}/"):
                    said[about.removeprefix(f"{CODE}/").partition("#")[0]] = finding.message
        return said

    def parts(self, power: str) -> tuple[str, ...]:
        """The parts a statute divides a power into, or the power itself."""
        divided = self.before.children.get(power, ())
        # A single part is one that was split off: what is left of the whole is held apart from it.
        return divided if len(divided) > 1 else (power, *divided)

    def holders(self, world: World, power: str) -> dict[str, frozenset[int]]:
        """The bodies that hold a power or a part of it within the authority, each with the pieces where they do."""
        found: dict[str, frozenset[int]] = {}
        for part in self.parts(power):
            for group in alike(world, part, self.served):
                for held in holders(world, part, min(group)):
                    found[held.body] = found.get(held.body, frozenset()) | (group & self.served)
        return found

    def holds(self, power: str) -> bool:
        """Whether the authority, or a body of its own, holds a power and every part of it somewhere."""
        return all(self._has(part) for part in self.parts(power))

    def alone(self, power: str) -> bool:
        """Whether nobody but the authority holds a power in its area in its own right."""
        return all(self._alone(part) for part in self.parts(power))

    def new(self, power: str) -> bool:
        """Whether nobody at all holds a power in the authority's area today."""
        return not self.holders(self.before, power)

    def _has(self, power: str) -> bool:
        return any(held.body in self.own for held in self._held(power))

    def _alone(self, power: str) -> bool:
        return all(held.body in self.own or held.mode == "delegated" for held in self._held(power))

    def _as_the_whole(self, part: str, power: str) -> bool:
        """Whether a part is held as what it was split off is held, and so follows it."""
        return part != power and {(h.body, h.effect) for h in self._held(part)} == {
            (h.body, h.effect) for h in self._held(power)
        }

    def _held(self, power: str) -> Iterator[Held]:
        for group in alike(self.before, power, self.served):
            yield from holders(self.before, power, min(group))

    def losing(self, power: str) -> dict[str, frozenset[int]]:
        """Who would hold a power no more, and where."""
        before, after = self.holders(self.before, power), self.holders(self.after, power)
        lost = {body: where - after.get(body, frozenset()) for body, where in before.items()}
        return {body: where for body, where in sorted(lost.items()) if where}

    def surest(self, power: str, offered: Confidence) -> Confidence:
        """How sure a row is that says who would lose a power: no surer than who holds it today."""
        held = [held.effect.confidence for part in self.parts(power) for held in self._held(part)]
        return min([offered, *held], key=("unsure", "known", "verified").index)

    def consents(self, power: str) -> list[Condition]:
        """What of the authority's use of a power its members and councils have to agree to today."""
        day = self.before.today
        return [
            item
            for name in dict.fromkeys((power, *self.parts(power)))
            for item in self.before.ledger(name).conditions
            if item.holder == self.body
            and item.to == "use"
            and item.kind in _COUNCIL_CONSENTS
            and runs(item, day)
        ]

    def cut(self, power: str) -> list[str]:
        """The police or fire areas that the authority has only a part of, by name."""
        layer = self.before.powers[power].organised_on
        if layer not in UNDIVIDED:
            return []
        mosaic = self.before.mosaic
        return sorted(
            mosaic.area(f"{layer}:{code}").name
            for code, pieces in mosaic.layers.get(layer, {}).items()
            if pieces & self.served and not pieces <= self.served
        )

    def wanted(self, power: str) -> bool:
        """Whether there is anything to enact: offered, not there already, and not kept away by a boundary."""
        offer = self.offers[power]
        if offer.form == "consulted" or self.cut(power):
            return False
        if self.in_london and not self._by_the_act(power):
            return False
        return not (self.holds(power) and (offer.form != "instead" or self.alone(power)))

    def provisions(self, power: str) -> Iterator[Provision]:
        """The provisions that would bring an offered power about, for the whole of the authority's area."""
        if not self.wanted(power):
            return
        acts = self._by_the_act(power)
        if acts:
            for number, provision in enumerate(acts):
                yield self._today(provision, f"{power}#{number}")
            return
        form = self.offers[power].form
        for number, part in enumerate(self.parts(power)):
            if self._has(part) and (form != "instead" or self._alone(part)):
                continue
            if number and len(self.parts(power)) == 2 and self._as_the_whole(part, power):
                continue
            verb, terms = self._in_form(part, form)
            if verb:
                yield self._today(
                    Provision("", verb, terms, self.before.today, _FRAMEWORK), f"{power}#{number}"
                )

    def _by_the_act(self, power: str) -> list[Provision]:
        """What the Act's draft deal says of the authority and a power."""
        return [
            p
            for p in self.draft
            if p.terms["power"] == power and self.body in (p.terms.get("holder"), p.terms.get("transferee"))
        ]

    def _in_form(self, power: str, form: str) -> tuple[str, dict[str, Any]]:
        """The verb and terms that bring a power about in a form, from how it is held in the area today."""
        area = self.before.roster.bodies[self.body].area
        others = [item for item in named(self.before, power, area) if item.holder not in self.own]
        own_right = [item.holder for item in others if item.effect.mode != "delegated"]
        if not own_right:
            # Money that nobody is known to hold can be new only where silence means that nobody holds it, and
            # only if others elsewhere hold it: else the programme has ended.
            known = form != "delegated" or (
                bool(named(self.before, power, ""))
                and all(is_modelled(self.before, power, p) for p in self.served)
            )
            return ("confer", {"power": power, "holder": self.body}) if known else ("", {})
        if form == "delegated":
            return "delegate", {"power": power, "transferor": own_right[0], "transferee": self.body}
        if form == "instead":
            return "transfer", {"power": power, "transferee": self.body}
        if form == "jointly":
            return "make-joint", {"power": power, "holders": (*own_right, self.body), "area": area}
        return "share", {"power": power, "transferee": self.body}

    def _today(self, provision: Provision, name: str) -> Provision:
        """A provision of the ladder's own deal that is law from the day."""
        made = self.before.as_known or self.before.today
        return replace(
            provision,
            id=f"{CODE}/{name}",
            deal=CODE,
            commencement=self.before.today,
            made=made,
            confidence="unsure",
        )
