"""The page is safe with hostile articles, hostile sites and greedy visitors."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html
from page_texts import EVIL, TELLS

from sijill.record.record import Record
from sijill.web import limits, security
from sijill.web.app import make_app
from sijill.web.limits import HEAVY, Rates
from sijill.web.settings import Settings

HERE = "http://127.0.0.1"
OWN = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0"}
ADDRESSES = ("href", "src", "action", "formaction", "data-href", "hx-get", "hx-post")
TOKEN = "a-token-that-nobody-guesses"


def app_over(record: Path, **settings: Any) -> FastAPI:
    return make_app(Settings(str(record), **settings))


def client_over(record: Path, headers: dict[str, str] = OWN, **settings: Any) -> TestClient:
    app = app_over(record, **settings)
    return TestClient(app, HERE, headers=headers, follow_redirects=False)


@pytest.fixture(scope="module")
def hostile(hostile_file: Path) -> Iterator[TestClient]:
    with client_over(hostile_file) as client:
        yield client


def starts() -> list[str]:
    """Addresses that no link leads to, and every place where words of a visitor come back."""
    asked = ("text", "place", "after", "type", "actor", "killed_min", "order", "known_on", "page")
    evil = "%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E"
    filters = [f"/record?{name}={evil}" for name in asked]
    others = ("/held?place=", "/actors/pair?actor=", "/sources?outlet=", "/actors/words?outlet=")
    return [
        *("/", "/record", "/held", "/actors", "/actors/words", "/sources", "/about", "/log"),
        *("/review", f"/{evil}", f"/event/{evil}", f"/source/{evil}", f"/static/{evil}"),
        *filters,
        *(f"{path}{evil}" for path in others),
        *("/record/points.json", f"/record/places.json?q={evil}", "/held/map.json?on=2017-03-10"),
        f"/export?form={evil}",
    ]


def crawl(client: TestClient, most: int = 150) -> Iterator[tuple[str, Response]]:
    """Every address that is found, each kind of page a few times, in both languages."""
    waiting, seen, kinds = deque(starts()), set[str](), dict[str, int]()
    while waiting and most:
        address = waiting.popleft()
        kind = re.sub(r"[0-9a-f]{12,}[\w-]*", "*", address)[:60]
        if address in seen or kinds.get(kind, 0) >= 4 or "/export" in address[1:]:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        most -= 1
        language = "ar" if len(seen) % 2 else "en"
        answer = client.get(address, headers={"Cookie": f"lang={language}; by={EVIL!r}"})
        yield address, answer
        if "html" in answer.headers.get("content-type", ""):
            found = html.fromstring(answer.text).xpath("//a/@href | //*/@hx-get")
            waiting.extend(str(one).split("#")[0] for one in found if str(one).startswith("/"))


def faults(page: str) -> Iterator[str]:
    """What in a page could run, dress or load something that is not the page's own."""
    for element in html.fromstring(page).iter(html.etree.Element):
        if element.tag in ("style", "iframe", "object", "embed", "base", "img"):
            yield f"<{element.tag}>"
        if element.tag == "script" and not element.get("src", "").startswith("/static/"):
            yield "a script in the page"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "hx-on"):
                yield f"{name}={value}"
            if name in ADDRESSES and not plain(value):
                yield f"{name}={value}"
        told = {"noreferrer", "noopener"} <= set(element.get("rel", "").split())
        if element.tag == "a" and urlsplit(element.get("href", "")).scheme and not told:
            yield "a link that tells where it comes from"


def plain(address: str) -> bool:
    """Whether an address leads into the page, or to the web."""
    scheme = urlsplit(address).scheme
    return scheme in ("http", "https") or not (scheme or address.startswith(("//", "/\\")))


def test_hostile_words_are_words_on_every_page(hostile: TestClient) -> None:
    visited = []
    for address, answer in crawl(hostile):
        assert answer.status_code < 500, (address, answer.text[:300])
        visited.append(address.split("?")[0].split("/")[1])
        if "html" in answer.headers["content-type"]:
            assert list(faults(answer.text)) == [], address
            assert "49" not in re.findall(r"\{?\b(49)\}?</script", answer.text)
        else:
            assert answer.headers["content-type"].startswith(
                ("application/json", "image/svg+xml", "application/x-", "application/vnd", "text/p")
            ), address
    pages = {"record", "event", "source", "sources", "held", "actors", "about", "review", "log", ""}
    assert pages <= set(visited)


