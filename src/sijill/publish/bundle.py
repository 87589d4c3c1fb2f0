"""What an export takes and tells: an event with its testimonies, the request, the account of it."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

import msgspec

from sijill.testimony import Event, Testimony


class Bundle(msgspec.Struct, frozen=True):
    """An event with the testimonies that it was assembled from, in the order of its members."""

    event: Event
    testimonies: tuple[Testimony, ...] = ()


class Request(msgspec.Struct, frozen=True):
    """How to write an export.

    ``filter`` says in words which events were asked for; ``licence`` replaces the standing note;
    ``names`` asks for the names of private people and for quotations; ``bom`` puts a byte order
    mark before CSV, which Excel needs to see UTF-8 in it.
    """

    filter: str = ""
    licence: str = ""
    names: bool = False
    bom: bool = False


class Loss(msgspec.Struct, frozen=True):
    """What a format could not hold: how often, in words, and the first events it befell."""

    kind: str
    count: int
    english: str
    arabic: str
    examples: tuple[str, ...]


class FileSum(msgspec.Struct, frozen=True):
    """One file of an export, with its size and the SHA-256 of its bytes."""

    name: str
    bytes: int
    sha256: str


class Meta(msgspec.Struct, frozen=True, rename={"form": "format"}):
    """The account of an export.

    ``given`` events came in and ``events`` were written, with ``members`` testimonies behind them.
    ``content_sha256`` is taken over the given events as lines of JSON, so that two exports of the
    same events agree in it whatever their formats. ``files`` is empty inside a file, which
    cannot hold its own checksum, and filled in the account beside it.
    """

    form: str
    program: str
    version: str
    filter: str
    licence: str
    private_names: bool
    given: int
    events: int
    members: int
    last_told: str
    content_sha256: str
    losses: tuple[Loss, ...] = ()
    extensions: tuple[str, ...] = ()
    files: tuple[FileSum, ...] = ()


@lru_cache(maxsize=1)
def program_version() -> str:
    """The version of the program that writes."""
    return version("sijill")


def report_id(testimony: Testimony) -> str:
    """The id of the report within its document: what follows the last slash."""
    return testimony.id.rpartition("/")[2]
