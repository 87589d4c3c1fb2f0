"""What keeps the page safe: article text is hostile, and so may be other sites in the browser."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

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
    # Other sites learn nothing; without any referrer, browsers would send forms of this page with
    # the origin "null", which is what a foreign frame has.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
COOKIE = "sijill-token"
_SAFE = ("GET", "HEAD", "OPTIONS")
Next = Callable[[Request], Awaitable[Response]]


def protect(app: FastAPI, settings: Settings) -> None:
    """Check every request before it reaches a page, and mark every answer."""

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        refused = _refusal(request, settings)
        response = refused or await call_next(request)
        response.headers.update(HEADERS)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _refusal(request: Request, settings: Settings) -> Response | None:
    if is_loopback(settings.host) and not _local(request.headers.get("host", "")):
        return PlainTextResponse("this page answers to its own address only", 400)
    if request.method not in _SAFE and not _same_site(request):
        return PlainTextResponse("this request comes from another site", 403)
    return _unknown(request, settings) if settings.token else None


def _local(host: str) -> bool:
    """Whether a ``Host`` names this machine: a name that merely points here is another site's."""
    return is_loopback(urlsplit(f"//{host}").hostname or "")


def _same_site(request: Request) -> bool:
    """Whether a writing request comes from this page itself."""
    fetch = request.headers.get("sec-fetch-site")
    if fetch is not None and fetch not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return fetch is not None or "cookie" not in request.headers
    return urlsplit(origin).netloc == request.headers.get("host")


def _unknown(request: Request, settings: Settings) -> Response | None:
    given = request.query_params.get("token")
    if given is not None and _equal(given, settings.token):
        clean = request.url.remove_query_params("token")
        answer = RedirectResponse(f"{clean.path}?{clean.query}".rstrip("?"), 303)
        answer.set_cookie(COOKIE, given, httponly=True, samesite="strict")
        return answer
    if _equal(request.cookies.get(COOKIE, ""), settings.token):
        return None
    return PlainTextResponse("open the address that sijill serve printed, with its token", 401)


def _equal(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())
