"""What became of what was agreed: each line of a deal as promised, legislated, in force and used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from devo import Deal, DealId, PowerId, Provision, TermFault, World, deal_named, question


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One line of a deal and how far it had come by the day.

    `stage` is the furthest of promised, legislated, in force and used; `came` says no for what was
    agreed and has no law behind it. Where the tables have no day of first use, `used` is blank.
    """

    deal: DealId
    deal_name: str
    provision: str
    what: str
    power: PowerId
    power_name: str
    stage: str
    came: bool
    promised: date | None
    legislated: date | None
    in_force: date | None
    used: date | None
    instrument: str
    source: str
    confidence: str


@question(draw="timeline")
def commitments(world: World, deal: DealId = "") -> Iterator[CommitmentRow]:
    """Each line of a deal (or of all): promised, legislated, in force, used; and what never came."""
    chosen = (
        [deal_named(world, deal)]
        if deal
        else sorted(world.deals, key=lambda d: (d.agreed or date.max, d.code))
    )
    for item in chosen:
        for provision in item.provisions:
            yield _row(world, item, provision)


def _row(world: World, deal: Deal, provision: Provision) -> CommitmentRow:
    today = world.today
    power = str(provision.terms.get("power", ""))
    used = _used(world, power, provision)
    made = provision.made if provision.made and provision.made <= today else None
    force = provision.commencement if made and provision.commencement <= today else None
    stage = "promised" if provision.agreed and provision.agreed <= today else "not yet agreed"
    if made:
        stage = "legislated"
    if force:
        stage = "in force"
    if used:
        stage = "used"
    if provision.instrument.status == "quashed":
        stage = "quashed"
    return CommitmentRow(
        deal.code,
        deal.name,
        provision.id,
        _what(world, provision),
        power,
        world.power_name(power) if power else "",
        stage,
        provision.made is not None,
        provision.agreed,
        provision.made,
        provision.commencement if provision.made else None,
        used,
        world.instrument_title(provision.instrument.id),
        provision.source,
        provision.confidence,
    )


def _used(world: World, power: str, provision: Provision) -> date | None:
    """The day a power was first used under a provision, where the tables have it."""
    holder = provision.terms.get("transferee") or provision.terms.get("holder")
    days = [
        item.used_from
        for item in (world.ledger(power).exercises if power else ())
        if item.holder == holder and item.used_from
    ]
    return min((day for day in days if day <= world.today), default=None)


def _what(world: World, provision: Provision) -> str:
    terms = provision.terms
    who = terms.get("transferee") or terms.get("holder") or terms.get("body") or terms.get("old") or ""
    name = world.holder_name(str(who)) if who else ""
    return f"{provision.verb.replace('-', ' ')}{f': {name}' if name else ''}"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step towards a commencement day: by when, who must take it, and the rule or assumption behind it."""

    deal: DealId
    commencement: date
    step: str
    who: str
    latest: date
    rule: str
    assumed: str


@question(draw="timeline")
def timetable(
    world: World, deal: DealId, weeks_laid: int = 8, weeks_consulting: int = 8
) -> Iterator[StepRow]:
    """From each commencement day of a deal back through making, debate, laying, consent and consultation.

    `weeks_laid` (before it is made, the draft lies before Parliament) and `weeks_consulting` are assumptions
    that you can change; the rules are the Acts' own.
    """
    chosen = deal_named(world, deal)
    members = ", ".join(world.body_name(body) for body in chosen.parties) or "the councils concerned"
    for day in sorted({provision.commencement for provision in chosen.provisions}):
        made, laid, consented, consulted = _back(day, weeks_laid, weeks_consulting)
        for step, who, latest, rule, assumed in (
            ("in force", "", day, "the provision's own commencement", ""),
            (
                "order made",
                "the Secretary of State",
                made,
                "",
                "in force the day after it is made, the usual form",
            ),
            (
                "draft approved by resolution of each House",
                "Parliament",
                made,
                "Local Democracy, Economic Development and Construction Act 2009 s.117",
                "",
            ),
            (
                "draft order and report laid",
                "the Secretary of State",
                laid,
                "Local Democracy, Economic Development and Construction Act 2009 ss.105B, 117",
                f"{weeks_laid} weeks between laying and making; recess is not allowed for",
            ),
            (
                "consent given",
                members,
                consented,
                "Local Democracy, Economic Development and Construction Act 2009 s.105B",
                "the parties of the deal are those whose consent is needed",
            ),
            (
                "consultation begun",
                members,
                consulted,
                "Local Democracy, Economic Development and Construction Act 2009 Part 6 (the section was not seen)",
                f"{weeks_consulting} weeks of consultation and consideration",
            ),
        ):
            yield StepRow(chosen.code, day, step, who, latest, rule, assumed)


def _back(day: date, weeks_laid: int, weeks_consulting: int) -> tuple[date, date, date, date]:
    """The latest days on which an order is made, its draft laid, consent given and consultation begun."""
    if weeks_laid < 0 or weeks_consulting < 0:
        raise TermFault("timetable: weeks cannot be less than nought")
    try:
        made = day - timedelta(days=1)
        laid = made - timedelta(weeks=weeks_laid)
        consented = laid - timedelta(days=1)
        return made, laid, consented, consented - timedelta(weeks=weeks_consulting)
    except OverflowError:
        raise TermFault(
            f"timetable: with so many weeks the steps to {day} begin before the calendar does"
        ) from None
