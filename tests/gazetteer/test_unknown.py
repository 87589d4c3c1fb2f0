"""Place names that no table has, counted."""

from __future__ import annotations

from sijill.extract.reader import load_extractor
from sijill.gazetteer.unknown import unknown_names
from sijill.model import Article

TEXTS = (
    "قصفت الطائرات قرية خربوطة جنوب الموصل. وانسحب المسلحون من قرية خربوطة.",
    "سيطر الجيش العراقي على قرية خربوطة وبلدة القيارة.",
    "سيطر الجيش العراقي على قرية زرنوقة.",
)


def test_names_are_counted_with_an_example() -> None:
    articles = [Article(doc=f"d{n}", text=text) for n, text in enumerate(TEXTS)]
    first, second = unknown_names(articles, load_extractor())
    assert (first.name, first.kind, first.count, first.articles) == ("خربوطة", "village", 3, 2)
    assert (first.doc, first.example) == ("d0", TEXTS[0].split(". ")[0] + ".")
    assert first.within == "جنوب الموصل"
    assert (second.name, second.articles) == ("زرنوقة", 1)
