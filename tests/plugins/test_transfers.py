"""Powers moving between bodies: each verb of transfers, what it refuses, and what undoes it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    INSTRUMENTS,
    LAST,
    areas_of,
    attempted,
    enacted,
    holders,
    lines,
    provision,
    verbs,
    who,
    why,
    world,
    worlds,
)

from devo.enactment import enact
from devo.extent import named
from devo.values import Area, Deal, Piece, Provision

GENERAL = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
"""
MINISTER = """
    [[holding]]
    id = "minister"
    power = "buses"
    holder = "minister"
"""


def reason(place, *blocks):
    (finding,) = attempted(place, "".join(blocks)).findings
    return finding.message.partition("): ")[2]


# --- transfer -------------------------------------------------------------------------------------


def test_transfer_gives_a_power_instead_of_those_who_hold_it():
    after = enacted(world(GENERAL), provision("transfer", "2014-04-01", power="buses", transferee="gaca"))
    assert who(after, "2014-03-31", "England", columns="body share") == lines("""
        ash  0.1
        beck 0.2
        cole 0.3
        dene 0.4
    """)
    assert who(after, "2014-04-01", "England", columns="body share") == lines("""
        gaca 0.3
        cole 0.3
        dene 0.4
    """)


def test_transfer_takes_from_one_of_a_class_what_it_has_as_one_of_it():
    move = provision("transfer", "2014-04-01", power="buses", transferor="ash", transferee="gaca")
    after = enacted(world(GENERAL), move)
    assert who(after, "2014-04-01", "Ash") == ["gaca sole"]
    # The order names only Ash as losing it; Beck goes on beside the authority.
    assert who(after, "2014-04-01", "Beck") == ["beck sole", "gaca sole"]


def test_transfer_leaves_a_carve_out_on_the_face_of_the_answer():
    move = provision("transfer", "2014-04-01", power="buses", transferee="gaca", carve_outs="night buses")
    after = enacted(world(GENERAL), move)
    assert who(after, "2014-04-01", "Ash", columns="carve_outs") == ["night buses"]
    assert "not included: night buses" in why(after, "2014-04-01", "gaca").sentence


@pytest.mark.parametrize(
    ("law", "terms", "said"),
    [
        ("", {"transferee": "gaca"},
         "nobody else holds Bus franchising there, so there is nothing to transfer."),
        (GENERAL, {"transferee": "gaca", "transferor": "minister"},
         "The Minister does not hold Bus franchising there, so there is nothing to transfer."),
        (GENERAL, {"transferee": "minister"},
         "The Minister serves no area of its own; say over which `area`."),
        (GENERAL, {"transferee": "pcc"}, "Ashshire PCC does not exist until 2012-11-22."),
    ],
)  # fmt: skip
def test_transfer_refuses_what_there_is_nothing_of(law, terms, said):
    assert reason(world(law), provision("transfer", "2012-04-01", power="buses", **terms)) == said


def test_transfer_twice_is_refused_the_second_time():
    first = provision("transfer", "2014-04-01", power="buses", transferee="gaca")
    assert reason(world(GENERAL), first, first.replace("2014", "2015")) == (
        "nobody else holds Bus franchising there, so there is nothing to transfer."
    )


# --- share ----------------------------------------------------------------------------------------


def test_share_makes_all_concurrent_over_the_area_and_leaves_the_rest():
    after = enacted(world(GENERAL), provision("share", "2014-04-01", power="buses", transferee="gaca"))
    assert who(after, "2014-04-01", "Ashshire") == lines("""
        ash  concurrent
        beck concurrent
        gaca concurrent
        cole sole
    """)


def test_share_refuses_when_nobody_holds_it_or_all_is_so_already():
    share = provision("share", "2014-04-01", power="buses", transferee="gaca")
    assert reason(world(), share) == (
        "nobody else holds Bus franchising there to share it with; use `confer`."
    )
    assert reason(world(GENERAL), share, share.replace("2014", "2015")) == (
        "Greater Ash Combined Authority already holds Bus franchising there, in the same way."
    )


# --- delegate -------------------------------------------------------------------------------------


def test_delegate_leaves_the_root_its_own_and_dies_with_it():
    place = world(MINISTER)
    given_ = provision("delegate", "2014-04-01", power="buses", transferor="minister", transferee="gaca")
    after = enacted(place, given_, provision("cease", "2016-04-01", power="buses", holder="minister"))
    assert who(after, "2014-04-01", "Ash") == ["gaca delegated", "minister sole"]
    assert (
        "by delegation from The Minister, which stays responsible"
        in why(after, "2015-01-01", "gaca").sentence
    )
    assert who(after, "2016-04-01", "Ash") == []
    assert why(after, "2016-04-01", "gaca").status == "ended"


def test_delegate_refuses_a_root_that_does_not_hold():
    given_ = provision("delegate", "2014-04-01", power="buses", transferor="minister", transferee="gaca")
    assert reason(world(GENERAL), given_) == (
        "The Minister does not hold Bus franchising there, so it cannot delegate it."
    )


# --- make-joint -----------------------------------------------------------------------------------


