"""Short articles made up for the tests of the record, and files of them."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

import sijill
from sijill.record.record import Record

SAMPLE = Path(sijill.__file__).parent / "samples" / "stories.jsonl"

#: Made articles by name: outlet, day, text.
ARTICLES = {
    "strike-one": (
        "one.example",
        "2017-03-09",
        "قصفت طائرات التحالف الدولي مدينة منبج في ريف حلب يوم الأربعاء 8 مارس 2017 فقتل 17 مدنيا "
        "وأصيب 30 آخرون، بحسب ناشطين.",
    ),
    "strike-two": (
        "two.example",
        "2017-03-09",
        "قال المرصد السوري لحقوق الإنسان إن 23 مدنيا قتلوا في غارة شنتها طائرات التحالف على منبج "
        "الأربعاء 8 مارس 2017.",
    ),
    "taken": (
        "one.example",
        "2017-03-09",
        "سيطرت قوات سوريا الديمقراطية على مدينة الطبقة يوم الخميس 9 مارس 2017 بعد طرد تنظيم داعش "
        "منها.",
    ),
    "retaken": (
        "three.example",
        "2017-05-12",
        "استعادت القوات العراقية حي النور في الموصل من تنظيم داعش يوم الجمعة 12 مايو 2017.",
    ),
    "nothing": ("two.example", "2017-05-13", "افتتح الوزير معرض الكتاب في العاصمة وألقى كلمة."),
}
#: A third telling of the strike.
STRIKE_THREE = (
    "three.example",
    "2017-03-11",
    "قصفت طائرات التحالف مدينة منبج يوم الأربعاء 8 مارس 2017 فقتل 20 مدنيا.",
)

Articles = dict[str, tuple[str, str, str]]


def write(path: Path, articles: Articles) -> Path:
    """The articles as a file of JSON Lines."""
    lines = (
        json.dumps({"doc": doc, "outlet": outlet, "published": day, "text": text})
        for doc, (outlet, day, text) in articles.items()
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def made(record: Record) -> list[object]:
    """Everything that the events of a record say, to be compared."""
    return [msgspec.to_builtins(event) for event in record.store.events()]


def strike(record: Record) -> str:
    """The id of the strike that two outlets tell of."""
    (event,) = record.events(place="sy_manbij", type="airstrike")
    return event.id
