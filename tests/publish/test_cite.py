"""Citations: BibTeX, CSL-JSON, RIS."""

from __future__ import annotations

import json
import re

import pytest
from made_events import bare, capture, strike

from sijill.errors import UsageError
from sijill.publish.cite import CITATIONS, cite

EVENT, TOLD = strike().event, strike().testimonies


def test_bibtex() -> None:
    said = cite(EVENT, "bibtex", record="mosul & raqqa_1", url="https://example.org/e/1")
    assert said.startswith("@misc{sijill-ev-1,\n")
    assert said.endswith("}\n")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", said, re.MULTILINE))
    assert fields["author"] == "{Sijill}"
    assert fields["title"].startswith("air strike, Mosul, 2017-03-17 (غارة جوية")
    assert (fields["year"], fields["date"]) == ("2017", "2017-03-17")
    assert r"mosul \& raqqa\_1" in fields["note"]
    assert "disputed; outlets: 2, of them independent: 2, reports: 2" in fields["note"]
    assert fields["url"] == "https://example.org/e/1"
    assert said.count("{") - said.count(r"\{") == said.count("}") - said.count(r"\}")


def test_an_interval_is_cited_as_one() -> None:
    assert "date = {2017-07-08/2017-07-10}" in cite(capture().event)


def test_csl_json() -> None:
    (data,) = json.loads(cite(EVENT, "csl", testimonies=TOLD, accessed="2026-11-25"))
    assert data["id"] == "sijill-ev-1"
    assert data["type"] == "dataset"
    assert data["issued"] == {"date-parts": [[2017, 3, 17]]}
    assert data["accessed"] == {"date-parts": [[2026, 11, 25]]}
    assert "Sources: reuters: article-a.txt" in data["note"]
    (span,) = json.loads(cite(capture().event, "csl"))
    assert span["issued"]["date-parts"] == [[2017, 7, 8], [2017, 7, 10]]


def test_ris() -> None:
    said = cite(EVENT, "ris", testimonies=TOLD, url="https://example.org/e/1")
    lines = said.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert "DA  - 2017/03/17" in lines
    assert "UR  - https://example.org/e/1" in lines


@pytest.mark.parametrize("form", CITATIONS)
def test_an_event_without_a_day_or_a_place_can_be_cited(form: str) -> None:
    assert "ev-3" in cite(bare().event, form)


@pytest.mark.parametrize("form", CITATIONS)
def test_no_private_name_is_cited(form: str) -> None:
    assert "أبو محمد" not in cite(EVENT, form, testimonies=TOLD)


def test_an_unknown_form_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="bibtex, csl, ris"):
        cite(EVENT, "bibtext")
