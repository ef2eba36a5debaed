"""`serve`: the explorer in a browser."""

from __future__ import annotations

import os

import click

from devo.cli.options import debugging, plugin_named


@click.command
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", show_default=True, help="Where to listen.")
@click.option("--port", default=8321, metavar="PORT", show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--public-url", default="", metavar="URL", help="How browsers reach it, where something stands before it."
)
@click.option("--baseline", metavar="NAME", help="The world to begin with.  [default: england]")
@plugin_named
@debugging
def serve(
    host: str, port: int, public_url: str, baseline: str | None, plugins: tuple[str, ...], debug: bool
) -> int:
    """Let a browser on this machine use the explorer. Each tab has a session and drafts of its own.

    To be reached from other machines it needs --host and a password in DEVO_SERVE_PASSWORD; without
    the password it refuses. It does not encrypt: put it behind something that does.
    """
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise click.UsageError("the server is not installed; install devo[serve]")
    from devo.tui.serving import MOST_SHORT, Serving, is_loopback, serve_browsers

    password = os.environ.get("DEVO_SERVE_PASSWORD", "")
    if not is_loopback(host) and len(password) < MOST_SHORT:
        raise click.UsageError(
            f"{host} can be reached from other machines; set a password of at least {MOST_SHORT} characters in "
            "DEVO_SERVE_PASSWORD, or leave --host out to serve this machine alone"
        )
    options = [
        *(["--baseline", baseline] if baseline else []),
        *(w for name in plugins for w in ("--plugin", name)),
    ]
    click.echo(f"The explorer is at http://{host}:{port}/ (Ctrl+C stops it)")
    serve_browsers(Serving(host, port, public_url, password, tuple(options)))
    return 0
