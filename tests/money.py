# ruff: noqa: E501  (a record is easier read on a line)
"""A little country's money, what deals do to it, and what is answered of it: tests of funding build on it."""

from functools import cache

import worlds

from devo.enactment import enact
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.toolbox import toolbox
from devo.world import world_of

MONEY = """
pot = [
    {id = "buses", name = "Bus grant", payer = "dept", payee = "gaca", kind = "ring-fenced-grant", ringfenced = true, powers = ["buses"], first_year = "2015-16", last_year = "2017-18", reporting = "quarterly return"},
    {id = "roads", name = "Road grant", payer = "dept", payee = "gaca", kind = "grant"},
    {id = "tax", name = "Council tax", payer = "council-taxpayers", payee = "every:metropolitan-district", kind = "council-tax", award = "set locally"},
    {id = "police", name = "Police precept", payer = "council-taxpayers", payee = "pcc", kind = "precept", award = "set locally"},
]
amount = [
    {pot = "buses", pence = 1000, start = 2015-04-01, end = 2018-04-01, split = "years"},
    {pot = "roads", pence = 600, year = "2016-17"},
    {pot = "tax", pence = 100, year = "2016-17", payee = "ash"},
    {pot = "tax", pence = 200, year = "2016-17", payee = "beck"},
    {pot = "police", pence = 61, year = "2016-17"},
]
share = [
    {pot = "police", giver = "pcc", area = "E08000001", weight = 1},
    {pot = "police", giver = "pcc", area = "E08000003", weight = 1},
]
[[body]]
id = "dept"
name = "The Department"
kind = "department"
"""


@cache
def tools():
    return toolbox(built_in=("devo_transfers", "devo_funding"))


def kinds():
    return tools().records


def world(text=""):
    return world_of(record for part in (worlds.COUNTRY, MONEY, text) for record in worlds.read(part, kinds))


def enacted(place, text, day="2016-04-01"):
    done = attempted(place, text, day)
    assert not done.findings, done.findings
    return done.world


def attempted(place, text, day="2016-04-01", code="EX"):
    head = f'code = "{code}"\nname = "A deal"\n'
    body = (
        f'[[provision]]\n{text}\ncommencement = {day}\ninstrument = {{title = "Order", made = 2010-01-01}}\n'
    )
    found = deals_from([Document(f"{code}.toml", head + body)], place, tools().verbs)
    assert not found.faults, found.faults
    return enact(place, found.deals, tools().verbs)


def ask(place, name, day="2016-06-01", /, **terms):
    from devo.answers import ask as asked

    return asked(place.on(day), tools().questions[name], terms).rows


def paid(place, year="2016-17", columns="payer payee pot amount_pence kind"):
    return worlds.said(ask(place, "flows", year=year), columns)


def refused(text, day="2016-04-01", more=""):
    findings = attempted(world(more), text, day).findings
    assert len(findings) == 1
    assert findings[0].code == "cannot-take-effect"
    return findings[0].message
