"""Arabic letters by code point, so that no Arabic letter stands in a Python file."""

from __future__ import annotations

from typing import Final

ALEF: Final = "\u0627"
BARE_HAMZA: Final = "\u0621"
WAW: Final = "\u0648"
YEH: Final = "\u064a"
HEH: Final = "\u0647"
TEH: Final = "\u062a"
TEH_MARBUTA: Final = "\u0629"
ALEF_MAKSURA: Final = "\u0649"
KAF: Final = "\u0643"
LAM: Final = "\u0644"
TATWEEL: Final = "\u0640"
ARTICLE: Final = ALEF + LAM

#: Marks that fold away: tanween, vowels, shadda, sukun, superscript alef, Koranic signs.
MARKS: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"

#: Letters that are spelt in several ways in the press, each with what it folds to.
VARIANTS: dict[str, str] = {
    "\u0623": ALEF,  # alef with hamza above
    "\u0625": ALEF,  # alef with hamza below
    "\u0622": ALEF,  # alef with madda
    "\u0671": ALEF,  # alef wasla
    ALEF_MAKSURA: YEH,
    "\u0624": WAW,  # waw with hamza
    "\u0626": YEH,  # yeh with hamza
    TEH_MARBUTA: HEH,
    # Persian and presentation look-alikes that Arabic keyboards and converters produce.
    "\u06cc": YEH,
    "\u06d2": YEH,
    "\u06a9": KAF,
    "\u06c1": HEH,
    "\u06be": HEH,
    "\u06d5": HEH,
}

#: Digits of the three sets in use, to ASCII.
DIGITS: dict[str, str] = {
    **{chr(0x0660 + n): str(n) for n in range(10)},
    **{chr(0x06F0 + n): str(n) for n in range(10)},
}

#: What a knowledge file may hold in an Arabic field: the plain letters, no look-alikes, no marks.
ALLOWED: Final = frozenset(
    [chr(c) for c in range(0x0621, 0x063B)]
    + [chr(c) for c in range(0x0641, 0x064B)]
    + list("\u060c\u061b\u061f\u00ab\u00bb\u201c\u201d\u2018\u2019\u2026\u2013\u2014")
)

#: Letters that only one written language of the Arabic script uses, the most telling language
#: first: Urdu shares the last row's letters, so it is asked before Persian.
LANGUAGE_LETTERS: dict[str, str] = {
    "Kurdish": "\u06d5\u06ce\u06c6\u0695\u06b5",
    "Pashto": "\u0681\u0685\u0693\u0696\u069a\u06ab\u06bc\u06cd\u06d0",
    "Urdu": "\u0679\u0688\u0691\u06ba\u06d2",
    "Persian": "\u067e\u0686\u0698\u06af",
}

#: Farsi yeh and keheh: Persian, or Arabic from a Persian keyboard.
PERSIAN_KEYBOARD: Final = "\u06cc\u06a9"
