"""The places of a dump that can become rows, and a count of all that cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.type_words import DIVISIONS

#: Reasons why a place gives no row.
NO_NAME = "without an Arabic name"
NO_KIND = "of a kind that is not read"
ELSEWHERE = "in another country"
GONE = "given up by its source"


class Gathered:
    """A dump that was read through.

    ``places`` are the ones that matter: those with Arabic names, and all divisions, since others
    lie in them. ``countries`` counts all by country, ``left_out`` the others by reason, and
    ``ignored`` those of kinds that are not read by what the dump calls the kind.
    """

    def __init__(self, places: Iterable[DumpPlace], asked: str) -> None:
        """Read ``places``; ``asked`` is the country wanted, or nothing for any."""
        self.places: list[DumpPlace] = []
        self.countries: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.ignored: Counter[str] = Counter()
        for place in places:
            self.countries[place.country] += 1
            self._take(place, asked)

    def _take(self, place: DumpPlace, asked: str) -> None:
        if asked and place.country != asked:
            self.left_out[ELSEWHERE] += 1
        elif place.gone:
            self.left_out[GONE] += 1
        elif not place.kind:
            self.left_out[NO_KIND] += 1
            self.ignored[place.their_kind or "no kind"] += 1
        elif place.names or place.kind in DIVISIONS:
            self.places.append(place)
        else:
            self.left_out[NO_NAME] += 1
