from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import Fault
from sijill.lexicon.conjugate import VERB_COLUMNS, conjugate, load_grammar, read_verbs
from sijill.lexicon.forms import BOUND, Form, FormTable
from sijill.text.fold import fold

GRAMMAR = load_grammar([])

# lemma, root, form, class | 3ms 3fs 3mp 1p past | passive past 3ms 3fs | 3ms 3mp present
# | short present 3ms | passive present 3ms | active participle | passive participle | masdar
VERBS = """
قتل,قتل,I,au | قتل قتلت قتلوا قتلنا | قتل قتلت
  | يقتل يقتلون | يقتل | يقتل | قاتل | مقتول | -
قصف,قصف,I,ai | قصف قصفت قصفوا قصفنا | قصف قصفت
  | يقصف يقصفون | يقصف | يقصف | قاصف | مقصوف | -
شن,شنن,I,au | شن شنت شنوا شننا | شن شنت
  | يشن يشنون | يشن | يشن | شان | مشنون | -
فر,فرر,I,ai | فر فرت فروا فررنا | فر فرت
  | يفر يفرون | يفر | يفر | فار | مفرور | -
قال,قول,I, | قال قالت قالوا قلنا | قيل قيلت
  | يقول يقولون | يقل | يقال | قائل | مقول | -
قاد,قود,I, | قاد قادت قادوا قدنا | قيد قيدت
  | يقود يقودون | يقد | يقاد | قائد | مقود | -
سار,سير,I, | سار سارت ساروا سرنا | سير سيرت
  | يسير يسيرون | يسر | يسار | سائر | مسير | -
باع,بيع,I, | باع باعت باعوا بعنا | بيع بيعت
  | يبيع يبيعون | يبع | يباع | بائع | مبيع | -
نام,نوم,I,ia | نام نامت ناموا نمنا | نيم نيمت
  | ينام ينامون | ينم | ينام | نائم | - | -
خاف,خوف,I,ia | خاف خافت خافوا خفنا | خيف خيفت
  | يخاف يخافون | يخف | يخاف | خائف | مخوف | -
جاء,جيء,I, | جاء جاءت جاءوا جئنا | جيء -
  | يجيء يجيئون | - | - | - | - | -
دعا,دعو,I, | دعا دعت دعوا دعونا | دعي دعيت
  | يدعو يدعون | يدع | يدعى | داعي | مدعو | -
رمى,رمي,I, | رمى رمت رموا رمينا | رمي رميت
  | يرمي يرمون | يرم | يرمى | رامي | مرمي | -
بقي,بقي,I,ia | بقي بقيت بقوا بقينا | بقي بقيت
  | يبقى يبقون | يبق | يبقى | باقي | - | -
سعى,سعي,I,aa | سعى سعت سعوا سعينا | سعي سعيت
  | يسعى يسعون | يسع | يسعى | ساعي | - | -
وقع,وقع,I,aa | وقع وقعت وقعوا وقعنا | وقع وقعت
  | يقع يقعون | يقع | يوقع | واقع | موقوع | -
وصل,وصل,I, | وصل وصلت وصلوا وصلنا | وصل وصلت
  | يصل يصلون | يصل | يوصل | واصل | موصول | -
وفى,وفي,I, | وفى وفت وفوا وفينا | وفي وفيت
  | يفي يفون | يف | يوفى | وافي | - | -
رأى,رءي,I,see | رأى رأت رأوا رأينا | رئي رئيت
  | يرى يرون | ير | يرى | - | مرئي | -
أخذ,ءخذ,I,au | أخذ أخذت أخذوا أخذنا | أخذ أخذت
  | يأخذ يأخذون | يأخذ | يؤخذ | آخذ | مأخوذ | -
سأل,سءل,I, | سأل سألت سألوا سألنا | سئل سئلت
  | يسأل يسألون | يسأل | يسأل | سائل | مسؤول | -
بدأ,بدء,I, | بدأ بدأت بدأوا بدأنا | بدئ بدئت
  | يبدأ يبدأون | يبدأ | يبدأ | بادئ | مبدوء | -
لجأ,لجء,I, | لجأ لجأت لجؤوا لجأنا | لجئ لجئت
  | يلجأ يلجؤون | يلجأ | يلجأ | لاجئ | - | -
حرر,حرر,II, | حرر حررت حرروا حررنا | حرر حررت
  | يحرر يحررون | يحرر | يحرر | محرر | محرر | تحرير
أكد,ءكد,II, | أكد أكدت أكدوا أكدنا | أكد أكدت
  | يؤكد يؤكدون | يؤكد | يؤكد | مؤكد | مؤكد | تأكيد
صفى,صفو,II, | صفى صفت صفوا صفينا | صفي صفيت
  | يصفي يصفون | يصف | يصفى | مصفي | مصفى | تصفية
عبأ,عبء,II, | عبأ عبأت عبأوا عبأنا | عبئ عبئت
  | يعبئ يعبئون | يعبئ | يعبأ | معبئ | معبأ | تعبئة
ضيق,ضيق,II, | ضيق ضيقت ضيقوا ضيقنا | ضيق ضيقت
  | يضيق يضيقون | يضيق | يضيق | مضيق | مضيق | تضييق
حاصر,حصر,III, | حاصر حاصرت حاصروا حاصرنا | حوصر حوصرت
  | يحاصر يحاصرون | يحاصر | يحاصر | محاصر | محاصر | محاصرة
نادى,ندو,III, | نادى نادت نادوا نادينا | نودي نوديت
  | ينادي ينادون | يناد | ينادى | منادي | منادى | مناداة
أعلن,علن,IV, | أعلن أعلنت أعلنوا أعلنا | أعلن أعلنت
  | يعلن يعلنون | يعلن | يعلن | معلن | معلن | إعلان
أعد,عدد,IV, | أعد أعدت أعدوا أعددنا | أعد أعدت
  | يعد يعدون | يعد | يعد | معد | معد | إعداد
أغار,غور,IV, | أغار أغارت أغاروا أغرنا | أغير أغيرت
  | يغير يغيرون | يغر | يغار | مغير | مغار | إغارة
أخلى,خلو,IV, | أخلى أخلت أخلوا أخلينا | أخلي أخليت
  | يخلي يخلون | يخل | يخلى | مخلي | مخلى | إخلاء
أوقف,وقف,IV, | أوقف أوقفت أوقفوا أوقفنا | أوقف أوقفت
  | يوقف يوقفون | يوقف | يوقف | موقف | موقف | إيقاف
آوى,ءوي,IV, | آوى آوت آووا آوينا | أووي أوويت
  | يؤوي يؤوون | يؤو | يؤوى | مؤوي | مؤوى | إيواء
أنشأ,نشء,IV, | أنشأ أنشأت أنشأوا أنشأنا | أنشئ أنشئت
  | ينشئ ينشئون | ينشئ | ينشأ | منشئ | منشأ | إنشاء
تبنى,بني,V, | تبنى تبنت تبنوا تبنينا | تبني تبنيت
  | يتبنى يتبنون | يتبن | يتبنى | متبني | متبنى | تبني
تسلم,سلم,V, | تسلم تسلمت تسلموا تسلمنا | تسلم تسلمت
  | يتسلم يتسلمون | يتسلم | يتسلم | متسلم | متسلم | تسلم
تبادل,بدل,VI, | تبادل تبادلت تبادلوا تبادلنا | تبودل تبودلت
  | يتبادل يتبادلون | يتبادل | يتبادل | متبادل | متبادل | تبادل
تفادى,فدي,VI, | تفادى تفادت تفادوا تفادينا | تفودي تفوديت
  | يتفادى يتفادون | يتفاد | يتفادى | متفادي | متفادى | تفادي
انسحب,سحب,VII, | انسحب انسحبت انسحبوا انسحبنا | - -
  | ينسحب ينسحبون | ينسحب | - | منسحب | - | انسحاب
انضم,ضمم,VII, | انضم انضمت انضموا انضممنا | - -
  | ينضم ينضمون | ينضم | - | منضم | - | انضمام
انهار,هور,VII, | انهار انهارت انهاروا انهرنا | - -
  | ينهار ينهارون | ينهر | - | منهار | - | انهيار
انقضى,قضي,VII, | انقضى انقضت انقضوا انقضينا | - -
  | ينقضي ينقضون | ينقض | - | منقضي | - | انقضاء
اقتحم,قحم,VIII, | اقتحم اقتحمت اقتحموا اقتحمنا | اقتحم اقتحمت
  | يقتحم يقتحمون | يقتحم | يقتحم | مقتحم | مقتحم | اقتحام
احتل,حلل,VIII, | احتل احتلت احتلوا احتللنا | احتل احتلت
  | يحتل يحتلون | يحتل | يحتل | محتل | محتل | احتلال
اغتال,غول,VIII, | اغتال اغتالت اغتالوا اغتلنا | اغتيل اغتيلت
  | يغتال يغتالون | يغتل | يغتال | مغتال | مغتال | اغتيال
انتهى,نهي,VIII, | انتهى انتهت انتهوا انتهينا | انتهي انتهيت
  | ينتهي ينتهون | ينته | ينتهى | منتهي | منتهى | انتهاء
اتصل,وصل,VIII, | اتصل اتصلت اتصلوا اتصلنا | اتصل اتصلت
  | يتصل يتصلون | يتصل | يتصل | متصل | متصل | اتصال
اصطدم,صدم,VIII, | اصطدم اصطدمت اصطدموا اصطدمنا | اصطدم اصطدمت
  | يصطدم يصطدمون | يصطدم | يصطدم | مصطدم | - | اصطدام
ازداد,زيد,VIII, | ازداد ازدادت ازدادوا ازددنا | ازديد ازديدت
  | يزداد يزدادون | يزدد | يزداد | مزداد | - | ازدياد
اضطر,ضرر,VIII, | اضطر اضطرت اضطروا اضطررنا | اضطر اضطرت
  | يضطر يضطرون | يضطر | يضطر | مضطر | مضطر | اضطرار
اتهم,وهم,VIII, | اتهم اتهمت اتهموا اتهمنا | اتهم اتهمت
  | يتهم يتهمون | يتهم | يتهم | متهم | متهم | اتهام
ادعى,دعو,VIII, | ادعى ادعت ادعوا ادعينا | ادعي ادعيت
  | يدعي يدعون | يدع | يدعى | مدعي | مدعى | ادعاء
اطلع,طلع,VIII, | اطلع اطلعت اطلعوا اطلعنا | اطلع اطلعت
  | يطلع يطلعون | يطلع | يطلع | مطلع | - | اطلاع
اتخذ,تخذ,VIII, | اتخذ اتخذت اتخذوا اتخذنا | اتخذ اتخذت
  | يتخذ يتخذون | يتخذ | يتخذ | متخذ | متخذ | اتخاذ
استهدف,هدف,X, | استهدف استهدفت استهدفوا استهدفنا | استهدف استهدفت
  | يستهدف يستهدفون | يستهدف | يستهدف | مستهدف | مستهدف | استهداف
استعاد,عود,X, | استعاد استعادت استعادوا استعدنا | استعيد استعيدت
  | يستعيد يستعيدون | يستعد | يستعاد | مستعيد | مستعاد | استعادة
استعد,عدد,X, | استعد استعدت استعدوا استعددنا | استعد استعدت
  | يستعد يستعدون | يستعد | يستعد | مستعد | مستعد | استعداد
استولى,ولي,X, | استولى استولت استولوا استولينا | استولي استوليت
  | يستولي يستولون | يستول | يستولى | مستولي | مستولى | استيلاء
استحوذ,حوذ,X,sound | استحوذ استحوذت استحوذوا استحوذنا | استحوذ استحوذت
  | يستحوذ يستحوذون | يستحوذ | يستحوذ | مستحوذ | مستحوذ | استحواذ
استأنف,ءنف,X, | استأنف استأنفت استأنفوا استأنفنا | استؤنف استؤنفت
  | يستأنف يستأنفون | يستأنف | يستأنف | مستأنف | مستأنف | استئناف
سيطر,سيطر,Q1, | سيطر سيطرت سيطروا سيطرنا | سيطر سيطرت
  | يسيطر يسيطرون | يسيطر | يسيطر | مسيطر | مسيطر | سيطرة
تمركز,مركز,Q2, | تمركز تمركزت تمركزوا تمركزنا | - -
  | يتمركز يتمركزون | يتمركز | - | متمركز | - | تمركز
اطمأن,طمءن,Q4, | اطمأن اطمأنت اطمأنوا اطمأننا | - -
  | يطمئن يطمئنون | يطمئن | - | مطمئن | - | اطمئنان
"""
LINES = VERBS.strip().replace("\n  |", " |").splitlines()
THIRD = (3, "m", "s"), (3, "f", "s"), (3, "m", "p")


