import pytest

from devo.files.documents import Document
from devo.files.positions import Positions

TRAP = '''name = "x"
text = """
[[provision]]
verb = "not a verb"
"""
list = [
  "[[provision]]", # [[provision]]
  ["a", "]"],
]
# [[provision]]
[[provision]]
verb = "confer"
[provision.instrument]
title = "t"

[[  provision ]]   # the second
"verb" = "cease"
dotted.key = 1
'''


def faults(text):
    return [(fault.line, fault.message) for fault in Document("a.toml", text).faults]


def test_keys_and_headings_have_their_lines_whatever_stands_in_texts_and_lists():
    at = Positions(TRAP)
    assert at.line(("text",)) == 2
    assert at.line(("list", 1)) == 6
    assert at.line(("provision", 0)) == 11
    assert at.line(("provision", 0, "verb")) == 12
    assert at.line(("provision", 0, "instrument", "title")) == 14
    assert at.line(("provision", 1, "verb")) == 17
    assert at.line(("provision", 1, "dotted", "key")) == 18
    assert at.troubles == []


def test_what_is_not_there_has_the_line_of_what_is_around_it():
    at = Positions(TRAP)
    assert at.line(("provision", 1, "commencement")) == 16
    assert at.line(("nothing", 3)) == 1


def test_headings_are_found_with_and_without_texts_over_several_lines():
    assert Document("a", TRAP).headings("provision") == [11, 16]
    assert Document("a", "[[x]]\n#[[x]]\n [[ x ]] # y\n").headings("x") == [1, 3]
    assert Document("a", '[["x"]]\na = 1\n').headings("x") == [1]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('a = "x\nb = 1', 1, "the text of `a` is not closed on its line"),
        ("b = 1\na = 2024-02-30", 2, "the date 2024-02-30 does not exist: February 2024 has 29 days"),
        ("a = 2024-13-01", 1, "the date 2024-13-01 does not exist: there is no month 13"),
        (
            "on = [\n 2016-05-01,\n 2023-02-29,\n]\n",
            3,
            "the date 2023-02-29 does not exist: February 2023 has 28 days",
        ),
        ("a = 1/4/2024", 1, "'1/4/2024' is not written as a date"),
        ("a =\nb = 2", 1, "`a` has no value"),
        ("a = yes", 1, "`a` has 'yes' for a value"),
        ("a = some words", 1, "the text of `a` has no quotation marks"),
        ("a = “x”", 1, "the text of `a` has curly quotation marks"),
        ('a = "it "s"', 1, 'the text of `a` ends at the second ", and more follows on its line'),
        (r'a = "C:\Users"', 1, 'the text of `a` has a backslash, which has a meaning of its own between "…"'),
        ('a = [ "x",\nb = 1\n[[z]]\nc = 1', 1, "`a` opens a list with [ that is not closed"),
        ('a = """\n[[b]]\nc = 1', 1, '`a` opens a text with """ that is never closed'),
        ("[[a]\nb = 1", 1, "this heading is not complete"),
        ("hello there", 1, "'hello' begins neither a `key = value` nor a [heading]"),
        ("two words = 1", 1, "'two words' cannot be a key"),
        ("= 1", 1, "there is no key before `=`"),
        ("a = 1\na = 2", 2, "`a` is given twice; it stands on line 1 already"),
        ("[a]\nb = 1\n[a]\nc = 1", 3, "the heading [a] is given twice; it stands on line 1 already"),
        ("[a]\nb = 1\n[[a]]\nc = 1", 3, "this does not go with what stands above it"),
        ("a = " + "[" * 9000, 1, "the brackets are nested too deeply to be read"),
    ],
)
def test_a_broken_line_is_said_in_plain_words(text, line, said):
    assert faults(text) == [(line, said)]


def test_every_broken_line_is_found_and_the_rest_is_still_read():
    document = Document("a.toml", 'a = "x\nb = 1\nc = 2024-02-30\n[[d]\ne = 2\nf =\n[[d]]\ne = 3\n')
    assert [fault.line for fault in document.faults] == [1, 3, 4, 6]
    assert document.data == {"b": 1, "d": [{"e": 2}, {"e": 3}]}
    assert document.is_broken(("c",))
    assert document.is_broken(("d", 0, "f"))
    assert not document.is_broken(("b",))


def test_the_rest_of_a_broken_list_is_not_a_fault_for_each_of_its_lines():
    assert [line for line, _ in faults('a = [\n  "x"\n  "y",\n  "z",\n]\nb = yes\n')] == [3, 6]


def test_a_file_with_faults_on_every_line_ends():
    found = faults("a = yes\n" * 5000)
    assert len(found) == 101
    assert found[-1] == (101, "there are more faults from here on")


def test_a_long_text_that_is_never_closed_is_not_read_over_and_over():
    assert faults('a = """\n' + "word\n" * 3000)[0] == (
        1,
        '`a` opens a text with """ that is not closed within 300 lines',
    )
