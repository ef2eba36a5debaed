"""The explorer in a real terminal, and in a real browser."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from itertools import count
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy
_SERVERS = count()
DEVO = [sys.executable, "-c", "from devo.cli import main; main()"]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)


def environment(tmp_path):
    paths = os.pathsep.join(path for path in sys.path if path)
    return os.environ | {"DEVO_STATE_DIR": str(tmp_path), "PYTHONPATH": paths, "DEVO_LOG_DIR": str(tmp_path)}


class Terminal:
    """A terminal that tmux keeps."""

    def __init__(self, tmp_path, *words, size=(120, 40)):
        # A server of its own: nobody else's sessions are touched, nor those of a server that is still ending.
        self.tmux = ["tmux", "-L", f"devo-{os.getpid()}-{next(_SERVERS)}"]
        kept = {"DEVO_STATE_DIR", "PYTHONPATH", "DEVO_LOG_DIR"}
        given = " ".join(f"{k}={shlex.quote(v)}" for k, v in environment(tmp_path).items() if k in kept)
        command = f"stty -a > {tmp_path}/before; env {given} {shlex.join([*DEVO, *words])}; echo LEFT $?"
        command += f"; stty -a > {tmp_path}/after; sleep 60"
        self.run("-f", os.devnull, "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), command)

    def run(self, *words):
        return subprocess.run([*self.tmux, *words], capture_output=True, text=True, check=True).stdout

    def keys(self, *keys):
        self.run("send-keys", *keys)

    def until(self, text, limit=90):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            shown = self.run("capture-pane", "-p")
            if text in shown:
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{text!r} never came; the terminal shows:\n{shown}")


@pytest.fixture
def terminal(tmp_path):
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    opened = []

    def run(*words, **more):
        opened.append(Terminal(tmp_path, *words, **more))
        return opened[-1]

    yield run
    for one in opened:
        subprocess.run([*one.tmux, "kill-server"], capture_output=True, check=False)


def test_in_a_real_terminal(terminal, tmp_path):
    shell = terminal("explore", "--on", "2025-06-01", "--place", "Wigan")
    shell.until("Who holds what in Wigan")
    shell.keys("/")
    shell.until("Type a place")
    shell.keys("buses")
    shell.until("Bus franchising")
    shell.keys("Enter")
    shell.until("Bus Services Act 2017")
    shell.keys("q")
    shell.until("LEFT 0")
    assert (tmp_path / "before").read_text().split() == (tmp_path / "after").read_text().split()


def test_a_draft_survives_a_terminal_that_is_closed(terminal, tmp_path):
    shell = terminal("explore", "--on", "2025-06-01", "--place", "Wigan")
    shell.until("Who holds what in Wigan")
    shell.keys("3")
    shell.until("No provisions yet")
    shell.keys("a")
    shell.until("What should it do")
    shell.keys("Enter")
    shell.until("Which power?")
    for text in ("adult education", "Wigan Metropolitan Borough Council", "2028-04-01"):
        shell.keys(text)
        shell.until(text)
        shell.keys("Enter")
        time.sleep(0.3)
    shell.until("Kept; not yet saved")
    shell.run("kill-server")
    again = terminal("explore", "--place", "Wigan")
    again.until("Who holds what in Wigan")
    again.keys("3")
    again.until("brings it back.")
    again.keys("b")
    again.until("Which draft?")
    again.keys("Enter")
    again.until("Adult education")


LISTEN = """
window.seen = "";
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...terms) {
    super(...terms);
    this.addEventListener("message", async (event) => {
      const data = event.data;
      const text = typeof data === "string" ? data
        : new TextDecoder().decode(data instanceof Blob ? await data.arrayBuffer() : data);
      window.seen = (window.seen + text).slice(-200000);
    });
  }
};
"""


# --- a browser -------------------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path):
    pytest.importorskip("textual_serve", reason="textual-serve is not installed")
    running = []

    def start(*options, **more):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [*DEVO, "serve", "--port", str(port), *options]
        running.append(subprocess.Popen(words, env=environment(tmp_path) | more, stdout=subprocess.DEVNULL))
        address = f"http://127.0.0.1:{port}/"
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        return address

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


def test_other_machines_need_a_password():
    done = subprocess.run([*DEVO, "serve", "--host", "0.0.0.0"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "DEVO_SERVE_PASSWORD" in done.stderr


def status(address, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def test_a_password_and_other_sites(served):
    address = served(DEVO_SERVE_PASSWORD="correct horse battery")
    right = base64.b64encode(b"anybody:correct horse battery").decode()
    wrong = base64.b64encode(b"anybody:guess").decode()
    assert status(address)[0] == 401
    assert status(address, Authorization=f"Basic {wrong}")[0] == 401
    code, page = status(address, Authorization=f"Basic {right}")
    assert code == 200
    assert (
        "http"
        not in page.replace(address.rstrip("/"), "").replace("http-equiv", "").lower().split("<body")[0]
    )
    assert status(address, Authorization=f"Basic {right}", Origin="http://elsewhere.example")[0] == 403
    assert status(address, Authorization=f"Basic {right}", Host="elsewhere.example")[0] == 403


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_in_a_browser(served, tmp_path):
    aiohttp = pytest.importorskip("aiohttp")
    address = served()
    picture = Path(os.environ.get("DEVO_PICTURES", tmp_path)) / "browser.png"

    async def look(port):
        async with aiohttp.ClientSession() as session:
            for _ in range(100):
                try:
                    async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                        page = next(t for t in await answer.json() if t["type"] == "page")
                    break
                except (OSError, StopIteration):
                    await asyncio.sleep(0.1)
            async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket_:
                number = 0

                async def do(method, **terms):
                    nonlocal number
                    number += 1
                    await socket_.send_json({"id": number, "method": method, "params": terms})
                    while True:
                        found = await socket_.receive_json()
                        if found.get("id") == number:
                            return found["result"]

                async def type_(text):
                    for character in text:
                        await do("Input.dispatchKeyEvent", type="char", text=character)

                async def press(key, code):
                    for kind in ("keyDown", "keyUp"):
                        text = {"text": "\r"} if kind == "keyDown" and key == "Enter" else {}
                        await do(
                            "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text
                        )

                async def until(words, limit=40):
                    end = time.monotonic() + limit
                    shown = ""
                    while time.monotonic() < end:
                        result = await do("Runtime.evaluate", expression="window.seen || ''")
                        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", result["result"].get("value", ""))
                        if words in shown:
                            return shown
                        await asyncio.sleep(0.2)
                    shot = await do("Page.captureScreenshot")
                    picture.write_bytes(base64.b64decode(shot["data"]))
                    raise AssertionError(f"{words!r} never came; the page shows:\n{shown}")

                # The terminal is drawn on a canvas, so that what reaches it is what can be read.
                await do("Page.enable")
                await do("Page.addScriptToEvaluateOnNewDocument", source=LISTEN)
                await do("Page.navigate", url=address)
                await until("Explore")
                await do("Runtime.evaluate", expression="document.querySelector('textarea')?.focus()")
                await until("Choose a place on the left")
                await type_("/")
                await until("Type a place")
                await type_("wigan")
                await until("found.")
                await press("Enter", 13)
                await until("Who holds what in Wigan")
                shot = await do("Page.captureScreenshot")
                picture.write_bytes(base64.b64decode(shot["data"]))

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            "--window-size=1280,800",
        ]
        browser = subprocess.Popen(
            [
                str(CHROMIUM),
                *words,
                f"--remote-debugging-port={port}",
                "--remote-allow-origins=*",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            asyncio.run(look(port))
        finally:
            browser.terminate()
            browser.wait(10)
    assert picture.read_bytes().startswith(b"\x89PNG")
