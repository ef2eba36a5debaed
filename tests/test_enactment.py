"""Deals enacted: each of the core's verbs, what it refuses, and that order of reading never matters."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    DAYS,
    LAST,
    answers,
    asked,
    attempted,
    deal,
    deals,
    enacted,
    knowns,
    lines,
    provision,
    said,
    verbs,
    who,
    why,
    world,
    worlds,
)

from devo.enactment import enact, without
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.making import begins
from devo.questions import members_of, who_holds
from devo.tools import Tool, terms_of
from devo.values import Body, Deal, Effect, Ending, Instrument, Membership, Power, Provision
from devo.world import World

GENERAL = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
"""


def refused(place, *blocks, columns="code"):
    """What is said of a deal's provisions that could not take effect."""
    return [getattr(finding, columns) for finding in attempted(place, "".join(blocks)).findings]


# --- powers ---------------------------------------------------------------------------------------


def test_confer_gives_a_power_beside_whoever_holds_it():
    after = enacted(
        world(GENERAL), provision("confer", "2014-04-01", power="buses", holder="gaca", mode="concurrent")
    )
    assert who(after, "2014-03-31", "Ash") == ["ash sole"]
    assert who(after, "2014-04-01", "Ash") == ["ash sole", "gaca concurrent"]


def test_confer_may_name_who_exercises_it_and_from_when():
    after = enacted(
        world(),
        provision("confer", "2014-04-01", power="buses", holder="gaca", exercised_by="mayor")
        + "exercised_from = 2014-05-05",
    )
    assert who(after, "2014-05-04", "Ash", columns="body exercised_by") == ["gaca None"]
    assert who(after, "2014-05-05", "Ash", columns="body exercised_by") == ["gaca mayor"]


@pytest.mark.parametrize(
    ("terms", "code", "reason"),
    [
        ({"holder": "gaca", "mode": "sole"}, "changes-nothing", "already holds Bus franchising there"),
        ({"holder": "minister"}, "cannot-take-effect", "serves no area of its own; say over which `area`"),
        ({"holder": "pcc"}, "changes-nothing", "Ashshire PCC does not exist until 2012-11-22"),
        ({"holder": "old"}, "changes-nothing", "Old Board was abolished on 2011-04-01"),
        ({"holder": "barred"}, "changes-nothing", "Barred may not hold Bus franchising: the law bars it"),
    ],
)  # fmt: skip
def test_confer_refuses_what_changes_nothing_or_cannot_be(terms, code, reason):
    place = world("""
        [[power]]
        id = "trams"
        name = "Bus franchising"
        may_not_hold = "quango"

        [[holding]]
        id = "already"
        power = "trams"
        holder = "gaca"

        [[body]]
        id = "old"
        name = "Old Board"
        kind = "board"
        area = "E08000001"
        end = 2011-04-01

        [[body]]
        id = "barred"
        name = "Barred"
        kind = "quango"
        area = "E08000001"
    """)
    done = attempted(place, provision("confer", "2012-04-01", power="trams", **terms))
    (finding,) = done.findings
    assert (finding.code, finding.severity, finding.about) == (code, "error", ("EX-1/1", "EX-1"))
    assert reason in finding.message
    assert finding.where == "EX-1.toml:3"
    assert answers(done.world, LAST) == answers(place, LAST)


def test_cease_ends_a_holding_over_an_area_and_leaves_the_rest():
    cease = provision(
        "cease", "2014-04-01", power="buses", holder="every:metropolitan-district", area="E08000001"
    )
    after = enacted(world(GENERAL), cease)
    assert who(after, "2014-04-01", "Greater Ash") == ["beck sole"]
    assert refused(after, cease.replace("2014", "2015"), columns="message") == [
        "EX-2/1 (cease, 2015-04-01): every:metropolitan-district does not hold Bus franchising there."
    ]


