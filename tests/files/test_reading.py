import os

import pytest

from devo.files import Unreadable
from devo.files.faults import render
from devo.files.reading import TOML_LIMIT, read_text


def faults_of(path, **options):
    with pytest.raises(Unreadable) as caught:
        read_text(path, **options)
    return caught.value.faults


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text(put):
    assert read_text(put("a.csv", b"\xef\xbb\xbfid,name\r\na,b\r\n")) == "id,name\na,b\n"


def test_line_ends_of_old_macs_are_line_ends_where_there_are_no_others(put):
    assert read_text(put("a.csv", b"id,name\ra,b\r")) == "id,name\na,b\n"
    assert read_text(put("b.csv", b"id,name\na,b\rc\n")) == "id,name\na,b\rc\n"


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "the file is empty"),
        (b"\xef\xbb\xbf \n\n", 1, "the file is empty"),
        (b"id,name\na,b\nc,caf\xe9\n", 3, "byte 18 is 0xe9 ('é' in Windows-1252)"),
        (b"\xff\xfei\x00d\x00", 1, "UTF-16"),
        (b"id\na\x00b\n", 2, "NUL byte"),
    ],
)
def test_what_is_not_utf8_text_is_one_fault_with_its_line(put, content, line, said):
    (fault,) = faults_of(put("a.csv", content))
    assert fault.line == line
    assert said in fault.message
    if "empty" not in said:
        assert fault.suggestion == "save it as CSV UTF-8"


def test_a_file_that_is_too_large_is_not_read(put):
    path = put("big.toml", "")
    os.truncate(path, 50_000_000)
    (fault,) = faults_of(path)
    assert fault.message == f"the file is 50 MB; at most {TOML_LIMIT // 1_000_000} MB is read"
    assert fault.line == 1


def test_only_regular_files_are_opened(tmp_path):
    (fault,) = faults_of(tmp_path)
    assert fault.message == "this is a folder, and not a file"
    (fault,) = faults_of(tmp_path / "absent.toml")
    assert fault.message == "there is no such file"
    (fault,) = faults_of("a\0b")
    assert fault.message == "no file can have such a name"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_a_device_and_a_link_to_itself_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (fault,) = faults_of(tmp_path / "pipe")
    assert fault.message == "this is a pipe, and not a file"
    (fault,) = faults_of("/dev/zero")
    assert fault.message == "this is a device, and not a file"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (fault,) = faults_of(tmp_path / "loop")
    assert fault.message == "the file is a link that leads back to itself"


def test_a_fault_reads_as_path_line_message_and_cannot_steer_a_terminal(tmp_path):
    (fault,) = faults_of(tmp_path / "a\x1b[31m.toml")
    assert render(fault).endswith("a\\x1b[31m.toml: there is no such file")
