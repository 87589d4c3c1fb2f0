"""What the tests of pages ask of a page and of the record behind it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from sijill.record.record import Record
from sijill.testimony import Event


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def event_of(path: Path, kind: str) -> Event:
    with Record.open(path, read_only=True, create=False) as record:
        return max(record.events(type=kind), key=lambda one: len(one.members))


#: Words meant to break out of a page.
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}</script>"
#: An article with a number of dead, a speaker, and a sentence between its two reports.
TELLS = (
    "قصفت طائرات التحالف الدولي مدينة منبج يوم الأربعاء 8 مارس 2017 فقتل {} مدنيا، بحسب {} في "
    "المدينة. {} وسيطرت قوات سوريا الديمقراطية على مدينة الطبقة يوم الخميس 9 مارس 2017."
)
