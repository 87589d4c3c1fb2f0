"""A text cut into sentences, and at the ends of reports: runs that need no nesting.

Offsets are code points of the document's text. Evidence that is not where it should be is told,
never looked for elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from sijill.store.answers import Document
from sijill.store.ids import digest
from sijill.testimony import Testimony
from sijill.text.tokens import sentences, tokenise

Span = tuple[int, int]


class Run(msgspec.Struct, frozen=True):
    """A piece of text that one and the same reports rest on; ``opens`` are those that begin it."""

    text: str
    reports: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: its number from 1, where it stands, its runs, and whether a line ends."""

    number: int
    start: int
    end: int
    runs: tuple[Run, ...]
    ends_line: bool = False

    @property
    def marked(self) -> bool:
        """Whether a report rests on words of it."""
        return any(run.reports for run in self.runs)


def unsound(document: Document) -> bool:
    """Whether the text is not the one whose hash was kept."""
    return digest(document.text) != document.sha256


def misplaced(testimony: Testimony, text: str) -> bool:
    """Whether its evidence is outside the text, or its quote is not what stands there."""
    inside = all(0 <= start < end <= len(text) for start, end in testimony.evidence)
    if not inside or not testimony.evidence:
        return True
    return text[slice(*testimony.evidence[0])] != testimony.quote


def read_sentences(text: str, told: Iterable[Testimony]) -> list[Sentence]:
    """All sentences of a text with the evidence of ``told`` marked; none is left out.

    Testimonies whose evidence is misplaced mark nothing.
    """
    spans = {one.id: one.evidence for one in told if not misplaced(one, text)}
    found = []
    for number, (start, end) in enumerate(sentence_spans(text), 1):
        inside = tuple(runs(text, (start, end), spans))
        found.append(Sentence(number, start, end, inside, "\n" in text[end : end + 2]))
    return found


def sentence_spans(text: str) -> list[Span]:
    """Where the sentences of a text stand."""
    tokens = tokenise(text)
    return [tokens.span(first, last) for first, last in sentences(tokens)]


def runs(text: str, within: Span, spans: Mapping[str, Sequence[Span]]) -> Iterator[Run]:
    """The runs of a part of a text, cut wherever a span begins or ends."""
    start, end = within
    touching = [
        (name, span)
        for name, its_own in spans.items()
        for span in its_own
        if span[0] < end and start < span[1]
    ]
    cuts = sorted({start, end, *(c for _, s in touching for c in s if start < c < end)})
    for first, last in pairwise(cuts):
        on = tuple(dict.fromkeys(name for name, s in touching if s[0] <= first and last <= s[1]))
        opens = tuple(name for name in on if spans[name][0][0] == first)
        yield Run(text[first:last], on, opens)


def told_in(text: str, testimony: Testimony, all_spans: Sequence[Span]) -> list[Sentence]:
    """The whole sentences that a testimony's evidence stands in, with its words marked."""
    spans = {testimony.id: testimony.evidence}
    return [
        Sentence(number, start, end, tuple(runs(text, (start, end), spans)))
        for number, (start, end) in enumerate(all_spans, 1)
        if any(s < end and start < e for s, e in testimony.evidence)
    ]
