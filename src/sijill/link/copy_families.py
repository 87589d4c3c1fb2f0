"""Families of copies: documents that are one witness, because they are one text."""

from __future__ import annotations

from collections.abc import Iterable

from sijill.link.copies import MOST
from sijill.testimony import CopyLink


def families(links: Iterable[CopyLink]) -> dict[str, str]:
    """The family of each document that a link names: the smallest id in it, maybe its own.

    ``same`` and ``near`` join two documents; an ``excerpt`` joins them only where it is at least
    ``MOST`` of the shorter text: an article that adds a lead of an agency to its own report is a
    witness of its own, one that is little but that lead is not.

    Two families become one only where more than half of the pairs between them are linked in some
    way: a digest that reprints three briefs does not make the three one witness; the brief that it
    shares most with is of its family. Strong links come first, equal ones by id, so that the answer
    does not depend on the order of ``links``.
    """
    links = list(links)
    linked = {frozenset((one.a, one.b)) for one in links}
    members = {document: {document} for one in links for document in (one.a, one.b)}
    for one in sorted(filter(_joins, links), key=lambda one: (-one.share, one.a, one.b)):
        ours, theirs = members[one.a], members[one.b]
        if ours is not theirs and _close(ours, theirs, linked):
            ours |= theirs
            members.update(dict.fromkeys(theirs, ours))
    return {document: min(family) for document, family in members.items()}


def _joins(link: CopyLink) -> bool:
    return link.kind in ("same", "near") or link.share >= MOST


def _close(ours: set[str], theirs: set[str], linked: set[frozenset[str]]) -> bool:
    """Whether more than half of the pairs between two families are linked."""
    pairs = sum(frozenset((a, b)) in linked for a in ours for b in theirs)
    return 2 * pairs > len(ours) * len(theirs)
