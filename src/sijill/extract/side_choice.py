"""Which side a name means that means another one in each country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sijill.extract.context import Context
from sijill.lexicon.entries import Entry
from sijill.lexicon.wars import War


class SideChooser:
    """Chooses by the country that the sentence, or else the text, is about."""

    def __init__(self, wars: Iterable[War]) -> None:
        self._at_war = frozenset(
            (actor, country)
            for war in wars
            for actor in war.side_a | war.side_b
            for country in war.countries
        )

    def choose(self, options: Sequence[Entry], context: Context) -> Entry | None:
        """What the name means where the sentence is, else where the text is, else anywhere.

        Whom it means anywhere it means in a sentence on a country where that side is at war.
        """
        for wanted in (context.local, context.theatre, ""):
            for entry in options:
                if wanted in entry.theatre.split("|") and (wanted or not entry.theatre):
                    return entry
            if wanted != context.theatre:
                for entry in options:
                    if not entry.theatre and (entry.ids[0], wanted) in self._at_war:
                        return entry
        return None
