"""What is too much of a file is refused at once, however little of it there is."""

import time

import pytest

from devo.files.documents import Document, read_document
from devo.files.reading import Unreadable
from devo.limits import DEEPEST, LARGEST, json_of, long_key, toml


def quickly(function, *given):
    """What a function gives, in less than a second of this process's time."""
    began = time.process_time()
    try:
        return function(*given)
    finally:
        assert time.process_time() - began < 1


def test_a_key_of_many_parts_is_found_wherever_keys_stand():
    many = ".".join("a" * 40)
    for text, line in (
        (f"{many} = 1", 1),
        (f"x = 1\n[{many}]", 2),
        (f"x = 1\n\n [[ {many} ]]", 3),
        (f"x = {{ y = 1, {many} = 2 }}", 1),
        (".".join(['"a b"'] * 40) + " = 1", 1),
        (" . ".join("a" * 40) + " = 1", 1),
    ):
        assert long_key(text) == line, text


def test_a_text_with_dots_in_it_is_no_key():
    for text in ("a.b.c.d = 1", f'x = "{".".join("a" * 60)}"', "x = 1.5", f"# {'.'.join('a' * 60)}"):
        assert long_key(text) == 0, text


def test_a_file_of_one_key_of_a_million_parts_is_refused_at_once(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("x = 1\n" + ".".join("a" * 1_000_000) + " = 1\n", "utf-8")
    with pytest.raises(Unreadable) as refused:
        quickly(read_document, path)
    assert [(f.line, f.message) for f in refused.value.faults] == [
        (2, "a key has too many parts, with a dot between each")
    ]


@pytest.mark.parametrize("text", ["{" * 100_000, "[" * 100_000, "," * 100_000, '{"' * 50_000, "a." * 50_000])
def test_looking_for_long_keys_takes_no_longer_for_a_nasty_text(text):
    assert quickly(long_key, text) == (1 if text.startswith("a.") else 0)


def test_a_number_that_cannot_be_counted_with_is_a_fault_at_its_line():
    document = Document("a.toml", f"a = {LARGEST}\nb = {LARGEST + 1}\n[c]\nd = [1, 0x{'f' * 5000}]\n")
    assert [(fault.line, fault.message[:30]) for fault in document.faults] == [
        (2, "`b`: a whole number larger tha"),
        (4, "`d`: a whole number larger tha"),
    ]
    assert document.data == {"a": LARGEST, "b": 0, "c": {"d": [1, 0]}}


def test_what_is_nested_too_deeply_is_a_fault_and_the_rest_is_read():
    deep = "a = " + "[" * (DEEPEST + 5) + "]" * (DEEPEST + 5)
    document = Document("a.toml", f"b = 1\n{deep}\n")
    assert [(fault.line, fault.message) for fault in document.faults] == [(2, "`a`: it is nested too deeply")]
    assert document.data["b"] == 1
    assert Document("a.toml", "a = " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)).faults == []


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a = " + "[" * 100_000, ".".join("a" * 9000) + " = 1", f"a = {10**400}"]
)
def test_a_draft_that_is_too_much_is_no_toml(text):
    with pytest.raises(ValueError, match=r"\w"):
        quickly(toml, text)


def test_json_that_is_nested_too_deeply_is_no_json():
    assert json_of(b'{"a": [1]}') == {"a": [1]}
    for text in ("[" * 100_000, '{"a":' * 100_000, "9" * 5000, "{"):
        with pytest.raises(ValueError, match=r"\w"):
            json_of(text)


def test_a_table_of_faults_is_read_no_further_than_a_person_would(tmp_path):
    from devo.files.faults import MOST_FAULTS
    from devo.files.tables import read_tables
    from devo.values import Power

    (tmp_path / "power.csv").write_text("id,name\n" + "x\n" * 50_000, "utf-8")
    tables = quickly(read_tables, [tmp_path], {"power": Power})
    assert len(tables.faults) == MOST_FAULTS + 2
    assert "there are more faults from here on" in {fault.message for fault in tables.faults}


def test_looking_for_what_is_wrong_with_a_large_file_comes_to_an_end(monkeypatch):
    # Lists over hundreds of lines are read again for each of their lines.
    monkeypatch.setattr("devo.files.positions.MOST_READ", 150_000)
    text = "".join(f"a{n} = [\n" + "1,\n" * 250 + "]\n" for n in range(20)) + "b = \n"
    document = quickly(Document, "a.toml", text)
    assert [fault.message for fault in document.faults] == ["there may be more faults from here on"]
