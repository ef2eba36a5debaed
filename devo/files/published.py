"""Columns of published lookups: which hold codes and names, of which layer, and what is wrong with them.

The ONS calls a column of codes `LAD24CD` and one of names `LAD24NM`: a stem, a year, an ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from devo.files.faults import shown
from devo.files.reading import Unreadable
from devo.values import Fault

if TYPE_CHECKING:
    import polars

_HEADER = re.compile(r"([A-Za-z]+?)(\d{2})_?(CDH|CD|NM|CODE|NAME)(\d?)", re.IGNORECASE)
_GSS = r"^[A-Z]\d{8}$"
_ENGLAND = r"^[EJ]"
# Numbers, powers of ten and error marks: what a spreadsheet makes of a code that it takes for a number.
_MANGLED = r"^(\d+([.,]\d+)?([eE][+-]?\d+)?|#[A-Z/0!?]+)$"
_COUNTS = re.compile(r"(?i)^(pop|c21|c11|age|residents|persons|people|households?|dwellings|overlap)")

# A column beside those of the file, with the line that each row stands on.
LINE = "__line"

# What English codes of a layer begin with, by ONS stem, and what the layer is called.
STEMS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "oa": (("E00",), "Output areas"),
    "lsoa": (("E01",), "Lower layer super output areas"),
    "msoa": (("E02",), "Middle layer super output areas"),
    "wd": (("E05", "E36"), "Wards"),
    "lad": (("E06", "E07", "E08", "E09"), "Local authority districts"),
    "ltla": (("E06", "E07", "E08", "E09"), "Lower tier local authorities"),
    "utla": (("E06", "E08", "E09", "E10"), "Upper tier local authorities"),
    "cty": (("E10", "E13", "E99"), "Counties"),
    "rgn": (("E12",), "Regions"),
    "ctry": (("E92",), "Countries"),
    "pcon": (("E14",), "Parliamentary constituencies"),
    "cauth": (("E47",), "Combined authorities"),
    "pfa": (("E23",), "Police force areas"),
    "csp": (("E22",), "Community safety partnerships"),
    "fra": (("E31",), "Fire and rescue authority areas"),
    "icb": (("E54",), "Integrated care boards"),
    "stp": (("E54",), "Sustainability and transformation partnerships"),
    "sicbl": (("E38",), "Sub-ICB locations"),
    "ccg": (("E38",), "Clinical commissioning groups"),
    "nhser": (("E40",), "NHS England regions"),
    "cal": (("E56",), "Cancer alliances"),
    "ttwa": (("E30", "K01"), "Travel to work areas"),
    "lep": (("E37",), "Local enterprise partnerships"),
    "lsip": (("E69",), "Local skills improvement plan areas"),
}


@dataclass
class Published:
    """What a table's columns were understood as. `codes` and `names` are columns by layer id.

    `shared` is the layer whose places a column gives shares of.
    """

    path: str
    table: polars.DataFrame
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    shared: str = ""

    def line(self, row: int) -> int:
        """The line of a row in its file; 0 where there are no lines. Rows may have been left out before it."""
        return int(self.table.get_column(LINE)[row]) if LINE in self.table.columns else 0

    @property
    def counts(self) -> list[str]:
        """The columns that count people, homes or the like, by their names."""
        numeric = [name for name in self.left if self.table.schema[name].is_numeric()]
        return [name for name in numeric if _COUNTS.match(name)]


def understood(path: str, table: polars.DataFrame) -> Published:
    """A table's columns told apart by their headers."""
    found = Published(path, table)
    for column in table.columns:
        match = _HEADER.fullmatch(column.strip())
        if match is None or match[3].upper() == "CDH":
            found.left.append(column)
            continue
        layer = f"{match[1].lower()}{match[2]}"
        if match[1].lower() not in STEMS and not _has_codes(table, column):
            found.left.append(column)
            continue
        kept = found.codes if match[3].upper() in ("CD", "CODE") else found.names
        if layer in kept:
            found.left.append(column)
        else:
            kept[layer] = column
    return found


def _has_codes(table: polars.DataFrame, column: str) -> bool:
    """Whether a column of a stem that nobody knows holds codes of places: RUC21CD holds kinds of place."""
    import polars as pl

    if not table.height:
        return True
    return table.schema[column] == pl.String and bool(table.get_column(column).str.contains(_GSS).any())


def layer_title(layer: str) -> str:
    """What a layer is called: its stem's name and its year."""
    stem, year = layer[:-2], layer[-2:]
    return f"{STEMS[stem][1] if stem in STEMS else stem.upper()} (20{year})"


