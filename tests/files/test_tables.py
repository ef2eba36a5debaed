from dataclasses import dataclass
from datetime import date

import pytest

from devo.files.tables import read_tables
from devo.toolbox import core_records
from devo.tools import type_name
from devo.values import Area, Body, Geography, Holding, Piece, Power

TYPES = {type_name(kind): kind for kind in core_records()}


@dataclass(frozen=True, slots=True)
class Pot:
    """A record such as a plugin brings."""

    id: str
    amount: int
    rate: float = 1.0
    years: tuple[int, ...] = ()
    ringfenced: bool = False
    first: date | None = None


@pytest.fixture
def read(put, tmp_path):
    """Read one table file: `read("body.csv", text)`."""

    def reading(name, text):
        put(f"tables/{name}", text)
        return read_tables([tmp_path / "tables"], {**TYPES, "pot": Pot})

    return reading


def said(tables):
    return [(fault.line, fault.message, fault.suggestion) for fault in tables.faults]


def test_rows_become_records_with_the_line_of_each(read):
    tables = read(
        "power.csv", 'id,name,aliases,complete_from\na,"Line one\nline two",x; y ,2011-01-01\n\nb,B,,\n'
    )
    assert tables.records == [
        Power("a", "Line one\nline two", aliases=("x", "y"), complete_from=date(2011, 1, 1)),
        Power("b", "B"),
    ]
    assert [place.line for place in tables.places] == [2, 5]
    assert tables.faults == []


def test_a_column_of_pieces_is_a_layer_or_a_measure(put, tmp_path):
    put("tables/piece.csv", "id,lad24,residents,rate\np1,E01,100,0.5\np2,,1,\n")
    put("tables/geography.csv", "id,name,covering\nlad24,Districts,no\n")
    tables = read_tables([tmp_path / "tables"], TYPES)
    assert tables.faults == []
    assert tables.records == [
        Geography("lad24", "Districts", covering=False),
        Piece("p1", {"lad24": "E01"}, {"residents": 100, "rate": 0.5}),
        Piece("p2", {}, {"residents": 1}),
    ]


def test_a_misspelt_layer_of_pieces_is_said_once(put, tmp_path):
    put("tables/geography.csv", "id,name\nlad24,Districts\n")
    put("tables/piece.csv", "id,lad42,residents\np1,E01,1\np2,E02,1\n")
    assert said(read_tables([tmp_path / "tables"], TYPES)) == [
        (2, "`lad42`: 'E01' is not a number", "did you mean: lad24?")
    ]


def test_a_slip_in_a_measure_is_said_each_time(put, tmp_path):
    put("tables/piece.csv", "id,residents\np1,1\np2,1O\np3,x\n")
    assert [line for line, *_ in said(read_tables([tmp_path / "tables"], TYPES))] == [3, 4]


def test_records_in_toml_have_toml_s_own_types(read):
    tables = read(
        "more.toml",
        '[[power]]\nid = "a"\nname = "A"\naliases = ["x"]\n\n[[pot]]\nid = "p"\namount = 3\nrate = 2\n',
    )
    assert tables.records == [Power("a", "A", aliases=("x",)), Pot("p", 3, 2.0)]
    assert [place.line for place in tables.places] == [1, 6]


