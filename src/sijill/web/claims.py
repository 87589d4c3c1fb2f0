"""What is told of an event, claim by claim: copies folded, each with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from sijill.record.record import Record
from sijill.store.answers import Document
from sijill.testimony import Event, Testimony
from sijill.web.names import copied_from
from sijill.web.spans import Sentence, misplaced, sentence_spans, told_in, unsound

#: Types whose sentences tell of people killed or hurt even where they give no number.
GRIM = frozenset({"killing", "human_shields"})
_VICTIMS = frozenset({"killed", "wounded"})


class Claim(msgspec.Struct, frozen=True):
    """One claim: the report that tells it first, and all that print the same in copies of it.

    ``sentences`` are whole, with the evidence marked; ``fault`` says that the evidence is not where
    the record has it, and then there are none.
    """

    lead: Testimony
    prints: tuple[Testimony, ...]
    sentences: tuple[Sentence, ...]
    fault: bool = False

    @property
    def documents(self) -> int:
        """How many articles print it."""
        return len({one.document for one in self.prints})

    @property
    def source(self) -> str:
        """Whose text it is."""
        return copied_from(self.prints)

    @property
    def grim(self) -> bool:
        """Whether its sentences tell of people killed or hurt."""
        victims = any(figure.kind in _VICTIMS for figure in self.lead.figures)
        return victims or self.lead.type in GRIM

    @property
    def first_sentence(self) -> int:
        """The number of the first sentence, or 1 where there is none."""
        return self.sentences[0].number if self.sentences else 1


def claims(record: Record, event: Event) -> list[Claim]:
    """The claims of an event, those said first before the others, those of no known day last."""
    groups: dict[object, list[Testimony]] = defaultdict(list)
    for one in record.testimonies(event):
        groups[_says(one)].append(one)
    told = sorted((sorted(group, key=_age) for group in groups.values()), key=lambda g: _age(g[0]))
    wanted = {group[0].document for group in told}
    documents = {one.id: one for one in record.store.documents(sorted(wanted))}
    cuts = {ident: sentence_spans(one.text) for ident, one in documents.items()}
    return [_claim(group, documents, cuts) for group in told]


def _says(one: Testimony) -> object:
    """What makes two reports one claim: they say the same, in copies of one text."""
    figures = tuple((f.kind, f.of, f.low, f.high) for f in one.figures)
    places = tuple(place.id or place.name for place in one.place)
    speaker = one.speaker.text if one.speaker else ""
    what = (one.type, one.status, one.actor, one.target, places, one.time, figures, speaker)
    return one.family or one.document, what, one.quote


def _age(one: Testimony) -> tuple[str, str]:
    return one.said_on or "9", one.id


def _claim(
    group: Sequence[Testimony],
    documents: Mapping[str, Document],
    cuts: Mapping[str, list[tuple[int, int]]],
) -> Claim:
    lead = group[0]
    document = documents.get(lead.document)
    if document is None or unsound(document) or misplaced(lead, document.text):
        return Claim(lead, tuple(group), (), True)
    sentences = told_in(document.text, lead, cuts[lead.document])
    return Claim(lead, tuple(group), tuple(sentences))
