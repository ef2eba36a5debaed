"""A small country in tables, for reading: three districts, one of them outside the combined authority."""

from dataclasses import replace
from pathlib import Path

import pytest

from devo.files.baselines import load_baseline
from devo.toolbox import toolbox
from devo.values import Baseline

TABLES = {
    "geography": "id,name\nlad24,Districts\ncauth25,Combined authorities\n",
    "area": (
        "geography,code,name\nlad24,E01,Ashford\nlad24,E02,Barton\nlad24,E03,Carley\ncauth25,E47,Exampleshire\n"
    ),
    "piece": "id,lad24,cauth25,residents\np1,E01,E47,100\np2,E02,E47,200\np3,E03,,300\n",
    "body": (
        "id,name,kind,area,aliases\n"
        "ashford-council,Ashford Council,unitary,E01,\n"
        "barton-council,Barton Council,unitary,E02,\n"
        "carley-council,Carley Council,unitary,E03,\n"
        "exca,Exampleshire Combined Authority,combined-authority,E47,EXCA; Exampleshire\n"
    ),
    "body-class": "id,name,members\ncouncil,Councils,unitary\n",
    "instrument": (
        "id,title,kind,number,made\nact-2000,Transport Act 2000,act,2000 c. 38,2000-11-30\n"
        "order-2017,The Exampleshire Order 2017,order,SI 2017/470,2017-04-27\n"
    ),
    "power": "id,name,code,aliases\nbuses,Bus franchising,T03,\nroads,Local roads,T01,highways; road works\n",
    "holding": "id,power,holder,start,instrument\nh1,roads,every:council,2001-01-01,act-2000\n",
}

DEAL = """name = "A deal for Exampleshire"
code = "EX-2016"
agreed = 2016-03-01
parties = ["EXCA"]

[[provision]]
verb = "transfer"
power = "T01"
transferee = "EXCA"
commencement = 2017-05-08
instrument = "SI 2017/470"
"""


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def country(tmp_path):
    """The folder of the small country: `tables/` and `deals/`."""
    write(tmp_path / "tables", {f"{name}.csv": text for name, text in TABLES.items()})
    write(tmp_path / "deals", {"ex-2016.toml": DEAL})
    return tmp_path


@pytest.fixture
def box(country):
    """A toolbox whose one baseline is the small country."""
    baseline = Baseline("example", "Exampleshire", (str(country / "tables"),), (str(country / "deals"),))
    law = replace(baseline, name="example-law", deals=())
    return replace(toolbox(built_in=("devo_transfers",)), baselines={"example": baseline, "example-law": law})


@pytest.fixture
def law(box):
    """The small country's world before any deal."""
    loaded = load_baseline(box.baselines["example-law"], box)
    assert loaded.faults == ()
    return loaded.world


@pytest.fixture
def put(tmp_path):
    """Write one file and give its path: `put("a.toml", text)`."""
    return lambda name, text: write(tmp_path, {name: text}) / name