def test_every_fault_of_a_table_at_once(read):
    text = (
        "id,power,holder,mode,start,end,mirrored,sart\n"
        "1,p,h,soul,2024-02-30,,no,\n"
        "2,p,h,,2024-05-06,2023-01-01,maybe,\n"
        "3,,h,,06/05/2024,,,\n"
        "4,p,h\n"
        "4,p,h,sole,2024-01-01,2024-01-01,yes,\n"
    )
    assert said(read("holding.csv", text)) == [
        (1, "there is no column 'sart' in this table", "did you mean: start?"),
        (
            2,
            "`mode`: 'soul' is not a choice",
            "did you mean sole? choices: sole, concurrent, joint, delegated",
        ),
        (
            2,
            "`start`: the date 2024-02-30 does not exist: February 2024 has 29 days",
            "write a day that exists",
        ),
        (3, "`end` 2023-01-01 is before `start` on 2024-05-06", ""),
        (3, "`mirrored`: 'maybe' is not yes or no", "write yes or no"),
        (4, "`power` is blank", ""),
        (4, "`start`: '06/05/2024' is not a date", "write dates as YYYY-MM-DD: 2024-05-06"),
        (
            5,
            "the row has 3 cells, and the table has 8 columns",
            "put a text with a comma in it between quotation marks, and keep a comma for a blank cell",
        ),
        (6, "`end` 2024-01-01 is on the day `start` 2024-01-01", ""),
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "message", "suggestion"),
    [
        ("bdy.csv", "id\na\n", 1, "no record type is called 'bdy'", "did you mean: body?"),
        ("body.csv", "id,name\na,A\n", 1, "the column `kind` is missing", ""),
        (
            "body.csv",
            "id;name;kind\na;A;k\n",
            1,
            "the cells are divided by semicolons, and not by commas",
            None,
        ),
        ("body.csv", "id,name,kind,id\n", 1, "two columns are called 'id': columns 1 and 4", None),
        ("body.csv", "id,,name,kind\n", 1, "column 2 has no name", None),
        ("body.csv", 'id,name,kind\na,"A,k\nb,B,k\n', 2, "a quotation mark is opened and never closed", None),
        (
            "body.csv",
            "id,name,kind\na,A,k\na,B,k\n",
            3,
            "'a' is given twice; it stands on line 2 already",
            "",
        ),
        (
            "area.csv",
            "geography,code,name\ng,c,A\nh,c,B\ng,c,C\n",
            4,
            "'c in g' is given twice; it stands on line 2 already",
            "",
        ),
        ("pot.csv", 'id,amount\na,"1,200"\n', 2, "`amount`: '1,200' is not a whole number", "write 1200"),
        ("pot.csv", "id,amount\na,--5\n", 2, "`amount`: '--5' is not a whole number", ""),
        ("pot.csv", "id,amount\na,９９\n", 2, "`amount`: '９９' is not a whole number", "write 99"),
        ("pot.csv", "id,amount\na,²\n", 2, "`amount`: '²' is not a whole number", ""),
        ("pot.csv", 'id,amount\na,"-1,000"\n', 2, "`amount`: '-1,000' is not a whole number", "write -1000"),
        (
            "pot.csv",
            "id,amount\na,9999999999999999999\n",
            2,
            "`amount`: a whole number larger than 9,223,372,036,854,775,807 cannot be counted with",
            "",
        ),
        ("pot.csv", "id,amount,rate\na,1,٣\n", 2, "`rate`: '٣' is not a number", "write 3"),
        (
            "pot.csv",
            "id,amount,first\na,1,abcd-ef-gh\n",
            2,
            "`first`: 'abcd-ef-gh' is not a date",
            "write dates",
        ),
        (
            "pot.csv",
            "id,amount,first\na,1,２０２４-０５-０６\n",
            2,
            "`first`: '２０２４-０５-０６' is not a date",
            "write dates",
        ),
        (
            "pot.csv",
            "id,аmount,amount\na,,1\n",
            1,
            "there is no column 'аmount' in this table",
            "did you mean: amount? 'а' in it is CYRILLIC SMALL LETTER A",
        ),
        (
            "pot.csv",
            "\n\nid,amount,rat\na,1,\n",
            3,
            "there is no column 'rat' in this table",
            "did you mean: rate?",
        ),
        ("piece.csv", "id;lad24\np;E01\n", 1, "the cells are divided by semicolons, and not by commas", None),
        ("a.toml", '[[piece]]\nid = "p"\nareas = 3\nmeasures = {}\n', 3, "`areas`: 3 is not a table", None),
        (
            "a.toml",
            '[[piece]]\nid = "p"\nareas = {a = 3}\nmeasures = {}\n',
            3,
            "`areas`: 3 is not a text",
            'write a = "3"',
        ),
        (
            "a.toml",
            '[[piece]]\nid = "p"\nareas = {}\nmeasures = {people = "many"}\n',
            4,
            "`measures`: 'many' is not a number",
            None,
        ),
        (
            "a.toml",
            '[[pot]]\nid = "a"\namount = 1\nyears = ["x"]\n',
            4,
            "`years`: 'x' is not a whole number",
            "write the",
        ),
        ("pot.csv", "id,amount\na,1_2\n", 2, "`amount`: '1_2' is not a whole number", ""),
        ("pot.csv", "id,amount,rate\na,1,nan\n", 2, "`rate`: 'nan' is not a number", ""),
        ("pot.csv", "id,amount,years\na,1,2020; x\n", 2, "`years`: 'x' is not a whole number", ""),
        ("a.toml", "[[pto]]\nid = 1\n", 1, "no record type is called 'pto'", "did you mean: pot?"),
        ("a.toml", '[pot]\nid = "a"\n', 1, "`pot` is not a list of records", "begin each with [[pot]]"),
        ("a.toml", '[[pot]]\nid = " "\namount = 1\n', 2, "`id` is blank", ""),
        (
            "a.toml",
            '[[pot]]\nid = "a"\namount = 1\nfirst = 07:32:00\n',
            4,
            "`first`: 07:32:00 is not a date",
            "",
        ),
        (
            "a.toml",
            'name = "x"\ncode = "y"\nsummary = "\n',
            1,
            "this is a deal, and not a file of records",
            "move",
        ),
        (
            "a.toml",
            'on = 2020-01-01\n[[ask]]\nplace = "x"\n',
            1,
            "this is a scenario, and not a file of records",
            None,
        ),
        ("a.toml", "[[pot]]\nid = 7\namount = 1\n", 2, "`id`: 7 is not a text", 'write id = "7"'),
        ("a.toml", '[[pot]]\nid = "a"\namount = true\n', 3, "`amount`: true is not a whole number", ""),
        ("a.toml", '[[pot]]\nid = "a"\n', 1, "`amount` is missing", ""),
        (
            "a.toml",
            '[[pot]]\nid = "a"\namount = 1\nfirst = "2024-01-01"\n',
            4,
            "`first`: '2024-01-01' is not a date",
            "write it without quotation marks: first = 2024-01-01",
        ),
        (
            "a.toml",
            '[[pot]]\nid = "a"\namount = 1\nfirst = 2024-01-01T00:00:00\n',
            4,
            "`first`: 2024-01-01T00:00:00 is a time, and not a day",
            "write first = 2024-01-01",
        ),
        (
            "a.toml",
            '[[pot]]\nid = "a"\namount = 1\nyears = 2020\n',
            4,
            "`years`: 2020 is not a list",
            "write years = [2020]",
        ),
    ],
)
def test_a_broken_table(read, name, text, line, message, suggestion):
    tables = read(name, text)
    found = [(fault.line, fault.message) for fault in tables.faults]
    assert found == [(line, message)]
    if suggestion is not None:
        assert tables.faults[0].suggestion.startswith(suggestion)


