"""Which program reads: its version, and a digest of all that decides what it finds in a text."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from pathlib import Path

from sijill import __version__
from sijill.lexicon.place_rows import added_dir
from sijill.lexicon.tables import knowledge_dir

#: The rooms that an article passes through once its text is known.
_ROOMS = ("text", "lexicon", "ingest", "extract")
_DIGITS = 10


def reading_program() -> str:
    """The version and a digest, such as ``0.1.0+3fa94c07d1``.

    The digest is that of the packaged knowledge, the tables of places that the user added, and the
    code that reads: where it is the same, the same text gives the same reports.
    """
    whole = sha256()
    for name, path in sorted(_files()):
        whole.update(f"{name}\n".encode())
        whole.update(sha256(path.read_bytes()).digest())
    return f"{__version__}+{whole.hexdigest()[:_DIGITS]}"


def _files() -> Iterator[tuple[str, Path]]:
    home = Path(str(resources.files("sijill")))
    code = [
        home / "pipeline.py",
        *(path for room in _ROOMS for path in (home / room).rglob("*.py")),
    ]
    known = [path for path in knowledge_dir().rglob("*") if path.suffix in (".tsv", ".yml")]
    for path in (*code, *known):
        yield path.relative_to(home).as_posix(), path
    for path in added_dir().glob("*.tsv"):
        yield f"added/{path.name}", path
