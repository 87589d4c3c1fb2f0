"""Runs the examples and counter-examples that every rule carries."""

from __future__ import annotations

from datetime import date

import msgspec

from sijill.errors import Fault, UsageError
from sijill.extract.reader import Extractor, load_extractor
from sijill.extract.scene import Draft
from sijill.lexicon.rules import EventRule, Example
from sijill.lexicon.tables import did_you_mean
from sijill.text.fold import fold

#: The day on which examples are read; no example depends on which.
EXAMPLE_DAY = date(2016, 11, 2)
_ROLES = ("actor", "target", "place")


class Outcome(msgspec.Struct, frozen=True):
    """How one example of a rule went; ``problem`` is empty when it went well."""

    rule: str
    where: str
    text: str
    problem: str = ""


def check_rules() -> list[Fault]:
    """Every example that fails, as faults with file and line."""
    extractor = load_extractor()
    faults = []
    for rule in extractor.rules:
        for outcome in _outcomes(extractor, rule):
            if outcome.problem:
                file, line = outcome.where.rsplit(":", 1)
                faults.append(Fault(file, int(line), f"{outcome.rule}: {outcome.problem}"))
    return faults


def test_rule(ident: str) -> list[Outcome]:
    """The outcomes of one rule's examples.

    Raises:
        UsageError: when no rule has that id.
    """
    extractor = load_extractor()
    rules = {rule.id: rule for rule in extractor.rules}
    if ident not in rules:
        raise UsageError(f"no rule {ident!r}{did_you_mean(ident, list(rules))}")
    return _outcomes(extractor, rules[ident])


def _outcomes(extractor: Extractor, rule: EventRule) -> list[Outcome]:
    file = rule.where.rsplit(":", 1)[0]
    found = [
        Outcome(rule.id, f"{file}:{example.line}", example.text, _problem(extractor, rule, example))
        for example in rule.examples
    ]
    for text in rule.silent:
        spoke = [d for d in extractor.drafts(text, EXAMPLE_DAY) if d.rule.id == rule.id]
        problem = f"must be silent on: {text}" if spoke else ""
        found.append(Outcome(rule.id, rule.where, text, problem))
    return found


def _problem(extractor: Extractor, rule: EventRule, example: Example) -> str:
    """What is wrong with the reading of an example, or nothing."""
    drafts = [
        d for d in extractor.drafts(example.text, EXAMPLE_DAY) if rule.id in (d.rule.id, d.carrier)
    ]
    if not drafts:
        return f"does not fire on: {example.text}"
    problems = [_slot_problem(draft, example) for draft in drafts]
    return "" if "" in problems else problems[0]


def _slot_problem(draft: Draft, example: Example) -> str:
    for slot, wanted in example.slots.items():
        if slot in _ROLES:
            got = _words(draft, slot, example.text)
            if not any(fold(wanted) in (fold(text), fold(text[1:])) for text in got):
                return f"{slot} is {got or 'empty'}, not {wanted!r}, in: {example.text}"
        elif slot == "figures" and wanted not in [f.stated for f in draft.figures]:
            got = [f.stated for f in draft.figures]
            return f"figures are {got or 'empty'}, not {wanted!r}, in: {example.text}"
        elif slot in ("status", "type") and getattr(draft, slot) != wanted:
            return f"{slot} is {getattr(draft, slot)!r}, not {wanted!r}, in: {example.text}"
    return ""


def _words(draft: Draft, slot: str, text: str) -> list[str]:
    """The words that fill a slot of the draft."""
    if slot == "place":
        traces = [p.trace for p in draft.place if p.trace]
    else:
        traces = [t for t in [draft.traces.get(slot)] if t]
    return [text[t.start : t.end] for t in traces]


def unused(extractor: Extractor, texts: list[str]) -> list[str]:
    """Ids of rules that made no draft on any of ``texts``."""
    drafts = [d for text in texts for d in extractor.drafts(text, EXAMPLE_DAY)]
    used = {d.rule.id for d in drafts} | {d.carrier for d in drafts}
    return [rule.id for rule in extractor.rules if rule.id not in used]
