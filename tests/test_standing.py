"""The nine words for how a body stands to a power, each with what it was read from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import LAST, asked, deals, knowns, verbs, why, world, worlds

from devo import rules
from devo.enactment import enact
from devo.ledger import Ledger, in_legal_order
from devo.sightings import alike
from devo.standing import standing
from devo.world import World

# One world in which every status has its example.
LAW = """
    [[power]]
    id = "skills"
    name = "Adult education"
    complete_from = 2010-01-01
    may_not_hold = "police-and-crime-commissioner"

    [[power]]
    id = "homes"
    name = "Housing"

    [[power]]
    id = "roads"
    name = "Roads"
    complete_from = 2010-01-01

    [[power]]
    id = "roads-a"
    name = "Main roads"
    parent = "roads"

    [[power]]
    id = "roads-b"
    name = "Side roads"
    parent = "roads"

    [[holding]]
    id = "buses-2016"
    power = "buses"
    holder = "gaca"
    start = 2016-05-01
    agreed = 2014-11-03
    instrument = "order"

    [[holding]]
    id = "skills-old"
    power = "skills"
    holder = "minister"
    area = "E92000001 - E08000003"
    end = 2016-05-01
    end_instrument = "order"

    [[holding]]
    id = "skills-new"
    power = "skills"
    holder = "gaca"
    start = 2016-05-01
    instrument = "order"

    [[condition]]
    id = "consent"
    power = "skills"
    holder = "gaca"
    by = "minister"
    start = 2016-05-01

    [[holding]]
    id = "roads"
    power = "roads"
    holder = "every:metropolitan-district"

    [[holding]]
    id = "roads-a"
    power = "roads-a"
    holder = "gaca"
    start = 2016-05-01
    instrument = "order"
