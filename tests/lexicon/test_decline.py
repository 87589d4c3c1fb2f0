from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import Fault
from sijill.lexicon.decline import NOUN_COLUMNS, decline, nisba_forms, read_nouns
from sijill.lexicon.forms import BOUND, FormTable
from sijill.text.fold import fold

# lemma, plurals, gender | spellings that must be there | spellings that must not
NOUNS = """
هجوم,هجمات,m | هجوم هجوما هجومان هجومين هجومي هجمات هجوم- هجمات- | هجومات هجوميه
غارة,غارات,f | غارة غارتان غارتين غارتا غارتي غارات غارت- غارات- | غارةا غارتا
معركة,معارك,f | معركة معركتين معارك معركت- معارك- | معاركا
كمين,كمائن,m | كمين كمينا كمينين كمائن | كمائنا
جندي,جنود,m | جندي جنديا جنديان جنود جنودا جنود- | جنديه
مقاتل,مقاتلون,m | مقاتل مقاتلون مقاتلين مقاتلو مقاتلي مقاتلو- مقاتلي- مقاتلان | مقاتلون- مقاتلين-
قتيل,قتلى,m | قتيل قتلى قتلا- قتيلا قتيلين | قتلى-
شهيد,شهداء,m | شهيد شهداء شهداء- شهداؤ- شهدائ- | شهداءا
لقاء,لقاءات,m | لقاء لقاءان لقاءات لقاء- لقاؤ- لقائ- | لقاءاا
نبأ,أنباء,m | نبأ أنباء أنباء- نبأ- نبؤ- | نبأا
لاجئ,لاجئون,m | لاجئ لاجئا لاجئون لاجئين لاجئو | لاجءون
ضحية,ضحايا,f | ضحية ضحيتين ضحايا ضحايا- | ضحية-
خطأ,أخطاء,m | خطأ خطآن أخطاء | خطأا
شيء,أشياء,m | شيء شيئا أشياء | أشياءا
قصف,,m | قصف قصفا قصف- | قصفين قصفان
جوي,,mf | جوي جوية جويا جويون جويين جويتين جويات | -
"""
LINES = [line for line in NOUNS.splitlines() if line.strip()]


def read(rows: str, tmp_path: Path) -> tuple[FormTable, list[Fault]]:
    path = tmp_path / "nouns.tsv"
    path.write_text("\t".join(NOUN_COLUMNS) + "\n" + rows + "\n", encoding="utf-8")
    faults: list[Fault] = []
    table = FormTable()
    for noun in read_nouns(faults, path):
        decline(noun, table)
    return table, faults


@pytest.mark.parametrize("line", LINES, ids=[line.split(",")[0] for line in LINES])
def test_forms(line: str, tmp_path: Path) -> None:
    head, there, absent = (cell.strip() for cell in line.split("|"))
    table, faults = read("\t".join(head.split(",")), tmp_path)
    assert not faults
    spellings = set(table.forms())
    allowed = {fold(word) for word in there.split()}
    assert allowed <= spellings, allowed - spellings
    assert not ({fold(word) for word in absent.split()} - allowed) & spellings


def test_numbers_and_states(tmp_path: Path) -> None:
    forms = read("مقاتل\tمقاتلون\tm", tmp_path)[0].forms()
    assert {(f.number, f.state) for f in forms["مقاتلو"]} == {("p", "construct")}
    assert {(f.number, f.state) for f in forms["مقاتلين"]} == {("d", ""), ("p", "")}
    assert {(f.number, f.state) for f in forms["مقاتلا"]} == {("s", ""), ("d", "construct")}
    assert {f.pos for f in forms["مقاتل"]} == {"noun"}


def test_adjectives_have_both_genders(tmp_path: Path) -> None:
    forms = read("جوي\t\tmf", tmp_path)[0].forms()
    assert {(f.pos, f.gender) for f in forms["جويه"]} == {("adj", "f")}
    assert {(f.pos, f.gender) for f in forms["جوي"]} == {("adj", "m")}


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("حوثي", "حوثي حوثيه حوثيون حوثيين حوثيو حوثيي حوثيات حوثيان حوثيا"),
        ("مقاتل", "مقاتل مقاتله مقاتلون مقاتلين مقاتلو مقاتلي مقاتلات مقاتلان مقاتلا"),
    ],
)
def test_names_that_inflect(stem: str, forms: str) -> None:
    assert nisba_forms(stem) >= set(forms.split())
    assert not [form for form in nisba_forms(stem) if form.endswith(BOUND)]


def test_wrong_rows_are_told(tmp_path: Path) -> None:
    assert [fault.line for fault in read("هجوم\tهجمات\tx", tmp_path)[1]] == [2]
    assert [fault.line for fault in read("قمة\tقمم\tf\nقمه\tقمم\tf", tmp_path)[1]] == [3]
