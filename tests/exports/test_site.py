"""The folder of pages: every place, body and power, linked, saying what the questions answer."""

import re
from html import unescape

import pytest

from devo import front
from devo.exports import ENDINGS, export
from devo.values import Body, Power


def site(world, folder):
    export(world, folder, ENDINGS["site/"])
    return {str(file.relative_to(folder)): file.read_text("utf-8") for file in folder.rglob("*.html")}


@pytest.fixture(scope="module")
def pages(small, tmp_path_factory):
    return site(small, tmp_path_factory.mktemp("site") / "out")


def test_every_place_body_and_power_has_a_page(pages, small):
    assert len([name for name in pages if name.startswith("body/")]) == len(small.of(Body))
    assert len([name for name in pages if name.startswith("power/")]) == len(small.of(Power))
    assert "place/lad24-E08000001.html" in pages
    assert "place/pfa24-E23000001.html" in pages


def test_every_link_leads_somewhere(pages):
    _check_links(pages)


def test_a_page_is_html_in_english_without_scripts(pages):
    for name, text in pages.items():
        assert text.startswith('<!doctype html>\n<html lang="en-GB">'), name
        assert "<script" not in text, name


def test_names_are_never_markup(pages):
    text = pages["body/odd.html"]
    assert "<b>" not in text
    assert "Odd &lt;b&gt;&#34;Council&#34;&lt;/b&gt; &amp; [co]" in text


def test_a_place_says_who_holds_what_and_what_is_not_known(pages):
    text = _words(pages["place/lad24-E08000001.html"])
    assert "Bus franchising Greater Ash Combined Authority alone 100% 2017-06-27" in text
    cole = _words(pages["place/lad24-E08000003.html"])
    assert "Bus franchising The Minister alone 100% 2010-01-01" in cole


def test_when_residents_were_counted_is_said_where_a_table_says(pages, small):
    assert small.counted == ""
    assert "code E08000001. 100 residents." in _words(pages["place/lad24-E08000001.html"])
    assert not any("mid-2023" in text for text in pages.values())


def test_the_same_world_is_the_same_pages(small, pages, tmp_path):
    assert site(small, tmp_path / "again") == pages


@pytest.mark.nightly
def test_england_is_written_and_says_what_who_says(england, tmp_path):
    written = site(england, tmp_path / "site")
    _check_links(written)
    for place in ("lad24:E08000003", "lad24:E06000063", "icb24:E54000057"):
        layer, code = place.split(":")
        answer = front.ask(england, "who-holds", place=place)
        rows = re.findall(
            r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', written[f"place/{layer}-{code}.html"]
        )
        got = sorted((_words(power), _words(body)) for power, body in rows)
        assert got == sorted((row.power_name, row.body_name) for row in answer.rows)


def _words(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _check_links(pages):
    for name, text in pages.items():
        for link in set(re.findall(r'href="([^"#:]+)"', text)):
            parts = [*name.split("/")[:-1], *link.split("/")]
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            target = "/".join(parts)
            assert target in pages or target == "style.css", (name, link)
