"""What a person needs to know when something does not work: versions, libraries, the record."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from sijill import __version__
from sijill.compiled import compiled
from sijill.errors import SijillError
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import added_dir
from sijill.record.program import reading_program

#: Libraries that only some formats and inputs need, and what for.
_OPTIONAL = {
    "xlsxwriter": "XLSX exports: pip install 'sijill[xlsx]'",
    "pyarrow": "Parquet exports: pip install 'sijill[parquet]'",
    "psycopg": "PostgreSQL: pip install 'sijill[postgresql]'",
    "pandas": "data frames in Python: pip install pandas",
    "geopandas": "maps in Python: pip install geopandas",
    "feedparser": "feeds: pip install 'sijill[inputs]'",
    "fastwarc": "web archives: pip install 'sijill[inputs]'",
    "daft": "several processes, and object stores: pip install 'sijill[engine]'",
    "ray": "clusters: pip install 'sijill[ray]'",
}


def examine(record: str) -> Iterator[str]:
    """Line by line: the program, its parts, the knowledge, the record at ``record``."""
    yield f"sijill {__version__}, Python {platform.python_version()}, {platform.platform()}"
    yield f"SQLite {sqlite3.sqlite_version}, {sys.getfilesystemencoding()} file names"
    yield _reader()
    for module, use in _OPTIONAL.items():
        yield f"{module}: {_version(module) or f'not installed; for {use}'}"
    yield from _knowledge()
    yield from _record(record)


def _reader() -> str:
    state = compiled()
    if state.changed:
        named = ", ".join(state.changed)
        return f"reader: compiled from other sources than there are ({named}); run: make compile"
    if state.modules:
        return f"reader: {state.modules} modules compiled"
    return "reader: plain Python, with the same results; twice as fast compiled: make compile"


def _version(module: str) -> str:
    """Told by the installer where importing takes seconds and tells the makers of it."""
    try:
        if module in ("daft", "ray"):
            return importlib.metadata.version(module)
        return str(getattr(importlib.import_module(module), "__version__", "installed"))
    except ImportError:
        return ""


def _knowledge() -> Iterator[str]:
    try:
        knowledge = load_knowledge()
    except SijillError as error:
        yield f"knowledge: does not load: {error}"
        return
    lexicon = knowledge.lexicon
    yield (
        f"knowledge: {len(knowledge.rules):,} rules, {len(lexicon.actors):,} actors, "
        f"{len(lexicon.places):,} places; added tables in {added_dir()}: "
        f"{len(list(added_dir().glob('*.tsv')))}"
    )


def _record(record: str) -> Iterator[str]:
    from sijill.record.record import Record

    if "://" not in record:
        path = Path(record)
        free = shutil.disk_usage(path.parent if path.parent.exists() else Path.cwd()).free
        yield f"disk: {free / 1e9:,.1f} GB free"
        if not path.exists():
            yield f"record {record}: there is none yet; make one: sijill read ARTICLES"
            return
    try:
        with Record.open(record, create=False, read_only=True) as opened:
            yield (
                f"record {record}: {opened.count():,} events, "
                f"{opened.store.count_testimonies():,} reports, "
                f"{len(list(opened.store.unlinked())):,} articles not linked yet, "
                f"{opened.store.count_awaiting():,} reports not in events yet"
            )
            if others := opened.store.count_read_by_others(reading_program()):
                yield (
                    f"record {record}: {others:,} articles were read by another version or with "
                    f"other tables; read them once more: sijill read --again --record {record}"
                )
            for conflict in opened.correcting.conflicts():
                yield f"correction {conflict.correction.id} does not fit: {conflict.why}"
    except SijillError as error:
        yield f"record {record}: {error}"
