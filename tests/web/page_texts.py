"""What the tests of pages ask of a page and of the record behind it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from sijill.record.record import Record
from sijill.testimony import Event


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def event_of(path: Path, kind: str) -> Event:
    with Record.open(path, read_only=True, create=False) as record:
        return max(record.events(type=kind), key=lambda one: len(one.members))
