"""The forms of Arabic verbs, with their verbal nouns and participles, in unvocalised spelling."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.decline import add_shapes, adjective, dual, plural_feminine, singular
from sijill.lexicon.forms import BOUND, Form, FormTable
from sijill.lexicon.spelling import fill, fold_letters, sounds, write
from sijill.lexicon.tables import Row, did_you_mean, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import ALEF, BARE_HAMZA, TEH_MARBUTA, WAW, YEH

_PATTERN_COLUMNS = (
    "form",
    "kind",
    "past",
    "past_passive",
    "present",
    "present_passive",
    "active",
    "passive",
    "masdar",
)
_ENDING_COLUMNS = ("tense", "person", "gender", "number", "prefix", "plain", "A", "Y", "I", "U")
VERB_COLUMNS = ("lemma", "root", "form", "class", "masdars", "gloss", "hint", "lacks")
_LACKS = ("object", "active", "passive", "masdar")

_WEAK = frozenset((WAW, YEH))
_VOWELS = frozenset("aiu")


class Ending(msgspec.Struct, frozen=True):
    """One ending, standing free and before a pronoun, in sounds and in letters."""

    consonantal: bool
    free: str
    bound: tuple[str, ...]
    free_letters: str
    bound_letters: str


class Slot(msgspec.Struct, frozen=True):
    """One place of the paradigm, with its ending for each kind of stem."""

    tense: str
    person: int
    gender: str
    number: str
    prefix: str
    prefix_letter: str
    endings: dict[str, Ending]


class Stem(msgspec.Struct, frozen=True):
    """A stem before a vowel and before a consonant, and the kind of endings it takes.

    ``letters`` are its spellings (before a vowel, before a consonant) where no hamza makes them
    depend on prefix and ending.
    """

    vowel: str
    consonant: str
    kind: str
    letters: tuple[str, str] | None = None


class Pattern(msgspec.Struct, frozen=True):
    """The stems of one form and kind of root, as patterns; none for a voice that is not used."""

    past: Stem
    past_passive: Stem | None
    present: Stem
    present_passive: Stem | None
    active: str
    passive: str
    masdars: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True):
    """The tables that conjugation rests on."""

    patterns: dict[tuple[str, str], Pattern]
    slots: dict[str, tuple[Slot, ...]]
    clusters: dict[str, str]


class Verb(msgspec.Struct, frozen=True):
    """One verb: its id, radicals, form, the kind of its root, and verbal nouns of its own.

    ``lacks`` names what is not made: ``object`` (the passive, and pronouns behind), ``active`` and
    ``passive`` (participles), ``masdar`` (the regular verbal noun).
    """

    lemma: str
    root: tuple[str, ...]
    form: str
    kind: str
    vowels: str
    masdars: tuple[str, ...] = ()
    lacks: frozenset[str] = frozenset()


def load_grammar(faults: list[Fault], folder: Path | None = None) -> Grammar:
    """Read the pattern, ending and cluster tables."""
    folder = folder or knowledge_dir()
    patterns = read_table(folder / "verb_patterns.tsv", _PATTERN_COLUMNS, faults)
    endings = read_table(folder / "verb_endings.tsv", _ENDING_COLUMNS, faults)
    clusters = read_table(folder / "verb_clusters.tsv", ("radical", "cluster"), faults)
    slots: dict[str, list[Slot]] = {"past": [], "present": []}
    for row in endings:
        slots[row["tense"]].append(_slot(row))
    return Grammar(
        {(row["form"], row["kind"]): _pattern(row) for row in patterns},
        {tense: tuple(found) for tense, found in slots.items()},
        {row["radical"]: row["cluster"] for row in clusters},
    )


def _pattern(row: Row) -> Pattern:
    return Pattern(
        _stem(row["past"]),
        _stem(row["past_passive"]) if row["past_passive"] else None,
        _stem(row["present"]),
        _stem(row["present_passive"]) if row["present_passive"] else None,
        row["active"],
        row["passive"],
        tuple(row.many("masdar")),
    )


def _stem(cell: str) -> Stem:
    shape, _, kind = cell.partition(":")
    vowel, _, consonant = shape.partition("/")
    return Stem(vowel, consonant or vowel, kind or "plain")


def _slot(row: Row) -> Slot:
    prefix = sounds(row["prefix"])
    return Slot(
        row["tense"],
        int(row["person"]),
        row["gender"],
        row["number"],
        prefix,
        fold_letters(write(prefix + "a")[0]),
        {kind: _ending(row[kind]) for kind in ("plain", "A", "Y", "I", "U") if row[kind]},
    )


def _ending(cell: str) -> Ending:
    """Read one ending; a final short vowel is heard only before a pronoun."""
    text = sounds(cell.removeprefix("=").replace("0", ""))
    free = text.replace("_", ALEF).replace("@", "")
    if free and free[-1] in _VOWELS:
        free = free[:-1]
    bound = text.replace("_", "").replace("@", "U").replace("Y", "A")
    return Ending(
        cell.startswith("="),
        free,
        # The present ends in u or a by mood, which shows in the seat of a hamza before it.
        ("u", "a") if bound == "u" else (bound,),
        fold_letters(write(free)[0]),
        fold_letters(write(bound)[0]),
    )


def read_verbs(grammar: Grammar, faults: list[Fault], path: Path | None = None) -> list[Verb]:
    """Read the table of verbs; a row that cannot be conjugated becomes a fault."""
    verbs: dict[str, Verb] = {}
    for row in read_table(path or knowledge_dir() / "verbs.tsv", VERB_COLUMNS, faults):
        verb = _verb(row, grammar, faults)
        if verb is None:
            continue
        if verb.lemma in verbs:
            faults.append(Fault(row.file, row.line, f"verb {row['lemma']!r} stands here twice"))
        verbs[verb.lemma] = verb
    return list(verbs.values())


def _verb(row: Row, grammar: Grammar, faults: list[Fault]) -> Verb | None:
    root, form = tuple(row["root"].split()), row["form"]
    forms = sorted({known for known, _ in grammar.patterns})
    if form not in forms:
        message = f"unknown form {form!r}{did_you_mean(form, forms)}"
    elif len(root) != (4 if form.startswith("Q") else 3):
        message = f"form {form} takes {4 if form.startswith('Q') else 3} radicals, not {len(root)}"
    else:
        kind, vowels = _kind(root, form, row["class"], grammar)
        if (form, kind) in grammar.patterns:
            masdars, lacks = tuple(row.many("masdars")), frozenset(row.many("lacks"))
            for word in lacks.difference(_LACKS):
                hint = did_you_mean(word, _LACKS)
                faults.append(Fault(row.file, row.line, f"unknown value {word!r} in lacks{hint}"))
            return Verb(fold(row["lemma"]), root, form, kind, vowels, masdars, lacks)
        message = f"no pattern for form {form}, kind {kind!r}"
    faults.append(Fault(row.file, row.line, message))
    return None


def _kind(root: tuple[str, ...], form: str, given: str, grammar: Grammar) -> tuple[str, str]:
    """The kind of pattern for a root, and the vowels of its class in form I."""
    if (form, given) in grammar.patterns:
        return given, ""
    natural = _natural_kind(root, form)
    vowels = given or _usual_class(root, natural)
    for kind in (f"{natural}-{vowels}", natural, "sound"):
        if (form, kind) in grammar.patterns:
            return kind, vowels
    return natural, vowels


def _natural_kind(root: tuple[str, ...], form: str) -> str:
    """What the radicals alone make of a root."""
    if len(root) == 4:
        return "sound"
    if root[2] in _WEAK:
        return "lafif" if root[0] == WAW and form == "I" else "defective"
    if root[1] == root[2]:
        return "doubled"
    if root[1] in _WEAK:
        return "hollow"
    if root[2] == BARE_HAMZA:
        return "hamzated"
    return "assimilated" if root[0] == WAW else "sound"


def _usual_class(root: tuple[str, ...], kind: str) -> str:
    """The class that a root of form I has unless the table says otherwise."""
    if kind in ("hollow", "defective"):
        return "au" if (root[1] if kind == "hollow" else root[2]) == WAW else "ai"
    if kind in ("assimilated", "lafif"):
        return "ai"
    return "aa" if BARE_HAMZA in root[1:] else "au"


def conjugate(verb: Verb, grammar: Grammar, table: FormTable) -> None:
    """Add all forms of ``verb`` to ``table``: finite, verbal nouns, participles."""
    pattern = grammar.patterns[verb.form, verb.kind]
    for tense, active, passive in (
        ("past", pattern.past, pattern.past_passive),
        ("present", pattern.present, pattern.present_passive),
    ):
        stem, suffered = _fill_stem(verb, active, grammar), None
        if passive and "object" not in verb.lacks:
            suffered = _fill_stem(verb, passive, grammar)
        for slot in grammar.slots[tense]:
            _add_slot(verb.lemma, slot, stem, suffered, table)
    _add_participles(verb, pattern, grammar, table)
    _add_masdars(verb, pattern, grammar, table)


def _fill(verb: Verb, pattern: str, grammar: Grammar) -> str:
    if verb.vowels:
        pattern = pattern.replace("P", verb.vowels[0]).replace("Q", verb.vowels[1])
    return fill(pattern, verb.root, grammar.clusters)


def _fill_stem(verb: Verb, stem: Stem, grammar: Grammar) -> Stem:
    vowel, consonant = (_fill(verb, text, grammar) for text in (stem.vowel, stem.consonant))
    if BARE_HAMZA in vowel:
        return Stem(vowel, consonant, stem.kind)
    letters = fold_letters(write(vowel)[0]), fold_letters(write(consonant)[0])
    return Stem(vowel, consonant, stem.kind, letters)


def _add_slot(lemma: str, slot: Slot, active: Stem, passive: Stem | None, table: FormTable) -> None:
    """Add one place of the paradigm; spellings that both voices share are marked so."""
    in_active, bound = _spellings(slot, active)
    in_passive = _spellings(slot, passive)[0] if passive else ()
    place = (lemma, "verb", slot.tense, slot.person, slot.gender, slot.number)
    form = Form(*place, "active")
    for spelling in in_active:
        table.add(spelling, Form(*place, "both") if spelling in in_passive else form)
    for spelling in in_passive:
        if spelling not in in_active:
            table.add(spelling, Form(*place, "passive"))
    for spelling in bound if passive else ():
        table.add(spelling + BOUND, form)


def _spellings(slot: Slot, stem: Stem) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a stem is spelt in a place of the paradigm, free and before a pronoun."""
    ending = slot.endings[stem.kind]
    start, first = (stem.consonant, ending.free[:1]) if ending.consonantal else (stem.vowel, "")
    # Two equal consonants that meet are written once.
    merges = start[-1] == first
    if stem.letters is None:
        start = slot.prefix + (start[:-1] if merges else start)
        return _write([start + ending.free]), _write([start + sound for sound in ending.bound])
    start = stem.letters[ending.consonantal]
    start = slot.prefix_letter + (start[:-1] if merges else start)
    return (start + ending.free_letters,), (start + ending.bound_letters,)


