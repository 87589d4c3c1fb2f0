"""What links documents and testimonies: signatures, copies, families, keys and compared pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.errors import RecordError
from sijill.store.asking import Question
from sijill.store.schema import (
    copies,
    documents,
    keys,
    linked,
    pairs,
    signatures,
    testimonies,
)
from sijill.store.states import json
from sijill.store.testimonies import TOLD, Testimonies, told
from sijill.store.transactions import (
    chunks,
    insert_missing,
    insert_or_update,
    replace,
    update,
)
from sijill.testimony import CopyLink, Pair, Testimony

_read_reasons = msgspec.json.Decoder(tuple[tuple[str, float], ...]).decode


class Links(Testimonies):
    """The links of a record; each is written over where it was found anew."""

    def _named(
        self, connection: sa.Connection, table: sa.Table, ids: Iterable[str]
    ) -> dict[str, int]:
        """The numbers of ids, all of which must be there."""
        names = list(dict.fromkeys(ids))
        found = self._numbered(connection, table, names)
        for id in names:
            if id not in found:
                raise RecordError(self.name, "unknown-id", f"no {id} in {table.name}; add it first")
        return found

    def add_signatures(self, given: Mapping[str, Sequence[int]]) -> None:
        """Keep the bands of documents' MinHash, by document id."""
        with self._writing() as connection:
            numbers = self._named(connection, documents, given)
            rows = [
                (_signed(value), numbers[id])
                for id, values in given.items()
                for value in dict.fromkeys(values)
            ]
            insert_missing(connection, signatures, sorted(rows))

    def clear_signatures(self) -> list[str]:
        """Take all bands away, and say whose they were, in the order of reading."""
        banded = sa.select(signatures.c.document).distinct()
        asked = sa.select(documents.c.id).where(documents.c.n.in_(banded)).order_by(documents.c.n)
        with self._writing() as connection:
            found = [row.id for row in connection.execute(asked)]
            connection.execute(signatures.delete())
        return found

    def signatures_sharing(self, bands: Sequence[int]) -> dict[str, int]:
        """The documents that share a band with these, and how many bands they share."""
        c = signatures.c
        asked = (
            sa.select(documents.c.id, sa.func.count())
            .join_from(signatures, documents)
            .where(c.hash.in_([_signed(value) for value in bands]))
            .group_by(documents.c.id)
        )
        with self._reading() as connection:
            return dict(map(tuple, connection.execute(asked)))

    def unlinked(self, among: Collection[str] | None = None) -> list[str]:
        """The documents, all or some of these, that were not linked yet, in the order of reading.

        To ask among all takes longer the more the record holds.
        """
        asked = (
            sa.select(documents.c.id)
            .join(linked, linked.c.document == documents.c.n, isouter=True)
            .where(linked.c.document.is_(None))
            .order_by(documents.c.n)
        )
        if among is None:
            return [row.id for row in self._stream(asked)]
        with self._reading() as connection:
            return [row.id for row in self._by_ids(connection, asked, documents.c.id, among)]

    def mark_linked(self, ids: Iterable[str]) -> None:
        """Say that documents were linked."""
        with self._writing() as connection:
            numbers = self._named(connection, documents, ids)
            rows = [{"document": n} for n in numbers.values()]
            insert_or_update(connection, linked, rows)

    def add_copies(self, given: Iterable[CopyLink]) -> None:
        """Keep copies; one of the same two documents in the same order takes the other's place."""
        links = list(given)
        with self._writing() as connection:
            ids = [id for link in links for id in (link.a, link.b)]
            numbers = self._named(connection, documents, ids)
            rows = {(link.a, link.b): msgspec.structs.asdict(link) for link in links}
            numbered = [row | {s: numbers[row[s]] for s in "ab"} for row in rows.values()]
            insert_or_update(connection, copies, numbered)

    def copies(
        self, ids: Collection[str] | None = None, least: float = 0.0, *, standing: bool = False
    ) -> Iterator[CopyLink]:
        """The copies that one of the documents is part of, or all, that share at least so much.

        ``standing`` leaves out those of texts that later ones superseded.
        """
        a, b = documents.alias(), documents.alias()
        c = copies.c
        asked = sa.select(a.c.id, b.c.id, c.kind, c.share, c.agency).select_from(
            copies.join(a, c.a == a.c.n).join(b, c.b == b.c.n)
        )
        asked = asked.where(c.share >= least)
        if standing:
            asked = asked.where(a.c.superseded_by.is_(None), b.c.superseded_by.is_(None))
        for row in self._of_either(asked, documents, (c.a, c.b), ids):
            yield CopyLink(*row)

    def _of_either(
        self,
        asked: sa.Select[Any],
        table: sa.Table,
        ends: tuple[Any, Any],
        ids: Collection[str] | None,
    ) -> Iterator[Any]:
        """Rows one of whose ends is one of the ids of a table, each once, sorted.

        Each end is asked for by its number and apart from the other, so that an index answers.
        """
        if ids is None:
            yield from self._stream(asked.order_by(*ends))
            return
        found: dict[tuple[int, int], Any] = {}
        with self._reading() as connection:
            inside = self._numbered(connection, table, ids).values()
            for end in ends:
                for row in self._tuples(connection, asked.add_columns(*ends), end, inside):
                    found[row[-2:]] = row[:-2]
        yield from (found[key] for key in sorted(found))

    def set_families(self, families: Mapping[str, str]) -> None:
        """Say which family of copies documents belong to; an empty one is nobody's copy."""
        with self._writing() as connection:
            numbers = self._named(connection, documents, families)
            rows = [{"n": numbers[id], "family": family} for id, family in families.items()]
            update(connection, documents, rows)

    def families(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """The family of each of the documents, or of all that belong to one."""
        c = documents.c
        if ids is None:
            asked = sa.select(c.id, c.family).where(c.family != "")
            return {row.id: row.family for row in self._stream(asked)}
        with self._reading() as connection:
            return {id: family or id for id, family in _FAMILY.rows(connection, ids)}

    def family(self, family: str) -> list[str]:
        """The ids of the documents of a family, in the order of reading."""
        c = documents.c
        asked = sa.select(c.id).where((c.family == family) | (c.id == family))
        return [row.id for row in self._stream(asked.order_by(c.n))]

    def add_keys(self, given: Mapping[str, Iterable[str]]) -> None:
        """Keep the keys of testimonies, by testimony id."""
        with self._writing() as connection:
            numbers = self._named(connection, testimonies, given)
            rows = [(key, numbers[id]) for id, some in given.items() for key in dict.fromkeys(some)]
            insert_missing(connection, keys, sorted(rows))

    def sharing(self, wanted: Iterable[str]) -> Iterator[Testimony]:
        """Testimonies that have one of the keys, each once, withdrawn ones left out."""
        seen: set[str] = set()
        for chunk in chunks(wanted):
            having = sa.select(keys.c.testimony).where(keys.c.key.in_(chunk))
            asked = TOLD.where(testimonies.c.n.in_(having), testimonies.c.withdrawn.is_(False))
            for one in map(told, self._stream(asked.order_by(testimonies.c.n))):
                if one.id not in seen:
                    seen.add(one.id)
                    yield one

    def meeting(self, wanted: Iterable[str]) -> dict[str, list[str]]:
        """The ids of the testimonies under each of the keys, withdrawn ones left out.

        Keys are asked for apart from testimonies: a plan that joins them may read all of these.
        """
        found: dict[str, list[str]] = {}
        with self._reading() as connection:
            under = list(_KEYED.rows(connection, wanted))
            numbers = {number for _, number in under}
            numbers.difference_update(n for (n,) in _GONE.rows(connection, numbers))
            names = self._ids_of(connection, testimonies, numbers)
        for key, number in sorted(under):
            if number in names:
                found.setdefault(key, []).append(names[number])
        return found

    def documents_under(self, bands: Iterable[int]) -> dict[int, list[str]]:
        """The ids of the documents under each of the bands, superseded texts left out."""
        found: dict[int, list[str]] = {}
        with self._reading() as connection:
            under = list(_BANDED.rows(connection, map(_signed, bands)))
            names = dict(_LIVE.rows(connection, {number for _, number in under}))
        for band, number in under:
            if number in names:
                found.setdefault(band & _UNSIGNED, []).append(names[number])
        return found

    def add_pairs(self, given: Iterable[Pair]) -> None:
        """Keep compared pairs; one of the same two testimonies takes the other's place."""
        compared = {(pair.a, pair.b): pair for pair in given}
        texts: dict[int, str] = {}
        for pair in compared.values():  # many have the same reasons, often as one object
            if id(pair.reasons) not in texts:
                texts[id(pair.reasons)] = json(pair.reasons)
        with self._writing() as connection:
            numbers = self._named(connection, testimonies, (id for both in compared for id in both))
            rows = [
                (numbers[a], numbers[b], pair.score, texts[id(pair.reasons)])
                for (a, b), pair in compared.items()
            ]
            replace(connection, pairs, sorted(rows))

    def pairs(self, ids: Collection[str] | None = None) -> Iterator[Pair]:
        """The pairs that one of the testimonies is part of, or all."""
        a, b = testimonies.alias(), testimonies.alias()
        c = pairs.c
        asked = sa.select(a.c.id, b.c.id, c.score, c.reasons).select_from(
            pairs.join(a, c.a == a.c.n).join(b, c.b == b.c.n)
        )
        for first, second, score, reasons in self._of_either(asked, testimonies, (c.a, c.b), ids):
            yield Pair(first, second, score, _read_reasons(reasons))


_KEYED = Question(sa.select(keys.c.key, keys.c.testimony), keys.c.key)
_GONE = Question(
    sa.select(testimonies.c.n).where(testimonies.c.withdrawn.is_(True)), testimonies.c.n
)
_BANDED = Question(sa.select(signatures.c.hash, signatures.c.document), signatures.c.hash)
_LIVE = Question(
    sa.select(documents.c.n, documents.c.id).where(documents.c.superseded_by.is_(None)),
    documents.c.n,
)
_FAMILY = Question(sa.select(documents.c.id, documents.c.family), documents.c.id)
_UNSIGNED = (1 << 64) - 1


def _signed(value: int) -> int:
    """A hash of 64 bits as the signed number that both databases keep."""
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value
