"""Who acts, where the verb that says so is another than the event's own."""

from __future__ import annotations

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.syntax import Syntax
from sijill.extract.trigger import Trigger
from sijill.lexicon.words import Analysis


def forced(syntax: Syntax, i: int, verb: Analysis) -> list[Mention]:
    """Whom the verb at ``i`` makes act: it forced + the militias + to withdraw."""
    slots = syntax.verb_slots(i, verb)
    return [m for m in slots.get("object") or slots.get("subject") if m.kind == "actor"]


def beside_main_verb(
    sentence: Sentence, syntax: Syntax, trigger: Trigger, saying: frozenset[str]
) -> list[Mention]:
    """Who does what a participle tells beside the main verb: he said ..., calling on X to."""
    subject = None
    for i in range(trigger.first - 1, sentence.first - 1, -1):
        verb = sentence.verb(i)
        if verb is None or syntax.is_relative(i):
            continue
        subject = syntax.subject_of(i)
        if verb.form.lemma in saying:
            break
    return [subject] if subject is not None and subject.ids else []
