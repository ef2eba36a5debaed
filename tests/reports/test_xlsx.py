"""The workbook, by the Analysis Function's rules."""

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from devo.reports.scenarios import of_scenario
from devo.reports.values import Heading, Section, Table
from devo.reports.xlsx import workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = Table(
    "Figures",
    (Heading("What"), Heading("What"), Heading("Money", "pence"), Heading("Share", "share", "of residents")),
    (('=HYPERLINK("http://x")', "@cmd", 123_456, 0.25), ("https://a.example", "", None, 1.0)),
)


@pytest.fixture
def book(scenario, call) -> ZipFile:
    report = of_scenario(scenario())
    report = replace(report, sections=(*report.sections, Section("hostile", "Hostile", (), (), (HOSTILE,))))
    return ZipFile(BytesIO(workbook(report)))


def parts(book, pattern):
    return {
        name: ElementTree.fromstring(book.read(name))
        for name in book.namelist()
        if re.fullmatch(pattern, name)
    }


def test_cover_contents_notes_and_then_one_table_a_sheet(book):
    names = [
        sheet.get("name") for sheet in parts(book, r"xl/workbook\.xml").popitem()[1].iter(f"{MAIN}sheet")
    ]
    assert names[:3] == ["Cover", "Contents", "Notes"]
    assert names[3:] == [f"Table_{n}" for n in range(1, len(names) - 2)]
    sheets = parts(book, r"xl/worksheets/sheet\d+\.xml")
    counts = [len(list(sheet.iter(f"{MAIN}tablePart"))) for sheet in sheets.values()]
    assert sorted(counts) == [0, *[1] * (len(sheets) - 1)]


def test_no_cell_is_merged_blank_or_a_formula(book):
    for name, sheet in parts(book, r"xl/worksheets/sheet\d+\.xml").items():
        assert not list(sheet.iter(f"{MAIN}mergeCell")), name
        assert not list(sheet.iter(f"{MAIN}f")), name
    for name, table in parts(book, r"xl/tables/table\d+\.xml").items():
        first, last = re.fullmatch(r"([A-Z]+\d+):([A-Z]+\d+)", table.get("ref")).groups()
        sheet = parts(book, rf"xl/worksheets/sheet{_sheet_of(book, name)}\.xml").popitem()[1]
        filled = {cell.get("r") for cell in sheet.iter(f"{MAIN}c") if len(cell)}
        assert set(_cells(first, last)) <= filled, name


def test_what_looks_like_a_formula_is_quoted_text_and_money_is_pounds(book):
    text = book.read("xl/sharedStrings.xml").decode()
    assert "=HYPERLINK(" in text
    assert "[z]" in text
    assert "[x]" in text
    assert "Money (pounds)" in text
    assert "Share (of residents)" in text
    assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()
    assert any(
        "<v>1234.56</v>" in book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name
    )


def test_the_same_report_is_the_same_bytes(scenario, call):
    path = scenario()
    assert workbook(of_scenario(path)) == workbook(of_scenario(path))


def _sheet_of(book, table):
    number = table.rsplit("/", 1)[1]
    for name in book.namelist():
        if "worksheets/_rels" in name and f"/{number}" in book.read(name).decode():
            return re.search(r"sheet(\d+)", name)[1]
    raise AssertionError(table)


def _cells(first, last):
    (a, top), (b, bottom) = (re.fullmatch(r"([A-Z])(\d+)", ref).groups() for ref in (first, last))
    return [
        f"{chr(column)}{row}"
        for column in range(ord(a), ord(b) + 1)
        for row in range(int(top), int(bottom) + 1)
    ]