@pytest.mark.parametrize(
    "terms",
    [
        {"verb": "abolish", "body": "gaca"},
        {"verb": "succeed", "old": "gaca", "new": "ash"},
        {"verb": "succeed", "old": "ash", "new": "gaca"},
        {"verb": "designate", "body": "gaca", "designation": "mayoral"},
        {"verb": "join", "body": "gaca", "member": "ash"},
    ],
)
def test_nothing_is_done_with_a_body_before_it_is_there(terms):
    known = world('body-class = [{id = "mayoral", name = "Mayoral", members = "mayoral", covering = false}]')
    early = provision(terms["verb"], "2011-03-31", **{key: terms[key] for key in terms if key != "verb"})
    (message,) = refused(known, early, columns="message")
    assert "Greater Ash Combined Authority does not exist until 2011-04-01" in message
    assert attempted(known, early.replace("2011-03-31", "2011-04-01")).findings == ()


@pytest.mark.parametrize(
    ("ended", "code", "says"),
    [
        (
            Body("nobody", "Nobody", "board"),
            "changes-nothing",
            "it ends a Body that is not there on that day",
        ),
        (Power("buses", "Buses"), "plugin-failed", "it ends a Power, which has no `end`"),
    ],
)
def test_a_verb_ends_only_what_is_there_and_can_end(ended, code, says):
    def dissolve(world, provision):
        """End something."""
        return [Ending(ended, provision.commencement), Ending(ended, provision.commencement)]

    verb = Tool("dissolve", "mine", dissolve, "")
    made = Provision("EX/1", "dissolve", {}, LAST, Instrument("order", "Order"))
    done = enact(world(), [Deal("EX", "A deal", (made,))], {"dissolve": verb})
    (finding,) = done.findings
    assert (finding.code, says in finding.message) == (code, True)


def test_re_source_changes_the_authority_and_nothing_else():
    held = provision("confer", "2012-04-01", power="buses", holder="gaca", mode="concurrent")
    again = provision("re-source", "2014-04-01", power="buses", holder="gaca")
    after = enacted(world(), held + again)
    columns = "body mode start"
    assert who(after, "2015-01-01", "Ash", columns=columns) == ["gaca concurrent 2012-04-01"]
    (cause,) = why(after, "2015-01-01", "gaca").because
    assert cause.provision == "EX-1/2"
    assert refused(world(), again) == ["cannot-take-effect"]


def test_condition_stands_between_a_holder_and_its_use():
    laid = provision("condition", "2014-04-01", power="buses", holder="gaca", kind="consent", by="ash")
    after = enacted(world(), provision("confer", "2012-04-01", power="buses", holder="gaca"), laid)
    assert who(after, "2014-03-31", "Ash", columns="status") == ["held"]
    assert who(after, "2014-04-01", "Ash", columns="status") == ["conditional"]


# --- bodies ---------------------------------------------------------------------------------------

NEW = provision("establish", "2014-04-01", body="elm", name="Elm Board", kind="board", area="E08000003")


def test_establish_brings_a_body_into_being_that_may_then_hold():
    after = enacted(world(), NEW + provision("confer", "2015-04-01", power="buses", holder="elm"))
    assert who(after, "2015-04-01", "Cole", columns="body_name") == ["Elm Board"]
    assert refused(world(), NEW, provision("confer", "2013-04-01", power="buses", holder="elm")) == [
        "cannot-take-effect"
    ]


def test_a_body_established_on_a_day_is_there_for_what_else_takes_effect_that_day():
    confer = provision("confer", "2014-04-01", power="buses", holder="elm", area="E08000003")
    # The confer is read first by its id and was made first.
    after = enacted(world(), confer + NEW.replace("2010-01-01", "2012-01-01"))
    assert who(after, "2014-04-01", "E08000003") == ["elm sole"]


def test_establish_refuses_a_body_that_there_is():
    again = NEW.replace('"elm"', '"ash"')
    assert refused(world(), again, columns="message") == [
        "EX-1/1 (establish, 2014-04-01): there is already a body 'ash': Ash City Council."
    ]


