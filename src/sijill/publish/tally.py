"""What an export counts while it runs: events, testimonies, losses, and a digest of the content."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from sijill.lexicon.labels import load_labels
from sijill.publish.bundle import Loss, Meta, Request, program_version
from sijill.testimony import Testimony

#: How many events a loss names; the count says how many there were.
_EXAMPLES = 20


class Tally:
    """The running account of one export."""

    def __init__(self, form: str, request: Request) -> None:
        self.form, self.request = form, request
        self.given = self.written = self.members = 0
        self.last_told = ""
        self.extensions: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}
        self._digest = hashlib.sha256()

    def see(self, told: Sequence[Testimony], line: bytes) -> None:
        """Count an event (or document) that came in; ``line`` is its line of JSON."""
        self.given += 1
        self._digest.update(line)
        days = [one.said_on for one in told if one.said_on]
        self.last_told = max([self.last_told, *days])

    def wrote(self, members: int) -> None:
        """Count an event (or document) that the format took, with its testimonies."""
        self.written += 1
        self.members += members

    def lose(self, kind: str, ident: str) -> None:
        """Count something about the event ``ident`` that the format cannot hold."""
        self._counts[kind] += 1
        shown = self._examples.setdefault(kind, [])
        if len(shown) < _EXAMPLES and ident not in shown:
            shown.append(ident)

    def meta(self) -> Meta:
        """The account so far."""
        labels = load_labels()
        licence = self.request.licence or labels.english("note", "licence")
        return Meta(
            form=self.form,
            program="sijill",
            version=program_version(),
            filter=self.request.filter,
            licence=licence,
            private_names=self.request.names,
            given=self.given,
            events=self.written,
            members=self.members,
            last_told=self.last_told,
            content_sha256=self._digest.hexdigest(),
            losses=tuple(map(self._loss, sorted(self._counts))),
            extensions=tuple(sorted(self.extensions)),
        )

    def _loss(self, kind: str) -> Loss:
        labels = load_labels()
        return Loss(
            kind,
            self._counts[kind],
            labels.english("loss", kind),
            labels.arabic("loss", kind),
            tuple(self._examples[kind]),
        )
