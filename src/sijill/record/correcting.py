"""Correcting a record: each change is kept with author and reason, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sijill.errors import SourceError, UsageError
from sijill.lexicon.place_rows import PlaceRow
from sijill.publish.label_studio_back import read_annotations
from sijill.record.assembling import Assembler
from sijill.record.corrections import Conflict, conflicts, correction_id, undone, value_of
from sijill.record.labelling import Labelled, labelled
from sijill.store.record_store import Store
from sijill.testimony import Correction

_KINDS = ("set", "merge", "split", "confirm", "undo")


class Correcting:
    """Makes, undoes, exports and applies corrections."""

    def __init__(self, store: Store, assembler: Assembler, places: Mapping[str, PlaceRow]) -> None:
        self._store = store
        self._assembler = assembler
        self._places = places

    def set(self, event: str, field: str, value: str, *, why: str, by: str) -> Correction:
        """Set a field of an event.

        Raises:
            UsageError: no such event or field, or the value is none of its kind.
        """
        members = self._members(event)
        value_of(field, value, self._places)
        return self._make("set", event, field, value, why, by, members)

    def merge(self, events: Iterable[str], *, why: str, by: str) -> Correction:
        """Make one event of several.

        Raises:
            UsageError: fewer than two, or one that is not there.
        """
        names = list(dict.fromkeys(events))
        if len(names) < 2:
            raise UsageError("name at least two events to merge")
        members = [member for name in names for member in self._members(name)]
        first = " ".join(self._members(name)[0] for name in names)
        return self._make("merge", names[0], "", first, why, by, members)

    def split(self, event: str, testimonies: Iterable[str], *, why: str, by: str) -> Correction:
        """Take testimonies out of an event and make an event of their own of them.

        Raises:
            UsageError: a testimony is not the event's, or nothing would be left of it.
        """
        members, apart = self._members(event), list(dict.fromkeys(testimonies))
        strangers = [one for one in apart if one not in members]
        if strangers:
            raise UsageError(f"event {event} has no testimony {', '.join(strangers)}")
        if not apart or len(apart) == len(members):
            raise UsageError("name some of the event's testimonies, not all and not none")
        return self._make("split", event, "", " ".join(apart), why, by, members)

    def confirm(self, event: str, question: str, value: str, *, why: str, by: str) -> Correction:
        """Keep that somebody looked at a question about an event and left the record as it is.

        It changes no event. ``value`` is what was confirmed: where the record says something else
        later, the question is open again.

        Raises:
            UsageError: no such event.
        """
        self._members(event)
        return self._make("confirm", event, question, value, why, by, ())

    def undo(self, ident: str, *, why: str, by: str) -> Correction:
        """Undo a correction, or an undo.

        Raises:
            UsageError: there is no such correction, or it is undone already.
        """
        given = next((one for one in self._store.corrections() if one.id == ident), None)
        if given is None:
            raise UsageError(f"no correction {ident!r}; list them: sijill corrections list")
        if ident in undone(self._store.corrections()):
            raise UsageError(f"correction {ident} is undone already; undo its undo to have it back")
        members = self._touched(given)
        return self._make("undo", given.target, "", "", why, by, members, undoes=ident)

    def log(self) -> list[Correction]:
        """Every correction, the undone ones too, in the order in which they were made."""
        return list(self._store.corrections())

    def conflicts(self) -> list[Conflict]:
        """The corrections in force that no longer fit what the record holds."""
        return conflicts(self._store, self._places)

    def export(self) -> Iterator[bytes]:
        """Every correction as a line of JSON."""
        for one in self._store.corrections():
            yield msgspec.json.encode(one) + b"\n"

    def apply(self, path: Path) -> tuple[int, list[Conflict]]:
        """Take over corrections from a file that :meth:`export` wrote.

        Gives how many were new, and those in force that do not fit this record.

        Raises:
            SourceError: a line that is no correction; nothing is taken over then.
        """
        return len(self._take(list(_read(path)))), self.conflicts()

    def apply_labels(self, path: Path, by: str = "", dry_run: bool = False) -> Labelled:
        """Correct what people changed in Label Studio, from its JSON export.

        ``by`` is who corrected, in place of whom the file names; with ``dry_run`` nothing is kept.
        Reading a file twice changes nothing.

        Raises:
            SourceError: the file is no such export.
            UsageError: an annotation does not say who made it, and ``by`` neither.
        """
        found = labelled(self._store, read_annotations(path), self._places, by)
        if not dry_run:
            self._take([one.correction for one in found.placed])
        return found

    def _take(self, given: Iterable[Correction]) -> list[Correction]:
        """Keep corrections and lay them over the events; those that were new."""
        with self._store.batch():
            new = [one for one in given if self._store.add_correction(one)]
            self._assembler.refresh({member for one in new for member in self._touched(one)})
        return new

    def _members(self, event: str) -> list[str]:
        found = self._store.event(event)
        if found is None or found.withdrawn:
            raise UsageError(f"no event {event!r}; list them: sijill events")
        if found.event.id != event:
            raise UsageError(f"event {event} was replaced by {found.event.id}; name that one")
        return list(found.event.members)

    def _touched(self, given: Correction) -> list[str]:
        """The testimonies whose events a correction bears on."""
        found = self._store.event(given.target)
        members = list(found.event.members) if found else []
        if given.kind == "undo":
            undone = next(
                (one for one in self._store.corrections() if one.id == given.undoes), None
            )
            return [*members, *(self._touched(undone) if undone else ())]
        regroups = given.kind in ("merge", "split")
        there = self._store.events_of(given.value.split()) if regroups else {}
        return [*members, *there]

    def _make(
        self,
        kind: str,
        target: str,
        field: str,
        value: str,
        why: str,
        by: str,
        touched: Iterable[str],
        undoes: str = "",
    ) -> Correction:
        if not why.strip() or not by.strip():
            raise UsageError("a correction needs a reason and an author: --why and --by")
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        ident = correction_id(kind, target, field, value or undoes, by, at)
        made = Correction(ident, kind, target, field, value, why, by, at, undoes)
        with self._store.batch():
            self._store.add_correction(made)
            self._assembler.refresh(set(touched))
        return made


def _read(path: Path) -> Iterator[Correction]:
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            made = msgspec.json.decode(line, type=Correction)
            if made.kind not in _KINDS:
                raise msgspec.ValidationError(f"no kind {made.kind!r}")
            yield made
        except msgspec.DecodeError as error:
            message = f"no correction ({error}); use a file that sijill corrections export wrote"
            raise SourceError(str(path), "not-a-correction", message, number) from error
