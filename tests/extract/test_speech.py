"""On whose word: verbs of saying, "according to", quotations, agencies that pass a word on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.extract.scene import Draft

Drafts = Callable[[str], list[Draft]]

SENTENCES = [
    ("قال مسؤول أميركي إن التحالف قصف مواقع داعش في الرقة", "airstrike", "usa", "مسؤول أميركي"),
    (
        "أعلنت قيادة العمليات المشتركة استعادة حي المعلمين في الموصل",
        "capture",
        "iraq_joc",
        "قيادة العمليات المشتركة",
    ),
    (
        "قتل 23 مدنيا في غارات على الرقة، وفق المرصد السوري لحقوق الإنسان",
        "airstrike",
        "sohr",
        "المرصد السوري لحقوق الإنسان",
    ),
    (
        "أفاد المرصد السوري لحقوق الإنسان بمقتل 15 مدنيا في قصف على إدلب",
        "shelling",
        "sohr",
        "المرصد السوري لحقوق الإنسان",
    ),
    ("ذكر شهود عيان أن مسلحين خطفوا ثلاثة صحفيين في صنعاء", "abduction", "residents", "شهود عيان"),
    ("أكد الجيش العراقي أن القوات دخلت مدينة تلعفر", "advance", "iraq_army", "الجيش العراقي"),
    ('قال الجيش السوري: "سيطرت قواتنا على مدينة تدمر"', "capture", "syrian_army", "الجيش السوري"),
    ("زعم تنظيم داعش أنه قتل عشرة جنود في سيناء", "killing", "is_affiliate", "تنظيم داعش"),
    ("استعادت القوات العراقية مدينة الرمادي", "capture", "", ""),
    (
        "قال مصدر أمني لوكالة فرانس برس إن انتحاريا فجر نفسه في بغداد",
        "bombing",
        "officials",
        "مصدر أمني",
    ),
    (
        "نقلت وكالة رويترز عن مسؤول عسكري قوله إن القوات العراقية دخلت الموصل",
        "advance",
        "officials",
        "مسؤول عسكري",
    ),
    (
        "كما ذكرت صحيفة وول ستريت جورنال، قصفت طائرات التحالف مدينة الرقة",
        "airstrike",
        "media",
        "صحيفة وول ستريت جورنال",
    ),
    (
        "أعلن المتحدث باسم التحالف الدولي الكولونيل ستيف وارن أن الطائرات قصفت مدينة الرقة",
        "airstrike",
        "coalition",
        "المتحدث باسم التحالف الدولي الكولونيل ستيف وارن",
    ),
    (
        'أكد لـ"الرياض" محافظ نينوى أن الجيش العراقي دخل مدينة تلعفر',
        "advance",
        "iraq_government",
        "محافظ نينوى",
    ),
    (
        "أعلن «المرصد السوري لحقوق الإنسان» أن قوات النظام دخلت مدينة تدمر",
        "advance",
        "sohr",
        "المرصد السوري لحقوق الإنسان",
    ),
    (
        "وكانت مصادر في الجيش العراقي قد أعلنت أن تنظيم داعش انسحب من تلعفر",
        "withdrawal",
        "iraq_army",
        "مصادر في الجيش العراقي",
    ),
    (
        "حذرت الأمم المتحدة من وقوع مجزرة في مدينة إدلب",
        "killing",
        "un",
        "الأمم المتحدة",
    ),
]

#: A second sentence that goes on speaking: its type, the speaker's id and words.
CHAINS = [
    (
        "قال مسؤول كردي إن المعارك مستمرة في كركوك. وأضاف أن قوات البيشمركة سيطرت على بلدة بعشيقة",
        "capture",
        "krg",
        "مسؤول كردي",
    ),
    (
        'قال مصدر عسكري: "سيطرنا على حي الزهور في الموصل". وأضاف: "انسحب داعش من الحي"',
        "withdrawal",
        "officials",
        "مصدر عسكري",
    ),
    (
        "قال المرصد السوري لحقوق الإنسان إن قوات النظام دخلت مدينة الباب. "
        "وأضاف المرصد أن طائرات روسية قصفت بلدة تادف",
        "airstrike",
        "sohr",
        "المرصد",
    ),
]


@pytest.mark.parametrize(("text", "kind", "ident", "words"), SENTENCES)
def test_speaker(drafts: Drafts, text: str, kind: str, ident: str, words: str) -> None:
    (draft,) = drafts(text)
    speaker = draft.speaker
    assert draft.type == kind
    assert ((speaker.id or "", speaker.text) if speaker else ("", "")) == (ident, words)


@pytest.mark.parametrize(("text", "kind", "ident", "words"), CHAINS)
def test_a_word_goes_on(drafts: Drafts, text: str, kind: str, ident: str, words: str) -> None:
    last = drafts(text)[-1]
    assert last.speaker is not None
    assert (last.type, last.speaker.id, last.speaker.text) == (kind, ident, words)


def test_the_one_who_speaks_does_not_act(drafts: Drafts) -> None:
    (draft,) = drafts("قال مسؤول أميركي إن التحالف قصف مواقع داعش في الرقة")
    assert draft.actor == ["coalition"]


def test_two_speakers_in_one_text_stay_apart(drafts: Drafts) -> None:
    first, second = drafts(
        "قال المرصد السوري لحقوق الإنسان إن غارات روسية على إدلب قتلت 30 مدنيا. "
        "وقال الدفاع المدني إن غارات روسية على إدلب قتلت 45 مدنيا"
    )
    assert [d.speaker.id for d in (first, second) if d.speaker] == ["sohr", "white_helmets"]
