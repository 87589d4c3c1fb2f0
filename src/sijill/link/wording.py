"""Disputes in words, English and Arabic, from the patterns of ``labels.tsv``.

The Arabic never agrees a verb or an adjective with what is filled in: values stand as names and
nouns behind a colon or in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sijill.link.background import Background
from sijill.link.standing import speaker_id
from sijill.model import Days, Figure, Place
from sijill.testimony import Dispute, Position, Testimony

Pair = tuple[str, str]
#: A value as data, and in English and Arabic.
Worded = tuple[str, Pair]
#: Those who say the same, and what they say.
Held = tuple[Sequence[Testimony], Worded]
#: Outlets that a sentence names for one position; a person reads no more, and the record has all.
MOST_SOURCES = 5


class Wording:
    """Fills the patterns; one for each background."""

    def __init__(self, background: Background) -> None:
        self._labels, self._outlets = background.labels, background.outlets
        self._places = background.places

    def label(self, kind: str, ident: str) -> Pair:
        """The label of an id in both languages, or the id itself."""
        return self._labels.english(kind, ident), self._labels.arabic(kind, ident)

    def phrase(self, ident: str, **parts: Pair) -> Pair:
        """A pattern with ``parts`` filled in, each in the language of the pattern."""
        english, arabic = self.label("phrase", ident)
        return (
            english.format(**{name: part[0] for name, part in parts.items()}),
            arabic.format(**{name: part[1] for name, part in parts.items()}),
        )

    def joined(self, between: str, parts: Iterable[Pair]) -> Pair:
        """``parts`` in a row, each once, joined by a pattern of two."""
        once = list(dict.fromkeys(parts))
        row = once[0] if once else ("", "")
        for part in once[1:]:
            row = self.phrase(f"between_{between}", left=row, right=part)
        return row

    # -------------------------------------------------------- values

    def actors(self, ids: Sequence[str]) -> Pair:
        """Sides by their names."""
        return self.joined("values", (self.label("actor", ident) for ident in ids))

    def place(self, place: Place) -> Pair:
        """A place by its English name, if any, and as the text has it."""
        row = self._places.get(place.id or "")
        name = row.name_en if row and row.name_en else place.name
        return name, row.name if row else place.name

    def days(self, days: Days) -> Pair:
        """A day, or a period."""
        if days[0] == days[1]:
            return days[0], days[0]
        return self.phrase("between", low=_plain(days[0]), high=_plain(days[1]))

    def number(self, figure: Figure, of: str = "") -> Pair:
        """A number with its bounds, whom it counts, and whether another event shares it."""
        low, high = _number(figure.low), _number(figure.high)
        kind = (
            "at_most"
            if figure.low is None
            else "at_least"
            if figure.high is None
            else "between"
            if figure.low != figure.high
            else "about"
            if figure.approx
            else "exactly"
        )
        worded = self.phrase(kind, low=low, high=high)
        if of:
            worded = self.phrase("of", number=worded, of=self.victims(of))
        return self.phrase("joint", number=worded) if figure.joint else worded

    def victims(self, of: str) -> Pair:
        """Whom a number counts: a group of people, or a side by its name."""
        group = ("victims", of) in self._labels.pairs
        return self.label("victims" if group else "actor", of)

    # -------------------------------------------------------- sources

    def sources(self, members: Sequence[Testimony]) -> Pair:
        """Who published, each outlet once, and on whose word; of many the first ones."""
        words: dict[Pair, list[Pair]] = {}
        for member in members:
            spoken = words.setdefault(self._outlet(member), [])
            spoken += [self.speaker(member)] if member.speaker else []
        named = [
            self.phrase("sourced", outlet=outlet, speaker=self.joined("values", spoken))
            if spoken
            else outlet
            for outlet, spoken in words.items()
        ]
        shown = self.joined("sources", named[:MOST_SOURCES])
        return shown if len(named) <= MOST_SOURCES else self.phrase("and_others", left=shown)

    def _outlet(self, testimony: Testimony) -> Pair:
        if not testimony.outlet:
            return self.phrase("no_outlet")
        return self._outlets.printed(testimony.outlet)

    def speaker(self, testimony: Testimony) -> Pair:
        """On whose word: the body by its name, else the words without names of private people."""
        ident = speaker_id(testimony)
        if ident:
            own = ("speaker", ident) in self._labels.pairs
            return self.label("speaker" if own else "actor", ident)
        public = testimony.speaker.public if testimony.speaker else ""
        return _plain(public) if public else self.phrase("no_speaker")

    def position(self, held: Sequence[Held]) -> tuple[Position, Pair]:
        """One side of a dispute, as a record and in words; each source with what it says itself."""
        members = [member for some, _ in held for member in some]
        position = Position(
            value="|".join(_once(value for _, (value, _) in held)),
            outlets=_once(m.outlet for m in members),
            speakers=_once(speaker_id(m) or self.speaker(m)[1] for m in members if m.speaker),
            testimonies=_once(m.id for m in members),
        )
        said = (
            self.phrase("position", sources=self.sources(some), value=words)
            for some, (_, words) in held
        )
        return position, self.joined("sources", said)

    def dispute(
        self, field: str, sides: Sequence[Sequence[Held]], kind: Pair = ("", "")
    ) -> Dispute:
        """A dispute about ``field`` between ``sides``, the best supported one first."""
        stated = [self.position(held) for held in sides]
        english, arabic = self.label("dispute", field)
        head = english.format(kind=kind[0]), arabic.format(kind=kind[1])
        words = self.joined("positions", (words for _, words in stated))
        text = self.phrase("dispute", field=head, positions=words)
        return Dispute(field, tuple(position for position, _ in stated), *text)


def _plain(text: str) -> Pair:
    return text, text


def _number(value: float | int | None) -> Pair:
    """A number in digits, as both presses print it."""
    return _plain("" if value is None else f"{value:g}" if value % 1 else str(int(value)))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def number_value(figure: Figure) -> str:
    """A number as data: ``17``, ``17+``, ``<=600``, ``20-99``, ``~500``."""
    low, high = _number(figure.low)[0], _number(figure.high)[0]
    if figure.low is None:
        return f"<={high}"
    if figure.high is None:
        return f"{low}+"
    return f"~{low}" if low == high and figure.approx else low if low == high else f"{low}-{high}"
