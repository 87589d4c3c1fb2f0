"""How it ended, where tellings differ: a siege broken or lasting, an attack beaten off or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sijill.link.background import Background
from sijill.link.places import same_place
from sijill.link.positions import Said, positions
from sijill.link.standing import asserted
from sijill.link.stating import stated
from sijill.link.wording import Wording
from sijill.model import Days, Place
from sijill.testimony import Dispute, Testimony
from sijill.text.fold import fold

#: Words before the word for a siege or an attack in which its end is told.
_REACH = 4
_TAKES = frozenset({"capture", "advance"})
_ATTACKS = frozenset({"offensive", "clash"})


class Outcome(msgspec.Struct, frozen=True):
    """How something ended: ``broken``, ``lasts``, ``taken`` or ``beaten_off``.

    ``attacker`` is who attacked; ``days`` and ``place`` are when and where it is told of.
    """

    ending: str
    attacker: tuple[str, ...]
    days: Days
    place: tuple[Place, ...]


def outcome_disputes(
    told: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    """The disputes about how a siege or an attack of one event ended.

    ``told`` are the testimonies of the event that say that something happened.
    """
    for pair in (("broken", "lasts"), ("taken", "beaten_off")):
        said = [
            Said(member, outcome)
            for member in told
            if (outcome := outcome_of(member, background)) is not None and outcome.ending in pair
        ]
        yield from stated(
            "what",
            positions(said, lambda a, b: _agree(a, b, background), background),
            lambda outcome: wording.phrase(outcome.ending),
            lambda outcome: outcome.ending,
            background,
            wording,
        )


def outcome_of(testimony: Testimony, background: Background) -> Outcome | None:
    """How a testimony says that a siege or an attack ended; nothing where it does not say."""
    if testimony.time is None or not asserted(testimony):
        return None
    ending, attacker = _ending(testimony, background)
    return Outcome(ending, attacker, testimony.time, testimony.place) if ending else None


def _ending(testimony: Testimony, background: Background) -> tuple[str, tuple[str, ...]]:
    words = _words_before(testimony)
    if testimony.type == "siege":
        if not background.siege_ends.isdisjoint(words):
            return "broken", ()
        return ("lasts" if testimony.status == "ongoing" else ""), ()
    if testimony.type in _TAKES and testimony.status == "occurred":
        return "taken", testimony.actor
    if testimony.type not in _ATTACKS or background.repelled.isdisjoint(words):
        return "", ()
    own = testimony.type == "clash"  # told as a deed of those who beat the attack off
    return "beaten_off", testimony.target if own else testimony.actor


def _words_before(testimony: Testimony) -> list[str]:
    """The trigger and the words before it, as they are folded, without "and" before them."""
    quote, deed = fold(testimony.quote), fold(testimony.trigger)
    before, found, _ = quote.partition(deed) if deed else ("", "", "")
    near = before.split()[-_REACH:] if found else []
    return [form for word in (*near, *deed.split()) for form in (word, word[1:])]


def _agree(a: Outcome, b: Outcome, background: Background) -> bool:
    """Whether both can be so: one ending, other days, another place, or somebody else's attack."""
    if a.ending == b.ending:
        return True
    if not any(same_place(x, y, background) for x in a.place for y in b.place):
        return True
    won, lost = sorted((a, b), key=lambda outcome: outcome.ending in ("lasts", "beaten_off"))
    if won.ending == "broken":
        return lost.days[1] < won.days[1]
    apart = won.days[0] > lost.days[1] or lost.days[0] > won.days[1]
    return apart or not any(
        background.sides.same(x, y) for x in won.attacker for y in lost.attacker
    )
