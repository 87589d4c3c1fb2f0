"""What the program says when something cannot be done, in the language of the page.

Errors are raised in English, with what they are about filled in. Here they are found again by
their wording: ``locale/<code>/messages/*.po`` has each as a sentence with ``{gaps}``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec
from babel.messages.pofile import read_po

from sijill.web.language import LOCALE, Code

_GAP: Final = re.compile(r"\{(\w+)\}")
#: A gap that holds another message: without words for that one there are none for the whole.
_INNER: Final = "message"
#: A gap for what is said behind a semicolon, or for nothing.
_BEHIND: Final = "near"
_QUOTED: Final = re.compile(r"(['\"])(.*)\1", re.DOTALL)
_ISOLATED: Final = "\u2068{}\u2069"  # first strong isolate, pop directional isolate
_GUILLEMETS: Final = "\u00ab{}\u00bb"


class Wording(msgspec.Struct, frozen=True):
    """One message: the form it has in English, and its sentence in another language.

    ``words`` are what stands around its gaps: looked for first, as what somebody typed into a gap
    could make the form take very long to fail.
    """

    english: str
    words: tuple[str, ...]
    form: re.Pattern[str]
    sentence: str

    def match(self, message: str) -> re.Match[str] | None:
        """How ``message`` fills the gaps, or nothing where it is another one."""
        first, *others = self.words
        if not (message.startswith(first) and message.endswith(self.words[-1])):
            return None
        at = len(first)
        for words in others:
            at = message.find(words, at)
            if at < 0:
                return None
            at += len(words)
        return self.form.fullmatch(message)


def in_words(message: str, code: Code) -> str | None:
    """``message`` in the language ``code``, or nothing where it has no words for it.

    What fills a gap is told in that language too where it is a message itself, and stands in its
    own direction otherwise.
    """
    for wording in wordings(code):
        found = wording.match(message)
        filled = _filled(found, code) if found else None
        if filled is not None:
            return wording.sentence.format(**filled)
    return None


def _filled(found: re.Match[str], code: Code) -> dict[str, str] | None:
    filled = {}
    for name, value in found.groupdict().items():
        words = in_words(value, code) if value else ""
        if words is None and name == _INNER:
            return None
        filled[name] = _apart(value) if words is None else words
    return filled


def _apart(value: str) -> str:
    quoted = _QUOTED.fullmatch(value)
    return _GUILLEMETS.format(_ISOLATED.format(quoted[2])) if quoted else _ISOLATED.format(value)


@lru_cache
def wordings(code: Code) -> tuple[Wording, ...]:
    """All messages that a language has words for, those with most words of their own first."""
    found = []
    for path in sorted((LOCALE / code / "messages").glob("*.po")):
        with path.open("rb") as stream:
            found += [(str(one.id), str(one.string)) for one in read_po(stream) if one.id]
    made = [
        Wording(english, tuple(_GAP.split(english)[::2]), _form(english), sentence)
        for english, sentence in found
    ]
    return tuple(sorted(made, key=lambda one: -len(_GAP.sub("", one.english))))


def _form(english: str) -> re.Pattern[str]:
    parts = _GAP.split(english)
    texts = [_gap(part) if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(texts), re.DOTALL)


def _gap(name: str) -> str:
    return f"(?P<{name}>{'; .*?|' if name == _BEHIND else '.*?'})"
