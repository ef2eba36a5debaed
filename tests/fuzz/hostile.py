"""A world every text of which is hostile: to spreadsheets, web pages, terminals, and what draws on them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from worlds import world

from devo.files.fields import Field, fields_of
from devo.tools import type_name
from devo.values import Body, Instrument, Power

# What begins a text: a spreadsheet takes each of these for the beginning of a formula.
LEADS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "")
BODY = (
    'HYPERLINK("http://evil.example/","x") <script>alert(1)</script> "\'><img src=x onerror=alert(1)>'
    " [bold]b[/] [/] [@click=app.quit]c[/] [l](javascript:alert(1)) ![i](http://evil.example/i.png) `|` <!-- "
    "\x1b]0;title\x07\x1b[31mred\x9b31m \u202egnorw {{ 7*7 }} ${7*7} {% raw %} ]]> --> \\ \r\n# heading\r\n"
)
LINKS = (
    "javascript:alert(1)",
    'https://evil.example/" onmouseover="alert(1)',
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "JaVaScRiPt\t:alert(1)",
)
# What ids have in common: each leads out of a folder, or out of a quotation.
IDS = (
    "../../{}",
    '"><img/src=x/onerror=alert(1)>{}',
    "={}",
    "[bold]{}[/]",
    "\x1b[31m{}",
    "{}\u202e",
    "..\\{}",
)

LAW = """
holding = [
    {id = "general", power = "buses", holder = "every:metropolitan-district", start = 2009-12-01, instrument = "act"},
    {id = "theirs", power = "buses", holder = "gaca", area = "E47000001", start = 2016-04-01, instrument = "order"},
    {id = "other", power = "roads", holder = "ash", start = 2012-04-01, mode = "delegated", root = "minister"},
]
designation = [{body = "gaca", designation = "mayoral", start = 2016-04-01, instrument = "order"}]
membership = [{body = "gaca", member = "ash"}, {body = "gaca", member = "beck", role = "associate"}]
succession = [{old = "dene", new = "cole", start = 2020-04-01, instrument = "order"}]

[[power]]
id = "roads"
name = "Roads"
theme = "x"

[[exercise]]
id = "e"
power = "buses"
holder = "gaca"
by = "mayor"

[[condition]]
id = "c"
power = "buses"
holder = "gaca"
to = "use"
kind = "consent"
by = "ash"

[[body-class]]
id = "shire"
name = "Shires"
members = "metropolitan-district - ash"
"""

_PLAIN = frozenset({"designation", "kind", "sector", "organised_on"})


def records() -> list[Any]:
    """The records of the little country with some law, every text field of them hostile."""
    found = [record for rows in world(LAW).records.values() for record in rows]
    names = _names(found)
    kept = [_hostile(record, names, number) for number, record in enumerate(found)]
    links = [
        Instrument(f"link{n}", text(n), link=link, number=text(n + 1), made=date(2010, 1, 1))
        for n, link in enumerate(LINKS)
    ]
    return [*kept, *links, Body("odd", text(3), kind=text(0), sector=text(2))]


def text(number: int) -> str:
    """A hostile text; their beginnings differ."""
    return LEADS[number % len(LEADS)] + BODY


def called(known: str) -> str:
    """What an id or code of the little country has become."""
    return _names([record for rows in world(LAW).records.values() for record in rows])[known]


def toml(value: Any) -> str:
    """A value as a TOML file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return re.sub("[\x7f-\x9f]", lambda c: f"\\u{ord(c[0]):04x}", json.dumps(value))
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(k)} = {toml(v)}" for k, v in value.items()) + "}"
    return value.isoformat() if isinstance(value, date) else repr(value)


def write(folder: Path) -> Path:
    """The world as a folder of tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "world.toml").write_text("\n".join(_block(record) for record in records()), "utf-8")
    return folder


def _names(found: Iterable[Any]) -> dict[str, str]:
    """What ids, and the codes of areas, become."""
    names: dict[str, str] = {}
    for record in found:
        for key in ("id",) if isinstance(record, Power) else ("id", "code"):
            if known := getattr(record, key, ""):
                names[known] = IDS[len(names) % len(IDS)].format(known)
    return names


def _hostile(record: Any, names: dict[str, str], number: int) -> Any:
    kind: Any = type(record)
    given = {}
    for place, item in enumerate(fields_of(kind)):
        value = getattr(record, item.name)
        given[item.name] = _changed(item, value, names, number + place)
    return kind(**given)


def _changed(item: Field, value: Any, names: dict[str, str], number: int) -> Any:
    if item.name in ("areas", "measures") and isinstance(value, dict):
        return {names.get(k, k): names.get(v, v) if isinstance(v, str) else v for k, v in value.items()}
    if item.choices or item.name in _PLAIN:
        return value
    if item.ref or item.name in ("id", "geography"):
        return _renamed(value, names) if isinstance(value, str) else value
    if item.name == "code":
        return names.get(value, text(number)) if value else value
    if item.type is str:
        return LINKS[number % len(LINKS)] if item.name == "link" else text(number)
    if item.type is tuple and not item.ref:
        return (text(number), text(number + 1))
    return value


def _renamed(value: str, names: dict[str, str]) -> str:
    return " ".join(
        word[:6] + names.get(word[6:], word[6:])
        if word.startswith(("every:", "piece:"))
        else names.get(word, word)
        for word in value.split(" ")
    )


def _block(record: Any) -> str:
    lines = [f"[[{type_name(type(record))}]]"]
    lines += [f"{name} = {toml(value)}" for name, value in _given(record)]
    return "\n".join(lines) + "\n"


def _given(record: Any) -> Iterator[tuple[str, Any]]:
    for item in fields_of(type(record)):
        value = getattr(record, item.name)
        if value not in (None, ()):
            yield item.name, value
