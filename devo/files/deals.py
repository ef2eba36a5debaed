"""Deal files to deals: provisions with their terms bound to their verbs, and names made ids."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from devo.files.documents import Document, read_document
from devo.files.faults import in_order, instead, shown
from devo.files.filling import filled_document, unknown_parameters
from devo.files.naming import Naming, with_established
from devo.files.reading import Unreadable
from devo.files.shapes import DealShape, InstrumentShape, ProvisionShape, instrument_of
from devo.files.shaping import shaped
from devo.files.terms import bound, tool_named
from devo.ledger import day_made
from devo.names import NameFault
from devo.tools import Tool
from devo.values import Deal, Fault, Instrument, Provision
from devo.world import World

Path = str | os.PathLike[str]

COMMON = frozenset(ProvisionShape.model_fields)


class ReadDeals(NamedTuple):
    """The deals of some files, in the files' order, and every fault of the files.

    A file with a fault gives no deal.
    """

    deals: tuple[Deal, ...]
    faults: tuple[Fault, ...]


def read_deal(path: Path, world: World, verbs: Mapping[str, Tool]) -> tuple[Deal | None, list[Fault]]:
    """The deal of one file, or its faults."""
    found = read_deals([path], world, verbs)
    return (found.deals[0] if found.deals else None), list(found.faults)


def read_deals(
    paths: Iterable[Path],
    world: World,
    verbs: Mapping[str, Tool],
    given: Mapping[str, Any] | None = None,
) -> ReadDeals:
    """Deals of several files read together: any may name a body that another establishes.

    `given` are the values of a sweep's parameters, in the place of `"$name"`.
    """
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            document = read_document(path)
        except Unreadable as unreadable:
            faults += unreadable.faults
            continue
        if given:
            faults += unknown_parameters(document, given)
        documents.append(filled_document(document, given))
    found = deals_from(documents, world, verbs)
    return ReadDeals(found.deals, tuple(in_order([*faults, *found.faults])))


def deals_from(documents: Sequence[Document], world: World, verbs: Mapping[str, Tool]) -> ReadDeals:
    """Deals of files that are read already."""
    naming = Naming(with_established(world, documents))
    readings = [deal_from(document, naming, verbs) for document in documents]
    faults = [*_repeated(documents, world), *(fault for _, found in readings for fault in found)]
    deals = tuple(deal for deal, _ in readings if deal is not None)
    return ReadDeals(deals, tuple(in_order(faults)))


def deal_from(
    document: Document, naming: Naming, verbs: Mapping[str, Tool]
) -> tuple[Deal | None, list[Fault]]:
    """The deal of a file that is read already, or its faults."""
    shape, misshapen = shaped(document, DealShape)
    faults = [*document.faults, *misshapen]
    blocks = document.blocks("provision")
    terms = [_terms(document, number, block, naming, verbs, faults) for number, block in blocks]
    parties = _parties(document, naming, faults)
    own = _instrument(
        document, (), document.data, f"{document.data.get('code', '')}/instrument", naming, faults
    )
    instruments = [
        _instrument(
            document, ("provision", n), block, f"{_id(document, n, block)}/instrument", naming, faults
        )
        for n, block in blocks
    ]
    if shape is None or faults:
        return None, faults
    lines = document.headings("provision")
    default = own or _assumed(shape)
    provisions = tuple(
        _provision(shape, block, n, verb, given, instrument or default, f"{document.path}:{lines[n]}")
        for n, (block, (verb, given), instrument) in enumerate(
            zip(shape.provision, terms, instruments, strict=True)
        )
    )
    deal = Deal(
        code=shape.code,
        name=shape.name,
        provisions=provisions,
        agreed=shape.agreed,
        instrument=own,
        parties=parties,
        status=shape.status,
        summary=shape.summary,
        aliases=tuple(shape.aliases),
        source=shape.source,
        confidence=shape.confidence,
        where=f"{document.path}:1",
    )
    return deal, []


def _provision(
    deal: DealShape,
    block: ProvisionShape,
    number: int,
    verb: str,
    terms: Mapping[str, Any],
    instrument: Instrument,
    where: str,
) -> Provision:
    return Provision(
        id=block.id or f"{deal.code}/{number + 1}",
        verb=verb,
        terms=terms,
        commencement=block.commencement,
        instrument=instrument,
        agreed=block.agreed or instrument.agreed or deal.agreed,
        made=block.made or day_made(instrument, block.commencement),
        deal=deal.code,
        overrides=tuple(block.overrides),
        source=block.source or deal.source,
        confidence=block.confidence or deal.confidence,
        where=where,
    )


def _terms(
    document: Document,
    number: int,
    block: Mapping[str, Any],
    naming: Naming,
    verbs: Mapping[str, Tool],
    faults: list[Fault],
) -> tuple[str, dict[str, Any]]:
    verb = block.get("verb")
    if not isinstance(verb, str):
        return "", {}
    keys = ("provision", number)
    tool = tool_named("verb", verb, verbs, lambda key, *rest: document.fault((*keys, *key), *rest), faults)
    if tool is None:
        return verb, {}
    own = {term.name for term in tool.terms}
    given = {key: value for key, value in block.items() if key not in COMMON or key in own}
    return verb, bound(tool, given, document, keys, naming, faults)


def _parties(document: Document, naming: Naming, faults: list[Fault]) -> tuple[str, ...]:
    found = []
    parties = document.data.get("parties", [])
    for number, party in enumerate(parties if isinstance(parties, list) else []):
        if isinstance(party, str):
            try:
                found.append(naming.meant("body", party))
            except NameFault as fault:
                keys = ("parties", number)
                faults.append(document.fault(keys, f"`parties`: {fault.message}", "", fault.suggestion))
    return tuple(found)


def _instrument(
    document: Document,
    keys: tuple[str | int, ...],
    block: Mapping[str, Any],
    id: str,
    naming: Naming,
    faults: list[Fault],
) -> Instrument | None:
    """The instrument that a deal or provision names or writes out; None where it has none of its own."""
    given = block.get("instrument")
    if isinstance(given, dict):
        try:
            return instrument_of(InstrumentShape.model_validate(given), id)
        except ValueError:
            return None  # the shape of the whole file says what is wrong with it
    if not isinstance(given, str):
        return None
    try:
        return naming.world.instruments[naming.meant("instrument", given)]
    except NameFault as fault:
        how = fault.suggestion or f'for a new one write instrument = {{ title = "{given[:60]}" }}'
        faults.append(document.fault((*keys, "instrument"), f"`instrument`: {fault.message}", "", how))
        return None


def _assumed(deal: DealShape) -> Instrument:
    """The instrument of a deal that names none: what is agreed only promises; a draft supposes its order."""
    common: dict[str, Any] = {"title": deal.name, "source": deal.source, "confidence": deal.confidence}
    if deal.agreed is not None:
        return Instrument(id=deal.code, kind="agreement", agreed=deal.agreed, **common)
    return Instrument(id=deal.code, kind="order", status="draft", **common)


def _id(document: Document, number: int, block: Mapping[str, Any]) -> str:
    return str(block.get("id") or f"{document.data.get('code', '')}/{number + 1}")


def _repeated(documents: Iterable[Document], world: World) -> list[Fault]:
    """Codes and provision ids that are given twice, and overrides of provisions that there are not."""
    # From the files' data and not from the deals, so that a file with another fault is looked at too.
    codes: dict[str, Callable[[], str]] = {deal.code: partial(str, deal.where) for deal in world.deals}
    ids: dict[str, Callable[[], str]] = {
        item.id: partial(str, item.where) for deal in world.deals for item in deal.provisions
    }
    faults: list[Fault] = []
    sources: list[tuple[Document, int, dict[str, Any]]] = []
    for document in documents:
        code = document.data.get("code")
        if isinstance(code, str) and code in codes:
            message = f"another deal has the code {shown(code)}: {codes[code]()}"
            faults.append(document.fault(("code",), message, "", "give each a `code` of its own"))
        elif isinstance(code, str):
            codes[code] = partial(_where, document, ("code",))
        for number, block in document.blocks("provision"):
            sources.append((document, number, block))
            name = _id(document, number, block)
            if name in ids:
                message = f"another provision has the id {shown(name)}: {ids[name]()}"
                keys = ("provision", number, "id")
                faults.append(document.fault(keys, message, "", "give each an `id` of its own"))
            else:
                ids[name] = partial(_where, document, ("provision", number, "id"))
    for document, number, block in sources:
        overrides = block.get("overrides", [])
        for item in overrides if isinstance(overrides, list) else []:
            if isinstance(item, str) and item not in ids:
                keys = ("provision", number, "overrides")
                message = f"`overrides`: no provision has the id {shown(item)}"
                faults.append(document.fault(keys, message, "", instead(item, ids)))
    return faults


def _where(document: Document, keys: tuple[str | int, ...]) -> str:
    return f"{document.path}:{document.line(keys)}"
