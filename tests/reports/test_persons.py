"""The whole person in a report: whom somebody meets, as what, and the figures of it."""

import sys

import pytest

from devo import front
from devo.reports import html, persons
from devo.reports.deals import of_deals
from devo.reports.scenarios import of_scenario

PEOPLE = '''
"""People who meet whoever holds the power over roads, for tests."""

from collections.abc import Iterator
from dataclasses import dataclass

import devo
from devo import AreaCode, TermFault, World, hookimpl, question


@dataclass(frozen=True)
class MetRow:
    """Somebody met."""

    persona: str
    persona_name: str
    place: AreaCode
    place_name: str
    role: str
    body: str
    body_name: str
    need: str
    pot: str
    source: str


@dataclass(frozen=True)
class FigureRow:
    """A figure."""

    name: str
    figure: int | None
    unit: str
    what: str


@dataclass(frozen=True)
class TextRow:
    """A paragraph."""

    text: str


def rows(world: World, persona: str, place: str) -> Iterator[MetRow]:
    if persona != "driver":
        raise TermFault(f"no persona is called {persona!r}")
    where = devo.place(world, place)
    for need in ("a road", "a <b>bus</b>"):
        for row in devo.ask(world, "who-holds", place=place, power="roads").rows:
            made = row.body, row.body_name, need, "", "Highways Act 1980"
            if row.status == "held":
                yield MetRow("driver", "A driver", where.id, where.name, "acts", *made)
    yield MetRow("driver", "A driver", where.id, where.name, "pays", "", "", "a road", "Fund", "Highways Act 1980")


@question(draw="groups:role,body_name,need,pot", beside=("met-figures", "met-words"))
def met(world: World, persona: str, place: AreaCode) -> Iterator[MetRow]:
    """Whom a persona meets."""
    yield from rows(world, persona, place)


@question(draw="headlines:name,figure")
def met_figures(world: World, persona: str, place: AreaCode) -> Iterator[FigureRow]:
    """How many."""
    met = {row.body for row in rows(world, persona, place) if row.body}
    yield FigureRow("doors", len(met), "bodies", "bodies that act")
    yield FigureRow("luck", None, "", "what nobody knows")


@question(draw="words:text")
def met_words(world: World, persona: str, place: AreaCode) -> Iterator[TextRow]:
    """In words."""
    yield TextRow(f"In {place} a driver meets somebody.")


@hookimpl
def questions():
    return [met, met_figures, met_words]
'''


@pytest.fixture
def people(country, scenario, monkeypatch):
    """A scenario of Exampleshire with a plugin that answers for one persona."""
    (country / "people.py").write_text(PEOPLE)
    monkeypatch.syspath_prepend(str(country))
    monkeypatch.delitem(sys.modules, "people", raising=False)
    path = scenario()
    path.write_text(path.read_text().replace('["exampleshire"]', '["exampleshire", "people"]'))
    return path


def panels(report):
    return [section for section in report.sections if section.id.startswith("person-")]


def test_a_persona_that_a_scenario_s_questions_name_has_its_panel(people):
    ask = '\n[[ask]]\nquestion = "met-words"\npersona = "driver"\nplace = "Ashford"\n'
    people.write_text(people.read_text() + ask)
    (panel,) = panels(of_scenario(people))
    assert panel.title == "Met: A driver, Ashford, on 1 January 2028"
    assert panel.sentences == ("In E01 a driver meets somebody.",)
    figures, matrix, everybody = panel.tables
    # The draft gives the roads to the authority in 2027; the figure stands for both days.
    assert figures.said() == [
        ["doors", "1", "1", "bodies", "bodies that act"],
        ["luck", "not known", "not known", "", "what nobody knows"],
    ]
    assert matrix.said() == [["Exampleshire Combined Authority", "acts", "acts"]]
    assert everybody.said() == [
        ["acts", "Exampleshire Combined Authority", "a road; a <b>bus</b>", ""],
        ["pays", "not known", "a road", "Fund"],
    ]
    assert everybody.sources == ("Highways Act 1980",)


def test_a_persona_that_is_chosen_is_met_in_every_place_of_the_report(people):
    report = of_scenario(people, persona="driver")
    assert [panel.title.split(", ")[1] for panel in panels(report)] == ["Carley [A1] [/]", "Ashford"]
    page = html.page(report)
    assert "a &lt;b&gt;bus&lt;/b&gt;" in page
    captions = [table.caption for table in report.tables]
    assert len(captions) == len(set(captions))


def test_a_deal_s_report_has_the_persona_where_it_changes_something(people, country):
    world = front.open_world("example", plugins=("exampleshire", "people"))
    report = of_deals(world, [str(country / "draft.toml")], persona="driver")
    (panel,) = panels(report)
    assert "Exampleshire" in panel.title
    doors = panel.tables[0].said()[0]
    assert doors[:3] == ["doors", "2", "1"]


def test_no_such_persona_and_nobody_to_ask(people, scenario, call):
    with pytest.raises(persons.NoPersona, match="no persona is called 'rider'"):
        of_scenario(people, persona="rider")
    said = call("report", str(people), "-o", "x.html", "--persona", "rider")
    assert said.exit_code == 2
    assert "no persona is called 'rider' (`devo ask personas` lists them)" in said.stderr


def test_a_scenario_without_a_persona_has_no_panel(people):
    assert panels(of_scenario(people)) == []
