"""Reports of real England: what its plugins draw is drawn, and in a browser nothing stands against it."""

from pathlib import Path

import pytest
from reports import browser

from devo import front
from devo.exports import ENDINGS, export
from devo.reports import html, xlsx
from devo.reports.deals import of_deals
from devo.reports.scenarios import of_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
in_a_browser = pytest.mark.skipif(
    browser.CHROMIUM is None or browser.AXE is None,
    reason="Chromium or axe-core is not here; see tests/reports/browser.py",
)


@pytest.fixture(scope="module")
def greater_manchester():
    return of_deals(front.baseline(), ["GM-2014-11"])


def test_a_deal_has_its_matrix_map_money_history_and_sources(greater_manchester):
    report = greater_manchester
    assert report.sentences[0].startswith("Greater Manchester Agreement (GM-2014-11) changes ")
    drawn = {section.id: len(section.drawings) for section in report.sections}
    assert drawn["map-of-changes"] == 1
    assert drawn["history"] >= 1
    assert drawn["money"] == 1
    matrix = next(section for section in report.sections if section.id == "matrix-of-changes").tables[0]
    assert ["Bus franchising", "Nobody, then Mayor"] in matrix.said()
    links = [source.link for source in report.sources if source.link]
    assert any(link.startswith("https://www.legislation.gov.uk/") for link in links)


def test_every_ending_has_the_same_figures(greater_manchester):
    table = next(table for table in greater_manchester.tables if table.caption.startswith("What changes"))
    page = html.page(greater_manchester)
    for row in table.said():
        assert all(cell.replace("&", "&amp;").replace("'", "&#39;") in page for cell in row)
    assert xlsx.workbook(greater_manchester)[:2] == b"PK"


@in_a_browser
@pytest.mark.heavy
def test_axe_finds_nothing_against_the_pages(greater_manchester, tmp_path):
    pages = [tmp_path / "deal.html"]
    html.write(greater_manchester, pages[0])
    named = (
        "greater-manchester-buses",
        "council-powers-over-nhs-areas",
        "leaving-prison-glossop-and-tameside",
    )
    for path in (found for name in named for found in SCENARIOS.rglob(f"{name}.toml")):
        pages.append(tmp_path / f"{path.stem}.html")
        html.write(of_scenario(path), pages[-1])
    export(front.baseline().on("2025-06-01"), tmp_path / "site", ENDINGS["site/"])
    inside = ("index", "about", "bodies", "place/lad24-E08000003", "body/gmca", "power/bus-franchising")
    pages += [tmp_path / "site" / f"{name}.html" for name in inside]
    for page in pages:
        assert browser.violations(page, tmp_path) == [], page.name


@in_a_browser
@pytest.mark.heavy
def test_the_page_prints(greater_manchester, tmp_path):
    html.write(greater_manchester, tmp_path / "deal.html")
    browser.pdf(tmp_path / "deal.html", tmp_path / "deal.pdf")
    assert (tmp_path / "deal.pdf").read_bytes()[:4] == b"%PDF"
