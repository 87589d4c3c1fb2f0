"""Rules that templates, styles, scripts and texts keep: direction, safety, translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient
from page_texts import event_of

import sijill
from sijill.web.frame import MENU
from sijill.web.static_files import Files

WEB = Path(sijill.__file__).parent / "web"
STYLES = sorted((WEB / "static").glob("*.css"))
SCRIPTS = sorted((WEB / "static" / "js").glob("*.js"))
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
#: What names a side of the screen and not of the text.
SIDED = re.compile(
    r"(?<![\w-])(?:left|right|(?:margin|padding|border|scroll-margin|scroll-padding|inset)"
    r"-(?:left|right)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
#: Each msgid with whether it has a plural.
Texts = dict[str, bool]
#: A language with a text of its own for one, two, few and many.
FORMS = 6


def uncommented(path: Path) -> str:
    return re.sub(r"/\*.*?\*/|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)


# ---------------------------------------------------------------- direction


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_name_no_side_of_the_screen(path: Path) -> None:
    assert SIDED.findall(uncommented(path)) == []


@pytest.mark.parametrize(
    "sided",
    [
        "margin-left: 1px",
        "a{right:0}",
        "text-align:left",
        "float: right",
        "border-left-width : 1px",
    ],
)
def test_the_rule_for_sides_finds_them(sided: str) -> None:
    assert SIDED.search(sided)
    assert not SIDED.search("margin-inline-start: 1px; text-align: start; transform-origin: left")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_marks_keep_letters_joined(path: Path) -> None:
    """Room or a box of its own inside a word would break the joins of Arabic letters."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", uncommented(path)):
        if any(re.search(r"(?:^|[\s>])mark[^\s>]*$", one.strip()) for one in selector.split(",")):
            assert not re.search(
                r"padding|margin|inline-block|(?<!-)border\s*:|letter-spacing", body
            )


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_colours_stand_in_tokens_alone(path: Path) -> None:
    """Paper alone is white: other colours follow the theme."""
    text = re.sub(r"--[\w-]+\s*:[^;}]*|@media print \{.*?\n\}", "", uncommented(path), flags=re.S)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;|[^{}]*\})|rgba?\(|hsla?\(", text) == []


# ---------------------------------------------------------------- safety


#: A file that is handed on holds its own script and style, which its policy names by their hashes.
PAGES = [path for path in TEMPLATES if path.name != "share.html"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_templates_hold_no_script_and_no_style(path: Path) -> None:
    text = uncommented(path)
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    assert all("src=" in one for one in re.findall(r"<script\b[^>]*>", text))
    assert re.findall(r"https?://(?!www\.w3\.org)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_only_what_the_template_itself_says_is_safe(path: Path) -> None:
    """``safe`` after anything but a literal would let the text of an article through."""
    assert re.findall(r"[^'\"]\s*\|\s*safe\b", uncommented(path)) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS], ids=lambda path: path.name)
def test_files_are_asked_for_by_their_version(path: Path) -> None:
    assert "/static/" not in path.read_text(encoding="utf-8")


def test_files_last_by_version_and_are_packed(client: TestClient) -> None:
    page = client.get("/about").text
    address = re.search(r'href="(/static/\w+/app\.css)"', page)
    assert address
    packed = client.get(address[1])
    assert "immutable" in packed.headers["cache-control"]
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == (WEB / "static" / "app.css").read_text(encoding="utf-8")
    plain = client.get("/static/app.css", headers={"Accept-Encoding": "identity"})
    assert plain.headers["cache-control"] == "no-cache" and plain.text == packed.text
    assert "content-encoding" not in plain.headers
    assert client.get("/static/000000000000/app.css").status_code == 404


def test_another_file_makes_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    before = Files(tmp_path).version
    assert Files(tmp_path).version == before
    (tmp_path / "a.css").write_text("b")
    assert Files(tmp_path).version != before


# ---------------------------------------------------------------- texts


@cache
def texts() -> Texts:
    """Every text that templates and views have for people."""
    methods = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
    options = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
    found: Texts = {name: False for _, name, _ in MENU}
    for _, _, message, _, _ in extract_from_dir(WEB, methods, options, strip_comment_tags=False):
        plural = isinstance(message, tuple)
        found[message[0] if plural else message] = plural
    return found


@cache
def translated() -> dict[str, tuple[str, ...]]:
    """The Arabic texts by their English ones: one, or one for each form of the plural."""
    found: dict[str, tuple[str, ...]] = {}
    for message in _messages():
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        assert found.get(key, tuple(forms)) == tuple(forms), f"two translations of {key!r}"
        found[key] = tuple(forms)
    return found


def _messages() -> Iterator[object]:
    for path in sorted((WEB / "locale" / "ar").glob("*.po")):
        with path.open("rb") as stream:
            yield from (one for one in read_po(stream, locale="ar") if one.id)


def test_every_text_is_translated() -> None:
    assert len(texts()) > 300
    missing = [text for text in texts() if not all(translated().get(text, ("",)))]
    assert missing == []


def test_plurals_have_all_six_forms() -> None:
    wrong = [text for text, many in texts().items() if many and len(translated()[text]) != FORMS]
    assert wrong == []


def test_no_translation_is_of_a_text_that_is_gone() -> None:
    assert sorted(set(translated()) - set(texts())) == []


def test_translations_keep_what_is_filled_in() -> None:
    """Of the plural, one and two say the number in words."""
    for text in texts():
        names = set(re.findall(r"%\((\w+)\)s", text))
        for form in translated()[text]:
            assert set(re.findall(r"%\((\w+)\)s", form)) | {"num"} >= names, text
            assert set(re.findall(r"%\((\w+)\)s", form)) <= names | {"num"}, text


# ---------------------------------------------------------------- Arabic on the pages


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_numbers_and_ranges_keep_their_direction(client: TestClient, lang: str) -> None:
    """A range outside of its own direction reads backwards among Arabic words."""
    page = client.get(f"/record?lang={lang}&killed_min=1").text
    alone = re.sub(
        r'<bdi dir="ltr"[^>]*>[^<]*</bdi>|<time[^>]*>.*?</time>|<title>.*?</title>', "x", page
    )
    bare = re.sub(r"<[^>]+>", "", alone)
    assert re.findall(r"\d+\s*[-\u2013]\s*\d+", bare) == []
    assert re.search(r'<bdi dir="ltr" class="num">\d+', page)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_of_articles_name_their_language(
    client: TestClient, sample_file: Path, lang: str
) -> None:
    event = event_of(sample_file, "clash")
    for path in (f"/event/{event.id}", "/record?text=*", f"/event/{event.id}/compare"):
        page = client.get(path, params={"lang": lang} if "?" not in path else None).text
        for tag in re.findall(r"<(?:blockquote|q)\b[^>]*>", page):
            assert 'lang="ar"' in tag or "<q>" in tag, (path, tag)
        for tag in re.findall(r"<blockquote\b[^>]*>", page):
            assert 'dir="rtl"' in tag, (path, tag)
