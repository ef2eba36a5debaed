"""England's boundaries: figures that were worked out independently from the published small areas."""

import csv
import os
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import worlds

import devo_england
from devo import answers
from devo.toolbox import toolbox
from devo_boundaries import tiles
from devo_boundaries.ground import ground
from devo_boundaries.layout import grid
from devo_boundaries.lookups import TABLES

DAY = "2025-06-01"
SOURCES = Path(os.environ.get("DEVO_SOURCES", Path(__file__).resolve().parents[3] / "shared"))


@cache
def england():
    return worlds.england().on(DAY), toolbox().questions


def ask(question, **terms):
    world, questions = england()
    return answers.ask(world, questions[question], terms).rows


def test_twelve_districts_straddle_boards():
    found = ask("straddling", source="lad24", target="icb24")
    assert len(found) == 12
    assert (found[0].source_area_name, found[0].outside) == ("East Suffolk", 116_863)
    assert {row.source_area_name for row in found if row.targets == 3} == {"North Yorkshire"}


def test_211_of_543_constituencies_cross_a_district_boundary():
    assert len(ask("straddling", source="pcon24", target="lad24")) == 211
    found = ask("overlaps", source="pcon24", target="lad24")
    assert len(found) == 783
    assert sum(row.residents for row in found) == 57_690_323


def test_forces_that_cross_the_boundary_of_a_combined_authority():
    found = ask("crossing", source="pfa24", target="cauth25")
    assert {(row.target_area_name, row.source_area_name, row.inside) for row in found} == {
        ("Liverpool City Region", "Cheshire", 129_587),
        ("Tees Valley", "Durham", 110_562),
        ("West of England", "Avon and Somerset", 982_255),
        ("North East", "Durham", 532_182),
        ("Devon and Torbay", "Devon & Cornwall", 972_893),
        ("Hull and East Yorkshire", "Humberside", 622_061),
        ("Greater Lincolnshire", "Humberside", 328_422),
    }


def test_partners_of_tees_valley():
    found = {row.body: row for row in ask("partners", body="TVCA")}
    assert found["pcc-durham"].meets == "across"
    assert found["pcc-durham"].residents == 110_562
    assert found["pcc-cleveland"].residents + found["pcc-durham"].residents == 698_931
    assert found["nhs-north-east-and-north-cumbria-icb"].share == 1.0
    assert "department-for-education" not in found


def test_council_tax_goes_to_boards_and_back_to_the_penny():
    table = SOURCES / "data" / "money" / "council_tax_requirement_billing_2024_25.csv"
    if not table.is_file():
        pytest.skip("the published money is not here")
    with table.open(encoding="utf-8") as lines:
        paid = {row["LAD24CD"]: Fraction(row["CTR_INCL_PARISH_ASC_GBP"]) for row in csv.DictReader(lines)}
    column = "CTR_INCL_PARISH_ASC_GBP"
    terms = {"table": str(table), "source": "lad24", "target": "icb24", "column": column, "kind": "extensive"}
    boards = ask("apportion", **terms)
    assert len(boards) == 42
    assert sum(Fraction(str(row.amount)) for row in boards) == sum(paid.values())
    back = dict.fromkeys(paid, Fraction(0))
    for row in ask("apportion", parts="yes", **terms):
        back[row.source_area] += Fraction(str(row.amount))
    assert back == paid


def test_an_answer_past_a_layers_last_day_says_so():
    world, questions = england()
    terms = {"source": "lad24", "target": "icb24"}
    found = answers.ask(world.on("2026-05-01"), questions["straddling"], terms)
    assert [finding.code for finding in found.findings] == ["layer-past-its-days"]


@pytest.mark.parametrize("body", ["EMCCA", "TVCA", "HEYCA", "GMCA", "WMCA"])
def test_the_police_boards_and_districts_of_an_authority_each_cover_it_once(body):
    found = ask("partners", body=body)
    lower = ("metropolitan-district", "unitary", "non-metropolitan-district")
    for kinds in (("icb",), lower):
        assert sum(Fraction(row.share) for row in found if row.kind in kinds) == pytest.approx(1)


def test_an_overlap_table_of_covering_layers_has_everybody_once():
    for layer in ("icb24", "pfa24", "fra24", "utla23", "rgn24", "lsip23"):
        assert sum(row.residents for row in ask("overlaps", source="lad24", target=layer)) == 57_690_323


def test_a_tile_for_each_district_and_no_two_on_one_square():
    world, _ = england()
    found = tiles.tiles_of(world, "lad24")
    assert len(found) == 296
    assert len({(tile.column, tile.row) for tile in found}) == 296
    assert {tile.code for tile in found} == set(world.mosaic.layers["lad24"])


@pytest.mark.nightly
def test_the_tiles_are_where_the_middles_of_their_residents_put_them():
    """The table is what `layout` makes of its own latitudes and longitudes, so it can be made again."""
    world, _ = england()
    found = tiles.tiles_of(world, "lad24")
    squares = grid([tile.latitude for tile in found], [tile.longitude for tile in found])
    assert squares == [(tile.column, tile.row) for tile in found]


def test_most_tiles_lie_to_each_other_as_their_districts_do():
    world, _ = england()
    found = tiles.tiles_of(world, "lad24")
    right = total = 0
    for one in found:
        for other in found:
            if one.latitude > other.latitude + 0.5:
                total += 1
                right += one.row < other.row
    assert right / total > 0.97


def test_the_constituency_table_adds_up_to_each_district():
    world, _ = england()
    people = ground(world, ("lad24",)).totals("lad24")
    found = dict.fromkeys(people, 0)
    with (TABLES / "pcon24-lad24.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[row["lad24"]] += int(row["residents"])
    assert found == people


def test_no_police_role_of_today_cuts_a_force():
    world, _ = england()
    check = toolbox().checks["police-role-across-a-force"].function
    assert list(check(world)) == []


def test_a_table_of_the_world_is_shared_out_as_a_file_is():
    table = Path(devo_england.__file__).parent / "tables" / "amount.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [
            row for row in csv.DictReader(lines) if (row["pot"], row["year"]) == ("council-tax", "2024-25")
        ]
    terms = {"table": "amount:council-tax:2024-25", "source": "lad24", "target": "icb24", "column": "pence"}
    found = ask("apportion", **terms)
    assert sum(row.amount for row in found) == sum(int(row["pence"]) for row in rows)
    assert {row.covered for row in found} == {1.0}
