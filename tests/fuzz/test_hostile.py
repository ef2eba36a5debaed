"""A world every text of which is hostile, taken through every output: nothing of it is ever obeyed."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from fuzz import hostile

from devo.cli import devo
from devo.formats import FORMATS, draw
from devo.reports import write
from devo.reports.scenarios import of_scenario
from devo.reports.values import Report

PLUGIN = """
from pathlib import Path
from devo import Baseline, hookimpl

@hookimpl
def baselines():
    return [Baseline("hostile", "Hostile", (str(Path(__file__).parent / "tables"),))]
"""
PLACE, BODY, POWER = (hostile.called(known) for known in ("E08000001", "gaca", "buses"))
DEAL = f"""name = {hostile.toml(hostile.text(0))}
code = "../../EX"
status = {hostile.toml(hostile.text(1))}
summary = {hostile.toml(hostile.text(2))}
parties = ["odd"]
instrument = {{title = {hostile.toml(hostile.text(3))}, link = "javascript:alert(1)", made = 2016-01-01}}

[[provision]]
id = {hostile.toml(hostile.text(4))}
verb = "confer"
power = {hostile.toml(POWER)}
holder = "odd"
area = {hostile.toml(PLACE)}
commencement = 2017-01-01
exercised_by = {hostile.toml(hostile.text(5))}
source = {hostile.toml(hostile.text(6))}
"""
SCENARIO = f"""name = {hostile.toml(hostile.text(0))}
baseline = "hostile"
plugins = ["hostileshire"]
deals = ["./deal.toml"]
on = [2015-01-01, 2018-01-01]

[[ask]]
question = "who-holds"
place = {hostile.toml(PLACE)}
power = {hostile.toml(POWER)}

[[expect]]
question = "who-holds"
place = {hostile.toml(PLACE)}
power = {hostile.toml(POWER)}
rows = [{{ body = {hostile.toml(hostile.text(7))} }}]
"""
COMMANDS = {
    "who": ["who", PLACE],
    "holds": ["holds", BODY],
    "explain": ["explain", BODY, POWER, "--place", PLACE],
    "plan": ["plan", "deal.toml"],
    "check": ["check"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Path]:
    """A folder with the hostile country in it, and a deal and a scenario of it."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.write(folder / "hostileshire" / "tables")
    (folder / "hostileshire" / "__init__.py").write_text(PLUGIN, "utf-8")
    (folder / "deal.toml").write_text(DEAL, "utf-8")
    (folder / "scenario.toml").write_text(SCENARIO, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        patch.delitem(sys.modules, "hostileshire", raising=False)
        patch.setenv("DEVO_CACHE_DIR", str(folder / "cache"))
        patch.setenv("DEVO_LOG_DIR", str(folder / "logs"))
        patch.chdir(folder)
        yield folder


@pytest.fixture(scope="module")
def report(home) -> Report:
    """The report of the hostile scenario."""
    return of_scenario(home / "scenario.toml")


def asked(*words: str) -> None:
    """A command that asks about the hostile country; it neither fails nor finds fault with its files."""
    world = ("--plugin", "hostileshire", "--baseline", "hostile", "--on", "2018-01-01")
    done = CliRunner().invoke(devo, [*words, *world])
    assert done.exit_code in (0, 1), done.output


def steers(text: str, ends: str = "\n") -> set[str]:
    """The signs in a text that steer what shows it."""
    return {c for c in text if not c.isprintable() and c not in ends}


# --- on a terminal and in a pipe ----------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_that_is_printed_steers_what_shows_it(home, monkeypatch, name):
    pages = []
    monkeypatch.setattr("devo.cli.output.draw", lambda page, form, _: pages.append(page) or draw(page, form))
    asked(*COMMANDS[name])
    assert len(pages) == 1
    for form in FORMATS:
        said = draw(pages[0], form)
        assert "HYPERLINK" in said, form
        assert not steers(said, "\n\r\t" if form == "csv" else "\n"), form
        if form == "json":
            json.loads(said)
        if form == "csv":
            no_formulas(said)
        if form == "md":
            no_markup(said)


def test_what_is_said_of_faults_does_not_either(home):
    (home / "bad.toml").write_text(DEAL.replace("confer", "\\u001b[31m<b>"), "utf-8")
    done = CliRunner().invoke(
        devo, ["check", "bad.toml", "--baseline", "hostile", "--plugin", "hostileshire"]
    )
    assert done.exit_code == 3
    assert "x1b[31m<b>" in done.output
    assert not steers(done.output)


def no_formulas(text: str) -> None:
    """No cell begins like a formula, but for numbers."""
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            first = cell.lstrip(" \t\r\n")[:1]
            assert (
                first not in set("=+-@＝＋－＠") or first == "" or re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)
            ), cell


def no_markup(text: str) -> None:
    """Nothing of the data is Markdown or HTML."""
    assert not re.search(r"(?<!\\)<(?:script|img|!--)", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"^#+ heading", text, re.MULTILINE)


