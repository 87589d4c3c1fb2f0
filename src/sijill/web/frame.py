"""Makes a page of a template: language, labels, formats and what every page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sijill.lexicon.geography import lineage
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Place
from sijill.record.figure_corrections import figure_of, is_figure
from sijill.record.filters import vague_places
from sijill.web.language import CODES, Code, Language, chooser
from sijill.web.messages import in_words
from sijill.web.points import spot_key
from sijill.web.records import Records
from sijill.web.settings import Settings
from sijill.web.telling import figure_name

TEMPLATES = Path(__file__).with_name("templates")
#: The pages of the menu: path, name (a text of the interface), and its key in templates.
MENU = (
    ("/record", "Record", "record"),
    ("/held", "Who held it", "held"),
    ("/actors", "Actors and words", "actors"),
    ("/review", "Review", "review"),
    ("/sources", "Sources", "sources"),
    ("/log", "Log", "log"),
    ("/about", "About", "about"),
)
THEMES = ("auto", "light", "dark")
_ENGLISH = Language()
_language: ContextVar[Language] = ContextVar("language", default=_ENGLISH)


class Frame:
    """The templates of the page, for one record; ``static`` is where its files lie."""

    def __init__(self, settings: Settings, records: Records, static: str = "/static") -> None:
        self.settings = settings
        self.records = records
        self._templates = environment()
        self._templates.globals["static"] = static

    def page(
        self, request: Request, template: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """An answer made of a template; ``values`` are its own.

        Every template has ``lang``, ``dir``, ``path``, ``menu``, ``theme``, ``calm``,
        ``record_name``, ``can_write`` and the helpers of :func:`environment`.
        """
        language = language_of(request)
        with speaking(language):
            body = self._templates.get_template(template).render(
                lang=language.code,
                dir=language.direction,
                language=language,
                path=request.url.path,
                query=request.url.query,
                menu=MENU,
                theme=_among(THEMES, request.cookies.get("theme")),
                calm=request.cookies.get("calm", "yes") == "yes",
                record_name=Path(self.records.reader.store.name).name,
                can_write=not self.settings.read_only,
                is_htmx=is_htmx(request),
                **values,
            )
        return HTMLResponse(body, status)


def language_of(request: Request) -> Language:
    """The language that the visitor chose, or that the browser asks for."""
    cookies = request.cookies
    asked = request.query_params.get("lang") or cookies.get("lang")
    if asked not in CODES:
        asked = "ar" if request.headers.get("accept-language", "").startswith("ar") else "en"
    return Language(
        cast(Code, asked),
        "gregorian" if cookies.get("months") == "gregorian" else "regional",
        cookies.get("digits") == "eastern",
    )


def is_htmx(request: Request) -> bool:
    """Whether only a part of the page is wanted."""
    return request.headers.get("hx-request") == "true"


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """The time in which templates speak a language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def environment() -> Environment:
    """The templates, with the filters and functions that all of them have."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    texts, plurals = chooser(_language.get)
    made.install_gettext_callables(texts, plurals, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(num=_number, span=_span, day=_day, days=_days, bdi=_bdi, iso=_iso)
    made.filters.update(told=_told, figure_name=_figure_name)
    made.tests.update(figure=is_figure)
    made.globals.update(label=_label, link=link, actors=_actors, place_name=_place_name)
    made.globals.update(place_within=_place_within, row_name=row_name, on_map=_on_map, spot=_spot)
    made.filters.update(month=_month, year=_year)
    return made


def link(path: str, values: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address with what is asked for; values that ask nothing are left out."""
    given = {**(values or {}), **more}
    asked = {name: value for name, value in given.items() if value or value == 0}
    return f"{path}?{urlencode(asked)}" if asked else path


def _among(known: tuple[str, ...], value: str | None) -> str:
    return value if value in known else known[0]


