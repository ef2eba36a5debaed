"""The bodies and what they hold as JSON-LD in the W3C Organization Ontology, with no library.

Bodies are `org:FormalOrganization`, seats `org:Membership`, successions `org:ChangeEvent`, powers and kinds
`skos:Concept`; areas go by the addresses that the Office for National Statistics gives their codes.
What the ontology has no word for (powers, holdings) has a word of devo's own, and so has ground that
no such code stands for: a part of an area, one area less another. It is named in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from devo.exports.about import about
from devo.exports.holdings import holdings
from devo.formats.json import json_text
from devo.questions import HeldRow
from devo.values import Area, Body, Membership, Power, Succession
from devo.world import World

OWN = "urn:x-devo:"
GSS = "http://statistics.data.gov.uk/id/statistical-geography/"

_GSS_CODE = re.compile(r"[EJKNSW]\d{8}")

CONTEXT: dict[str, Any] = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "devo": f"{OWN}term:",
    "name": "skos:prefLabel",
    "also": "skos:altLabel",
    "notation": "skos:notation",
    "source": "dct:source",
    "start": {"@id": "devo:start", "@type": "xsd:date"},
    "end": {"@id": "devo:end", "@type": "xsd:date"},
    "day": {"@id": "dct:date", "@type": "xsd:date"},
    "spatial": {"@id": "dct:spatial", "@type": "@id"},
    "classification": {"@id": "org:classification", "@type": "@id"},
    "partOf": {"@id": "org:subOrganizationOf", "@type": "@id"},
    "member": {"@id": "org:member", "@type": "@id"},
    "organization": {"@id": "org:organization", "@type": "@id"},
    "role": {"@id": "org:role", "@type": "@id"},
    "original": {"@id": "org:originalOrganization", "@type": "@id"},
    "result": {"@id": "org:resultingOrganization", "@type": "@id"},
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "theme": "devo:theme",
    "confidence": "devo:confidence",
    "holder": {"@id": "devo:holder", "@type": "@id"},
    "power": {"@id": "devo:power", "@type": "@id"},
    "mode": "devo:mode",
    "status": "devo:status",
    "exercisedBy": "devo:exercisedBy",
    "instrument": "devo:instrument",
    "residents": {"@id": "devo:residents", "@type": "xsd:integer"},
}


def content(world: World) -> bytes:
    """The file's bytes."""
    said = about(world)
    held = list(holdings(world))
    graph = [
        {
            "@id": f"{OWN}world",
            "@type": "prov:Entity",
            "name": said["baseline"],
            "day": said["on"],
            "notation": said["fingerprint"],
        },
        *_kinds(world),
        *(_body(body, world) for body in sorted(world.of(Body), key=lambda b: b.id)),
        *_seats(world),
        *_successions(world),
        *(_power(power) for power in sorted(world.of(Power), key=lambda p: p.id)),
        *(_held(number, row) for number, row in enumerate(held, 1)),
        *_ground(world, held),
    ]
    text = json_text({"@context": CONTEXT, "@graph": graph}, indent=1)
    return (text + "\n").encode("utf-8")


def node(kind: str, id: str) -> str:
    """The address of a record."""
    return f"{OWN}{kind}:{quote(id, safe='')}"


def _area(code: str) -> str:
    """The address of an area: that of the Office for National Statistics for a code of its own."""
    return GSS + code if _GSS_CODE.fullmatch(code) else node("area", code)


def _ground(world: World, held: Iterable[HeldRow]) -> Iterator[dict[str, Any]]:
    """What goes by a code of devo's own, with the name that nobody could look up."""
    named = {area.code: area.name for body in world.of(Body) for area in _served(body, world)}
    for row in held:
        named.update(zip(row.places, row.places_names, strict=True))
    for code, name in sorted(named.items()):
        if not _GSS_CODE.fullmatch(code):
            yield {"@id": _area(code), "@type": "dct:Location", "name": name, "notation": code}


def _served(body: Body, world: World) -> list[Area]:
    return world.mosaic.whole_areas(world.mosaic.territory(body.area)) if body.area else []


def _kinds(world: World) -> Iterator[dict[str, Any]]:
    for kind in sorted({body.kind for body in world.of(Body)}):
        yield {"@id": node("kind", kind), "@type": "skos:Concept", "name": kind.replace("-", " ")}
    for role in sorted({seat.role for seat in world.of(Membership)}):
        yield {"@id": node("role", role), "@type": "org:Role", "name": role.replace("-", " ")}


def _body(body: Body, world: World) -> dict[str, Any]:
    return _kept(
        {
            "@id": node("body", body.id),
            "@type": "org:FormalOrganization",
            "name": body.name,
            "notation": body.id,
            "also": list(body.aliases),
            "classification": node("kind", body.kind),
            "partOf": node("body", body.part_of) if body.part_of else "",
            "spatial": [_area(area.code) for area in _served(body, world)],
            "start": _day(body.start),
            "end": _day(body.end),
            "source": body.source,
            "confidence": body.confidence,
        }
    )


def _seats(world: World) -> Iterator[dict[str, Any]]:
    seats = sorted(world.of(Membership), key=lambda s: (s.body, s.member, s.role, str(s.start)))
    for number, seat in enumerate(seats, 1):
        yield _kept(
            {
                "@id": node("membership", str(number)),
                "@type": "org:Membership",
                "member": node("body", seat.member),
                "organization": node("body", seat.body),
                "role": node("role", seat.role),
                "start": _day(seat.start),
                "end": _day(seat.end),
                "source": seat.source,
                "confidence": seat.confidence,
            }
        )


def _successions(world: World) -> Iterator[dict[str, Any]]:
    events = sorted(world.of(Succession), key=lambda s: (s.start, s.old, s.new))
    for number, event in enumerate(events, 1):
        yield _kept(
            {
                "@id": node("succession", str(number)),
                "@type": "org:ChangeEvent",
                "original": node("body", event.old),
                "result": node("body", event.new),
                "day": _day(event.start),
                "source": event.source,
                "confidence": event.confidence,
            }
        )


def _power(power: Power) -> dict[str, Any]:
    return _kept(
        {
            "@id": node("power", power.id),
            "@type": ["skos:Concept", "devo:Power"],
            "name": power.name,
            "notation": power.code or power.id,
            "also": list(power.aliases),
            "theme": power.theme,
            "instrument": power.statute,
            "broader": node("power", power.parent) if power.parent else "",
            "source": power.source,
            "confidence": power.confidence,
        }
    )


def _held(number: int, held: HeldRow) -> dict[str, Any]:
    return _kept(
        {
            "@id": node("holding", str(number)),
            "@type": "devo:Holding",
            "holder": node("body", held.body),
            "power": node("power", held.power),
            "mode": held.mode,
            "status": held.status,
            "exercisedBy": held.exercised_by or "",
            "spatial": [_area(code) for code in held.places],
            "residents": held.residents,
            "start": _day(held.start),
            "end": _day(held.end),
            "instrument": held.instrument,
            "confidence": held.confidence,
        }
    )


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    """What there is to say: a blank is no statement."""
    return {key: value for key, value in said.items() if value not in ("", [], None)}
