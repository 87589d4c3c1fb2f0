"""Something that a sentence names: an actor, people, a thing of a side, a place."""

from __future__ import annotations

from typing import Final

from sijill.extract.context import Context
from sijill.extract.place_found import Named, PlaceFound
from sijill.text.letters import LAM, WAW
from sijill.text.tokens import Tokens

#: "in", "to" and "from": behind them a capital is a town and no government.
_INSIDE: Final = frozenset({"\u0641\u064a", "\u0627\u0644\u064a", "\u0645\u0646"})
_GLUED = ("\u0628", "\u0643", LAM)


class Mention:
    """Something named at tokens ``[first, last)``.

    ``kind`` is ``actor``, ``people``, ``asset`` (a thing that belongs to a side) or ``place``;
    a state is a place with ``ids`` and may act. ``role`` tells how it was named; ``before`` holds
    the proclitics; ``prep`` the preposition that governs it. No msgspec.Struct: what asks for its
    parts is compiled, and takes them several times as fast from a compiled class.
    """

    __slots__ = (
        "before",
        "container",
        "figure",
        "first",
        "group",
        "ids",
        "kind",
        "last",
        "place",
        "prep",
        "role",
        "where",
    )

    def __init__(
        self,
        kind: str,
        first: int,
        last: int,
        ids: tuple[str, ...] = (),
        before: str = "",
        role: str = "",
        where: str = "",
        figure: str = "",
        place: PlaceFound | None = None,
        prep: str = "",
    ) -> None:
        self.kind, self.first, self.last, self.ids = kind, first, last, ids
        self.before, self.role, self.where, self.figure = before, role, where, figure
        self.place, self.prep = place, prep
        self.group = -1
        self.container = False

    def prep_governed(self) -> bool:
        """Whether a preposition stands before the mention or is glued to it."""
        return bool(self.prep) or self.before[-1:] in _GLUED

    def located(self, tokens: Tokens) -> bool:
        """Whether "in" or a preposition glued to it stands right before the mention."""
        before = tokens.word[self.first - 1].removeprefix(WAW) if self.first else ""
        return self.before[-1:] in _GLUED or before in _INSIDE


def note(mention: Mention, tokens: Tokens, context: Context) -> None:
    """Let the document remember what was named, for the nouns and pronouns that point back."""
    if mention.kind in ("actor", "asset"):
        for ident in mention.ids:
            context.note_actor(ident)
    elif mention.place is not None and mention.place.role != "back":
        found = mention.place
        acts = found.role in ("state", "capital") and not mention.located(tokens)
        capital = found.role == "capital"
        context.note_place(
            Named(
                found.kind, found.row, found.name, found.within, capital, acts, choice=found.choice
            )
        )
