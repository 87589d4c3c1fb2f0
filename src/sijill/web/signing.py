"""Who corrects from this browser: asked once, remembered in a cookie."""

from __future__ import annotations

from fastapi.responses import RedirectResponse

from sijill.web.correction_form import COOKIE, kept_name

_A_YEAR = 365 * 24 * 3600


def signed(address: str, by: str) -> RedirectResponse:
    """On to an address of this page, with the author's name remembered."""
    answer = RedirectResponse(address, 303)
    if by.strip():
        answer.set_cookie(COOKIE, kept_name(by.strip()), max_age=_A_YEAR, samesite="lax")
    return answer
