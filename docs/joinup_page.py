"""Writes the table of what the reports ask for into `joinup.md`: `python docs/joinup_page.py`."""

from __future__ import annotations

import sys
from pathlib import Path

PAGE = Path(__file__).with_name("joinup.md")
BEGIN, END = "<!-- items: begin -->", "<!-- items: end -->"


def table() -> str:
    """The items as a Markdown table, one line each."""
    from devo_joinup.shipped import items

    lines = ["| item | what the report says | ask, write or check | how | source |", "|---|---|---|---|---|"]
    for item in items():
        offered = ", ".join(f"`{part.strip().partition(':')[2]}`" for part in item.answered_by.split(";"))
        said = item.paraphrase + (
            " **(reconstructed: the wording was not seen)**" if item.reconstructed else ""
        )
        source = f"{item.report} ({item.confidence})"
        lines.append(f"| {item.id} | {said} | {offered} | {item.how} | {source} |")
    return "\n".join(lines)


def page(text: str) -> str:
    """The page with its table as it is now."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1] / "plugins"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
