"""The two languages of the interface: texts, direction, numbers and days.

English texts stand in the templates and are their own keys; ``locale/<code>/*.po`` translate them.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import msgspec
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALE = Path(__file__).with_name("locale")
Code = Literal["ar", "en"]
CODES: tuple[Code, ...] = ("ar", "en")
#: Eastern Arabic digits, for those who prefer them.
_EASTERN = str.maketrans("0123456789", "".join(chr(0x660 + digit) for digit in range(10)))


class Language(msgspec.Struct, frozen=True):
    """One language as pages use it.

    ``months`` names the months of the Levant and Iraq (``regional``) or of Egypt and the Gulf
    (``gregorian``); ``eastern`` writes Eastern Arabic digits.
    """

    code: Code = "en"
    months: str = "regional"
    eastern: bool = False

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.code == "ar" else "ltr"

    def digits(self, text: str) -> str:
        """``text`` in the digits that were chosen."""
        return text.translate(_EASTERN) if self.eastern and self.code == "ar" else text

    def number(self, value: float | int) -> str:
        """A number with thousands apart."""
        return self.digits(f"{value:,.0f}" if float(value).is_integer() else f"{value:,}")

    def day(self, day: str) -> str:
        """An ISO day in words: ``9 March 2017``."""
        return self._date(day, "d MMMM y" if self.code == "ar" else "d MMM y")

    def month(self, day: str) -> str:
        """The month of an ISO day in words: ``March 2017``."""
        return self._date(day, "MMMM y" if self.code == "ar" else "MMM y")

    def year(self, day: str) -> str:
        """The year of an ISO day."""
        return self.digits(day[:4])

    def _date(self, day: str, pattern: str) -> str:
        locale = "en_GB" if self.code == "en" else "ar_IQ" if self.months == "regional" else "ar_EG"
        return self.digits(_worded(day, pattern, locale))

    def translate(self, text: str) -> str:
        """A text of the interface in this language."""
        return translations(self.code).gettext(text)

    def plural(self, one: str, many: str, count: int) -> str:
        """The text for ``count`` things, with the count still to be filled in."""
        return translations(self.code).ngettext(one, many, count)


@lru_cache
def translations(code: Code) -> gettext.NullTranslations:
    """All texts of a language; English needs none."""
    merged = Translations()
    for path in sorted((LOCALE / code).glob("*.po")):
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=code)
        compiled = BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        some = Translations(compiled)
        merged.merge(some)
        merged.plural = some.plural  # merging leaves English's rule for one and many
    return merged


@lru_cache(4096)
def _worded(day: str, pattern: str, locale: str) -> str:
    return _latin(format_date(date.fromisoformat(day), pattern, locale=locale))


def chooser(languages: Callable[[], Language]) -> tuple[Callable[..., str], Callable[..., str]]:
    """``gettext`` and ``ngettext`` for templates, in the language of the page being made."""
    return (
        lambda text: languages().translate(text),
        lambda one, many, count: languages().plural(one, many, count),
    )


def _latin(text: str) -> str:
    return "".join(str(ord(c) - 0x660) if 0x660 <= ord(c) <= 0x669 else c for c in text)
