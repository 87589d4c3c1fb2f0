"""What documents are called, and where an issue says that one stands."""

from __future__ import annotations

import re

import msgspec

from sijill.ingest.kinds import stem_of
from sijill.issues import Issue, IssueLog
from sijill.model import Article

#: No name of a document is longer: it is printed, and becomes part of ids.
_LONGEST_NAME = 300
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


class Names:
    """The names that documents have already."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, article: Article, log: IssueLog) -> Article:
        """The article under a name that can be printed and that no earlier one has."""
        name = _HIDDEN.sub("\ufffd", article.doc)[:_LONGEST_NAME]
        issues = []
        if name != article.doc:
            message = (
                f"named {name}: its own name is too long or holds signs that cannot be printed"
            )
            issues.append(Issue("warning", "name", message, article.source))
        doc = self._free(name)
        if doc != name:
            message = f"named {doc}: an earlier one has its name"
            issues.append(Issue("warning", "same-name", message, place_of(article)))
        for issue in issues:
            log.add(issue)
        if not issues:
            return article
        return msgspec.structs.replace(article, doc=doc, issues=(*article.issues, *issues))

    def _free(self, name: str) -> str:
        doc = name
        while doc in self._seen:
            self._seen[name] += 1
            doc = f"{name}~{self._seen[name]}"
        self._seen[doc] = 1
        return doc


def place_of(article: Article) -> str:
    """The source, with the document behind it where a file holds several."""
    if stem_of(article.source) == article.doc or article.source.endswith(f"#{article.doc}"):
        return article.source
    return f"{article.source}#{article.doc}"
