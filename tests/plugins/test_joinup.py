# ruff: noqa: E501  (a record is easier read on a line)
"""Joining up on a little country: whom a person meets, what the figures count, arrangements, barriers, insights."""

import runpy
from datetime import date
from pathlib import Path

import pytest
import worlds
from services import NOW, attempted, enacted, tools, world

import devo
from devo.answers import ask as ask_with
from devo.enactment import enact
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.sources import BUILT_IN
from devo.toolbox import toolbox
from devo.world import world_of
from devo_joinup.churn import years_before
from devo_joinup.figures import Figures
from devo_joinup.shipped import items, needs_of, personas
from devo_joinup.smallest import blockers, smallest


def ask(country, question, **terms):
    return ask_with(country.on(NOW), tools().questions[question], terms).rows


def figures(place, where, persona="p", **terms):
    return {
        r.dimension: r.figure
        for r in ask(place, "whole-person-figures", persona=persona, place=where, **terms)
    }


# --- whom a person meets ------------------------------------------------------------------------


def test_a_person_meets_whoever_holds_what_their_needs_lead_to():
    rows = [r for r in ask(world(), "whole-person", persona="p", place="Ash") if r.body and r.role != "funds"]
    assert sorted((r.need, r.role, r.body) for r in rows) == [
        ("bins", "acts", "dept"),
        ("care", "acts", "ash"),
        ("health", "commissions", "minister"),
        ("safety", "acts", "pcc"),
    ]


def test_what_the_tables_do_not_know_is_said_and_never_dropped():
    rows = ask(world(), "whole-person", persona="p", place="Ash")
    unknown = {(r.need, r.role) for r in rows if r.status == "unmodelled" and r.role != "funds"}
    assert unknown == {("mystery", "acts"), ("health", "acts")}  # nobody holds it; who provides it
    assert {r.need for r in rows if r.role == "funds"} == {"care", "health", "safety", "bins"}
    assert figures(world(), "Ash")["unmodelled"] == 1
    assert figures(world(), "Ash")["pots"] is None
    assert figures(world(), "Ash")["regulators"] is None


def test_a_place_that_boundaries_cut_is_answered_in_shares():
    rows = ask(world(), "whole-person", persona="p", place="E23000001")
    assert {r.body: r.share for r in rows if r.power == "care" and r.role == "acts"} == {
        "ash": 100 / 600,
        "beck": 200 / 600,
        "cole": 300 / 600,
    }


def test_a_minister_and_their_department_are_one_organisation():
    office = 'office = [{minister = "minister", department = "dept"}]'
    assert figures(world(), "Ash")["bodies"] == 4
    assert figures(world(office), "Ash")["bodies"] == 3


def test_transactional_services_are_left_out_of_joining_up_and_not_of_the_bodies():
    found = figures(world(), "Ash")
    assert (found["bodies"], found["contacts"], found["agree"], found["workers"]) == (4, 3, 3, 3)


def test_the_system_looked_at_can_be_narrower():
    assert figures(world(), "Ash", leave_out="bins;pcc")["bodies"] == 2
    assert figures(world(), "Ash", leave_out="police-and-crime-commissioner")["bodies"] == 3


def test_areas_cut_across_each_other_only_where_neither_holds_the_other():
    fenced = world('holding = [{id = "m", power = "mystery", holder = "gaca", start = 2011-04-01}]')
    assert figures(fenced, "Ash")["crossings"] == 0  # an authority inside a police area
    body = 'body = [{id = "board", name = "Board", kind = "icb", area = "E08000002 + E08000004"}]\n'
    across = world(body + 'holding = [{id = "m", power = "mystery", holder = "board"}]')
    assert figures(across, "Beck")["crossings"] == 1


def test_a_persona_of_your_own_stands_instead_of_a_shipped_one():
    own = 'persona = [{id = "leaving-prison-homeless", name = "Mine"}]\nneed = [{persona = "leaving-prison-homeless", need = "care", power = "care"}]'
    place = world(own)
    assert personas(place)["leaving-prison-homeless"].name == "Mine"
    assert len(needs_of(place, "leaving-prison-homeless")) == 1
    assert figures(place, "Ash", "leaving-prison-homeless")["bodies"] == 1


