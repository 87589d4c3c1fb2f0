"""Tellings of one event in one document become one report with more evidence."""

from __future__ import annotations

from typing import Final

from sijill.extract.place_found import rank
from sijill.extract.reasons import lend
from sijill.extract.scene import FIGHTING, Draft
from sijill.extract.share import TOLL
from sijill.extract.triggers import STRIKES
from sijill.lexicon.entries import Lexicon
from sijill.lexicon.geography import lineage
from sijill.model import Figure, Place
from sijill.text.fold import fold

_ONE_TELLING: Final = 120  # tokens: so near, the same number of dead is that of the same event
_SUM: Final = 500
_ADDED: Final = TOLL | {"strikes"}
_BESIDE: Final = 20  # tokens: the words of one clause
_SAID: Final = frozenset({"request", "accusation", "threat"})  # each saying is one of its own
_VIOLENT: Final = frozenset({*FIGHTING, "killing"})


class Merger:
    """Merges drafts of one document, in text order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def merge(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts with tellings of one event joined."""
        kept: list[Draft] = []
        self._harmonise(drafts)
        for draft in [d for d in drafts if not d.headline]:
            host = next((k for k in reversed(kept) if self._same(k, draft)), None)
            if host is not None:
                self._join(host, draft)
            elif not (draft.pointed and any(k.group == draft.group for k in kept)):
                kept.append(draft)
        kept = self._with_tolls(kept)
        titles: list[Draft] = []
        for draft in [d for d in drafts if d.headline]:
            hosts = [k for k in kept if self._headed(draft, k)]
            host = next((k for k in hosts if self._share_number(draft, k)), None)
            if host is None and (draft.title or not draft.figures):
                host = hosts[0] if hosts else None
            if host is None:
                titles.append(draft)
            else:
                host.evidence += [e for e in draft.evidence if e not in host.evidence]
                self._fill(host, draft)
        return titles + kept

    def _share_number(self, title: Draft, body: Draft) -> bool:
        """Whether a number of the headline stands in the body, there perhaps as a bound."""
        return bool(
            {(f.kind, f.low) for f in title.figures} & {(f.kind, f.low) for f in body.figures}
        )

    def _sides_agree(self, a: list[str], b: list[str]) -> bool:
        """Whether the sides may be the same, "militants" standing for any armed group."""
        return self._actors_agree(a, b) or any(
            "militants" in few
            and any(self._lexicon.actors[x].kind == "armed_group" for x in others)
            for few, others in ((a, b), (b, a))
        )

    def _harmonise(self, drafts: list[Draft]) -> None:
        """A foreign state's bombardment without stated means is from the air where another is."""
        flyers = {a for d in drafts if d.type == "airstrike" for a in d.actor}
        for draft in drafts:
            bare = draft.type == "shelling" and draft.rule.id == "shelling.bombard"
            if (
                bare
                and not draft.ground
                and any(
                    self._akin(a, b) and self._lexicon.actors[a].kind in ("state", "alliance")
                    for a in draft.actor
                    for b in flyers
                )
            ):
                draft.type = "airstrike"

    def _headed(self, title: Draft, body: Draft) -> bool:
        """Whether a headline tells in short what the body tells."""
        alike = (
            title.type == body.type
            or ({title.type, body.type} <= _VIOLENT and "killing" in (title.type, body.type))
            or {title.type, body.type} <= STRIKES
        )
        return (
            alike
            and self._actors_agree(title.actor, body.actor)
            and self._lies_in(title.place, body.place)
            and (title.type == body.type or self._actors_agree(title.target, body.target))
        )

    def _lies_in(self, wide: list[Place], fine: list[Place]) -> bool:
        """Whether the places agree, or a headline's region is of the body's country."""
        if self._places_agree(wide, fine):
            return True
        return all(self._is_region(a) for a in wide) and (
            {self._country(a) for a in wide} == {self._country(b) for b in fine} != {""}
        )

    def _is_region(self, place: Place) -> bool:
        row = self._lexicon.places.get(place.id or "")
        return row is not None and rank(row.kind) >= rank("region")

    def _country(self, place: Place) -> str:
        """The id of the country that a place lies in, or nothing."""
        row = self._lexicon.places.get(place.id or "")
        return row.country if row else ""

    def _fill(self, host: Draft, draft: Draft) -> None:
        """Let a headline give what the body leaves open."""
        lend(host, draft, "actor", "target", "place")
        if len(host.place) == len(draft.place) == 1 and self._contains(
            host.place[0], draft.place[0]
        ):
            host.place = draft.place
        host.figures += [f for f in draft.figures if self._sums_up(f, host)]

    def _sums_up(self, figure: Figure, host: Draft) -> bool:
        """Whether a headline's figure is new, or the sum of the numbers that the body gives."""
        alike = [f for f in host.figures if f.kind == figure.kind]
        if not alike:
            return not host.figures
        exact = figure.low == figure.high and not figure.approx
        counts = [f.low for f in alike if f.low is not None]
        return figure.kind in TOLL and exact and (figure.low or 0) > max(counts, default=0)

    def _same(self, a: Draft, b: Draft) -> bool:
        return self._one_siege(a, b) or (
            a.type == b.type
            and a.status == b.status
            and (a.type not in _SAID or (bool(a.target) and a.target == b.target))
            and self._actors_agree(a.actor, b.actor)
            and self._actors_agree(a.target, b.target)
            and not set(a.actor) & set(b.target)
            and not set(b.actor) & set(a.target)
            and self._places_agree(a.place, b.place, nested=a.group != "territory")
            and self._times_agree(a, b)
            and self._speakers_agree(a, b)
            and self._figures_agree(a, b)
        )

    def _one_siege(self, a: Draft, b: Draft) -> bool:
        """Whether one only looks back at the siege that the other tells of: after a siege of."""
        bare = any(
            d.background and not (d.actor or d.target or d.figures or d.time_stated) for d in (a, b)
        )
        alike = a.type == b.type == "siege" and a.status == b.status
        return bare and alike and bool(a.place) and self._places_agree(a.place, b.place)

    def _actors_agree(self, a: list[str], b: list[str]) -> bool:
        if not a or not b:
            return True
        return all(any(self._akin(x, y) for y in b) for x in a) or all(
            any(self._akin(x, y) for x in a) for y in b
        )

    def _akin(self, a: str, b: str) -> bool:
        actors = self._lexicon.actors
        return a == b or actors[a].parent == b or actors[b].parent == a

    def _places_agree(self, a: list[Place], b: list[Place], nested: bool = True) -> bool:
        """Whether the places of one are those of the other, or (``nested``) lie in them."""
        if not a or not b:
            return True
        return all(any(self._one_place(x, y, nested) for y in b) for x in a) or all(
            any(self._one_place(x, y, nested) for x in a) for y in b
        )

    def _one_place(self, a: Place, b: Place, nested: bool) -> bool:
        if fold(a.name) == fold(b.name):
            return True
        if a.id and a.id == b.id and a.within == b.within:
            return nested or _is_part(a) == _is_part(b)
        return nested and (self._contains(a, b) or self._contains(b, a))

    def _contains(self, outer: Place, inner: Place) -> bool:
        if inner.within and fold(inner.within) == fold(outer.name):
            return True
        row = self._lexicon.places.get(inner.id or "")
        wholes = [row, *lineage(row, self._lexicon.places)] if row else []
        return any(whole.id == outer.id for whole in wholes)

    def _times_agree(self, a: Draft, b: Draft) -> bool:
        if a.background != b.background and not (a.time_stated or b.time_stated):
            return False
        return a.time == b.time or not (a.time_stated and b.time_stated)

    def _speakers_agree(self, a: Draft, b: Draft) -> bool:
        if a.speaker is None or b.speaker is None:
            return True
        if a.speaker.id and a.speaker.id == b.speaker.id:
            return True
        return fold(a.speaker.text) == fold(b.speaker.text)

    def _figures_agree(self, a: Draft, b: Draft) -> bool:
        """Whether no kind of figure has other numbers in one telling than in the other.

        A sum of a campaign is told only by who gives a number of that sum.
        """
        if _is_sum(a) or _is_sum(b):
            beside = abs(a.first - b.first) <= _BESIDE and not (a.figures and b.figures)
            return beside or bool(_sums(a) & _sums(b))
        for kind in {f.kind for f in a.figures} & {f.kind for f in b.figures}:
            left = {(f.low, f.high) for f in a.figures if f.kind == kind}
            right = {(f.low, f.high) for f in b.figures if f.kind == kind}
            if not left & right:
                return False
        return True

    def _with_tolls(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts with the dead of a fight, told apart from it, put back to it."""
        kept = []
        for draft in drafts:
            fight = next((d for d in drafts if self._is_toll_of(draft, d)), None)
            if fight is None:
                kept.append(draft)
            else:
                self._join(fight, draft)
        return kept

    def _is_toll_of(self, killing: Draft, fight: Draft) -> bool:
        """Whether a telling of deaths names the dead of a fight told near it."""
        exact = {
            (f.kind, f.low, f.high)
            for f in killing.figures
            if f.kind == "killed" and f.low == f.high and f.low is not None and f.low > 1
        }
        return (
            killing.type == "killing"
            and fight.type != "killing"
            and fight.type in _VIOLENT
            and killing.status == fight.status
            and abs(killing.first - fight.first) <= _ONE_TELLING
            and any((f.kind, f.low, f.high) in exact for f in fight.figures)
            and self._actors_agree(killing.actor, fight.actor)
            and self._sides_agree(killing.target, fight.target)
            and self._times_agree(killing, fight)
        )

    def _join(self, host: Draft, draft: Draft) -> None:
        host.evidence += [e for e in draft.evidence if e not in host.evidence]
        host.actor = self._finer(host.actor, draft.actor)
        host.target = self._finer(host.target, draft.target)
        if not host.place or (
            draft.place
            and not self._one_siege(host, draft)
            and len(draft.place) == len(host.place)
            and self._contains(host.place[0], draft.place[0])
        ):
            host.place = draft.place
        if draft.time_stated and not host.time_stated:
            host.time, host.time_stated = draft.time, True
        elif host.time is None:
            host.time = draft.time
        host.speaker = host.speaker or draft.speaker
        host.add_figures(draft.figures)
        for slot, trace in draft.traces.items():
            host.traces.setdefault(slot, trace)

    def _finer(self, a: list[str], b: list[str]) -> list[str]:
        """The more specific of two namings; the fuller where neither is."""
        if not a or not b:
            return a or b
        actors = self._lexicon.actors
        if any(actors[y].parent in a for y in b):
            return b
        return b if len(b) > len(a) and set(a) <= set(b) else a


def _is_part(place: Place) -> bool:
    """Whether the place is told as a part of the gazetteer's place: the eastern quarters of it."""
    return place.trace is not None and place.trace.rule == "place.part"


def _is_sum(draft: Draft) -> bool:
    """Whether a draft adds up the dead or the strikes of many days."""
    return any((low or 0) >= _SUM for _, low, _ in _sums(draft))


def _sums(draft: Draft) -> set[tuple[str, float | int | None, float | int | None]]:
    """The figures that can be added up over many days."""
    return {(f.kind, f.low, f.high) for f in draft.figures if f.kind in _ADDED}
