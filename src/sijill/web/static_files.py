"""Static files: packed once, and kept by the browser until the program is another.

All of them lie below a name made of their contents (``/static/3f2a.../app.css``), so that scripts
and styles that name one another do so relative to themselves and come from one version.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

#: What gets smaller by packing; fonts and pictures are packed already.
_TEXTS = (".css", ".js", ".mjs", ".json", ".svg")
_LASTING = "public, max-age=31536000, immutable"
#: A file outside of the versioned name is asked for again each time, and sent if it changed.
_ASKED = "no-cache"


class Files(StaticFiles):
    """Serves a folder, below the name of its contents and below no name."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self.version = _version(folder)
        self._packed: dict[tuple[str, int], bytes] = {}

    @property
    def base(self) -> str:
        """The address below which this version of the files lies."""
        return f"/static/{self.version}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file of a path, packed where the browser takes it packed."""
        inner = Path(path)
        lasting = inner.parts[:1] == (self.version,)
        found = str(inner.relative_to(self.version)) if lasting else path
        answer = await super().get_response(found, scope)
        if isinstance(answer, FileResponse) and _takes_packed(scope, found):
            answer = await self._smaller(answer)
        answer.headers["Cache-Control"] = _LASTING if lasting else _ASKED
        return answer

    async def _smaller(self, whole: FileResponse) -> Response:
        """The same answer, packed: once for each state of the file."""
        path = os.fspath(whole.path)
        key = path, Path(path).stat().st_mtime_ns
        if key not in self._packed:
            self._packed[key] = await run_sync(_pack, path)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        headers["ETag"] = whole.headers["etag"].rstrip('"') + '-gzip"'
        return Response(self._packed[key], 200, headers, whole.media_type)


def _pack(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)


def _takes_packed(scope: Scope, path: str) -> bool:
    encodings = Headers(scope=scope).get("accept-encoding", "")
    return scope["method"] == "GET" and path.endswith(_TEXTS) and "gzip" in encodings


def _version(folder: Path) -> str:
    """A name for the contents of all files of a folder."""
    found = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]
