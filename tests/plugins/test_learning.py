# ruff: noqa: E501  (a record is easier read on a line)
"""Learning: who may see a note, who is like whom, who judges or helps, and that nothing slips to the centre."""

import json

import pytest
from services import NOW, enacted, tools, world

import devo
from devo.answers import ask as ask_with
from devo.exports.frames import frames
from devo_learning import seeing
from devo_learning.seeing import may_see
from devo_learning.values import EvidenceNote

SECRET = "the-secret-of"
NOTES = """
body = [
    {id = "elm", name = "Elm Council", kind = "metropolitan-district", sector = "local", area = "piece:d"},
    {id = "nhs", name = "The Board", kind = "icb", sector = "nhs", area = "E92000001"},
]
evidence-note = [
    {id = "the-secret-of-ash-own", body = "ash", power = "care", tried = "the-secret-of-own", visibility = "own"},
    {id = "the-secret-of-ash-peers", body = "ash", power = "care", tried = "the-secret-of-peers", went_wrong = "all", visibility = "peers"},
    {id = "the-secret-of-elm-sector", body = "elm", power = "care", tried = "the-secret-of-sector", visibility = "sector"},
    {id = "open-beck", body = "beck", power = "care", tried = "told everybody", visibility = "centre", worked = "yes"},
    {id = "the-secret-of-silence", body = "ash", power = "care", tried = "the-secret-of-default"},
]
"""


def ask(country, question, **terms):
    return ask_with(country.on(NOW), tools().questions[question], terms).rows


def seen(viewer):
    return {
        row.note.removeprefix("the-secret-of-") for row in ask(world(NOTES), "evidence", as_seen_by=viewer)
    }


def test_each_sees_what_its_notes_allow():
    assert seen("ash") == {"ash-own", "ash-peers", "silence", "open-beck"}
    assert seen("beck") == {"ash-peers", "open-beck"}  # holds care on like terms
    assert seen("elm") == {"ash-peers", "elm-sector", "open-beck"}
    assert seen("nhs") == {"open-beck"}
    assert seen("pcc") == {"open-beck"}


@pytest.mark.parametrize("viewer", ["centre", "minister", "dept", "The Centre", ""])
def test_the_centre_sees_only_what_was_meant_for_it(viewer):
    assert seen(viewer) == {"open-beck"}


def test_what_is_said_by_default_is_what_the_centre_may_see():
    assert [row.note for row in ask(world(NOTES), "evidence")] == ["open-beck"]


def test_notes_are_their_authors_alone_unless_they_say_otherwise():
    assert EvidenceNote("n", "ash", "care").visibility == "own"


def test_no_way_lets_a_note_into_what_is_made_for_the_centre():
    """Every question, asked as the centre or without saying who asks, every check, plan and export."""
    place = world(NOTES).on(NOW)
    terms = {
        "place": "Ash",
        "persona": "p",
        "power": "care",
        "body": "beck",
        "geography": "lad24",
        "year": "2015-16",
    }
    terms |= {"since": "2015-01-01", "as_seen_by": "centre", "routine_share": 0.5, "automated": 0.5}
    asked = 0
    for name, tool in tools().questions.items():
        given = {term.name: terms[term.name] for term in tool.terms if term.name in terms}
        if any(term.required and term.name not in terms for term in tool.terms):
            continue
        for viewer in ({}, {"as_seen_by": "minister"}):
            if viewer and not any(term.name == "as_seen_by" for term in tool.terms):
                continue
            try:
                answer = ask_with(place, tool, {**given, **viewer})
            except (devo.NameFault, devo.TermFault, LookupError):
                continue
            asked += 1
            assert SECRET not in json.dumps(answer.as_json(), default=str), name
    assert asked > 30
    for tool in tools().checks.values():
        assert SECRET not in repr(list(tool.function(place))), tool.name
    exported = frames(place)
    assert exported["evidence-note"].height == 1
    assert all(SECRET not in str(table.rows()) for table in exported.values())
    moved = enacted(world(NOTES), 'verb = "share"\npower = "care"\ntransferee = "gaca"\narea = "E47000001"')
    before = world(NOTES).on(NOW)
    assert SECRET not in json.dumps(devo.plan(before, moved.on(NOW)).as_json(), default=str)


