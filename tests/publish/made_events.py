"""Made events for the tests of exports: both scripts, formulas, quotes, line ends, gaps."""

from __future__ import annotations

from sijill.model import Place, Speaker
from sijill.publish.bundle import Bundle
from sijill.testimony import Dispute, Event, EventFigure, FigureClaim, Position, Testimony

NAME = "أبو محمد العراقي"
WITHHELD = "شاهد عيان هو […]"
MOSUL = Place("الموصل", "نينوى", 36.335, 43.118, "iq_mosul", radius_km=8.0, ucdp=1, acled=1)


def told(ident: str, **more: object) -> Testimony:
    """A testimony with what every one has."""
    given: dict[str, object] = {
        "id": f"doc-{ident}/r1",
        "document": f"doc-{ident}",
        "doc": f"article-{ident}.txt",
        "type": "airstrike",
        "status": "occurred",
        "outlet": "reuters",
        "said_on": "2017-03-18",
        "evidence": ((4, 40), (90, 120)),
        "trigger": "قصف",
        "quote": "=HYPERLINK قصف التحالف حي الموصل الجديدة",
        "family": f"doc-{ident}",
    }
    return Testimony(**{**given, **more})  # type: ignore[arg-type]


def killed(
    low: int | None, best: int | None, high: int | None, of: str = "", joint: bool = False
) -> EventFigure:
    """A toll with one claim by the private person."""
    claim = FigureClaim(
        "doc-a/r1", "reuters", f"شاهد عيان هو {NAME}", "2017-03-18", low, high, "قتلى", joint
    )
    return EventFigure("killed", of, low, high, best, (claim,))


def strike() -> Bundle:
    """An air strike that two outlets tell differently, on the word of a private person."""
    speaker = Speaker(f"شاهد عيان هو {NAME}", None, public=WITHHELD)
    dispute = Dispute(
        "how_many",
        (
            Position("100", ("reuters",), (f"شاهد عيان هو {NAME}",), ("doc-a/r1",)),
            Position("200", ("=cmd",), (), ("doc-b/r1",)),
        ),
        f'reuters, on the word of شاهد عيان هو {NAME}: 100; "=cmd": 200,\nor more',
        f"رويترز على لسان شاهد عيان هو {NAME}: 100",
    )
    event = Event(
        id="ev-1",
        type="airstrike",
        status="occurred",
        standing="disputed",
        members=("doc-a/r1", "doc-b/r1"),
        outlets=2,
        witnesses=2,
        actor=("coalition",),
        target=("civilians",),
        place=MOSUL,
        time=("2017-03-17", "2017-03-17"),
        figures=(killed(100, 140, 200), killed(100, 137, 150, "civilians")),
        disputes=(dispute,),
        harm="fair",
    )
    second = told("b", outlet="=cmd", doc='a "quoted", name\r\n.txt', said_on="2017-03-25")
    return Bundle(event, (told("a", speaker=speaker), second))


def capture(**more: object) -> Bundle:
    """A place taken, no toll, over three days."""
    given: dict[str, object] = {
        "id": "ev-2",
        "type": "capture",
        "status": "occurred",
        "standing": "single",
        "members": ("doc-c/r1",),
        "outlets": 1,
        "witnesses": 1,
        "actor": ("iraq_cts", "iraq_federal_police"),
        "target": ("islamic_state",),
        "place": MOSUL,
        "time": ("2017-07-08", "2017-07-10"),
    }
    event = Event(**{**given, **more})  # type: ignore[arg-type]
    return Bundle(event, (told("c", type=event.type, trigger="استعاد", quote=""),))


def bare() -> Bundle:
    """An event of which nearly nothing is known, and a text that looks like a formula."""
    event = Event("ev-3", "threat", "planned", "single", ("doc-d/r1",), 1, 1)
    return Bundle(event, (told("d", type="threat", doc="-1+1|calc", said_on=None, evidence=()),))


def estimate() -> Bundle:
    """A type that neither ACLED nor PLOVER has, at a place without a point."""
    event = Event(
        "ev-4",
        "estimate",
        "occurred",
        "single",
        ("doc-e/r1",),
        1,
        1,
        place=Place("الزهراء", status="ambiguous"),
        time=("2017-03-01", "2017-03-31"),
        figures=(EventFigure("fighters", "islamic_state", 2000, None, None, ()),),
    )
    return Bundle(event, (told("e", type="estimate"),))
