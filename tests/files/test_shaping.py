"""What does not fit a scenario or a deal is said in the words of the file, all of it at once."""

import pytest

from devo.files.documents import Document
from devo.files.shapes import DealShape, ScenarioShape
from devo.files.shaping import shaped


@pytest.mark.parametrize(
    ("text", "message", "rest"),
    [
        ("ask = 3", "`ask`: 3 stands where a table should", "begin each with [[ask]]"),
        ('[ask]\nquestion = "x"', "`ask`: it stands once, and should be a list", "begin each with [[ask]]"),
        ("sweep = 3", "`sweep`: 3 stands where a table should", "begin it with [sweep]"),
        (
            "[sweep]\nvariant = [3]",
            "`variant`: 3 stands where a table should",
            "begin each with [[sweep.variant]]",
        ),
        ('[[sweep.figure]]\nquestion = "x"', "`name` is missing", "this [[sweep.figure]] needs one"),
        (
            '[[expect]]\nquestion = "x"\nrows = {a = 1}',
            "`rows`: a table is not a list",
            "write rows = [{ … }]",
        ),
        (
            '[[expect]]\nquestion = "x"\nrows = [3]',
            "`rows`: 3 stands where a table should",
            "write { name = value }",
        ),
        (
            '[[sweep.figure]]\nname = " "\nquestion = "x"',
            "`name` is blank",
            "this [[sweep.figure]] needs one",
        ),
        ("deals = [3]", "`deals`: 3 is not a text", 'write "3"'),
        ('deals = "a"', "`deals`: 'a' is not a list", 'write deals = ["a"]'),
    ],
)
def test_a_scenario_out_of_shape(text, message, rest):
    _, (fault,) = shaped(Document("s.toml", text), ScenarioShape)
    assert (fault.message, fault.why or fault.suggestion) == (message, rest)


def test_an_instrument_is_a_table_in_a_line_and_any_key_is_named():
    text = 'name = "D"\ncode = ""\n"a table" = 1\ninstrument = { made = 2020-01-01 }\n'
    _, faults = shaped(Document("d.toml", text), DealShape)
    assert {(fault.line, fault.message, fault.why) for fault in faults} == {
        (2, "`code` is blank", "the file needs one"),
        (3, "there is no key 'a table' here", ""),
        (4, "`title` is missing", "`instrument` needs one"),
    }