def forms_of(row: str, tmp_path: Path) -> FormTable:
    """The forms of one verb, given as the first cells of its row."""
    lemma, root, form, vowels = (*row.split(","), "")[:4]
    line = "\t".join((lemma, " ".join(root), form, vowels))
    path = tmp_path / "verbs.tsv"
    path.write_text("\t".join(VERB_COLUMNS) + f"\n{line}\n", encoding="utf-8")
    faults: list[Fault] = []
    (verb,) = read_verbs(GRAMMAR, faults, path)
    assert not faults
    table = FormTable()
    conjugate(verb, GRAMMAR, table)
    return table


def assert_finite(table: FormTable, word: str, tense: str, who: tuple[int, str, str], voice: str):
    found = [
        form.voice
        for form in table.forms().get(fold(word), ())
        if (form.tense, form.person, form.gender, form.number) == (tense, *who)
    ]
    assert {voice, "both"} & set(found), (word, tense, who, voice, found)


@pytest.mark.parametrize("line", LINES, ids=[line.split(",")[0] for line in LINES])
def test_forms_of_every_class(line: str, tmp_path: Path) -> None:
    head, past, suffered, present, short, undergoes, *nominals = (
        cell.split() for cell in line.split("|")
    )
    table = forms_of(head[0], tmp_path)
    checks = [
        *(
            ("past", who, "active", word)
            for who, word in zip((*THIRD, (1, "", "p")), past, strict=True)
        ),
        *(("past", who, "passive", word) for who, word in zip(THIRD[:2], suffered, strict=True)),
        *(("present", who, "active", word) for who, word in zip(THIRD[::2], present, strict=True)),
        ("present", THIRD[0], "active", short[0]),
        ("present", THIRD[0], "passive", undergoes[0]),
    ]
    for tense, who, voice, word in checks:
        if word != "-":
            assert_finite(table, word, tense, who, voice)
    for pos, (word,) in zip(("active", "passive", "masdar"), nominals, strict=True):
        if word != "-":
            assert pos in {form.pos for form in table.forms()[fold(word)]}, (pos, word)


