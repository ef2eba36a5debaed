"""The core's questions: rows over places, in shares of residents."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import asked, enacted, knowns, lines, provision, said, world, worlds

from devo import names, rules
from devo.gaps import unmodelled
from devo.questions import held_by, history, members_of, what_changed, where_held, who_holds
from devo.values import Area

WORLD = world("""
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
    end = 2016-05-01

    [[holding]]
    id = "agreed"
    power = "buses"
    holder = "gaca"
    start = 2016-05-01
    agreed = 2014-11-03
    instrument = "order"
    carve_outs = "night buses"
    confidence = "unsure"

    [[holding]]
    id = "rest"
    power = "buses"
    holder = "minister"
    area = "E92000001 - E47000001"
    start = 2016-05-01

    [[exercise]]
    id = "mayor"
    power = "buses"
    holder = "gaca"
    by = "mayor"
    start = 2017-05-08

    [[membership]]
    body = "gaca"
    member = "ash"
    start = 2011-04-01

    [[membership]]
    body = "gaca"
    member = "cole"
    role = "associate"
    start = 2011-04-01
    end = 2013-04-01
""")


def test_who_holds_what_over_a_place_in_shares():
    rows = who_holds(WORLD.on("2016-06-01"), "England", "T03")
    assert said(rows, "body_name share status start end confidence") == lines("""
        Greater Ash Combined Authority 0.3 held 2016-05-01 None unsure
        The Minister                   0.7 held 2016-05-01 None known
    """)


def test_the_promised_stand_beside_those_who_hold():
    rows = who_holds(WORLD.on("2015-01-01"), "Ash", "buses")
    assert said(rows, "body status share start") == lines("""
        ash  held     1.0 None
        gaca promised 1.0 2016-05-01
    """)


def test_every_power_where_none_is_named():
    assert {row.power for row in who_holds(WORLD.on("2015-01-01"), "Ash")} == {"buses"}


def test_where_a_power_is_held_one_row_a_place():
    rows = where_held(WORLD.on("2016-06-01"), "buses")
    assert said(rows, "place place_name body share") == lines("""
        E08000001 Ash  gaca     1.0
        E08000002 Beck gaca     1.0
        E08000003 Cole minister 1.0
        E08000004 Dene minister 1.0
    """)
    rows = where_held(WORLD.on("2016-06-01"), "buses", "pfa24")
    assert said(rows, "place body share") == lines("""
        E23000001 gaca     0.5
        E23000001 minister 0.5
        E23000002 minister 1.0
    """)


def test_what_a_body_holds_and_where():
    (row,) = held_by(WORLD.on("2016-06-01"), "minister")
    assert (row.power, row.places_names, row.residents) == ("buses", ("Dene", "Cole"), 700)
    assert list(held_by(WORLD.on("2016-04-30"), "minister")) == []


def test_the_holders_through_time():
    rows = history(WORLD.on("2018-01-01"), "Ash", "buses")
    assert said(rows, "body start end share exercised_by") == lines("""
        ash  None       2016-05-01 1.0 None
        gaca 2016-05-01 None       1.0 mayor
    """)


def test_the_members_of_an_authority_on_the_day():
    assert said(members_of(WORLD.on("2012-01-01"), "gaca"), "member_name role") == lines("""
        Ash City Council constituent
        Cole Council     associate
    """)
    assert said(members_of(WORLD.on("2013-04-01"), "gaca"), "member") == ["ash"]


def test_what_changed_between_two_days():
    rows = what_changed(WORLD.on("2018-01-01"), "2016-01-01")
    assert said(rows, "on change holder") == lines("""
        2016-05-01 ends   every:metropolitan-district
        2016-05-01 begins gaca
        2016-05-01 begins minister
    """)
    assert list(what_changed(WORLD.on("2018-01-01"), "2016-01-01", "2016-05-01")) == []


def test_a_deal_shows_in_the_rows_it_changes():
    after = enacted(WORLD, provision("transfer", "2018-04-01", power="buses", transferee="pcc"))
    (row,) = who_holds(after.on("2018-04-01"), "Ashshire", "buses")
    assert (row.body, row.share, row.start.isoformat()) == ("pcc", 1.0, "2018-04-01")


# --- laws -----------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.data())
def test_nothing_is_lost_and_nothing_counted_twice(data):
    place = data.draw(worlds()).on(data.draw(asked)).known(data.draw(knowns))
    where = names.place(place, data.draw(st.sampled_from([area.code for area in place.of(Area)])))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    if place.children.get(power):
        return
    rows = [row for row in who_holds(place, where.id, power) if row.status in ("held", "conditional")]
    share = place.mosaic.share
    holding = {piece: [h.body for h in rules.holders(place, power, piece)] for piece in where.pieces}
    for body in {row.body for row in rows} | {body for bodies in holding.values() for body in bodies}:
        there = frozenset(piece for piece, bodies in holding.items() if body in bodies)
        assert sum(row.share for row in rows if row.body == body) == pytest.approx(share(there, where.pieces))
    if all(len(bodies) < 2 for bodies in holding.values()):
        unknown = unmodelled(place, power, where.pieces)
        nobody = frozenset(piece for piece, bodies in holding.items() if not bodies) - unknown
        parts = [*(row.share for row in rows), share(unknown, where.pieces), share(nobody, where.pieces)]
        assert sum(parts) == pytest.approx(1)


@settings(max_examples=40)
@given(st.data())
def test_a_body_holds_where_it_is_found_to_hold(data):
    place = data.draw(worlds()).on(data.draw(asked))
    body = data.draw(st.sampled_from(sorted(place.roster.bodies)))
    found = {}
    for row in held_by(place, body):
        if row.status in ("held", "conditional"):
            found[row.power] = found.get(row.power, 0) + row.residents
    for power in place.powers:
        if not place.powers[power].parent and not place.children.get(power):
            there = [
                p for p in place.mosaic.everywhere if body in {h.body for h in rules.holders(place, power, p)}
            ]
            assert found.get(power, 0) == place.mosaic.residents(there)
