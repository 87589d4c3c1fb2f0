"""Who published a text and whose text it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.ingest.outlet import OutletTable, find_outlet, load_outlets
from sijill.model import Article
from sijill.text.tokens import tokenise

ROWS = """id\tname\tkind\taliases\tdomain\tcountry
afp\tوكالة فرانس برس\tagency\tأ ف ب|فرانس برس|AFP\tafp.com\tfr
reuters\tرويترز\tagency\tوكالة رويترز|Reuters\treuters.com\tgb
agencies\tوكالات\tagency\tوكالات|الوكالات\t\t
okaz\tعكاظ\tnewspaper\tعكاظ|صحيفة عكاظ\tokaz.com.sa\tsa
alraipress\tالرأي برس\tsite\tالرأي برس\talraipress.com\tye
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> OutletTable:
    path: Path = tmp_path_factory.mktemp("knowledge") / "outlets.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return load_outlets(path)


@pytest.mark.parametrize(
    ("text", "outlet", "agency"),
    [
        ("أ ف ب – يواصل التنظيم التراجع.", None, "AFP"),
        ("أ.ف.ب – يواصل التنظيم التراجع.", None, "AFP"),
        ("لندن - رويترز: قال متحدث إن القوات تقدمت.", None, "Reuters"),
        ("عنوان الخبر\nالساعة 00:03 (الرأي برس - وكالات)\n\nقالت", "alraipress", "وكالات"),
        ("دخلت القوات المدينة. (رويترز)", None, "Reuters"),
        ("دخلت القوات المدينة، وفق ما قال مدير المرصد لوكالة فرانس برس.", None, "AFP"),
        ("دخلت القوات المدينة، كما قال المتحدث لرويترز.", None, "Reuters"),
        ("وذكرت رويترز أن القوات دخلت المدينة.", None, None),
        ("دخلت القوات المدينة وفق صحيفة عكاظ أمس.", None, None),
        ("دخلت القوات المدينة.\n\nعكاظ", "okaz", None),
    ],
)
def test_by_the_text(table: OutletTable, text: str, outlet: str | None, agency: str | None) -> None:
    assert find_outlet(Article("a", text), tokenise(text), table) == (outlet, agency)


@pytest.mark.parametrize(
    ("key", "url", "outlet"),
    [
        ("okaz", "", "okaz"),
        ("عكاظ", "", "okaz"),
        ("www.okaz.com.sa", "", "okaz"),
        ("", "https://m.okaz.com.sa/article/1", "okaz"),
        ("unheard-of", "", "unheard-of"),
        ("", "https://example.org/1", None),
        ("", "not an address", None),
    ],
)
def test_by_key_and_address(table: OutletTable, key: str, url: str, outlet: str | None) -> None:
    article = Article("a", "نص", outlet=key, url=url)
    assert find_outlet(article, tokenise("نص"), table)[0] == outlet


def test_an_outlet_is_not_its_own_agency(table: OutletTable) -> None:
    text = "رويترز - دخلت القوات المدينة."
    article = Article("a", text, url="https://www.reuters.com/1")
    assert find_outlet(article, tokenise(text), table) == ("reuters", None)
