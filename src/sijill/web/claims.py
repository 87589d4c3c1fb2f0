"""What is told of an event, claim by claim: copies folded, each with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sijill.record.record import Record
from sijill.store.answers import Document
from sijill.testimony import Event, Testimony
from sijill.web.names import copied_from
from sijill.web.spans import Sentence, misplaced, sentence_spans, told_in, unsound

#: Types whose sentences tell of people killed or hurt even where they give no number.
GRIM = frozenset({"killing", "human_shields"})
#: Where the sentences of each document stand.
Cuts = Mapping[str, list[tuple[int, int]]]
_VICTIMS = frozenset({"killed", "wounded"})


class Claim(msgspec.Struct, frozen=True):
    """One claim: the report that tells it first, and all that print the same in copies of it.

    ``sentences`` are whole, with the evidence marked; ``fault`` says that the evidence is not where
    the record has it, and then there are none. ``copies`` holds one report of each article of the
    family, if this is the first claim of it; ``again`` says that the claim before is of the same
    family: ``copy`` for another print of its text, ``article`` for the same article.
    """

    lead: Testimony
    prints: tuple[Testimony, ...]
    sentences: tuple[Sentence, ...]
    fault: bool = False
    copies: tuple[Testimony, ...] = ()
    again: str = ""

    @property
    def documents(self) -> int:
        """How many articles are copies of this text, if this is the first claim of them."""
        return len(self.copies) or 1

    @property
    def source(self) -> str:
        """Whose text it is."""
        return copied_from(self.copies) if len(self.copies) > 1 else self.lead.outlet

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
    """The claims of an event, those said first before the others, copies of one text together."""
    told = sorted(record.testimonies(event), key=_age)
    documents = {one.id: one for one in record.store.documents({one.document for one in told})}
    cuts = {ident: sentence_spans(one.text) for ident, one in documents.items()}
    families: dict[str, list[Testimony]] = defaultdict(list)
    for one in told:
        families[one.family or one.document].append(one)
    return [claim for family in families.values() for claim in _claims_of(family, documents, cuts)]


def _claims_of(
    family: Sequence[Testimony], documents: Mapping[str, Document], cuts: Cuts
) -> Iterator[Claim]:
    """The claims of one text and its copies, in their order."""
    groups: dict[object, list[Testimony]] = defaultdict(list)
    for one in family:
        groups[_says(one)].append(one)
    copies = tuple({one.document: one for one in reversed(family)}.values())[::-1]
    seen: set[str] = set()
    for group in groups.values():
        claim = _claim(group, documents, cuts)
        if seen:
            again = "article" if claim.lead.document in seen else "copy"
            yield msgspec.structs.replace(claim, again=again)
        else:
            yield msgspec.structs.replace(claim, copies=copies)
        seen |= {one.document for one in group}


def _says(one: Testimony) -> object:
    """What makes two reports of one family one claim: they say the same in the same words."""
    figures = tuple((f.kind, f.of, f.low, f.high) for f in one.figures)
    places = tuple(place.id or place.name for place in one.place)
    speaker = one.speaker.text if one.speaker else ""
    what = (one.type, one.status, one.actor, one.target, places, one.time, figures, speaker)
    return what, one.quote


def _age(one: Testimony) -> tuple[str, str]:
    return one.said_on or "9", one.id


def _claim(
    group: Sequence[Testimony],
    documents: Mapping[str, Document],
    cuts: Cuts,
) -> Claim:
    lead = group[0]
    document = documents.get(lead.document)
    if document is None or unsound(document) or misplaced(lead, document.text):
        return Claim(lead, tuple(group), (), True)
    sentences = told_in(document.text, lead, cuts[lead.document])
    return Claim(lead, tuple(group), tuple(sentences))
