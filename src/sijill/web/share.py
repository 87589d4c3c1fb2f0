"""One file to hand on: events with map, sentences and disputes, in both languages, by themselves.

The file needs no other and asks for none: scripts, styles, font and base map stand in it, and its
policy lets nothing else run. Names of private speakers are left out.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from sijill.errors import UsageError
from sijill.publish.bundle import Bundle, Meta, Request
from sijill.publish.discreet import discreet, quotations
from sijill.publish.parts import file_sum, part_of
from sijill.publish.tally import Tally
from sijill.publish.whole import event_line, mended
from sijill.record.filters import in_words
from sijill.record.record import Record
from sijill.testimony import Event, Testimony
from sijill.web.frame import environment, speaking
from sijill.web.language import CODES, Code, Language
from sijill.web.names import Names, copied_from
from sijill.web.share_map import SharedMap, shared_map
from sijill.web.share_parts import font, script, style

#: More events than a browser opens well in one file: 3,000 make 6 MB and take it two seconds.
MOST = 3_000


#: Ends of lines between elements: a sixth of the list.
_BETWEEN = re.compile(r"\n\s*(?=<)|(?<=>)\n\s*")


class Saying(msgspec.Struct, frozen=True):
    """What one text tells of an event: the first report, its words, how many articles print it."""

    lead: Testimony
    quote: str
    source: str
    prints: int


class Told(msgspec.Struct, frozen=True):
    """An event as the file shows it; ``spot`` is its place on the map, by number."""

    event: Event
    sayings: tuple[Saying, ...]
    spot: int | None


class Shared(msgspec.Struct, frozen=True):
    """The account of the file, with its size and the SHA-256 of its bytes."""

    meta: Meta
    bytes: int
    sha256: str


def share(record: Record, path: Path, asked: dict[str, Any]) -> Shared:
    """Write the events that ``asked`` lets pass to one HTML file.

    Raises:
        UsageError: a filter that cannot be understood, or more events than :data:`MOST`.
        OSError: the file cannot be written; an older one of its name stays as it was.
    """
    found = record.count(**asked)
    if found > MOST:
        raise UsageError(
            f"{found:,} events are too many for one file ({MOST:,} at most); narrow them, as with "
            "--place Mosul --after 2017-03, or take: sijill export"
        )
    page, meta = shared_page(record, asked)
    part = part_of(path)
    part.write_text(page, encoding="utf-8", newline="\n")
    sums = file_sum(part, path.name)
    part.replace(path)
    return Shared(meta, sums.bytes, sums.sha256)


def shared_page(record: Record, asked: dict[str, Any]) -> tuple[str, Meta]:
    """The text of the file, and the account of it."""
    tally = Tally("html", Request(filter=in_words(asked)))
    bundles = [mended(one) for one in record.bundles(**asked, order="-day")]
    drawn = shared_map([one.event for one in bundles])
    told = [_told(one, drawn, tally) for one in bundles]
    made, meta = environment(), tally.meta()
    made.globals.update(both=_bilingual(made))
    assets = {
        "leaflet": script("leaflet"),
        "own": script("share"),
        "style": style(),
        "font": font(),
    }
    page = made.get_template("share.html").render(
        told=told,
        meta=meta,
        drawn=drawn,
        record_name=Path(record.store.name).name,
        policy=policy(assets),
        **assets,
    )
    return page, meta


def policy(assets: dict[str, Markup]) -> str:
    """What the file may run and load: its own scripts and styles, told by their hashes."""
    scripts = " ".join(_hash(assets[name]) for name in ("leaflet", "own"))
    styles = " ".join(_hash(assets[name]) for name in ("style", "font"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; "
        "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _told(given: Bundle, drawn: SharedMap, tally: Tally) -> Told:
    """An event without private names, counted as every export counts it."""
    shown = discreet(given)
    tally.see(shown.testimonies, event_line(shown))
    tally.wrote(len(shown.testimonies))
    sayings = tuple(_sayings(shown.testimonies, quotations(given)))
    return Told(shown.event, sayings, drawn.spot_of.get(shown.event.id))


def _sayings(told: tuple[Testimony, ...], quotes: tuple[str, ...]) -> Iterator[Saying]:
    """What was said, those that said it first before the others; prints of one text together."""
    groups: dict[tuple[str, str], list[Testimony]] = {}
    pairs = sorted(zip(told, quotes, strict=True), key=lambda one: one[0].said_on or "9")
    for one, quote in pairs:
        groups.setdefault((one.family or one.document, quote), []).append(one)
    for (_, quote), prints in groups.items():
        documents = len({one.document for one in prints})
        source = copied_from(prints) if documents > 1 else prints[0].outlet
        yield Saying(prints[0], quote, source, documents)


def _bilingual(made: Environment) -> Callable[..., Markup]:
    """Makes a part of a page in both languages; the reader sees the one that is chosen."""

    def both(part: str, tag: str = "div", **values: Any) -> Markup:
        said = (_in(code, made, part, values) for code in CODES)
        pattern = Markup('<{0} class="{1}" lang="{1}" dir="{2}">{3}</{0}>')
        return Markup("").join(
            pattern.format(tag, code, Language(code).direction, words)
            for code, words in zip(CODES, said, strict=True)
        )

    return both


def _in(code: Code, made: Environment, part: str, values: dict[str, Any]) -> Markup:
    language = Language(code)
    more = {"lang": code, "dir": language.direction, "language": language, "part": part}
    more["names"] = Names(language)
    # Made by a template, which escapes what it is given.
    with speaking(language):
        words = made.get_template("share_parts.html").render(**more, **values)
    return Markup(_BETWEEN.sub("", words.strip()))
