"""The pictures in the pages are there, are small, and need no network."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *(p for p in (ROOT / "docs").rglob("*.md") if "examples" not in p.parts)]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
SHOWN = {
    (page.parent / target).resolve(): page
    for page in PAGES
    for target in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", page.read_text("utf-8"))
}


def test_what_a_page_shows_is_there():
    assert [f"{page.name}: {file}" for file, page in SHOWN.items() if not file.is_file()] == []


def test_every_picture_is_shown_by_a_page():
    assert {file.name for file in PICTURES} == {f.name for f in SHOWN if f.parent.name == "pictures"}


def test_every_picture_says_in_words_what_it_shows():
    for page in PAGES:
        assert "![](" not in page.read_text("utf-8"), page


@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.stem)
def test_a_picture_refers_to_nothing_outside_itself(file):
    text = file.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|@import|<script|<image|<foreignObject", text)
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))
    assert "textLength" in text, "without it another font would not fit"
    assert len(text) < 200_000
