"""What assembling an event asks the knowledge: sides, places, victims, ranks and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import msgspec

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import Labels, load_labels
from sijill.lexicon.outlet_names import OutletNames, load_outlet_names
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.sides import Sides, load_sides
from sijill.lexicon.source_ranks import SourceRanks, load_source_ranks
from sijill.lexicon.victims import load_victims


class Background(msgspec.Struct, frozen=True):
    """The tables that events are assembled with; ``victims`` tells whom words count.

    ``siege_ends`` and ``repelled`` are the words that tell that a siege ended, an attack failed.
    """

    sides: Sides
    places: Mapping[str, PlaceRow]
    victims: Callable[[str], str]
    ranks: SourceRanks
    labels: Labels
    outlets: OutletNames
    siege_ends: frozenset[str]
    repelled: frozenset[str]


@lru_cache(maxsize=1)
def load_background() -> Background:
    """The background of the packaged knowledge, loaded once.

    Raises:
        KnowledgeError: when a table is not as it should be.
    """
    known = load_knowledge()
    return Background(
        sides=load_sides(),
        places=known.lexicon.places,
        victims=load_victims().of,
        ranks=load_source_ranks(),
        labels=load_labels(),
        outlets=load_outlet_names(),
        siege_ends=known.sets["siege_ends"],
        repelled=known.sets["repelled"],
    )
