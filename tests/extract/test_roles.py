"""Who did it, to whom, where: sentences in the manner of news, by what the grammar has to see.

A line reads ``type actors>targets @places``; several drafts stand in text order.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Drafts

SENTENCES = [
    # the backer of the first side of "between" stands before the other side; who goes on with what
    (
        "دارت معارك بين الجيش الليبي المدعوم من مصر ومسلحي داعش في درنة",
        "clash libya_lna>is_affiliate @درنة; support egypt>libya_lna @درنة",
    ),
    (
        "اشتباكات بين الحوثيين المسنودين بقوات صالح، والمقاومة الشعبية في تعز",
        "clash houthis>popular_resistance_yemen @تعز",
    ),
    ("تستمر قوات البيشمركة في عملية تحرير سنجار", "offensive peshmerga> @سنجار"),
    ("تستمر الغارات على حلب", "airstrike > @حلب"),
    # support that one is accused of, or pledges, is given; by whose fire; a delegation of a side
    (
        "اتهمت السعودية إيران بدعم الحوثيين",
        "accusation saudi_arabia>iran; support iran>houthis",
    ),
    ("لوحت تركيا بدعم الجيش السوري الحر", "support turkey>syrian_opposition"),
    (
        "تقدم الجيش السوري بمساندة حزب الله في حلب",
        "advance syrian_army> @حلب; support hezbollah>syrian_army @حلب",
    ),
    ("قتل جندي تركي برصاص مقاتلي حزب العمال الكردستاني", "killing pkk>turkish_forces"),
    ("التقى وزير الخارجية الروسي وفدا من حركة حماس", "meeting russia>hamas"),
    # who announces a deed of its own side; a doer that "and" shares; who is fought; who backs
    ("أعلن الجيش العراقي تحرير ناحية القيارة", "capture iraq_army> @القيارة"),
    (
        "أعلنت الشرطة العراقية اعتقال أربعة مسلحين في كركوك",
        "arrest iraq_police>unknown_gunmen @كركوك",
    ),
    ("أعلن الجيش الأميركي تحرير مدينة الموصل", "capture > @الموصل"),
    ("أعلن الجيش العراقي قتل ستة من مسلحي داعش", "killing iraq_army>islamic_state"),
    (
        "أعلن الجيش السوري الحر قصف مواقع قوات النظام في حماة",
        "shelling syrian_opposition>syrian_army @حماة",
    ),
    ("أدى ذلك إلى استعادة الحكومة السورية مدينة تدمر", "capture syria_government> @تدمر"),
    ("بعد تحرير مدينة لحج بواسطة المقاومة الشعبية", "capture popular_resistance_yemen> @لحج"),
    (
        "جاء من التحالف العربي الذي شن 15 غارة على مواقع الحوثيين في صعدة",
        "airstrike arab_coalition>houthis @صعدة",
    ),
    (
        "منذ زحف الحوثيين إلى مدينة تعز والسيطرة على مدينة ذمار",
        "advance houthis> @تعز; capture houthis> @ذمار",
    ),
    ("تواصل قوات البيشمركة قتال تنظيم داعش في سنجار", "clash peshmerga>islamic_state @سنجار"),
    (
        "اجتاح الحوثيون بدعم من قوات صالح مدينة إب",
        "capture houthis> @إب; support saleh_forces>houthis",
    ),
    # a subject shared with a verb that counts people, and whose members it counts
    (
        "نفذت القوات العراقية عملية دهم في كركوك وأوقفت تسعة مطلوبين",
        "sweep iraq_forces> @كركوك; arrest iraq_forces>prisoners @كركوك",
    ),
    ("قصفت قوات البيشمركة وكرا لتنظيم داعش وقتلت ستة منهم", "shelling peshmerga>islamic_state"),
    ("ألقت الشرطة العراقية القبض على أربعة صحفيين", "arrest iraq_police>journalists"),
    # whom a threat is aimed at, told by the deed
    ("هدد تنظيم القاعدة بمهاجمة فرنسا", "threat al_qaeda>france"),
    ("توعدت حركة النجباء بضرب القواعد الأميركية", "threat shia_militias>usa"),
    ("هددت تركيا بطرد السفراء", "threat turkey>"),
    # what stands between a verb and its object, and who is told of without a slot
    (
        "دخلت فصائل من الجيش السوري الحر يسندها الجيش التركي مدينة عفرين",
        "advance syrian_opposition> @عفرين",
    ),
    ("استعادت قوات النظام السوري تدمر من داعش", "capture syrian_army>islamic_state @تدمر"),
    ("أعلن الجيش الأميركي إرسال 400 عسكري إلى منبج", "deployment us_forces> @منبج"),
    ("تبنى تنظيم داعش الهجوم على كنيسة في الموصل", "offensive islamic_state> @الموصل"),
    (
        "وحمل الحوثيون التحالف العربي المسؤولية عن غارة على مدينة صنعاء",
        "accusation houthis>arab_coalition; airstrike arab_coalition> @صنعاء",
    ),
    ("أمسكت قوات سوريا الديمقراطية بمدينة الرقة", "capture sdf> @الرقة"),
    ("دمرت طائرات التحالف جسرا في الموصل", "airstrike coalition> @الموصل"),
    # active, verb first
    (
        "استعادت القوات العراقية حي المعلمين في الموصل من تنظيم داعش",
        "capture iraq_forces>islamic_state @حي المعلمين",
    ),
    ("دخل الجيش السوري مدينة تدمر", "advance syrian_army> @تدمر"),
    ("قصفت مدفعية النظام بلدة خان شيخون", "shelling syrian_army> @خان شيخون"),
    ("أطلق الحوثيون صاروخا باليستيا على مدينة نجران السعودية", "shelling houthis> @نجران"),
    (
        "شن طيران التحالف العربي غارات على مواقع الحوثيين في صعدة",
        "airstrike arab_coalition>houthis @صعدة",
    ),
    ("حاصرت قوات النظام السوري مدينة حمص", "siege syrian_army> @حمص"),
    ("انسحب تنظيم داعش من مدينة منبج", "withdrawal islamic_state> @منبج"),
    ("اعتقلت الشرطة العراقية خمسة أشخاص في كركوك", "arrest iraq_police>civilians @كركوك"),
    (
        "خطف مسلحو تنظيم داعش عشرات المدنيين في الحويجة",
        "abduction islamic_state>civilians @الحويجة",
    ),
    # active, subject first
    ("القوات العراقية تستعيد ناحية القيارة من داعش", "capture iraq_forces>islamic_state @القيارة"),
    ("الطيران الروسي يقصف مدينة إدلب", "airstrike russian_air_force> @إدلب"),
    ("قوات سوريا الديمقراطية سيطرت على مدينة منبج", "capture sdf> @منبج"),
    ("الحوثيون يقصفون مدينة تعز بالمدفعية", "shelling houthis> @تعز"),
    ("وحدات حماية الشعب الكردية دخلت مدينة تل أبيض", "advance ypg> @تل أبيض"),
    # passive
    ("قتل 23 مدنيا في غارة جوية على مدينة الرقة", "airstrike >civilians @الرقة"),
    ("قتل ثلاثة جنود عراقيين في انفجار عبوة ناسفة في الفلوجة", "bombing >iraq_army @الفلوجة"),
    ("اعتقل أربعة أشخاص على يد قوات الأمن في القاهرة", "arrest egyptian_forces>civilians @القاهرة"),
    ("حوصرت مدينة حلب من قبل قوات النظام", "siege syrian_army> @حلب"),
    ("استعيدت مدينة الرمادي من تنظيم داعش", "capture >islamic_state @الرمادي"),
    # agents of passives and of deaths
    ("قتل صحفي على يد تنظيم داعش في الموصل", "killing islamic_state>journalists @الموصل"),
    (
        "اختطف خمسة عمال إغاثة من قبل مسلحين مجهولين في صنعاء",
        "abduction unknown_gunmen>aid_agencies @صنعاء",
    ),
    (
        "قتل 15 مدنيا في غارات نفذتها طائرات التحالف على الرقة",
        "airstrike coalition>civilians @الرقة",
    ),
    # verbal nouns
    ("استعادة القوات العراقية لمدينة الموصل", "capture iraq_forces> @الموصل"),
    ("تحرير مدينة الفلوجة من تنظيم داعش", "capture >islamic_state @الفلوجة"),
    ("قصف الجيش السوري لمدينة دوما مستمر", "shelling syrian_army> @دوما"),
    ("انسحاب القوات الروسية من مدينة تدمر", "withdrawal russian_forces> @تدمر"),
    ("غارات للتحالف الدولي على مدينة الرقة", "airstrike coalition> @الرقة"),
    ("مقتل سبعة مدنيين في قصف مدفعي للحوثيين على تعز", "shelling houthis>civilians @تعز"),
    ("اشتباكات عنيفة بين الجيش السوري وجبهة النصرة في ريف حلب", "clash syrian_army>nusra @ريف حلب"),
    # relative clauses
    ("الغارات التي شنها التحالف على الرقة قتلت 20 مدنيا", "airstrike coalition>civilians @الرقة"),
    # coordination
    (
        "سيطرت القوات العراقية على الفلوجة والرمادي",
        "capture iraq_forces> @الفلوجة; capture iraq_forces> @الرمادي",
    ),
    (
        "قصفت طائرات التحالف مواقع داعش في الرقة ودير الزور والموصل",
        "airstrike coalition>islamic_state @الرقة+دير الزور+الموصل",
    ),
    ("شن الجيش العراقي والحشد الشعبي هجوما على تلعفر", "offensive iraq_army+pmf> @تلعفر"),
    # light verbs
    ("تمكن الجيش العراقي من استعادة مدينة بيجي", "capture iraq_army> @بيجي"),
    ("نجحت قوات سوريا الديمقراطية في السيطرة على سد الفرات", "capture sdf> @سد الفرات"),
    ("قامت القوات التركية بقصف مدينة عفرين", "shelling turkish_forces> @عفرين"),
    ("تم تحرير مدينة تكريت من تنظيم داعش", "capture >islamic_state @تكريت"),
    ("شنت طائرات التحالف الدولي غارات على مدينة الموصل", "airstrike coalition> @الموصل"),
    (
        "شهدت مدينة تعز اشتباكات بين الحوثيين والمقاومة الشعبية",
        "clash houthis>popular_resistance_yemen @تعز",
    ),
    ("بدأت القوات العراقية عملية لاستعادة الحويجة", "offensive iraq_forces> @الحويجة"),
    ("نفذت المقاتلات الروسية ضربات جوية على ريف إدلب", "airstrike russian_air_force> @ريف إدلب"),
    (
        "وقعت اشتباكات بين قوات البيشمركة وتنظيم داعش قرب كركوك",
        "clash peshmerga>islamic_state @كركوك",
    ),
    (
        "دارت معارك عنيفة بين الجيش الليبي ومسلحين في بنغازي",
        "clash libya_lna>unknown_gunmen @بنغازي",
    ),
    ("فرضت قوات النظام حصارا على الغوطة الشرقية", "siege syrian_army> @الغوطة الشرقية"),
    # nationality as doer
    ("غارات روسية على مدينة إدلب", "airstrike russian_air_force> @إدلب"),
    # others
    ("فر آلاف المدنيين من الموصل", "displacement civilians> @الموصل"),
    (
        "طردت القوات العراقية تنظيم داعش من مدينة الرمادي",
        "capture iraq_forces>islamic_state @الرمادي",
    ),
    ("تخضع محافظة نينوى لسيطرة تنظيم داعش", "control islamic_state> @محافظة نينوى"),
    (
        "استهدفت طائرات التحالف رتلا لتنظيم داعش قرب الرقة",
        "airstrike coalition>islamic_state @الرقة",
    ),
    ("فجر تنظيم داعش جسرا في الرمادي", "bombing islamic_state> @الرمادي"),
    ("أعدم تنظيم داعش 20 شخصا في الموصل", "killing islamic_state>civilians @الموصل"),
    (
        "هاجم مسلحون مجهولون نقطة تفتيش للشرطة في العريش",
        "clash unknown_gunmen>egyptian_forces @العريش",
    ),
    (
        "اغتال مسلحون مجهولون ضابطا في الجيش اليمني في عدن",
        "killing unknown_gunmen>yemeni_army @عدن",
    ),
    ("أسر الحوثيون خمسة جنود سعوديين قرب نجران", "abduction houthis>saudi_arabia @نجران"),
    ("أفرجت جبهة النصرة عن ستة عشر جنديا لبنانيا", ""),
    ("تبنى تنظيم داعش تفجيرا انتحاريا في الكرادة", "bombing islamic_state> @الكرادة"),
    ("دمر تنظيم داعش معبد بل في تدمر", "destruction islamic_state> @معبد بل"),
    ("نزح آلاف السكان من مدينة الفلوجة", "displacement residents> @الفلوجة"),
    ("انتشرت قوات الجيش اللبناني في مدينة طرابلس", "deployment lebanese_army> @طرابلس"),
    ("وصلت قوافل المساعدات إلى بلدة مضايا", "aid > @مضايا"),
    ("منعت قوات النظام دخول المساعدات إلى مدينة داريا", "aid syrian_army> @داريا"),
    ("تظاهر المئات في مدينة البصرة احتجاجا على انقطاع الكهرباء", "protest > @البصرة"),
    (
        "دربت القوات الأميركية مقاتلين من العشائر في الأنبار",
        "support us_forces>iraq_tribal @الأنبار",
    ),
    ("قتل قائد ميداني في جبهة النصرة بغارة أميركية في إدلب", "airstrike us_forces>nusra @إدلب"),
    ("أسقط الحوثيون طائرة مسيرة في الحديدة", ""),
    ("أطلقت قوات الاحتلال النار على متظاهرين في غزة", ""),
    ("سقطت قذائف هاون على حي باب توما في دمشق", "shelling > @حي باب توما"),
    ("استهدف قصف مدفعي مدينة حرستا", "shelling > @حرستا"),
    ("واصل الجيش الليبي تقدمه في بنغازي", "advance libya_lna> @بنغازي"),
    ("كسر الجيش السوري الحصار عن مطار كويرس", "siege syrian_army> @مطار كويرس"),
    (
        "قطع تنظيم داعش الطريق بين حلب وخناصر",
        "siege islamic_state> @حلب; siege islamic_state> @خناصر",
    ),
    ("تقدمت قوات الأسد في ريف اللاذقية", "advance syrian_army> @ريف اللاذقية"),
    ("رفع العلم العراقي فوق مبنى الحكومة في الرمادي", ""),
    ("احتجز الحوثيون صحفيين في صنعاء", "abduction houthis>journalists @صنعاء"),
    ("اشتبكت القوات اليمنية مع الحوثيين في تعز", "clash yemeni_army>houthis @تعز"),
    ("طوقت القوات العراقية مدينة الفلوجة", "siege iraq_forces> @الفلوجة"),
    ("أعلنت الأمم المتحدة نزوح 200 ألف شخص من الموصل", "displacement civilians> @الموصل"),
    ("قصفت إسرائيل موقعا لحزب الله قرب دمشق", "shelling israel>hezbollah @دمشق"),
    # where people in flight arrive, and what a place went through
    ("نزح 300 مدني من الحويجة إلى داقوق", "displacement civilians> @داقوق"),
    ("وصل 200 نازح من الموصل إلى أربيل", "displacement displaced_people> @أربيل"),
    ("سجلت محافظة ديالى مقتل عشرة مدنيين", "killing >civilians @محافظة ديالى"),
    ("سجل المرصد مقتل عشرة مدنيين في ديالى", "killing >civilians @ديالى"),
    ("قتل عشرة جنود في معارك شهدتها مدينة بيجي", "clash > @بيجي"),
    ("قصف الجيش العراقي من تلعفر مواقع داعش في سنجار", "shelling iraq_army>islamic_state @سنجار"),
    ("أصيب طفل جراء القصف الذي تعرضت له بلدة عربين", "shelling > @عربين"),
    ("قتل عشرة مدنيين في التفجير الذي استهدف مطار الموصل", "bombing >civilians @مطار الموصل"),
    (
        "اقتحم مسلحون مجهولون مدينة بعقوبة واختطفوا ضابطا",
        "advance unknown_gunmen> @بعقوبة; abduction unknown_gunmen> @بعقوبة",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_roles(roles: Callable[[str], str], text: str, expected: str) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "توقفت العمليات العسكرية في غرب الموصل بسبب سوء الأحوال الجوية",
        "تقصف ميليشيا الحوثي أحياء تعز من مقر كتيبة الدفاع الجوي",
        "استهدف الحوثيون مطار عدن أثناء إنزال طائرة إغاثة",
    ],
)
def test_air_of_weather_landing_and_defence_is_no_means(drafts: Drafts, text: str) -> None:
    assert {draft.type for draft in drafts(text)} & {"offensive", "shelling"}


def test_the_islamic_state_is_that_of_the_country_of_the_sentence(drafts: Drafts) -> None:
    libya = "دارت معارك في سرت وبنغازي ودرنة في ليبيا مع تنظيم داعش.\n"
    told = drafts(libya + "ويسيطر تنظيم داعش على الرقة في سوريا.")
    assert [(one.type, one.actor) for one in told][-1] == ("control", ["islamic_state"])
    assert {a for one in told[:-1] for a in (*one.actor, *one.target)} == {"is_affiliate"}
