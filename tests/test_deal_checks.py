"""Checks on what deals make of a world: each finding in a small world, with what it names."""

from worlds import attempted, deal, enacted, provision, verbs, world

from devo.checks import CHECKS as WORLD_CHECKS
from devo.conflicts import conflicts
from devo.deal_checks import CHECKS
from devo.enactment import enact
from devo.files.deals import deals_from
from devo.files.documents import Document

LAW = """
[[power]]
id = "homes"
name = "Homelessness"
kind = "duty"
complete_from = 2010-01-01
[[power]]
id = "secret"
name = "Signing orders"
may_not_delegate = true
complete_from = 2010-01-01
[[holding]]
id = "h"
power = "homes"
holder = "every:metropolitan-district"
start = 2010-01-01
[[holding]]
id = "s"
power = "secret"
holder = "minister"
area = "E92000001"
start = 2010-01-01
"""


def found(place, day="2018-01-01"):
    """The findings of severity above a note, by code, with what they say."""
    seen = place.on(day)
    listed = [f for check in (*WORLD_CHECKS, *CHECKS) for f in check(seen)]
    return {f.code: f for f in listed if f.code != "unsourced"}


def test_a_sound_world_has_nothing_against_it():
    assert set(found(world(LAW))) == set()


def test_two_drafts_that_give_one_power_over_one_place():
    place = world(LAW)
    texts = {
        "A-1": provision("transfer", "2017-01-01", power="homes", transferee="gaca"),
        "B-1": provision("transfer", "2017-01-01", power="homes", transferee="pcc", area="E08000002"),
    }
    deals = [deal(place, text, code) for code, text in texts.items()]
    after = enact(place, deals, verbs()).world
    finding = found(after)["double-sole-holder"]
    assert finding.severity == "error"
    assert "A-1.toml:3" in finding.message
    assert "B-1.toml:3" in finding.message
    assert "Beck (200 residents)" in finding.message


def test_a_holder_outside_its_area():
    place = enacted(
        world(LAW), provision("transfer", "2017-01-01", power="homes", transferee="gaca", area="Cole")
    )
    finding = found(place)["holder-outside-its-area"]
    assert finding.severity == "error"
    assert "cannot hold it there" in finding.message
    assert "Cole (300 residents)" in finding.message


def test_a_duty_left_to_nobody():
    place = enacted(
        world(LAW),
        provision("cease", "2017-01-01", power="homes", holder="every:metropolitan-district", area="Ash"),
    )
    assert "Ash City Council had the duty Homelessness over Ash" in found(place)["orphaned-duty"].message


def test_a_ring_of_delegation():
    place = world(
        LAW
        + """
        [[holding]]
        id = "x"
        power = "buses"
        holder = "ash"
        area = "Ash"
        mode = "delegated"
        root = "beck"
        start = 2015-01-01
        [[holding]]
        id = "y"
        power = "buses"
        holder = "beck"
        area = "Ash"
        mode = "delegated"
        root = "ash"
        start = 2015-01-01
        """.replace('"Ash"', '"E08000001"')
    )
    assert "in a ring" in found(place)["circular-delegation"].message


def test_a_delegation_that_outlives_its_root():
    place = enacted(
        world(LAW),
        provision("confer", "2015-01-01", power="buses", holder="pcc"),
        provision("delegate", "2016-01-01", power="buses", transferor="pcc", transferee="gaca"),
        provision("cease", "2017-01-01", power="buses", holder="pcc"),
    )
    assert "Ashshire PCC, which does not hold it" in found(place)["rootless-delegation"].message


def test_what_may_not_be_delegated():
    place = enacted(
        world(LAW),
        provision("delegate", "2016-01-01", power="secret", transferor="minister", transferee="gaca"),
    )
    assert found(place)["delegation-not-allowed"].severity == "error"


def test_consent_of_a_body_that_is_gone():
    place = enacted(
        world(LAW),
        provision("confer", "2015-01-01", power="buses", holder="gaca"),
        provision("condition", "2015-01-01", power="buses", holder="gaca", kind="consent", by="pcc"),
        provision("abolish", "2017-01-01", body="pcc"),
    )
    assert "Ashshire PCC, which was abolished" in found(place)["consent-of-abolished-body"].message


