"""Coverage and the matrix: shares that sum to one, a word in every cell, a page made from them."""

import importlib.util
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from worlds import england

import devo
from devo import front
from devo_england.checks import register_out_of_step

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "england"


@cache
def page():
    spec = importlib.util.spec_from_file_location("coverage_page", DOCS / "coverage_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def ask(question, day, **terms):
    return devo.ask(england().on(day), question, **terms).rows


def test_coverage_has_each_authority_and_the_rest_for_each_power():
    rows = ask("coverage", "2026-06-01")
    powers = {power.id for power in england().powers.values() if not power.parent}
    assert {row.power for row in rows} == powers
    bodies = {row.body for row in rows}
    assert {"gla", "gmca", "cwca", ""} <= bodies
    assert "ntca" not in bodies
    assert len(rows) == len(powers) * len(bodies)


def test_its_shares_sum_to_one():
    for row in ask("coverage", "2021-06-01"):
        assert row.verified + row.known + row.unsure + row.nobody + row.not_known == pytest.approx(1)


def test_it_can_be_asked_of_one_authority_and_one_power():
    (row,) = ask("coverage", "2026-06-01", body="GMCA", power="P01")
    assert (row.body, row.verified) == ("gmca", 1)
    (row,) = ask("coverage", "2026-06-01", body="GMCA", power="V05")
    assert 0 < row.verified < 1


def test_the_totals_are_the_rows_weighed_by_residents():
    rows, totals = ask("coverage", "2024-06-01"), ask("coverage-totals", "2024-06-01")
    assert totals[-1].theme == "all powers"
    assert totals[-1].powers == len({row.power for row in rows})
    world = england().on("2024-06-01")
    people = {
        body: world.mosaic.residents(world.roster.served(body, world.today))
        for body in {r.body for r in rows}
    }
    people[""] = world.mosaic.residents(world.mosaic.everywhere) - sum(people.values())
    weighed = sum(row.verified * people[row.body] for row in rows) / sum(people.values()) / totals[-1].powers
    assert totals[-1].verified == pytest.approx(weighed)


def test_the_matrix_has_a_word_in_every_cell():
    for day in ("2023-01-01", "2026-06-01"):
        rows = ask("matrix", day)
        assert all(row.level for row in rows)
        assert len({(row.power, row.body) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("body", "power", "level"),
    [
        ("gmca", "bus-franchising", "Mayor"),
        ("gmca", "adult-education", "Combined authority"),
        ("gmca", "waste-disposal", "Mixed"),
        ("wmca", "police-and-crime-commissioner-functions", "Police commissioner"),
        ("cpca", "spatial-development-strategy", "Nobody"),
        ("gla", "fire-and-rescue", "Mayor of London and GLA"),
        ("symca", "adult-social-care", "Council"),
        ("tvca", "prisons", "Not devolved"),
        ("wyca", "land-assembly", "Shared"),
        ("wyca", "local-skills-improvement-plans", "Employers"),
        ("wyca", "uk-shared-prosperity-fund", "Combined authority"),
        ("wyca", "borrowing-beyond-transport", "Combined authority"),
        ("wyca", "local-growth-plan", "Nobody"),
        ("cpca", "levy-on-constituent-councils", "Not known"),
    ],
)
def test_the_matrix_of_january_2023(body, power, level):
    cells = {(row.body, row.power): row.level for row in ask("matrix", "2023-01-01")}
    assert cells[body, power] == level


def test_the_matrix_can_be_narrowed():
    rows = ask("matrix", "2023-01-01", theme="public-safety", place="Cornwall")
    assert {row.theme for row in rows} == {"public-safety"}
    assert {row.body_name for row in rows} == {"Cornwall"}


def test_the_page_and_its_drawing_are_what_the_tables_give():
    world = england().on(page().DAY)
    assert (DOCS / "coverage.md").read_text(encoding="utf-8") == page().page(world)
    assert (DOCS / "coverage.svg").read_text(encoding="utf-8") == page().heat_map(world)


def test_registers_that_are_out_of_step_are_named():
    found = list(register_out_of_step(england().on("2026-06-01")))
    assert any("North of Tyne Combined Authority as current" in finding.message for finding in found)
    before = list(register_out_of_step(england().on("2024-05-06")))
    assert not any("as current" in finding.message for finding in before)


@pytest.mark.parametrize("day", [date(year, 6, 1) for year in range(2014, 2027, 6)], ids=str)
def test_the_shipped_tables_pass_their_checks(day):
    found = [f for f in front.check(england().on(day)) if f.severity != "note"]
    assert not found


def test_a_body_that_serves_nothing_on_the_day_has_no_shares():
    assert ask("coverage", "2026-06-01", body="ntca", power="P01") == ()