def test_voice_is_told_where_spelling_tells_it(tmp_path: Path) -> None:
    table = forms_of("استعاد,عود,X", tmp_path).forms()
    assert [form.voice for form in table["استعاد"] if form.tense == "past"] == ["active"]
    assert [form.voice for form in table["استعيد"] if form.tense == "past"] == ["passive"]
    table = forms_of("قتل,قتل,I", tmp_path).forms()
    assert {form.voice for form in table["قتل"] if form.tense == "past"} == {"both"}


def test_all_spellings_of_a_hamza_before_u(tmp_path: Path) -> None:
    table = forms_of("بدأ,بدء,I", tmp_path).forms()
    for spelling in ("بدأوا", "بدؤوا", "بدءوا"):
        assert fold(spelling) in table


def test_before_a_pronoun(tmp_path: Path) -> None:
    assert "قتلو" + BOUND in forms_of("قتل,قتل,I", tmp_path).forms()
    table = forms_of("رمى,رمي,I", tmp_path).forms()
    assert "رما" + BOUND in table
    assert "رمي" + BOUND not in table
    table = forms_of("بدأ,بدء,I", tmp_path).forms()
    assert {"يبدا" + BOUND, "يبدو" + BOUND} <= set(table)


def test_two_equal_consonants_are_written_once(tmp_path: Path) -> None:
    table = forms_of("أعلن,علن,IV", tmp_path).forms()
    assert (1, "p") in {(form.person, form.number) for form in table["اعلنا"]}
    assert "اعلننا" not in table
    table = forms_of("ثبت,ثبت,I", tmp_path).forms()
    assert {(form.person, form.gender) for form in table["ثبتت"]} == {(3, "f")}
    assert (1, "") in {(form.person, form.gender) for form in table["ثبت"]}