def test_cells_that_a_spreadsheet_adds_do_no_harm(read):
    tables = read("body.csv", "id,name,kind,,\r\na,A,k,,\r\n,,,,\r\n")
    assert tables.records == [Body("a", "A", "k")]
    assert tables.faults == []


def test_a_table_with_no_rows_gives_nothing(read):
    tables = read("body.csv", "id,name,kind\n")
    assert (tables.records, tables.faults) == ([], [])


def test_ids_are_one_a_type_and_over_all_folders(put, tmp_path):
    put("one/body.csv", "id,name,kind\na,A,k\n")
    put("one/power.csv", "id,name\na,A\n")
    put("two/body.csv", "id,name,kind\na,A,k\n")
    (fault,) = read_tables([tmp_path / "one", tmp_path / "two"], TYPES).faults
    assert fault.path.endswith("two/body.csv")
    assert "it stands on line 2 of " in fault.message


def test_one_broken_file_does_not_hide_another(put, tmp_path):
    put("t/body.csv", b"id,name,kind\na,\xff,k\n")
    put("t/power.csv", "")
    put("t/area.csv", "geography,code,name\ng,c,\n")
    put("t/notes.txt", "not a table")
    put("t/~lock.csv", "")
    faults = read_tables([tmp_path / "t", tmp_path / "absent", tmp_path / "t/notes.txt"], TYPES).faults
    assert [(fault.path.rpartition("/")[2], fault.line) for fault in faults] == [
        ("absent", 0),
        ("area.csv", 2),
        ("body.csv", 2),
        ("notes.txt", 0),
        ("power.csv", 1),
    ]


def test_a_few_thousand_rows_are_read(put, tmp_path):
    rows = "".join(
        f"h{n},p,h{n},E01,sole,2011-01-01,,act,,yes,a note; a note,source,known\n" for n in range(5000)
    )
    header = "id,power,holder,area,mode,start,end,instrument,root,mirrored,note,source,confidence\n"
    put("t/holding.csv", header + rows)
    tables = read_tables([tmp_path / "t"], TYPES)
    assert len(tables.records) == 5000
    assert type(tables.records[0]) is Holding


def test_areas_are_known_by_layer_and_code(read):
    tables = read("area.csv", "geography,code,name\na,c,A\nb,c,B\n")
    assert tables.records == [Area("a", "c", "A"), Area("b", "c", "B")]
    assert tables.faults == []
