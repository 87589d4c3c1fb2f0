"""What people give the page to read: files and pasted text, kept until they are read.

Nothing that was given is run, opened by its own name, or fetched from. Files lie in a private
temporary folder under numbers; the name that a person gave is only what the document is called.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec
from starlette.datastructures import UploadFile

from sijill.errors import UsageError
from sijill.ingest.files import READABLE, kind_of
from sijill.issues import Issue
from sijill.web.jobs import Given
from sijill.web.settings import Settings

_AT_ONCE = 1 << 20
_LONGEST_NAME = 160
#: Signs that have no place in a name: controls, and marks that turn the direction of a line.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def keep_files(files: Sequence[UploadFile], settings: Settings) -> Given:
    """Files that were sent, for a job; those that cannot be read are refused with the reason.

    Raises:
        UsageError: none was sent, or more than are taken.
    """
    files = [one for one in files if one.filename]
    if not files:
        raise UsageError("no file was sent; choose one, or paste a text")
    if len(files) > settings.most_files:
        raise UsageError(f"{len(files)} files; at most {settings.most_files} are taken at once")
    return _in_folder(lambda folder: _kept(files, folder, settings))


def keep_text(fields: dict[str, str], settings: Settings) -> Given:
    """A pasted text with its ``title``, ``outlet`` and ``date``, for a job.

    Raises:
        UsageError: no text, one that is too long, or a date that is none.
    """
    text = fields.get("text", "").strip()
    if not text:
        raise UsageError("there is no text; paste an article")
    if len(text.encode()) > settings.most_bytes:
        raise UsageError(
            f"the text is longer than {settings.most_bytes:,} bytes; send it as a file"
        )
    row = {name: _plain(fields.get(name, "")) for name in ("title", "outlet")}
    row |= {"published": _day(fields.get("date", "")), "text": text}
    row["doc"] = row["title"] or f"pasted-{sha256(text.encode()).hexdigest()[:8]}"
    data = msgspec.json.encode({name: value for name, value in row.items() if value})

    def write(folder: Path) -> Given:
        path = folder / "0001.jsonl"
        path.write_bytes(data)
        return Given((path,), {str(path): f"{row['doc']}.jsonl"}, folder)

    return _in_folder(write)


def clean_name(given: str) -> str:
    """The name of a document, of what a browser sent as the name of a file: no folders, one line.

    >>> clean_name("../../etc/news of today.txt")
    'news of today.txt'
    """
    name = _plain(re.split(r"[\\/]", given)[-1])
    ending = "".join(Path(name).suffixes[-2:]) if len(name) > _LONGEST_NAME else ""
    return name if not ending else name[: _LONGEST_NAME - len(ending)] + ending


def _plain(text: str) -> str:
    return " ".join(_HIDDEN.sub(" ", text).split())


def _day(given: str) -> str:
    if not given.strip():
        return ""
    try:
        return date.fromisoformat(given.strip()).isoformat()
    except ValueError:
        raise UsageError(f"{given!r} is no day; write it as 2017-03-09") from None


def _in_folder(write: Callable[[Path], Given]) -> Given:
    folder = Path(tempfile.mkdtemp(prefix="sijill-read-"))
    try:
        return write(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _kept(files: Sequence[UploadFile], folder: Path, settings: Settings) -> Given:
    names: dict[str, str] = {}
    refused: list[Issue] = []
    for number, file in enumerate(files, 1):
        name = _apart(clean_name(file.filename or "") or f"file {number}", names)
        path = folder / f"{number:04}{_ending(name)}"
        if kind_of(name) is None:
            message = f"this kind of file is not read; send {READABLE}"
            refused.append(Issue("skipped", "kind", message, name))
        elif _copy(file.file, path, settings.most_bytes):
            names[str(path)] = name
        else:
            message = f"larger than {settings.most_bytes:,} bytes; split it, or use sijill read"
            refused.append(Issue("skipped", "too-large", message, name))
    return Given(tuple(map(Path, names)), names, folder, tuple(refused))


def _apart(name: str, names: dict[str, str]) -> str:
    """The name, or one apart from it where another file has it: else one would replace the other.

    >>> _apart("a.txt", {"0001.txt": "a.txt"})
    'a~2.txt'
    """
    stem, dot, ending = name.partition(".")
    number, free = 1, name
    while free in names.values():
        number += 1
        free = f"{stem}~{number}{dot}{ending}"
    return free


def _ending(name: str) -> str:
    """The endings that say what kind a file is: known ones, or none."""
    lower = name.lower()
    packed = ".gz" if lower.endswith(".gz") else ""
    return Path(lower.removesuffix(".gz")).suffix + packed if kind_of(name) else ""


def _copy(source: BinaryIO, path: Path, most: int) -> bool:
    """Copy a file; tells whether it was small enough, and leaves none that was not."""
    written = 0
    source.seek(0)
    with path.open("wb") as out:
        while part := source.read(_AT_ONCE):
            written += len(part)
            if written > most:
                break
            out.write(part)
    if written > most:
        path.unlink()
    return written <= most
