"""Whatever is done to a file, reading it gives data and faults, and never an error."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devo.files.documents import Document

SOUND = '''name = "x" # y
list = [
  "a", "[[b]]",
  2024-02-28,
]
text = """
[[p]]
"""

[[p]]
q = { a = 1, b = 'c' }
[p.r]
s = true

[[p]]
q = 1.5
'''


@given(
    st.lists(
        st.tuples(st.integers(0, len(SOUND)), st.sampled_from(list("\"[]{}=\n#',.-x9\\ \t"))), max_size=8
    )
)
def test_a_mangled_file_is_read_as_far_as_it_goes(changes):
    text = SOUND
    for place, letter in changes:
        text = text[:place] + letter + text[place + 1 :]
    document = Document("a.toml", text)
    assert all(0 < fault.line <= text.count("\n") + 1 for fault in document.faults)
    assert document.faults or document.data or not text.strip()
    for name in ("p", "list"):
        document.headings(name)
        document.blocks(name)
    document.line(("p", 1, "q"))


@given(st.text())
def test_any_text_at_all(text):
    document = Document("a.toml", text)
    try:
        sound = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        assert document.faults
    else:
        assert document.faults or document.data == sound


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "0x" + "f" * 9000, "1" * 4300])
def test_numbers_of_any_size(number):
    document = Document("a.toml", f"a = {number}\nb = 1\n")
    assert document.faults or document.data["b"] == 1
