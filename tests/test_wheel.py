"""What is built is whole: the wheel and the source distribution, installed elsewhere, know England."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_it_answers_where_nothing_else_is(kind, tmp_path):
    uv = shutil.which("uv") or pytest.skip("uv is not here to build and install with")
    source = tmp_path / "source"
    source.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)

    def said(*words: str) -> str:
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        environment.pop("PYTHONPATH", None)
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    said(uv, "build", "-q", f"--{kind}", "-o", str(tmp_path / "dist"), str(source))
    (built,) = (path for path in (tmp_path / "dist").iterdir() if path.name.startswith("devo-"))
    said(uv, "venv", "-q", "--python", sys.executable, str(tmp_path / "venv"))
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    said(uv, "pip", "install", "-q", "--python", str(python), str(built))
    shutil.rmtree(source)
    answer = said(str(python), "-c", "from devo.cli import main; main()", "who", "Manchester", "T03")
    assert "body: Greater Manchester Combined Authority" in answer
