"""The city, the organisation, there, those raids: what points back at what was named before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.extract.scene import Draft

Drafts = Callable[[str], list[Draft]]

#: The slot of the last draft, and what it holds.
SENTENCES = [
    ("اقتحمت القوات العراقية مدينة الرمادي. وسيطرت على المدينة بعد ساعات", "place", "الرمادي"),
    ("دخلت القوات العراقية مدينة تلعفر. وقصفت طائرات التحالف المواقع في المدينة", "place", "تلعفر"),
    ("استعادت القوات العراقية بلدة بعشيقة. وقتل في البلدة عشرة من عناصر داعش", "place", "بعشيقة"),
    (
        "حاصرت قوات النظام بلدة مضايا. ومنعت القوات دخول المساعدات إلى البلدة",
        "place",
        "مضايا",
    ),
    ("قال مصدر عسكري: سيطرنا على حي الزهور في الموصل. وانسحب داعش من الحي", "place", "حي الزهور"),
    ("وصلت تعزيزات إلى مدينة عدن. وقصفت طائرات التحالف العربي الحوثيين هناك", "place", "عدن"),
    ("هاجم الحوثيون مدينة مأرب. وتصدى لهم الجيش اليمني في المدينة", "place", "مأرب"),
    ("هاجم تنظيم داعش مدينة كوباني. وقتل التنظيم عشرات المدنيين", "actor", "islamic_state"),
    (
        "أعلن تنظيم داعش مسؤوليته عن تفجير في بغداد. وخسر التنظيم مدينة الرمادي",
        "actor",
        "islamic_state",
    ),
    (
        "استعادت القوات العراقية الفلوجة من داعش. وكان التنظيم قد سيطر على المدينة عام 2014",
        "actor",
        "islamic_state",
    ),
    (
        "حاصرت قوات النظام السوري بلدة مضايا. ومنعت القوات دخول المساعدات إلى البلدة",
        "actor",
        "syrian_army",
    ),
    ("شن التحالف غارات على الرقة. وأسفرت الغارات عن مقتل 12 مدنيا", "actor", "coalition"),
    ("شن التحالف غارات على الرقة. وأسفرت الغارات عن مقتل 12 مدنيا", "place", "الرقة"),
]

#: Nothing was named that these could mean: they stay empty rather than guessed.
OPEN = [
    ("قصفت طائرات مجهولة مواقع في المدينة", "place"),
    ("قتل التنظيم عشرات المدنيين في بلدة قريبة", "actor"),
]


def slot(draft: Draft, name: str) -> list[str]:
    return [place.name for place in draft.place] if name == "place" else draft.actor


@pytest.mark.parametrize(("text", "name", "value"), SENTENCES)
def test_what_points_back(drafts: Drafts, text: str, name: str, value: str) -> None:
    assert slot(drafts(text)[-1], name) == [value]


@pytest.mark.parametrize(("text", "name"), OPEN)
def test_what_points_nowhere_stays_empty(drafts: Drafts, text: str, name: str) -> None:
    assert not any(slot(draft, name) for draft in drafts(text))
