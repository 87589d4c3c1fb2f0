"""The page: serve a record to a browser on this machine."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from sijill.cli_ends import clean_end, refuse, say
from sijill.cli_lists import DEFAULT_RECORD, RecordOption

commands = typer.Typer()
#: The option's number in glibc's malloc.h.
_ARENA_MAX = -8

#: Seconds that answers under way have to end in, once the page is told to stop.
_LAST_ANSWERS = 5


@commands.command()
def serve(
    named: Annotated[
        str, typer.Argument(metavar="[RECORD]", help="The same as --record.", show_default=False)
    ] = "",
    record: RecordOption = DEFAULT_RECORD,
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
        serve_record(named or record, host, port, read_only=read_only, open_it=open_it)


def serve_record(record: str, host: str, port: int, *, read_only: bool, open_it: bool) -> None:
    """Serve a record until it is interrupted; the address is said first."""
    from sijill.web.settings import Settings, is_loopback

    try:
        import uvicorn

        from sijill.web.app import make_app
    except ImportError as error:
        refuse(f'the page needs "pip install sijill" ({error})')
    token = "" if is_loopback(host) else secrets.token_urlsafe(18)
    _share_one_heap()
    fresh = "://" not in record and not Path(record).exists()
    with closing(_listen(host, port)) as listening:
        bound = listening.getsockname()[1]
        app = make_app(Settings(record, host, bound, token, read_only))
        if fresh:
            say(f"{record} is new and empty: give it articles on the page, or with sijill read")
        address = f"http://{_shown(host)}:{bound}/{f'?token={token}' if token else ''}"
        say(f"{record} is at {address} (stop it with Ctrl-C)")
        if token:
            say("whoever has this address can read the record: it is not encrypted on its way")
        if open_it:
            _open(address)
        # No log of requests: it would keep the token, and what people search for.
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
        uvicorn.Server(config).run(sockets=[listening])


def has_screen() -> bool:
    """Whether somebody sits before this program who can see a browser."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _share_one_heap() -> None:
    """Let all threads share one heap, where glibc gives them memory.

    Else each has its own, which grows and never shrinks: 20 readers for 90 seconds took the process
    from 146 to 302 MB and on; with one heap to 225 MB and no further.
    """
    import ctypes

    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
    except (AttributeError, OSError, TypeError):
        return  # another libc, which knows no such option


def _listen(host: str, port: int) -> socket.socket:
    """A socket that takes visitors at once: a browser may come before the page is ready."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs have one port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        refuse(
            f"cannot listen at {host}:{port} ({error}); choose another: --port 0 takes a free one"
        )
    return listening


def _shown(host: str) -> str:
    """The host as others write it; where it listens everywhere, the name of this machine."""
    if host in ("0.0.0.0", "::"):
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _open(address: str) -> None:
    """Open the browser, or say that there is none here."""
    import webbrowser

    if not webbrowser.open(address):
        say("no browser was found here; open the address yourself")
