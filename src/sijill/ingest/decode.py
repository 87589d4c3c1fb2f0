"""Bytes to text: UTF-8 as a rule, the two old Arabic code pages where it is one of them."""

from __future__ import annotations

import codecs
import re

import msgspec

from sijill.errors import SourceError
from sijill.text.letters import ARTICLE

#: The largest single article that is read, in bytes: two hundred times the longest real one seen.
LARGEST = 64 * 1024 * 1024

#: At most this share of a text may be undecodable for it still to pass as damaged UTF-8.
DAMAGE = 0.01

#: At least this share of the letters must be Arabic for an old code page to be believed.
CODE_PAGE_ARABIC = 0.7

_OLD_CODE_PAGES = ("windows-1256", "iso-8859-6")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_STARTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC = re.compile("[\u0621-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")


class Decoded(msgspec.Struct, frozen=True):
    """A text, its encoding, and what a reader should know about how it was decoded."""

    text: str
    note: str = ""
    encoding: str = "utf-8"


def decode(data: bytes, source: str, place: int | None = None) -> Decoded:
    """Decode ``data`` exactly, or raise a :class:`SourceError` that says why it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            note = "" if encoding == "utf-8" else f"read as {encoding}"
            return Decoded(text, note, encoding)
    refuse_binary(data, source, place)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_other(data, source, place)


def refuse_binary(data: bytes, source: str, place: int | None = None) -> None:
    """Raise a :class:`SourceError` where ``data`` is no text in any encoding but UTF-16."""
    if data.startswith(_BINARY_STARTS) or _looks_binary(data):
        raise SourceError(source, "binary", "is not a text; export it as UTF-8 text first", place)


def _looks_binary(data: bytes) -> bool:
    """Whether control characters are too many for a text (a stray NUL is not)."""
    head = data[:8192]
    return len(_CONTROL.findall(head)) > max(2, len(head) // 50)


def _decode_other(data: bytes, source: str, place: int | None) -> Decoded:
    """Damaged UTF-8, or the code page under which the text looks most like Arabic."""
    mended = data.decode("utf-8", errors="replace")
    damage = mended.count("\ufffd")
    if damage <= max(1, DAMAGE * len(mended)):
        return Decoded(mended, f"{damage} damaged character(s) replaced by U+FFFD")
    texts = {name: data.decode(name, errors="replace") for name in _OLD_CODE_PAGES}
    best = max(texts, key=lambda name: _arabic_look(texts[name]))
    if _arabic_share(texts[best]) < CODE_PAGE_ARABIC:
        raise SourceError(
            source,
            "encoding",
            "is neither UTF-8 nor an Arabic code page; convert it to UTF-8 first",
            place,
        )
    return Decoded(texts[best], f"read as {best}, not UTF-8", best)


def _arabic_share(text: str) -> float:
    return len(_ARABIC.findall(text)) / max(1, len(_LETTER.findall(text)))


def _arabic_look(text: str) -> float:
    """How Arabic a decoded text looks: Arabic letters, and the article as often as it should be.

    The two code pages agree on half the letters and swap the rest; only the right one turns the
    commonest pair of letters into the article.
    """
    words = max(1, len(text.split()))
    return _arabic_share(text) + min(1.0, text.count(ARTICLE) / words)
