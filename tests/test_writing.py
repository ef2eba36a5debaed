"""Whole or not at all."""

import os
import stat
import sys

import pytest

from devo.writing import MARK, NotWritten, whole_file, whole_folder, write_whole


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_in_one_step(tmp_path):
    target = tmp_path / "a.txt"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert left(tmp_path) == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there, and pipes are no files")
def test_a_link_stays_and_a_pipe_is_written_into(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_whole(tmp_path / "link.txt", b"new")
    assert (tmp_path / "real.txt").read_text() == "new"
    assert (tmp_path / "link.txt").is_symlink()
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pipe", b"through")
    assert os.read(reading, 99) == b"through"
    os.close(reading)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_one_that_fails_half_way_leaves_the_old_file(tmp_path):
    target = tmp_path / "a.txt"
    write_whole(target, b"one")

    def fail():
        with whole_file(target) as draft:
            draft.write_bytes(b"tw")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert target.read_bytes() == b"one"
    assert left(tmp_path) == ["a.txt"]


def test_a_folder_that_fails_half_way_leaves_the_old_folder(tmp_path):
    target = tmp_path / "site"
    with whole_folder(target) as folder:
        (folder / MARK).write_text("{}")
        (folder / "old.html").write_text("old")

    def fail():
        with whole_folder(target, force=True) as folder:
            (folder / "new.html").write_text("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert left(target) == [MARK, "old.html"]
    assert left(tmp_path) == ["site"]


def test_an_empty_folder_is_filled_and_a_full_one_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    with whole_folder(tmp_path / "empty") as folder:
        (folder / "a").write_text("a")
    assert left(tmp_path / "empty") == ["a"]
    with pytest.raises(NotWritten, match="--force"), whole_folder(tmp_path / "empty"):
        pass
    with pytest.raises(NotWritten, match="not written by devo"), whole_folder(tmp_path / "empty", force=True):
        pass
    assert left(tmp_path) == ["empty"]


def test_what_is_in_the_way_is_said(tmp_path):
    with pytest.raises(NotWritten, match="is a folder"):
        write_whole(tmp_path, b"")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritten, match="is a file"), whole_folder(tmp_path / "file"):
        pass
    with pytest.raises(NotWritten, match="could not be written"):
        write_whole(tmp_path / "no" / "a.txt", b"")
    with pytest.raises(NotWritten, match="there is no folder"), whole_folder(tmp_path / "no" / "site"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
def test_a_new_file_has_the_rights_of_any_and_an_old_one_keeps_its_own(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a", b"")
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644
        (tmp_path / "a").chmod(0o600)
        write_whole(tmp_path / "a", b"")
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    finally:
        os.umask(before)
