"""England's money: published totals met to the penny, conserved at every body and in every layer."""

from collections import Counter
from functools import cache

import pytest

import devo
from devo.answers import ask
from devo.toolbox import toolbox
from devo_funding.pots import Amount, Pot, Spending

CENTURY = [f"{year}-{(year + 1) % 100:02}" for year in range(2010, 2056)]
GREATER_MANCHESTER = [
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
]


@cache
def england():
    return devo.baseline("england").on("2025-06-01")


@cache
def tools():
    return toolbox()


@cache
def rows(question, **terms):
    return ask(england(), tools().questions[question], terms).rows


def total(question, **terms):
    return sum(row.amount_pence for row in rows(question, **terms))


def test_council_tax_and_precepts_meet_the_published_requirement():
    taxes = [
        row
        for row in rows("flows", year="2024-25")
        if row.kind in ("council-tax", "precept", "parish-precept")
    ]
    assert sum(row.amount_pence for row in taxes) == 4_122_239_374_891
    assert len([row for row in taxes if row.kind == "council-tax"]) == 296
    assert all(row.payer == "council-taxpayers" and row.hop == 1 for row in taxes)


def test_the_same_requirement_district_by_district():
    placed = [row for row in rows("money-by-place", geography="lad24", year="2024-25") if row.place]
    assert len({row.place for row in placed}) == 296
    by = Counter()
    for row in placed:
        by[row.decided_by] += row.amount_pence
    kinds = Counter()
    for row in rows("flows", year="2024-25"):
        kinds[row.decided_by] += row.amount_pence
    assert by["council"] == kinds["council"]
    assert by["police"] == kinds["police"]
    assert by["fire"] == kinds["fire"]
    assert by["parish"] == kinds["parish"]


def test_forty_two_boards_share_the_published_core_allocation():
    core = [row for row in rows("flows", year="2025-26") if row.pot == "icb-core-recurrent-allocation"]
    assert len(core) == len({row.payee for row in core}) == 42
    assert {row.pot_name for row in core} == {"ICB core recurrent allocation"}
    assert round(sum(row.amount_pence for row in core) / 1e11, 1) == 116.7
    board = next(row for row in core if row.payee == "nhs-cheshire-and-merseyside-icb")
    assert board.amount_pence == 589_360_400_000


@pytest.mark.parametrize("years", [CENTURY[n::8] for n in range(8)])
def test_money_in_is_money_out_at_every_body_in_every_year(years):
    for year in years:
        found = rows("money-by-body", year=year)
        for row in found:
            assert row.in_pence == row.out_pence == row.received_pence + row.own_pence
            assert row.kept_pence >= 0
        assert sum(row.own_pence for row in found) == sum(row.kept_pence for row in found)


@pytest.mark.parametrize("year", ["2016-17", "2024-25", "2025-26"])
def test_every_layer_gives_the_same_total(year):
    new = sum(row.amount_pence for row in rows("flows", year=year) if row.hop == 1)
    for layer in ("lad24", "icb24", "pfa24", "rgn24", "cauth25"):
        assert total("money-by-place", geography=layer, year=year) == new, layer


def test_no_pound_under_two_kinds():
    assert not [row for row in rows("flows", year="2024-25") if row.kind == "service-spending"]
    for year in ("2024-25", "2025-26", "2026-27"):
        found = [(row.payee, row.pot) for row in rows("flows", year=year)]
        assert "is-gm-tot" not in {pot for _, pot in found}
        assert ("gmca", "crsts-gm") not in found or year != "2025-26"


def test_settlement_lines_of_greater_manchester_by_their_published_names():
    found = {row.pot_name: row for row in rows("pots", body="gmca", year="2025-26")}
    assert found["City region sustainable transport"].amount_pence == 21_550_600_000
    assert found["Adult education budget and Free Courses for Jobs"].amount_pence == 10_200_000_000
    assert found["Commercial bus service operators grant"].amount_pence == 1_315_081_100
    assert found["100 per cent business rates retention"].amount_pence is None
    assert not found["Integrated settlement headline"].counts
    lines = [row for row in found.values() if row.part_of == "is-gm-tot"]
    assert len(lines) == 14
    assert {row.kind for row in lines} == {"integrated-settlement"}


def test_what_passes_through_the_west_midlands_to_coventry():
    found = {row.body: row for row in rows("money-by-body", year="2025-26")}
    assert found["coventry-city-council"].received_pence == found["wmca"].paid_pence == 1_944_000_000
    assert found["wmca"].own_pence == 0


def test_precepts_of_the_mayor_of_greater_manchester_are_the_published_band_d():
    # 112.95 and 256.30 pounds at Band D, on the tax base of the ten districts.
    precept = next(
        row for row in rows("flows", year="2024-25") if row.kind == "precept" and row.payee == "gmca"
    )
    assert precept.amount_pence == 29_810_686_100
    assert round(precept.amount_pence / 100 / 807_330.7, 2) == 369.25


def test_who_decides_in_each_district_of_greater_manchester():
    found = rows("who-decides", geography="lad24", before="2024-25", after="2025-26", within="gmca")
    assert sorted({row.place_name for row in found}) == GREATER_MANCHESTER
    for name in GREATER_MANCHESTER:
        by = {row.decided_by: row for row in found if row.place_name == name}
        assert {"ministers", "mayor", "combined authority", "council", "NHS"} <= set(by)
        assert by["combined authority"].after_pence > by["combined authority"].before_pence
        assert by["ministers"].after_pence < by["ministers"].before_pence
        assert all(
            row.sentence.startswith(f"In {name} ") and row.sentence.endswith(".") for row in by.values()
        )
    assert sum(row.after_pence for row in found if row.decided_by == "mayor") == 29_810_686_100


def test_the_cuts_of_2015_go_through_to_districts():
    # The stated five billion pounds of local government, on what the settlement of 2015-16 gave.
    found = rows(
        "cut-through",
        geography="lad24",
        payer="ministry-of-housing-communities-and-local-government",
        pounds=5_000_000_000,
        year="2015-16",
    )
    assert sum(row.cut_pence for row in found) == 500_000_000_000
    by = {row.place_name: row for row in found}
    assert by["Manchester"].cut_per_resident_pence > by["Stockport"].cut_per_resident_pence
    assert all("Settlement funding assessment" in row.assumption for row in found)


def test_service_spending_is_the_outturn():
    spent = {
        row.service: row.amount_pence
        for row in rows("service-spending", body="manchester-city-council", year="2024-25")
    }
    assert spent["adult-social-care"] == 28_799_900_000


def test_every_figure_has_a_source_and_a_confidence():
    for kind in (Pot, Amount, Spending):
        for record in england().of(kind):
            assert record.source, record
            assert record.confidence in ("verified", "known", "unsure")


def test_the_checks_find_no_error_in_englands_money():
    checks = {name: tool for name, tool in tools().checks.items() if tool.plugin == "devo_funding"}
    assert len(checks) == 6
    for day in ("2016-06-01", "2018-06-01", "2020-06-01", "2024-06-01", "2025-06-01", "2027-06-01"):
        found = [f for tool in checks.values() for f in tool.function(england().on(day))]
        assert not [f for f in found if f.severity == "error"], found


def test_a_compiled_baseline_keeps_the_money():
    one, two = (devo.baseline("england").on("2025-06-01") for _ in range(2))
    assert devo.ask(one, "flows", year="2025-26").rows == devo.ask(two, "flows", year="2025-26").rows
    assert len(two.of(Pot)) == len(england().of(Pot)) > 100