def test_abolish_ends_a_body_and_all_it_held():
    gone = provision("abolish", "2014-04-01", body="gaca")
    after = enacted(world(), provision("confer", "2012-04-01", power="buses", holder="gaca"), gone)
    assert who(after, "2014-03-31", "Ash") == ["gaca sole"]
    assert who(after, "2014-04-01", "Ash") == []
    assert refused(after, gone.replace("2014", "2015")) == ["cannot-take-effect"]


def test_succeed_passes_on_what_the_old_body_held():
    after = enacted(
        world(),
        provision("confer", "2012-04-01", power="buses", holder="gaca")
        + NEW
        + provision("succeed", "2015-04-01", old="gaca", new="elm", area="E47000001"),
    )
    assert who(after, "2015-03-31", "Greater Ash") == ["gaca sole"]
    assert who(after, "2015-04-01", "Greater Ash") == ["elm sole"]


def test_designate_and_undesignate_a_body():
    mayors = GENERAL.replace("every:metropolitan-district", "every:mayoral").replace('"general"', '"mayors"')
    place = world(
        mayors
        + """
        [[designation]]
        body = "cole"
        designation = "mayoral"
        end = 2011-01-01
    """
    )
    given_ = provision("designate", "2014-04-01", body="gaca", designation="mayoral")
    taken = provision("undesignate", "2016-04-01", body="gaca", designation="mayoral")
    after = enacted(place, given_ + taken)
    assert [who(after, f"{year}-04-01", "Ash") for year in (2013, 2014, 2016)] == [[], ["gaca sole"], []]
    assert refused(after, given_.replace("2014", "2015")) == ["cannot-take-effect"]
    assert refused(place, taken) == ["cannot-take-effect"]


def test_join_and_leave_an_authority():
    seat, left = (
        provision(verb, day, body="gaca", member="ash")
        for verb, day in (("join", "2014-04-01"), ("leave", "2016-04-01"))
    )
    after = enacted(world(), seat + left)
    members = [
        said(members_of(after.on(f"{year}-04-01"), "gaca"), "member role") for year in (2013, 2014, 2016)
    ]
    assert members == [[], ["ash constituent"], []]
    assert refused(after, seat.replace("2014", "2015")) == ["cannot-take-effect"]
    assert refused(world(), left) == ["cannot-take-effect"]


# --- promises, order, provenance ------------------------------------------------------------------


def test_an_agreement_promises_and_an_order_does():
    promised = """
        [[provision]]
        verb = "confer"
        power = "buses"
        holder = "gaca"
        agreed = 2014-11-03
        commencement = 2016-05-01
        instrument = "SI 2016/100"
    """
    after = enacted(world(), promised)
    found = {
        day: why(after, day, "gaca").status
        for day in ("2014-11-02", "2014-11-03", "2016-03-01", "2016-05-01")
    }
    assert list(found.values()) == ["not-conferred", "promised", "not-in-force", "held"]


@pytest.mark.parametrize(
    "promised",
    [
        provision("abolish", "2016-05-01", body="gaca", instrument="agreement"),
        provision("join", "2016-05-01", body="gaca", member="ash", instrument="agreement"),
        provision("designate", "2016-05-01", body="gaca", designation="mayoral", instrument="agreement"),
    ],
)
def test_an_agreement_alters_no_body(promised):
    done = attempted(world(), promised)
    assert [(f.code, f.severity) for f in done.findings] == [("only-agreed", "warning")]
    assert done.world.roster.bodies == world().roster.bodies
    assert list(members_of(done.world.on("2017-01-01"), "gaca")) == []


def test_what_overrides_prevails_where_day_and_making_are_the_same():
    one = provision("confer", "2014-04-01", power="buses", holder="gaca", mode="joint", id="one")
    two = provision("confer", "2014-04-01", power="buses", holder="gaca", mode="concurrent", id="two")
    assert who(enacted(world(), one, two), "2014-04-01", "Ash") == ["gaca concurrent"]
    three = one + 'overrides = ["two"]\n'
    assert who(enacted(world(), three, two), "2014-04-01", "Ash") == ["gaca joint"]


