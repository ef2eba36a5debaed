"""What bodies spent on services, as the revenue outturn has it: the same money as what paid for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import BodyId, Confidence, Pence, World, question
from devo_funding.parties import party_name
from devo_funding.paying import under
from devo_funding.places import PencePerResident, per_resident
from devo_funding.pots import Service, Spending
from devo_funding.prices import asked_prices
from devo_funding.years import asked_year, year_or_none


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """What a body spent on a service in a fiscal year, net of income; `power` is what it is done under, by id."""

    body: BodyId
    body_name: str
    service: str
    service_name: str
    power: str
    amount_pence: Pence
    per_resident_pence: PencePerResident | None
    kind: str
    confidence: Confidence
    source: str


@question(draw="bars")
def service_spending(
    world: World, body: BodyId = "", year: str = "", prices: str = "", deflator: str = ""
) -> Iterator[SpendingRow]:
    """What a body, or each, spent on each service in a fiscal year: net current expenditure.

    It is never added to `flows`: it is the money of those grants and taxes, once spent.
    `prices` of a fiscal year puts it into them by a `deflator`; without, it is cash.
    """
    asked, constant = asked_year(world, year), asked_prices(world, prices, deflator)
    services = {service.id: service for service in world.of(Service)}
    rules = under(world)
    for row in sorted(world.of(Spending), key=lambda r: (r.body, r.service)):
        if year_or_none(row.year) == asked and (not body or row.body == body):
            service = services.get(row.service)
            pence = constant.of(row.pence, asked) if constant else row.pence
            residents = world.mosaic.residents(world.roster.served(row.body, asked.start))
            yield SpendingRow(
                row.body,
                party_name(world, row.body),
                row.service,
                service.name if service else row.service,
                ";".join(power for power, only in rules.get(row.service, ()) if not only or row.body in only),
                pence,
                per_resident(pence, residents),
                "service-spending",
                row.confidence,
                row.source,
            )


QUESTIONS = (service_spending,)
