"""Who's On First: a distribution as places, be it a database or files of GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

import msgspec

from sijill.errors import SourceError
from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.unpack import first_bytes, unpacked
from sijill.gazetteer.wof_database import MAGIC, read_database
from sijill.gazetteer.wof_features import feature_place
from sijill.issues import IssueLog

_SUFFIXES = (".geojson", ".json", ".jsonl", ".geojsonl", ".ndjson")
_WHERE = "get a distribution from https://geocode.earth/data/whosonfirst/"


class _Typed(msgspec.Struct, frozen=True):
    type: str


class _Collection(msgspec.Struct, frozen=True):
    features: list[msgspec.Raw]


def read_whosonfirst(path: Path, log: IssueLog) -> Iterator[DumpPlace]:
    """The places of a distribution: an SQLite database, or GeoJSON (also as .gz, .bz2 or .zip).

    GeoJSON is a FeatureCollection, one feature, or one feature a line. A feature that says no place
    is a ``skipped`` issue in ``log``.

    Raises:
        SourceError: the file is empty, broken, or no distribution of Who's On First.
        OSError: the file cannot be opened.
    """
    good = False
    read = read_database if first_bytes(path).startswith(MAGIC) else _read_json
    for place in read(path, log):
        good = True
        yield place
    if not good:
        first = next((issue.message for issue in log), "it holds no feature")
        message = f"is no distribution of Who's On First ({first}); {_WHERE}"
        raise SourceError(str(path), "not-a-dump", message)


def _read_json(path: Path, log: IssueLog) -> Iterator[DumpPlace]:
    source = str(path)
    with unpacked(path, _SUFFIXES) as stream:
        head = stream.readline().removeprefix(b"\xef\xbb\xbf")
        if head.startswith(MAGIC):
            message = "is a packed database; unpack it first, with gunzip or bunzip2"
            raise SourceError(source, "packed", message)
        if _type_of(head) == "Feature":
            yield from _lines(chain([head], stream), source, log)
        else:
            yield from _whole(head, stream, source, log)


def _whole(head: bytes, stream: IO[bytes], source: str, log: IssueLog) -> Iterator[DumpPlace]:
    """A file that is one JSON value, or one feature a line of which the first is broken."""
    data = head + stream.read()
    kind = _type_of(data)
    if kind == "FeatureCollection":
        yield from _collection(data, source, log)
    elif kind == "Feature":
        yield feature_place(data, source, None, "its feature")
    elif any(_type_of(line) == "Feature" for line in data.splitlines()[1:10]):
        yield from _lines(data.splitlines(), source, log)
    else:
        raise SourceError(source, "json", f"{_why_not(data)}; {_WHERE}")


def _type_of(data: bytes) -> str:
    """What a JSON object calls itself, or nothing where it is none."""
    try:
        return msgspec.json.decode(data, type=_Typed).type
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def _why_not(data: bytes) -> str:
    try:
        msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"is not valid JSON ({error}) and no SQLite database"
    return "is no GeoJSON: neither a FeatureCollection nor a Feature"


def _lines(lines: Iterable[bytes], source: str, log: IssueLog) -> Iterator[DumpPlace]:
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        try:
            yield feature_place(line, source, number, "it")
        except SourceError as error:
            log.skip(error)


def _collection(data: bytes, source: str, log: IssueLog) -> Iterator[DumpPlace]:
    try:
        bodies = msgspec.json.decode(data, type=_Collection).features
    except msgspec.DecodeError as error:
        raise SourceError(source, "json", f"is no FeatureCollection ({error})") from error
    for number, body in enumerate(bodies, 1):
        try:
            yield feature_place(body, source, None, f"feature {number}")
        except SourceError as error:
            log.skip(error)
