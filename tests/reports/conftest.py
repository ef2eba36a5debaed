"""Reports of Exampleshire, the small country that the command line is tested on; its names would be markup."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli.conftest import call, country, example

__all__ = ["call", "country", "example"]

SCENARIO = """name = "Buses <script>alert(1)</script> & [more](x)"
baseline = "example"
plugins = ["exampleshire"]
deals = ["draft.toml"]
on = [2016-06-01, 2028-01-01]

[[ask]]
question = "who-holds"
place = "Ashford"
power = "T03"

[[ask]]
question = "held-by"
body = "carley-council"

[[expect]]
question = "who-holds"
place = "Carley [A1] [/]"
power = "T01"
on = 2028-01-01
rows = [{ body = "MEANT", mode = "sole" }]
"""


@pytest.fixture
def scenario(country) -> Callable[[str], Path]:
    """A scenario file of Exampleshire with a draft deal, which expects a body to hold Carley's roads."""

    def written(meant: str = "carley-council") -> Path:
        path = country / "scenario.toml"
        path.write_text(SCENARIO.replace("MEANT", meant), "utf-8")
        return path

    return written