def test_provisions_of_one_day_are_read_in_one_order_wherever_they_stand():
    place = world(GENERAL)
    one = provision("transfer", "2014-04-01", power="buses", transferee="gaca", id="EX-1/1")
    two = provision("transfer", "2014-04-01", power="buses", transferor="gaca", transferee="pcc", id="EX-2/1")
    for texts in ((one, two), (two, one), (one + two,), (two + one,)):
        done = attempted(place, *texts)
        assert not done.findings
        assert answers(done.world, LAST) == answers(enacted(place, one, two), LAST)


def test_an_answer_cites_deal_provision_and_instrument():
    text = provision("confer", "2016-05-01", power="buses", holder="gaca", instrument="order")
    (cause,) = why(enacted(world(), text), "2017-01-01", "gaca").because
    assert (cause.deal, cause.provision, cause.instrument) == (
        "EX-1",
        "EX-1/1",
        "Greater Ash Order 2016 (SI 2016/100)",
    )
    assert (cause.plugin, cause.change, cause.made) == ("core", "begins", date(2016, 3, 1))


def test_ledgers_that_a_deal_does_not_touch_are_shared():
    place = world("""
        [[power]]
        id = "skills"
        name = "Adult education"
    """)
    after = enacted(place, provision("confer", "2012-04-01", power="buses", holder="gaca"))
    assert after.ledgers["skills"] is place.ledgers["skills"]
    assert after.ledgers["buses"] is not place.ledgers["buses"]
    assert (after.mosaic is place.mosaic, after.before.deals) == (True, ())


def test_a_deal_may_lean_on_one_that_is_enacted_later():
    place = world()
    confer = deal(enacted(place, NEW), provision("confer", "2015-04-01", power="buses", holder="elm"), "EX-B")
    establish = deal(place, NEW, "EX-A")
    first = enact(place, [confer], verbs())
    assert [finding.code for finding in first.findings] == ["cannot-take-effect"]
    both = enact(first.world, [establish], verbs())
    assert both.findings == ()
    assert who(both.world, "2015-04-01", "Cole") == ["elm sole"]


def test_a_world_keeps_its_plugins_and_fingerprint_when_a_deal_makes_a_body():
    place = world().changed(plugins=("mine",), fingerprint="f")
    after = enacted(place, NEW)
    assert (after.plugins, after.fingerprint) == (("mine",), "f")


def test_a_verb_that_fails_is_a_finding_that_names_its_plugin():
    def broken(world, provision):
        raise ZeroDivisionError("no")

    tool = replace(verbs()["join"], name="broken", function=broken, plugin="mine")
    text = deal(world(), provision("abolish", "2014-04-01", body="ash"))
    bad = replace(text, provisions=(replace(text.provisions[0], verb="broken", terms={}),))
    (finding,) = enact(world(), [bad], {**verbs(), "broken": tool}).findings
    assert finding.code == "plugin-failed"
    assert "verb 'broken' of plugin mine 0.1.0 failed: ZeroDivisionError: no" in finding.message
    (unknown,) = enact(world(), [bad], verbs()).findings
    assert unknown.code == "unknown-verb"


def test_a_verb_that_yields_nothing_changes_nothing():
    tool = replace(verbs()["abolish"], function=lambda world, provision, body: [])
    text = deal(world(), provision("abolish", "2014-04-01", body="ash"))
    (finding,) = enact(world(), [text], {"abolish": tool}).findings
    assert finding.code == "changes-nothing"


# --- laws -----------------------------------------------------------------------------------------


def everywhere(place: World, data: st.DataObject):
    """Answers on some days, as known on some day."""
    known = data.draw(knowns)
    return [answers(place, day, known) for day in data.draw(st.lists(asked, min_size=1, max_size=3))]


@settings(max_examples=40)
@given(st.data())
def test_neither_the_order_of_deals_nor_of_provisions_matters(data):
    place = data.draw(worlds())
    several = data.draw(deals(place, 3))
    after = enact(place, several, verbs()).world
    shuffled = place
    for item in data.draw(st.permutations(several)):
        mixed = replace(item, provisions=tuple(data.draw(st.permutations(item.provisions))))
        shuffled = enact(shuffled, [mixed], verbs()).world
    for day in (*data.draw(st.lists(asked, max_size=2)), LAST):
        assert answers(after, day) == answers(shuffled, day)