def test_needs_of_a_persona_that_there_is_not_are_a_finding():
    place = world('need = [{persona = "leaving-prison-homless", need = "care", power = "care"}]')
    (finding,) = tools().checks["need-of-nobody"].function(place.on(NOW))
    assert finding.suggestion == "did you mean leaving-prison-homeless?"


def test_an_unknown_persona_names_the_nearest():
    with pytest.raises(devo.NameFault) as fault:
        ask(world(), "whole-person", persona="leaving-prison", place="Ash")
    assert "leaving-prison-homeless" in fault.value.suggestion


def test_a_persona_on_the_map_is_one_row_a_district_and_dimension():
    rows = ask(world(), "whole-person-everywhere", persona="p", dimension="bodies;areas")
    assert worlds.said(rows, "place dimension figure") == worlds.lines("""
        E08000001 areas 3
        E08000001 bodies 4
        E08000002 areas 3
        E08000002 bodies 4
        E08000003 areas 3
        E08000003 bodies 4
        E08000004 areas 2
        E08000004 bodies 3
    """)
    with pytest.raises(devo.TermFault, match="no dimension is called 'score'"):
        ask(world(), "whole-person-everywhere", persona="p", dimension="score")


def test_the_paragraph_says_what_is_not_known():
    (row,) = ask(world(), "whole-person-paragraph", persona="p", place="Ash")
    assert "depends on four organisations" in row.text
    assert "Not known to the tables, and not counted: the money, the inspectorates and Mystery." in row.text


# --- agreement --------------------------------------------------------------------------------------


def test_of_concurrent_holders_one_is_enough_and_of_joint_holders_all_are_needed():
    shared = enacted(world(), 'verb = "share"\npower = "care"\ntransferee = "gaca"\narea = "E47000001"')
    joint = enacted(
        world(), 'verb = "make-joint"\npower = "care"\nholders = ["ash", "gaca"]\narea = "E08000001"'
    )
    assert figures(shared, "Ash")["agree"] == 3
    assert figures(joint, "Ash")["agree"] == 4
    rows = {r.body: r for r in ask(joint, "agreement", persona="p", place="Ash")}
    assert {body for body, r in rows.items() if r.can_block} == {"ash", "gaca", "minister", "pcc"}
    rows = {r.body: r for r in ask(shared, "agreement", persona="p", place="Ash")}
    assert {body for body, r in rows.items() if r.can_block} == {"minister", "pcc"}
    assert sum(r.needed for r in rows.values()) == 3


def test_consent_still_to_be_given_is_needed_too():
    text = 'verb = "condition"\npower = "care"\nholder = "every:metropolitan-district"\nkind = "consent"\nby = "cole"'
    placed = enacted(world(), text)
    found = ask(placed, "whole-person", persona="p", place="Ash")
    assert [r.body for r in found if r.role == "must agree"] == ["cole"]
    assert figures(placed, "Ash")["conditions"] == 1


def test_the_smallest_set_takes_whoever_serves_twice():
    wants = [[frozenset("a"), frozenset("b")], [frozenset("b"), frozenset("c")], [frozenset("d")]]
    assert smallest(wants) == {"b", "d"}
    assert blockers(wants) == {"d": 1}
    assert smallest([]) == frozenset()


# --- arrangements -----------------------------------------------------------------------------------

TEAM = 'verb = "arrange"\nkind = "multi-disciplinary-team"\nbodies = ["ash", "minister", "pcc"]\narea = "E08000001"'