def test_notes_that_not_everybody_may_see_leave_no_trace_in_figures():
    hidden = "\n".join(line for line in NOTES.splitlines() if "open-beck" not in line)
    kept, none = world(hidden), world(hidden[: hidden.index("evidence-note")])
    assert len(kept.of(EvidenceNote)) == 4
    for question in ("learning-figures", "learning-paragraph", "peers", "evidence-reach"):
        terms = {} if question == "evidence-reach" else {"body": "ash", "power": "care"}
        assert ask(kept, question, **terms) == ask(none, question, **terms)


def test_how_a_power_is_held_is_looked_up_once_for_all_its_notes(monkeypatch):
    asked = []
    monkeypatch.setattr(seeing, "terms_by_body", lambda world, power: asked.append(power) or {})
    list(seeing.evidence_reach(world(NOTES).on(NOW), "ash"))
    assert asked == ["care"]


def test_a_note_of_nobody_known_is_seen_by_nobody():
    place = world('evidence-note = [{id = "n", body = "ghost", power = "care", visibility = "sector"}]').on(
        NOW
    )
    (note,) = place.of(EvidenceNote)
    assert not any(may_see(place, note, body) for body in place.roster.bodies)
    (finding,) = tools().checks["note-without-author"].function(place)
    assert finding.code == "note-without-author"


# --- peers --------------------------------------------------------------------------------------


def test_peers_hold_a_power_on_like_terms():
    rows = {row.peer: row for row in ask(world(), "peers", body="ash", power="care")}
    assert {peer for peer, row in rows.items() if row.alike} == {"beck", "cole", "dene"}
    text = 'verb = "condition"\npower = "care"\nholder = "every:metropolitan-district"\nkind = "consent"\nby = "dept"\narea = "E08000002"'
    rows = {row.peer: row for row in ask(enacted(world(), text), "peers", body="ash", power="care")}
    assert rows["beck"].unlike == ("conditions",)
    assert rows["cole"].alike


def test_money_tied_and_money_free_are_not_like_terms():
    money = """
pot = [{id = "g", name = "G", payer = "dept", payee = "ash", kind = "ring-fenced-grant", ringfenced = true, powers = ["care"]},
       {id = "h", name = "H", payer = "dept", payee = "beck", kind = "grant", powers = ["care"]}]
amount = [{pot = "g", pence = 1, year = "2015-16"}, {pot = "h", pence = 1, year = "2015-16"}]
"""
    rows = {row.peer: row for row in ask(world(money), "peers", body="ash", power="care")}
    assert rows["beck"].unlike == ("strings on money",)
    assert rows["cole"].alike  # of its money nothing is known, and nothing is guessed


def test_no_central_body_is_a_peer():
    shared = enacted(world(), 'verb = "share"\npower = "health"\ntransferee = "gaca"\narea = "E47000001"')
    assert not ask(shared, "peers", body="gaca", power="health")


# --- who judges and who helps ---------------------------------------------------------------------

INSPECTOR = '{id = "inspector", name = "The Inspectorate", kind = "inspectorate"}'
OVERSIGHT = """
oversight = [
    {id = "a", overseer = "inspector", overseen = "metropolitan-district", powers = ["care"], role = "assurance"},
    {id = "b", overseer = "dept", overseen = "metropolitan-district", role = "assurance"},
    {id = "c", overseer = "dept", overseen = "ash", role = "support"},
    {id = "d", overseer = "minister", overseen = "pcc"},
]
"""
LINKS = f"body = [{INSPECTOR}]\n{OVERSIGHT}"
LINKS_AND_NOTES = NOTES.replace("body = [\n", f"body = [\n    {INSPECTOR},\n") + OVERSIGHT


