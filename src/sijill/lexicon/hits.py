"""What is found where names are looked up: a name in a text, the names that a word begins."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Hit(msgspec.Struct, Generic[T], gc=False):
    """A name found at tokens ``[first, last)``, the clitics before it, and its entries."""

    first: int
    last: int
    before: str
    entries: tuple[T, ...]


class Start(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """The names that begin with one word, less the proclitics ``before``.

    ``alone`` are the entries of the name that is this word alone; ``longer`` the other names by
    their second word, the longest first, as the words behind the second and the entries.
    """

    before: str
    alone: tuple[T, ...]
    longer: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]]
