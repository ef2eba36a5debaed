"""England's law: who holds what holds together on every 1 June, in every district."""

import csv
import importlib.util
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from worlds import england

import devo
from devo import rules
from devo.files.baselines import shipped_deal
from devo.front import with_deals
from devo.sightings import alike
from devo.toolbox import toolbox
from devo_england.checks import held_but_directed

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "plugins" / "devo_england" / "tables"
MODES = {"sole", "sole, part delegated", "concurrent", "joint", "parts differ", "pieces differ"}


@cache
def page():
    spec = importlib.util.spec_from_file_location(
        "coverage_page", ROOT / "docs" / "england" / "coverage_page.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def general_law():
    return devo.baseline("england-general-law")


@cache
def with_the_act():
    return with_deals(england(), ["ACT-2026"])


def held(world, day, place, power):
    rows = devo.ask(world.on(day), "who-holds", place=place, power=power).rows
    return {(r.body, r.mode, r.exercised_by, r.status) for r in rows if r.status in ("held", "conditional")}


def table(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# --- one sole holder, another mode that is said, or not known -------------------------------------


@pytest.mark.parametrize("day", page().JUNES, ids=str)
def test_every_power_in_every_district_stands_in_one_way(day):
    world = england().on(day)
    seen = 0
    for standing in page().standings(world):
        assert not standing.clashes
        assert len(standing.by_district) == 296
        assert set(standing.by_district) <= MODES | {"nobody", "not known"}, standing.power
        seen += 1
    assert seen == len(world.powers)


@pytest.mark.parametrize("day", [date(2013, 6, 1), date(2024, 6, 1)], ids=str)
def test_the_general_law_alone_holds_together_too(day):
    assert not [clash for standing in page().standings(general_law().on(day)) for clash in standing.clashes]


def test_no_two_claims_clash_on_any_day_on_which_anything_changes():
    world = england()
    days = {effect.on for ledger in world.ledgers.values() for effect in ledger.effects}
    days |= {day for body in world.roster.bodies.values() for day in (body.start, body.end) if day}
    for day in sorted(day for day in days if day >= date(2010, 1, 1)):
        seen = world.on(day)
        for power in world.powers:
            if any(effect.on == day for effect in world.ledger(power).effects):
                _, clashes = page().by_piece(seen, page().Register(seen), power)
                assert not clashes


def test_the_counts_are_the_rules_own():
    """The fast count and the plain reading of the law agree, power by power, on a day."""
    world = england().on("2024-06-01")
    register = page().Register(world)
    for power in sorted(world.powers)[::4]:
        states, _ = page().by_piece(world, register, power)
        for group in alike(world, power, world.mosaic.everywhere):
            modes = {found.mode for found in rules.holders(world, power, min(group))}
            assert (states[min(group)] in ("nobody", "not known")) == (not modes), power
            assert ("sole" in modes) == states[min(group)].startswith("sole"), power


def test_all_powers_of_the_source_are_there_and_few_have_no_holder():
    codes = {power.code for power in england().powers.values()}
    assert len({code for code in codes if "." not in code}) == 140
    ledgers = england().ledgers
    bare = {p.code for p in england().powers.values() if not p.parent and not ledgers[p.id].effects}
    assert bare == {"T21", "H05", "E02", "V07", "W05", "W22"}


@pytest.mark.parametrize("code", ["T21", "H05", "E02", "V07", "W05", "W22"])
def test_what_nobody_held_before_the_act_of_2026_is_said_to_be_nobodys(code):
    assert devo.explain(england().on("2026-04-01"), "GMCA", code).status == "not-conferred"


@pytest.mark.parametrize("code", ["T21", "H05", "E02", "W05", "W22"])
def test_what_the_act_may_have_given_since_is_not_known(code):
    assert devo.explain(england().on("2026-06-04"), "GMCA", code).status == "unmodelled"


def test_every_power_without_completeness_has_its_reason():
    text = (ROOT / "docs" / "england" / "silence.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    said = {code.strip() for cell in cells for code in cell.split(",")} - {"code"}
    powers = [power for power in england().powers.values() if not power.parent]
    assert said == {p.code for p in powers if p.complete_from is None or p.complete_until is not None}


# --- whom the Secretary of State names --------------------------------------------------------------


@pytest.mark.parametrize(("day", "held"), [("2023-06-29", 0), ("2023-06-30", 1), ("2024-05-07", 1)])
def test_one_authority_answers_for_nature_recovery_in_every_place(day, held):
    world = england().on(day)
    for group in alike(world, "nature-recovery-strategy", world.mosaic.everywhere):
        assert len(rules.holders(world, "nature-recovery-strategy", min(group))) == held


@pytest.mark.parametrize(
    ("place", "day", "body"),
    [
        ("Sunderland", "2025-06-01", "gateshead-metropolitan-borough-council"),
        ("Northumberland", "2024-05-06", "ntca"),
        ("Northumberland", "2024-05-07", "nemca"),
        ("Luton", "2025-06-01", "central-bedfordshire-council"),
        ("North Somerset", "2025-06-01", "weca"),
    ],
)
def test_nature_recovery_may_be_anothers_than_ones_own_councils(place, day, body):
    assert {b for b, *_ in held(england(), day, place, "V02")} == {body}


def test_employers_plan_for_skills_once_they_are_designated():
    assert held(england(), "2022-09-04", "Salford", "S11") == set()
    assert {b for b, *_ in held(england(), "2022-09-05", "Salford", "S11")} == {
        "greater-manchester-chamber-of-commerce"
    }
    assert held(england(), "2022-10-01", "Warrington", "S11") == set()


@pytest.mark.parametrize(
    ("power", "holders"),
    [
        ("S19", {"symca", "wyca", "nemca", "ynyca", "gmca", "gla"}),
        ("S21", {"cpca", "emcca", "lcrca", "gla", "tvca", "wmca", "weca"}),
    ],
)
def test_the_trailblazers_of_2025(power, holders):
    rows = devo.ask(england().on("2025-06-01"), "where-held", power=power).rows
    assert {row.body for row in rows} - {"department-for-work-and-pensions"} == holders
    assert {row.mode for row in rows if row.body in holders} == {"delegated"}


@pytest.mark.parametrize(
    ("place", "day", "leads"),
    [
        ("Salford", "2023-06-01", {"gmca"}),
        ("Salford", "2025-06-01", {"gmca"}),
        ("Northumberland", "2023-06-01", {"ntca"}),
        ("Northumberland", "2024-06-01", {"nemca"}),
        ("Gateshead", "2024-06-01", {"gateshead-metropolitan-borough-council"}),
        ("Gateshead", "2025-06-01", {"nemca"}),
        ("Camden", "2023-06-01", {"gla"}),
        ("Norwich", "2023-06-01", {"norwich-city-council"}),
        ("Salford", "2026-04-01", set()),
    ],
)
def test_one_lead_authority_has_the_shared_prosperity_fund(place, day, leads):
    rows = held(england(), day, place, "E05")
    assert {body for body, mode, *_ in rows if mode == "delegated"} == leads


# --- who exercises what another holds ---------------------------------------------------------------


def test_commissioners_are_named_where_they_exercise_and_no_longer():
    found = list(held_but_directed(england().on("2016-01-01")))
    assert {finding.about[0] for finding in found} == {"taxi-licensing", "licensing"}
    assert not list(held_but_directed(england().on("2016-12-13")))


def test_no_provision_was_in_vain():
    assert england().findings == ()


# --- what was promised, and what came -------------------------------------------------------------


def explained(body, power, day, place=""):
    return devo.explain(england().on(day), body=body, power=power, place=place)


@pytest.mark.parametrize(
    ("power", "day", "status"),
    [
        ("S10", "2015-03-31", "promised"),
        ("S10", "2015-04-01", "held"),
        ("S10", "2017-04-01", "ended"),
        ("S14", "2014-11-03", "promised"),
        ("S14", "2016-06-01", "promised"),
        ("E06", "2015-04-01", "held"),
        ("H12", "2015-04-01", "held"),
        ("E19", "2015-04-01", "held"),
        ("T15", "2016-01-01", "promised"),
        ("T15", "2022-04-01", "held"),
        ("P04", "2017-05-08", "held"),
        ("S15", "2018-01-01", "held"),
        ("S15", "2024-11-01", "ended"),
        ("W14", "2018-01-01", "held"),
        ("W14", "2020-04-01", "ended"),
        ("W13", "2018-01-01", "held"),
        ("W11", "2016-06-01", "held"),
        ("W11", "2022-07-01", "ended"),
        ("P05", "2018-01-01", "held"),
        ("H18", "2018-01-01", "held"),
        ("H16", "2018-01-01", "held"),
    ],
)
def test_greater_manchesters_deals(power, day, status):
    assert explained("GMCA", power, day).status == status


def test_an_invitation_gives_no_function():
    """November 2014: health planning is influence by agreement; the groups hold, and nothing is promised."""
    said = explained("GMCA", "W01", "2015-01-01")
    assert said.status in ("not-conferred", "unmodelled")
    found = devo.explain(england().on("2015-01-01"), body="nhs-salford-ccg", power="W01")
    assert [c.kind for c in found.conditions] == ["consult"]
    assert found.status == "held"


def test_west_midlands_police_names_the_quashing():
    said = explained("WMCA", "P01", "2025-01-01")
    assert said.status != "held"
    assert "quashed" in " ".join((said.sentence, *said.missing))
    assert "[2024] EWHC 604 (Admin)" in " ".join((said.sentence, *said.missing))


def test_a_pilot_keeps_business_rates_in_its_area():
    assert held(england(), "2017-03-31", "Salford", "E11") == {
        ("ministry-of-housing-communities-and-local-government", "sole", None, "held")
    }
    assert held(england(), "2017-04-01", "Salford", "E11") == {("salford-city-council", "sole", None, "held")}
    assert {b for b, *_ in held(england(), "2024-04-01", "Leeds", "E11")} == {
        "ministry-of-housing-communities-and-local-government"
    }


def test_the_right_to_precept_and_its_first_use_have_days_of_their_own():
    assert held(england(), "2017-06-01", "Leeds", "E12") == set()
    assert held(england(), "2021-06-01", "Leeds", "E12") == {("wyca", "sole", "mayor", "held")}
    assert held(england(), "2021-06-01", "Bristol", "E12") == set()
    used = {row["id"]: row["used_from"] for row in table("exercise")}
    assert used["mayoral-precept/gmca"] == "2018-04-01"


# --- the Act of 2026 ------------------------------------------------------------------------------


def test_the_act_ships_but_is_no_part_of_england():
    assert "ACT-2026" not in [deal.code for deal in england().deals]
    assert shipped_deal("act-2026", toolbox()).name == "act-2026.toml"
    assert with_the_act().findings == england().findings


def test_the_act_puts_on_a_new_footing_what_orders_gave_and_gives_the_rest():
    changes = devo.plan(england().on("2026-06-03"), with_the_act().on("2026-07-01")).changes
    kinds = Counter((change.kind, change.power) for change in changes)
    assert kinds["re-sourced", "borrowing-beyond-transport"]
    assert kinds["re-sourced", "levy-on-constituent-councils"]
    assert kinds["re-sourced", "economic-assessment"]
    assert kinds["gained", "local-growth-plan"]
    assert not kinds["gained", "economic-assessment"]
    gained = {
        b
        for change in changes
        if change.kind == "gained" and change.power == "borrowing-beyond-transport"
        for b in change.after
    }
    assert gained == {"glcca", "heyca"}


def test_every_row_of_the_act_is_unsure():
    deal = next(deal for deal in with_the_act().deals if deal.code == "ACT-2026")
    assert {provision.confidence for provision in deal.provisions} == {"unsure"}


def test_the_acts_own_corrections_are_in():
    world = with_the_act()
    assert held(world, "2026-07-01", "Salford", "T21") == set()
    assert ("gmca", "sole", "mayor", "held") in held(world, "2026-07-01", "Salford", "W22")
    assert ("gmca", "concurrent", "mayor", "conditional") in held(world, "2026-07-01", "Salford", "H09")
    assert ("gla", "sole", "mayor", "held") in held(world, "2026-07-01", "Camden", "E02")


# --- how free text became holders -----------------------------------------------------------------


def free_text():
    """The rows of the table: the source's words, the powers, the holders, how it was read."""
    text = (ROOT / "docs" / "england" / "holders.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_each_of_the_free_text_holders_has_a_row():
    assert len(free_text()) == 106
    codes = Counter(code.strip() for row in free_text() for code in row[1].split(","))
    assert len(codes) == 140
    assert set(codes.values()) == {1}


def test_the_rows_name_the_holders_that_the_tables_have():
    said = {code.strip(): row[2] for row in free_text() for code in row[1].split(",")}
    for holding in table("holding"):
        code = england().powers[holding["power"]].code.partition(".")[0]
        assert f"`{holding['holder'].removeprefix('every:')}`" in said[code], holding["id"]
