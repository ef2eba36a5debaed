"""What texts in a file mean in a world, with what deals bring into being."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from devo.files.documents import Document
from devo.mosaic import UnknownArea
from devo.names import NameFault, resolve
from devo.values import Body, Designation
from devo.world import World


class Naming:
    """What texts mean in a world; each is looked up once."""

    def __init__(self, world: World):
        self.world = world
        self._known: dict[tuple[str, str], str | NameFault] = {}

    def meant(self, ref: str, text: str) -> str:
        """The id that a text means as a reference of a kind. Raises NameFault."""
        key = (ref, text)
        if key not in self._known:
            try:
                self._known[key] = resolve(self.world, ref, text)
            except NameFault as fault:
                self._known[key] = fault
            except UnknownArea:
                self._known[key] = NameFault("place", text, ())
        found = self._known[key]
        if isinstance(found, NameFault):
            raise found
        return found


def with_established(world: World, documents: Iterable[Document]) -> World:
    """The world with the bodies and statuses that deals bring into being, for looking up names only."""
    fresh: dict[str, Body] = {}
    statuses: list[Designation] = []
    naming = Naming(world)
    for document in documents:
        for _, block in document.blocks("provision"):
            texts = {key: value for key, value in block.items() if isinstance(value, str)}
            body, verb = texts.get("body", ""), texts.get("verb")
            if verb == "designate" and "designation" in texts:
                statuses.append(Designation(body, texts["designation"]))
            if verb != "establish" or not body or body in world.roster.bodies:
                continue
            record = Body(body, texts.get("name", body), texts.get("kind", ""))
            aliases = block.get("aliases")
            if isinstance(aliases, list):
                record = replace(record, aliases=tuple(item for item in aliases if isinstance(item, str)))
            with suppress(NameFault):  # which is said where the provision is read
                record = replace(record, area=naming.meant("areas", texts.get("area", "")))
            fresh.setdefault(body, record)
    if not fresh and not statuses:
        return world
    return world.changed(
        records={
            Body: (*world.of(Body), *fresh.values()),
            Designation: (*world.of(Designation), *statuses),
        }
    )
