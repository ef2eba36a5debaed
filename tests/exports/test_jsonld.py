"""Linked data: rdflib parses it, and finds bodies, seats and holdings in the Organization Ontology's words."""

import json
import re

import pytest
from worlds import world

from devo.exports import jsonld
from devo.values import Body, Membership, Power, Succession

rdflib = pytest.importorskip("rdflib")
# rdflib's own reader of JSON-LD uses what rdflib is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def parsed(world):
    return rdflib.Graph().parse(data=jsonld.content(world), format="json-ld")


def subjects(graph, type_):
    return set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(type_)))


def test_every_record_is_there_in_the_ontologys_words(small):
    found = parsed(small)
    assert len(subjects(found, f"{ORG}FormalOrganization")) == len(small.of(Body))
    assert len(subjects(found, f"{ORG}Membership")) == len(small.of(Membership)) == 2
    assert len(subjects(found, f"{ORG}ChangeEvent")) == len(small.of(Succession)) == 1
    assert len(subjects(found, f"{jsonld.OWN}term:Power")) == len(small.of(Power))


def test_a_holding_says_who_holds_what_where_and_since_when(small):
    found = parsed(small)
    own = rdflib.Namespace(f"{jsonld.OWN}term:")
    held = {
        (str(found.value(h, own.holder)), str(found.value(h, own.power)), str(found.value(h, own.start)))
        for h in subjects(found, f"{jsonld.OWN}term:Holding")
    }
    assert ("urn:x-devo:body:gaca", "urn:x-devo:power:buses", "2017-06-27") in held
    start = found.value(rdflib.URIRef("urn:x-devo:body:gaca"), own.start)
    assert start.toPython().isoformat() == "2011-04-01"


def test_ground_that_no_code_stands_for_has_an_address_and_a_name_of_devos_own():
    own = """
    [[holding]]
    id = "h"
    power = "buses"
    holder = "gaca"
    area = "E92000001 - E08000001"
    instrument = "act"
    """
    found = json.loads(jsonld.content(world(own).on("2018-01-01")))["@graph"]
    grounds = {address for node in found for address in node.get("spatial", ())}
    official = {address for address in grounds if re.fullmatch(r"http://statistics.*/[A-Z]\d{8}", address)}
    named = {node["@id"]: node["name"] for node in found if node["@type"] == "dct:Location"}
    assert official
    assert named == {"urn:x-devo:area:E92000001%20-%20E08000001": "England less Ash"}
    assert grounds - official == set(named)


def test_names_are_text(small):
    found = parsed(small)
    name = found.value(rdflib.URIRef("urn:x-devo:body:odd"), rdflib.URIRef(f"{SKOS}prefLabel"))
    assert str(name) == 'Odd <b>"Council"</b> & [co] \\| x'


@pytest.mark.nightly
def test_england_parses(england):
    found = parsed(england)
    assert len(subjects(found, f"{ORG}FormalOrganization")) == len(england.of(Body))
