"""Which number stands for which id: rows are joined by the one and named by the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

#: What is remembered of a table, about 15 MB; a full memory starts afresh.
_MOST = 50_000


class Numbers:
    """The numbers of the rows of one table, as far as they were asked for lately.

    No row is ever taken out of a record, so a number stays; one given in a transaction that
    failed does not, and who fails must ``forget``.
    """

    def __init__(self) -> None:
        self._of: dict[str, int] = {}
        self._ids: dict[int, str] = {}

    def forget(self) -> None:
        """Remember nothing."""
        self._of.clear()
        self._ids.clear()

    def of(
        self, ids: Iterable[str], ask: Callable[[list[str]], Iterable[tuple[str, int]]]
    ) -> dict[str, int]:
        """The number of each id that there is; ``ask`` gives ids with numbers where it must."""
        wanted = list(dict.fromkeys(ids))
        found = {id: n for id in wanted if (n := self._of.get(id)) is not None}
        if missing := [id for id in wanted if id not in found]:
            fresh = dict(ask(missing))
            self._keep(fresh)
            found |= fresh
        return found

    def ids(
        self, numbers: Iterable[int], ask: Callable[[list[int]], Iterable[tuple[str, int]]]
    ) -> dict[int, str]:
        """The id of each number that there is; ``ask`` gives ids with numbers where it must."""
        wanted = list(dict.fromkeys(numbers))
        found = {n: id for n in wanted if (id := self._ids.get(n)) is not None}
        if missing := [n for n in wanted if n not in found]:
            fresh = dict(ask(missing))
            self._keep(fresh)
            found |= {n: id for id, n in fresh.items()}
        return found

    def _keep(self, fresh: dict[str, int]) -> None:
        if len(self._of) + len(fresh) > _MOST:
            self.forget()
        self._of |= fresh
        self._ids |= {n: id for id, n in fresh.items()}
