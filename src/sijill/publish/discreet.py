"""An event as it may leave the house: no names of private people, no quotations."""

from __future__ import annotations

from functools import lru_cache, reduce

from msgspec.structs import replace

from sijill.extract.named_people import NamedPeople
from sijill.extract.privacy import WITHHELD
from sijill.lexicon.knowledge import load_knowledge
from sijill.model import Speaker
from sijill.publish.bundle import Bundle
from sijill.publish.codes import load_codes
from sijill.testimony import Dispute, EventFigure, Position, Testimony


def discreet(bundle: Bundle) -> Bundle:
    """``bundle`` without the names of private people, wherever their words were copied to.

    Where nobody looked whether a speaker's words name somebody, all of them are withheld.
    """
    words = _Words(bundle)
    event = replace(
        bundle.event,
        figures=tuple(_figure(one, words) for one in bundle.event.figures),
        disputes=tuple(_dispute(one, words) for one in bundle.event.disputes),
    )
    return Bundle(event, tuple(_testimony(one) for one in bundle.testimonies))


def quotations(bundle: Bundle) -> tuple[str, ...]:
    """The words of each testimony, without the names of private people.

    Those are the event's private speakers, and whoever a word for a private person announces;
    others whom an article names stand in its words as they do there.
    """
    words, people = _Words(bundle), _named_people()
    return tuple(people.hidden(words.text(one.quote)) for one in bundle.testimonies)


@lru_cache(maxsize=1)
def _named_people() -> NamedPeople:
    return NamedPeople(load_knowledge())


def public(speaker: Speaker | None) -> str:
    """The words for a speaker that may be published."""
    if speaker is None or not speaker.text:
        return ""
    return speaker.public or WITHHELD


class _Words:
    """What the words of an event's speakers become."""

    def __init__(self, bundle: Bundle) -> None:
        speakers = [one.speaker for one in bundle.testimonies if one.speaker and one.speaker.text]
        pairs = {(one.text, public(one)) for one in speakers if one.text != public(one)}
        self._swaps = sorted(pairs, key=lambda pair: (-len(pair[0]), pair))
        self._vouched = {_spaced(public(one)) for one in speakers}

    def text(self, text: str) -> str:
        """A sentence with what names somebody replaced."""
        return reduce(lambda done, pair: done.replace(*pair), self._swaps, text)

    def speaker(self, given: str) -> str:
        """A speaker's id or words; withheld where no testimony tells that they may be shown."""
        shown = self.text(given)
        known = not given or given in load_codes().actors or _spaced(shown) in self._vouched
        return shown if known else WITHHELD


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _figure(figure: EventFigure, words: _Words) -> EventFigure:
    claims = (replace(one, speaker=words.speaker(one.speaker)) for one in figure.claims)
    return replace(figure, claims=tuple(claims))


def _dispute(dispute: Dispute, words: _Words) -> Dispute:
    return replace(
        dispute,
        english=words.text(dispute.english),
        arabic=words.text(dispute.arabic),
        positions=tuple(_position(one, words) for one in dispute.positions),
    )


def _position(position: Position, words: _Words) -> Position:
    return replace(
        position,
        value=words.text(position.value),
        speakers=tuple(map(words.speaker, position.speakers)),
    )


def _testimony(testimony: Testimony) -> Testimony:
    speaker, shown = testimony.speaker, public(testimony.speaker)
    if speaker is not None:
        speaker = replace(speaker, text=shown, public=shown)
    return replace(testimony, speaker=speaker, quote="")