def test_a_team_is_one_contact_with_the_same_holders_behind():
    before, after = figures(world(), "Ash"), figures(enacted(world(), TEAM), "Ash")
    assert (before["contacts"], before["hand-offs"], before["workers"]) == (3, 2, 3)
    assert (after["contacts"], after["hand-offs"], after["workers"]) == (1, 0, 1)
    assert before["bodies"] == after["bodies"]
    assert figures(enacted(world(), TEAM), "Beck") == figures(world(), "Beck")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('verb = "arrange"\nkind = "co-location"\nbodies = ["ash"]', "between at least two bodies"),
        (
            'verb = "arrange"\nkind = "co-location"\nbodies = ["ash", "beck"]\nlead = "cole"',
            "is not among its `bodies`",
        ),
        (
            'verb = "arrange"\nkind = "co-location"\nbodies = ["ash", "beck"]\nuntil = 2014-01-01',
            "before it began",
        ),
        (f"{TEAM}\n---\n{TEAM}", "arranges the same already"),
    ],
)
def test_an_arrangement_that_cannot_be_says_why(text, reason):
    (finding,) = attempted(world(), text).findings
    assert reason in finding.message


def test_an_arrangement_ends():
    ended = enacted(world(), f"{TEAM}\nuntil = 2015-12-01")
    assert figures(ended, "Ash")["contacts"] == 3


# --- barriers ---------------------------------------------------------------------------------------

GATE = 'gateway = [{id = "g", name = "Care gateway", between = "metropolitan-district + minister", powers = ["care"]}]'


def barrier(place, where, name, **terms):
    return {
        r.measure: r for r in ask(place, "barriers", place=where, persona="p", **terms) if r.barrier == name
    }


def test_every_barrier_has_rows_and_what_is_missing_is_unmodelled():
    rows = ask(world(), "barriers", place="Ash", persona="p")
    assert {r.barrier for r in rows} == {"B1", "B2", "B3", "B4", "B5"}
    assert {r.barrier for r in rows if r.status == "unmodelled"} == {"B1", "B2", "B4", "B5"}
    assert all(r.figure is None for r in rows if r.status == "unmodelled")


def test_pairs_without_a_gateway_or_an_agreement_are_counted():
    (row,) = barrier(world(GATE), "Ash", "B4").values()
    assert row.figure == 2  # pcc with each of the others
    agreed = enacted(
        world(GATE), 'verb = "arrange"\nkind = "data-sharing-agreement"\nbodies = ["ash", "pcc"]'
    )
    (row,) = barrier(agreed, "Ash", "B4").values()
    assert row.figure == 1
    assert "The Minister and Ashshire PCC" in row.inputs


def test_money_has_cycles_where_the_tables_have_pots():
    money = """
pot = [{id = "g", name = "Care grant", payer = "dept", payee = "ash", kind = "grant", powers = ["care"], first_year = "2015-16", last_year = "2016-17"},
       {id = "h", name = "Health grant", payer = "dept", payee = "pcc", kind = "grant", powers = ["police"], first_year = "2015-16", last_year = "2019-20"}]
amount = [{pot = "g", pence = 100, start = 2015-04-01, end = 2017-04-01}, {pot = "h", pence = 100, start = 2015-04-01, end = 2020-04-01}]
"""
    found = barrier(world(money), "Ash", "B1")
    assert found["years the least certain money runs"].figure == 2
    assert found["years of certain money per power"].figure == 3.5
    assert found["share of money for powers that ends within 2 years"].figure == 0.5


def test_barriers_of_a_deal_stand_beside_those_without_it():
    merged = enacted(world(), 'verb = "transfer"\npower = "police"\ntransferee = "ash"\narea = "E08000001"')
    found = barrier(merged, "Ash", "B3", deal="EX")["hand-offs between bodies"]
    assert (found.before, found.figure) == (2, 1)
    with pytest.raises(devo.TermFault, match="a `place`, a `deal`, or both"):
        ask(world(), "barriers")


# --- before and after --------------------------------------------------------------------------------


def test_what_a_deal_changed_is_named_with_who_came_and_went():
    moved = enacted(world(), 'verb = "transfer"\npower = "care"\ntransferee = "gaca"\narea = "E47000001"')
    rows = {r.dimension: r for r in ask(moved, "whole-person-change", persona="p", place="Ash", deals="EX")}
    assert (rows["bodies"].came, rows["bodies"].went) == (
        ("Greater Ash Combined Authority",),
        ("Ash City Council",),
    )
    (row,) = ask(moved, "whole-person-submission", persona="p", place="Ash", deals="E*")
    assert "Greater Ash Combined Authority came in; Ash City Council went out." in row.text


