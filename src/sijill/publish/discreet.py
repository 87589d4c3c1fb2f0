"""An event as it may leave the house: no names of private people, no quotations."""

from __future__ import annotations

from functools import reduce

from msgspec.structs import replace

from sijill.extract.privacy import WITHHELD
from sijill.model import Speaker
from sijill.publish.bundle import Bundle
from sijill.testimony import Dispute, EventFigure, FigureClaim, Position, Testimony


def discreet(bundle: Bundle) -> Bundle:
    """``bundle`` without the names of private people, wherever their words were copied to.

    Where nobody looked whether a speaker's words name somebody, all of them are withheld.
    """
    shown = {one.id: public(one.speaker) for one in bundle.testimonies if one.speaker}
    swaps = _swaps(bundle)
    event = replace(
        bundle.event,
        figures=tuple(_figure(one, shown, swaps) for one in bundle.event.figures),
        disputes=tuple(_dispute(one, swaps) for one in bundle.event.disputes),
    )
    return Bundle(event, tuple(_testimony(one) for one in bundle.testimonies))


def public(speaker: Speaker | None) -> str:
    """The words for a speaker that may be published."""
    if speaker is None or not speaker.text:
        return ""
    return speaker.public or WITHHELD


def _swaps(bundle: Bundle) -> list[tuple[str, str]]:
    """Words that name somebody and what stands for them, the longest first."""
    speakers = {one.speaker for one in bundle.testimonies if one.speaker and one.speaker.text}
    pairs = {(one.text, public(one)) for one in speakers if one.text != public(one)}
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))


def _swap(text: str, swaps: list[tuple[str, str]]) -> str:
    return reduce(lambda done, pair: done.replace(*pair), swaps, text)


def _figure(
    figure: EventFigure, shown: dict[str, str], swaps: list[tuple[str, str]]
) -> EventFigure:
    return replace(figure, claims=tuple(_claim(one, shown, swaps) for one in figure.claims))


def _claim(claim: FigureClaim, shown: dict[str, str], swaps: list[tuple[str, str]]) -> FigureClaim:
    """A claim whose speaker is the testimony's; of a stranger's only the fact that he spoke."""
    if not claim.speaker:
        return claim
    swapped = _swap(claim.speaker, swaps)
    return replace(claim, speaker=shown.get(claim.testimony) or swapped)


def _dispute(dispute: Dispute, swaps: list[tuple[str, str]]) -> Dispute:
    return replace(
        dispute,
        english=_swap(dispute.english, swaps),
        arabic=_swap(dispute.arabic, swaps),
        positions=tuple(_position(one, swaps) for one in dispute.positions),
    )


def _position(position: Position, swaps: list[tuple[str, str]]) -> Position:
    return replace(
        position,
        value=_swap(position.value, swaps),
        speakers=tuple(_swap(one, swaps) for one in position.speakers),
    )


def _testimony(testimony: Testimony) -> Testimony:
    speaker, shown = testimony.speaker, public(testimony.speaker)
    if speaker is not None:
        speaker = replace(speaker, text=shown, public=shown)
    return replace(testimony, speaker=speaker, quote="")
