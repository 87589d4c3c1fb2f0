"""The sentence in which the words that were asked for stand, as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sijill.publish.discreet import public
from sijill.record.record import Record
from sijill.testimony import Event, Testimony
from sijill.text.matching import find_words, pieces, window

#: A snippet's length in code points: three lines of the list.
_REACH = 220

#: Pieces of a sentence, each with whether it is one of the words asked for.
Snippet = tuple[tuple[str, bool], ...]


def snippets(record: Record, events: Sequence[Event], asked: str) -> dict[str, Snippet]:
    """For each event's id the sentence that holds most of the words of ``asked``.

    An event that is found by its place or its labels alone has none. Names of private speakers
    are left out.
    """
    if not asked:
        return {}
    members = {ident for event in events for ident in event.members}
    told = {one.id: one for one in record.store.testimonies(sorted(members))}
    found = {}
    for event in events:
        quotes = (shown(told[ident]) for ident in event.members if ident in told)
        best = _best(asked, dict.fromkeys(quotes))
        if best:
            found[event.id] = best
    return found


def shown(testimony: Testimony) -> str:
    """The quotation of a testimony without the name of a private speaker."""
    speaker, quote = testimony.speaker, testimony.quote
    if speaker is None or not speaker.text or public(speaker) == speaker.text:
        return quote
    return quote.replace(speaker.text, public(speaker))


def _best(asked: str, quotes: Iterable[str]) -> Snippet:
    spans = [(find_words(asked, quote), quote) for quote in quotes]
    best, quote = max(
        spans,
        key=lambda pair: len({pair[1][first:last] for first, last in pair[0]}),
        default=([], ""),
    )
    if not best:
        return ()
    start, end = window(quote, best, _REACH)
    cut = [*pieces(quote, best, start, end)]
    before = [("\u2026 ", False)] if start else []
    after = [(" \u2026", False)] if end < len(quote) else []
    return tuple(piece for piece in (*before, *cut, *after) if piece[0])
