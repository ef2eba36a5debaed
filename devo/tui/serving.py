"""The explorer in browsers, through textual-serve: one process a tab, a password where others can reach it.

What textual-serve does not do is done here: whoever is not on this machine gives a password, a page
of another site cannot open a session, and nothing is fetched from anybody else's server.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
import shlex
import subprocess
import sys
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MOST_SHORT = 8
_COOKIE = "devo_session"

Handler = Callable[[Any], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen, how browsers reach it, the password, and the options of each explorer."""

    host: str
    port: int
    public_url: str = ""
    password: str = ""
    options: tuple[str, ...] = ()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve_browsers(serving: Serving) -> None:
    """Serve until stopped."""
    from textual_serve.server import Server

    os.environ["DEVO_SERVED"] = "1"
    # -P: nothing is imported from the folder that the server happens to stand in.
    words = [sys.executable, "-P", "-c", "from devo.cli import main; main()", "explore", *serving.options]
    command = subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)

    class Guarded(Server):
        """textual-serve's server behind a password and a check of who asks."""

        async def _make_app(self) -> Any:
            app = await super()._make_app()
            app.middlewares.append(guard(serving))
            return app

        async def on_startup(self, app: Any) -> None:
            """Nothing is printed: the command has said where it is."""

    server = Guarded(
        command,
        host=serving.host,
        port=serving.port,
        title="devo",
        public_url=serving.public_url or None,
        templates_path=Path(__file__).parent / "served",
    )
    server.serve()


def guard(serving: Serving) -> Any:
    """A middleware that lets in who has the password, from our own pages alone."""
    from aiohttp import web

    token = secrets.token_urlsafe(32)

    @web.middleware
    async def check(request: Any, handler: Handler) -> Any:
        if not _is_ours(request, serving):
            raise web.HTTPForbidden(text="This page may be opened from its own address only.")
        if serving.password and not _is_known(request, serving.password, token):
            raise web.HTTPUnauthorized(
                text="A password is needed.",
                headers={"WWW-Authenticate": 'Basic realm="devo", charset="UTF-8"'},
            )
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = (
                "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
                "connect-src 'self' ws: wss:; font-src 'self' data:; img-src 'self' data:; frame-ancestors 'none'"
            )
            response.headers["X-Content-Type-Options"] = "nosniff"
            if serving.password:
                response.set_cookie(_COOKIE, token, httponly=True, samesite="Strict")
        return response

    return check


def _is_ours(request: Any, serving: Serving) -> bool:
    """Whether a request comes from our own page, and names the address that is served.

    A page of another site could otherwise open a session; and a name that is pointed at this
    machine later could otherwise pass for it. A page that hides where it is from says `null`, and a
    file has no host: neither is ours.
    """
    try:
        allowed = urlsplit(serving.public_url).netloc if serving.public_url else ""
        host = request.headers.get("Host", "")
        if is_loopback(serving.host) and not allowed:
            name = urlsplit(f"//{host}").hostname or ""
            if not is_loopback(name):
                return False
        origin = request.headers.get("Origin")
        if origin is None:
            return True
        here = urlsplit(origin)
        # A page that was opened as localhost speaks to 127.0.0.1.
        same = is_loopback(serving.host) and is_loopback(here.hostname or "") and here.port == serving.port
        return same or here.netloc in {host, allowed} - {""}
    except ValueError:  # what is no address at all
        return False


def _is_known(request: Any, password: str, token: str) -> bool:
    if hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), token.encode()):
        return True
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "basic":
        return False
    try:
        given = b64decode(value).decode("utf-8").partition(":")[2]
    except ValueError:
        return False
    return hmac.compare_digest(given.encode(), password.encode())
