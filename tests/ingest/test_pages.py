"""Web pages: the article without what the site puts round it, its day, its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import KnowledgeError, SourceError
from sijill.ingest import pages
from sijill.ingest.boilerplate import load_boilerplate, without_boilerplate
from sijill.ingest.files import read_articles
from sijill.ingest.pages import read_page
from sijill.issues import IssueLog
from sijill.model import Article
from sijill.pipeline import Pipeline

TITLE = "القوات العراقية تستعيد حي المعلمين"
FIRST = "استعادت القوات العراقية حي المعلمين في الموصل من تنظيم داعش بعد معارك استمرت يومين."
SECOND = "وقال متحدث عسكري إن 23 مسلحا قتلوا في الغارات التي شنتها طائرات التحالف على الحي."
THIRD = "وأضاف أن القوات تتقدم باتجاه حي الصناعة وأن المدنيين خرجوا عبر ممرات آمنة."


def page(head: str = "", top: str = "", middle: str = "", bottom: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl">
<head><title>{TITLE} | موقع</title>{head}</head>
<body><header><div class="top-date">الأحد 24 نوفمبر 2024</div>
<nav><a href="/">الرئيسية</a></nav></header>
<main><article><h1>{TITLE}</h1>{top}<p>{FIRST}</p>{middle}<p>{SECOND}</p><p>{THIRD}</p>{bottom}
</article></main><footer>جميع الحقوق محفوظة</footer></body></html>"""


def read(html: str | bytes, source: str = "page.html", **told: str) -> Article:
    data = html if isinstance(html, bytes) else html.encode()
    return read_page(data, "page", source, **told)[0]


# ------------------------------------------------------------ what is left out


def test_only_the_article_is_kept_and_the_rest_is_counted() -> None:
    article = read(
        page(
            top="<p>شارك: فيسبوك | تويتر | واتساب 12</p>"
            "<p>صورة أرشيفية لعناصر من الجيش (رويترز)</p>",
            middle="<p>اقرأ أيضا: مقتل 40 في غارة على الرقة</p>",
            bottom="<h3>مواضيع ذات صلة</h3><p>قتلى بانفجار في بغداد</p>"
            "<p>هجوم على حلب يوقع ضحايا</p>"
            "<p>تابعونا على تلغرام</p><p>طباعة</p>",
        )
    )
    assert article.text == f"{TITLE}\n\n{FIRST}\n{SECOND}\n{THIRD}"
    assert sum(article.extra["left_out"].values()) >= 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("شارك على فيسبوك", "share"),
        ("فيسبوك تويتر واتساب 314", "share"),
        ("Share on Facebook", "share"),
        ("إقرأ أيضاً: الجيش يدخل المدينة", "related"),
        ("اقرأ المزيد", "related"),
        ("صورة تعبيرية", "caption"),
        ("مصدر الصورة: غيتي", "caption"),
        ("تابعونا على تويتر", "follow"),
        ("حجم الخط", "tools"),
        ("...المزيد", "tools"),
        ("لا توجد تعليقات", "comments"),
        ("لن يتم نشر عنوان بريدك الإلكتروني.", "comments"),
        ("جميع الحقوق محفوظة © 2017", "rights"),
        ("الكلمات الدلالية: العراق، الموصل", "tags"),
    ],
)
def test_lines_of_sites(line: str, kind: str) -> None:
    kept, left_out = without_boilerplate(f"{FIRST}\n{line}\n{SECOND}", load_boilerplate())
    assert kept == f"{FIRST}\n{SECOND}"
    assert left_out == {kind: 1}


@pytest.mark.parametrize(
    "line",
    [
        "شارك في القصف ثلاث طائرات روسية.",
        "شارك الجيش في الهجوم على المدينة",
        "اشترك في الهجوم فصائل عدة.",
        "تابع الجيش تقدمه نحو المدينة.",
        "وشاركت في العملية قوات خاصة.",
        "(رويترز)",
        "بغداد - أ ف ب",
        "للمزيد من الضغط على التنظيم، أغلق الجيش الطريق.",
        "أرسل الجيش تعزيزات إلى المدينة",
        "صور الأقمار الصناعية أظهرت دمارا واسعا.",
        "حفظ السلام مهمة القوات هناك",
        "الاسم الحقيقي للقيادي غير معروف",
        "23",
        "حقل الخط الساخن",
    ],
)
def test_lines_of_articles_stay(line: str) -> None:
    text = f"{FIRST}\n{line}\n{SECOND}"
    assert without_boilerplate(text, load_boilerplate()) == (text, {})


