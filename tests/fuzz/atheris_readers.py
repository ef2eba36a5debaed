"""The readers under a fuzzer that is led by what code an input reaches. Not a test: run by hand.

    pip install atheris
    python tests/fuzz/atheris_readers.py READER FOUND [minutes=10] [any option of libFuzzer]

READER is a name of `readers.READERS`; FOUND a folder for what is found, with a corpus beside it. It ends
after so many minutes of the processor's time. A failure does not end the run: the shortest input of each
kind is kept, and FOUND/READER.txt lists them. A disk in memory (TMPDIR=/dev/shm) makes it faster.
Only a reader that hangs, or takes the memory of the machine, ends it (libFuzzer's -timeout and
-rss_limit_mb).
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[2] / "plugins"), str(HERE.parents[1])]

import atheris  # noqa: E402  (a package of its own, which devo does not need)

with atheris.instrument_imports(include=["devo", "devo_boundaries", "devo_joinup", "tomllib"]):
    from fuzz import readers, trying

    readers.box()  # what is imported later, such as plugins, is not followed
    from devo.batch import kept, merging  # noqa: F401
    from devo.tui import app  # noqa: F401
    from devo_boundaries import figures, lookups  # noqa: F401

# Even a long file is read at once; what takes longer is a fault.
SLOW = 5.0
OFTEN = 5.0

_FOUND: dict[str, int] = {}


def main() -> None:
    """Fuzz the reader that is named."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    reader = readers.READERS[name]
    corpus = folder / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    trying.in_one_process()
    for number, seed in enumerate(reader.seeds()):
        readers.read(reader, seed)  # what is made once is made now, and not while an input is timed
        (corpus / f"seed-{number}").write_bytes(seed)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in readers.NASTY if len(word) < 60), "ascii")
    given = [word for word in sys.argv[3:] if not word.startswith("minutes=")]
    minutes = next((float(word[8:]) for word in sys.argv[3:] if word.startswith("minutes=")), 10.0)
    start, said = _spent(), time.monotonic()
    inputs = 0

    def once(data: bytes) -> None:
        nonlocal said, inputs
        inputs += 1
        spent = _spent() - start
        # libFuzzer ends the process without a word to Python, so what there is to say is said now and then.
        if time.monotonic() - said > OFTEN:
            said = time.monotonic()
            _say(folder / f"{name}.txt", inputs, spent)
        if spent > 60 * minutes:
            _say(folder / f"{name}.txt", inputs, spent)
            readers.clean_up()
            os._exit(0)
        began = time.process_time()
        try:
            readers.read(reader, data)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # a panic of a library in Rust is no Exception
            _keep(folder, name, data, _kind(fault))
        if time.process_time() - began > SLOW:
            _keep(folder, name, data, f"slower than {SLOW:g} seconds")

    options = [f"-dict={words}", "-timeout=60", "-rss_limit_mb=3000", "-max_len=8192", *given]
    atheris.Setup([sys.argv[0], *options, str(corpus)], once, **_changing(reader))
    atheris.Fuzz()


def _spent() -> float:
    """The seconds of processor time of this process, and of those of its own that have ended."""
    return sum(os.times()[:4])


def _changing(reader: readers.Reader) -> dict[str, Callable[[bytes, int, int], bytes]]:
    """How inputs are changed: as the fuzzer does, and of files with a structure mostly that."""
    change = reader.change
    if change is None:
        return {}
    seeds = reader.seeds()

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.1:
            return bytes(atheris.Mutate(data, most))
        # What a library in Rust reaches is not seen, so that sound files would be dropped for shorter ones.
        found = change(chance.choice(seeds) if chance.random() < 0.7 else data, chance)
        return found if len(found) <= most else data

    return {"custom_mutator": changed}


def _kind(fault: BaseException) -> str:
    """What sort of failure it is: its type, and the line of devo that it came from."""
    lines = [f for f in traceback.extract_tb(fault.__traceback__) if "/devo" in f.filename]
    at = f"{Path(lines[-1].filename).name}:{lines[-1].lineno}" if lines else "the law"
    said = f": {fault}"[:60] if isinstance(fault, readers.Broken) else ""
    return f"{type(fault).__name__} at {at}{said}"


def _keep(folder: Path, name: str, data: bytes, kind: str) -> None:
    known = _FOUND.get(kind)
    if known is not None and known <= len(data):
        return
    _FOUND[kind] = len(data)
    mark = hashlib.sha256(kind.encode()).hexdigest()[:8]
    (folder / f"{name}-{mark}").write_bytes(data)
    if known is None:
        sys.stderr.write(f"NEW {kind}: {folder / f'{name}-{mark}'}\n")


def _say(file: Path, inputs: int, seconds: float) -> None:
    kinds = "".join(f"  {kind} ({size} bytes)\n" for kind, size in sorted(_FOUND.items()))
    file.write_text(
        f"{inputs:,} inputs in {seconds:.0f} s of processor time, {len(_FOUND)} kinds of failure\n{kinds}",
        "utf-8",
    )


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
