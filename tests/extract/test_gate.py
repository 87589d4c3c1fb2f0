"""What must stay silent, and what only war news around it makes a report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.model import Report

Reports = Callable[[str], tuple[Report, ...]]

#: Sport, trade, culture, metaphor, names, everyday life: words of war without a war.
SILENT = [
    "سجل اللاعب هدفا في مرمى المنتخب العراقي.",
    "فاز المنتخب السوري على نظيره العراقي في مباراة مثيرة.",
    "هجوم الفريق الأول لم ينجح في اختراق دفاع الضيوف.",
    "استعاد المنتخب صدارة المجموعة.",
    "قصف المعارضون الميزانية بانتقاداتهم في البرلمان.",
    "انفجار سكاني في القاهرة.",
    "شن النائب هجوما لاذعا على الحكومة في البرلمان.",
    "ارتفعت أسعار النفط بعد تراجع المخزونات.",
    "تراجعت الأسهم في سوق دبي.",
    "دخل القانون حيز التنفيذ في بغداد.",
    "عرض فيلم عن الحرب في مهرجان القاهرة.",
    "تحررت المرأة من قيود كثيرة.",
    "جهاز مكافحة الإرهاب العراقي.",
    "يخضع المريض لعلاج طويل.",
    "هطلت الأمطار على بغداد.",
    "سقطت الأمطار على مدينة حلب.",
    "ضربة جزاء للفريق.",
    "حقق الطلاب تقدما في الدراسة في بغداد.",
    "أطلق المصرف المركزي مبادرة جديدة.",
    "انسحب اللاعب من البطولة.",
    "انسحب المرشح من الانتخابات.",
    "وصل المنتخب إلى الدوحة.",
    "هاجم الناقد الرواية الجديدة.",
    "كتاب عن معركة القادسية.",
    "ساحة التحرير في القاهرة.",
    "سيطر الفريق على مجريات المباراة.",
    "اغتيال الأحلام في رواية جديدة.",
    "حصار الأسعار يخنق المواطن.",
    "معركة الدستور في البرلمان.",
    "أعلن البنك المركزي هجوما على التضخم.",
    "فازت الرواية بجائزة الشيخ زايد.",
    "انفجرت الجماهير فرحا بعد الهدف.",
    "هزم ريال مدريد برشلونة بثلاثة أهداف.",
    "أطلق الفنان أغنية جديدة بعنوان الحرب.",
    "حملة انتخابية في محافظة البصرة.",
    "حملة تطعيم ضد شلل الأطفال في حلب.",
    "معرض القاهرة الدولي للكتاب.",
    "يحاصر الفقر سكان المدينة.",
    "الجيش الأبيض في مواجهة كورونا.",
    "دخل المهاجم منطقة الجزاء وسدد كرة قوية.",
    "غارة على المطبخ.",
    "تفجير مفاجأة في البرنامج.",
    "ولد الشاعر في مدينة الموصل ودرس في بغداد.",
    "صدر العدد الجديد من مجلة العربي.",
    "توفي الفنان المصري بعد صراع مع المرض.",
    "حادث سير يودي بحياة خمسة أشخاص في الطائف.",
]

WAR = (
    "قتل 12 مدنيا في غارات للتحالف الدولي على مدينة الرقة السورية. "
    "وقصفت مدفعية النظام السوري بلدة خان شيخون ما أسفر عن مقتل ثلاثة مدنيين. "
    "وأعلن المرصد السوري لحقوق الإنسان مقتل عشرة من عناصر تنظيم داعش في اشتباكات مع قوات "
    "سوريا الديمقراطية في ريف الرقة. "
)
TALKS = "التقى وزير الخارجية الروسي سيرغي لافروف وزير الخارجية التركي في موسكو."
RETAKEN = "واستعادت القوات العراقية مدينة الرمادي في الأنبار."
OTHER_WAR = (
    "قتل 12 من عناصر تنظيم داعش في غارات للتحالف الدولي على مدينة الموصل العراقية. "
    "وقصفت القوات العراقية مواقع تنظيم داعش في الموصل ما أسفر عن مقتل ثلاثة مدنيين. "
    "وقتل خمسة جنود عراقيين في تفجير سيارة مفخخة في الفلوجة تبناه تنظيم داعش. "
)


@pytest.mark.parametrize("text", SILENT)
def test_silence(reports: Reports, text: str) -> None:
    assert reports(text) == ()


def test_silence_of_a_whole_page_of_sport(reports: Reports) -> None:
    assert reports(" ".join(SILENT)) == ()


def test_talks_are_reports_in_war_news_only(reports: Reports) -> None:
    assert reports(TALKS) == ()
    assert "meeting" in [one.type for one in reports(WAR + TALKS)]


def test_war_news_is_kept(reports: Reports) -> None:
    assert [one.type for one in reports(WAR)] == ["airstrike", "shelling", "clash"]


def test_the_enemy_in_the_only_war_counts_as_stated(reports: Reports) -> None:
    (capture,) = [one for one in reports(OTHER_WAR + RETAKEN) if one.type == "capture"]
    assert (capture.actor, capture.target) == (("iraq_forces",), ("islamic_state",))


def test_counted_flight_is_news_by_itself(reports: Reports) -> None:
    found = reports("بلغ عدد النازحين من مدينة الموصل 37 ألفا منذ بدء العملية.")
    assert [r.type for r in found] == ["displacement"]


def test_vehicles_of_a_fight_are_no_accident(reports: Reports) -> None:
    text = (
        "دمر الطيران الروسي رتلا لتنظيم داعش كان متوجها إلى دير الزور، فقتل أكثر من مئتين منهم "
        "وأتلف ما يزيد على عشرين مركبة. وقال مسؤول إن المعركة مستمرة. وتحاصر داعش المدينة."
    )
    assert any(f.kind == "killed" and f.low == 200 for r in reports(text) for f in r.figures)


def test_a_vehicle_alone_tells_of_a_crash(reports: Reports) -> None:
    text = "قتل 12 شخصا في انقلاب مركبة قرب مدينة حلب. ونقل الجرحى إلى المستشفى. وفتح تحقيق."
    assert not reports(text)
