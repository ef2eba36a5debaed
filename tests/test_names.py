"""What a user means by a text: steps, aliases, codes in any case, and what is near."""

import pytest
from worlds import enacted, provision, world

from devo import names
from devo.names import NameFault

WORLD = world("""
    [[area]]
    geography = "pfa24"
    code = "E23000003"
    name = "Cole"

    [[area]]
    geography = "ctry24"
    code = "E92000009"
    name = "Twin Town"

    [[area]]
    geography = "lad24"
    code = "E08000007"
    name = "Twin Town"
    aliases = ["The Twins"]

    [[piece]]
    id = "e"
    measures = {residents = 10}
    areas = {lad24 = "E08000007"}

    [[piece]]
    id = "f"
    measures = {residents = 10}
    areas = {pfa24 = "E23000003"}

    [[body]]
    id = "twin"
    name = "Bishop"
    kind = "board"
    area = "E08000001"

    [[body]]
    id = "other-twin"
    name = "Bishop"
    kind = "board"
    area = "E08000002"

    [[body]]
    id = "gone-bishop"
    name = "Greater Ash Combined Authority"
    kind = "board"
    area = "E08000002"
    end = 2011-01-01

    [[power]]
    id = "trams"
    name = "Trams"
    code = "T09"
    aliases = ["light rail"]

    [[body-class]]
    id = "local"
    name = "local bodies"
    members = "metropolitan-district"
""")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E08000003", "E08000003"),
        ("e08000003", "E08000003"),
        ("E08009001", "E08000001"),
        ("lad24:E08000003", "E08000003"),
        ("Ash", "E08000001"),
        ("  aSh ", "E08000001"),
        ("The Twins", "E08000007"),
        ("ash city council", "E08000001"),
        ("gaca", "E47000001"),
        ("GACA", "E47000001"),
        ("greater ash", "E47000001"),
        ("Ashshire PCC", "E23000001"),
        ("England", "E92000001"),
    ],
)
def test_a_place_by_code_alias_or_name_in_any_case(text, code):
    assert names.place(WORLD, text).id == code


def test_a_council_area_is_found_before_a_police_area_of_the_same_name():
    assert names.place(WORLD, "Cole").geography == "lad24"


def test_names_of_one_territory_are_not_ambiguous():
    found = names.place(WORLD, "Dene")
    assert (found.id, found.geography) == ("E08000004", "lad24")


def test_a_sum_of_areas_is_a_place():
    found = names.place(WORLD, "E08000001 + E08000003")
    assert (found.id, found.pieces) == ("E08000001 + E08000003", {0, 2})


def test_a_name_of_two_territories_in_one_step_lists_them():
    with pytest.raises(NameFault) as raised:
        names.place(WORLD, "Bishop")
    fault = raised.value
    assert fault.ambiguous
    assert fault.message == "'Bishop' names more than one place"
    assert fault.suggestion == "say which: Ash (E08000001), Beck (E08000002)"


@pytest.mark.parametrize(
    ("kind", "text", "near"),
    [
        ("place", "Bek Council", "Beck Council"),
        ("place", "Greater Ahs", "Greater Ash"),
        ("body", "Ash Council", "Ash City Council"),
        ("body", "GACCA", "GACA"),
        ("power", "Bus franchise", "Bus franchising"),
        ("holder", "every:metropolitan-distict", "metropolitan-district"),
        ("geography", "lad25", "lad24"),
        ("instrument", "Buses Act 2008", "Buses Act 2009"),
    ],
)
def test_an_unknown_name_lists_what_is_near(kind, text, near):
    with pytest.raises(NameFault) as raised:
        names.resolve(WORLD, kind, text)
    assert not raised.value.ambiguous
    assert near in raised.value.nearest
    assert len(raised.value.nearest) <= 3
    assert raised.value.suggestion.startswith("did you mean: ")


def test_nothing_near_is_nothing_said():
    with pytest.raises(NameFault) as raised:
        names.power(WORLD, "zzzzzzzzz")
    assert raised.value.suggestion == ""


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("gaca", "gaca"),
        ("GACA", "gaca"),
        ("greater ash combined authority", "gaca"),
        ("E47000001", "gaca"),
        ("E08000003", "cole"),
        ("The Minister", "minister"),
    ],
)
def test_a_body_by_id_alias_name_or_the_code_of_its_area(text, body):
    assert names.body(WORLD, text).id == body


