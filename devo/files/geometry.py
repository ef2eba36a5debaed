"""Boundaries drawn as shapes, from GeoJSON or GeoPackage, met with each other into a lookup with shares.

Needs shapely (`pip install 'devo[geo]'`). A file must say its coordinate system; a shape that is
not valid is named and refused, for what it would be cut into is anybody's guess.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.files.faults import LONGEST_QUOTE, in_order, shown
from devo.files.published import Published, understood
from devo.files.reading import TABLE_LIMIT, Unreadable, check_file, read_text
from devo.files.sheets import LARGEST
from devo.limits import json_of
from devo.values import Fault

if TYPE_CHECKING:
    import polars

ENDINGS = (".geojson", ".gpkg")
# Coordinate systems in which areas can be measured: degrees on the globe, and British metres.
DEGREES, METRES = "EPSG:4326", "EPSG:27700"
# Lines of two layers that should be one differ by so much of an area, through rounding and generalising.
SLIVER = 0.001

# What a database may take to be read: one can be written that never comes to an end.
_SECONDS = 60.0
_STEPS = 100_000
_MOST_LAYERS = 50
MOST_SHAPES = 500_000
# What a library says of a shape may have the shape in it.
LONGEST_WHY = 200

_RADIUS = 6_371_007.2  # metres, of the sphere with the area of the globe


@dataclass(frozen=True)
class Shapes:
    """A layer's areas as shapes in metres, by code, with what the file calls them."""

    path: str
    code_column: str
    name_column: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Any


def lookup_of_shapes(
    paths: Sequence[Path], crs: str = "", sliver: float = SLIVER
) -> tuple[polars.DataFrame, list[str]]:
    """The overlaps of two layers of shapes as a published lookup, with shares of the first; what was done.

    Overlaps of less than `sliver` of an area of the first layer are left out and the rest made up to
    one. Raises Unreadable.
    """
    import polars as pl
    import shapely

    if len(paths) != 2:
        raise Unreadable([Fault(str(paths[0]), 0, "shapes are met two layers at a time: name two files")])
    strange = [path for path in paths if path.suffix.lower() not in ENDINGS]
    if strange:
        how = f"name two files of shapes: {' or '.join(ENDINGS)}"
        raise Unreadable([Fault(str(strange[0]), 0, "shapes cannot be met with a table", "", how)])
    one, other = (read_shapes(path, crs) for path in paths)
    tree = shapely.STRtree(other.shapes)
    left, right = tree.query(one.shapes, predicate="intersects")
    areas = shapely.area(shapely.intersection(one.shapes[left], other.shapes[right]))
    whole = shapely.area(one.shapes)
    table = pl.DataFrame(
        {
            "__one": left,
            "__other": right,
            "SHARE": areas / whole[left],
        }
    ).filter(pl.col("SHARE") > 0)
    small = table.filter(pl.col("SHARE") < sliver)
    kept = table.filter(pl.col("SHARE") >= sliver)
    if not kept.height:
        why = f"no area of {one.code_column} meets one of {other.code_column}"
        how = "are both of the same country, in the coordinates that they say?"
        raise Unreadable([Fault(other.path, 0, f"lies nowhere near {one.path}", why, how)])
    outside = sorted(set(range(len(one.codes))) - set(kept.get_column("__one").to_list()))
    said = [f"{len(one.codes)} areas of {one.code_column} meet {len(other.codes)} of {other.code_column}"]
    said.append(f"left out {small.height} slivers of less than {sliver:.2%} of an area")
    if outside:
        said.append(
            f"{len(outside)} areas lie outside the second layer: "
            f"{', '.join(one.codes[n] for n in outside[:5])}"
        )
    columns = {
        one.code_column: [one.codes[n] for n in kept.get_column("__one")],
        one.name_column: [one.names[n] for n in kept.get_column("__one")],
        other.code_column: [other.codes[n] for n in kept.get_column("__other")],
        other.name_column: [other.names[n] for n in kept.get_column("__other")],
    }
    total = pl.col("SHARE").sum().over("__one")
    found = kept.with_columns(pl.col("SHARE") / total).select("SHARE")
    return pl.DataFrame(columns).hstack(found).sort(one.code_column, other.code_column), said


def read_shapes(path: Path, crs: str = "") -> Shapes:
    """A layer's shapes in metres. Raises Unreadable for every shape that is not valid, by its code."""
    try:
        import shapely
    except ImportError:
        how = "install it with: pip install 'devo[geo]'"
        raise Unreadable([Fault(str(path), 0, "boundaries as shapes need shapely", "", how)]) from None
    check_file(path, LARGEST)
    features, said = _of_gpkg(path) if path.suffix.lower() == ".gpkg" else _of_geojson(path)
    system = crs or said
    if system not in (DEGREES, METRES):
        what = f"its coordinates are in {system}" if system else "it does not say which coordinates it has"
        how = f"say --crs {DEGREES} (degrees) or --crs {METRES} (British metres)"
        raise Unreadable([Fault(str(path), 0, what, "areas cannot be measured without knowing", how)])
    code, name = _columns(path, [properties for properties, _ in features])
    troubles = (_trouble(number, code, *feature) for number, feature in enumerate(features, 1))
    faults = [Fault(str(path), 0, message, "", how) for message, how in troubles if message]
    if faults:
        raise Unreadable(in_order(faults))
    shapes = shapely.transform([shape for _, shape in features], _equal_area if system == DEGREES else _as_is)
    codes = tuple(str(properties[code]) for properties, _ in features)
    names = tuple(str(properties.get(name) or properties[code]) for properties, _ in features)
    return Shapes(str(path), code, name, codes, names, shapes)


