"""Markdown for a pull request."""

from dataclasses import replace

from devo.reports import md
from devo.reports.scenarios import of_scenario
from devo.reports.values import Heading, Section, Table

COUNTS = Table("Counts", (Heading("Number", "count"),), tuple((n,) for n in range(1000)))


def test_sentences_then_tables_with_data_as_text(scenario, call):
    text = md.text(of_scenario(scenario()))
    assert text.startswith("# Buses \\<script\\>alert(1)\\</script\\> &amp; \\[more\\]")
    assert "<script" not in text.replace("\\<script", "")
    assert text.index("changes 1 power") < text.index("| --- |")
    assert "## What changes, line by line" in text


def test_long_tables_and_long_reports_are_cut_and_say_so(scenario, call):
    report = of_scenario(scenario())
    long = replace(report, sections=(Section("long", "Long", (), (), (COUNTS,)),))
    assert "And 960 more rows" in md.text(long)
    many = replace(report, sections=tuple(Section(f"s{n}", "Long", (), (), (COUNTS,)) for n in range(500)))
    assert len(md.text(many)) < 65_536
    assert "left out here" in md.text(many)
