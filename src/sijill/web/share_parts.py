"""What a shared file carries of the page: its styles, scripts and one font, as text.

All of it comes with the program; nothing of an article passes through here.
"""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

STATIC = Path(__file__).with_name("static")
_LEAFLET = "vendor/leaflet/leaflet"
_NASKH = "vendor/fonts/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2"
#: Pictures that Leaflet's styles name and this map does not use.
_URL = re.compile(r"url\([^)]*\)")
_COMMENT = re.compile(r"/\*.*?\*/\s*|^\s+|\n(?=\n)", re.DOTALL | re.MULTILINE)
#: Modules put together to one: what they take from each other is there.
_MODULES = re.compile(r"^(?:import .*\n|export )", re.MULTILINE)


def script(name: str) -> Markup:
    """A script of the file: ``leaflet``, or ``share`` with what it takes from the page's maps."""
    if name == "leaflet":
        return Markup(_text(f"{_LEAFLET}.js"))
    parts = (_text(f"js/{one}.js") for one in ("map-parts", name))
    return Markup("".join(_MODULES.sub("", one) for one in parts))


def style() -> Markup:
    """The styles of the page, of Leaflet, and the file's own."""
    sheets = ("app.css", f"{_LEAFLET}.css", "share.css")
    whole = _URL.sub("none", "".join(map(_text, sheets)))
    return Markup(_COMMENT.sub("", whole))


def font() -> Markup:
    """The letters of the sentences: few machines have a good Naskh."""
    data = b64encode((STATIC / _NASKH).read_bytes()).decode()
    return Markup(
        '@font-face {{ font-family: "Noto Naskh Arabic Variable"; font-weight: 400 700; '
        "unicode-range: U+0600-06FF, U+0750-077F, U+08A0-08FF, U+FB50-FDFF, U+FE70-FEFC; "
        "src: url(data:font/woff2;base64,{}) format('woff2'); }}"
    ).format(data)


def _text(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
