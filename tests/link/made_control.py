"""Made testimonies about places of the packaged gazetteer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Place, Speaker
from sijill.testimony import Testimony

Make = Callable[..., Testimony]


@pytest.fixture(name="places", scope="session")
def made_places() -> Mapping[str, PlaceRow]:
    return load_knowledge().lexicon.places


@pytest.fixture(name="tell")
def made_tell(places: Mapping[str, PlaceRow]) -> Make:
    """Makes a testimony: type, place id, day, actors; each is a document of its own."""
    numbers = count(1)

    def make(
        type: str,
        place: str,
        day: str,
        actor: str = "",
        target: str = "",
        speaker: str = "",
        **other: Any,
    ) -> Testimony:
        number = next(numbers)
        given = {
            "status": "occurred",
            "said_on": day,
            "time": (day, day),
            "quote": "",
            "family": f"family-{number}",
        }
        return Testimony(
            id=f"t{number}",
            document=f"d{number}",
            doc=f"d{number}",
            type=type,
            actor=tuple(actor.split()),
            target=tuple(target.split()),
            place=(Place(places[place].name, id=place),),
            speaker=Speaker("", speaker) if speaker else None,
            **(given | other),
        )

    return make