@settings(max_examples=40)
@given(st.data())
def test_a_deal_in_two_files_is_the_same_deal(data):
    place = data.draw(worlds())
    (whole,) = data.draw(deals(place, 1))
    cut = data.draw(st.integers(0, len(whole.provisions)))
    halves = [Deal("one", "One", whole.provisions[:cut]), Deal("two", "Two", whole.provisions[cut:])]
    after, split = enact(place, [whole], verbs()).world, enact(place, halves, verbs()).world
    for day in (*data.draw(st.lists(asked, max_size=2)), LAST):
        assert answers(after, day) == answers(split, day)


@settings(max_examples=40)
@given(st.data())
def test_a_deal_enacted_and_left_out_again_leaves_no_trace(data):
    place = data.draw(worlds())
    first, *others = data.draw(deals(place, 2))
    before = enact(place, others, verbs()).world
    after = without(enact(before, [first], verbs()).world, [first.code], verbs()).world
    known = data.draw(knowns)
    for day in (*data.draw(st.lists(asked, max_size=2)), LAST):
        assert answers(before, day, known) == answers(after, day, known)


@settings(max_examples=40)
@given(st.data())
def test_a_provision_is_not_felt_before_its_day(data):
    place = data.draw(worlds())
    several = data.draw(deals(place))
    after = enact(place, several, verbs()).world
    first = min(p.commencement for item in several for p in item.provisions)
    days = [day for day in asked_before(first) if day < first]
    for day in days[-2:]:
        assert answers(place, day) == answers(after, day)


def asked_before(first):
    return [date(2009, 6, 1), *(day for day in DAYS if day < first)]


@settings(max_examples=40)
@given(st.data())
def test_every_effect_of_a_deal_says_where_it_comes_from(data):
    place = data.draw(worlds())
    several = data.draw(deals(place))
    after = enact(place, several, verbs()).world
    ids = {p.id for item in several for p in item.provisions}
    for power, ledger in after.ledgers.items():
        new: set[Effect] = set(ledger.effects) - set(place.ledger(power).effects)
        assert all(effect.origin in ids and effect.plugin and effect.deal for effect in new)


def test_shares_of_a_place_stay_whole_through_a_deal():
    after = enacted(
        world(GENERAL),
        provision(
            "transfer", "2014-04-01", power="buses", transferor="ash", transferee="gaca", area="E08000001"
        ),
    )
    rows = list(who_holds(after.on("2014-04-01"), "England", "buses"))
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert said(rows, "body share") == lines("""
        gaca 0.1
        beck 0.2
        cole 0.3
        dene 0.4
    """)


# --- verbs that make records ----------------------------------------------------------------------


def fine(world, provision, power, holder):
    """A plugin's verb about a power that makes a record of its own as well as an effect."""
    yield begins(provision, power, holder, "E47000001")
    yield Membership(holder, "dene", provision=provision.id)


def with_fine():
    """The core's verbs and one more, with a deal that uses it before and after other law on the power."""
    more = {**verbs(), "fine": Tool("fine", "test", fine, "", terms_of(fine, 2))}
    place = world()
    text = provision("fine", "2015-01-01", power="buses", holder="gaca")
    (read,) = deals_from([Document("F.toml", f'code = "F"\nname = "F"\n{text}')], place, more).deals
    return place, read, more


def test_records_that_a_verb_about_a_power_makes_go_with_its_deal():
    place, read, more = with_fine()
    after = enact(place, [read], more).world
    assert [seat.member for seat in after.of(Membership)] == ["dene"]
    assert without(after, ["F"], more).world.of(Membership) == ()


def test_records_are_made_once_however_often_the_power_is_read_again():
    place, read, more = with_fine()
    after = enact(place, [read], more).world
    earlier = deal(place, provision("confer", "2014-01-01", power="buses", holder="pcc"))
    again = enact(after, [earlier], more).world
    assert [seat.member for seat in again.of(Membership)] == ["dene"]
