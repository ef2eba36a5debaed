"""A folder of results: every file written whole or not at all, and one run at a time.

The lock is the system's own (flock, or its like on Windows), so it ends with the process that holds
it, however that ends; a lock file left by a dead run locks nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from devo.batch.seals import UNSEALED, is_whole, sealed
from devo.limits import json_of

LOCK = ".devo-run"
# What a part of a sweep says of itself within: what it follows from, which questions' rows go with it, its sum.
KEY, ASKED, SUM = "devo", "asked", "sum"
_BYTE = 1 << 30  # beyond the text, so that others can still read who holds it


class InUse(Exception):
    """Another run writes to the folder; its message says which."""


class Lock:
    """The right to write to a folder, until it is left. Raises InUse."""

    def __init__(self, folder: Path):
        self.path = folder / LOCK
        self._file: Any = None

    def __enter__(self) -> Lock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            file = open(self.path, "a+", encoding="utf-8")
            if not _locked(file):
                file.seek(0)
                pid = file.read().strip() or "not known yet"
                file.close()
                folder = self.path.parent
                raise InUse(
                    f"another run writes to {folder} (process {pid}); wait for it, or name another folder"
                )
            # Whoever held it before may have taken the file away between our opening and locking it.
            with contextlib.suppress(OSError):
                if os.path.samestat(os.fstat(file.fileno()), os.stat(self.path)):
                    break
            file.close()
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if os.name != "nt":
            self.path.unlink(missing_ok=True)
        self._file.close()
        if os.name == "nt":
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _locked(file: Any) -> bool:
    """Whether the file could be locked for this process."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def write_whole(path: Path, content: bytes, *, sure: bool = True) -> None:
    """Write a file so that it has the old content or the new, whenever the machine stops.

    Without `sure` it is not waited for until the disk has it. Raises OSError, and leaves no draft.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(draft, "wb") as stream:
            stream.write(content)
            if sure:
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(draft, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk does not say by itself what did not fit
        raise
    if sure and os.name != "nt":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:
            pass  # some network folders cannot; the file itself is there
        finally:
            os.close(handle)


def _is_whole(file: Path) -> bool:
    try:
        return is_whole(file.read_bytes())
    except OSError:
        return False


def json_bytes(value: Any) -> bytes:
    """A value as JSON for people and programs: the same bytes for the same value."""
    return (json.dumps(value, indent=1, ensure_ascii=True, sort_keys=True) + "\n").encode()


def mark(path: str) -> str:
    """A path as the short name of the files that are kept of it."""
    return hashlib.sha256(Path(path).as_posix().encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Folder:
    """What is kept of runs: outcomes of scenarios, and parts of sweeps.

    `sure` folders are somebody's results, and each file is waited for; the cache's are not.
    """

    def __init__(self, root: Path, *, sure: bool):
        self.root = root
        self.sure = sure

    def outcome_file(self, path: str) -> Path:
        """Where a scenario's outcome is kept."""
        return self.root / "outcomes" / f"{mark(path)}.json"

    def sweep_folder(self, path: str) -> Path:
        """Where the parts of a sweep are kept."""
        stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in Path(path).stem)[:60]
        return self.root / "sweeps" / f"{stem}-{mark(path)[:8]}"

    def part_file(self, path: str, number: int) -> Path:
        """Where one part of a sweep is kept."""
        return self.sweep_folder(path) / f"part-{number:06}.parquet"

    def outcome(self, path: str) -> Mapping[str, Any] | None:
        """What is kept of a scenario: `key`, `lines` and `outcome`; None where nothing sound is."""
        from devo.batch.results import result_of

        try:
            content = self.outcome_file(path).read_bytes()
            kept = dict(json_of(content)) if is_whole(content) else {}
            kept.pop(SUM, None)
            result_of(kept["outcome"], path).as_json()
            return kept if isinstance(kept["key"], dict) and isinstance(kept["lines"], str) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep_outcome(self, path: str, key: Mapping[str, str], lines: str, content: bytes) -> None:
        """Keep a scenario's outcome."""
        about = {"key": dict(key), "lines": lines, SUM: UNSEALED}
        whole = json.dumps(about, sort_keys=True, separators=(",", ":")).encode()
        whole = sealed(whole[:-1] + b',"outcome":' + content + b"}\n")
        write_whole(self.outcome_file(path), whole, sure=self.sure)

    def asked_file(self, path: str, asked: str, number: int) -> Path:
        """Where the rows of an [[ask]] are kept that belong to one part of a sweep."""
        return self.sweep_folder(path) / ASKED / asked / f"part-{number:06}.parquet"

    def part_key(self, path: str, number: int) -> dict[str, str] | None:
        """The key of a part that is kept, with the rows asked; None where there is none that is whole."""
        import polars as pl

        file = self.part_file(path, number)
        if not file.exists():
            return None
        try:
            about = pl.read_parquet_metadata(file)
            key: dict[str, str] = dict(json_of(about[KEY]))
            asked: list[str] = list(json_of(about[ASKED]))
        except (
            OSError,
            ValueError,
            TypeError,
            KeyError,
            pl.exceptions.PolarsError,
            pl.exceptions.PanicException,
        ):
            return None
        files = (file, *(self.asked_file(path, name, number) for name in asked))
        return key if all(map(_is_whole, files)) else None

    def keep_part(self, path: str, number: int, content: bytes, asked: Mapping[str, bytes]) -> None:
        """Keep a part of a sweep. Where there is a part, the rows that were asked with it are there too."""
        for name, rows in asked.items():
            write_whole(self.asked_file(path, name, number), rows, sure=self.sure)
        write_whole(self.part_file(path, number), content, sure=self.sure)

    def drop_parts(self, path: str, count: int, asked: Collection[str]) -> None:
        """Take away parts beyond those that a sweep has now, and the rows of what is asked no more."""
        folder = self.sweep_folder(path)
        for file in (*folder.glob("part-*.parquet"), *folder.glob(f"{ASKED}/*/part-*.parquet")):
            gone = file.parent != folder and file.parent.name not in asked
            number = file.stem.removeprefix("part-")
            if gone or (number.isdecimal() and int(number) >= count):
                file.unlink(missing_ok=True)
        for emptied in folder.glob(f"{ASKED}/*"):
            if emptied.name not in asked:
                with contextlib.suppress(OSError):
                    emptied.rmdir()

    def drop_drafts(self) -> None:
        """Take away what dead runs had begun to write."""
        for file in self._all():
            if file.name.startswith(".") and file.name.endswith(".part"):
                file.unlink(missing_ok=True)

    def is_used(self) -> bool:
        """Whether there are results in it."""
        return any((self.root / name).exists() for name in ("outcomes", "sweeps", "manifest.json"))

    def _all(self) -> Iterator[Path]:
        for folder, _, names in os.walk(self.root):
            for name in names:
                yield Path(folder) / name
