"""An event in one sentence, in the language of the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from markupsafe import Markup, escape

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.lexicon.sentences import DISPUTED, Form, Sentences
from sijill.model import Days, Place
from sijill.testimony import Event, EventFigure
from sijill.web.language import Language

#: Figures of people that a sentence tells; all others stand below it.
_TOLD = ("killed", "wounded", "captured", "displaced")
#: A sentence tells no more than so many of them.
_MOST = 3
#: The id for a side that is none of ours: a sentence that named it would say nothing.
_NOBODY = "other"
_ARABIC_AND = " \u0648"


def sentence(event: Event, language: Language) -> Markup:
    """What happened, where, when, with how many victims; names keep their own direction.

    What sources contradict each other about is not told, and named as disputed.
    """
    table, form = load_knowledge().sentences, _form(event, language)
    about = {dispute.field for dispute in event.disputes}
    slots = dict(_slots(event, table, form, about))
    said = table.said(event.type, form, slots) or load_labels().english("type", event.type)
    whole = _filled(said, slots, capital=form == "english")
    whole = _joined(table, event.status, form, said=whole)
    if event.time and "when" not in about:
        whole = _dated(table, form, whole, event.time, language)
    fields = [table.part(one, form) for one in DISPUTED if one in about]
    if fields:
        comma = "\u060c " if language.code == "ar" else ", "
        whole = _joined(table, "disputed", form, said=whole, fields=escape(comma.join(fields)))
    figures = _figures(event.figures, language)
    if figures:
        return _joined(table, "figures", form, said=whole, figures=figures)
    return _joined(table, "end", form, said=whole)


def _form(event: Event, language: Language) -> Form:
    if language.code == "ar":
        return "arabic"
    return "english" if event.status == "occurred" else "noun"


def _slots(
    event: Event, table: Sentences, form: Form, disputed: Collection[str]
) -> Iterator[tuple[str, str]]:
    for name, field, ids in (("actor", "who", event.actor), ("target", "whom", event.target)):
        ids = tuple(one for one in ids if one != _NOBODY)
        if ids and field not in disputed:
            yield name, sides(ids, table, arabic=form == "arabic")
    if event.place and "where" not in disputed:
        yield "place", place_words(event.place, arabic=form == "arabic")


def sides(ids: Iterable[str], table: Sentences, arabic: bool) -> str:
    """Sides as a sentence names them, one after the other."""
    labels = load_labels()
    english = (labels.english, labels.arabic)[arabic]
    names = [
        table.names[one][arabic] if one in table.names else english("actor", one) for one in ids
    ]
    if arabic:
        return _ARABIC_AND.join(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def place_words(place: Place, arabic: bool) -> str:
    """A place in English where its table knows it so, else as the article has it."""
    row = load_knowledge().lexicon.places.get(place.id or "")
    if row is None:
        return place.name
    return row.name if arabic else row.name_en or row.name


def _filled(said: str, slots: dict[str, str], capital: bool) -> Markup:
    """The pattern with its slots; an English sentence begins with a capital letter."""
    if capital and said.startswith("{"):
        first = said[1 : said.index("}")]
        slots = {**slots, first: slots[first][:1].upper() + slots[first][1:]}
    isolated = {name: Markup("<bdi>{}</bdi>").format(value) for name, value in slots.items()}
    return escape(said).format(**isolated)


def _joined(table: Sentences, part: str, form: Form, **slots: Markup) -> Markup:
    return escape(table.part(part, form)).format(**slots)


def _dated(table: Sentences, form: Form, said: Markup, days: Days, language: Language) -> Markup:
    first, last = (
        Markup('<time datetime="{}">{}</time>').format(day, language.day(day)) for day in days
    )
    if days[0] == days[1]:
        return _joined(table, "day", form, said=said, day=first)
    return _joined(table, "days", form, said=said, first=first, last=last)


def _figures(figures: Iterable[EventFigure], language: Language) -> Markup:
    told = sorted(
        (one for one in figures if one.kind in _TOLD),
        key=lambda one: (_TOLD.index(one.kind), one.of),
    )
    between = "\u061b " if language.code == "ar" else "; "
    return Markup(between).join(_figure(one, language) for one in told[:_MOST])


def _figure(figure: EventFigure, language: Language) -> Markup:
    name = figure_name(figure.kind, figure.of, language)
    text = range_words(figure.low, figure.high, language)
    return Markup('{}: <bdi dir="ltr" class="num">{}</bdi>').format(name, text)


def figure_name(kind: str, of: str, language: Language) -> str:
    """What a figure counts, and whom."""
    labels = load_labels()
    name = labels.arabic if language.code == "ar" else labels.english
    if not of:
        return name("figure", kind)
    comma = "\u060c " if language.code == "ar" else ", "
    return f"{name('figure', kind)}{comma}{victims(of, language)}"


def victims(of: str, language: Language) -> str:
    """Whom a figure counts: a group of people, or a side by its name."""
    labels = load_labels()
    if ("victims", of) not in labels.pairs and language.code == "en":
        return sides((of,), load_knowledge().sentences, arabic=False)
    name = labels.arabic if language.code == "ar" else labels.english
    return name("victims" if ("victims", of) in labels.pairs else "actor", of)


def range_words(low: float | None, high: float | None, language: Language) -> str:
    """A range in digits: ``17-23`` with a dash, ``17+`` or ``17``; ``?`` where nothing is known."""
    if low is None:
        return "?" if high is None else f"\u2264{language.number(high)}"
    if high is None:
        return f"{language.number(low)}+"
    return language.number(low) + (f"\u2013{language.number(high)}" if high != low else "")