def _trouble(number: int, code: str, properties: Mapping[str, Any], shape: Any) -> tuple[str, str]:
    """What is wrong with a feature as an area and what to do; blank where nothing is."""
    import shapely

    if code not in properties:
        return f"feature {number} has no {code}", ""
    named = str(properties[code])[:LONGEST_QUOTE]
    if shape is None or shape.is_empty:
        return f"{named} (feature {number}) has no shape", ""
    if not shapely.is_valid(shape):
        how = "mend it in a mapping tool, or take the publisher's full-resolution file"
        return f"the shape of {named} is not valid: {shapely.is_valid_reason(shape)}", how
    if not shapely.area(shape):
        return f"{named} is drawn without any area", "each area needs a polygon, or several"
    return "", ""


def _equal_area(points: Any) -> Any:
    """Degrees as metres on Lambert's cylinder, which keeps every area."""
    import numpy as np

    east = np.radians(points[:, 0]) * _RADIUS
    north = np.sin(np.radians(points[:, 1])) * _RADIUS
    return np.column_stack([east, north])


def _as_is(points: Any) -> Any:
    return points


def _of_geojson(path: Path) -> tuple[list[tuple[dict[str, Any], Any]], str]:
    """The features of a GeoJSON file and its coordinate system, where it says one."""
    from shapely import GEOSException, from_geojson

    try:
        data = json_of(read_text(path, TABLE_LIMIT))
        features = [
            (
                dict(item["properties"] or {}),
                from_geojson(json.dumps(item["geometry"])) if item["geometry"] else None,
            )
            for item in data["features"]
        ]
        named = str(((data.get("crs") or {}).get("properties") or {}).get("name", ""))
    except (ValueError, KeyError, TypeError, AttributeError, GEOSException) as fault:
        raise Unreadable([Fault(str(path), 0, "is no GeoJSON collection of features", _why(fault))]) from None
    if "CRS84" in named or "4326" in named:
        return features, DEGREES
    return features, METRES if "27700" in named else named


def _why(fault: Exception) -> str:
    """Why a text is no GeoJSON, without the words of Python."""
    if isinstance(fault, KeyError):
        return f"it has no {fault}"
    if isinstance(fault, TypeError | AttributeError):
        return "its features are not written as GeoJSON has them"
    return str(fault)[:LONGEST_WHY]


def _of_gpkg(path: Path) -> tuple[list[tuple[dict[str, Any], Any]], str]:
    """The features of the only layer of a GeoPackage and its coordinate system."""
    import shapely

    end = time.monotonic() + _SECONDS
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            file.execute("pragma trusted_schema = off")
            file.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            layers = file.execute(
                "select g.table_name, g.column_name, s.organization, s.organization_coordsys_id"
                " from gpkg_geometry_columns g join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id"
            ).fetchmany(_MOST_LAYERS)
            if len(layers) != 1:
                listed = ", ".join(str(row[0]) for row in layers) or "none"
                raise Unreadable(
                    [Fault(str(path), 0, f"has {len(layers)} layers of shapes: {listed}; keep one")]
                )
            table, column, organization, number = layers[0]
            quoted = str(table).replace('"', '""')
            rows = file.execute(f'select * from "{quoted}"')
            headers = [item[0] for item in rows.description]
            records = [dict(zip(headers, row, strict=True)) for row in islice(rows, MOST_SHAPES + 1)]
            if len(records) > MOST_SHAPES:
                raise Unreadable([Fault(str(path), 0, f"has more than {MOST_SHAPES:,} shapes")])
            features = []
            for record in records:
                blob = record.pop(column)
                features.append((record, shapely.from_wkb(_wkb(blob)) if blob else None))
    except (sqlite3.Error, shapely.GEOSException, UnicodeDecodeError, LookupError, TypeError) as fault:
        why = f"it was not read after {_SECONDS:g} seconds" if str(fault) == "interrupted" else str(fault)
        raise Unreadable([Fault(str(path), 0, "is no GeoPackage", why)]) from None
    return features, f"{str(organization).upper()}:{number}"


def _wkb(blob: bytes) -> bytes:
    """The well-known binary inside a GeoPackage's blob, after its header and envelope."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 0b111]
    return blob[8 + envelope :]


def _columns(path: Path, records: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """The columns of codes and names of a layer's shapes."""
    import polars as pl

    if not records:
        raise Unreadable([Fault(str(path), 0, "has no features")])
    table = pl.DataFrame({key: [str(record.get(key)) for record in records] for key in records[0]})
    found: Published = understood(str(path), table)
    own = [
        layer for layer, column in found.codes.items() if table.get_column(column).n_unique() == len(records)
    ]
    if not own:
        listed = ", ".join(map(shown, records[0]))
        how = "each shape needs a code of its own, in a column such as LAD24CD"
        raise Unreadable(
            [Fault(str(path), 0, f"no column holds a code for each shape; it has {listed}", "", how)]
        )
    layer = own[0]
    code = found.codes[layer]
    return code, found.names.get(layer, code[:-2] + "NM")
