"""Links between pages lead somewhere, and every page can be come to from the first."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
APART = {"changes", "examples"}  # for the changelog; plugins with readmes of their own
PAGES = [p for p in sorted(DOCS.rglob("*.md")) if p.relative_to(DOCS).parts[0] not in APART]
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_s_links_lead_to_files(page):
    text = CODE.sub("", page.read_text("utf-8"))
    links = re.findall(r"\]\((?!https?:|#)([^)\s#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_listed_once():
    first = DOCS / "index.md"
    listed: Counter[str] = Counter()
    for block in re.findall(r"^```\{toctree\}\n(.*?)^```", first.read_text("utf-8"), re.M | re.S):
        for entry in block.splitlines():
            if entry and not entry.startswith(":"):
                listed.update(str(page.relative_to(DOCS)) for page in DOCS.glob(f"{entry}.md"))
    pages = {str(page.relative_to(DOCS)) for page in PAGES if page != first}
    assert listed == Counter(pages)