# --- pages ----------------------------------------------------------------------------------------------


class Parsed(HTMLParser):
    """What a page would do: its scripts, handlers, and where it leads or loads from."""

    def __init__(self) -> None:
        super().__init__()
        self.does: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whatever acts or leads out."""
        if tag in ("script", "img", "iframe", "object", "embed", "form", "base"):
            self.does.append((tag, "", ""))
        for name, value in attrs:
            address = (value or "").strip()
            leads_out = name in ("href", "src", "action") and not re.match(
                r"(#|(\.\./)?[\w-]+[./\w-]*$)", address
            )
            if name.startswith("on") or leads_out:
                self.does.append((tag, name, address))


def harmless(page: str) -> None:
    """Hold a page to doing nothing, and leading nowhere but to its own."""
    parsed = Parsed()
    parsed.feed(page)
    assert parsed.does == []
    assert not steers(page, "\n\t\r")


def test_a_report_as_a_page_does_nothing(home, report):
    write(report, home / "scenario.html")
    harmless((home / "scenario.html").read_text("utf-8"))


def test_a_site_stays_in_its_folder_and_does_nothing(home):
    asked("export", "-o", "site/")
    pages = list((home / "site").rglob("*.html"))
    assert len(pages) >= 12
    for page in pages:
        assert re.fullmatch(r"[\w-]+\.html", page.name, re.ASCII)
        harmless(page.read_text("utf-8"))
    outside = {path.name for path in home.iterdir()} | {path.name for path in home.parent.iterdir()}
    assert not any("gaca" in name or "dene" in name for name in outside)


def test_pages_of_ids_that_differ_in_case_or_at_their_ends_are_pages_of_their_own():
    from devo import world_of
    from devo.exports.atlas import Atlas
    from devo.values import Body, Power

    ids = ("ash", "Ash", "con", "x" * 300, "x" * 301, "../x", "..\\x", "CON")
    atlas = Atlas(world_of([*(Body(id, id, "k") for id in ids), Power("p", "P")]).on("2018-01-01"))
    pages = [atlas.page_of("body", id) for id in ids]
    assert len({page.casefold() for page in pages}) == len(ids)
    assert all(re.fullmatch(r"body/[\w-]{1,130}\.html", page, re.ASCII) for page in pages)
    assert not any(re.fullmatch(r"body/con\.html", page, re.IGNORECASE) for page in pages)


# --- files for other programs -------------------------------------------------------------------------------


def test_a_workbook_has_no_formulas_and_leads_nowhere(home, report):
    write(report, home / "report.xlsx")
    parts = _parts(home / "report.xlsx")
    for name, content in parts.items():
        ElementTree.fromstring(content)
        assert b"<f>" not in content, name
        assert b"<f " not in content, name
        assert b'TargetMode="External"' not in content, name


def test_a_document_is_sound_and_leads_nowhere(home, report):
    pytest.importorskip("docx", reason="documents are an extra: devo[docx]")
    write(report, home / "report.docx")
    for name, content in _parts(home / "report.docx").items():
        ElementTree.fromstring(content)
        assert b'TargetMode="External"' not in content, name


def test_reports_in_other_forms_have_neither_formulas_nor_markup(home, report):
    write(report, home / "report.csv")
    write(report, home / "report.md")
    no_formulas((home / "report.csv").read_text("utf-8-sig"))
    no_markup((home / "report.md").read_text("utf-8"))


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels"))}


@pytest.mark.parametrize("ending", ["graphml", "gexf", "jsonld", "dot", "mmd"])
def test_a_graph_says_what_it_is_in_its_own_language(home, ending):
    asked("export", "-o", f"world.{ending}")
    text = (home / f"world.{ending}").read_text("utf-8")
    assert not steers(text, "\n\t")
    if ending in ("graphml", "gexf"):
        ElementTree.fromstring(text)
    elif ending == "jsonld":
        json.loads(text)
    elif ending == "dot":
        # Without its quoted texts a drawing is nothing but the words that are ours.
        left = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
        assert not re.search(r"alert|evil|HYPERLINK|heading", left)
    else:
        assert not re.search(r"<|javascript:alert\(1\)\]|^\s*click ", text, re.MULTILINE)
        assert all(line.count('"') % 2 == 0 for line in text.splitlines())


def test_tables_of_an_export_have_no_formulas(home):
    asked("export", "-o", "tables.csv/")
    files = list((home / "tables.csv").glob("*.csv"))
    assert len(files) > 8
    for file in files:
        no_formulas(file.read_text("utf-8"))


def test_a_run_says_it_all_and_steers_nothing(home):
    done = CliRunner().invoke(
        devo, ["run", "scenario.toml", "--jobs", "1", "--no-cache", "--junit", "junit.xml"]
    )
    assert done.exit_code == 1
    assert not steers(done.output)
    ElementTree.parse(home / "junit.xml")
