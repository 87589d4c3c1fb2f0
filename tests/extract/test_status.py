"""Said is not happened: occurred, ongoing, planned, possible, denied."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.extract.scene import Draft

Drafts = Callable[[str], list[Draft]]

SENTENCES = [
    ("استعادت القوات العراقية مدينة الرمادي", "capture occurred"),
    ("لن ينسحب الجيش من مدينة تدمر", "withdrawal denied"),
    ("ستشن القوات العراقية هجوما على الحويجة", "offensive planned"),
    ("سوف تبدأ معركة الرقة قريبا", "offensive planned"),
    ("ستبدأ معركة الموصل خلال أيام", "offensive planned"),
    ("من المقرر أن تبدأ معركة الرقة الأسبوع المقبل", "offensive planned"),
    ("تستعد القوات العراقية لاقتحام مدينة الفلوجة", "advance planned"),
    ("تعتزم القوات العراقية استعادة الحويجة", "capture planned"),
    ("قد تشن القوات العراقية هجوما على تلعفر", "offensive possible"),
    ("يخشى أن يشن تنظيم داعش هجوما على كركوك", "offensive possible"),
    ("من المحتمل أن يهاجم تنظيم داعش مدينة سامراء", "clash possible"),
    ("نفى الجيش العراقي انسحابه من مدينة الرمادي", "withdrawal denied"),
    ("تواصل القوات العراقية تقدمها نحو مدينة الموصل", "advance ongoing"),
    ("لا تزال الاشتباكات مستمرة بين الجيش وتنظيم داعش في الرمادي", "clash ongoing"),
    ("تدور اشتباكات عنيفة بين الجيش السوري وجبهة النصرة في ريف حلب", "clash ongoing"),
    ("تحاصر قوات النظام مدينة مضايا", "siege ongoing"),
    ("تطهير مدينة عدن من الحوثيين يأتي تأكيدا على نجاح الجيش", "capture occurred"),
    ("تعهدت دول التحالف باستمرار الدعم للمقاومة الشعبية في تعز", "support planned"),
    ("يسيطر تنظيم داعش على مدينة الرقة", "control ongoing"),
    ("كانت القوات العراقية قد استعادت مدينة الرمادي", "capture occurred"),
    ("قد استعادت القوات العراقية مدينة الرمادي", "capture occurred"),
    ("تم تحرير مدينة تكريت", "capture occurred"),
    ("قتل 23 مدنيا في غارات على الرقة", "airstrike occurred"),
    ("لا يزال تنظيم داعش يسيطر على مدينة الموصل", "control ongoing"),
    ("لم تقصف طائرات التحالف مدينة الرقة", "airstrike denied"),
    ("يتوقع أن تنطلق معركة الموصل خلال أسابيع", "offensive planned"),
    ("يخطط تنظيم داعش لشن هجوم على بغداد", "offensive planned"),
    ("كاد الجيش أن يدخل مدينة دير الزور", ""),
    ("حذرت منظمة العفو الدولية من وقوع مجزرة في مدينة إدلب", "killing possible"),
    ("حذر المرصد من ارتكاب مجازر بحق المدنيين في حلب", "killing possible"),
    ("لم تتوقف الغارات الروسية على مدينة إدلب", "airstrike ongoing"),
    ("لم تصب الغارات الروسية على إدلب أهدافها", "airstrike occurred"),
    ("لم تشن الطائرات الروسية غارات على إدلب", "airstrike denied"),
    ("لم تقع اشتباكات بين الجيش السوري وجبهة النصرة في حلب", "clash denied"),
    ("لم تتبن أي جهة الهجوم على مدينة كركوك", "offensive occurred"),
    ("لم ينسحب تنظيم داعش من منبج إلا بعد حصارها", "withdrawal occurred"),
    ("فشلت المفاوضات بين النظام السوري والمعارضة في جنيف", "meeting occurred"),
    ("بات الجيش السوري على وشك استعادة مدينة تدمر", "capture planned"),
    ("تشهد مدينة الرقة حالة نزوح جماعي نحو إدلب", "displacement ongoing"),
    ("نفذ التحالف الذي تقوده واشنطن ضربات على مدينة الرقة", "airstrike occurred"),
    (
        "يسعى الجيش السوري إلى طرد المسلحين الذين سيطروا على تدمر",
        "capture planned; capture occurred",
    ),
    (
        "احتجز تنظيم داعش مدنيين في تلعفر لاستخدامهم دروعا بشرية",
        "abduction occurred; human_shields occurred",
    ),
    ("تدربت القوات العراقية لاستعادة مدينة الموصل", ""),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_status(drafts: Drafts, text: str, expected: str) -> None:
    assert "; ".join(f"{draft.type} {draft.status}" for draft in drafts(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "والغاية أخذ الميناء الوحيد للحوثيين على البحر الأحمر وقطع طرق الإمداد عن صنعاء",
        "الهدف السيطرة على مدينة الرقة وقصف مواقع تنظيم داعش في دير الزور",
    ],
)
def test_aims_are_no_events(drafts: Drafts, text: str) -> None:
    assert not drafts(text)


def test_what_follows_an_aim_is_told(drafts: Drafts) -> None:
    text = "الهدف هو الرقة. وقصف الجيش السوري مواقع تنظيم داعش في دير الزور"
    assert [d.type for d in drafts(text)] == ["shelling"]
