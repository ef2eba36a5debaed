"""Published lookups are read as they are: what is wrong with one is said, and nothing is half-written."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
import worlds
from click.testing import CliRunner

from devo import answers
from devo.cli import devo
from devo.files.baselines import Loaded
from devo.files.lookups import read_lookup, write_lookup
from devo.files.reading import Unreadable
from devo.files.scenarios import read_scenario
from devo.files.tables import read_tables
from devo.files.weights import Wanted
from devo.files.worlds import world_from
from devo.toolbox import toolbox
from devo.values import Geography, Lookup
from devo.writing import NotWritten

TOOLS = toolbox(built_in=("devo_transfers", "devo_boundaries"))
ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(os.environ.get("DEVO_SOURCES", ROOT.parent / "shared")) / "data"
DISTRICTS = ("E08000001", "E08000001", "E08000002", "E08000003", "E08000004")
GOOD = "LSOA21CD,LSOA21NM,LAD24CD,TTWA11CD,TTWA11NM,POP_CENSUS2021\n" + "".join(
    f"E0100000{n},Small {n},{lad},E3000000{1 + n // 4},Town {1 + n // 4},{people}\n"
    for n, (lad, people) in enumerate(zip(DISTRICTS, (60, 40, 200, 300, 400), strict=True), 1)
)


def read(folder, text, name="lookup.csv", **wanted):
    path = folder / name
    path.write_text(text, "utf-8")
    return read_lookup([path], worlds.world(), Wanted(**wanted))


def said_of(folder, text, **wanted):
    with pytest.raises(Unreadable) as caught:
        read(folder, text, **wanted)
    return str(caught.value)


def test_a_lookup_is_understood_and_written_as_tables(tmp_path):
    found = read(tmp_path, GOOD, fit="best")
    assert (found.finest, found.layers) == ("lsoa21", ("lsoa21", "lad24", "ttwa11"))
    assert found.new_layers == (
        ("lsoa21", "Lower layer super output areas (2021)", True),
        ("ttwa11", "Travel to work areas (2011)", True),
    )
    assert "residents: pop_census2021" in found.said
    write_lookup(found, tmp_path / "out")
    tables = read_tables([tmp_path / "out"], TOOLS.records)
    assert tables.faults == []
    (record,) = [r for r in tables.records if isinstance(r, Lookup)]
    assert (record.rows, record.fit, record.layers) == (5, "best", ("lsoa21", "lad24", "ttwa11"))
    assert [r.id for r in tables.records if isinstance(r, Geography)] == ["lsoa21", "ttwa11"]


def test_questions_of_its_layers_are_asked_of_its_blocks_and_holdings_stay_where_they_were(tmp_path):
    write_lookup(read(tmp_path, GOOD), tmp_path / "out")
    place = worlds.world()
    scenario = tmp_path / "scenario.toml"
    scenario.write_text(
        'name = "x"\ntables = ["./out"]\non = [2020-06-01]\n[[ask]]\nquestion = "gaps"\n', "utf-8"
    )
    asked, _ = read_scenario(scenario, lambda _: TOOLS)
    kept = {("england", *sorted(TOOLS.plugins.items())): Loaded(place)}
    after = world_from(asked, TOOLS, kept).world
    assert len(after.mosaic) == len(place.mosaic) == 4
    day = after.on("2020-06-01")
    found = answers.ask(day, TOOLS.questions["overlaps"], {"source": "ttwa11", "target": "cauth25"}).rows
    assert [(r.source_area_name, r.residents, r.share_of_source) for r in found] == [("Town 1", 300, 1.0)]
    found = answers.ask(day, TOOLS.questions["straddling"], {"source": "ttwa11", "target": "lad24"}).rows
    assert [(r.source_area_name, r.target_areas_names, r.outside) for r in found] == [
        ("Town 2", ("Dene", "Cole"), 300),
        ("Town 1", ("Beck", "Ash"), 100),
    ]


FAULTS = {
    "lad24 is blank in 1 of 5 rows, first for E01000003": GOOD.replace("3,E08000002", "3,"),
    "E01000001 (lsoa21) stands in several rows that say the same": GOOD + GOOD.splitlines()[1],
    "LSOA21CD holds names and LSOA21NM holds codes: their headers are swapped": GOOD.replace(
        "LSOA21CD,LSOA21NM", "LSOA21NM,LSOA21CD"
    ),
    "LAD24CD has '8.00E+06', which a spreadsheet made of a code": GOOD.replace("E08000003,", "8.00E+06,"),
    "LAD24CD has '8000003', which a spreadsheet made of a code": GOOD.replace("E08000003,", "8000003,"),
    "codes of local authority districts begin E06 or E07": GOOD.replace("E08000003,", "E14000003,"),
    "1 codes of lad24 are no areas of that layer: E08000077": GOOD.replace("E08000003,", "E08000077,"),
    "no column holds codes": GOOD.replace("CD", "XX"),
    "the table has a header and no rows": GOOD.splitlines()[0],
    "no column counts residents": GOOD.replace("POP_CENSUS2021", "LENGTH"),
    "the residents of E01000001 are -60": GOOD.replace(",60\n", ",-60\n"),
    "the residents of E01000001 are blank": GOOD.replace(",60\n", ",\n"),
    "the residents of E01000001 are nan, and not a number of people": GOOD.replace(",60\n", ",NaN\n"),
    "lad24 is blank in 1 of 5 rows, first for E01000001": "LAD24CD,LSOA21CD,pop\n"
    + "".join(f"{'E08000002' * (n > 1)},E0100000{n},{n}\n" for n in range(1, 6)),
    "lies in several areas, and no column says how much": GOOD.replace("E01000003", "E01000002").replace(
        "POP", "L"
    ),
}


@pytest.mark.parametrize("message", FAULTS)
def test_what_is_wrong_with_a_lookup_is_said(tmp_path, message):
    assert message in said_of(tmp_path, FAULTS[message])


def test_a_fault_names_the_line(tmp_path):
    assert f"{tmp_path / 'lookup.csv'}:5: LAD24CD has" in said_of(
        tmp_path, GOOD.replace("E08000003,", "#REF!,")
    )


SHARES = """PCON24CD,LAD24CD,SHARE,POP
E14000001,E08000001,0.6,60
E14000001,E08000002,{},40
E14000002,E08000003,1,90
"""


def test_shares_that_do_not_sum_to_one_are_refused(tmp_path):
    assert "the shares of E14000001 (pcon24) sum to 0.97, and not to 1" in said_of(
        tmp_path, SHARES.format(0.37)
    )
    found = read(tmp_path, SHARES.format(0.3998))
    assert found.blocks.get_column("residents").to_list() == [60, 40, 90]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (("1.4", "-0.4"), "2: SHARE is 1.4\n  2 of 3 rows are so; a share is between 0 and 1\n  per cents"),
        (("0.6", "NaN"), "3: SHARE is nan\n  1 of 3 rows are so"),
        (("0.6", ""), "3: SHARE is blank"),
        (
            ("0.6", "most"),
            "1: no column 'SHARE' holds shares\n  a column of shares holds numbers in every row",
        ),
    ],
)
def test_what_is_no_share_is_refused_though_all_sum_to_one(tmp_path, shares, said):
    text = SHARES.replace("0.6", shares[0]).format(shares[1])
    assert f"lookup.csv:{said}" in said_of(tmp_path, text)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((1, 2, "", 4, 5), "m.csv:4: HOMES is blank for E01000003"),
        (
            (1, 2, "x", 4, 5),
            "m.csv:1: no column of it holds numbers in every row\n  its other columns: 'HOMES'",
        ),
    ],
)
def test_figures_that_are_not_all_there_are_refused(tmp_path, cells, said):
    (tmp_path / "m.csv").write_text(
        "LSOA21CD,HOMES\n" + "".join(f"E0100000{n},{cell}\n" for n, cell in enumerate(cells, 1)), "utf-8"
    )
    assert said in said_of(tmp_path, GOOD, measures=(tmp_path / "m.csv",))


def test_rows_outside_england_are_left_out_and_counted(tmp_path):
    found = read(tmp_path, GOOD + "W01000001,Cymru,W06000001,W22000001,Tre,50\n")
    assert found.blocks.height == 5
    assert any("left out 1 rows outside England" in line for line in found.said)


def test_a_changed_code_is_read_as_the_one_the_layers_have(tmp_path):
    found = read(tmp_path, GOOD.replace("E08000001", "E08009001"))
    assert found.blocks.get_column("lad24").to_list()[0] == "E08000001"
    assert "lad24: changed codes: E08009001 is E08000001 (Ash)" in found.said


def test_fractions_of_people_are_rounded_and_the_total_kept(tmp_path):
    found = read(
        tmp_path, "LSOA21CD,LAD24CD,POP\n" + "".join(f"E0100000{n},E08000001,33.4\n" for n in range(5))
    )
    assert found.blocks.get_column("residents").to_list() == [33, 34, 33, 34, 33]


def test_files_are_joined_by_a_layer_they_share_and_measured_by_another(tmp_path):
    (tmp_path / "a.csv").write_text(GOOD, "utf-8")
    (tmp_path / "b.csv").write_text(
        "LAD24CD,LSIP23CD\n" + "".join(f"{lad},E69000001\n" for lad in sorted(set(DISTRICTS))), "utf-8"
    )
    (tmp_path / "m.csv").write_text(
        "LSOA21CD,HOMES\n" + "".join(f"E0100000{n},{n}\n" for n in range(1, 6)), "utf-8"
    )
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    found = read_lookup(files, worlds.world(), Wanted(measures=(tmp_path / "m.csv",)))
    assert found.layers == ("lsoa21", "lad24", "ttwa11", "lsip23")
    assert found.blocks.get_column("homes").to_list() == [1, 2, 3, 4, 5]
    (tmp_path / "m.csv").write_text("LSOA21CD,HOMES\nE01000001,1\n", "utf-8")
    with pytest.raises(Unreadable, match="4 of 5 places have no figures"):
        read_lookup(files, worlds.world(), Wanted(measures=(tmp_path / "m.csv",)))


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    found = read(tmp_path, GOOD)
    out = tmp_path / "out"
    out.mkdir()
    write_lookup(found, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(NotWritten, match="has files in it"):
        write_lookup(found, out)
    write_lookup(found, out, force=True)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (out / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(NotWritten, match="was not written by devo"):
        write_lookup(found, out, force=True)
    with pytest.raises(NotWritten, match="there is no folder"):
        write_lookup(found, tmp_path / "lookup.csv" / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lookup.csv", "out"]


def test_nothing_is_left_behind_when_writing_fails(tmp_path, monkeypatch):
    found = read(tmp_path, GOOD)

    def fail(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fail)
    with pytest.raises(OSError, match="no room"):
        write_lookup(found, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lookup.csv"]


@pytest.mark.nightly
def test_two_million_rows_are_read_whole_or_refused_with_one_message(tmp_path):
    rows = 2_000_000
    table = pl.DataFrame({"n": range(rows)}).select(
        OA21CD=pl.format("E00{}", (pl.col("n") % 1_000_000).cast(pl.String).str.zfill(6)),
        LAD24CD=pl.format("E0800000{}", pl.col("n") % 4 + 1),
        POP=pl.lit(3),
    )
    path = tmp_path / "big.parquet"
    table.write_parquet(path)
    with pytest.raises(Unreadable) as caught:
        read_lookup([path], worlds.world())
    assert "E00000000 (oa21) stands in several rows that say the same" in str(caught.value)
    assert len(caught.value.faults) == 1
    table.head(900_000).write_parquet(path)
    assert read_lookup([path], worlds.world()).blocks.height == 900_000


def test_the_command_says_what_it_understood_before_it_writes(tmp_path):
    source = SOURCES / "lsoa21.parquet"
    if not source.is_file():
        pytest.skip("the published lookups are not here")
    command = ["lookup", "import", str(source), "-o", str(tmp_path / "out"), "--fit", "best"]
    done = CliRunner().invoke(devo, command, catch_exceptions=False)
    assert "lsoa21: 33,755 areas, covers all" in done.stderr
    assert "E08000038 is E08000016 (Barnsley) in lad24" in done.stderr
    table = pl.read_parquet(tmp_path / "out" / "lsoa21-and-9-more.parquet")
    assert (table.height, table.get_column("residents").sum()) == (33_755, 57_690_323)
    assert (
        table.select("lad24", "icb24").unique().group_by("lad24").len().filter(pl.col("len") > 1).height == 12
    )


# --- shapes ---------------------------------------------------------------------------------------

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def square(west, east):
    return [[[west, 0], [east, 0], [east, 10], [west, 10], [west, 0]]]


def shapes(folder, name, column, rings, crs=CRS):
    features = [
        {
            "type": "Feature",
            "properties": {column: code, column[:-2] + "NM": code},
            "geometry": {"type": "Polygon", "coordinates": ring},
        }
        for code, ring in rings.items()
    ]
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), "utf-8")
    return path


def test_shapes_are_met_to_shares_of_the_first_layer(tmp_path):
    pytest.importorskip("shapely")
    one = shapes(tmp_path, "one.geojson", "LAD24CD", {"E08000001": square(0, 4), "E08000002": square(4, 10)})
    other = shapes(
        tmp_path, "two.geojson", "TTWA11CD", {"E30000001": square(0, 7), "E30000002": square(7, 12)}
    )
    found = read_lookup([one, other], worlds.world())
    assert found.blocks.select("lad24", "ttwa11", "share", "residents").rows() == [
        ("E08000001", "E30000001", 1.0, 100),
        ("E08000002", "E30000001", 0.5, 100),
        ("E08000002", "E30000002", 0.5, 100),
    ]


def test_shapes_that_are_not_valid_or_say_no_coordinates_are_named(tmp_path):
    pytest.importorskip("shapely")
    good = shapes(tmp_path, "one.geojson", "LAD24CD", {"E08000001": square(0, 4)})
    bow = [[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]]
    bad = shapes(tmp_path, "two.geojson", "TTWA11CD", {"E30000001": bow})
    with pytest.raises(Unreadable, match=r"the shape of E30000001 is not valid: Self-intersection"):
        read_lookup([good, bad], worlds.world())
    lost = shapes(tmp_path, "three.geojson", "TTWA11CD", {"E30000001": square(0, 9)}, crs=None)
    with pytest.raises(Unreadable, match="it does not say which coordinates it has"):
        read_lookup([good, lost], worlds.world())


def test_a_geopackage_is_read_as_a_geojson_is(tmp_path):
    shapely = pytest.importorskip("shapely")
    one = shapes(tmp_path, "one.geojson", "LAD24CD", {"E08000001": square(0, 4)})
    path = tmp_path / "two.gpkg"
    blob = b"GP\x00\x01" + (27700).to_bytes(4, "little") + shapely.to_wkb(shapely.box(0, 0, 10, 10))
    with closing(sqlite3.connect(path)) as file:
        file.execute("create table gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id)")
        file.execute("create table gpkg_geometry_columns (table_name, column_name, srs_id)")
        file.execute("create table areas (fid, geom, TTWA11CD, TTWA11NM)")
        file.execute("insert into gpkg_spatial_ref_sys values (27700, 'epsg', 27700)")
        file.execute("insert into gpkg_geometry_columns values ('areas', 'geom', 27700)")
        file.execute("insert into areas values (1, ?, 'E30000001', 'Town')", (blob,))
        file.commit()
    found = read_lookup([one, path], worlds.world())
    assert found.blocks.select("lad24", "ttwa11", "share").rows() == [("E08000001", "E30000001", 1.0)]
    assert ("ttwa11", "E30000001", "Town") in found.names