def test_a_list_of_headlines_ends_where_the_article_goes_on() -> None:
    text = f"{FIRST}\nاقرأ أيضا\nقتلى بانفجار في بغداد\nهجوم على حلب\n{SECOND}\nعنوان فرعي\n{THIRD}"
    kept, left_out = without_boilerplate(text, load_boilerplate())
    assert kept == f"{FIRST}\n{SECOND}\nعنوان فرعي\n{THIRD}"
    assert left_out == {"related": 3}


def test_a_wrong_word_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "boilerplate.tsv"
    path.write_text("phrase\tkind\tmatch\nشارك\tshare\tsomewhere\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"boilerplate\.tsv:2: match is one of"):
        load_boilerplate(path)


def test_evidence_counts_in_the_kept_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(top="<p>شارك على فيسبوك</p>"), encoding="utf-8")
    (reading,) = Pipeline().read_many([str(path)], IssueLog())
    pieces = [reading.text[a:b] for report in reading.reports for a, b in report.evidence]
    assert any(piece in FIRST for piece in pieces)


# ------------------------------------------------------------ the day

LD = '<script type="application/ld+json">%s</script>'


@pytest.mark.parametrize(
    ("parts", "day", "where"),
    [
        # linked data
        (
            {
                "head": LD % '{"@type":"NewsArticle","datePublished":"2017-03-09T23:30:00-05:00",'
                '"dateModified":"2019-01-01"}'
            },
            "2017-03-09",
            "linked data",
        ),
        (
            {
                "head": LD % '{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},'
                '{"@type":["ReportageNewsArticle"],"datePublished":"2017-03-09"}]}'
            },
            "2017-03-09",
            "linked data",
        ),
        # a list of other articles, no day of this one
        (
            {
                "head": LD % '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle",'
                '"datePublished":"2024-11-23"}]}'
            },
            "",
            "",
        ),
        # broken JSON that names one day
        (
            {"head": LD % '{"@type":"NewsArticle", "datePublished": "2017-03-09", "a": "x"y"}'},
            "2017-03-09",
            "linked data",
        ),
        ({"head": LD % ("[" * 5000)}, "", ""),
        # meta, of which the surest counts; a change is no publication
        (
            {
                "head": '<meta property="article:modified_time" content="2018-02-02">'
                '<meta name="date" content="2018-01-01">'
                '<meta property="article:published_time" content="2017-03-09T10:00:00Z">'
            },
            "2017-03-09",
            "meta",
        ),
        ({"head": '<meta itemprop="datePublished" content="09/03/2017">'}, "2017-03-09", "meta"),
        # a filler where the system knows no day
        (
            {
                "head": '<meta property="article:published_time" content="0001-01-01T00:00:00">',
                "top": '<time datetime="2017-03-09">',
            },
            "2017-03-09",
            "time",
        ),
        # <time>: that of the headline, not of the boxes round it
        (
            {
                "top": '<time datetime="2017-03-09T10:00">قبل ساعة</time>',
                "bottom": '<div class="related"><time datetime="2024-11-23"></time></div>' * 3,
            },
            "2017-03-09",
            "time",
        ),
        (
            {"bottom": '<div class="related"><time datetime="2024-11-23"></time></div>'},
            "",
            "",
        ),
        ({"bottom": '<div id="comments"><time datetime="2020-01-01"></time></div>'}, "", ""),
        # a stamp for people, months of any region
        ({"top": '<span class="post-date">26 تشرين الأول 2016</span>'}, "2016-10-26", "visible"),
        ({"top": '<div class="date">الخميس ٩ مارس ٢٠١٧ - 10:30</div>'}, "2017-03-09", "visible"),
        ({"top": '<span class="date">10 جمادى الآخرة 1438 هـ</span>'}, "2017-03-09", "visible"),
        ({"top": '<span class="updated date">2019-01-01</span>'}, "", ""),
        ({"top": '<span class="date">منذ ساعتين</span>'}, "", ""),
        # today's banner alone
        ({}, "", ""),
    ],
)
def test_day_of_a_page(parts: dict[str, str], day: str, where: str) -> None:
    article = read(page(**parts))
    assert (article.published, article.extra.get("day_from", "")) == (day, where)


