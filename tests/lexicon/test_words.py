from __future__ import annotations

import pytest

from sijill.errors import Fault, KnowledgeError
from sijill.lexicon import knowledge
from sijill.lexicon.analyser import load_words
from sijill.lexicon.words import Analysis, Form
from sijill.text.fold import fold

FAULTS: list[Fault] = []
WORDS = load_words(FAULTS)


def reading(word: str) -> tuple[Analysis, ...]:
    return WORDS.analyse(fold(word))


def brief(word: str) -> set[str]:
    """Readings as ``before+article+lemma.pos+after``."""
    return {
        "+".join([*a.before, *(["ال"] if a.article else []), f"{a.form.lemma}.{a.form.pos}"])
        + (f"+{a.after}" if a.after else "")
        for a in reading(word)
    }


def test_the_tables_have_no_faults() -> None:
    assert FAULTS == []


# word | readings that must be among those found
FOUND = """
استعادتها   | استعاد.masdar+ها استعاد.verb+ها
استعادة     | استعاد.masdar
قتلوهم      | قتل.verb+هم
وسيستعيدها  | و+س+استعاد.verb+ها
فسيقتل      | ف+س+قتل.verb
ليقتحم      | ل+اقتحم.verb
للهجوم      | ل+ال+هجوم.noun
وللهجوم     | و+ل+ال+هجوم.noun
بالهجوم     | ب+ال+هجوم.noun
وبالقصف     | و+ب+ال+قصف.masdar
كالقصف      | ك+ال+قصف.masdar
والاشتباكات | و+ال+اشتبك.masdar
مقاتليه     | مقاتل.noun+ه
مقاتلوها    | مقاتل.noun+ها
هجماته      | هجوم.noun+ه
قتلاهم      | قتيل.noun+هم
ضحاياها     | ضحيه.noun+ها
دعاه        | دعا.verb+ه
أخلاها      | اخلي.verb+ها
تبناه       | تبني.verb+ه
للقاء       | ل+ال+لقاء.noun ل+لقاء.noun
المحاصرين   | ال+حاصر.passive ال+حاصر.active
المفخخة     | ال+فخخ.passive ال+مفخخه.noun
يتم         | تم.verb
غارتي       | غاره.noun
مؤكدا       | اكد.active
استهدافه    | استهدف.masdar+ه
"""


@pytest.mark.parametrize("line", [line for line in FOUND.splitlines() if line])
def test_readings(line: str) -> None:
    word, readings = line.split("|")
    assert set(readings.split()) <= brief(word.strip())


@pytest.mark.parametrize(
    "word",
    ["المقاتلو", "بقتلوا", "سقتل", "الهجومه", "سقطهم", "عدن", "وتعز", "هناك", "كلمة2", "داعش", ""],
)
def test_no_reading(word: str) -> None:
    assert reading(word) == ()


def test_a_pronoun_makes_a_verb_active() -> None:
    assert {a.form.voice for a in reading("قتلوهم")} == {"active"}
    assert {a.form.voice for a in reading("قتلوا")} == {"both"}
    assert {a.form.voice for a in reading("سقطوا")} == {"active"}


def test_third_person_comes_first() -> None:
    assert reading("قتلت")[0].form.person == 3
    assert reading("أعلن")[0].form == Form("اعلن", "verb", "past", 3, "m", "s", "both")


def test_every_key_lemma_is_read_as_itself() -> None:
    for word in ("استعاد", "حرر", "اقتحم", "قصف", "أغار", "حاصر", "انسحب", "نزح", "تظاهر"):
        assert f"{fold(word)}.verb" in brief(word), word


def test_known_words_are_remembered() -> None:
    assert WORDS.analyse("قتل") is WORDS.analyse("قتل")


def test_a_fault_in_the_sets_of_words_is_told_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(faults: list[Fault]) -> dict[str, object]:
        faults.append(Fault("words.yml", 71, "is no YAML"))
        return {}

    monkeypatch.setattr(knowledge, "load_word_sets", broken)
    with pytest.raises(KnowledgeError, match=r"words\.yml:71: is no YAML"):
        knowledge.load_knowledge.__wrapped__()
