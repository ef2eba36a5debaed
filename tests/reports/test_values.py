"""Cells in words."""

from datetime import date

from devo.reports.values import Heading, Table, heading_of
from devo.values import Column


def test_a_cell_reads_by_what_its_column_is():
    assert Heading("Money", "pence").said(123_456) == "£1,234.56"
    assert Heading("Share", "share").said(0.256) == "25.6%"
    assert Heading("People", "count").said(12345) == "12,345"
    assert Heading("Since", "day", blank="before the tables").said(None) == "before the tables"
    assert Heading("Since", "day").said(date(2017, 6, 27)) == "2017-06-27"


def test_headings_of_answers_have_their_units():
    assert heading_of(Column("share", "share of residents", "float")).full == "Share (of residents)"
    assert heading_of(Column("amount_pence", "pence", "integer")).full == "Amount (pounds)"
    assert heading_of(Column("instrument", "", "string")).kind == "law"


def test_columns_with_nothing_in_them_are_trimmed():
    table = Table("A", (Heading("One"), Heading("Two"), Heading("Three")), (("a", "", 0), ("b", None, 1)))
    assert [heading.text for heading in table.trimmed().headings] == ["One", "Three"]
