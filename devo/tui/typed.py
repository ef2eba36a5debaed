"""What people type: a day in any of the usual ways, and the name of a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

DAYS = "2018-05-01, 1 May 2018, May 2018, 2018 or today"
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}


def day_of(text: str, today: date) -> date | None:
    """The day that a person means: 2018-05-01, 1 May 2018, May 2018, 2018, today; None for none."""
    asked = text.strip().casefold().replace(",", " ")
    if asked == "today":
        return today
    try:
        return date.fromisoformat(asked)
    except ValueError:
        pass
    parts = asked.replace("/", " ").replace("-", " ").split()
    months = [MONTHS[part] for part in parts if part in MONTHS]
    figures = [int(part) for part in parts if part.isdigit()]
    if len(months) + len(figures) != len(parts) or len(months) > 1:
        return None
    try:
        if months and len(figures) == 2:
            return date(figures[1], months[0], figures[0])
        if months and len(figures) == 1:
            return date(figures[0], months[0], 1)
        if len(figures) == 3 and not months:
            return date(figures[2], figures[1], figures[0])
        if len(figures) == 1 and len(parts[0]) == 4:
            return date(figures[0], 1, 1)
    except ValueError:
        return None
    return None


def no_such_day(text: str, today: date, *, blank: bool = False) -> str:
    """What is wrong with a day as typed; '' if nothing is."""
    if (blank and not text.strip()) or day_of(text, today) is not None:
        return ""
    return f"That is no day. Write it as {DAYS}."


def no_such_folder(text: str) -> str:
    """What is wrong with a file's name as typed; '' if nothing is."""
    path = Path(text).expanduser()
    if not text.strip():
        return "Type a name for the file."
    if path.is_dir():
        return "That is a folder; add a file's name."
    return "" if path.parent.is_dir() else f"There is no folder {path.parent}."
