"""Lines that a news site puts among the paragraphs of an article: buttons, captions, other news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.text.tokens import tokenise

_COLUMNS = ("phrase", "kind", "match")
_MATCHES = ("line", "start", "list")
#: A line that begins like boilerplate is left out up to this many words: a headline of another
#: article behind "read also" has up to 15, a caption seldom more than 25.
_LONGEST = 25
#: With so many words a line ends a list of headlines even without a full stop.
_PARAGRAPH = 20
_END_SIGNS = ".!\u061f\u2026"
_CLOSERS = "\"'\u201d\u201c\u00bb)] \u200f\u200e"

_Phrase = tuple[str, ...]


class Boilerplate(msgspec.Struct, frozen=True):
    """The phrases by their first word: those that fill lines, and those that begin them.

    The value of each is its kind; ``lists`` are the phrases that open a list of other articles.
    """

    lines: dict[str, list[tuple[_Phrase, str]]]
    starts: dict[str, list[tuple[_Phrase, str]]]
    lists: frozenset[_Phrase]


@lru_cache(maxsize=1)
def load_boilerplate(path: Path | None = None) -> Boilerplate:
    """Load ``knowledge/boilerplate.tsv``.

    Raises:
        KnowledgeError: with every fault.
    """
    faults: list[Fault] = []
    lines: dict[str, list[tuple[_Phrase, str]]] = {}
    starts: dict[str, list[tuple[_Phrase, str]]] = {}
    lists = set()
    for row in read_table(path or knowledge_dir() / "boilerplate.tsv", _COLUMNS, faults):
        if row["match"] not in _MATCHES:
            faults.append(Fault(row.file, row.line, f"match is one of {', '.join(_MATCHES)}"))
        table = starts if row["match"] == "start" else lines
        for words in filter(None, map(_words, row.many("phrase"))):
            table.setdefault(words[0], []).append((words, row["kind"]))
            if row["match"] == "list":
                lists.add(words)
    raise_faults(faults)
    for table in (lines, starts):
        for found in table.values():
            found.sort(key=lambda one: -len(one[0]))
    return Boilerplate(lines, starts, frozenset(lists))


def without_boilerplate(text: str, table: Boilerplate) -> tuple[str, dict[str, int]]:
    """``text`` without its lines of boilerplate, and how many of each kind were left out."""
    kept: list[str] = []
    left_out: Counter[str] = Counter()
    listing = False
    for line in text.split("\n"):
        words = _words(line)
        kind = _kind(words, table)
        if kind is None and listing and words and _headline(line, words):
            kind = "related"
        elif words:
            listing = words in table.lists
        if kind is None:
            kept.append(line)
        else:
            left_out[kind] += 1
    return "\n".join(kept).strip(), dict(left_out)


def _words(line: str) -> _Phrase:
    """The folded words of a line, without signs."""
    return tuple(word for word in tokenise(line).word if word[0].isalnum())


def _kind(words: _Phrase, table: Boilerplate) -> str | None:
    """The kind of boilerplate that a line is, if it is any."""
    if not words or len(words) > _LONGEST:
        return None
    for phrase, kind in table.starts.get(words[0], ()):
        if words[: len(phrase)] == phrase:
            return kind
    kinds = list(_filled(words, table))
    return kinds[0] if kinds and None not in kinds else None


def _filled(words: _Phrase, table: Boilerplate) -> Iterator[str | None]:
    """The kinds of the phrases that fill a line one after another; nothing where none goes on."""
    at = 0
    while at < len(words):
        fits = (
            one for one in table.lines.get(words[at], ()) if words[at : at + len(one[0])] == one[0]
        )
        phrase, kind = next(fits, (None, None))
        if phrase is not None:
            yield kind
        elif not words[at].isdecimal() or at == 0:
            yield None
            return
        at += len(phrase or words[at : at + 1])


def _headline(line: str, words: _Phrase) -> bool:
    """Whether a line is short and no sentence: what stands in a list of other articles."""
    return len(words) < _PARAGRAPH and not line.rstrip(_CLOSERS).endswith(tuple(_END_SIGNS))