def _label(kind: str, ident: str) -> str:
    """What people call an id of a kind: ``type``, ``status``, ``figure``, ``actor``."""
    labels = load_labels()
    arabic = _language.get().code == "ar"
    return labels.arabic(kind, ident) if arabic else labels.english(kind, ident)


def _actors(ids: tuple[str, ...]) -> Markup:
    """Actors by their labels, each by itself in the line; one that is none of ours says nothing."""
    comma = Markup("\u060c ") if _language.get().code == "ar" else Markup(", ")
    known = (one for one in ids if one != "other")
    return comma.join(Markup("<bdi>{}</bdi>").format(_label("actor", one)) for one in known)


def _place_name(place: Place) -> Markup:
    """A place in the language of the page where its table knows it, else as the article has it."""
    rows = load_knowledge().lexicon.places
    row = rows.get(place.id or "")
    return row_name(row) if row else _arabic(place.name)


def _place_within(place: Place) -> Markup:
    """What the place lies in, in the language of the page where its table knows it."""
    rows = load_knowledge().lexicon.places
    row = rows.get(place.id or "")
    wholes = lineage(row, rows) if row else ()
    known = (one for one in wholes if one.name == place.within)
    return next(map(row_name, known), _arabic(place.within or ""))


def row_name(row: PlaceRow) -> Markup:
    """A row of the gazetteer by its name in the language of the page."""
    if _language.get().code == "en":
        return Markup('<bdi lang="en">{}</bdi>').format(row.name_en)
    return _arabic(row.name)


def _on_map(place: Place) -> bool:
    """Whether a place has a point that tells where it is: a country's middle tells nothing."""
    return place.lat is not None and place.id not in vague_places()


def _spot(place: Place) -> str:
    """What tells the place on the map from all others; nothing where it is not on it."""
    if place.lat is None or place.lon is None or not _on_map(place):
        return ""
    return spot_key(place.id, place.lat, place.lon)


def _arabic(name: str) -> Markup:
    return Markup('<bdi lang="ar">{}</bdi>').format(name)


def _bdi(value: Any) -> Markup:
    """A name or an id that keeps its own direction."""
    return Markup("<bdi>{}</bdi>").format(value)


def _figure_name(field: str) -> str:
    """What a figure that a correction names counts, and whom."""
    return figure_name(*figure_of(field), _language.get())


def _told(message: str) -> Markup:
    """What the program says, in the language of the page where it has words for it."""
    code = _language.get().code
    words = message if code == "en" else in_words(message, code)
    return escape(words) if words else Markup('<bdi lang="en" dir="auto">{}</bdi>').format(message)


def _number(value: float | int) -> Markup:
    return Markup('<bdi dir="ltr" class="num">{}</bdi>').format(_language.get().number(value))


def _span(low: float | int | None, high: float | int | None = None) -> Markup:
    """A range as it is read: ``17-23``, ``17+``, ``17``."""
    language = _language.get()
    if low is None:
        text = "?" if high is None else f"\u2264{language.number(high)}"
    elif high is None:
        text = f"{language.number(low)}+"
    else:
        text = language.number(low) + (f"\u2013{language.number(high)}" if high != low else "")
    return Markup('<bdi dir="ltr" class="num">{}</bdi>').format(text)


def _iso(day: str) -> Markup:
    return Markup('<bdi dir="ltr" class="num">{}</bdi>').format(day)


def _day(day: str | None) -> Markup:
    """An ISO day in words."""
    if not day:
        return Markup("")
    words = _language.get().day(day)
    return Markup('<time datetime="{}"><bdi>{}</bdi></time>').format(day, words)


def _month(day: str) -> Markup:
    """The month of an ISO day in words."""
    return _bdi(_language.get().month(day))


def _year(day: str) -> Markup:
    """The year of an ISO day."""
    return _bdi(_language.get().year(day))


def _days(days: tuple[str, str] | None) -> Markup:
    """An interval of days in words; nothing where no day is stated."""
    if not days:
        return Markup("")
    first, last = days
    return _day(first) if first == last else _day(first) + escape(" \u2013 ") + _day(last)
