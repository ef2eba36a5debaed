import json
import os
import subprocess
import sys

import pytest

from devo.batch.folder import LOCK, Folder, InUse, Lock, write_whole
from devo.batch.seals import UNSEALED, is_whole, sealed
from devo.run import Outcome

HOLD = """
import sys, time
from pathlib import Path
from devo.batch.folder import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_a_folder_in_use_is_refused_with_the_other_s_process(tmp_path):
    process = holder(tmp_path)
    try:
        with (
            pytest.raises(InUse, match=rf"another run writes to .* \(process {process.pid}\)"),
            Lock(tmp_path),
        ):
            pass
    finally:
        process.kill()
        process.communicate()


def test_a_lock_ends_with_the_process_that_held_it_however_it_ended(tmp_path):
    process = holder(tmp_path)
    process.kill()
    process.communicate()
    assert (tmp_path / LOCK).exists()
    with Lock(tmp_path):
        assert (tmp_path / LOCK).read_text() == f"{os.getpid()}\n"
    assert not (tmp_path / LOCK).exists()


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "a" / "b.json"
    write_whole(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["b.json"]


def test_what_is_kept_and_cannot_be_read_is_as_if_it_were_not_there(tmp_path):
    folder = Folder(tmp_path, sure=True)
    assert folder.outcome("a.toml") is None
    whole = Outcome("A", "a.toml").as_json()
    folder.keep_outcome("a.toml", {"k": "1"}, "", json.dumps(whole).encode())
    assert folder.outcome("a.toml") == {"key": {"k": "1"}, "lines": "", "outcome": whole}
    folder.keep_outcome("a.toml", {"k": "1"}, "", b'{"name":"A"}')
    assert folder.outcome("a.toml") is None
    folder.outcome_file("a.toml").write_bytes(b'{"key"')
    assert folder.outcome("a.toml") is None
    folder.keep_part("a.toml", 0, b"no parquet", {})
    assert folder.part_key("a.toml", 0) is None
    assert folder.part_key("a.toml", 1) is None


def test_one_bit_changed_anywhere_in_what_is_kept_is_found(tmp_path):
    folder = Folder(tmp_path, sure=True)
    folder.keep_outcome("a.toml", {"k": "1"}, "", json.dumps(Outcome("A", "a.toml").as_json()).encode())
    kept = folder.outcome_file("a.toml").read_bytes()
    assert is_whole(kept)
    for place in range(len(kept)):
        for bit in range(8):
            changed = bytearray(kept)
            changed[place] ^= 1 << bit
            assert not is_whole(bytes(changed))
    folder.outcome_file("a.toml").write_bytes(kept.replace(b"true", b"null"))
    assert folder.outcome("a.toml") is None
    folder.outcome_file("a.toml").write_bytes(kept)
    assert folder.outcome("a.toml") is not None


def test_a_text_that_looks_like_a_sum_does_no_harm():
    other = sealed(f'{{"text": "{UNSEALED}"}}'.encode()).decode()
    kept = sealed(f'{{"sum": "{UNSEALED}", "text": {json.dumps(other)}}}'.encode())
    assert is_whole(kept)
    assert not is_whole(kept.replace(b"text", b"tixt"))
