"""What is told when a request cannot be met: pages that say why and where to go on.

They tell no paths of this machine: whoever looks at the page may sit elsewhere.
"""

from __future__ import annotations

import re

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from sijill.errors import SijillError, UsageError
from sijill.web.frame import Frame

#: The folders before a file's name, on any system.
_FOLDERS = re.compile(r"(?<![\w/:.])(?:[A-Za-z]:[\\/]|/|\\\\)(?:[^\s/\\:;,'\"]+[\\/])+")
#: A password in an address of a database.
_ACCOUNT = re.compile(r"(\w+://)[^\s/@]*@")


def explain_faults(app: FastAPI, frame: Frame) -> None:
    """Make a page of every error that is raised on purpose."""

    def page(request: Request, code: int, message: str) -> Response:
        values = {"code": code, "message": discreet_words(message, frame), "failure": ""}
        return frame.page(request, "error.html", code, **values)

    @app.exception_handler(SijillError)
    def refused(request: Request, error: SijillError) -> Response:
        return page(request, 400 if isinstance(error, UsageError) else 503, str(error))

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> Response:
        answer = page(request, error.status_code, error.detail)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> Response:
        named = ", ".join(str(one["loc"][-1]) for one in error.errors())
        return page(request, 400, f"cannot be understood: {named}")


def discreet_words(message: str, frame: Frame) -> str:
    """A message without folders and accounts; the record is called by its name alone."""
    whole = str(frame.records.reader.store.name)
    name = whole.replace("\\", "/").rsplit("/", 1)[-1]
    short = message.replace(whole, name) if name else message
    return _ACCOUNT.sub(r"\1", without_folders(short))


def without_folders(words: str) -> str:
    """``words`` with the names of files alone where whole paths of this machine stood."""
    return _FOLDERS.sub("", words)
