"""A doubt as a question to a person: its sentences, and the answers, each of them a correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import msgspec

from sijill.errors import UsageError
from sijill.record.correcting import Correcting
from sijill.record.figure_corrections import figure_field, figure_value, is_figure, number_text
from sijill.store.answers import Doubt
from sijill.store.record_store import Store
from sijill.testimony import Correction, Dispute, Event, Testimony

#: Candidates of a place that are offered; the keys 1 to 9 choose among them.
_CHOICES = 9
#: Sentences that one screen holds.
_SENTENCES = 6
#: The field of an event that a dispute is about; one about numbers is about a figure.
_FIELDS = {
    "who": "actor",
    "whom": "target",
    "what": "type",
    "where": "place",
    "when": "time",
    "whether": "status",
}


class Option(msgspec.Struct, frozen=True):
    """One answer, and the correction that it is.

    ``name`` is ``accept`` (the record is right), ``reject`` (the opposite) or the number of a
    choice. ``kind``, ``field`` and ``value`` are those of a correction of the event; a merge names
    the other event.
    """

    name: str
    kind: str
    field: str = ""
    value: str = ""


class Question(msgspec.Struct, frozen=True):
    """What is asked of a person: the doubt, its events, the reports to read, the answers."""

    id: str
    doubt: Doubt
    event: Event
    told: tuple[Testimony, ...]
    options: tuple[Option, ...]
    other: Event | None = None
    dispute: Dispute | None = None

    @property
    def stand(self) -> str:
        """What the record says now: an event asks of its disputes one after the other."""
        accept = self.option("accept")
        return sha256(f"{accept.field}\x1f{accept.value}".encode()).hexdigest()[:12]

    def option(self, name: str) -> Option:
        """The answer of a name.

        Raises:
            UsageError: the question has no such answer; says which it has.
        """
        for one in self.options:
            if one.name == name:
                return one
        names = ", ".join(one.name for one in self.options)
        raise UsageError(f"no answer {name!r} to this question; there are: {names}")


def question_id(doubt: Doubt) -> str:
    """The id of a question: it stays for as long as it is asked of the same events and reports."""
    text = "\x1f".join((doubt.kind, doubt.event, doubt.other, *doubt.pair))
    return f"q{sha256(text.encode()).hexdigest()[:12]}"


def ask(store: Store, doubt: Doubt, answered: Sequence[Correction]) -> Question | None:
    """The question that a doubt is, or nothing where the corrections in force answer it.

    ``answered`` are those of its event.
    """
    found = store.event(doubt.event)
    if found is None or found.withdrawn or found.event.id != doubt.event:
        return None
    event = found.event
    confirmed = {(one.field, one.value) for one in answered if one.kind == "confirm"}
    changed = {one.field for one in answered if one.kind == "set"}
    dispute = None
    if doubt.kind == "dispute":
        dispute = next((d for d in event.disputes if _open(d, confirmed, changed)), None)
        if dispute is None:
            return None
    field, value = _stand(doubt, event, dispute)
    counted = bool(changed & {"status", "type"}) or any(map(is_figure, changed))
    if (field, value) in confirmed or (doubt.kind == "toll" and counted):
        return None
    told = tuple(_told(store, doubt, event, dispute))
    options = (Option("accept", "confirm", field, value), *_options(doubt, event, told, dispute))
    other = store.event(doubt.other) if doubt.other else None
    shown = told if doubt.pair or dispute else told[:_SENTENCES]
    return Question(
        question_id(doubt), doubt, event, shown, options, other.event if other else None, dispute
    )


def carry_out(make: Correcting, question: Question, name: str, *, why: str, by: str) -> Correction:
    """Make the correction that an answer is; without a reason, the question and answer are it.

    Raises:
        UsageError: no such answer, no author, or the record has changed since.
    """
    option, event = question.option(name), question.event.id
    why = why.strip() or f"review, {question.doubt.kind}: {name}"
    if option.kind == "confirm":
        return make.confirm(event, option.field, option.value, why=why, by=by)
    if option.kind == "merge":
        return make.merge([event, option.value], why=why, by=by)
    if option.kind == "split":
        return make.split(event, option.value.split(), why=why, by=by)
    return make.set(event, option.field, option.value, why=why, by=by)


def _open(dispute: Dispute, confirmed: set[tuple[str, str]], changed: set[str]) -> bool:
    field = _FIELDS.get(dispute.field)
    settled = field in changed if field else any(map(is_figure, changed))
    return _stated(dispute) not in confirmed and not settled


def _stated(dispute: Dispute) -> tuple[str, str]:
    """A dispute as it is confirmed: its field, and what is said."""
    return f"dispute:{dispute.field}", " / ".join(one.value for one in dispute.positions)


def _stand(doubt: Doubt, event: Event, dispute: Dispute | None) -> tuple[str, str]:
    """What the record says now, as it is confirmed: the question's field and value."""
    if dispute is not None:
        return _stated(dispute)
    if doubt.pair:
        return doubt.kind, " ".join(doubt.pair)
    if doubt.kind == "toll":
        return "toll", f"{doubt.killed:.0f}"
    if doubt.kind == "day":
        return "day", "..".join(event.time or ())
    return "place", event.place.name if event.place else ""


