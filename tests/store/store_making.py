"""Documents, testimonies and events made up for the tests of the store."""

from __future__ import annotations

from sijill.model import Figure, Place, Reading, Reference, Report, Speaker
from sijill.store.answers import Document
from sijill.store.ids import as_testimonies, document_from
from sijill.testimony import Event, EventFigure, FigureClaim, Testimony

LINES = (
    "قصفت طائرات حي الشعار في حلب أمس فقتل 17 مدنيا",
    "سيطر الجيش على قرية تل أحمر بعد اشتباكات عنيفة",
    "نفى المتحدث باسم التحالف استهداف المدنيين في الرقة",
)
PLACES = (
    Place("حلب", "سوريا", 36.2, 37.16, "aleppo"),
    Place("الموصل", "العراق", 36.34, 43.13, "mosul"),
    Place("الرقة", "سوريا", 35.95, 39.01, "raqqa"),
    Place("مكان مجهول", None),
)
COUNTRIES = {"aleppo": "SY", "mosul": "IQ", "raqqa": "SY"}
TYPES = ("airstrike", "capture", "killing")


def day(number: int) -> str:
    return f"2017-{1 + number // 28 % 12:02}-{1 + number % 28:02}"


def reading(number: int = 0, text: str = "", outlet: str = "") -> Reading:
    """A reading of one article with two reports."""
    text = text or f"خبر رقم {number}\n" + "\n".join(LINES)
    return Reading(
        doc=f"article-{number}",
        reference=Reference(day(number), "stamp"),
        outlet=outlet or f"outlet{number % 5}",
        title="عنوان",
        text=text,
        reports=tuple(report(text, number, which) for which in (0, 1)),
        extra={"page": number},
    )


def report(text: str, number: int, which: int) -> Report:
    start = text.index(LINES[which]) if LINES[which] in text else 0
    end = start + len(LINES[which]) if LINES[which] in text else len(text)
    killed = 10 + number % 10
    return Report(
        id=f"r{which}",
        type=TYPES[(number + which) % 3],
        status="occurred",
        actor=("syria_army",) if which else ("coalition",),
        target=("islamic_state",),
        place=(PLACES[(number + which) % 4],),
        time=(day(number), day(number)),
        speaker=Speaker("وكالة", "sana") if which else None,
        figures=(Figure("killed", "civilians", killed, killed, str(killed)),),
        evidence=((start, end),),
        trigger="قصفت" if which == 0 else "سيطر",
    )


def article(number: int = 0, text: str = "", source: str = "a.jsonl") -> Document:
    return document_from(reading(number, text), source)


def told(number: int = 0, text: str = "") -> list[Testimony]:
    made = reading(number, text)
    return as_testimonies(document_from(made), made.reports)


def event(id: str, members: list[Testimony], **changes: object) -> Event:
    """An event made of testimonies, the first of which says what it was."""
    first = members[0]
    killed = tuple(
        FigureClaim(one.id, one.outlet, "", one.said_on, f.low, f.high, f.stated)
        for one in members
        for f in one.figures
    )
    low = min(claim.low or 0 for claim in killed)
    high = max(claim.high or 0 for claim in killed)
    values: dict[str, object] = {
        "id": id,
        "type": first.type,
        "status": first.status,
        "standing": "single" if len(members) == 1 else "corroborated",
        "members": tuple(one.id for one in members),
        "outlets": len({one.outlet for one in members}),
        "witnesses": len({one.outlet for one in members}),
        "actor": first.actor,
        "target": first.target,
        "place": first.place[0],
        "time": first.time,
        "figures": (EventFigure("killed", "", low, high, high, killed),),
    }
    return Event(**(values | changes))  # type: ignore[arg-type]
