"""No file that devo reads is ever run: neither what people write nor what devo kept."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devo import stores
from devo.files.documents import Document
from devo.files.scenarios import scenario_from
from devo.world import World

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "devo").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
# Formats whose readers run code, or follow addresses, that a file names.
UNSAFE = frozenset(
    {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "yaml", "joblib", "runpy"}
)
CALLS = frozenset({"eval", "exec", "compile", "__import__"})
# Compiles the `__init__` of a class from the names of its fields, which stand in the source.
MAY = {("devo/frozen.py", "exec")}


# Only a module with one of these words in it is worth parsing.
_WORTH = re.compile(rf"\b({'|'.join(sorted(UNSAFE | CALLS))}|system|popen|shell)\b")


@pytest.fixture(scope="module")
def trees() -> list[tuple[str, ast.Module]]:
    """The modules of devo and its plugins that have a word of danger in them, parsed."""
    assert len(SOURCES) > 200
    texts = ((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in SOURCES)
    return [(name, ast.parse(text)) for name, text in texts if _WORTH.search(text)]


def imported(tree: ast.Module) -> Iterator[str]:
    """The packages that a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (item.name.partition(".")[0] for item in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def test_nothing_reads_a_format_that_runs_what_it_reads(trees):
    assert trees
    assert [(name, found) for name, tree in trees for found in imported(tree) if found in UNSAFE] == []


def test_nothing_is_evaluated(trees):
    called = {
        (name, node.func.id)
        for name, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    }
    assert called == MAY


def test_no_process_is_started_through_a_shell(trees):
    for name, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "shell":
                assert isinstance(node.value, ast.Constant), name
                assert not node.value.value, name
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
                assert node.attr not in ("system", "popen"), name


def test_a_python_that_is_started_anew_imports_nothing_from_where_devo_stands():
    # It would otherwise take what a stranger's folder calls `rich.py`.
    started = [p for p in SOURCES if '"-c"' in (text := p.read_text("utf-8")) and "sys.executable" in text]
    assert started
    assert [p for p in started if '"-P"' not in p.read_text("utf-8")] == []


# --- what a scenario names -----------------------------------------------------------------------


def test_a_scenario_cannot_have_a_file_run_as_a_plugin(tmp_path):
    (tmp_path / "evil.py").write_text("raise SystemExit('run')\n", "utf-8")
    for named in ("./evil.py", str(tmp_path / "evil.py"), "..evil", "evil.py"):
        document = Document(str(tmp_path / "s.toml"), f"plugins = [{json.dumps(named)}]\n")
        scenario, faults = scenario_from(document)
        assert scenario is not None
        assert [fault.line for fault in faults] == [1], (named, faults)


@pytest.mark.parametrize("named", ["antigravity", "antigravity.x", "this", "json.tool", "idlelib.idle"])
def test_a_scenario_that_names_any_module_as_a_plugin_has_it_not_imported(named):
    for module in ("antigravity", "this", "json.tool", "idlelib.idle", "idlelib"):
        sys.modules.pop(module, None)
    scenario, faults = scenario_from(Document("s.toml", f'plugins = ["{named}"]\n'))
    assert scenario is not None
    assert [fault.line for fault in faults] == [1], faults
    assert not {"antigravity", "this", "json.tool", "idlelib"} & sys.modules.keys()


# --- what devo kept ------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Write a compiled baseline whose records are of some type, its sum right; and load it."""
    monkeypatch.setenv("DEVO_CACHE_DIR", str(tmp_path))

    def load(kind: str, rows: list[list[object]]) -> World | None:
        columns = {name: [] for name in ("date", "tuple", "map", "deep")}
        table = {"type": kind, **columns, "rows": rows}
        body = json.dumps(table).encode()
        none = {"type": "devo.values:Finding", **columns, "rows": []}
        more = json.dumps(none).encode()
        parts = {
            "records devo.values:Power": [0, len(body)],
            "deals ": [len(body), len(body) + len(more)],
            "findings ": [len(body), len(body) + len(more)],
        }
        head = {
            "format": stores.FORMAT,
            "version": stores._version(),
            "made_of": {},
            "fingerprint": "",
            "tables_mark": "",
            "deals": [],
            "makers": [],
            "records": ["devo.values:Power"],
            "ledgers": [],
            "parts": parts,
        }
        whole = json.dumps(head).encode() + b"\n" + body + more
        (tmp_path / "england.parts").write_bytes(stores._sum(whole) + whole)
        return stores.load("england", World)

    return load


def test_a_kept_baseline_gives_its_records(kept):
    from devo.values import Power

    world = kept("devo.values:Power", [["buses", "Buses"]])
    assert world is not None
    assert [power.name for power in world.of(Power)] == ["Buses"]


@pytest.mark.parametrize(
    "kind",
    [
        "os:system",
        "subprocess:Popen",
        "builtins:print",
        "antigravity:x",
        "devo.stores:cache_folder",
        "devo.log:os",
    ],
)
def test_a_kept_baseline_calls_nothing_but_records(kept, kind):
    from devo.values import Power

    sys.modules.pop("antigravity", None)
    world = kept(kind, [["true"]])
    assert world is not None
    with pytest.raises(ValueError, match="record"):
        world.of(Power)
    assert "antigravity" not in sys.modules


def test_a_kept_baseline_that_was_changed_anywhere_is_made_afresh(kept, tmp_path):
    assert kept("devo.values:Power", [["buses", "Buses"]]) is not None
    path = tmp_path / "england.parts"
    content = path.read_bytes()
    for at in (0, 7, 8, 40, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert stores.load("england", World) is None, at
    path.write_bytes(content[:-1])
    assert stores.load("england", World) is None
