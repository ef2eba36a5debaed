"""Boundaries from a database that was written to do harm."""

import json
import sqlite3

import pytest

pytest.importorskip("shapely", reason="boundaries as shapes are an extra: devo[geo]")

from devo.files import geometry
from devo.files.reading import Unreadable

ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c)"
TABLES = """
create table gpkg_geometry_columns (table_name, column_name, srs_id);
create table gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);
insert into gpkg_geometry_columns values ('areas', 'geom', 27700);
insert into gpkg_spatial_ref_sys values (27700, 'EPSG', 27700);
"""


def refused(folder, areas):
    """What is said of a database whose areas are such a query."""
    path = folder / "a.gpkg"
    file = sqlite3.connect(path)
    file.executescript(f"{TABLES} create view areas as {ENDLESS} {areas};")
    file.close()
    with pytest.raises(Unreadable) as fault:
        geometry.read_shapes(path)
    return str(fault.value)


def test_one_that_never_comes_to_an_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(geometry, "_SECONDS", 0.2)
    assert "not read after 0.2 seconds" in refused(tmp_path, "select count(*) as LAD24CD, 1 as geom from c")


def test_one_with_shapes_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(geometry, "MOST_SHAPES", 1000)
    assert "has more than 1,000 shapes" in refused(tmp_path, "select x as LAD24CD, null as geom from c")


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
FAR = {"type": "Polygon", "coordinates": [[[10, 0], [11, 0], [11, 1], [10, 1], [10, 0]]]}
BOWTIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


def drawn(path, column, *shapes):
    """A file of shapes, each with a code."""
    features = [
        {"type": "Feature", "properties": {column: f"E0800000{n}"}, "geometry": shape}
        for n, shape in enumerate(shapes, 1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_every_shape_that_is_no_area_is_named(tmp_path):
    shapes = ({"type": "Point", "coordinates": [0, 0]}, BOWTIE, None, SQUARE)
    with pytest.raises(Unreadable) as caught:
        geometry.read_shapes(drawn(tmp_path / "a.geojson", "LAD24CD", *shapes), geometry.METRES)
    assert [fault.message.partition("[")[0] for fault in caught.value.faults] == [
        "E08000001 is drawn without any area",
        "E08000003 (feature 3) has no shape",
        "the shape of E08000002 is not valid: Self-intersection",
    ]


def test_layers_that_do_not_meet_and_files_that_are_no_shapes_are_said(tmp_path):
    one, other = (
        drawn(tmp_path / "a.geojson", "LAD24CD", SQUARE),
        drawn(tmp_path / "b.geojson", "LTLA24CD", FAR),
    )
    with pytest.raises(Unreadable, match="lies nowhere near"):
        geometry.lookup_of_shapes([one, other], geometry.METRES)
    with pytest.raises(Unreadable, match="shapes cannot be met with a table"):
        geometry.lookup_of_shapes([one, tmp_path / "b.csv"])
    for text, said in (('{"a": 1}', "it has no 'features'"), ('{"features": [3]}', "not written as GeoJSON")):
        one.write_text(text)
        with pytest.raises(Unreadable, match=said):
            geometry.read_shapes(one)
