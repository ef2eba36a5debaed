"""The report of deals."""

from devo import front
from devo.reports.deals import of_deals

PROMISE = """
[[provision]]
verb = "confer"
power = "skills"
holder = "EXCA"
commencement = 2018-04-01
source = "paragraph 3"
"""


def test_what_was_agreed_and_never_made_law_stands_apart(country, call):
    deal = country / "exampleshire/deals/ex-2016.toml"
    deal.write_text(deal.read_text("utf-8") + PROMISE, "utf-8")
    report = of_deals(front.baseline("example", ["exampleshire"]), ["EX-2016"])
    lines = {table.caption: [row[1] for row in table.rows] for table in report.tables}
    assert lines["What changes, one line a change"] == ["Bus franchising"]
    assert lines["Agreed, and never made into law: what would have come"] == ["Skills"]
    matrix = next(rows for caption, rows in lines.items() if caption.startswith("Powers by areas"))
    assert len(matrix) == 1


def test_a_deal_that_fails_says_so_in_the_first_words(country, call):
    (country / "vain.toml").write_text((country / "draft.toml").read_text().replace("T01", "skills"))
    report = of_deals(front.baseline("example", ["exampleshire"]), [country / "vain.toml"])
    assert report.failed
    assert report.sentences[-1] == "Found against this: 1 error; see Findings."
    assert report.rows == []
    assert report.columns[0] == "kind"
