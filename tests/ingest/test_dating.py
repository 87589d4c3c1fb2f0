"""The reference day: stamps of every form, datelines, and texts that carry no date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sijill.ingest.dating import find_reference, load_dating
from sijill.ingest.stamps import stamp_day
from sijill.issues import Issue
from sijill.model import Article, Reference
from sijill.text.tokens import tokenise

TABLES = load_dating()
SHARED = Path(__file__).resolve().parents[3] / "shared"


def reference(text: str, published: str = "") -> tuple[Reference, list[Issue]]:
    return find_reference(Article("d", text, published=published), tokenise(text), TABLES)


@pytest.mark.parametrize(
    "stamp",
    [
        "2015-07-21",
        "2015-07-21 02:29:04",
        "2015-07-21T07:58:00+01:00",
        "2015-07-21T23:59:59Z",
        "20150721",
        "21/07/2015",
        "21-07-2015",
        "21.07.2015",
        "1437443100",
        "Tue, 21 Jul 2015 10:00:00 GMT",
        "July 21, 2015",
        "21 July 2015",
        "الثلاثاء 21 يوليو 2015",
        "الثلاثاء، ٢١ تموز/يوليو ٢٠١٥",
        "21 جويلية 2015 - 10:30",
        "5 شوال 1436",
        "5 شوال 1436هـ",
    ],
)
def test_stamp(stamp: str) -> None:
    assert stamp_day(stamp, TABLES.times) == date(2015, 7, 21)


@pytest.mark.parametrize("stamp", ["", "yesterday", "31/31/2015", "قبل ساعتين", "12345"])
def test_no_stamp(stamp: str) -> None:
    assert stamp_day(stamp, TABLES.times) is None


def test_unread_stamp_is_told() -> None:
    found, issues = reference("قتل جنديان", "قبل ساعتين")
    assert (found.day, found.basis) == (None, "none")
    assert [issue.code for issue in issues] == ["stamp-unread"]


@pytest.mark.parametrize(
    ("text", "published", "day", "basis"),
    [
        ("قتل جنديان في هجوم", "2015-07-21 02:29:04", "2015-07-21", "stamp"),
        ("أعلن الجيش أمس الاثنين", "2015-07-21 02:29:04", "2015-07-21", "stamp"),
        ("قال متحدث اليوم (الاثنين)", "2015-07-21 02:29:04", "2015-07-20", "text"),
        ("صلب التنظيم اليوم الاربعاء أربعة", "2015-07-21", "2015-07-15", "text"),
        ("قال اليوم الأحد إن. وقال اليوم الثلاثاء إن", "2016-10-25", "2016-10-25", "stamp"),
    ],
)
def test_stamp_and_weekday(text: str, published: str, day: str, basis: str) -> None:
    found, issues = reference(text, published)
    assert (found.day, found.basis, issues) == (day, basis, [])


def test_dateline() -> None:
    found, _ = reference("الثلاثاء 21 يوليو 2015\nعنوان الخبر\nقتل جنديان في هجوم على نقطة")
    assert (found.day, found.basis) == ("2015-07-21", "dateline")


LATE = (
    "قال وزير الدفاع الأمريكي آشتون كارتر إن الحملة ستبدأ. وأضاف الرئيس الفرنسي فرانسوا هولاند "
    "أن القتال لا يزال خارج مدينة الموصل في اليوم التاسع للهجوم."
)


def test_late_stamp_loses_to_the_text_and_is_told() -> None:
    found, issues = reference(LATE, "2024-11-26")
    assert (found.day, found.basis) == ("2016-10-25", "event")
    assert [issue.code for issue in issues] == ["stamp-contradicts-text"]
    assert "2024-11-26" in issues[0].message


def test_a_look_back_keeps_its_stamp() -> None:
    text = "قال الرئيس ترامب إن الرئيس باراك أوباما ووزير الدفاع كارتر أخطآ في معركة الموصل"
    assert reference(text, "2019-05-01")[0].day == "2019-05-01"
    text = "في عهد الرئيس الأمريكي السابق أوباما ونظيره الفرنسي السابق الرئيس هولاند"
    assert reference(text, "2019-05-01")[0].day == "2019-05-01"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("منذ أسبوعين، بدأ الزحف باتجاه الموصل", "2016-10-31"),
        ("تتواصل عمليات تحرير الموصل التي انطلقت قبل أيام", "2016-10-24"),
        ("في اليوم الثالث من معركة الموصل", "2016-10-19"),
        ("قال الجيش الخميس إنه استعاد سجن بادوش قرب المدينة", "2017-03-09"),
        ("اجتمع الوزراء بعد أشهر من التأجيل الطويل كله في 14 تموز/يوليو 2015", "2015-07-14"),
    ],
)
def test_text_without_date(text: str, day: str) -> None:
    assert reference(text)[0].day == day


@pytest.mark.parametrize(
    "text", ["", "قتل جنديان في هجوم", "قال الخميس إن", "ذكرى هجمات باريس تقترب"]
)
def test_no_clue_no_day(text: str) -> None:
    assert reference(text) == (Reference(None, "none"), [])


def test_trace_points_at_the_words() -> None:
    text = "أعلن الجيش. منذ أسبوعين، بدأ الزحف باتجاه الموصل"
    trace = reference(text)[0].trace
    assert trace is not None and text[trace.start : trace.end] == "منذ أسبوعين"
    assert trace.where.startswith("dated_events.tsv:")


@pytest.mark.skipif(not SHARED.exists(), reason="the gold annotations are not here")
def test_seeds() -> None:
    for path in sorted((SHARED / "gold" / "seeds").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SHARED / "seeds" / gold["doc"]).read_text(encoding="utf-8")
        first, last = gold["reference_date"]
        assert first <= (reference(text)[0].day or "") <= last, path.stem