def test_a_place_left_behind_at_the_edge_is_found():
    """The authority takes policing and care of Ash and Beck; Cole keeps three doors and shares the police area."""
    text = 'verb = "transfer"\npower = "{0}"\ntransferee = "gaca"\narea = "E47000001"'
    merged = enacted(world(), "---".join(text.format(power) for power in ("care", "police")))
    rows = [r for r in ask(merged, "worse-at-the-edge", persona="p", deals="EX") if r.dimension == "bodies"]
    assert [(r.place_name, r.effect, r.inside, r.across) for r in rows] == [
        ("Cole", "left behind", False, ("Ashshire PCC",))
    ]


def test_a_body_whose_area_is_crossed_by_another_is_worse_off_than_its_neighbours():
    board = 'body = [{id = "board", name = "Board", kind = "icb", area = "E08000002 + E08000004"}]\nholding = [{id = "m", power = "mystery", holder = "board"}]'
    merged = enacted(
        world(board), 'verb = "share"\npower = "health"\ntransferee = "gaca"\narea = "E47000001"'
    )
    rows = [
        r for r in ask(merged, "worse-at-the-edge", persona="p", deals="EX") if r.dimension == "crossings"
    ]
    assert [(r.place_name, r.effect, r.inside) for r in rows] == [("Beck", "worse", True)]


# --- insights, silos, the front line -----------------------------------------------------------------


def test_a_deal_that_arranges_meets_insights_and_one_that_is_silent_does_not():
    everything = "---".join(
        f'verb = "arrange"\nkind = "{kind}"\nbodies = ["ash", "beck"]'
        for kind in (
            "shared-goals",
            "joint-commissioning",
            "co-location",
            "multi-disciplinary-team",
            "key-worker",
            "evaluation",
            "pooled-budget",
        )
    )
    rows = {r.insight: r for r in ask(enacted(world(), everything), "insights", deal="EX")}
    assert len(rows) == 10
    assert {name for name, r in rows.items() if r.met == "yes"} == {
        "I01",
        "I02",
        "I04",
        "I05",
        "I06",
        "I08",
        "I09",
        "I10",
    }
    assert {name for name, r in rows.items() if r.reconstructed} == {"I08", "I09", "I10"}
    silent = enacted(world(), 'verb = "transfer"\npower = "care"\ntransferee = "gaca"\narea = "E47000001"')
    rows = {r.insight: r for r in ask(silent, "insights", deal="EX")}
    assert {name for name, r in rows.items() if r.met == "yes"} == set()
    assert rows["I03"].met == "no"  # care went up from councils
    assert "which can take freedom from councils" in rows["I03"].says
    classes = enacted(
        world(), 'verb = "arrange"\nkind = "shared-goals"\nbetween = "metropolitan-district + minister"'
    )
    rows = {r.insight: r for r in ask(classes, "insights", deal="EX")}
    assert (rows["I01"].figure, rows["I01"].says) == (5, "goals shared by five bodies")


def test_a_cut_is_told_from_a_move_and_a_move_from_joining():
    moved = enacted(world(), 'verb = "transfer"\npower = "care"\ntransferee = "gaca"\narea = "E47000001"')
    (row,) = ask(moved, "growth-and-people", deal="EX")
    assert (row.purpose, row.moves, row.share, row.joined) == ("people", 1, 1.0, "moves only")
    (row, *_) = ask(enacted(world(), f'{TEAM}\npowers = ["care"]'), "growth-and-people", deal="EX")
    assert row.joined == "joins bodies or money"
    money = 'pot = [{id = "g", name = "G", payer = "dept", payee = "ash", kind = "grant", powers = ["care"]}]\namount = [{pot = "g", pence = 100, year = "2015-16"}]'
    (row,) = ask(
        enacted(world(money), 'verb = "cut"\npot = "g"\npercent = 10.0'), "growth-and-people", deal="EX"
    )
    assert (row.moves, row.share) == (0, None)
    assert row.joined.startswith("cuts only")
    given = 'verb = "fund"\npot = "new"\npayer = "dept"\npayee = "gaca"\npounds = 5\npowers = ["care"]'
    (row,) = ask(enacted(world(), given), "growth-and-people", deal="EX")
    assert (row.purpose, row.amount_pence) == ("people", 500)


