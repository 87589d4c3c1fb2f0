"""How much one visitor may send and ask for: sizes, and how often heavy pages are made."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from sijill.web.settings import Settings

#: Bytes of an address: path and query. A view with every filter set has a few hundred.
LONGEST_ADDRESS = 8_000
#: Bytes of a form without files, and what a form around files takes beyond them.
FORM, SPARE = 256_000, 1_000_000
#: Fields of a form; the largest of ours, a correction with many reports, has a few hundred.
MOST_FIELDS = 1_000
#: Requests a minute that one visitor has of each heavy kind, also all at once. A person reaches
#: none of them; the page of words asks every second while it counts.
HEAVY: Mapping[str, int] = {"export": 60, "why": 120, "words": 240, "upload": 60}
#: So many visitors are remembered; who has not come the longest is forgotten first.
_VISITORS = 4_096
_MINUTE = 60.0
_UPLOADS = ("/read/files", "/read/text", "/read/sample", "/log/apply")


class Rates:
    """Counts what each visitor asks for; ``allowed`` is how much a minute of each kind.

    >>> rates = Rates({"export": 1}, clock=lambda: 0.0)
    >>> rates.wait("export", "me"), rates.wait("export", "me"), rates.wait("export", "you")
    (0.0, 60.0, 0.0)
    """

    def __init__(
        self,
        allowed: Mapping[str, int],
        clock: Callable[[], float] = time.monotonic,
        visitors: int = _VISITORS,
    ) -> None:
        self._allowed, self._clock, self._most = allowed, clock, visitors
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait(self, kind: str, client: str) -> float:
        """Seconds until ``client`` may ask for this again: 0 if it may now, which is counted."""
        most, now = self._allowed[kind], self._clock()
        left, since = self._left.pop((kind, client), (float(most), now))
        left = min(most, left + (now - since) * most / _MINUTE)
        served = left >= 1
        self._left[kind, client] = (left - served, now)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        return 0.0 if served else (1 - left) * _MINUTE / most


def heavy(method: str, path: str, query: str) -> str:
    """The kind of heavy request that this is, or nothing.

    >>> heavy("GET", "/source/abc", "why=r1"), heavy("GET", "/source/abc", "")
    ('why', '')
    """
    if path == "/export":
        return "export"
    if path == "/actors/words":
        return "words"
    if path.startswith("/source/") and "why=" in query:
        return "why"
    return "upload" if method == "POST" and path in _UPLOADS else ""


def most_body(path: str, settings: Settings) -> int:
    """How many bytes may be sent to an address."""
    if path == "/read/files":
        return settings.most_files * settings.most_bytes + SPARE
    return settings.most_bytes + SPARE if path in _UPLOADS else FORM
