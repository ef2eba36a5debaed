"""Boundaries from a database that was written to do harm."""

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
