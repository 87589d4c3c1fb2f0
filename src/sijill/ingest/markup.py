"""Markup to text: which characters its bytes are, and the paragraphs of a piece of HTML."""

from __future__ import annotations

import codecs
import re

from sijill.ingest.decode import decode, refuse_binary

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w:.-]{3,20})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{3,20})", re.IGNORECASE)
_HEAD = 4096
#: Tags and scripts: they tell nothing about how the letters of an Arabic text are written.
_ASCII = re.compile(rb"[\x21-\x7e]+")
#: Character sets of one byte a letter in which Arabic pages are written. No other name is believed:
#: servers say Latin by default, whatever the page holds.
_ARABIC_SETS = {
    "windows-1256": "windows-1256",
    "cp1256": "windows-1256",
    "cp-1256": "windows-1256",
    "x-cp1256": "windows-1256",
    "iso-8859-6": "iso-8859-6",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "iso8859-6": "iso-8859-6",
    "asmo-708": "iso-8859-6",
    "arabic": "iso-8859-6",
    "cp720": "cp720",
    "dos-720": "cp720",
}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SECTIONS = {"article", "aside", "div", "figure", "footer", "header", "main", "section", "table"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "hr"}
_ITEMS = {"address", "blockquote", "br", "dd", "dl", "dt", "li", "ol", "p", "pre", "tr", "ul"}
_BLOCKS = frozenset(_SECTIONS | _HEADINGS | _ITEMS | {"td", "th"})
_CODE = {"script", "style", "noscript", "template", "head", "title"}
_CONTROLS = {"button", "form", "select", "textarea"}
_MEDIA = {"audio", "embed", "figcaption", "iframe", "math", "object", "svg", "video"}
_SILENT = frozenset(_CODE | _CONTROLS | _MEDIA)


def decode_markup(data: bytes, source: str, charset: str = "") -> tuple[str, str]:
    """A page or feed as text, and a note on how it was decoded.

    ``charset`` is what the server said. A byte order mark tells first, then whether the bytes are
    UTF-8 (no Arabic text in another set ever is), then an Arabic set that the server or the page
    names, then the letters themselves.

    Raises:
        SourceError: when it is no text.
    """
    if data.startswith(_MARKS):
        decoded = decode(data, source)
        return decoded.text, decoded.note
    refuse_binary(data, source)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    for name in (charset, *_named(data)):
        encoding = _ARABIC_SETS.get(name.strip().lower().replace("_", "-"))
        if encoding:
            return data.decode(encoding, errors="replace"), ""
    told = decode(_ASCII.sub(b" ", data), source)
    return data.decode(told.encoding, errors="replace"), told.note


def _named(data: bytes) -> list[str]:
    """The character sets that the page itself names near its top."""
    found = (pattern.search(data[:_HEAD]) for pattern in (_DECLARED, _CHARSET))
    return [one[1].decode("ascii") for one in found if one]


def paragraphs(html: str) -> str:
    """The text of a piece of HTML, one paragraph a line; scripts, forms and captions left out."""
    from lxml import etree
    from lxml import html as lxml_html

    if "<" not in html and "&" not in html:
        return _squeezed(html)
    clean = html.encode("utf-8", "replace").replace(b"\0", b"")
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(b"<div>" + clean + b"</div>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    parts: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            parts.extend(["\n"] if tag in _BLOCKS else [])
            parts.append("" if silent else node.text or "")
            continue
        silent -= event == "end" and tag in _SILENT
        parts.extend(["\n"] if event == "end" and tag in _BLOCKS and tag != "br" else [])
        parts.append("" if silent else node.tail or "")
    return _squeezed("".join(parts))


def _squeezed(text: str) -> str:
    """Lines with single spaces, without empty ones."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
