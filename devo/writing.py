"""Writing whole or not at all: whoever looks finds the old file or folder, or the new one, never a part.

What is new is made beside its place, on the same disk, and then takes the place in one step.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# A folder with this file in it was written by devo, and may be replaced by devo.
MARK = "devo-export.json"


class NotWritten(OSError):
    """A file or folder that cannot be written, or may not be: where, why and what to do."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step. Raises NotWritten."""
    with whole_file(path) as draft:
        draft.write_bytes(content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to beside a file, which takes the file's place at the end. Raises NotWritten.

    A link stays, and what it leads to is replaced. A pipe or a device is written into.
    """
    with _said(path):
        if path.is_dir():
            raise NotWritten(f"{path} is a folder; name a file")
        if path.exists() and not path.is_file():
            with tempfile.TemporaryDirectory() as aside:
                draft = Path(aside) / "draft"
                yield draft
                path.write_bytes(draft.read_bytes())
            return
        target = Path(os.path.realpath(path))
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            _sync(draft)
            draft.chmod(_mode(target))
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def whole_folder(
    path: Path, *, force: bool = False, ours: Callable[[Path], bool] | None = None
) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `path` at the end. Raises NotWritten.

    A folder with something in it is replaced with `force` alone, and only one that devo wrote: one with
    the MARK, or one of which `ours` says so.
    """
    with _said(path):
        path = path.resolve()
        check_replaceable(path, force=force, ours=ours)
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
        aside = draft.with_suffix(".old")
        try:
            yield draft
            for file in sorted(draft.rglob("*")):
                if file.is_file():
                    _sync(file)
            draft.chmod(0o777 & ~_umask())
            if path.exists():
                os.replace(path, aside)
            try:
                os.replace(draft, path)
            except OSError:
                if aside.exists():
                    os.replace(aside, path)
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
            shutil.rmtree(aside, ignore_errors=True)


def check_replaceable(path: Path, *, force: bool = False, ours: Callable[[Path], bool] | None = None) -> None:
    """Whether a folder may be written at a path. Raises NotWritten where it may not."""
    if not path.exists():
        if not path.parent.is_dir():
            raise NotWritten(f"there is no folder {path.parent}; make it first")
        return
    if not path.is_dir():
        raise NotWritten(f"{path} is a file; name a folder")
    if not any(path.iterdir()):
        return
    if not force:
        raise NotWritten(f"{path} has files in it; name another folder, or replace it with --force")
    if not (ours(path) if ours else (path / MARK).is_file()):
        raise NotWritten(f"{path} was not written by devo, which does not delete it; name another folder")


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """The system's faults in words, with the path that was asked for."""
    try:
        yield
    except NotWritten:
        raise
    except OSError as error:
        raise NotWritten(f"{path} could not be written: {error.strerror or error}") from None


def _sync(path: Path) -> None:
    # Windows syncs only what is open for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those that a new one gets."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
