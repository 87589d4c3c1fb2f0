"""What is found where names are looked up: a name in a text, the names that a word begins."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Hit(Generic[T]):
    """A name found at tokens ``[first, last)``, the clitics before it, and its entries."""

    __slots__ = ("before", "entries", "first", "last")

    def __init__(self, first: int, last: int, before: str, entries: tuple[T, ...]) -> None:
        self.first, self.last, self.before, self.entries = first, last, before, entries


class Start(Generic[T]):
    """The names that begin with one word, less the proclitics ``before``.

    ``alone`` are the entries of the name that is this word alone; ``longer`` the other names by
    their second word, the longest first, as the words behind the second and the entries.
    """

    __slots__ = ("alone", "before", "longer")

    def __init__(
        self,
        before: str,
        alone: tuple[T, ...],
        longer: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]],
    ) -> None:
        self.before, self.alone, self.longer = before, alone, longer
