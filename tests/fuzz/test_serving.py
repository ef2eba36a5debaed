"""The server of the explorer, asked by real requests: only its own pages reach a session."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Iterable

import pytest

pytest.importorskip("textual_serve", reason="the server is an extra: devo[serve]")

from aiohttp import ClientSession, WSServerHandshakeError, web
from aiohttp.test_utils import unused_port

from devo.tui.serving import Serving, guard

EVIL = "http://evil.example"


async def _socket(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.close()
    return socket


async def _page(request: web.Request) -> web.Response:
    return web.Response(text="a page")


async def _statuses(serving: Serving, asked: Iterable[dict[str, str]]) -> list[tuple[int, int]]:
    app = web.Application(middlewares=[guard(serving)])
    app.router.add_get("/", _page)
    app.router.add_get("/ws", _socket)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", serving.port).start()
    found = []
    try:
        async with ClientSession() as session:
            for headers in asked:
                given = {name: value.format(port=serving.port) for name, value in headers.items()}
                found.append(await _one(session, serving.port, given))
    finally:
        await runner.cleanup()
    return found


async def _one(session: ClientSession, port: int, headers: dict[str, str]) -> tuple[int, int]:
    address = f"http://127.0.0.1:{port}/"
    async with session.get(address, headers=headers) as answer:
        page = answer.status
    try:
        async with session.ws_connect(f"{address}ws", headers=headers):
            return page, 101
    except WSServerHandshakeError as refused:
        return page, refused.status


def statuses(
    asked: Iterable[dict[str, str]], host: str = "127.0.0.1", url: str = "", password: str = "", **more
):
    """What a page and a websocket answer to each set of headers."""
    serving = Serving(host, unused_port(), url, password)
    return asyncio.run(_statuses(serving, asked))


OURS = [
    {},
    {"Host": "localhost:{port}"},
    {"Host": "[::1]:{port}"},
    {"Origin": "http://127.0.0.1:{port}"},
    {"Origin": "http://localhost:{port}"},
]
THEIRS = [
    {"Host": "evil.example"},
    {"Host": "localhost.evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "[::1"},
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "file://"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://localhost.evil.example:{port}"},
    {"Origin": "http://["},
    # A name that was pointed at this machine after the page was opened.
    {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
]


def test_only_our_own_pages_are_let_in():
    assert statuses(OURS) == [(200, 101)] * len(OURS)
    assert statuses(THEIRS) == [(403, 403)] * len(THEIRS)


def test_behind_a_public_address_its_pages_are_ours():
    asked = [{"Origin": "https://devo.example"}, {"Origin": EVIL}, {"Origin": "null"}]
    assert statuses(asked, url="https://devo.example/") == [(200, 101), (403, 403), (403, 403)]


def test_others_need_the_password_even_under_our_name():
    asked = [{}, {"Cookie": "devo_session="}, {"Authorization": "Basic !!"}, {"Authorization": "Bearer x"}]
    assert statuses(asked, "0.0.0.0", password="long enough") == [(401, 401)] * 4
    right, wrong = basic("long enough"), basic("long enougi")
    assert statuses([right, wrong, right | {"Origin": EVIL}], "0.0.0.0", password="long enough") == [
        (200, 101),
        (401, 401),
        (403, 403),
    ]


def basic(password):
    return {"Authorization": f"Basic {b64encode(f'x:{password}'.encode()).decode()}"}