def test_make_joint_ends_what_was_and_begins_what_is_held_together():
    joint = provision("make-joint", "2014-04-01", power="buses", holders=["ash", "beck"])
    after = enacted(world(GENERAL), joint)
    assert who(after, "2014-04-01", "Greater Ash", columns="body mode share") == lines("""
        ash  joint 1.0
        beck joint 1.0
    """)
    assert "jointly with Beck Council" in why(after, "2014-04-01", "ash").sentence


@pytest.mark.parametrize("holders", [[], ["gaca"], ["gaca", "gaca"]])
def test_nobody_holds_a_power_jointly_with_nobody(holders):
    joint = provision("make-joint", "2014-04-01", power="buses", holders=holders)
    assert "held jointly only by two or more" in reason(world(GENERAL), joint)


def test_make_joint_covers_all_that_its_holders_answer_for():
    place = world(
        """
        [[body]]
        id = "rest"
        name = "The Rest"
        kind = "board"
        area = "E92000001 - E08000001"
    """
        + MINISTER
    )
    after = enacted(place, provision("make-joint", "2014-04-01", power="buses", holders=["ash", "rest"]))
    assert who(after, "2014-04-01", "England", columns="body share") == ["ash 1.0", "rest 1.0"]


# --- give-back ------------------------------------------------------------------------------------


def test_give_back_restores_those_who_lost_it():
    moved = provision("transfer", "2014-04-01", power="buses", transferee="gaca")
    back = provision("give-back", "2016-04-01", power="buses", transferor="gaca")
    after = enacted(world(GENERAL), moved, back)
    assert who(after, "2016-03-31", "Ash") == ["gaca sole"]
    assert who(after, "2016-04-01", "England", columns="body mode share") == lines("""
        ash  sole 0.1
        beck sole 0.2
        cole sole 0.3
        dene sole 0.4
    """)


def test_give_back_to_somebody_gives_it_to_them():
    moved = provision("transfer", "2014-04-01", power="buses", transferee="gaca")
    back = provision("give-back", "2016-04-01", power="buses", transferor="gaca", to="minister")
    assert who(enacted(world(GENERAL), moved, back), "2016-04-01", "Ash") == ["minister sole"]


def test_give_back_refuses_what_is_not_held():
    assert reason(world(GENERAL), provision("give-back", "2016-04-01", power="buses", transferor="gaca")) == (
        "Greater Ash Combined Authority does not hold Bus franchising there."
    )


def test_give_back_restores_a_delegation_with_its_root():
    place = world(
        MINISTER
        + """
        [[holding]]
        id = "leaf"
        power = "buses"
        holder = "ash"
        area = "E08000001"
        mode = "delegated"
        root = "minister"
    """
    )
    joint = provision("make-joint", "2014-04-01", power="buses", holders=["beck", "cole"], area="E08000001")
    back = provision("give-back", "2016-04-01", power="buses", transferor="beck", area="E08000001")
    after = enacted(place, joint, back)
    assert who(after, "2016-04-01", "Ash") == ["ash delegated", "cole joint", "minister sole"]
    ended = enacted(place, joint, back, provision("cease", "2017-04-01", power="buses", holder="minister"))
    assert who(ended, "2017-04-01", "Ash") == ["cole joint"]


# --- exercise -------------------------------------------------------------------------------------


def test_exercise_changes_who_uses_it_and_not_who_holds_it():
    by_mayor = provision("exercise", "2014-05-05", power="buses", holder="ash", by="mayor")
    after = enacted(world(GENERAL), by_mayor)
    assert who(after, "2014-05-04", "Greater Ash", columns="body exercised_by") == ["ash None", "beck None"]
    assert who(after, "2014-05-05", "Greater Ash", columns="body exercised_by") == ["ash mayor", "beck None"]


def test_exercise_refuses_one_who_does_not_hold():
    by_mayor = provision("exercise", "2014-05-05", power="buses", holder="gaca", by="mayor")
    assert reason(world(GENERAL), by_mayor) == (
        "Greater Ash Combined Authority does not hold Bus franchising on that day."
    )


# --- laws -----------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.data())
def test_what_is_moved_and_given_back_is_as_it_was(data):
    place = data.draw(worlds())
    power = data.draw(st.sampled_from(sorted(place.powers)))
    body = data.draw(st.sampled_from(sorted(place.roster.bodies)))
    area = data.draw(areas_of([*place.of(Area), *place.of(Piece)], everywhere=False))
    moved, back = date(2019, 1, 1), date(2020, 1, 1)
    holding = named(place.on(moved), power, area)
    if not holding or any(item.holder == body for item in holding):
        return
    verb = data.draw(st.sampled_from(("transfer", "share", "delegate")))
    terms = {"power": power, "transferee": body, "area": area}
    if verb == "delegate":
        terms["transferor"] = data.draw(st.sampled_from(sorted(item.holder for item in holding)))
    returned = {"power": power, "transferor": body, "area": area}
    deal = Deal(
        "x",
        "X",
        (
            Provision("x/1", verb, terms, moved, INSTRUMENTS[0], None, moved, "x"),
            Provision("x/2", "give-back", returned, back, INSTRUMENTS[0], None, back, "x"),
        ),
    )
    done = enact(place, [deal], verbs())
    if not done.findings:
        assert holders(done.world, LAST) == holders(place, LAST)
        assert holders(done.world, date(2018, 12, 31)) == holders(place, date(2018, 12, 31))
