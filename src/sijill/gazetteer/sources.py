"""The public gazetteers that are read: who made them, under which licence, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.geonames import read_geonames
from sijill.gazetteer.whosonfirst import read_whosonfirst
from sijill.issues import IssueLog

Read = Callable[[Path, IssueLog], Iterator[DumpPlace]]


class Source(msgspec.Struct, frozen=True):
    """A public gazetteer.

    ``tag`` stands in the ids of its rows and ``column`` in their column ``source``; ``table`` is
    how the names of its tables begin.
    """

    name: str
    table: str
    column: str
    tag: str
    licence: str
    attribution: str
    read: Read


SOURCES = {
    "geonames": Source(
        name="GeoNames, www.geonames.org",
        table="geonames",
        column="geonames",
        tag="gn",
        licence="CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        attribution="GeoNames, www.geonames.org",
        read=read_geonames,
    ),
    "whosonfirst": Source(
        name="Who's On First, whosonfirst.org",
        table="whosonfirst",
        column="wof",
        tag="wof",
        licence="by source of each record, https://whosonfirst.org/docs/licenses/",
        attribution="Data from Who's On First, whosonfirst.org",
        read=read_whosonfirst,
    ),
}
