"""`devo plugins new`: what it writes works before a word of it is changed, and what it refuses it explains."""

import json
import sys
import tomllib
from pathlib import Path

import pytest

from devo.authoring.distribution import CannotBeWritten, write_distribution, write_file
from devo.authoring.naming import faults_of, nearest


def test_from_new_to_a_check_that_holds_with_no_edit(home, call):
    assert call("plugins", "new", "bus-pledges").exit_code == 0
    listed = call("plugins", "list", "--plugin", "./bus-pledges", "--format", "json")
    (mine,) = [plugin for plugin in json.loads(listed.stdout)["plugins"] if plugin["name"] == "bus_pledges"]
    assert (mine["version"], mine["records"], mine["verbs"]) == ("0.1.0", ["target"], ["set-target"])
    assert (mine["questions"], mine["checks"]) == (["targets"], ["target-without-power"])
    checked = call("plugins", "check", "./bus-pledges", "--format", "json")
    assert checked.exit_code == 0, checked.output
    found = json.loads(checked.stdout)
    assert (found["plugin"], found["holds"], found["findings"]) == ("bus_pledges", True, [])
    tried = [trial["case"] for trial in found["tried"] if trial["gave"]]
    assert any("verb 'set-target' on the two deals" in case for case in tried)
    assert "the example bus_pledges.toml" in tried


def test_its_own_tests_are_those_of_its_template(home):
    """The tests that come with it, run here without a process of their own."""
    write_distribution("bus-pledges", home)
    folder = home / "bus-pledges"
    assert "devo.testing.fixtures" in (folder / "tests" / "conftest.py").read_text()
    assert 'plugin = "bus_pledges"' in (folder / "tests" / "test_conformance.py").read_text()


@pytest.mark.nightly
@pytest.mark.parametrize("how", ["in place", "installed"])
def test_its_own_tests_pass(home, process, how):
    """As its author runs them: in its folder as it is, and installed in an environment of its own."""
    write_distribution("bus-pledges", home)
    folder = home / "bus-pledges"
    python = sys.executable
    if how == "installed":
        assert process(sys.executable, "-m", "venv", "--system-site-packages", home / "venv").returncode == 0
        python = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        here = Path(sys.executable).parent.parent
        paths = [path for path in sys.path if path.startswith(str(here)) or (Path(path) / "devo").is_dir()]
        (site,) = (home / "venv").rglob("site-packages")
        plugins = Path(__file__).parents[2] / "plugins"
        (site / "devo-here.pth").write_text("\n".join([*paths, str(plugins)]))
        done = process("uv", "pip", "install", "--python", python, "--no-deps", folder)
        assert done.returncode == 0, done.stderr
        (folder / "src").rename(folder / "away")
        listed = process(python, "-c", "from devo.cli import main; main()", "plugins", "list")
        assert "Installed and not on:" in listed.stdout
        assert "bus-pledges" in listed.stdout
        asked = process(
            python, "-c", "from devo.cli import main; main()", "ask", "targets", "--plugin", "bus-pledges"
        )
        assert asked.returncode == 0, asked.stderr
        checked = process(
            python, "-c", "from devo.cli import main; main()", "plugins", "check", "bus-pledges"
        )
        assert checked.returncode == 0, checked.stdout
    done = process(python, "-m", "pytest", "-q", cwd=folder)
    assert done.returncode == 0, done.stdout
    assert "14 passed" in done.stdout


def test_one_file_is_enough(home, call):
    assert call("plugins", "new", "steadiness", "--one-file").exit_code == 0
    assert sorted(path.name for path in home.iterdir()) == ["steadiness.py", "steadiness.toml"]
    ran = call("run", "steadiness.toml", "--plugin", "./steadiness.py")
    assert (ran.exit_code, "1 passed" in ran.stdout) == (0, True)


@pytest.mark.parametrize("licence", ["MIT", "BSD-3-Clause", "Apache-2.0", "none"])
def test_its_licence_and_author_are_those_chosen(home, licence):
    write_distribution("bus-pledges", home, licence, 'A "Think" \\\x07 Tank')
    project = tomllib.loads((home / "bus-pledges" / "pyproject.toml").read_text())["project"]
    assert project["authors"] == [{"name": "A 'Think' / Tank"}]
    assert project.get("license", "none") == licence
    text = home / "bus-pledges" / "LICENSE"
    assert text.exists() == (licence != "none")
    assert licence == "none" or "A 'Think' / Tank" in text.read_text()


def test_every_file_of_it_is_what_its_name_says(home):
    for path in write_distribution("bus-pledges", home):
        text = path.read_text("utf-8")
        assert "{{" not in text.replace("${{ matrix", ""), path
        if path.suffix == ".py":
            compile(text, str(path), "exec")
        if path.suffix == ".toml":
            tomllib.loads(text)


@pytest.mark.parametrize(
    ("name", "said", "how"),
    [
        ("Bus_Pledges", "is no name for a plugin", "write it as 'bus-pledges'"),
        ("busPledges!", "is no name for a plugin", "write it as 'bus-pledges'"),
        ("2030-targets", "is no name for a plugin", "write it as 'targets'"),
        ("../outside", "is no name for a plugin", "write it as 'outside'"),
        ("", "is no name for a plugin", "take another name"),
        ("x" * 60, "at most 40 characters", "write it as"),
        ("england", "is installed already", "my-england"),
        ("tiny-country", "is installed already", "my-tiny-country"),
        ("core", "devo keeps for itself", "my-core"),
        ("devo-housing", "would pass for a plugin that comes with devo", "'housing'"),
        ("json", "a module of Python", "my-json"),
        ("polars", "a module of Python", "my-polars"),
        ("lambda", "a word of the Python language", "my-lambda"),
    ],
)
def test_names_that_are_refused(name, said, how):
    ((message, suggestion),) = faults_of(name)
    assert said in message
    assert how in suggestion


def test_the_nearest_name_can_be_taken():
    for text in ("Bus_Pledges", "busPledges", "9 ways", "é", "A--b", "x" * 50 + "-y"):
        near = nearest(text)
        assert not near or not list(faults_of(near)), near


def test_nothing_is_written_over(home):
    (home / "bus-pledges").mkdir()
    (home / "mine.toml").write_text("kept")
    for write, name in ((write_distribution, "bus-pledges"), (write_file, "mine")):
        with pytest.raises(CannotBeWritten, match="already"):
            write(name, home)
    assert (home / "mine.toml").read_text() == "kept"
    assert sorted(path.name for path in home.iterdir()) == ["bus-pledges", "mine.toml"]


def test_everything_wrong_is_said_at_once(home, call):
    result = call("plugins", "new", "devo-x", "--into", "nowhere")
    assert result.exit_code == 2
    assert "would pass for a plugin that comes with devo" in result.stderr
    assert "there is no folder 'nowhere'" in result.stderr
