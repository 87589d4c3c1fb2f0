"""Proclitics: what is taken off a word, and what is written on to it, are one thing."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from sijill.lexicon.names import strip_clitics, with_proclitics

#: Every letter that can be a proclitic or part of the article, and one that cannot.
LETTERS = "وفبكلام"
LONGEST = 5


def test_every_spelling_of_a_word_with_proclitics_is_made_and_no_other() -> None:
    read: dict[str, set[str]] = defaultdict(set)
    for length in range(1, LONGEST + 1):
        for letters in product(LETTERS, repeat=length):
            for _, rest in strip_clitics("".join(letters)):
                read[rest].add("".join(letters))
    targets = ["".join(t) for n in range(1, LONGEST - 1) for t in product(LETTERS, repeat=n)]
    assert len(targets) > 300
    for word in targets:
        made = with_proclitics(word)
        assert set(made) == read[word], word


def test_a_word_with_the_article_melts_into_the_preposition() -> None:
    assert "للمدينه" in with_proclitics("المدينه")
    assert "وللمدينه" in with_proclitics("المدينه")
    assert "بو" not in with_proclitics("و")