def test_a_power_moved_again_soon_is_listed():
    once = enacted(
        world(), 'verb = "transfer"\npower = "care"\ntransferee = "gaca"\narea = "E47000001"', "2013-04-01"
    )
    head = 'code = "AGAIN"\nname = "Again"\n[[provision]]\nverb = "transfer"\npower = "care"\ntransferee = "pcc"\narea = "E08000001"\ncommencement = 2015-04-01\ninstrument = {title = "Order", made = 2010-01-01}\n'
    found = deals_from([Document("again.toml", head)], once, tools().verbs)
    again = enact(once, found.deals, tools().verbs).world
    (row,) = ask(again, "moved-again", deal="AGAIN")
    assert (row.power, row.years) == ("care", 2.0)
    assert not ask(again, "moved-again", deal="AGAIN", years=1)
    # Two years to the day are within two years; who has it already, by whatever law, is moved nothing.
    assert ask(again, "moved-again", deal="AGAIN", years=2)
    for text in ("pcc", "gaca"):
        terms = f'verb = "re-source"\npower = "care"\nholder = "{text}"'
        place = {"pcc": again, "gaca": once}[text]
        (deal,) = deals_from([Document("same.toml", SAME.format(terms))], place, tools().verbs).deals
        same = enact(place, (deal,), tools().verbs)
        assert not same.findings, same.findings
        assert not ask(same.world, "moved-again", deal="SAME")


SAME = 'code = "SAME"\nname = "Same"\n[[provision]]\n{}\ncommencement = 2015-05-01\ninstrument = {{title = "Act", made = 2010-01-01}}\n'


def test_a_year_is_counted_by_the_calendar():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 3, 1)
    assert years_before(date(2016, 4, 1), 5) == date(2011, 4, 1)
    assert years_before(date(5, 5, 1), 10) == date.min


def test_silos_are_communities_of_bodies_and_powers():
    rows = ask(world(), "silos", place="Ash", persona="p")
    assert [(r.bodies, r.powers) for r in rows] == [
        (("ash",), ("care",)),
        (("minister",), ("health",)),
        (("pcc",), ("police",)),
    ]
    merged = enacted(world(), 'verb = "transfer"\npower = "health"\ntransferee = "ash"\narea = "E08000001"')
    found = {r.measure: r for r in ask(merged, "silos-replaced", place="Ash", persona="p", deals="EX")}
    assert (found["silos"].before, found["silos"].after) == (3, 2)
    assert found["share held nationally"].after == 0
    assert found["in all"].says.startswith("powers came nearer")


def test_tenants_hold_and_lose_powers_like_any_other_body():
    tenants = 'body = [{id = "tenants", name = "Ash Tenants", kind = "tenant-management-organisation", area = "piece:a", accountability = "elected directly"}]'
    place = world(tenants)
    assert ask(place, "below-the-council", place="Ash")[0].powers == ()
    given = enacted(
        place,
        'verb = "delegate"\npower = "care"\ntransferor = "ash"\ntransferee = "tenants"\narea = "E08000001"',
    )
    (row,) = ask(given, "below-the-council", place="Ash")
    assert (row.body, row.powers, row.status) == ("tenants", ("care",), "held")
    assert figures(given, "Ash")["tiers"] == figures(place, "Ash")["tiers"] + 1
    (unknown,) = ask(place, "below-the-council", place="Dene")
    assert unknown.status == "unmodelled"