def faults_of(found: Published) -> Iterator[Fault]:
    """What is wrong with a table's columns of codes, each with the first line where it shows."""
    import polars as pl

    path, table = found.path, found.table
    if not found.codes:
        yield Fault(
            path,
            1,
            "no column holds codes",
            "a column of codes is called after its layer and year, such as LAD24CD",
            f"the columns are: {', '.join(column[:60] for column in table.columns[:12])}",
        )
    if not table.height:
        yield Fault(path, 1, "the table has a header and no rows")
        return
    for layer, column in found.codes.items():
        cells = table.get_column(column)
        if cells.dtype != pl.String:
            yield Fault(
                path,
                found.line(0),
                f"{column} holds numbers, and no codes such as E08000003",
                "a spreadsheet may have made numbers of the codes",
                "import the published file as it is, or the column as text",
            )
            continue
        wrong = ~cells.str.contains(_GSS).fill_null(True)
        if wrong.any():
            yield _not_codes(found, layer, column, wrong)
            continue
        stem = layer[:-2]
        if stem in STEMS:
            english = cells.str.contains(_ENGLAND).fill_null(False)
            strange = english & ~cells.str.slice(0, 3).is_in(list(STEMS[stem][0])).fill_null(True)
            if strange.any():
                at = strange.arg_true()[0]
                begins = " or ".join(STEMS[stem][0])
                yield Fault(
                    path,
                    found.line(at),
                    f"{column} has {shown(cells[at])}, and codes of {STEMS[stem][1].lower()} begin {begins}",
                    f"{strange.sum():,} of {len(cells):,} rows are so",
                    "is the column under the header of another layer?",
                )


def _not_codes(found: Published, layer: str, column: str, wrong: polars.Series) -> Fault:
    cells = found.table.get_column(column)
    at = wrong.arg_true()[0]
    how_many = f"{wrong.sum():,} of {len(cells):,} rows are so"
    named = found.names.get(layer)
    if named is not None and found.table.get_column(named).cast(str, strict=False)[at] is not None:
        other = str(found.table.get_column(named)[at])
        if re.match(_GSS, other):
            message = f"{column} holds names and {named} holds codes: their headers are swapped"
            return Fault(found.path, 1, message, f"the first row: {shown(cells[at])}, {shown(other)}")
    if re.match(_MANGLED, str(cells[at]).strip()):
        return Fault(
            found.path,
            found.line(at),
            f"{column} has {shown(cells[at])}, which a spreadsheet made of a code",
            how_many,
            "import the published file as it is, or the column as text",
        )
    return Fault(
        found.path,
        found.line(at),
        f"{column} has {shown(cells[at])}, which is no code such as E08000003",
        how_many,
    )


def english(found: Published, said: list[str]) -> Published:
    """A table without the rows of Wales, Scotland and Northern Ireland, of which the finest code tells."""
    import polars as pl

    said.append(
        f"{Path(found.path).name}: {found.table.height:,} rows; layers {', '.join(found.codes) or 'none'}"
    )
    texts = [c for c in found.codes.values() if found.table.schema[c] == pl.String]
    if not texts:
        return found
    finest = max(texts, key=lambda c: found.table.get_column(c).n_unique())
    elsewhere = found.table.get_column(finest).str.contains(r"^[WSN]\d{8}$").fill_null(False)
    if elsewhere.any():
        said.append(f"  left out {elsewhere.sum():,} rows outside England, by {finest}")
        found.table = found.table.filter(~elsewhere)
    return found


def joined(tables: list[Published], said: list[str]) -> Published:
    """The first table with the layers of the others, each joined by the first layer that both have."""
    import polars as pl

    whole = tables[0]
    for other in tables[1:]:
        shared = [layer for layer in other.codes if layer in whole.codes]
        if not shared:
            how = f"one has {', '.join(whole.codes)}, the other {', '.join(other.codes)}"
            raise Unreadable([Fault(other.path, 1, f"shares no column of codes with {whole.path}", how)])
        by = max(shared, key=lambda layer: other.table.get_column(other.codes[layer]).n_unique())
        new = {layer: column for layer, column in other.codes.items() if layer not in whole.codes}
        right = other.table.select(
            pl.col(other.codes[by]).alias("__by"), *(pl.col(c).alias(f"__{c}") for c in new.values())
        ).unique()
        twice = right.filter(pl.col("__by").is_duplicated())
        if twice.height:
            code = twice.get_column("__by")[0]
            message = f"{code} ({other.codes[by]}) stands in several rows that lie in different areas"
            how = "import that file by itself: a lookup to several areas needs shares"
            raise Unreadable([Fault(other.path, 0, message, "", how)])
        mine = whole.table.get_column(whole.codes[by]).drop_nulls().unique()
        unknown = mine.filter(~mine.is_in(right.get_column("__by").to_list())).sort()
        if len(unknown) and len(unknown) <= len(mine) // 20:
            missing = ", ".join(unknown.head(5).to_list())
            message = f"{len(unknown)} codes of {whole.codes[by]} are not in it: {missing}"
            how = "it is of another year, or codes were changed; import files of one vintage"
            raise Unreadable([Fault(other.path, 0, message, "", how)])
        if len(unknown):
            said.append(f"{Path(other.path).name}: {len(unknown):,} areas of {by} lie in none of its areas")
        whole.table = whole.table.join(right, left_on=whole.codes[by], right_on="__by", how="left")
        whole.codes |= {layer: f"__{column}" for layer, column in new.items()}
        for layer, column in other.names.items():
            if layer in other.codes and layer not in whole.names:
                pairs = other.table.select(
                    pl.col(other.codes[layer]).alias("__c"), pl.col(column).alias(f"__{column}")
                )
                pairs = pairs.unique("__c", keep="first", maintain_order=True)
                whole.table = whole.table.join(pairs, left_on=whole.codes[layer], right_on="__c", how="left")
                whole.names[layer] = f"__{column}"
        said.append(f"{Path(other.path).name}: joined by {by}")
    return whole
