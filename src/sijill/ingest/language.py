"""Which written language a text is in, by the letters that only one language uses."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import islice
from math import ceil

from sijill.text.letters import ARTICLE, KAF, LANGUAGE_LETTERS, PERSIAN_KEYBOARD, WAW

#: Below this share of Arabic-script letters a text is in another script. Of 30,590 real articles
#: 9 lie below it, all of them foreign text on an Arabic page.
SCRIPT_SHARE = 0.3

#: From this share of words with the article on, a text is Arabic whatever names it spells with
#: foreign letters, and nothing else is asked. Half of the real articles have 0.3, one in three
#: hundred less than 0.05.
ARTICLE_SHARE = 0.1

#: From this share of letters that only one language uses, the text is in that language. The most
#: that real Arabic articles reach is 0.008; running Persian has 0.02 and more.
LETTER_SHARE = 0.01

#: Farsi yeh and keheh from this share on mean Persian. Arabic typed on a Persian keyboard reaches
#: 0.05, but has the article.
KEYBOARD_SHARE = 0.03

_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u0671-\u06d5\ufb50-\ufdff\ufe70-\ufefc]")
_WITH_ARTICLE = re.compile(f"[{WAW}\u0641\u0628{KAF}]?{ARTICLE}\\w")
_SAMPLE = 20_000

#: A page with fewer Arabic letters in all its markup holds no report, and a link to an Arabic
#: edition has 7.
_FEWEST = 20
_UTF8_LETTER = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")
_ENTITY = re.compile(rb"&#(?:1[5-7]\d\d|[xX]06[0-9a-fA-F]{2});")


def other_language(text: str) -> str | None:
    """The name of the language or script that ``text`` is in, or nothing where it is Arabic.

    >>> other_language("The army entered the town.")
    'text in Latin letters'
    """
    first = _LETTER.search(text)
    if first is None:
        return "text without letters"
    sample = text[first.start() : first.start() + _SAMPLE]
    words = sample.split()
    enough = ceil(ARTICLE_SHARE * len(words))
    with_article = filter(None, map(_WITH_ARTICLE.match, words))
    if next(islice(with_article, enough - 1, None), None):
        return None
    letters, arabic = _LETTER.findall(sample), _ARABIC_SCRIPT.findall(sample)
    if len(arabic) < SCRIPT_SHARE * len(letters):
        return f"text in {_script(letters)} letters"
    return _language(Counter(arabic), len(arabic))


def may_be_arabic(data: bytes) -> bool:
    """Whether a page can hold an Arabic article, by its bytes: quick, and wrong only in saying yes.

    Bytes that are no UTF-8, and pages that write letters as entities, always can.
    """
    letters = islice(_UTF8_LETTER.finditer(data), _FEWEST)
    if sum(1 for _ in letters) == _FEWEST or b"\0" in data or _ENTITY.search(data):
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _language(count: Counter[str], total: int) -> str | None:
    for language, letters in LANGUAGE_LETTERS.items():
        if sum(count[letter] for letter in letters) >= LETTER_SHARE * total:
            return language
    keyboard = sum(count[letter] for letter in PERSIAN_KEYBOARD)
    return "Persian" if keyboard >= KEYBOARD_SHARE * total else None


def _script(letters: list[str]) -> str:
    """The script of most letters, by the first word of their Unicode names."""
    scripts = Counter(unicodedata.name(letter, "other").split()[0] for letter in letters)
    return scripts.most_common(1)[0][0].capitalize()
