"""Families of copies: documents that are one witness, because they are one text."""

from __future__ import annotations

from collections.abc import Iterable

from sijill.link.copies import MOST
from sijill.testimony import CopyLink

#: In a family of fewer than ten pairs each pair is akin; a larger one may lack one in ten, for a
#: copy that the bands missed.
CLOSE = 0.9
#: Two texts of a family share at least so much. A shared lead is less (0.1 to 0.35); half would
#: part 52 pairs of near copies in 10,000 articles, this parts 23.
AKIN = 0.4


def families(links: Iterable[CopyLink]) -> dict[str, str]:
    """The family of each document that a link names: the smallest id in it, maybe its own.

    ``same`` and ``near`` join two documents; an ``excerpt`` joins them only where it is at least
    ``MOST`` of the shorter text: an article that adds a lead of an agency to its own report is a
    witness of its own, one that is little but that lead is not.

    Two families become one only where ``CLOSE`` of the pairs between them are ``AKIN``. So a digest
    that reprints two telegrams does not make the two one witness (the one that it shares most with
    is of its family), and a brief that is an agency's lead does not bring in every article that
    begins with this lead. Strong links come first, equal ones by id: the answer does not depend on
    the order of ``links``.
    """
    links = list(links)
    akin = {frozenset((one.a, one.b)) for one in links if one.share >= AKIN}
    members = {document: {document} for one in links for document in (one.a, one.b)}
    for one in sorted(filter(_joins, links), key=lambda one: (-one.share, one.a, one.b)):
        ours, theirs = members[one.a], members[one.b]
        if ours is not theirs and _close(ours, theirs, akin):
            ours |= theirs
            members.update(dict.fromkeys(theirs, ours))
    return {document: min(family) for document, family in members.items()}


def _joins(link: CopyLink) -> bool:
    return link.kind in ("same", "near") or link.share >= MOST


def _close(ours: set[str], theirs: set[str], akin: set[frozenset[str]]) -> bool:
    """Whether nearly every document of one family is akin to every one of the other."""
    pairs = sum(frozenset((a, b)) in akin for a in ours for b in theirs)
    return pairs >= CLOSE * len(ours) * len(theirs)
