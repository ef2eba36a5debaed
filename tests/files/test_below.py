"""What is below a folder: every TOML file, what cannot be read said, and no walk in circles."""

import inspect
import os
import sys

import pytest

from devo.files.below import toml_below

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such links and pipes")


def names(folder, *without):
    return [path.relative_to(folder).as_posix() for path in toml_below(folder, without)]


def test_toml_files_in_order_and_folders_left_out(tmp_path):
    for name in ("b.toml", "a/z.toml", "a/deals/d.toml", "deals/e.toml", "a.txt", "deals.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path, "deals") == ["a/z.toml", "b.toml", "deals.toml"]


def test_links_lead_into_no_folder_and_what_is_no_file_is_there_all_the_same(tmp_path):
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "linked.toml").symlink_to(tmp_path / "folder.toml")
    (tmp_path / "itself.toml").symlink_to("itself.toml")
    (tmp_path / "nowhere.toml").symlink_to("nothing")
    (tmp_path / ".#open.toml").symlink_to("somebody@somewhere")
    os.mkfifo(tmp_path / "pipe.toml")
    assert names(tmp_path) == ["itself.toml", "nowhere.toml", "pipe.toml"]


def test_folders_deeper_than_python_calls(tmp_path):
    deep = tmp_path.joinpath(*"d" * 200)
    deep.mkdir(parents=True)
    (deep / "deep.toml").touch()
    before, calls = sys.getrecursionlimit(), len(inspect.stack())
    try:
        sys.setrecursionlimit(calls + 100)
        assert toml_below(tmp_path, ()) == [deep / "deep.toml"]
    finally:
        sys.setrecursionlimit(before)


def test_a_folder_that_may_not_be_looked_into_is_there_itself(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "in.toml").touch()
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("whoever runs this may look into everything")
        assert names(tmp_path) == ["closed"]
    finally:
        closed.chmod(0o700)
