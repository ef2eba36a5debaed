"""A little country with services, for the tests of joining up: a persona with five needs, and deals on them."""

from functools import cache

import worlds

from devo.enactment import enact
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.toolbox import toolbox
from devo.world import world_of

# Care is the districts', health the minister's, policing the commissioner's or the minister's; bins are a transaction.
SERVICES = """
power = [
    {id = "care", name = "Care", theme = "health", service = "complex", purpose = "people", complete_from = 2010-01-01},
    {id = "health", name = "Health", theme = "health", service = "complex", purpose = "people", complete_from = 2010-01-01},
    {id = "police", name = "Policing", theme = "safety", service = "complex", purpose = "people", complete_from = 2010-01-01},
    {id = "bins", name = "Bins", theme = "waste", service = "transactional", purpose = "people", complete_from = 2010-01-01},
    {id = "mystery", name = "Mystery", theme = "waste", service = "complex"},
]
holding = [
    {id = "care", power = "care", holder = "every:metropolitan-district"},
    {id = "health", power = "health", holder = "minister", area = "E92000001"},
    {id = "police", power = "police", holder = "pcc"},
    {id = "police-dene", power = "police", holder = "minister", area = "E08000004"},
    {id = "bins", power = "bins", holder = "dept", area = "E92000001"},
]
body = [{id = "dept", name = "The Department", kind = "department", sector = "central", accountability = "ministers"}]
persona = [{id = "p", name = "A person", summary = "Several needs"}]
need = [
    {persona = "p", need = "care", power = "care", profession = "social worker"},
    {persona = "p", need = "health", power = "health", part = "commissions", profession = "nurse"},
    {persona = "p", need = "safety", power = "police", profession = "officer"},
    {persona = "p", need = "bins", power = "bins"},
    {persona = "p", need = "mystery", power = "mystery"},
]
"""
NOW = "2016-01-01"


@cache
def tools():
    """All that the built-in plugins bring."""
    return toolbox()


def kinds():
    """The record types of the built-in plugins, by their names."""
    return tools().records


def world(text="", renamed=None):
    """The little country with its services and more; with `renamed`, under other ids throughout."""
    records = []
    for part in (worlds.COUNTRY, SERVICES, text):
        spelt = part
        for old, new in (renamed or {}).items():
            spelt = spelt.replace(f'"{old}"', f'"{new}"')
        records += worlds.read(spelt, kinds)
    return world_of(records)


def attempted(place, text, day="2015-04-01", code="EX"):
    """A world with a deal enacted, provisions divided by `---`, and what could not be."""
    head = f'code = "{code}"\nname = "A deal"\n'
    body = "".join(
        f'[[provision]]\n{part.strip()}\ncommencement = {day}\ninstrument = {{title = "Order", made = 2010-01-01}}\n'
        for part in text.split("---")
    )
    found = deals_from([Document(f"{code}.toml", head + body)], place, tools().verbs)
    assert not found.faults, found.faults
    return enact(place, found.deals, tools().verbs)


def enacted(place, text, day="2015-04-01"):
    """A world with a deal enacted, each of whose provisions takes effect."""
    done = attempted(place, text, day)
    assert not done.findings, done.findings
    return done.world