def test_every_holder_has_a_line_of_accountability_or_a_finding_says_it_has_none():
    tool = tools().checks["no-line-of-accountability"]
    found = {body for f in tool.function(world().on(NOW)) for body in f.about}
    assert {"pcc", "minister", "metropolitan-district"} <= found
    assert "dept" not in found


def test_the_fewest_workers_fall_to_one_under_a_key_worker():
    rows = ask(world(), "fewest-workers", persona="p", place="Ash")
    assert [(r.profession, r.employer) for r in rows] == [
        ("social worker", "ash"),
        ("nurse", "minister"),
        ("officer", "pcc"),
    ]
    key = enacted(
        world(),
        'verb = "arrange"\nkind = "key-worker"\nname = "Ash lead"\nbodies = ["ash", "minister", "pcc"]\nlead = "ash"',
    )
    (row,) = ask(key, "fewest-workers", persona="p", place="Ash")
    assert (row.under, row.employer, row.powers) == ("Ash lead", "ash", ("care", "health", "police"))
    team = 'verb = "arrange"\nkind = "multi-disciplinary-team"\nbetween = "metropolitan-district + minister"'
    rows = ask(enacted(world(), team), "fewest-workers", persona="p", place="Ash")
    assert [(r.profession, r.employer) for r in rows] == [
        ("multi-disciplinary team", "ash"),
        ("officer", "pcc"),
    ]


def test_strings_do_not_fall_because_somebody_nearer_sets_them():
    text = 'verb = "condition"\npower = "care"\nholder = "every:metropolitan-district"\nkind = "guidance"\nby = "{0}"'
    far, near = (enacted(world(), text.format(by)) for by in ("dept", "gaca"))
    count = [
        sum(r.strings for r in ask(w, "front-line-strings", place="Ash", persona="p")) for w in (far, near)
    ]
    assert count == [1, 1]


def test_terms_of_office_stand_beside_terms_of_money():
    terms = 'term-of-office = [{id = "t", bodies = "metropolitan-district", years = 4}]'
    found = {r.body: r for r in ask(world(terms), "terms-and-money", place="Ash", persona="p")}
    assert (found["ash"].term_years, found["ash"].years_certain, found["ash"].status) == (
        4,
        None,
        "unmodelled",
    )


def test_rules_that_block_name_who_can_lift_them():
    text = 'verb = "condition"\npower = "care"\nholder = "every:metropolitan-district"\nkind = "guidance"\nby = "dept"\ntext = "guidance of the Department"'
    rows = ask(enacted(world(GATE), text), "blocking-rules", place="Ash", persona="p")
    assert {(r.rule, r.lifted_by.split(",")[0]) for r in rows if r.rule == "condition"} == {
        ("condition", "the Secretary of State")
    }
    assert sum(r.rule == "data sharing" for r in rows) == 2


def test_freed_money_is_only_what_was_assumed():
    text = 'service = [{id = "waste", name = "Waste", powers = ["bins"]}]\nspending = [{body = "ash", service = "waste", year = "2015-16", pence = 1000}]'
    (row,) = ask(world(text), "routine-freed", place="Ash", routine_share=0.5, automated=0.2)
    assert (row.freed_pence, row.nature) == (100, "transactional")
    assert row.assumption.startswith("assumed: 50% of it is routine and 20%")
    later = world(text).on("2018-06-01")
    (row,) = devo.ask(later, "routine-freed", place="Ash", routine_share=0.5, automated=0.2).rows
    assert row.year == "2015-16"  # the last year whose spending is known
    given = {"place": "Ash", "routine_share": 0.5, "automated": 0.2, "year": "2016-17"}
    assert not devo.ask(later, "routine-freed", **given).rows
    given = {"place": "Ash", "routine_share": 0.5, "automated": 0.2, "services": "wast"}
    with pytest.raises(devo.TermFault, match="'wast' in 2015-16; nearest: waste"):
        devo.ask(later, "routine-freed", **given)


# --- what would help ----------------------------------------------------------------------------------


