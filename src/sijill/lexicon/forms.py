"""The record of one word form, and the map from spellings to forms."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

#: Ends a key that stands for the shape a form takes before an attached pronoun.
BOUND = "-"


class Form(msgspec.Struct, frozen=True, gc=False):
    """One inflected form of one lemma, as far as unvocalised spelling tells.

    ``pos`` is ``verb``, ``masdar``, ``active`` or ``passive`` (participles), ``noun`` or ``adj``;
    ``voice`` is ``both`` where the spelling serves active and passive; ``state`` is ``construct``
    for forms that only stand before a genitive or a pronoun.
    """

    lemma: str
    pos: str
    tense: str = ""
    person: int = 0
    gender: str = ""
    number: str = ""
    voice: str = ""
    state: str = ""


class FormTable:
    """Collects forms by folded spelling; a form before a pronoun is keyed with ``BOUND`` behind."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[Form, ...]] = {}

    def add(self, spelling: str, form: Form) -> None:
        """Keep ``form`` under ``spelling``, once."""
        found = self._forms.get(spelling)
        if found is None:
            self._forms[spelling] = (form,)
        elif form not in found:
            self._forms[spelling] = (*found, form)

    def bar(self, spelling: str, pos: str) -> bool:
        """Take away the forms of ``pos`` spelt so; tell whether there were any."""
        found = self._forms.pop(spelling, ())
        kept = tuple(form for form in found if form.pos != pos)
        if kept:
            self._forms[spelling] = kept
        return len(kept) < len(found)

    def forms(self) -> Mapping[str, tuple[Form, ...]]:
        """All forms, as the analyser takes them."""
        return self._forms
