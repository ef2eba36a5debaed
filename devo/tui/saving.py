"""Saving what is on screen: as a web page, a spreadsheet, CSV, text, or a picture of the screen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from devo.tui.dialogs import Asked
from devo.tui.page import Page
from devo.tui.tables import Table
from devo.tui.texts import safe
from devo.writing import write_whole

if TYPE_CHECKING:
    from devo.tui.habits import Habits

_STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;vertical-align:top;"
    "border-bottom:1px solid #7d8896}caption{text-align:left;font-weight:bold;padding:.5rem 0}"
    ".why{white-space:pre-wrap;max-width:45rem}footer{margin-top:2rem;color:#4d5662}"
)


async def save(app: Habits) -> None:
    """Ask for a file, and write what is on screen in the form that its ending says."""
    page = app.screen
    if not isinstance(page, Page) or not (page.shown_table.lines or page.text_on_screen()):
        app.say("There is nothing to save here yet.")
        return
    if app.opening.served:
        _hand_over(app, page)
        return
    suggested = str(Path.cwd() / f"{_file_name(page.shown_table.title)}.html")
    typed = await app.push_screen_wait(
        Asked(
            "Save what is on screen in which file?",
            suggested,
            "The ending says how: .html web page, .xlsx spreadsheet, .csv, .txt",
            _wrong,
        )
    )
    if not typed:
        return
    path = Path(typed).expanduser()
    table, text, ending = page.shown_table, page.text_on_screen(), path.suffix.casefold()
    try:
        await page.got(f"Saving {path.name}", lambda: write_whole(path, written(table, text, ending)))
    except (OSError, ImportError) as error:
        app.say(f"Nothing could be written: {error}", warning=True)
        return
    app.say(f"Saved in {path}")


def written(table: Table, text: str, ending: str) -> bytes:
    """A table, and a text that goes with it, in the form of a file's ending."""
    return _FORMS[ending](table, text)


def picture(app: Habits) -> None:
    """Save the screen as an SVG picture."""
    svg = app.export_screenshot(title="devo")
    name = "devo-screen.svg"
    if app.opening.served:
        app.deliver_text(io.StringIO(svg), save_filename=name)
        return
    path = _unused(Path.cwd() / name)
    try:
        path.write_text(svg, "utf-8")
    except OSError as error:
        app.say(f"Nothing could be written: {error}", warning=True)
        return
    app.say(f"The screen is saved as a picture in {path}")


def _hand_over(app: Habits, page: Page) -> None:
    """In a browser the file goes to the person's downloads and not to the server's disk."""
    html = written(page.shown_table, page.text_on_screen(), ".html").decode()
    app.deliver_text(io.StringIO(html), save_filename=f"{_file_name(page.shown_table.title)}.html")


def _html(table: Table, text: str) -> bytes:
    heads = "".join(f'<th scope="col">{escape(safe(heading))}</th>' for heading in table.headings)
    rows, group = [], ""
    for line in table.lines:
        if line.group and line.group != group:
            group = line.group
            wide = len(table.headings)
            rows.append(f'<tr><th scope="rowgroup" colspan="{wide}">{escape(safe(group))}</th></tr>')
        rows.append("<tr>" + "".join(f"<td>{escape(safe(cell))}</td>" for cell in line.texts()) + "</tr>")
    title = escape(safe(table.title) or "devo")
    why = f'<h2>Explanation</h2><p class="why">{escape(text)}</p>' if text else ""
    cited = "".join(f"<li>{escape(safe(item))}</li>" for item in table.citations)
    sources = f"<h2>Sources</h2><ul>{cited}</ul>" if cited else ""
    note = f"<p>{escape(safe(table.note))}</p>" if table.note else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>{title}</h1>{note}<table><caption>{title}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{why}{sources}</main>"
        f"<footer>The same answer: <code>{escape(safe(table.source))}</code></footer></body></html>\n"
    ).encode()


def _csv(table: Table, text: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Group", *table.headings])
    for line in table.lines:
        writer.writerow([_inert(line.group), *(_inert(cell) for cell in line.texts())])
    return out.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    clean = safe(text)
    return f"'{clean}" if clean[:1] in ("=", "+", "-", "@") else clean


def _txt(table: Table, text: str) -> bytes:
    lines = [safe(table.title), ""]
    for line in table.lines:
        pairs = [
            f"{heading}: {safe(cell)}"
            for heading, cell in zip(table.headings, line.texts(), strict=True)
            if cell
        ]
        lines += [*pairs, ""]
    return "\n".join([*lines, text, "", f"The same answer: {safe(table.source)}", ""]).encode()


def _xlsx(table: Table, text: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Table")
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        headings = ["Group", *table.headings]
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, safe(heading), bold)
            sheet.set_column(column, column, 28, wrap)
        for row, line in enumerate(table.lines, 1):
            for column, cell in enumerate((line.group, *line.texts())):
                sheet.write_string(row, column, safe(cell))
        sheet.freeze_panes(1, 0)
        notes = book.add_worksheet("Notes")
        notes.set_column(0, 0, 110, wrap)
        said = [
            table.title,
            table.note,
            *text.split("\n"),
            "Sources:",
            *table.citations,
            f"The same answer: {table.source}",
        ]
        for row, item in enumerate(item for item in said if item):
            notes.write_string(row, 0, safe(item))
    return out.getvalue()


_FORMS: dict[str, Callable[[Table, str], bytes]] = {
    ".html": _html,
    ".htm": _html,
    ".csv": _csv,
    ".txt": _txt,
    ".xlsx": _xlsx,
}


def _wrong(text: str) -> str:
    path = Path(text).expanduser()
    if path.suffix.casefold() not in _FORMS:
        return f"End the name with one of {', '.join(_FORMS)}."
    if path.is_dir() or not path.parent.is_dir():
        return f"There is no folder {path.parent}." if not path.is_dir() else "That is a folder."
    return ""


def _file_name(title: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in title.casefold())
    return "-".join(part for part in kept.split("-") if part)[:60] or "devo"


def _unused(path: Path) -> Path:
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found