def test_single_changes_are_tried_and_ranked_by_one_dimension():
    rows = ask(world(GATE), "what-would-help", persona="p", place="Ash", dimension="bodies")
    assert rows[0].kind == "another level"
    assert (rows[0].before, rows[0].figure) == (4, 3)
    assert all("bins" not in r.provision for r in rows)
    by_hand_offs = ask(world(GATE), "what-would-help", persona="p", place="Ash", dimension="hand-offs")
    assert by_hand_offs[0].kind == "shared"
    assert "hand-offs 2 to 0" in by_hand_offs[0].better


def test_what_a_change_would_cost_stands_beside_it():
    given = enacted(world(), 'verb = "transfer"\npower = "health"\ntransferee = "gaca"\narea = "E47000001"')
    rows = ask(given, "what-would-help", persona="p", place="Ash", most=50)
    up = next(r for r in rows if r.provision == 'verb = "transfer", power = "care", transferee = "gaca"')
    assert up.freedom_lost
    assert not next(r for r in rows if 'power = "health", transferee = "ash"' in r.provision).freedom_lost
    with pytest.raises(devo.TermFault, match="one or more"):
        ask(world(), "what-would-help", persona="p", place="Ash", most=0)


def test_money_that_does_not_move_with_its_power_is_no_pot_fewer():
    pots = 'pot = [{id = "c", name = "Care", payer = "dept", payee = "ash", kind = "ring-fenced-grant", ringfenced = true, powers = ["care"]}]\n'
    paid = world(pots + 'amount = [{pot = "c", pence = 5, year = "2015-16"}]')
    rows = ask(paid, "what-would-help", persona="p", place="Ash", dimension="pots", most=50)
    assert {r.figure for r in rows if 'power = "care"' in r.provision} <= {None}
    assert not any("pots" in better for r in rows for better in r.better)
    fence = next(r for r in ask(paid, "blocking-rules", place="Ash", persona="p") if r.rule == "ring-fence")
    assert fence.source == "the pot c, whose source `pots` gives"


# --- the list of what the reports ask for ---------------------------------------------------------------


def test_every_item_of_the_reports_is_answered_by_something_that_is_there():
    box = toolbox()
    offered = {"question": box.questions, "verb": box.verbs, "check": box.checks}
    assert len(items()) == 50
    assert len({item.id for item in items()}) == 50
    for item in items():
        for part in item.answered_by.split(";"):
            what, _, name = part.strip().partition(":")
            assert name in offered[what], (item.id, part)
    assert {item.id for item in items() if item.reconstructed} == {"I08", "I09", "I10"}


def test_the_page_says_what_the_table_says():
    script = Path(__file__).parents[2] / "docs" / "joinup_page.py"
    page = runpy.run_path(str(script))
    text = script.with_name("joinup.md").read_text(encoding="utf-8")
    assert page["page"](text) == text, "run: python docs/joinup_page.py"
    assert text.count("reconstructed: the wording was not seen") == 3


def test_both_plugins_are_built_in():
    assert {"devo_joinup", "devo_learning"} <= set(BUILT_IN)


def test_the_eight_personas_have_the_ids_that_people_script_against():
    assert {p for p in personas(world_of([])) if p != "p"} == {
        "disabled-adult-seeking-work",
        "family-many-problems",
        "leaving-prison-homeless",
        "long-term-unemployed-depression-debt",
        "older-person-leaving-hospital",
        "substance-misuse-supported-housing",
        "tenant-antisocial-behaviour",
        "young-person-neet",
    }


def test_plans_say_what_they_do_to_the_bodies_people_meet():
    tool = tools().questions["bodies-met"]
    assert tool.options["in_plan"]
    assert not any(term.required for term in tool.terms)
    rows = [r for r in ask(world(), "bodies-met") if r.persona == "p"]
    assert worlds.said(rows, "bodies residents districts") == worlds.lines("3 400 1\n4 600 3")


def test_figures_are_those_of_one_piece():
    found = Figures(world().on(NOW)).at(needs_of(world(), "p"), 0)
    assert found["bodies"].members == ("ash", "dept", "minister", "pcc")
