"""The two distributions outside the wheel: what they say of themselves, and that installing them works.

Their own tests are run with these (`testpaths`), from the folder and without installing.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from devo.cli import devo

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [ROOT / "docs" / "examples" / name for name in ("country-scotland", "metric-local-autonomy")]


def project(folder):
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]


def module_of(folder):
    ((_, module),) = project(folder)["entry-points"]["devo"].items()
    return module


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_it_is_a_whole_distribution(folder):
    for name in ("README.md", "LICENSE", "examples", "tests"):
        assert (folder / name).exists(), name
    said = project(folder)
    module = import_module(module_of(folder))
    assert Path(module.__file__).is_relative_to(folder)
    assert said["version"] == module.__version__
    assert said["dependencies"] == ["devo"]
    assert (folder / "LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_it_sees_nothing_of_devo_but_the_front_door(folder):
    own = module_of(folder)
    for file in (folder / own).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                first = name.partition(".")[0]
                assert name == "devo" or first == own or first in sys.stdlib_module_names, f"{file}: {name}"


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_its_files_name_only_files_that_are_there(folder):
    text = (folder / "README.md").read_text("utf-8")
    found = re.findall(r"`((?:tables|examples|deals|codings)/[\w./-]*|[\w-]+\.py)`", text)
    assert found
    for name in found:
        assert (folder / name).exists() or (folder / module_of(folder) / name).exists(), name


@pytest.mark.nightly
@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_it_holds_to_what_every_plugin_has_to(folder):
    result = CliRunner().invoke(devo, ["plugins", "check", str(folder), "--plain"])
    assert result.exit_code == 0, result.output
    assert "holds: " in result.output
    assert "0 errors, 0 warnings, 0 notes" in result.output


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A virtual environment with devo and both plugins installed from their folders; its `devo` command."""
    home = tmp_path_factory.mktemp("installed")
    uv = [sys.executable, "-m", "uv"] if _has_uv_module() else ["uv"]
    where = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = where / ("python.exe" if os.name == "nt" else "python")
    wanted = [str(ROOT), *map(str, EXAMPLES), "pytest"]
    subprocess.run([*uv, "venv", "-q", "--python", sys.executable, str(home / "venv")], check=True)
    pins = ["--constraint", str(ROOT / "constraints.txt")]
    for offline in (["--offline"], []):
        done = subprocess.run(
            [*uv, "pip", "install", "-q", *offline, "--python", str(python), *pins, *wanted],
            check=False,
            capture_output=True,
            text=True,
            cwd=home,
        )
        if done.returncode == 0:
            return where
    pytest.skip(f"nothing could be installed: {done.stderr.strip().splitlines()[-1:]}")


def _has_uv_module():
    asked = subprocess.run([sys.executable, "-m", "uv", "--version"], check=False, capture_output=True)
    return asked.returncode == 0


def run(where, *command, cwd):
    """A command of the environment, with nothing of this checkout on its path and no way out."""
    away = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "UV_OFFLINE": "1"}
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")} | away
    return subprocess.run(
        [str(where / command[0]), *command[1:]], check=False, capture_output=True, text=True, cwd=cwd, env=env
    )


@pytest.mark.nightly
def test_installed_they_are_found_by_name(installed, tmp_path):
    asked = run(installed, "devo", "plugins", "--plugin", "scotland", "--format", "json", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    plugins = {row["name"]: row for row in json.loads(asked.stdout)["plugins"]}
    assert plugins["devo_scotland"]["baselines"] == ["scotland", "scotland-before-devolution"]
    assert plugins["local-autonomy"]["on"] is False


@pytest.mark.nightly
@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_installed_the_commands_of_its_page_answer(installed, folder):
    """As they stand in the README, typed in the distribution's folder."""
    commands = re.findall(r"^\$ devo (.*)$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        done = run(installed, "devo", *words, cwd=folder)
        assert done.returncode == 0, f"devo {command}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip()


@pytest.mark.nightly
@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_installed_its_own_tests_pass(installed, folder, tmp_path):
    """Its tests and examples alone, so that the package can only be the installed one."""
    for name in ("tests", "examples", "codings"):
        if (folder / name).exists():
            shutil.copytree(folder / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = run(installed, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