@pytest.mark.parametrize(
    "name", ["../../../../tmp/out.txt", "\"'><script>alert(1)<script>.txt", "a\u202etxt.exe.txt"]
)
def test_names_of_files_are_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    text = TELLS.format(17, "ناشطين", "").encode()
    with client_over(tmp_path / "record.db") as client:
        answer = client.post("/read/files", files={"files": (name, text)})
        job = answer.headers["location"]
        page = client.get(job).text
        for _ in range(2_400):
            if "hx-trigger" not in client.get(job, headers={"HX-Request": "true"}).text:
                break
            time.sleep(0.05)
        pages = [page, client.get(job).text, *(one.text for _, one in crawl(client, 40))]
    assert "1 article" in pages[1]
    assert [list(faults(one)) for one in pages if one.startswith("<!doctype")] == [
        [] for one in pages if one.startswith("<!doctype")
    ]
    assert not any("\u202e" in one for one in pages)
    left = {one.name for one in tmp_path.rglob("*") if one.is_file()}
    assert {one.partition(".")[0] for one in left} == {"record"}


def test_the_hostile_words_are_there_to_be_seen(hostile: TestClient) -> None:
    """Else the test above would prove nothing."""
    sources = [address for address, _ in crawl(hostile) if address.startswith("/source/")]
    pages = [hostile.get(address).text for address in sources]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    events = [hostile.get(one).text for one, _ in crawl(hostile) if re.match(r"/event/e\w+$", one)]
    assert any("&lt;img src=x onerror" in page for page in events), "reason of the correction"


def test_a_link_to_an_article_leads_to_the_web_alone(hostile_file: Path) -> None:
    with Record.open(hostile_file, read_only=True, create=False) as record:
        found = {
            one.url: one.id
            for one in record.store.documents({t.document for t in record.store.testimonies()})
        }
    with client_over(hostile_file) as client:
        for url, ident in found.items():
            tree = html.fromstring(client.get(f"/source/{ident}").text)
            outside = [one for one in tree.xpath("//main//a") if urlsplit(one.get("href")).scheme]
            assert [one.get("href") for one in outside] == [url] * url.startswith("https:")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/record", 200),
        ("GET", "/static/app.css", 200),
        ("GET", "/static/none.css", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/record?order=x", 400),
        ("DELETE", "/record", 405),
        ("GET", "/record/points.json", 200),
        ("GET", "/static/marks.svg", 200),
        ("POST", "/event/e/correct", 404),
        ("GET", "/record?" + "x" * 9_000, 414),
    ],
)
def test_every_answer_is_marked(made: TestClient, method: str, address: str, status: int) -> None:
    answer = made.request(method, address)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    if not address.startswith("/static/") or status >= 400:
        assert answer.headers["cache-control"] == "no-store"


# ------------------------------------------------------------------ other sites


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7:8765", "[x"])
def test_a_name_that_merely_points_here_is_turned_away(made: TestClient, host: str) -> None:
    answer = made.get("/record", headers={"Host": host})
    assert answer.status_code == 400 and "own address" in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "[::1]:8765", "127.0.0.1"])
def test_its_own_names_are_answered(made: TestClient, host: str) -> None:
    assert made.get("/record", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": HERE, "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": HERE}, 303),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"User-Agent": "curl/8"}, 303),
        ({"User-Agent": "Mozilla/5.0"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": HERE, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": HERE, "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example", "Sec-Fetch-Site": "none"}, 403),
    ],
)
def test_only_the_page_itself_writes(made_file: Path, headers: dict[str, str], status: int) -> None:
    with client_over(made_file, headers={}) as client:
        answer = client.post("/preferences", data={"lang": "ar", "back": "/"}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "address", ["/record", "/export", "/record/points.json", "/static/app.css"]
)
def test_a_page_of_another_site_can_link_here_but_embed_nothing(
    made: TestClient, address: str
) -> None:
    for mode, dest in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")):
        sent = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        assert made.get(address, headers=sent).status_code == 403
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert made.get(address, headers=followed | {"Sec-Fetch-Dest": "document"}).status_code == 200


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "/\n"]
)
def test_no_form_leads_to_another_site(made: TestClient, back: str) -> None:
    assert made.post("/preferences", data={"back": back}).headers["location"] == "/"


# ------------------------------------------------------------------ the token


def test_elsewhere_a_token_is_asked_for_and_leaves_the_address(made_file: Path) -> None:
    with client_over(made_file, host="0.0.0.0", token=TOKEN, port=8765) as client:
        assert client.get("/record").status_code == 401
        assert client.get("/static/app.css").status_code == 401
        assert client.get("/record?token=wrong").status_code == 401
        assert client.get("/record?token=%ff%00").status_code == 401
        known = client.get(f"/record?type=clash&token={TOKEN}")
        assert (known.status_code, known.headers["location"]) == (303, "/record?type=clash")
        cookie = known.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert known.headers["cache-control"] == "no-store"
        page = client.get("/record?type=clash")
        assert page.status_code == 200 and TOKEN not in page.text
        client.cookies.clear()
        assert client.get("/record").status_code == 401


