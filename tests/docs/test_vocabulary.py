"""Every public word has its line in docs/vocabulary.md, and every line a source or a dash."""

import inspect
import re
from pathlib import Path

import devo
from devo.toolbox import toolbox

TEXT = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text("utf-8")


def unsaid(words):
    return [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", TEXT)]


def test_every_record_and_every_verb_has_a_line():
    box = toolbox()
    assert unsaid([record.__name__ for record in box.records.values()]) == []
    assert unsaid(box.verbs) == []


def test_every_class_of_the_front_door_has_a_line():
    assert unsaid([name for name in devo.__all__ if inspect.isclass(getattr(devo, name))]) == []


def test_no_cell_is_left_empty():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    assert [row for row in rows if not all(cell.strip() for cell in row.strip("|").split("|"))] == []
    assert len(rows) > 150
