"""An event told in a few English sentences, for the free text that other projects' forms have."""

from __future__ import annotations

from sijill.lexicon.labels import load_labels
from sijill.publish.bundle import Bundle
from sijill.publish.codes import Codes
from sijill.publish.flat import figure_text, outlets, speakers, title


def notes(bundle: Bundle, codes: Codes) -> str:
    """What happened, who told it on whose word, how far they agree, and where they do not."""
    event, labels = bundle.event, load_labels()
    told = [f"{title(event, labels, arabic=False)} ({labels.english('status', event.status)})."]
    sides = [", ".join(map(codes.label, side)) for side in (event.actor, event.target)]
    if any(sides):
        told.append(f"{sides[0] or '?'} -> {sides[1] or '?'}.")
    if event.figures:
        told.append("; ".join(map(figure_text, event.figures)) + ".")
    standing = labels.english("standing", event.standing)
    told.append(f"{standing}; outlets: {event.outlets}, of them independent: {event.witnesses}.")
    told += _told("Published by", outlets(bundle)) + _told("On the word of", speakers(bundle))
    told += [f"Disputed: {one.english}" for one in event.disputes]
    return " ".join(told)


def _told(start: str, names: tuple[str, ...]) -> list[str]:
    return [f"{start} {'; '.join(names)}."] if names else []
