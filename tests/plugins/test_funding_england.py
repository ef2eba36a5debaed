"""England's money: published totals met to the penny, conserved at every body and in every layer."""

from collections import Counter
from functools import cache

import pytest
import worlds

import devo
from devo.answers import ask
from devo.toolbox import toolbox
from devo_funding.deciders import COUNCILS
from devo_funding.pots import Amount, Deflator, Pot, Raising, ServicePower, Spending

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
    return worlds.england().on("2025-06-01")


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


# Net current expenditure by class of authority, in million pounds, as the ministry's own table has it for the year
# in which everybody sent a return: unitaries, shire districts, metropolitan districts, London boroughs and counties.
OUTTURN_2022_23 = 22_774 + 3_207 + 20_937 + 16_297 + 28_737


def test_outturn_meets_the_ministrys_totals_where_everybody_sent_a_return():
    councils = {body.id for body in england().of(devo.Body) if body.kind in COUNCILS}
    found = Counter()
    for row in england().of(Spending):
        if row.body in councils:
            found[row.year] += row.pence
    assert round(found["2022-23"] / 1e8, -1) == round(OUTTURN_2022_23, -1)
    assert found["2022-23"] < found["2023-24"] < found["2024-25"]
    assert {row.year for row in england().of(Spending)} == {"2022-23", "2023-24", "2024-25"}


def test_grants_to_councils_stand_once_and_public_health_is_among_them():
    # 9,415.0 + 11,626.5 + 14,860.9 + 651.3 + 11,260.0 million pounds by class of authority.
    pots = {row.pot: row for row in rows("money-by-pot", year="2022-23")}
    assert pots["specific-grants-councils"].payees == 333
    assert round(pots["specific-grants-councils"].amount_pence / 1e8) == 47_814
    assert not pots["specific-grants-others"].counts
    assert not {row.pot: row for row in rows("money-by-pot", year="2024-25")}["phg-2425"].counts


@pytest.mark.parametrize(
    ("year", "million"), [("2015-16", 22_035.9 - 931.8 - 34.2), ("2019-20", 27_767.8 - 678.4)]
)
def test_council_tax_of_other_years_is_core_spending_power_less_councils_gone(year, million):
    # Published, less councils abolished before the tables begin, less what stands under a later fire authority.
    taxes = [row for row in rows("flows", year=year) if row.kind in ("council-tax", "precept")]
    assert round(sum(row.amount_pence for row in taxes) / 1e8, 1) == round(million, 1)
    assert "police-precept" not in {row.pot for row in taxes}


def test_whose_figures_stand_for_whom():
    found = {
        row.decided_by: row.sentence
        for row in rows("who-decides", geography="lad24", before="2015-16", after="2025-26", within="Wigan")
    }
    assert found["NHS"].endswith("; of 2015-16 the tables know nothing that stands for it.")
    assert found["fire"].endswith("; of 2025-26 the tables know nothing that stands for it.")
    # Birmingham sent no return after 2022-23, which stands for the two years that follow.
    councils = next(
        row
        for row in rows(
            "who-decides", geography="lad24", before="2022-23", after="2024-25", within="Birmingham"
        )
        if row.decided_by == "council"
    )
    assert councils.before_pence == councils.after_pence == councils.carried_pence > 0


def test_what_the_outturn_says_of_powers():
    lacking = {(row.power, row.body) for row in rows("balance", year="2024-25") if row.pot == ""}
    powers = {power for power, _ in lacking}
    for paid in (
        "waste-collection",
        "passenger-transport-policies",
        "taxi-licensing",
        "operational-policing",
    ):
        assert not {body for power, body in lacking if power == paid and body.startswith("every:")}, paid
    assert ("police-and-crime-commissioner-functions", "symca") not in lacking
    assert {"mayoral-precept", "levy-on-constituent-councils"}.isdisjoint(powers)
    assert {"prisons", "courts", "council-landlord"} <= powers


def test_every_figure_has_a_source_and_a_confidence():
    for kind in (Pot, Amount, Spending, ServicePower, Raising, Deflator):
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
