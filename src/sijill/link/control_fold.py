"""The holder of a place from change to change, as its signs tell it one day after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise

import msgspec

from sijill.link.control_sides import Sides
from sijill.link.control_signs import ControlSign

#: Days that a capture stays good unless somebody says so again. The places of these wars that fell
#: more than once stayed with one side for 60 days and more, most for over half a year (Palmyra 310,
#: 259 and 81 days, Ramadi 235, Tikrit 290): beyond this, silence is no evidence.
TAKE_DAYS = 180
#: Days that a mere mention ("X, which they hold") stays good: whoever mentions it looks at no map.
HOLD_DAYS = 30
#: Tellings of one capture come within a week: weeklies and first corrections are in by then.
SAME_CHANGE = 7
#: Days in which a capture that independent witnesses told is not undone on one witness's word.
FIRM_DAYS = 14
#: Witnesses of one side for each of the other that settle two captures told of the same day.
OUTWEIGHS = 3
#: Two witnesses are the least that bear each other out.
TWO = 2


class Hold(msgspec.Struct):
    """A stretch of days with one holder; without one the place is ``contested`` or ``unknown``.

    ``origin`` is what opened it (``takes``, ``holds``, ``eve`` of a capture, ``rivals``,
    ``loses``); ``until`` is the day up to which its last sign is good.
    """

    first: int
    until: int
    holder: str
    origin: str
    basis: str
    witnesses: set[str]
    testimonies: list[str]
    confirmed: int = 0
    last: int = 0
    rivals: tuple[str, ...] = ()
    doubters: set[str] = msgspec.field(default_factory=set)

    @property
    def disputed(self) -> bool:
        """Whether those who say otherwise are too many to be passed over."""
        doubted = len(self.witnesses) < OUTWEIGHS * len(self.doubters)
        return self.origin == "rivals" or doubted

    def firm(self, day: int) -> bool:
        """Whether independent witnesses told this capture, and lately."""
        told = self.origin == "takes" and len(self.witnesses) >= TWO
        return told and day - self.confirmed <= FIRM_DAYS


class Contest(msgspec.Struct):
    """Days on which a place was fought or argued over, whoever held it before."""

    first: int
    last: int
    holder: str
    rivals: tuple[str, ...]
    witnesses: set[str]
    testimonies: list[str]
    disputed: bool = False
    basis: str = "stated"


class Told(msgspec.Struct, frozen=True):
    """A sign with its days as numbers and on what basis it speaks of the place at hand.

    ``until`` ends what it opens on a day that is known already; 0 where none is.
    """

    sign: ControlSign
    first: int
    last: int
    holder: str
    basis: str = "stated"
    until: int = 0

    @property
    def day(self) -> int:
        """The day on which it changes something."""
        return self.first if self.sign.kind == "holds" else self.last


def number(day: str) -> int:
    """A day as a number that can be counted with."""
    return date.fromisoformat(day).toordinal()


def iso(day: int) -> str:
    """A number as a day again."""
    return date.fromordinal(day).isoformat()


def told(sign: ControlSign, country: str, sides: Sides, basis: str = "stated") -> Told:
    """A sign made ready for folding; ``holder`` is who of its actors would hold the place."""
    holder = sides.holder(sign.actor, country)
    return Told(sign, number(sign.first), number(sign.last), holder, basis)


class Fold:
    """Folds the signs of one place, of one ``country``, into ``holds`` and ``contests``."""

    def __init__(self, signs: Iterable[Told], country: str, sides: Sides) -> None:
        self.country, self.sides = country, sides
        self.holds: list[Hold] = []
        self.contests: list[Contest] = []
        self._asked: dict[tuple[str, str, str, int], bool] = {}
        ordered = sorted(
            signs, key=lambda one: (one.day, one.basis == "stated", one.sign.testimony)
        )
        self._takes = [one for one in ordered if one.sign.kind == "takes" and one.holder]
        self._mentions = [one for one in ordered if one.sign.kind == "holds" and one.holder]
        for day, group in groupby(ordered, key=lambda one: one.day):
            self._fold(day, list(group))
        for hold, after in pairwise([*self.holds, None]):
            assert hold is not None
            hold.last = min(hold.until, after.first - 1) if after else hold.until

    def at(self, day: int) -> Hold | None:
        """The hold that is good on a day, of those folded so far."""
        for hold in reversed(self.holds):
            if hold.first <= day:
                return hold if hold.until >= day else None
        return None

    def kin(self, a: str, b: str, day: int) -> bool:
        """Whether two actors are of one side."""
        return self._ask(self.sides.kin, a, b, day)

    def allied(self, a: str, b: str, day: int) -> bool:
        """Whether two actors are of one side or of allied ones."""
        return self._ask(self.sides.allied, a, b, day)

    def _ask(
        self, question: Callable[[str, str, str, str], bool], a: str, b: str, day: int
    ) -> bool:
        """What the sides answer, remembered."""
        key = (question.__name__, a, b, day)
        if key not in self._asked:
            self._asked[key] = bool(a and b) and question(a, b, self.country, iso(day))
        return self._asked[key]

    def _fold(self, day: int, group: Sequence[Told]) -> None:
        """Take in the signs of one day: losses, then captures, then mentions."""
        for one in group:
            if one.sign.kind == "loses":
                self._lose(day, one)
        for basis in ("whole", "stated"):
            takes = [one for one in group if one.sign.kind == "takes" and one.basis == basis]
            takes = [one for one in takes if one.holder]
            if takes:
                self._take(day, takes)
        for one in group:
            if one.sign.kind == "holds" and one.holder:
                self._mention(one)

    def _lose(self, day: int, one: Told) -> None:
        """The leaver no longer holds it; who does instead, nobody said."""
        now = self.at(day)
        if now is None or not now.holder or not one.holder:
            return
        if not self.kin(now.holder, one.holder, day) or now.firm(day) or now.first == day:
            return
        self._open(day, day - 1, "", "loses", [one])

    def _take(self, day: int, takes: list[Told]) -> None:
        """Captures told of one day: a change, the same change again, or rival claims."""
        camps, now = self._camps(day, takes), self.at(day)
        first = self._leading(camps, now, day)
        if not first:
            self._rivals(day, camps)
            return
        holder = self.sides.holder((one.holder for one in first), self.country)
        until = max(one.until for one in first) or day + TAKE_DAYS
        if now is not None and self._same(now, holder, first[0].basis, day):
            self._confirm(now, first, until, takes=True)
        elif now is not None and self._resists(now, holder, day):
            self._dispute(now, first, day, day + SAME_CHANGE)
        else:
            self._eve(day, first, now)
            self._open(day, until, holder, "takes", first)
        others = [one for camp in camps if camp is not first for one in camp]
        self.holds[-1].doubters |= _witnesses(others)

    def _leading(self, camps: list[list[Told]], now: Hold | None, day: int) -> list[Told]:
        """The camp that is believed: the only one, the weightier, or that of a firm holder."""
        if len(camps) == 1 or _outweighs(camps[0], camps[1]):
            return camps[0]
        for camp in camps:
            if now and now.firm(day) and self.allied(now.holder, camp[0].holder, day):
                return camp
        return []

    def _same(self, now: Hold, holder: str, basis: str, day: int) -> bool:
        """Whether a capture tells again of what holds already, or an ally had a share in it."""
        if not now.holder or (now.basis != basis and basis == "stated"):
            return False
        if self.kin(now.holder, holder, day):
            return True
        return day - now.first <= SAME_CHANGE and self.allied(now.holder, holder, day)

    def _resists(self, now: Hold, holder: str, day: int) -> bool:
        """Whether the holder whom independent witnesses named lately is not to be doubted yet.

        Had the place changed hands, the days after would name the new holder: two must, and more
        than go on naming the old one.
        """
        if not now.firm(day) or self.allied(now.holder, holder, day):
            return False
        new, old = self._named(holder, day), self._named(now.holder, day)
        return len(new) < TWO or len(new) <= len(old)

    def _named(self, holder: str, day: int) -> set[str]:
        """The witnesses who name a holder on a day and in the week after."""
        return {
            one.sign.witness
            for one in (*self._takes, *self._mentions)
            if day <= one.day <= day + SAME_CHANGE and self.allied(holder, one.holder, day)
        }

    def _camps(self, day: int, takes: list[Told]) -> list[list[Told]]:
        """The captures told of one day by side, the one with most witnesses first."""
        camps: list[list[Told]] = []
        for one in takes:
            for camp in camps:
                if self._together(camp[0], one, day):
                    camp.append(one)
                    break
            else:
                camps.append([one])
        return sorted(camps, key=lambda camp: -len(_witnesses(camp)))

    def _together(self, a: Told, b: Told, day: int) -> bool:
        """Whether two captures of one day are of allies, or from one loser and not by enemies."""
        if self.allied(a.holder, b.holder, day):
            return True
        from_one = set(a.sign.against) & set(b.sign.against)
        return bool(from_one) and not self.sides.enemies(a.holder, b.holder, self.country, iso(day))

    def _rivals(self, day: int, camps: list[list[Told]]) -> None:
        """Two sides are said to have taken it on one day: contested until more is known."""
        both = [one for camp in camps for one in camp]
        self._open(day, day + HOLD_DAYS, "", "rivals", both)
        self.holds[-1].rivals = tuple(dict.fromkeys(camp[0].holder for camp in camps))

    def _mention(self, one: Told) -> None:
        """Somebody is said to hold it: fills a gap, bears out the holder, or is a dispute."""
        now, good = self.at(one.first), one.last + HOLD_DAYS
        if now is None or not (now.holder or now.rivals):
            self._open(one.first, good, one.holder, "holds", [one])
        elif self.allied(now.holder, one.holder, one.first):
            self._confirm(now, [one], good, takes=False)
        elif one.basis == "stated" and now.first != one.first:
            self._contradict(now, one)

    def _contradict(self, now: Hold, one: Told) -> None:
        """A mention against the holder: two change it, unless he took it lately; one disputes."""
        again = {
            other.sign.witness
            for other in self._mentions
            if abs(other.first - one.first) <= SAME_CHANGE
            and self.kin(other.holder, one.holder, one.first)
        }
        taken = now.origin == "takes" and one.first - now.confirmed <= HOLD_DAYS
        if len(again) >= TWO and not taken:
            self._open(one.first, one.last + HOLD_DAYS, one.holder, "holds", [one])
        elif len(now.witnesses) < TWO:
            self._dispute(now, [one], one.first, one.last)

    def _confirm(self, now: Hold, more: list[Told], good: int, *, takes: bool) -> None:
        """The holder is named again."""
        now.until = max(now.until, good)
        now.confirmed = max(now.confirmed, *(one.last for one in more))
        now.witnesses |= _witnesses(more)
        now.testimonies += _testimonies(more, now.testimonies)
        now.origin = "takes" if takes else now.origin

    def _dispute(self, now: Hold, against: list[Told], first: int, last: int) -> None:
        """Contested for some days: one says so, the holder's witnesses say otherwise."""
        rivals = tuple(dict.fromkeys(one.holder for one in against))
        self.contests.append(
            Contest(
                first,
                last,
                now.holder,
                rivals,
                _witnesses(against),
                _testimonies(against, []),
                disputed=True,
            )
        )

    def _eve(self, day: int, takes: list[Told], now: Hold | None) -> None:
        """Whoever a place was taken from held it the day before, where nothing else is known."""
        losers = [
            one
            for one in takes
            if one.basis == "stated"
            and one.sign.against
            and not self.allied(one.sign.against[0], one.holder, day)
        ]
        if now is None and losers and self.at(day - 1) is None:
            loser = self.sides.holder(losers[0].sign.against, self.country)
            self._open(day - 1, day - 1, loser, "eve", losers)

    def _open(self, first: int, until: int, holder: str, origin: str, by: list[Told]) -> None:
        """Begin a hold."""
        self.holds.append(
            Hold(
                first=first,
                until=until,
                holder=holder,
                origin=origin,
                basis=by[0].basis,
                witnesses=_witnesses(by),
                testimonies=_testimonies(by, []),
                confirmed=max(one.last for one in by),
            )
        )


def _outweighs(first: list[Told], second: list[Told]) -> bool:
    """Whether the witnesses of one camp settle it."""
    return len(_witnesses(first)) >= OUTWEIGHS * len(_witnesses(second))


def _witnesses(signs: Iterable[Told]) -> set[str]:
    """The independent witnesses of some signs."""
    return {one.sign.witness for one in signs}


def _testimonies(signs: Iterable[Told], known: Sequence[str]) -> list[str]:
    """The testimonies of some signs that are not known yet, each once."""
    found = dict.fromkeys(one.sign.testimony for one in signs)
    return [testimony for testimony in found if testimony not in known]
