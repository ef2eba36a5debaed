"""Moves: what changed for a power between two worlds, in the kinds an official would use."""

from worlds import enacted, provision, said, world

from devo.moves import moves

# Councils hold homelessness, a minister adult skills, nobody buses.
LAW = """
[[power]]
id = "homes"
name = "Homelessness"
kind = "duty"
complete_from = 2010-01-01
[[power]]
id = "skills"
name = "Adult skills"
complete_from = 2010-01-01
[[holding]]
id = "h"
power = "homes"
holder = "every:metropolitan-district"
start = 2010-01-01
[[holding]]
id = "s"
power = "skills"
holder = "minister"
area = "E92000001"
start = 2010-01-01
"""
COLUMNS = "kind power before after mode"


def changed(*texts: str, day: str = "2018-01-01") -> list[str]:
    before = world(LAW)
    return said(moves(before.on(day), enacted(before, *texts).on(day)), COLUMNS)


def test_from_councils_to_their_authority_is_up_and_one_line():
    found = changed(provision("transfer", "2017-01-01", power="homes", transferee="gaca"))
    assert found == ["moved-up homes ('ash', 'beck') ('gaca',) sole"]


def test_from_a_minister_to_an_authority_is_down():
    found = changed(provision("transfer", "2017-01-01", power="skills", transferee="gaca"))
    assert found == ["moved-down skills ('minister',) ('gaca',) sole"]


def test_what_nobody_held_is_gained():
    found = changed(provision("confer", "2017-01-01", power="buses", holder="gaca"))
    assert found == ["gained buses () ('gaca',) sole"]


def test_beside_the_holder_is_shared_and_the_holder_has_not_lost_it():
    found = changed(provision("share", "2017-01-01", power="skills", transferee="gaca"))
    assert found == ["shared skills ('minister',) ('gaca',) concurrent"]


def test_who_held_it_beside_them_and_now_holds_it_alone_has_it_from_them():
    shared = enacted(world(LAW), provision("share", "2016-01-01", power="homes", transferee="gaca"))
    given = provision("transfer", "2017-01-01", power="homes", transferee="gaca")
    found = moves(shared.on("2018-01-01"), enacted(shared, given).on("2018-01-01"))
    assert said(found, COLUMNS) == ["moved-up homes ('ash', 'beck') ('gaca',) sole"]


def test_delegated_goes_down_though_the_root_stays_responsible():
    found = changed(
        provision("delegate", "2017-01-01", power="skills", transferor="minister", transferee="gaca")
    )
    assert found == ["moved-down skills ('minister',) ('gaca',) delegated"]


def test_another_exerciser_is_inside():
    given = provision("transfer", "2017-01-01", power="homes", transferee="gaca")
    before = enacted(world(LAW), given)
    after = enacted(before, provision("exercise", "2017-05-08", power="homes", holder="gaca", by="mayor"))
    (move,) = moves(before.on("2018-01-01"), after.on("2018-01-01"))
    assert (move.kind, move.exerciser_before, move.exerciser_after) == ("inside", None, "mayor")
    assert move.on.isoformat() == "2017-05-08"


def test_a_new_condition_is_conditioned_and_a_new_authority_re_sourced():
    given = provision("transfer", "2017-01-01", power="homes", transferee="gaca")
    before = enacted(world(LAW), given)
    condition = provision("condition", "2017-06-01", power="homes", holder="gaca", kind="consent", by="ash")
    assert said(
        moves(before.on("2018-01-01"), enacted(before, condition).on("2018-01-01")), "kind power"
    ) == ["conditioned homes"]
    again = provision("re-source", "2017-06-01", made="2017-05-01", power="homes", holder="gaca")
    assert said(moves(before.on("2018-01-01"), enacted(before, again).on("2018-01-01")), "kind power") == [
        "re-sourced homes"
    ]


def test_what_ceases_is_lost():
    found = changed(provision("cease", "2017-01-01", power="skills", holder="minister"))
    assert found == ["lost skills ('minister',) () sole"]


def test_a_loss_beside_others_is_dated_by_its_end_and_not_by_what_they_hold():
    shared = enacted(world(LAW), provision("share", "2016-01-01", power="skills", transferee="gaca"))
    ended = enacted(shared, provision("cease", "2017-01-01", power="skills", holder="minister"))
    found = said(moves(shared.on("2018-01-01"), ended.on("2018-01-01")), "kind before after on")
    assert sorted(found) == ["lost ('minister',) ('gaca',) 2017-01-01", "lost ('minister',) () 2017-01-01"]


def test_a_law_made_before_and_in_force_between_two_days_has_commenced():
    place = enacted(
        world(LAW), provision("confer", "2017-06-27", made="2017-04-27", power="buses", holder="gaca")
    )
    assert said(moves(place.on("2017-05-01"), place.on("2018-01-01")), "kind power") == ["commenced buses"]
    assert said(moves(place.on("2017-01-01"), place.on("2018-01-01")), "kind power") == ["gained buses"]


def test_a_day_says_when_it_was_so_there_and_not_when_the_law_was_made():
    place = world(
        LAW
        + """
        [[body-class]]
        id = "mayoral"
        name = "mayoral authorities"
        members = "mayoral"
        covering = false
        [[holding]]
        id = "m"
        power = "buses"
        holder = "every:mayoral"
        start = 2012-01-01
        """
    )
    after = enacted(place, provision("designate", "2017-05-08", body="gaca", designation="mayoral"))
    (move,) = moves(place.on("2018-01-01"), after.on("2018-01-01"))
    assert (move.kind, move.on.isoformat()) == ("gained", "2017-05-08")


def test_the_same_world_twice_has_no_moves():
    place = world(LAW)
    assert moves(place.on("2018-01-01"), place.on("2018-01-01")) == []
