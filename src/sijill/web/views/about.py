"""About the page: what it is and is not for, how it works, and the visitor's preferences."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from sijill import __version__
from sijill.web.frame import THEMES, Frame
from sijill.web.language import CODES

#: What a visitor may choose: the names of the cookies and their values.
CHOICES: dict[str, tuple[str, ...]] = {
    "lang": CODES,
    "theme": THEMES,
    "digits": ("latin", "eastern"),
    "months": ("regional", "gregorian"),
    "calm": ("yes", "no"),
}
_A_YEAR = 365 * 24 * 3600


def router(frame: Frame) -> APIRouter:
    """The routes of the page about the page."""
    routes = APIRouter()

    @routes.get("/about")
    def about(request: Request) -> Response:
        chosen = {name: request.cookies.get(name, "") for name in CHOICES}
        return frame.page(request, "about.html", chosen=chosen, version=__version__)

    @routes.post("/preferences")
    async def choose(request: Request) -> Response:
        form = await request.form()
        answer = RedirectResponse(inside(str(form.get("back", "/"))), 303)
        for name, values in CHOICES.items():
            if form.get(name) in values:
                answer.set_cookie(name, str(form[name]), max_age=_A_YEAR, samesite="lax")
        return answer

    return routes


def inside(address: str) -> str:
    """An address of this page; anything else, a way to another site, is the start page."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else "/"
