"""One polite request for one address that the user named: the only file that opens a connection."""

from __future__ import annotations

import http.client
import time
import urllib.request
from importlib import metadata
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from sijill.errors import SourceError
from sijill.ingest.payload import unpacked

#: The most that is taken from a server: feeds have 0.01 to 2 MB.
LARGEST_ANSWER = 16 * 1024 * 1024

#: Seconds without a sign from the server, and seconds for the whole answer.
TIMEOUT, DEADLINE = 15, 60

_ACCEPTED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8"
_NOT_MODIFIED = 304
_MOVED = range(300, 400)
_STEP = 1 << 16


class Answer(msgspec.Struct, frozen=True):
    """What a server gave: the content, its character set if named, and how to ask again.

    ``unchanged`` is whether it said that nothing is new since ``etag`` or ``modified``.
    """

    data: bytes = b""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


def is_address(path: str) -> bool:
    """Whether ``path`` is an http(s) address and no file."""
    return path.lower().startswith(("http://", "https://"))


def fetch(address: str, etag: str = "", modified: str = "") -> Answer:
    """Ask for ``address`` once, without following it elsewhere, cookies or scripts.

    ``etag`` and ``modified`` are what an earlier answer gave: the server then answers in full only
    if something changed.

    Raises:
        SourceError: when there is no whole answer of bearable size within a minute.
    """
    request = _request(address, etag, modified)
    try:
        with _opener().open(request, timeout=TIMEOUT) as response:
            return _answer(response, address)
    except HTTPError as error:
        with error:
            return _refusal(error, address)
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise SourceError(address, "network", f"could not be fetched ({reason})") from error


def _request(address: str, etag: str, modified: str) -> urllib.request.Request:
    headers = {
        "User-Agent": f"Sijill/{_version()} (reads one feed that its user named)",
        "Accept": _ACCEPTED,
        "Accept-Encoding": "gzip",
    }
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    return urllib.request.Request(_plain(address), headers=headers)


def _version() -> str:
    try:
        return metadata.version("sijill")
    except metadata.PackageNotFoundError:
        return "0"


def _plain(address: str) -> str:
    """The address in ASCII.

    Raises:
        SourceError: when it is none, or holds a password.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError) as error:
        raise SourceError(address, "address", f"is no address ({error})") from error
    if any(char.isspace() or not char.isprintable() for char in address):
        raise SourceError(address, "address", "is no address: there is a gap in it")
    if parts.scheme not in ("http", "https") or not host:
        raise SourceError(address, "address", "is no http or https address")
    if parts.username or parts.password:
        message = "an address with a name or password in it is not fetched"
        raise SourceError(f"{parts.scheme}://{host}", "address", message)
    host = f"[{host}]" if ":" in host else host
    path, query = quote(parts.path, "/%:@!$&'()*+,;=~"), quote(parts.query, "/%:@!$&'()*+,;=~?")
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def _opener() -> urllib.request.OpenerDirector:
    """Opens http and https and nothing else; a redirect is an answer like any other."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _answer(response: Any, address: str) -> Answer:
    started, parts, size = time.monotonic(), [], 0
    while part := response.read1(_STEP):
        parts.append(part)
        size += len(part)
        if size > LARGEST_ANSWER:
            message = f"the answer is larger than {LARGEST_ANSWER >> 20} MB"
            raise SourceError(address, "too-large", message)
        if time.monotonic() - started > DEADLINE:
            raise SourceError(address, "network", f"took longer than {DEADLINE} seconds")
    headers = response.headers
    stated = headers.get("Content-Length", "")
    if stated.isdecimal() and size < int(stated):
        raise SourceError(address, "cut-off", f"the answer broke off at {size} of {stated} bytes")
    data = unpacked(b"".join(parts), headers.get("Content-Encoding", ""), LARGEST_ANSWER, address)
    return Answer(
        data=data,
        charset=headers.get_content_charset() or "",
        etag=headers.get("ETag", ""),
        modified=headers.get("Last-Modified", ""),
    )


def _refusal(error: HTTPError, address: str) -> Answer:
    """What an answer other than 200 means: nothing new, or why there is nothing.

    Raises:
        SourceError: unless nothing is new.
    """
    if error.code == _NOT_MODIFIED:
        etag, modified = error.headers.get("ETag", ""), error.headers.get("Last-Modified", "")
        return Answer(etag=etag, modified=modified, unchanged=True)
    message = f"the server answers {error.code} {error.reason}"
    if error.code in _MOVED and (to := error.headers.get("Location")):
        message += f"; it has moved: name {to[:500]!r} if you want that"
    if wait := error.headers.get("Retry-After"):
        message += f"; try again after {wait[:40]}"
    raise SourceError(address, "network", message)
