"""One event told twice in one document is one report; what differs in kind stays two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.extract.merge import Merger
from sijill.extract.scene import Draft
from sijill.lexicon.knowledge import load_knowledge

Drafts = Callable[[str], list[Draft]]

RETAKEN = "استعادت القوات العراقية حي الزهور في الموصل من تنظيم داعش"
RAIDS = "قتل 12 مدنيا في غارات للتحالف الدولي على مدينة الرقة"

#: A first and a second telling, and how many reports they make.
TELLINGS = [
    (RETAKEN, RETAKEN, 1),
    (RETAKEN, "وقالت قيادة العمليات المشتركة إن القوات العراقية استعادت حي الزهور في الموصل", 1),
    (RETAKEN, "واستعادت القوات العراقية حي القادسية في الموصل من تنظيم داعش", 2),
    (RETAKEN, "وستستعيد القوات العراقية حي الزهور في الموصل من تنظيم داعش", 2),
    (RAIDS, "وقتل 12 مدنيا في غارات على الرقة", 1),
    (RAIDS, "وقال المرصد السوري لحقوق الإنسان إن 12 مدنيا قتلوا في غارات على الرقة", 1),
    (RAIDS, "وقتل 30 مدنيا في غارات للتحالف الدولي على مدينة الرقة", 2),
    (RAIDS, "وقتل 12 مدنيا في غارات روسية على مدينة إدلب", 2),
    (
        "قال المرصد السوري لحقوق الإنسان إن غارات روسية على إدلب قتلت 30 مدنيا",
        "وقال الدفاع المدني إن غارات روسية على إدلب قتلت 30 مدنيا",
        2,
    ),
]


@pytest.fixture(scope="module")
def merged(drafts: Drafts) -> Drafts:
    merger = Merger(load_knowledge().lexicon)
    return lambda text: merger.merge(drafts(text))


@pytest.mark.parametrize(("first", "second", "count"), TELLINGS)
def test_tellings(merged: Drafts, first: str, second: str, count: int) -> None:
    assert len(merged(f"{first}. {second}")) == count


def test_a_headline_is_evidence_of_what_the_body_tells(merged: Drafts) -> None:
    headline = "مقتل 23 مدنيا في غارات على الرقة"
    body = "قتل 23 مدنيا بينهم ثمانية أطفال في غارات شنها التحالف الدولي على مدينة الرقة السورية."
    (draft,) = merged(f"{headline}\n{body}")
    assert draft.actor == ["coalition"]
    assert (0, len(headline)) in draft.evidence and len(draft.evidence) == 2
    assert [(f.low, f.high) for f in draft.figures] == [(23, 23), (8, 8)]


def test_the_finer_telling_fills_the_coarser(merged: Drafts) -> None:
    (draft,) = merged(f"وقتل 12 مدنيا في غارات على الرقة. {RAIDS}")
    assert (draft.actor, draft.target) == (["coalition"], ["civilians"])
    assert len(draft.evidence) == 2


def test_a_named_speaker_takes_an_unattributed_telling(merged: Drafts) -> None:
    said = "وقال المرصد السوري لحقوق الإنسان إن 12 مدنيا قتلوا في غارات على الرقة"
    (draft,) = merged(f"{RAIDS}. {said}")
    assert draft.speaker is not None and draft.speaker.id == "sohr"