def test_oversight_says_its_role_or_is_undisclosed():
    rows = ask(world(LINKS), "oversight", body="ash")
    assert {(row.link, row.role) for row in rows} == {
        ("a", "assurance"),
        ("b", "assurance"),
        ("c", "support"),
    }
    assert ask(world(LINKS), "oversight", body="Ash City Council") == rows
    with pytest.raises(devo.NameFault):
        ask(world(LINKS), "oversight", body="nobody at all")
    (row,) = ask(world(LINKS), "oversight", role="undisclosed")
    assert row.bodies == ("pcc",)
    (finding,) = tools().checks["undisclosed-oversight"].function(world(LINKS).on(NOW))
    assert "Whether The Minister assures or supports pcc" in finding.message


def test_a_body_that_judges_and_helps_the_same_is_named():
    rows = {row.overseer: row for row in ask(world(LINKS), "assurance-and-support")}
    assert rows["dept"].both_to == ("ash",)
    assert rows["inspector"].says == "assurance alone"
    assert rows["minister"].says == "its role is undisclosed"


def test_inspectorates_are_counted_apart_from_those_who_act():
    rows = ask(world(LINKS), "whole-person", persona="p", place="Ash")
    assert [(row.body, row.power) for row in rows if row.role == "regulates"] == [("inspector", "care")]
    found = {
        row.dimension: row.figure
        for row in ask(world(LINKS), "whole-person-figures", persona="p", place="Ash")
    }
    assert (found["bodies"], found["regulators"]) == (4, 1)


def test_what_a_body_could_learn_is_counted_and_what_is_not_known_is_no_nought():
    found = {row.measure: row for row in ask(world(), "learning-figures", body="ash", power="care")}
    assert found["on like terms"].behind == ("Beck Council", "Cole Council", "Dene Council")
    assert found["notes for all to see"].figure is None
    assert found["known to assure"].figure is None
    found = {
        row.measure: row.figure
        for row in ask(world(LINKS_AND_NOTES), "learning-figures", body="ash", power="care")
    }
    assert (found["known to assure"], found["known to support"], found["role undisclosed"]) == (2, 1, 0)
    assert found["notes for all to see"] == 1  # of five: none of its own, of its peers' or of a sector's


def test_what_a_body_could_learn_in_words():
    (row,) = ask(world(LINKS_AND_NOTES), "learning-paragraph", body="ash", power="care")
    assert row.text.startswith("Ash City Council holds care on like terms with")
    assert "On it there is one note that anybody may see." in row.text
    assert "It is judged by The Department and The Inspectorate. It is helped by The Department." in row.text
    (row,) = ask(world(), "learning-paragraph", body="pcc", power="police")
    assert "The tables know nobody else who holds policing as" in row.text


# --- the network ------------------------------------------------------------------------------------


def test_without_programmes_nothing_is_made_up():
    assert {row.status for row in ask(world(), "learning-network")} == {"unmodelled"}


def test_programmes_are_counted_by_sectors_and_by_who_leads_them():
    text = """
programme = [
    {id = "x", name = "X", sectors = ["local", "nhs"], led_by = "peers", bodies = ["ash", "beck"], known_to_work = "yes"},
    {id = "y", name = "Y", sectors = ["local"], led_by = "centre", run_by = "dept", bodies = ["beck", "cole", "dene"]},
]
"""
    found = {row.measure: row.figure for row in ask(world(text), "learning-network")}
    assert found["programmes that span two or more sectors"] == 0.5
    assert found["programmes led by peers"] == 0.5
    assert found["reach without a national spine"] == 1 / 6  # Ash and Beck, of six pairs of four bodies
    assert found["reach with a national spine"] == 1.0
    assert found["peer learning arrangements"] is None


def test_evidence_from_a_like_place_lowers_the_fifth_barrier_for_who_may_see_it():
    def blind(viewer):
        rows = ask(world(NOTES), "barriers", place="Cole", persona="p", as_seen_by=viewer)
        return next(row.figure for row in rows if row.barrier == "B5")

    assert blind("centre") == 2  # health and policing; of care there is a note for everybody
    quiet = 'evidence-note = [{id = "n", body = "ash", power = "care", visibility = "peers"}]'
    for viewer, status in (("centre", "unmodelled"), ("cole", "held")):
        rows = ask(world(quiet), "barriers", place="Cole", persona="p", as_seen_by=viewer)
        assert {row.status for row in rows if row.barrier == "B5"} == {status}
