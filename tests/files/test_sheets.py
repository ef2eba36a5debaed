"""Published files: what is wrong with one is said with its line, in words of ours and not of a library."""

import pytest

from devo.files.published import english as english_of
from devo.files.published import faults_of
from devo.files.reading import Unreadable
from devo.files.sheets import read

GOOD = "LSOA21CD,LAD24CD,pop\nE01000001,E08000003,5\nE01000002,E08000003,7\n"


@pytest.mark.parametrize(
    "text", [GOOD, "\ufeff" + GOOD.replace("\n", "\r\n"), "\n" + GOOD.replace("\n", "\n\n")]
)
def test_marks_line_ends_and_blank_lines_are_no_part_of_a_table(put, text):
    found = read(put("a.csv", text))
    assert found.table.select("LSOA21CD", "pop").rows() == [("E01000001", 5), ("E01000002", 7)]
    assert found.codes == {"lsoa21": "LSOA21CD", "lad24": "LAD24CD"}
    assert text.split("\n")[found.line(1) - 1].startswith("E01000002")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", [(1, "the file is empty")]),
        (GOOD.replace("pop", "LAD24CD"), [(1, "two columns are called 'LAD24CD'")]),
        (GOOD.replace(",", ";"), [(1, "the cells are divided by semicolons, and not by commas")]),
        (
            GOOD.replace("5", "5,6").replace("7", "7,8"),
            [
                (2, "the row has 4 cells, and the table has 3 columns"),
                (3, "the row has 4 cells, and the table has 3 columns"),
            ],
        ),
        (GOOD.replace(",E08000003,7", ',"E08,7'), [(3, "a quotation mark is opened and never closed")]),
        (GOOD.encode("utf-16"), [(1, "the file is in UTF-16, and not in UTF-8")]),
        (
            b"LAD24CD,LAD24NM\nE06000001,Hartlepool\nE06000002,M\xf4n\n",
            [(3, "the file is not in UTF-8: byte 49 is 0xf4 ('ô' in Windows-1252)")],
        ),
        (GOOD.replace("\n", "\r"), [(0, "the file cannot be read as a table")]),
    ],
)
def test_a_file_that_is_no_table(put, text, said):
    with pytest.raises(Unreadable) as caught:
        read(put("a.csv", text))
    assert [(fault.line, fault.message) for fault in caught.value.faults] == said


def test_what_is_no_file_is_told_from_what_is_not_there(tmp_path):
    for path, said in (
        (tmp_path, "this is a folder, and not a file"),
        (tmp_path / "a", "there is no such file"),
    ):
        with pytest.raises(Unreadable, match=said):
            read(path)


def test_a_line_is_that_of_the_file_though_rows_before_it_were_left_out(put):
    rows = "W01000001,W06000001,5\n\nE01000001,8000003,7\n"
    found = english_of(read(put("a.csv", GOOD.partition("\n")[0] + "\n" + rows)), [])
    assert [fault.line for fault in faults_of(found)] == [4]
