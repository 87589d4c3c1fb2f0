"""What outlets, speakers and figures are called in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from sijill.lexicon.labels import load_labels
from sijill.lexicon.outlet_names import load_outlet_names
from sijill.render import spoken
from sijill.testimony import Dispute, Event, Testimony
from sijill.web.language import Language
from sijill.web.telling import figure_name, sentence, victims

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


class Names:
    """Names and words for one page; each is isolated from the direction of what is around it."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._arabic = language.code == "ar"

    def outlet(self, outlet: str) -> Markup:
        """An outlet or agency by its name, else by its address; nothing where none is known."""
        if not outlet:
            return Markup("")
        return Markup("<bdi>{}</bdi>").format(load_outlet_names().printed(outlet)[self._arabic])

    def speaker(self, given: str) -> Markup:
        """A speaker by an id, or by the words of an article."""
        labels = load_labels()
        for kind in ("speaker", "actor"):
            if (kind, given) in labels.pairs:
                name = labels.arabic if self._arabic else labels.english
                return Markup("<bdi>{}</bdi>").format(name(kind, given))
        return Markup('<bdi lang="ar" dir="auto">{}</bdi>').format(given) if given else Markup("")

    def said_by(self, one: Testimony) -> Markup:
        """On whose word: the words of the article, without names of private people."""
        words = spoken(one.speaker, names=False)
        return Markup('<bdi lang="ar">{}</bdi>').format(words) if words else Markup("")

    def figure(self, kind: str, of: str) -> str:
        """What a figure counts, and whom."""
        return figure_name(kind, of, self._language)

    def whom(self, of: str) -> str:
        """Whom a figure counts; nothing where nobody says so."""
        return victims(of, self._language) if of else ""

    def sentence(self, event: Event) -> Markup:
        """The event in one sentence."""
        return sentence(event, self._language)

    def dispute(self, one: Dispute) -> Markup:
        """A dispute in words."""
        words = escape(one.arabic if self._arabic else one.english)
        return Markup('<bdi dir="auto">{}</bdi>').format(Markup(_DAY.sub(self._day, words)))

    def _day(self, found: re.Match[str]) -> str:
        """An ISO day in words: its parts would change places in a line from right to left."""
        try:
            return Markup("<bdi>{}</bdi>").format(self._language.day(found[0]))
        except ValueError:
            return found[0]


def copied_from(prints: Sequence[Testimony]) -> str:
    """Whose text copies are: the agency that most of them name, else the first outlet."""
    agencies = [one.agency for one in prints if one.agency]
    if agencies:
        return max(agencies, key=agencies.count)
    return next((one.outlet for one in prints if one.outlet), "")


def web_address(url: str) -> str:
    """An address that may be followed; nothing for one that a browser would run or open as a file.

    >>> web_address("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
