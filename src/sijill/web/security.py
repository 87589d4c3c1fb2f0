"""What keeps the page safe: article text is hostile, and so may be other sites in the browser.

Every request is checked before it reaches a page, every answer is marked on its way out, errors
and files too.
"""

from __future__ import annotations

import hmac
import logging
import math
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sijill.web.frame import Frame
from sijill.web.limits import HEAVY, LONGEST_ADDRESS, Rates, heavy, most_body
from sijill.web.settings import Settings, is_loopback

#: Nothing from elsewhere, nothing written into the page: no inline script, style or evaluation.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Other sites learn nothing; without any referrer, browsers would send forms of this page with
    # the origin "null", which is what a foreign frame has.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
COOKIE = "sijill-token"
_SAFE = ("GET", "HEAD", "OPTIONS")
#: What a visitor may change on a page that is served for reading only: how it looks to them.
_OWN = ("/preferences",)
_log = logging.getLogger("sijill.web")


def protect(app: FastAPI, frame: Frame, allowed: Mapping[str, int] = HEAVY) -> None:
    """Check every request and mark every answer; ``allowed`` counts heavy requests a minute."""
    app.add_middleware(Guard, frame=frame, rates=Rates(allowed))


class Guard:
    """The gate of the page, around all of it."""

    def __init__(self, app: ASGIApp, frame: Frame, rates: Rates) -> None:
        self._app, self._frame, self._rates = app, frame, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why it is not answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def marked(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _mark(message, str(scope["path"]))
            await send(message)

        try:
            refused = _stranger(Request(scope), self._frame.settings) or self._excess(scope)
            if refused is not None:
                await refused(scope, receive, marked)
                return
            most = most_body(scope["path"], self._frame.settings)
            await self._app(scope, _measured(receive, most), marked)
        except Exception:
            name = _noted(scope)
            if begun:
                raise
            await self._page(scope, 500, failure=name)(scope, receive, marked)

    def _excess(self, scope: Scope) -> Response | None:
        """Why a request of somebody who may ask is too much, if it is."""
        path, settings = scope["path"], self._frame.settings
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return PlainTextResponse("this address is too long", 414)
        if settings.read_only and scope["method"] not in _SAFE and path not in _OWN:
            return self._page(scope, 403, "this record is served for reading only")
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most_body(path, settings):
            return self._page(scope, 413, "what was sent is too large", close=True)
        return self._too_often(scope)

    def _too_often(self, scope: Scope) -> Response | None:
        kind = heavy(scope["method"], scope["path"], scope["query_string"].decode("latin-1"))
        if not kind:
            return None
        seconds = math.ceil(self._rates.wait(kind, (scope.get("client") or ("",))[0]))
        if not seconds:
            return None
        message = f"asked for too often; wait {seconds} seconds and try again"
        answer = self._page(scope, 429, message)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    def _page(
        self, scope: Scope, code: int, message: str = "", failure: str = "", close: bool = False
    ) -> Response:
        values = {"code": code, "message": message, "failure": failure}
        answer = self._frame.page(Request(scope), "error.html", code, **values)
        if close:  # what is still being sent will not be read
            answer.headers["Connection"] = "close"
        return answer


def _mark(message: Message, path: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers[name] = value
    if not path.startswith("/static/") or message["status"] >= 400:
        headers.setdefault("Cache-Control", "no-store")


def _noted(scope: Scope) -> str:
    """Log the failure that is being handled; gives the name under which the log has it.

    The query is left out: what somebody searches for is nobody's business.
    """
    name = secrets.token_hex(4)
    _log.exception("failure %s at %s %s", name, scope["method"], ascii(scope["path"]))
    return name


def _measured(receive: Receive, most: int) -> Receive:
    """What is sent, as long as it is no more than ``most`` bytes."""
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, "what was sent is too large")
        return message

    return measured


def _stranger(request: Request, settings: Settings) -> Response | None:
    """What is told to a request that does not come from a visitor of this page."""
    if is_loopback(settings.host) and not _local(request.headers.get("host", "")):
        return PlainTextResponse("this page answers to its own address only", 400)
    writes = request.method not in _SAFE
    if (writes and not _same_site(request)) or (not writes and _embedded(request)):
        return PlainTextResponse("this request comes from another site", 403)
    return _unknown(request, settings) if settings.token else None


def _local(host: str) -> bool:
    """Whether a ``Host`` names this machine: a name that merely points here is another site's."""
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False


def _embedded(request: Request) -> bool:
    """Whether a page of another site asks by itself: links from there may be followed."""
    headers = request.headers
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return False
    return headers.get("sec-fetch-mode") != "navigate" or (
        headers.get("sec-fetch-dest", "document") != "document"
    )


def _same_site(request: Request) -> bool:
    """Whether a writing request comes from this page itself.

    A browser says where a form or script comes from; what says nothing must be no browser.
    """
    headers = request.headers
    fetch, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if fetch is not None and fetch not in ("same-origin", "none"):
        return False
    if origin is not None and (fetch != "same-origin" or origin != "null"):
        return urlsplit(origin).netloc == headers.get("host")
    return fetch == "same-origin" or not headers.get("user-agent", "").startswith("Mozilla/")


def _unknown(request: Request, settings: Settings) -> Response | None:
    """Ask for the token; one in the address moves to a cookie, out of sight and of the history."""
    given = request.query_params.get("token")
    name = f"{COOKIE}-{settings.port}"
    if given is not None and request.method in _SAFE and _equal(given, settings.token):
        clean = request.url.remove_query_params("token")
        path = "/" + clean.path.lstrip("/\\")
        answer = RedirectResponse(f"{path}?{clean.query}".rstrip("?"), 303)
        answer.set_cookie(name, given, httponly=True, samesite="strict")
        return answer
    if _equal(request.cookies.get(name, ""), settings.token):
        return None
    return PlainTextResponse("open the address that sijill serve printed, with its token", 401)


def _equal(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), token.encode())
