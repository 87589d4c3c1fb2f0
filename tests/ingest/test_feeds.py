"""Feeds: RSS and Atom from files, and from a local server that is asked once and politely."""

from __future__ import annotations

import builtins
import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sijill.cli import app
from sijill.errors import SourceError
from sijill.ingest import feeds, fetch
from sijill.ingest.feeds import parse_feed, read_feed
from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article
from sijill.pipeline import Pipeline

pytest.importorskip("feedparser", reason="the extra inputs is not installed")

ARABIC = "استعادت القوات العراقية حي المعلمين في الموصل من تنظيم داعش."
MORE = "وقتل 23 مسلحا في غارات على الحي."


def item(number: int, text: str = ARABIC, more: str = "") -> str:
    return (
        f"<item><title>خبر {number}</title><link>https://okaz.com.sa/{number}</link>"
        f"<guid>https://okaz.com.sa/?p={number}</guid><description>{text}</description>"
        f"<pubDate>Thu, 09 Mar 2017 23:30:00 -0500</pubDate>{more}</item>"
    )


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>', title: str = "ع") -> str:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    channel = f"<title>{title}</title><link>https://okaz.com.sa</link>{''.join(items)}"
    return f'{head}<rss version="2.0" {spaces}><channel>{channel}</channel></rss>'


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>موقع</title>
<entry><id>tag:a,2017:1</id><title type="html">خبر &amp;amp; آخر</title>
<link rel="alternate" href="https://okaz.com.sa/1"/><updated>2019-01-01T00:00:00Z</updated>
<published>2017-03-09T10:00:00Z</published><summary>ملخص</summary>
<content type="html">&lt;p&gt;{ARABIC}&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;
&lt;p&gt;{MORE}&lt;br&gt;{MORE}&lt;/p&gt;
&lt;p&gt;شارك على فيسبوك&lt;/p&gt;</content></entry></feed>"""


def read(path: Path, text: str | bytes, name: str = "a.xml") -> tuple[list[Article], IssueLog]:
    file = path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    log = IssueLog()
    return list(read_articles([str(file)], log)), log


def codes(log: IssueLog) -> list[str]:
    return [issue.code for issue in log]


# ------------------------------------------------------------ files


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.rdf", "feed", "a.xml.gz"])
def test_rss(tmp_path: Path, name: str) -> None:
    data = rss(item(1), item(2)).encode()
    articles, log = read(tmp_path, gzip.compress(data) if name.endswith("gz") else data, name)
    first, second = articles
    assert not len(log)
    assert first.text == f"خبر 1\n\n{ARABIC}"
    assert (first.doc, second.doc) == ("https://okaz.com.sa/?p=1", "https://okaz.com.sa/?p=2")
    assert (first.url, first.outlet) == ("https://okaz.com.sa/1", "ع")


def test_day_and_outlet_of_an_entry(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(rss(item(1)), encoding="utf-8")
    (reading,) = Pipeline().read_many([str(tmp_path / "a.rss")], IssueLog())
    assert (reading.reference.day, reading.reference.basis) == ("2017-03-09", "stamp")
    assert reading.outlet == "okaz"


def test_atom_in_full_without_markup_and_buttons(tmp_path: Path) -> None:
    (article,), log = read(tmp_path, ATOM, "a.atom")
    assert article.text == f"خبر & آخر\n\n{ARABIC}\n{MORE}\n{MORE}"
    assert article.published == "2017-03-09T10:00:00Z"
    assert article.extra == {"left_out": {"share": 1}}
    assert not len(log)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("<pubDate>الخميس، 9 مارس 2017</pubDate>", "2017-03-09"),
        ("<dc:date>2017-03-09T23:30:00-05:00</dc:date>", "2017-03-09"),
        ("<pubDate>09 آذار 2017</pubDate>", "2017-03-09"),
        ("", None),
    ],
)
def test_stamps(tmp_path: Path, stamp: str, day: str | None) -> None:
    entry = f"<item><title>خبر</title><description>{ARABIC}</description>{stamp}</item>"
    (tmp_path / "a.rss").write_text(rss(entry), encoding="utf-8")
    (reading,) = Pipeline().read_many([str(tmp_path / "a.rss")], IssueLog())
    assert reading.reference.day == day


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("windows-1256", "windows-1256"),
        ("windows-1256", "utf-8"),
        ("windows-1256", "iso-8859-1"),
        ("iso-8859-6", "iso-8859-6"),
        ("utf-8", "windows-1256"),
        ("utf-16", "utf-16"),
    ],
)
def test_characters(tmp_path: Path, encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    articles, _ = read(tmp_path, rss(item(1), head=head).encode(encoding))
    assert [one.text for one in articles] == [f"خبر 1\n\n{ARABIC}"]


def test_entries_that_are_wrong_cost_only_themselves(tmp_path: Path) -> None:
    english = "<item><title>Army</title><description>The army retook it.</description></item>"
    articles, log = read(tmp_path, rss(item(1), "<item></item>", english, item(2)))
    assert [one.url[-1] for one in articles] == ["1", "2"]
    assert codes(log) == ["no-text", "language"]
    assert "entry 2" in str(log.skipped()[0])


def test_a_feed_of_another_language_is_named(tmp_path: Path) -> None:
    entry = "<item><guid>%d</guid><title>Army</title><description>The army.</description></item>"
    articles, log = read(tmp_path, rss(*[entry % n for n in range(3)], title="News"))
    assert not articles
    assert codes(log) == ["language"] * 3
    assert [issue.source.rpartition("#")[2] for issue in log] == ["0", "1", "2"]


def test_half_a_feed(tmp_path: Path) -> None:
    whole = rss(item(1), item(2), item(3))
    articles, log = read(tmp_path, whole[: whole.index("خبر 3")])
    assert [one.url[-1] for one in articles if one.url] == ["1", "2"]
    assert "feed-damaged" in codes(log)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (rss(), "empty"),
        ('<?xml version="1.0"?><list><a>نص</a></list>', "feed"),
        ("<rss", "feed"),
        ("", "empty"),
        (b"%PDF-1.4 \xe2\xe3", "binary"),
    ],
)
def test_feeds_that_are_none(tmp_path: Path, text: str | bytes, code: str) -> None:
    articles, log = read(tmp_path, text, "a.rss")
    assert not articles and codes(log) == [code]


def test_a_page_under_the_name_of_a_feed(tmp_path: Path) -> None:
    html = f"<html><body><article><p>{ARABIC * 3}</p><p>{ARABIC * 3}</p></article></body></html>"
    articles, _ = read(tmp_path, html, "a.xml")
    assert ARABIC in articles[0].text


@pytest.mark.parametrize(
    "entity",
    ['SYSTEM "%s"', 'PUBLIC "x" "%s"', '"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;%s"'],
)
def test_feeds_with_entities_of_their_own_are_refused(tmp_path: Path, entity: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("كلمة السر", encoding="utf-8")
    told = entity.replace("%s", secret.as_uri())
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "نعم"><!entity e {told}>]>'
    for spelt in (head, head.replace("entity", "ENTITY").replace("<!ENTITY a", "<!ENTITY % a")):
        articles, log = read(tmp_path, rss(item(1, f"{ARABIC} &e;"), head=spelt), "a.rss")
        assert not articles and codes(log) == ["feed"]
        assert "entities" in log.skipped()[0].message


def test_an_old_doctype_is_no_harm(tmp_path: Path) -> None:
    head = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
    articles, log = read(tmp_path, rss(item(1), head=head))
    assert len(articles) == 1 and not len(log)


def test_names_and_addresses_that_harm(tmp_path: Path) -> None:
    harm = (
        "<item><title>خبر &lt;script&gt;x()&lt;/script&gt;</title><guid>../../x&#x202e;y</guid>"
        "<link>javascript:alert(1)</link><description>%s</description></item>"
    )
    articles, log = read(tmp_path, rss(harm % ARABIC, item(2)))
    assert [one.url for one in articles] == ["", "https://okaz.com.sa/2"]
    assert articles[0].doc == "../../x\ufffdy" and articles[0].title == "خبر"
    assert codes(log) == ["name"]


def test_data_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "real.rss"
    path.write_text(rss(item(1)), encoding="utf-8")
    for name in (str(path), path.as_uri(), "http://127.0.0.1:9/feed"):
        with pytest.raises(SourceError, match="neither an RSS nor an Atom feed"):
            parse_feed(name.encode(), "a.rss", "a")


def test_large_feeds_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LARGEST_FEED", 300)
    assert codes(read(tmp_path, rss(item(1)))[1]) == ["too-large"]


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "feedparser":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    articles, log = read(tmp_path, rss(item(1)))
    assert not articles and codes(log) == ["needs-extra"]
    assert "pip install 'sijill[inputs]'" in log.skipped()[0].message


# ------------------------------------------------------------ addresses


class Server(HTTPServer):
    """Answers as the test says, and keeps what it was asked."""

    answer: tuple[int, dict[str, str], bytes]
    asked: list[tuple[str, dict[str, str]]]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Server(("127.0.0.1", 0), Handler)
    server.asked = []
    server.answer = 200, {"Content-Type": "application/rss+xml"}, rss(item(1), item(2)).encode()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address(server: Server, path: str = "/feed?n=1") -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def failure(server: Server, path: str = "/feed") -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_feed(address(server, path), allow_network=True)
    return caught.value


def test_an_address_is_asked_once_and_nothing_behind_it(server: Server) -> None:
    status, headers, body = server.answer
    server.answer = status, headers | {"ETag": '"7"', "Last-Modified": "Thu, 09 Mar 2017"}, body
    feed = read_feed(address(server), allow_network=True)
    assert [one.url[-1] for one in feed.articles] == ["1", "2"]
    assert (feed.etag, feed.modified, feed.unchanged) == ('"7"', "Thu, 09 Mar 2017", False)
    ((path, asked),) = server.asked
    assert path == "/feed?n=1"
    assert asked["User-Agent"].startswith("Sijill/")
    assert "If-None-Match" not in asked and "Cookie" not in asked


def test_asking_again_says_what_is_known(server: Server) -> None:
    server.answer = 304, {"ETag": '"8"'}, b""
    feed = read_feed(address(server), allow_network=True, etag='"7"', modified="Thu, 09 Mar 2017")
    assert feed.unchanged and not feed.articles
    assert (feed.etag, feed.modified) == ('"8"', "Thu, 09 Mar 2017")
    asked = server.asked[0][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"7"', "Thu, 09 Mar 2017")


def test_without_leave_nothing_is_opened(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    log = IssueLog()
    assert not list(read_articles([address(server)], log))
    (issue,) = log.skipped()
    assert issue.code == "network" and "--fetch" in issue.message
    with pytest.raises(SourceError, match="nothing is fetched unless"):
        read_feed(address(server))
    assert not server.asked


def test_the_command_fetches_only_with_its_option(server: Server) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["extract", address(server)]).exit_code == 3
    assert not server.asked
    done = runner.invoke(app, ["extract", address(server), "--fetch"])
    assert done.exit_code == 0 and done.stdout.count("\n") == 2
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (404, {}, "404"),
        (503, {"Retry-After": "120"}, "try again after 120"),
        (301, {"Location": "http://127.0.0.1:9/new"}, "name 'http://127.0.0.1:9/new'"),
        (302, {"Location": "file:///etc/passwd"}, "has moved"),
        (200, {"Content-Length": "999999"}, "broke off"),
        (200, {"Content-Encoding": "compress"}, "not read"),
        (200, {"Content-Encoding": "gzip"}, "damaged"),
    ],
)
def test_answers_that_are_none(
    server: Server, status: int, headers: dict[str, str], told: str
) -> None:
    server.answer = status, headers, rss(item(1)).encode()
    assert told in failure(server).message
    assert len(server.asked) == 1


def test_packed_and_huge_answers(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    body = gzip.compress(rss(item(1)).encode())
    server.answer = 200, {"Content-Encoding": "gzip"}, body
    assert len(read_feed(address(server), allow_network=True).articles) == 1
    monkeypatch.setattr(fetch, "LARGEST_ANSWER", 50_000)
    server.answer = 200, {}, b"x" * 60_000
    assert failure(server).code == "too-large"
    server.answer = 200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(10_000_000))
    assert failure(server).code == "too-large"


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(fetch, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(SourceError, match="could not be fetched"):
            read_feed(f"http://127.0.0.1:{silent.getsockname()[1]}/", allow_network=True)


def test_a_server_that_never_ends(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", -1)
    assert "took longer" in failure(server).message


@pytest.mark.parametrize(
    "path",
    ["http://", "http://[x", "https://a b/", "http://u:p@127.0.0.1:1/", "http://127.0.0.1:99999/"],
)
def test_addresses_that_are_none(path: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_feed(path, allow_network=True)
    assert caught.value.code == "address"
    assert "u:p" not in str(caught.value)


def test_arabic_addresses_and_hostile_tags(server: Server) -> None:
    read_feed(address(server, "/أخبار?س=ع"), allow_network=True)
    assert server.asked[0][0].isascii() and server.asked[0][0].startswith("/%D8%A3")
    with pytest.raises(SourceError, match="could not be fetched"):
        read_feed(address(server), allow_network=True, etag="x\r\nHost: evil")


def test_a_path_that_is_no_feed(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_feed(str(tmp_path / "none.xml"))
    (tmp_path / "a.xml").write_text(rss(item(1)), encoding="utf-8")
    assert len(read_feed(str(tmp_path / "a.xml")).articles) == 1