def _told(store: Store, doubt: Doubt, event: Event, dispute: Dispute | None) -> Iterable[Testimony]:
    """The reports that the question rests on."""
    if doubt.pair:
        by_id = {one.id: one for one in store.testimonies(doubt.pair)}
        return [by_id[ident] for ident in doubt.pair]
    members = store.testimonies_of(event)
    if dispute is not None:
        wanted = {ident for one in dispute.positions for ident in one.testimonies[:2]}
        return [one for one in members if one.id in wanted]
    if doubt.kind == "toll":
        return [one for one in members if any(f.kind == "killed" for f in one.figures)] or members
    return members


def _options(
    doubt: Doubt, event: Event, told: Sequence[Testimony], dispute: Dispute | None
) -> Iterator[Option]:
    """The answers other than that the record is right."""
    if dispute is not None:
        yield from _sides(event, told, dispute)
    elif doubt.kind == "toll":
        yield Option("1", "set", "type", "estimate")
        yield Option("reject", "set", "status", "denied")
    elif doubt.kind == "day":
        yield Option("reject", "set", "time", "")
    elif doubt.kind == "pair-apart":
        yield Option("reject", "merge", "", doubt.other)
    elif doubt.kind == "pair-together":
        yield Option("reject", "split", "", doubt.pair[1])
    else:
        candidates = event.place.candidates if event.place else ()
        for number, one in enumerate(candidates[:_CHOICES], 1):
            yield Option(str(number), "set", "place", one.id)
        yield Option("reject", "set", "place", "")


def _sides(event: Event, told: Sequence[Testimony], dispute: Dispute) -> Iterator[Option]:
    """To say which side of a dispute is right, or that it tells of another event."""
    by_id = {one.id: one for one in told}
    field = _FIELDS.get(dispute.field, "")
    values = [_value(field, by_id[one.testimonies[0]]) for one in dispute.positions]
    if not field:
        field, values = _counted(event, dispute)
    distinct = list(dict.fromkeys(filter(None, values)))
    if len(distinct) > 1:
        for number, value in enumerate(distinct[:_CHOICES], 1):
            yield Option(str(number), "set", field, value)
    fewest = min(reversed(dispute.positions), key=lambda one: len(one.testimonies)).testimonies
    if len(fewest) < len(event.members):
        yield Option("reject", "split", "", " ".join(fewest))


def _counted(event: Event, dispute: Dispute) -> tuple[str, list[str]]:
    """The figure that a dispute about numbers is about, and what each side says of it."""
    for figure in event.figures:
        said = {claim.testimony: claim for claim in figure.claims}
        found = [said.get(one.testimonies[0]) for one in dispute.positions]
        values = [
            figure_value(number_text(one.low), "", number_text(one.high)) if one else ""
            for one in found
        ]
        if len(set(filter(None, values))) > 1:
            return figure_field(figure.kind, figure.of), values
    return "", []


def _value(field: str, one: Testimony) -> str:
    """What a testimony says of a field, as corrections write it; nothing where it cannot be set."""
    if field in ("actor", "target"):
        return ",".join(getattr(one, field))
    if field == "place":
        return next((place.id for place in one.place if place.id), "")
    if field == "time":
        return "..".join(one.time or ())
    return str(getattr(one, field, ""))
