"""Joining up in England: the ten districts of Greater Manchester, Glossop, Halton and Warrington, before and after."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest
from worlds import england as all_days

import devo
from devo.answers import ask as ask_with
from devo.toolbox import toolbox
from devo_joinup.changes import earlier
from devo_joinup.counts import Counts
from devo_joinup.dimensions import DIMENSIONS, JOINED, MONEY
from devo_joinup.figures import Figures
from devo_joinup.shipped import items, needs_of, personas
from devo_joinup.values import Arrangement

SOURCES = Path(os.environ.get("DEVO_SOURCES", Path(__file__).resolve().parents[3] / "shared"))

TEN = (
    "Bolton",
    "Bury",
    "Manchester",
    "Oldham",
    "Rochdale",
    "Salford",
    "Stockport",
    "Tameside",
    "Trafford",
    "Wigan",
)
AROUND = ("Glossop", "Halton", "Warrington")


@cache
def tools():
    return toolbox()


@cache
def england(day="2025-06-01"):
    return all_days().on(day)


def ask(question, day="2025-06-01", **terms):
    return ask_with(england(day), tools().questions[question], terms).rows


def figures(persona, place, day="2025-06-01"):
    return {
        row.dimension: row.figure for row in ask("whole-person-figures", day, persona=persona, place=place)
    }


def test_how_many_bodies_somebody_leaving_prison_meets_in_glossop_and_in_tameside():
    """In Tameside one authority is commissioner of crime too, and one council does what two do in Glossop."""
    glossop, tameside = (figures("leaving-prison-homeless", place) for place in ("Glossop", "Tameside"))
    assert (glossop["bodies"], tameside["bodies"]) == (8, 7)
    assert (glossop["agree"], tameside["agree"]) == (7, 6)
    assert glossop["regulators"] == tameside["regulators"] == 4


def test_every_need_of_every_persona_leads_to_a_power_that_there_is_or_says_that_it_does_not():
    powers = england().powers
    for row in ask("personas"):
        assert row.power in powers or (not row.power and row.note), row
        assert row.source, row


@cache
def without_the_deals():
    return earlier(england(), "GM-*")[0]


def test_before_and_after_the_deals_of_greater_manchester():
    """For every persona in the ten districts somebody came in; outside them nothing has changed."""
    old, new = Figures(without_the_deals()), Figures(england())
    came = {}
    for place in (*TEN, *AROUND):
        pieces = devo.place(england(), place).pieces
        for persona in personas(england()):
            needs = needs_of(england(), persona)
            was, now = (
                {d.body for _, doors in f.meetings.groups(needs, pieces) for d in doors} for f in (old, new)
            )
            came[place, persona] = (now - was, was - now)
    assert {place for (place, _), moved in came.items() if any(moved)} == set(TEN)
    changed = {persona for (place, persona), moved in came.items() if place == "Wigan" and any(moved)}
    assert {
        "leaving-prison-homeless",
        "tenant-antisocial-behaviour",
        "older-person-leaving-hospital",
    } <= changed


def test_a_paragraph_for_a_submission():
    (row,) = ask("whole-person-submission", place="Tameside", persona="leaving-prison-homeless", deals="GM-*")
    assert row.text.startswith("In Tameside on 1 June 2025, this person")
    assert "Compared with the position without GM-2014-11" in row.text
    assert "Police and Crime Commissioner for Greater Manchester went out." in row.text


def test_the_commissioner_gave_way_to_the_authority():
    rows = {
        row.dimension: row
        for row in ask(
            "whole-person-change", place="Manchester", persona="tenant-antisocial-behaviour", deals="GM-*"
        )
    }
    assert rows["bodies"].came == ("Greater Manchester Combined Authority",)
    assert "Police and Crime Commissioner for Greater Manchester" in rows["bodies"].went


def test_glossop_was_left_behind_by_the_health_memorandum():
    """Its NHS body was Tameside's too; what Greater Manchester took over stopped at the county's border."""
    rows = ask("worse-at-the-edge", "2021-06-01", deals="GM-*", persona="older-person-leaving-hospital")
    found = {(row.place_name, row.dimension): row for row in rows}
    assert {name for name, _ in found} == {"Glossop"}
    assert found["Glossop", "bodies"].effect == "left behind"
    assert found["Glossop", "bodies"].across == ("NHS Tameside and Glossop CCG",)


def test_halton_is_worse_off_where_its_authority_crosses_its_police_area():
    rows = ask("worse-at-the-edge", deals="LCR-*;HOUSING-FIRST-2017")
    assert {row.place_name for row in rows} == {"Halton"}
    assert {row.dimension for row in rows} == {"crossings"}


def test_the_map_covers_every_district_once():
    rows = ask("whole-person-everywhere", persona="leaving-prison-homeless")
    assert len(rows) == len({row.place for row in rows}) == 296
    assert all(row.figure for row in rows)


def test_the_map_says_what_each_place_says():
    """Everywhere at once is read in numpy, one place by itself piece by piece, some with conditions and parts."""
    figures = Figures(england())
    wanted = tuple(name for name in DIMENSIONS if name not in MONEY)
    for persona in ("older-person-leaving-hospital", "tenant-antisocial-behaviour"):
        needs = needs_of(england(), persona)
        found = Counts(figures).of(needs, wanted)
        for piece in range(0, len(england().mosaic), 12):
            plain = {name: figure.value for name, figure in figures.at(needs, piece, wanted).items()}
            assert {name: counts[piece] for name, counts in found.items()} == plain


def test_all_residents_are_counted_once_a_persona():
    counted = {}
    for row in ask("bodies-met"):
        counted[row.persona] = counted.get(row.persona, 0) + row.residents
    assert set(counted.values()) == {57_690_323}


def test_the_insights_of_a_deal_rest_on_its_own_provisions():
    rows = {row.insight: row for row in ask("insights", deal="GM-2016-03")}
    assert rows["I04"].met == "yes"
    assert all(name.startswith("GM-2016-03/") for row in rows.values() for name in row.provisions)
    assert rows["I09"].reconstructed


def test_for_england_what_is_not_known_is_unmodelled():
    rows = ask("barriers", place="Manchester", persona="leaving-prison-homeless")
    assert {row.barrier for row in rows if row.status == "unmodelled"} == {"B5"}
    (row,) = ask("below-the-council", place="Manchester")
    assert row.status == "unmodelled"


def test_what_would_help_names_what_stands_against_it():
    rows = ask(
        "what-would-help", place="Halton", persona="leaving-prison-homeless", dimension="crossings", most=3
    )
    assert rows[0].before == 1
    assert rows[0].figure == 0
    assert all(row.kind in ("another level", "shared", "pooled", "boundary") for row in rows)


def test_who_looks_over_whom_is_assurance_support_or_undisclosed():
    rows = ask("oversight")
    assert {row.role for row in rows} == {"assurance", "both", "undisclosed"}
    assert all(row.source and row.bodies for row in rows)


def test_peers_of_an_authority_hold_on_like_terms():
    rows = {row.peer: row for row in ask("peers", body="GMCA", power="S01")}
    assert rows["wmca"].alike
    assert not rows["gla"].alike


# What any of the questions needs to be asked about one person, place, power and deal.
ABOUT = {
    "place": "Manchester",
    "persona": "leaving-prison-homeless",
    "body": "gmca",
    "power": "adult-education",
    "deal": "GM-2016-03",
    "deals": "GM-*",
    "geography": "lad24",
    "year": "2025-26",
    "before": "2023-24",
    "after": "2025-26",
    "since": "2014-11-03",
    "until": "2025-06-01",
    "day": "2025-06-01",
    "dimension": "bodies",
    "routine_share": 0.3,
    "automated": 0.5,
    "pot": "bcf-2526",
    "payer": "department-of-health-and-social-care",
    "pence": 100_000_000,
    "pounds": 1_000_000,
}
# Its answer is a search of many worlds, and has a test of its own.
LONG = frozenset({"what-would-help"})


@pytest.mark.nightly
def test_whatever_answers_an_item_of_the_reports_answers_for_england():
    """Each question that an item names has rows for real England, or a row that says it is not known."""
    box = tools()
    named = {part.strip() for item in items() for part in item.answered_by.split(";")}
    for name in sorted(part.removeprefix("question:") for part in named if part.startswith("question:")):
        terms = {term.name: ABOUT[term.name] for term in box.questions[name].terms if term.required}
        if name in ("barriers", "whole-person-change"):
            terms |= {"place": "Manchester"}
        if name not in LONG:
            rows = ask(name, **terms)
            assert rows or name in MAY_BE_EMPTY, name


# A timetable has what is promised and not yet made, a register of evidence what somebody wrote: England's may be bare.
MAY_BE_EMPTY = frozenset({"evidence", "timetable", "consents"})


def test_the_items_are_those_of_the_list_that_asks_for_them():
    source = SOURCES / "facts" / "barriers_insights.csv"
    if not source.exists():
        pytest.skip(f"the list of barriers and insights is not here: {source}")
    with source.open(encoding="utf-8", newline="") as file:
        asked = {row["item_id"]: row for row in csv.DictReader(file)}
    found = {item.id: item for item in items()}
    assert found.keys() == asked.keys()
    assert {n for n, item in found.items() if item.confidence == "unsure"} == {
        n for n, row in asked.items() if row["confidence"] == "unsure"
    }


# --- what the law has bodies arrange ------------------------------------------------------------


def bound(persona, day="2025-06-01", place="Manchester"):
    figures = Figures(england(day))
    needs = needs_of(england(day), persona)
    ((_, doors), *_) = figures.meetings.groups(needs, devo.place(england(day), place).pieces)
    acting = [door for door in doors if door.acts]
    return {item.id for item in figures.ties.at(0) if len(figures.ties.bound(item, acting)) > 1}


def test_duties_to_cooperate_bind_whom_a_person_meets_and_nobody_else():
    """Public protection is about those on probation, safeguarding about children; neither touches the other."""
    assert bound("leaving-prison-homeless") == {"multi-agency-public-protection"}
    assert bound("family-many-problems") == {"children-cooperation", "safeguarding-partners"}
    assert "better-care-fund" in bound("older-person-leaving-hospital")


def test_the_better_care_fund_began_in_2015():
    """In Tameside, whose clinical commissioning group the tables know from its first day."""
    assert "better-care-fund" not in bound("older-person-leaving-hospital", "2015-03-31", "Tameside")
    assert "better-care-fund" in bound("older-person-leaving-hospital", "2015-04-01", "Tameside")


def test_a_duty_to_cooperate_joins_nobody_up_by_itself():
    """Figures count what a person must do: no duty makes a team, a contact or a way to share data."""
    seen = england()
    bare = Figures(seen.changed(records={Arrangement: ()}))
    full = Figures(seen)
    for persona in personas(seen):
        needs = needs_of(seen, persona)
        for piece in (0, 100, 200):
            assert bare.at(needs, piece, JOINED) == full.at(needs, piece, JOINED)


def test_every_arrangement_of_the_tables_says_where_it_is_from():
    for item in england().of(Arrangement):
        assert item.source, item.id
        assert item.start, item.id
        assert item.powers, item.id
        assert set(item.powers) <= set(england().powers), item.id