def test_a_joint_holding_with_no_rule():
    place = enacted(world(LAW), provision("make-joint", "2016-01-01", power="buses", holders=["gaca", "pcc"]))
    assert "nothing says how they decide" in found(place)["joint-without-rule"].message


def test_two_bodies_of_a_covering_class_in_one_place():
    place = world(
        LAW
        + """
        [[body-class]]
        id = "council"
        name = "councils"
        members = "metropolitan-district"
        [[body]]
        id = "ash-too"
        name = "Ash Town Council"
        kind = "metropolitan-district"
        area = "E08000001"
        [[holding]]
        id = "b"
        power = "buses"
        holder = "every:council"
        start = 2015-01-01
        """
    )
    assert "both count as council over Ash" in found(place)["overlap-in-territory"].message


def test_a_provision_that_changes_nothing_says_why():
    given = provision("confer", "2016-01-01", power="buses", holder="gaca")
    findings = attempted(enacted(world(LAW), given), given.replace("2016-01-01\n", "2017-01-01\n")).findings
    assert [f.code for f in findings] == ["changes-nothing"]
    assert "already holds Bus franchising" in findings[0].message


# --- conflicts ------------------------------------------------------------------------------------


def read_together(place, texts):
    documents = [
        Document(f"EX-{n}.toml", f'code = "EX-{n}"\nname = "The deal EX-{n}"\n{text}')
        for n, text in enumerate(texts, 1)
    ]
    read = deals_from(documents, place, verbs())
    assert not read.faults, read.faults
    return read.deals


def clashing(*texts: str):
    place = world(LAW)
    deals = read_together(place, texts)
    return list(conflicts(enact(place, deals, verbs()).world, verbs()))


def test_equal_precedence_and_an_answer_that_depends_on_the_order():
    (finding,) = clashing(
        provision("transfer", "2017-01-01", power="homes", transferor="ash", transferee="pcc", area="Ash"),
        provision("transfer", "2017-01-01", power="homes", transferor="ash", transferee="gaca", area="Ash"),
    )
    assert finding.code == "conflict"
    assert finding.severity == "error"
    assert "EX-1.toml" in finding.message
    assert "EX-2.toml" in finding.message
    assert "Ash (100 residents) on 2017-01-01" in finding.message


def test_conflicts_that_some_provisions_bear_on():
    place = world(LAW)
    texts = [
        provision("transfer", "2016-01-01", power="homes", transferor="beck", transferee="pcc", area="Beck"),
        provision("transfer", "2017-01-01", power="homes", transferor="ash", transferee="pcc", area="Ash"),
        provision("transfer", "2017-01-01", power="homes", transferor="ash", transferee="gaca", area="Ash"),
        provision("transfer", "2018-01-01", power="homes", transferee="gaca", area="Ash"),
        provision("confer", "2016-01-01", power="buses", holder="gaca"),
    ]
    deals = read_together(place, texts)
    after = enact(place, deals, verbs()).world
    found = [len(list(conflicts(after, verbs(), deal.provisions))) for deal in deals]
    # One of the pair, or what comes before it; not what comes after it, nor what is on another power.
    assert found == [1, 1, 1, 0, 0]


def test_another_day_or_an_override_is_no_conflict():
    one = provision("transfer", "2017-01-01", power="homes", transferor="ash", transferee="pcc", area="Ash")
    later = provision("transfer", "2017-01-02", power="homes", transferee="gaca", area="Ash")
    assert clashing(one, later) == []
    two = provision(
        "transfer", "2017-01-01", power="homes", transferee="gaca", area="Ash", overrides=["EX-1/1"]
    )
    assert clashing(one, two) == []
    other = provision(
        "transfer",
        "2017-01-01",
        power="homes",
        transferor="ash",
        transferee="pcc",
        area="Ash",
        overrides=["EX-2/1"],
    )
    assert [finding.code for finding in clashing(other, two)] == ["conflict"]


def test_provisions_that_do_not_meet_are_no_conflict():
    assert (
        clashing(
            provision("transfer", "2017-01-01", power="homes", transferee="gaca", area="Ash"),
            provision("transfer", "2017-01-01", power="homes", transferee="pcc", area="Beck"),
        )
        == []
    )
