"""The page: serve a record to a browser on this machine."""

from __future__ import annotations

import secrets
import socket
from typing import Annotated

import typer

from sijill.cli_ends import clean_end, refuse, say
from sijill.cli_lists import DEFAULT_RECORD

commands = typer.Typer()


@commands.command()
def serve(
    record: Annotated[
        str,
        typer.Argument(envvar="SIJILL_RECORD", metavar="[RECORD]", help="A file, or an address."),
    ] = DEFAULT_RECORD,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8765,
    host: Annotated[
        str, typer.Option(help="Where to listen; other than this machine asks for a token.")
    ] = "127.0.0.1",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="No reading of articles, no corrections.")
    ] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show a record in the browser: map, time, sentences, disputes, review."""
    with clean_end():
        serve_record(record, host, port, read_only=read_only, open_it=open_it)


def serve_record(record: str, host: str, port: int, *, read_only: bool, open_it: bool) -> None:
    """Serve a record until it is interrupted; the address is said first."""
    from sijill.web.settings import Settings, is_loopback

    try:
        import uvicorn

        from sijill.web.app import make_app
    except ImportError as error:
        refuse(f'the page needs "pip install sijill" ({error})')
    token = "" if is_loopback(host) else secrets.token_urlsafe(18)
    listening = _listen(host, port)
    bound = listening.getsockname()[1]
    app = make_app(Settings(record, host, bound, token, read_only))
    address = f"http://{_shown(host)}:{bound}/{f'?token={token}' if token else ''}"
    say(f"{record} is at {address} (stop it with Ctrl-C)")
    if open_it:
        _open(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        refuse(
            f"cannot listen at {host}:{port} ({error}); choose another: --port 0 takes a free one"
        )
    return listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _open(address: str) -> None:
    """Open the browser, or say that there is none here."""
    import webbrowser

    if not webbrowser.open(address):
        say("no browser was found here; open the address yourself")