def _write(phonemes: list[str]) -> tuple[str, ...]:
    return tuple(fold_letters(spelling) for text in phonemes for spelling in write(text))


def _add_participles(verb: Verb, pattern: Pattern, grammar: Grammar, table: FormTable) -> None:
    for pos, shape in (("active", pattern.active), ("passive", pattern.passive)):
        if not shape or pos in verb.lacks or (pos == "passive" and "object" in verb.lacks):
            continue
        defective = pos == "active" and shape.endswith("I")
        for word in write(_fill(verb, shape, grammar)):
            add_shapes(verb.lemma, pos, [*adjective(word, defective=defective)], table)


def _add_masdars(verb: Verb, pattern: Pattern, grammar: Grammar, table: FormTable) -> None:
    """Add the verbal nouns; those of the derived forms have a plural and a dual."""
    regular = () if "masdar" in verb.lacks else pattern.masdars
    words = [word for shape in regular for word in write(_fill(verb, shape, grammar))]
    for word in dict.fromkeys([*words, *verb.masdars]):
        gender = "f" if word.endswith(TEH_MARBUTA) else "m"
        shapes = [*singular(word, gender)]
        if verb.form != "I":
            stem = word[:-1] if gender == "f" else word
            shapes += [*dual(word, gender, construct=False), *plural_feminine(stem, gender)]
        add_shapes(verb.lemma, "masdar", shapes, table)
