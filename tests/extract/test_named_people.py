"""Names that a word for a private person announces stay out of shared sentences."""

from __future__ import annotations

import pytest

from sijill.extract.named_people import NamedPeople
from sijill.lexicon.knowledge import load_knowledge


@pytest.fixture(scope="module")
def people() -> NamedPeople:
    return NamedPeople(load_knowledge())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قتل الطفل محمد خالد علاونة برصاص القوات", "قتل الطفل […] برصاص القوات"),
        ("استشهاد المواطن أحمد الدوابشي في القصف", "استشهاد المواطن […] في القصف"),
        ("خطف مسلحون الناشط أبو حسين الحلبي من منزله", "خطف مسلحون الناشط […] من منزله"),
        ("اعتقلت رجلا يدعى عبد القادر سعيد قرب هيت", "اعتقلت رجلا يدعى […] قرب هيت"),
        ("أصيب الصحفي سامي جابر وزميله", "أصيب الصحفي […] وزميله"),
        ("إحراق الرضيع علي الدوابشي على يد جنود", "إحراق الرضيع […] على يد جنود"),
        ("وقتلت السيدة فاطمة، وهي أم لطفلين", "وقتلت السيدة […]، وهي أم لطفلين"),
    ],
)
def test_announced_names_are_withheld(people: NamedPeople, text: str, shown: str) -> None:
    assert people.hidden(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "قتل الطفل برصاص القوات في الموصل",
        "زار رئيس الوزراء حيدر العبادي الموصل",
        "دعا الناشط إلى وقف القصف على مدينة الباب",
        "قرب مرقد السيدة زينب في دمشق",
        "قتل الشاب الفلسطيني أثناء مواجهات",
        "قالت وسائل الإعلام إن الصحفي في وكالة محلية",
        "شخص يكتب اسمه على استمارة",
        "هجوم على منزل الرضيع فأدى إلى حريق",
        "قال المتحدث باسمها إياد إن القصف مستمر",
        "",
    ],
)
def test_what_is_no_private_name_stays(people: NamedPeople, text: str) -> None:
    assert people.hidden(text) == text