# ------------------------------------------------------------ address and outlet


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="https://www.okaz.com.sa/a/1">',
            "https://www.okaz.com.sa/a/1",
        ),
        ('<meta property="og:url" content="https://okaz.com.sa/2">', "https://okaz.com.sa/2"),
        (
            '<link rel="canonical" href="/relative"><meta property="og:url" content="http://a.com/3">',
            "http://a.com/3",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="file:///etc/passwd">', ""),
        ('<link rel="canonical" href="http://[bad">', ""),
        (f'<link rel="canonical" href="http://a.com/{"x" * 5000}">', ""),
    ],
)
def test_address_of_a_page(head: str, url: str) -> None:
    assert read(page(head=head)).url == url


def test_address_in_the_mark_of_a_browser() -> None:
    html = "<!-- saved from url=(0024)https://okaz.com.sa/a/7 -->\n" + page()
    assert read(html).url == "https://okaz.com.sa/a/7"


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://www.okaz.com.sa/a/1", "https://www.okaz.com.sa/a/1"),
        ("https://aawsat.com/other", "https://okaz.com.sa/fetched"),
        ("/a/2", "https://okaz.com.sa/a/2"),
    ],
)
def test_where_a_page_was_fetched_outweighs_what_it_says(canonical: str, url: str) -> None:
    html = page(head=f'<link rel="canonical" href="{canonical}">')
    assert read(html, fetched="https://okaz.com.sa/fetched").url == url


@pytest.mark.parametrize(
    ("name", "head", "outlet"),
    [
        ("www.okaz.com.sa/article/1.html", "", "okaz"),
        ("okaz.com.sa_article_1.html", "", "okaz"),
        ("page.html", '<link rel="canonical" href="https://m.okaz.com.sa/1">', "okaz"),
        ("okaz.com.sa_1.html", '<meta property="og:site_name" content="عكاظ">', "okaz"),
        ("unheard.example.org_1.html", "", None),
        ("page.html", '<meta property="og:site_name" content="موقع بعيد">', "موقع بعيد"),
    ],
)
def test_outlet_of_a_page(tmp_path: Path, name: str, head: str, outlet: str | None) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(head=head), encoding="utf-8")
    (reading,) = Pipeline().read_many([str(path)], IssueLog())
    assert reading.outlet == outlet


# ------------------------------------------------------------ characters and size


@pytest.mark.parametrize(
    ("encoding", "meta", "charset"),
    [
        ("utf-8", "iso-8859-1", "windows-1256"),
        ("windows-1256", "utf-8", ""),
        ("windows-1256", "", "iso-8859-1"),
        ("windows-1256", "iso-8859-1", "latin1"),
        ("iso-8859-6", "iso-8859-6", ""),
        ("iso-8859-6", "", "ISO_8859-6"),
        ("utf-16", "", ""),
        ("cp720", "DOS-720", ""),
        ("windows-1256", "zlib_codec", "unicode_escape"),
    ],
)
def test_characters_of_a_page(encoding: str, meta: str, charset: str) -> None:
    html = page(head=f'<meta charset="{meta}">' if meta else "")
    assert FIRST in read(html.encode(encoding), charset=charset).text


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("", "no-text"),
        ("<html><body></body></html>", "no-text"),
        ("<html><body><p>شارك على فيسبوك</p><p>طباعة</p></body></html>", "no-text"),
        ("<script>document.write('نص')</script>", "no-text"),
        (b"%PDF-1.4 \xe2\xe3", "binary"),
    ],
)
def test_pages_without_an_article_are_named(html: str | bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(html)
    assert caught.value.code == code


def test_a_page_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LARGEST_PAGE", 500)
    with pytest.raises(SourceError, match="larger than") as caught:
        read(page())
    assert caught.value.code == "too-large"


def test_nothing_on_a_page_is_fetched_or_run(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    html = page(
        head='<link rel="stylesheet" href="http://127.0.0.1:9/a.css">'
        '<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/">'
        '<base href="http://127.0.0.1:9/">',
        middle='<script src="http://127.0.0.1:9/a.js"></script><img src="http://127.0.0.1:9/a.png">'
        '<iframe src="http://127.0.0.1:9/f"></iframe>',
    )
    assert FIRST in read(html).text


def test_names_of_files_that_cannot_be_printed(tmp_path: Path) -> None:
    import os

    for name in (b"a\x1b[31m.txt", b"b\xff.txt", "c\u202etxt.txt".encode()):
        path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 - bytes
        with open(path, "wb") as stream:  # noqa: PTH123 - bytes
            stream.write(FIRST.encode())
    log = IssueLog()
    articles = list(read_articles([str(tmp_path)], log))
    assert [one.doc for one in articles] == ["a\ufffd[31m", "b\ufffd", "c\ufffdtxt"]
    assert all(one.source.encode() for one in articles)
    assert [issue.code for issue in log] == ["name", "name"]
