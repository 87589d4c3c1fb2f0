"""Tables of articles: headings, separators, characters, and rows that are wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sijill.errors import KnowledgeError
from sijill.ingest.columns import load_columns, read_header
from sijill.ingest.files import read_articles
from sijill.issues import Issue, IssueLog
from sijill.model import Article

ARABIC = "استعادت القوات العراقية حي المعلمين في الموصل، وقتل 23 مدنيا."


def read(path: Path) -> tuple[list[Article], IssueLog]:
    log = IssueLog()
    return list(read_articles([str(path)], log)), log


def table(tmp_path: Path, *lines: str, name: str = "a.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def skipped(log: IssueLog) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.place) for issue in log.skipped()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "heading",
    [
        ("id", "Title", "TEXT", "published", "outlet", "url", "editor"),
        ("doc_id", "Headline", "body", "Publish Date", "source", "Link", "editor"),
        ("المعرّف", "العنوان", "النص", "تاريخ النشر", "المصدر", "الرابط", "editor"),
    ],
)
def test_headings_and_separators(tmp_path: Path, heading: tuple[str, ...], delimiter: str) -> None:
    cells = "7", "عنوان", f'"{ARABIC}\nوأضاف ""نعم""."', "2017-03-09", "okaz", "http://a.b/1", "م"
    (article,), log = read(table(tmp_path, delimiter.join(heading), delimiter.join(cells)))
    assert not len(log)
    assert article.text == f'{ARABIC}\nوأضاف "نعم".'
    assert (article.doc, article.title, article.published) == ("7", "عنوان", "2017-03-09")
    assert (article.outlet, article.url) == ("okaz", "http://a.b/1")
    assert article.extra == {"editor": "م"}


def test_a_row_without_a_name_is_named_by_its_line(tmp_path: Path) -> None:
    path = table(tmp_path, "title,text", f'ع,"{ARABIC}\n{ARABIC}"', "", f'ع,"{ARABIC}"')
    articles, _ = read(path)
    assert [one.doc for one in articles] == ["a:2", "a:5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("heading", ["id,text", "المعرف,النص"])
def test_characters(tmp_path: Path, encoding: str, heading: str) -> None:
    path = table(tmp_path, heading, f'1,"{ARABIC}"', f'2,"{ARABIC}"', encoding=encoding)
    articles, log = read(path)
    assert [one.text for one in articles] == [ARABIC, ARABIC]
    assert len(log) == (not encoding.startswith("utf-8"))


def test_rows_in_different_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    latin = "Le général a été blessé près de la frontière"
    rows = [("1", "utf-8"), ("2", "windows-1256"), ("3", "iso-8859-6"), ("4", "utf-8")]
    data = b"".join(f'{doc},"{ARABIC}"\n'.encode(encoding) for doc, encoding in rows)
    path.write_bytes(b"id,text\n" + data + f"5,{latin}\n".encode("latin-1") + data[:40])
    articles, log = read(path)
    assert [one.text for one in articles[:4]] == [ARABIC] * 4
    assert [issue.place for issue in log if issue.code == "encoding" and issue.level == "warning"]
    assert any(issue.level == "skipped" and issue.place == 6 for issue in log)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (f"2,{ARABIC},2017-03-09,one,two", "row"),
        (f'2,"{ARABIC},2017-03-09', "row"),
        (f'2,"{ARABIC}" قال,2017-03-09', "row"),
        ('2,"",2017-03-09', "empty"),
        ("2", "no-text"),
        ("2,The army retook the town.,2017-03-09", "language"),
    ],
)
def test_a_bad_row_costs_only_itself(tmp_path: Path, bad: str, code: str) -> None:
    good = [f"{n},{ARABIC},2017-03-09" for n in range(10, 14)]
    path = table(tmp_path, "id,text,date", good[0], bad, *good[1:])
    articles, log = read(path)
    assert [one.doc for one in articles] == ["10", "11", "12", "13"]
    (issue,) = log.skipped()
    assert issue.code == code
    assert issue.place == 3 or "#2" in str(issue)


def test_a_quote_that_another_row_happens_to_close(tmp_path: Path) -> None:
    """Read as the format says, the rows between the two would vanish in one headline."""
    rows = [f"{n},عنوان {n},{ARABIC}" for n in range(3, 9)]
    path = table(tmp_path, "id,title,text", f'2,"عنوان,{ARABIC}', *rows, f'9,عنوان",{ARABIC}')
    articles, log = read(path)
    assert [one.doc for one in articles] == [*"3456789"]
    assert skipped(log) == [("row", 2)]


def test_quotes_are_plain_signs_in_tables_with_tabs(tmp_path: Path) -> None:
    path = table(tmp_path, "id\ttitle\ttext", f'1\t"نعم" قالها\t{ARABIC}', name="a.tsv")
    (article,), log = read(path)
    assert (article.title, article.text) == ('"نعم" قالها', ARABIC)
    assert not len(log)


@pytest.mark.parametrize(
    ("lines", "code", "message"),
    [
        ((), "empty", "no text"),
        (("", "  "), "empty", "no text"),
        (("id,name,count", "1,2,3"), "columns", "name one of them text"),
        ((ARABIC, ARABIC), "columns", "name one of them text"),
        (("\rid,text\r1,نص\r",), "line-ends", "line ends"),
    ],
)
def test_tables_that_are_none(
    tmp_path: Path, lines: tuple[str, ...], code: str, message: str
) -> None:
    articles, log = read(table(tmp_path, *lines))
    (issue,) = log
    assert not articles and (issue.code, issue.level) == (code, "skipped")
    assert message in issue.message


def test_two_columns_of_one_meaning(tmp_path: Path) -> None:
    path = table(tmp_path, "id,text,body", f"1,{ARABIC},غيره")
    (article,), log = read(path)
    assert (article.text, article.extra) == (ARABIC, {"body": "غيره"})
    assert [issue.code for issue in log] == ["columns"]


def test_headings_that_look_like_ours(tmp_path: Path) -> None:
    path = table(tmp_path, "text,body (3),body,,,column 4", f"{ARABIC},a,b,c,d,e")
    (article,), _ = read(path)
    assert article.text == ARABIC
    assert list(article.extra.values()) == [*"abcde"]


def test_a_first_line_without_end(tmp_path: Path) -> None:
    articles, log = read(table(tmp_path, "text," * 50_000, ARABIC))
    assert not articles and skipped(log) == [("columns", 1)]


def test_the_separator_line_of_a_spreadsheet(tmp_path: Path) -> None:
    (article,), log = read(table(tmp_path, "sep=;", "id;text", f"1;{ARABIC}"))
    assert article.doc == "1" and not len(log)


def test_huge_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = f"{ARABIC} " * 5000  # longer than Python's own limit of a cell
    path = table(tmp_path, "id,text", f"1,{long.strip()}", f"2,{ARABIC}")
    articles, log = read(path)
    assert [len(one.text) for one in articles] == [len(long.strip()), len(ARABIC)] and not len(log)
    for module in ("rows", "lines"):
        monkeypatch.setattr(f"sijill.ingest.{module}.LARGEST", 500)
    lines = "\n".join([ARABIC] * 50)
    path = table(tmp_path, "id,text", f"1,{long}", f"2,{ARABIC}", f'3,"{lines}"', f"4,{ARABIC}")
    articles, log = read(path)
    assert [one.doc for one in articles][:1] == ["2"] and articles[-1].doc == "4"
    assert ("too-large", 2) in skipped(log) and ("row", 4) in skipped(log)


def test_a_million_quotes_take_no_longer(tmp_path: Path) -> None:
    """Rows that are put back are not read over and over again."""
    path = table(tmp_path, "id,text", *['1,"x""', '",y,"', '"'] * 20_000)
    articles, log = read(path)
    assert not articles and log.skipped()


def test_hostile_names(tmp_path: Path) -> None:
    names = "../../etc/passwd", "=cmd|' /C calc'!A0", "a\x1b]0;x\x07b", "ن" * 5000
    path = table(tmp_path, "id,text", *[f'"{name}",{ARABIC}' for name in names])
    articles, log = read(path)
    docs = [one.doc for one in articles]
    assert docs[:2] == list(names[:2])
    assert docs[2] == "a\ufffd]0;x\ufffdb" and len(docs[3]) == 300
    assert [issue.code for issue in log] == ["name", "name"]


def test_archives_and_content(tmp_path: Path) -> None:
    data = f"id,text\n1,{ARABIC}\n".encode() + f"2,{ARABIC}\n".encode() * 5000
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(data))
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(data)[:-300])
    (tmp_path / "export.data").write_bytes(data[:200])
    (tmp_path / "note.data").write_text(f"النص، {ARABIC}", encoding="utf-8")
    assert len(read(tmp_path / "a.csv.gz")[0]) == 5001
    articles, log = read(tmp_path / "cut.csv.gz")
    assert articles and [issue.code for issue in log.skipped()] == ["broken-archive"]
    assert read(tmp_path / "export.data")[0][0].doc == "1"
    assert read(tmp_path / "note.data")[0][0].text.startswith("النص، ")


def test_a_table_is_never_loaded_whole(tmp_path: Path) -> None:
    path = table(tmp_path, "id,text", *[f"{n},{ARABIC}" for n in range(20_000)])
    reading = read_articles([str(path)], IssueLog())
    assert next(reading).doc == "0"
    path.write_text("", encoding="utf-8")
    assert sum(1 for _ in reading) < 19_999


def test_headings_are_data(tmp_path: Path) -> None:
    assert read_header("Doc-ID;النص").columns == ("doc", "text")
    path = tmp_path / "columns.tsv"
    path.write_text("field\tnames\nword\tx\ntext\ty\ntitle\ty\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_columns(path)
    assert [(fault.line) for fault in caught.value.faults] == [2, 4]


def test_issue_names_file_and_line(tmp_path: Path) -> None:
    path = table(tmp_path, "id,text", "1,2,3,4", f"2,{ARABIC}")
    _, log = read(path)
    issue: Issue = log.skipped()[0]
    assert str(issue).startswith(f"{path} line 2: 4 cells for 2 columns")
