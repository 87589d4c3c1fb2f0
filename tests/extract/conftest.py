"""Readers of short texts for the tables of examples, and how a draft is written in a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sijill.extract.reader import Extractor, load_extractor
from sijill.extract.scene import Draft
from sijill.model import Article, Reference, Report
from sijill.text.tokens import tokenise

DAY = date(2017, 3, 9)

Drafts = Callable[[str], list[Draft]]
Reports = Callable[[str], tuple[Report, ...]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return load_extractor()


@pytest.fixture(scope="session")
def drafts(extractor: Extractor) -> Drafts:
    """What the grammar makes of a text, before the document as a whole is weighed."""

    def read(text: str) -> list[Draft]:
        return extractor.drafts(text if text[-1] in '."' else text + ".", DAY)

    return read


@pytest.fixture(scope="session")
def reports(extractor: Extractor) -> Reports:
    """The reports of a text."""
    reference = Reference(DAY.isoformat(), "stamp")

    def read(text: str) -> tuple[Report, ...]:
        return extractor.extract(Article(doc="a", text=text), tokenise(text), reference)

    return read


@pytest.fixture(scope="session")
def roles(drafts: Drafts) -> Callable[[str], str]:
    """``type actors>targets @places`` of every draft of a text."""

    def write(draft: Draft) -> str:
        sides = f"{'+'.join(sorted(draft.actor))}>{'+'.join(sorted(draft.target))}"
        places = "+".join(place.name for place in draft.place)
        return f"{draft.type} {sides}" + (f" @{places}" if places else "")

    return lambda text: "; ".join(map(write, drafts(text)))