def test_a_token_does_not_open_the_way_to_another_site(made_file: Path) -> None:
    with client_over(made_file, host="0.0.0.0", token=TOKEN) as client:
        answer = client.get(f"{HERE}//evil.example/?token={TOKEN}")
        assert answer.headers["location"].startswith("/evil.example")


def test_a_token_in_a_form_of_another_site_counts_for_nothing(made_file: Path) -> None:
    with client_over(made_file, host="0.0.0.0", token=TOKEN) as client:
        assert client.post(f"/preferences?token={TOKEN}").status_code == 401


def test_tokens_are_compared_in_constant_time(
    made_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    monkeypatch.setattr(
        security.hmac, "compare_digest", lambda one, two: compared.append(one) or one == two
    )
    with client_over(made_file, host="0.0.0.0", token=TOKEN) as client:
        client.get("/record?token=wrong")
    assert b"wrong" in compared


def test_the_token_does_not_reach_the_log(
    made_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with client_over(made_file, host="0.0.0.0", token=TOKEN) as client:
        client.get(f"/?token={TOKEN}")
        _break(monkeypatch)
        assert client.get("/record?text=secret").status_code == 500
    mine = [one.getMessage() for one in caplog.records if one.name != "httpx"]
    assert mine and not [one for one in mine if TOKEN in one or "secret" in one]


# ------------------------------------------------------------------ paths


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static//etc/passwd",
        "/static/js/..%5c..%5capp.py",
        "/source/..%2f..%2fetc%2fpasswd",
        "/source/%00",
        "/event/..%2f..%2fetc%2fpasswd/cite",
    ],
)
def test_no_address_leads_out_of_the_page(made: TestClient, address: str) -> None:
    answer = made.get(address)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text and "make_app" not in answer.text


@pytest.mark.parametrize(
    "text", ["../../etc/passwd", 'x";filename=evil.exe', "a\r\nSet-Cookie: x=1"]
)
def test_the_name_of_an_export_is_a_plain_name(made: TestClient, text: str) -> None:
    answer = made.get("/export", params={"form": "jsonl", "text": text})
    assert answer.status_code == 200 and "set-cookie" not in answer.headers
    name = re.fullmatch(r'attachment; filename="([^"]+)"', answer.headers["content-disposition"])
    assert name and re.fullmatch(r"[\w.-]+\.jsonl", name[1]) and ".." not in name[1]


# ------------------------------------------------------------------ limits


def test_too_large_a_form_is_refused_before_it_is_read(made_file: Path) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing may be read")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    length = str(limits.FORM + 1).encode()
    headers = [(b"host", b"127.0.0.1"), (b"content-length", length), (b"origin", HERE.encode())]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/preferences",
        "raw_path": b"/preferences",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "root_path": "",
    }
    with ThreadPoolExecutor() as apart:  # a browser's loop may run in this thread
        apart.submit(asyncio.run, app_over(made_file)(scope, receive, send)).result()
    assert sent[0]["status"] == 413
    assert "too large" in b"".join(one.get("body", b"") for one in sent[1:]).decode()


def test_what_does_not_tell_its_length_is_cut_off(made: TestClient) -> None:
    parts = (b"a=" + b"x" * 50_000 for _ in range(20))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert made.post("/preferences", content=parts, headers=form).status_code == 413
    assert made.post("/preferences", headers={"Content-Length": "-1"}).status_code in (400, 413)


def test_a_form_has_no_files_and_not_too_many_fields(made: TestClient) -> None:
    many = {f"f{number}": "x" for number in range(limits.MOST_FIELDS + 1)}
    assert made.post("/preferences", data=many).status_code == 400
    assert made.post("/preferences", files={"f": b"x"}).status_code == 400


def test_heavy_pages_are_not_made_without_end(
    made_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "Rates", lambda _: Rates({**HEAVY, "export": 2, "why": 1}))
    with client_over(made_file) as client:
        asked = [client.get("/export?form=jsonl") for _ in range(3)]
        assert [one.status_code for one in asked] == [200, 200, 429]
        assert 1 <= int(asked[2].headers["retry-after"]) <= 30
        assert "Too much at once" in asked[2].text and "/record" in asked[2].text
        assert client.get("/record").status_code == 200, "light pages go on"
        assert client.get("/source/x?why=y").status_code == 404
        again = client.get("/source/x?why=y", headers={"Cookie": "lang=ar"})
        assert again.status_code == 429 and "انتظر" in again.text