"""


@pytest.mark.parametrize(
    ("body", "power", "where", "day", "status", "sentence"),
    [
        (
            "gaca", "buses", "Ash", "2017-01-01", "held",
            "Greater Ash Combined Authority holds Bus franchising over Ash on 1 January 2017, alone, since "
            "1 May 2016, under Greater Ash Order 2016 (SI 2016/100).",
        ),
        (
            "gaca", "skills", "Ash", "2017-01-01", "conditional",
            "Greater Ash Combined Authority holds Adult education over Ash on 1 January 2017, alone, since "
            "1 May 2016, under Greater Ash Order 2016 (SI 2016/100). To use it, it needs: consent of The "
            "Minister.",
        ),
        (
            "gaca", "buses", "Ash", "2016-04-30", "not-in-force",
            "Greater Ash Combined Authority does not yet hold Bus franchising on 30 April 2016: Greater Ash "
            "Order 2016 (SI 2016/100) was made on 1 March 2016, and is in force for this from 1 May 2016.",
        ),
        (
            "gaca", "buses", "Ash", "2015-01-01", "promised",
            "Greater Ash Combined Authority was promised Bus franchising by Greater Ash Order 2016 "
            "(SI 2016/100), agreed on 3 November 2014; by 1 January 2015 no law had given it.",
        ),
        (
            "gaca", "roads", "Ash", "2017-01-01", "mixed",
            "Greater Ash Combined Authority holds part of Roads over Ash on 1 January 2017: Main roads "
            "(1 of its 2 parts, and not all in one way).",
        ),
        (
            "pcc", "skills", "Ash", "2017-01-01", "excluded",
            "Ashshire PCC does not hold Adult education over Ash on 1 January 2017: the law bars it from "
            "holding this (police-and-crime-commissioner).",
        ),
        (
            "minister", "skills", "Cole", "2015-01-01", "excluded",
            "The Minister does not hold Adult education over Cole on 1 January 2015: what gave it this "
            "leaves out Cole.",
        ),
        (
            "minister", "skills", "Ash", "2017-01-01", "ended",
            "The Minister held Adult education over Ash until 1 May 2016, and holds it no more. Now: "
            "Greater Ash Combined Authority.",
        ),
        (
            "ash", "buses", "Ash", "2017-01-01", "not-conferred",
            "Ash City Council does not hold Bus franchising on 1 January 2017: nobody had conferred or "
            "promised it by then. Greater Ash Combined Authority holds it there.",
        ),
        (
            "ash", "homes", "Ash", "2017-01-01", "unmodelled",
            "The tables do not know whether Ash City Council holds Housing over Ash on 1 January 2017.",
        ),
    ],
)  # fmt: skip
def test_every_status_has_its_sentence(body, power, where, day, status, sentence):
    found = why(world(LAW), day, body, power, where)
    assert found.status == status
    assert found.sentence == sentence


def test_before_the_tables_are_complete_silence_is_unmodelled():
    assert why(world(LAW), "2009-12-31", "ash", "buses", "Ash").status == "unmodelled"
    assert why(world(LAW), "2010-01-01", "ash", "buses", "Ash").status == "not-conferred"


def test_a_covering_class_with_no_known_member_is_unmodelled():
    place = world("""
        [[body-class]]
        id = "board"
        name = "boards"
        members = "drainage-board"

        [[holding]]
        id = "general"
        power = "buses"
        holder = "every:board"
    """)
    found = why(place, "2012-01-01", "ash", "buses", "Ash")
    assert found.status == "unmodelled"
    assert [cause.record for cause in found.because] == ["general"]


def test_what_was_agreed_is_promised_to_one_who_knows_no_more():
    place = world(LAW).known("2015-06-01")
    assert why(place, "2018-01-01", "gaca", "buses", "Ash").status == "promised"


def test_the_far_future_is_not_said_to_have_made_no_law():
    found = why(world(LAW).known(LAST), "2015-01-01", "gaca", "buses", "Ash")
    assert "by 1 January 2015 no law had given it" in found.sentence


def test_a_quashed_order_never_gave_anything():
    place = world("""
        [[holding]]
        id = "struck"
        power = "buses"
        holder = "gaca"
        start = 2013-04-01
        instrument = "quashed"
    """)
    found = why(place, "2014-01-01", "gaca", "buses", "Ash")
    assert found.status == "not-conferred"
    assert "Struck Order 2013 was quashed: no vires" in found.missing


def test_a_body_that_holds_every_part_alike_holds_the_whole():
    place = world(
        LAW
        + """
        [[holding]]
        id = "roads-b"
        power = "roads-b"
        holder = "gaca"
        start = 2017-05-01
        instrument = "order"
    """
    )
    found = why(place, "2018-01-01", "gaca", "roads", "Ash")
    assert found.status == "held"
    assert [cause.record for cause in found.because] == ["roads-a", "roads-b"]
    assert why(place, "2018-01-01", "ash", "roads", "Ash").status == "ended"


def test_a_promise_of_a_part_is_a_promise_of_part_of_the_whole():
    place = world(
        LAW
        + """
        [[holding]]
        id = "roads-b"
        power = "roads-b"
        holder = "gaca"
        start = 2018-05-01
        agreed = 2015-05-01
        instrument = "agreement"
    """
    )
    found = why(place, "2016-01-01", "gaca", "roads", "Ash")
    assert found.status == "promised"
    assert "was promised Side roads" in found.sentence


def test_a_place_carved_out_is_not_answered_with_one_that_was_never_meant():
    place = world("""
        [[holding]]
        id = "west"
        power = "buses"
        holder = "minister"
        area = "E47000001 - E08000001"
    """)
    assert why(place, "2012-01-01", "minister", "buses", "Ash").status == "excluded"
    assert why(place, "2012-01-01", "minister", "buses", "Cole").status == "not-conferred"
    parts = {
        part.status: part.name for part in why(place, "2012-01-01", "minister", "buses", "England").parts
    }
    assert parts == {"held": "Beck", "excluded": "Ash", "not-conferred": "Dene, Cole"}


def test_a_single_piece_may_be_carved_out():
    place = world("""
        [[holding]]
        id = "west"
        power = "buses"
        holder = "minister"
        area = "E47000001 - piece:a"
    """)
    assert why(place, "2012-01-01", "minister", "buses", "Ash").status == "excluded"


# --- laws -----------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.data())
def test_replaying_the_effects_that_are_cited_gives_the_same_status(data):
    place = data.draw(worlds())
    if data.draw(st.booleans()):
        place = enact(place, data.draw(deals(place)), verbs()).world
    place = place.on(data.draw(asked)).known(data.draw(knowns))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    body = data.draw(st.sampled_from(sorted(place.roster.bodies)))
    for piece in range(len(place.mosaic)):
        stands = standing(place, body, power, piece)
        again = standing(with_only(place, stands.effects), body, power, piece)
        assert again.status == stands.status


def with_only(place, effects):
    """A world whose ledgers hold some effects and no others."""
    ledgers = {
        power: Ledger(
            power, in_legal_order(e for e in effects if e.power == power), ledger.exercises, ledger.conditions
        )
        for power, ledger in place.ledgers.items()
    }
    return World(place.records, ledgers, deals=place.deals, day=place.day, as_known=place.as_known)


@settings(max_examples=30)
@given(st.data())
def test_pieces_taken_together_answer_alike(data):
    place = data.draw(worlds()).on(data.draw(asked)).known(data.draw(knowns))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    for group in alike(place, power, place.mosaic.everywhere):
        for body in place.roster.bodies:
            found = [standing(place, body, power, piece) for piece in group]
            assert {(s.status, s.effects, s.parts, s.reason) for s in found} == {
                (found[0].status, found[0].effects, found[0].parts, found[0].reason)
            }


@settings(max_examples=30)
@given(worlds(), asked, knowns)
def test_a_holder_is_said_to_hold_and_nobody_else(place, day, known):
    seen = place.on(day).known(known)
    for power in sorted(place.powers):
        if place.children.get(power):
            continue
        for piece in range(min(4, len(place.mosaic))):
            holding = {held.body for held in rules.holders(seen, power, piece)}
            said = {
                b
                for b in place.roster.bodies
                if standing(seen, b, power, piece).status in ("held", "conditional")
            }
            assert said == holding


def test_what_is_promised_to_a_body_before_it_is_established_is_promised():
    place = world("""
        [[holding]]
        id = "moved"
        power = "buses"
        holder = "gaca"
        start = 2016-05-01
        agreed = 2010-06-01
        instrument = "order"
    """)
    found = why(place, "2010-12-31", "gaca")
    assert found.status == "promised"
    assert "Greater Ash Combined Authority is not established until 1 April 2011" in found.missing
    assert why(place, "2010-05-31", "gaca").status == "not-conferred"
    assert why(place, "2010-12-31", "ash").status == "not-conferred"