def test_what_a_verb_lacks_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "verbs.tsv"
    row = "سقط\tس ق ط\tI\t\tسقوط\t\t\tobject|active"
    path.write_text("\t".join(VERB_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    (verb,) = read_verbs(GRAMMAR, [], path)
    table = FormTable()
    conjugate(verb, GRAMMAR, table)
    forms = table.forms()
    assert {form.voice for form in forms["سقطت"]} == {"active"}
    assert "سقطت" + BOUND not in forms
    assert "مسقوط" not in forms and "ساقط" not in forms
    assert [form.pos for form in forms["سقوطا"]] == ["masdar"]


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("قتل\tق ت\tI", "takes 3 radicals"),
        ("قتل\tق ت ل\tXX", "unknown form"),
        ("قتل\tق ت ل\tI\t\t\t\t\tobjects", "did you mean 'object'"),
    ],
)
def test_wrong_rows_are_told(row: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / "verbs.tsv"
    path.write_text("\t".join(VERB_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    faults: list[Fault] = []
    read_verbs(GRAMMAR, faults, path)
    assert [fault for fault in faults if part in fault.message and fault.line == 2]


def test_lemmas_are_told_apart_after_folding(tmp_path: Path) -> None:
    path = tmp_path / "verbs.tsv"
    rows = "بدا\tب د و\tI\nبدأ\tب د ء\tI\n"
    path.write_text("\t".join(VERB_COLUMNS) + f"\n{rows}", encoding="utf-8")
    faults: list[Fault] = []
    read_verbs(GRAMMAR, faults, path)
    assert [fault.line for fault in faults] == [3]


def test_masdars_have_a_plural_and_a_dual_in_derived_forms(tmp_path: Path) -> None:
    forms = forms_of("انفجر,فجر,VII", tmp_path).forms()
    assert Form("انفجر", "masdar", "", 0, "m", "p") in forms["انفجارات"]
    assert Form("انفجر", "masdar", "", 0, "m", "d") in forms["انفجارين"]
    assert Form("انفجر", "masdar", "", 0, "m", "s") in forms["انفجارا"]
