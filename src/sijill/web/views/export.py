"""Export: exactly the events that an address asks for, as a file of any format."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from sijill.errors import UsageError
from sijill.publish.bundle import Request as Wish
from sijill.publish.export import FORMS
from sijill.web.asked import Asked, read_asked
from sijill.web.frame import Frame

#: What a file's name may not hold on some system.
_UNFIT = re.compile(r"[^\w.-]+|\.{2,}")
_LONGEST_NAME = 100
_YES = ("1", "yes", "on")


def router(frame: Frame) -> APIRouter:
    """The route that gives files."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/export")
    def export(request: Request, form: str = "csv", names: str = "", account: str = "") -> Response:
        """The file alone; with ``account`` a ZIP of all its files and the account of them."""
        asked = read_asked(request.query_params)
        if form not in FORMS:
            raise UsageError(f"no format {form!r}; there are: {', '.join(FORMS)}")
        folder = tempfile.TemporaryDirectory(prefix="sijill-export-")
        try:
            path = Path(folder.name) / f"events{FORMS[form].suffix}"
            wish = Wish(names=names in _YES, bom=form == "csv")
            reader.export(path, form, wish, **asked.question, order=asked.order)
            sent = _packed(path) if account in _YES else path
        except BaseException:
            folder.cleanup()
            raise
        name = f"{_file_name(Path(reader.store.name).stem, asked, form)}{sent.suffix}"
        return FileResponse(sent, filename=name, background=BackgroundTask(folder.cleanup))

    return routes


def _packed(path: Path) -> Path:
    """Everything that stands beside ``path``, and itself, in one file."""
    files = sorted(path.parent.iterdir())
    packed = path.with_name("export.zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            archive.write(one, one.name)
    return packed


def _file_name(record: str, asked: Asked, form: str) -> str:
    """A name that says what is in the file: the record, the filters, the format if it is one of
    several with the same ending.
    """
    parts = ["sijill", record, *asked.filters.values()]
    parts += [form] if FORMS[form].suffix != f".{form}" else []
    return _UNFIT.sub("-", "_".join(parts)).strip("-")[:_LONGEST_NAME]
