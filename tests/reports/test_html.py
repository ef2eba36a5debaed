"""The page: offline, whole, readable without scripts, and no text of data is markup."""

import re
from html.parser import HTMLParser

from devo.reports.html import page
from devo.reports.scenarios import of_scenario

VOID = {"meta", "link", "br", "line", "rect", "path"}


class Seen(HTMLParser):
    """The elements of a page in order, its ids and links, and whether every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag):
        return [given for name, given in self.tags if name == tag]


def test_the_page_is_whole_and_needs_nothing_else(scenario, call):
    text = page(of_scenario(scenario()))
    seen = Seen(text)
    assert not seen.open
    assert seen.of("html") == [{"lang": "en-GB"}]
    assert not {"script", "img", "iframe", "link", "object"} & {tag for tag, _ in seen.tags}
    assert not re.search(r"url\(|@import|src=", text)
    assert len(seen.ids) == len(set(seen.ids))
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)


def test_sentences_stand_before_any_table(scenario, call):
    text = page(of_scenario(scenario()))
    assert text.index("changes 1 power") < text.index("<table>")


def test_each_drawing_has_its_table_and_each_table_its_caption(scenario, call):
    report = of_scenario(scenario())
    seen = Seen(page(report))
    drawings = [drawing for section in report.sections for drawing in section.drawings]
    assert drawings
    assert all(drawing.table.rows for drawing in drawings)
    assert len(seen.of("svg")) == len(drawings)
    assert all(given["role"] == "img" for given in seen.of("svg"))
    assert len(seen.of("caption")) == len(seen.of("table"))
    assert all(given.get("scope") in ("col", "row") for given in seen.of("th"))


def test_text_of_data_is_never_markup(scenario, call):
    text = page(of_scenario(scenario()))
    assert "<script" not in text
    assert "Buses &lt;script&gt;alert(1)&lt;/script&gt; &amp; [more](x)" in text
    assert "Carley [s.12(1)] Council" in text


def test_the_same_report_is_the_same_page(scenario, call):
    path = scenario()
    assert page(of_scenario(path)) == page(of_scenario(path))
