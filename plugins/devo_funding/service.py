"""What bodies spent on services, as the revenue outturn has it: the same money as what paid for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import BodyId, Confidence, Pence, World, question
from devo_funding.answers import PencePerResident
from devo_funding.flows import party_name
from devo_funding.places import per_resident
from devo_funding.pots import Service, Spending
from devo_funding.years import asked_year


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """What a body spent on a service, net, in a fiscal year."""

    body: BodyId
    body_name: str
    service: str
    service_name: str
    power: str
    amount_pence: Pence
    per_resident_pence: PencePerResident | None
    kind: str
    confidence: Confidence


@question(draw="bars")
def service_spending(world: World, body: BodyId = "", year: str = "") -> Iterator[SpendingRow]:
    """What a body, or each, spent on each service in a fiscal year: net current expenditure.

    It is never added to `flows`: it is the money of those grants and taxes, once spent.
    """
    asked = asked_year(world, year)
    services = {service.id: service for service in world.of(Service)}
    for row in sorted(world.of(Spending), key=lambda r: (r.body, r.service)):
        if row.year == str(asked) and (not body or row.body == body):
            service = services.get(row.service)
            residents = world.mosaic.residents(world.roster.served(row.body, asked.start))
            yield SpendingRow(
                row.body,
                party_name(world, row.body),
                row.service,
                service.name if service else row.service,
                ";".join(service.powers) if service else "",
                row.pence,
                per_resident(row.pence, residents),
                "service-spending",
                row.confidence,
            )


QUESTIONS = (service_spending,)
