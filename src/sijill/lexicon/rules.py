"""Rules that make reports, the word sets they ask about, and the report types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import did_you_mean, knowledge_dir
from sijill.lexicon.yaml_lines import LINE, read_yaml
from sijill.text.fold import fold


class WordSet(frozenset[str]):
    """A closed class of words that remembers the file and line it stands on."""

    where: str = ""


class Example(msgspec.Struct, frozen=True):
    """A sentence that a rule must read, with the words each slot must hold."""

    text: str
    slots: dict[str, str]
    line: int


class EventRule(msgspec.Struct, frozen=True):
    """One rule of ``knowledge/rules/*.yml``; see ``docs/rules.md`` for its keys."""

    id: str
    type: str
    where: str
    means: str
    lemmas: frozenset[str]
    nouns: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    pos: frozenset[str]
    near: frozenset[str]
    near_pairs: bool
    reach: int
    unless: frozenset[str]
    slots: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]
    flags: frozenset[str]
    figure: str
    tenses: dict[str, str]
    masdar_under: str
    means_types: dict[str, str]
    needs_means: frozenset[str]
    noun_needs: dict[str, str]
    examples: tuple[Example, ...]
    silent: tuple[str, ...]


class ReportType(msgspec.Struct, frozen=True):
    """One report type: what it needs to be a report."""

    id: str
    group: str
    needs: tuple[str, ...]
    needs_also: tuple[str, ...]
    one_place: bool
    fills_enemy: bool
    suffers: str


_TEXT = {"id", "type", "means", "figure", "masdar_under", "reach"}
_LISTS = {"lemmas", "nouns", "phrases", "pos", "near", "unless", "needs", "needs_means"}
_MAPS = {"slots", "tenses", "means_types", "noun_needs"}
_FLAGS = {
    "armed",
    "military",
    "political",
    "absorbed",
    "official",
    "carried",
    "of_place",
    "armed_target",
    "circumstance",
    "predicate",
    "managed",
}
_CASES = {"examples", "silent"}
#: Every key that a rule may have.
KEYS = sorted(_TEXT | _LISTS | _MAPS | _FLAGS | _CASES)


def load_word_sets(faults: list[Fault]) -> dict[str, WordSet]:
    """The closed classes of ``words.yml``, folded."""
    name, content = read_yaml(knowledge_dir() / "words.yml", faults)
    sets: dict[str, WordSet] = {}
    for key, body in (content or {}).items():
        if key == LINE:
            continue
        if not body.get("means"):
            faults.append(Fault(name, body[LINE], f"set {key!r} does not say what it means"))
        sets[key] = WordSet(fold(word) for word in body.get("words", []))
        sets[key].where = f"{name}:{body[LINE]}"
    return sets


def load_types(faults: list[Fault]) -> dict[str, ReportType]:
    """The report types of ``types.yml``."""
    _, content = read_yaml(knowledge_dir() / "types.yml", faults)
    return {
        key: ReportType(
            key,
            body["group"],
            tuple(body.get("needs", [])),
            tuple(body.get("needs_also", [])),
            body.get("one_place") == "true",
            body.get("fills_enemy") == "true",
            body.get("suffers", ""),
        )
        for key, body in (content or {}).items()
        if key != LINE
    }


def load_event_rules(types: Mapping[str, ReportType], faults: list[Fault]) -> list[EventRule]:
    """The rules of ``rules/*.yml``; what is wrong in one is added to ``faults``."""
    rules: list[EventRule] = []
    seen: set[str] = set()
    for path in sorted((knowledge_dir() / "rules").glob("*.yml")):
        name, content = read_yaml(path, faults)
        for body in content or []:
            wrong = _rule_faults(name, body, types, seen)
            faults.extend(wrong)
            if not wrong:
                seen.add(body["id"])
                rules.append(_rule(name, body))
    return rules


def _rule_faults(
    name: str, body: dict[str, Any], types: Mapping[str, ReportType], seen: set[str]
) -> list[Fault]:
    line = body[LINE]
    label = body.get("id", "rule without an id")
    wrong = [
        f"{label}: unknown key {key!r}{did_you_mean(key, KEYS)}"
        for key in body
        if key not in KEYS and key != LINE
    ]
    if "id" not in body or label in seen:
        wrong.append(f"{label}: every rule needs an id of its own")
    if body.get("type") not in types:
        wrong.append(
            f"{label}: unknown type {body.get('type')!r}"
            f"{did_you_mean(str(body.get('type')), list(types))}"
        )
    if not (body.get("lemmas") or body.get("nouns") or body.get("phrases")):
        wrong.append(f"{label}: nothing triggers it (lemmas, nouns or phrases)")
    wrong += [f"{label}: has no {key}" for key in ("means", *sorted(_CASES)) if not body.get(key)]
    return [Fault(name, line, message) for message in wrong]


def _rule(name: str, body: dict[str, Any]) -> EventRule:
    return EventRule(
        id=body["id"],
        type=body["type"],
        where=f"{name}:{body[LINE]}",
        means=body["means"],
        lemmas=_folded(body.get("lemmas")),
        nouns=_folded(body.get("nouns")),
        phrases=tuple(tuple(fold(phrase).split()) for phrase in body.get("phrases", [])),
        pos=frozenset(body.get("pos", ["verb", "masdar"])),
        near=_folded(body.get("near")),
        near_pairs=any(" " in words for words in body.get("near", [])),
        reach=int(body.get("reach", 5)),
        unless=_folded(body.get("unless")),
        slots={fold(key): _roles(value) for key, value in _items(body.get("slots"))},
        needs=tuple(body.get("needs", [])),
        flags=frozenset(flag for flag in _FLAGS if body.get(flag) == "true"),
        figure=body.get("figure", ""),
        tenses=dict(_items(body.get("tenses"))),
        masdar_under=body.get("masdar_under", ""),
        means_types=dict(_items(body.get("means_types"))),
        needs_means=_folded(body.get("needs_means")),
        noun_needs={fold(key): fold(value) for key, value in _items(body.get("noun_needs"))},
        examples=tuple(_example(item) for item in body["examples"]),
        silent=tuple(body["silent"]),
    )


def _items(mapping: dict[str, Any] | None) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in (mapping or {}).items() if key != LINE]


def _folded(words: list[str] | None) -> frozenset[str]:
    return frozenset(fold(word) for word in words or [])


def _roles(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _example(item: dict[str, Any]) -> Example:
    slots = {key: value for key, value in _items(item) if key != "text"}
    return Example(item["text"], slots, item[LINE])