@pytest.mark.parametrize(
    ("method", "address", "query", "kind"),
    [
        ("GET", "/export", "form=csv", "export"),
        ("GET", "/source/d1", "why=r1", "why"),
        ("GET", "/source/d1", "report=r1", ""),
        ("GET", "/actors/words", "", "words"),
        ("POST", "/read/files", "", "upload"),
        ("POST", "/log/apply", "", "upload"),
        ("GET", "/read/files", "", ""),
        ("GET", "/record", "text=why=", ""),
    ],
)
def test_heavy_pages_are_known(method: str, address: str, query: str, kind: str) -> None:
    assert limits.heavy(method, address, query) == kind


def test_files_may_be_larger_than_forms_but_not_endless(tmp_path: Path) -> None:
    page = Settings("record.db", most_files=2, most_bytes=1_000)
    assert limits.most_body("/read/files", page) == 2 * 1_000 + limits.SPARE
    assert limits.most_body("/read/text", page) == 1_000 + limits.SPARE
    assert limits.most_body("/preferences", page) == limits.FORM
    with client_over(tmp_path / "record.db", most_files=1, most_bytes=1_000) as client:
        large = client.post("/read/files", files={"files": ("a.txt", b"x" * 1_100_000)})
        assert large.status_code == 413 and "too large" in large.text
        several = [("files", (f"{n}.txt", b"x")) for n in range(3)]
        assert client.post("/read/files", files=several).status_code == 400


def test_who_waits_is_served_again() -> None:
    now = [0.0]
    rates = Rates({"export": 2}, clock=lambda: now[0])
    assert [rates.wait("export", "me") for _ in range(3)] == [0, 0, 30]
    assert rates.wait("export", "you") == 0
    now[0] = 29.0
    assert rates.wait("export", "me") == pytest.approx(1)
    now[0] = 30.5
    assert rates.wait("export", "me") == 0
    assert rates.wait("export", "me") > 0


def test_few_visitors_are_remembered() -> None:
    rates = Rates({"why": 1}, clock=lambda: 0.0, visitors=3)
    for number in range(50):
        rates.wait("why", str(number))
    assert len(rates._left) == 3


# ------------------------------------------------------------------ errors


def _break(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("/home/someone/secret.db is broken")

    monkeypatch.setattr("sijill.web.views.record.look", broken)


def test_a_failure_has_a_name_that_the_log_has_too(
    made: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _break(monkeypatch)
    with caplog.at_level(logging.ERROR, "sijill.web"):
        answer = made.get("/record")
    assert answer.status_code == 500 and "content-security-policy" in answer.headers
    name = html.fromstring(answer.text).xpath("string(//main//code)")
    assert re.fullmatch("[0-9a-f]{8}", name)
    assert name in caplog.text and "secret.db" in caplog.text
    assert not re.search("secret|Traceback|ValueError|/home", answer.text)
    assert "خلل" in made.get("/record", headers={"Cookie": "lang=ar"}).text


def test_error_pages_tell_no_paths(made: TestClient, made_copy: Path) -> None:
    for address in ("/event/e1", "/source/d1", "/export?form=x", "/record?order=x", "/nowhere"):
        page = made.get(address).text
        assert str(made_copy.parent) not in page and "site-packages" not in page


def test_an_error_of_the_record_tells_no_paths(
    made: TestClient, made_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sijill.errors import RecordError

    def broken(*_: object, **__: object) -> None:
        told = f"damaged at /var/lib/x/y.db; also postgresql://me:word@host/db and {made_copy}"
        raise RecordError(str(made_copy), "corrupt", told)

    monkeypatch.setattr("sijill.web.views.record.look", broken)
    answer = made.get("/record")
    assert answer.status_code == 503
    shown = html.fromstring(answer.text).xpath("string(//*[@role='alert'])")
    assert "record.db: damaged at y.db" in shown
    assert not re.search(r"/var|me:word|" + re.escape(str(made_copy.parent)), shown)


# ------------------------------------------------------------------ reading only


def test_reading_only_writes_nothing(made_copy: Path) -> None:
    before = made_copy.read_bytes()
    with client_over(made_copy, read_only=True) as client:
        schema = client.app.openapi()  # type: ignore[attr-defined]
        routes = {
            (method.upper(), path)
            for path, methods in schema["paths"].items()
            for method in methods
            if method not in ("get", "head", "options")
        }
        assert {path for _, path in routes} > {"/preferences"}
        for method, path in routes | {("PUT", "/record"), ("DELETE", "/event/e1")}:
            answer = client.request(method, path.replace("{ident}", "e1"))
            allowed = path == "/preferences"
            assert answer.status_code == (303 if allowed else 403), (method, path)
            assert allowed or "reading only" in answer.text
    assert made_copy.read_bytes() == before
