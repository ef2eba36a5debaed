"""The document: numbered paragraphs and footnotes."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from devo.reports.scenarios import of_scenario

docx = pytest.importorskip("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_paragraphs_are_numbered_and_sources_stand_in_footnotes(scenario, call):
    from devo.reports.docx import document

    made = document(of_scenario(scenario()))
    paper = docx.Document(BytesIO(made))
    numbered = [p.text for p in paper.paragraphs if p.style.name == "List Number"]
    assert numbered[0].startswith("Roads for Exampleshire (EX-2027) changes 1 power")
    archive = ZipFile(BytesIO(made))
    notes = ElementTree.fromstring(archive.read("word/footnotes.xml"))
    body = ElementTree.fromstring(archive.read("word/document.xml"))
    called = [note.get(f"{W}id") for note in body.iter(f"{W}footnoteReference")]
    assert called
    assert set(called) <= {note.get(f"{W}id") for note in notes}
    assert "The Exampleshire Order 2017" in "".join(notes.itertext())


def test_the_same_report_is_the_same_bytes(scenario, call):
    from devo.reports.docx import document

    path = scenario()
    assert document(of_scenario(path)) == document(of_scenario(path))


def test_columns_are_as_wide_as_their_words_and_fill_the_page():
    from devo.reports.docx import widths

    wide, points = widths(
        [["What", "Power"], ["moved", "Securing education and participation " * 9], ["x", ""]]
    )
    assert sum(wide) == pytest.approx(170)
    assert wide[0] > 10
    assert wide[1] > 3 * wide[0]
    many, little = widths([["Metropolitan"] * 12])
    assert sum(many) == pytest.approx(170)
    assert little < points
