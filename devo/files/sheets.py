"""Published files as they are, CSV or Parquet: columns told apart, codes kept as text, each row with its line."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from devo.files.cells import not_as_wide, rows_of, wrongly_divided
from devo.files.faults import MOST_FAULTS, more_faults, shown
from devo.files.parquet import parquet_trouble
from devo.files.published import LINE, Published, understood
from devo.files.reading import MEGABYTE, Unreadable, check_file, read_text
from devo.values import Fault

if TYPE_CHECKING:
    import polars

LARGEST = 500 * MEGABYTE


def read(path: Path) -> Published:
    """A file as it is; codes are text whatever they look like. Raises Unreadable."""
    import polars as pl

    check_file(path, LARGEST)
    table, first = _of_parquet(path) if path.suffix.lower() == ".parquet" else _of_csv(path)
    if own := next((column for column in table.columns if column.startswith("__")), ""):
        how = "give it a name that begins otherwise"
        raise Unreadable(
            [Fault(str(path), 1, f"a column is called {shown(own)}", "devo makes such columns", how)]
        )
    # Numbers of more than 64 bits are counted by nobody, and by few of the library's own functions.
    table = table.with_columns(pl.col(pl.Int128, pl.UInt128).cast(pl.Float64))
    # Other programs write columns with few different texts so.
    table = table.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
    found = understood(str(path), table)
    for layer, column in list(found.names.items()):
        if table.schema[column] != pl.String:
            found.left.append(found.names.pop(layer))
    strings = [c for c in (*found.codes.values(), *found.names.values()) if table.schema[c] == pl.String]
    table = table.with_columns(pl.col(c).str.strip_chars().replace("", None) for c in strings)
    blank = pl.all_horizontal(pl.exclude(LINE).is_null())
    found.table = table.with_row_index(LINE, offset=first).filter(~blank)
    return found


def _of_parquet(path: Path) -> tuple[polars.DataFrame, int]:
    """The table, and what its first row goes by: 1, for there are no lines."""
    import polars as pl

    if trouble := parquet_trouble(path):
        raise Unreadable([Fault(str(path), 0, "the file cannot be read as Parquet", trouble)])
    try:
        return _trimmed(pl.read_parquet(path)), 1
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as fault:
        raise Unreadable([Fault(str(path), 0, "the file cannot be read as Parquet", _first(fault))]) from None


def _of_csv(path: Path) -> tuple[polars.DataFrame, int]:
    """The table, and the line after its header."""
    import polars as pl

    try:
        line, header = _header(path)
        columns = pl.read_csv(path, n_rows=0).columns
        if len(columns) != len(header):
            raise ValueError("its lines end neither as on Windows nor as on Linux")
        codes = understood(str(path), pl.DataFrame(schema=columns))
        text = dict.fromkeys([*codes.codes.values(), *codes.names.values()], pl.String)
        table = _trimmed(pl.read_csv(path, schema_overrides=text, infer_schema_length=10_000))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, csv.Error) as fault:
        raise _why_not(path, _first(fault)) from None
    twice = [column for column in text if header.count(column.strip()) > 1]
    if twice:
        message = f"two columns are called {shown(twice[0].strip())}"
        raise Unreadable([Fault(str(path), line, message, "which of them is right, the file does not say")])
    return table, line + 1


def _header(path: Path) -> tuple[int, list[str]]:
    """The last line of a header and its cells: polars counts no lines, and renames what stands there twice."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        header = [cell.strip() for cell in next(filter(None, reader), [])]
        if wrong := wrongly_divided(str(path), reader.line_num, header):
            raise Unreadable([wrong])
        return reader.line_num, header


def _trimmed(table: polars.DataFrame) -> polars.DataFrame:
    return table.rename({column: column.strip().removeprefix("\ufeff") for column in table.columns})


def _why_not(path: Path, problem: str) -> Unreadable:
    """Every fault of a CSV file that polars does not read, in the words and with the lines that it does not say."""
    faults: list[Fault] = []
    rows = rows_of(str(path), read_text(path, LARGEST), faults)
    _, header = next(rows, (1, []))
    for line, cells in rows:
        if len(cells) > len(header):
            faults.append(not_as_wide(str(path), line, cells, header))
        if len(faults) > MOST_FAULTS:
            faults.append(more_faults(str(path), line))
            break
    how = "save it as CSV UTF-8 (comma delimited)"
    return Unreadable(faults or [Fault(str(path), 0, "the file cannot be read as a table", problem, how)])


def _first(fault: BaseException) -> str:
    return (str(fault).splitlines() or [""])[0]