def test_a_code_means_the_council_and_never_another_body_of_that_area():
    assert names.body(WORLD, "E08000001").id == "ash"
    with pytest.raises(NameFault):
        names.body(WORLD, "E23000001")


def test_two_bodies_of_one_name_are_ambiguous():
    with pytest.raises(NameFault) as raised:
        names.body(WORLD, "bishop")
    assert raised.value.nearest == ("Bishop (twin)", "Bishop (other-twin)")


@pytest.mark.parametrize("text", ["buses", "T03", "t03", "BUS FRANCHISING"])
def test_a_power_by_id_code_or_name(text):
    assert names.power(WORLD, text).id == "buses"


def test_a_power_by_alias():
    assert names.power(WORLD, "Light Rail").id == "trams"


def test_a_deal_by_code_or_name():
    after = enacted(WORLD, provision("abolish", "2014-04-01", body="ash"))
    assert names.deal(after, "ex-1").code == "EX-1"
    assert names.deal(after, "the deal EX-1").code == "EX-1"


@pytest.mark.parametrize(
    ("kind", "text", "canonical"),
    [
        ("areas", "Ash", "lad24:E08000001"),
        ("areas", "E47000001 - Ash", "E47000001 - lad24:E08000001"),
        ("areas", "gaca", "cauth25:E47000001"),
        ("holder", "GACA", "gaca"),
        ("holder", "every:local - ash", "every:local - ash"),
        ("geography", "Police areas", "pfa24"),
        ("instrument", "SI 2016/100", "order"),
        ("unheard-of", "as it is", "as it is"),
    ],
)
def test_a_reference_becomes_its_canonical_text(kind, text, canonical):
    assert names.resolve(WORLD, kind, text) == canonical


POLICED = world("""
    geography = [{id = "lad22", name = "Districts of old"}]
    area = [
        {geography = "lad22", code = "E08000008", name = "Eden"},
        {geography = "lad24", code = "E08000008", name = "Eden"},
        {geography = "lad24", code = "E08000009", name = "Cold"},
    ]
    piece = [
        {id = "e", measures = {residents = 50}, areas = {lad22 = "E08000008", ctry24 = "E92000001"}},
        {id = "f", measures = {residents = 50}, areas = {lad24 = "E08000008", ctry24 = "E92000001"}},
    ]
    body = [
        {id = "most", name = "Most Police", kind = "board", area = "E23000001 - E08000001"},
        {id = "cold", name = "Cold and Cole Authority", kind = "combined-authority", area = "E08000003 + E08000004"},
    ]
""")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Most Police", "bc"),
        ("Cole - Most Police", ""),
        ("Dene - Most Police", "d"),
        ("Ash + Most Police", "abc"),
        ("England - Most Police", "adef"),
        ("Dene + Cold and Cole Authority - Cole", "d"),
    ],
)
def test_what_a_bodys_area_leaves_out_concerns_that_body_alone(text, pieces):
    spelt = names.resolve(POLICED, "areas", text)
    mosaic = POLICED.mosaic
    assert "".join(sorted(mosaic.pieces[n].id for n in mosaic.territory(spelt))) == pieces


@pytest.mark.parametrize(
    ("text", "bound", "pieces"),
    [
        ("lad22:E08000008", "lad22:E08000008", "e"),
        ("lad24:E08000008", "E08000008", "f"),
        ("Ash City Council", "E08000001", "a"),
        ("piece:b", "piece:b", "b"),
        ("Cold and Cole Authority", "E08000003 + E08000004", "cd"),
    ],
)
def test_a_place_is_bound_to_a_text_that_means_it_and_no_other(text, bound, pieces):
    assert names.resolve(POLICED, "place", text) == bound
    found = names.place(POLICED, bound)
    assert "".join(sorted(POLICED.mosaic.pieces[n].id for n in found.pieces)) == pieces


def test_the_place_of_a_body_is_what_it_serves_on_the_day():
    place = world("""
        serving = [
            {body = "gaca", area = "E08000001", end = 2015-01-01},
            {body = "gaca", area = "E47000001", start = 2015-01-01},
        ]
    """)
    assert names.place(place.on("2014-12-31"), "GACA").name == "Ash"
    assert names.place(place.on("2015-01-01"), "GACA").name == "Greater Ash"
    assert names.place(place, "GACA").name == "Greater Ash"
