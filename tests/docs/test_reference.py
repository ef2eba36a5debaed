"""The reference pages are what the program says of itself."""

import runpy
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "reference_page.py"


def test_the_pages_are_what_the_program_says():
    pages = runpy.run_path(str(SCRIPT))["pages"]()
    assert set(pages) == {path.name for path in (SCRIPT.parent / "reference").glob("*.md")}
    for name, text in pages.items():
        assert (SCRIPT.parent / "reference" / name).read_text("utf-8") == text, (
            f"{name}: run python docs/reference_page.py"
        )
