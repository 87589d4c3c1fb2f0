"""Counts told behind the deed: "their number is put at 500", "X puts the dead at 70"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sijill.extract.context import Context
from sijill.extract.grammar import COMMAS, Sentence
from sijill.extract.scene import FIGHTING, Counted, Draft, Scene
from sijill.model import Figure, Speaker, Trace
from sijill.text.number_parts import Number

_KILLED = "killed"
_FATES = frozenset({_KILLED, "wounded", "captured", "displaced"})
_PEOPLE = _FATES | {"people"}
_REACH = 5  # tokens from "their number" or "the dead" to the number
_VERB = 3  # tokens from the verb that puts a number to "the dead"
_BACK = 2  # sentences from the deed to its count
_STOPS = (".", ";", "\u061b", *COMMAS)


def recount(scene: Scene, context: Context) -> list[Draft]:
    """Give the counts of those told of before to their event; takes them from ``scene``.

    Returns:
        The tellings of an event on another word than before, with another count.
    """
    number, told = context.told_last
    if not told or not 0 < scene.number - number <= _BACK:
        return []
    made = []
    for head, counted in list(_counts_again(scene)):
        host = _host(told, counted.figure)
        if host is not None:
            scene.figures = [c for c in scene.figures if c.last <= counted.first or c is counted]
            scene.figures = [c for c in scene.figures if c.first != counted.first]
            made += _tell(scene, host, counted, head)
    return made


def _counts_again(scene: Scene) -> Iterator[tuple[int, Counted]]:
    """The numbers that words put to those told of before, each behind the token for these.

    Those of "their number" have no kind.
    """
    s = scene.sentence
    for number in s.numbers:
        head = _head(s, number) if number.kind in ("count", "vague") else -1
        if head < 0 or _told_here(scene, number) or _of_part(s, head, number):
            continue
        known = next((c for c in scene.figures if c.first == number.first), None)
        last = known.last if known and known.figure.kind in _PEOPLE else number.last
        kind = "" if s.isin(head, "their_number") else _KILLED
        yield head, Counted(_figure(s, number, last, kind), number.first, last)


def _head(s: Sentence, number: Number) -> int:
    """The word before the number for those it counts, or -1."""
    for i in range(number.first - 1, max(s.first, number.first - _REACH) - 1, -1):
        if s.word(i) in _STOPS:
            return -1
        if (s.isin(i, "their_number") and _points_back(s, i)) or (
            s.isin(i, "the_dead") and _is_put(s, i, number)
        ):
            return i
    return -1


def _points_back(s: Sentence, head: int) -> bool:
    """Whether "their" means nobody whom the statement itself names before."""
    return not any(
        m.last <= head and not s.holds(m.last, head, "complementisers") for m in s.mentions
    )


def _is_put(s: Sentence, head: int, number: Number) -> bool:
    """Whether a verb beside "the dead" puts the number to them."""
    verbs = map(s.verb, range(max(s.first, head - _VERB), number.core_first))
    return any(verb is not None and verb.form.lemma in s.sets["numbering"] for verb in verbs)


def _of_part(s: Sentence, head: int, number: Number) -> bool:
    """Whether the number is one of a place alone, or of a whole period."""
    beside = range(head + 1, min(number.last + _REACH, s.last))
    placed = any(m.kind == "place" and m.first in beside for m in s.mentions)
    return placed or s.holds(number.last, beside.stop, "periods")


def _told_here(scene: Scene, number: Number) -> bool:
    """Whether the sentence tells an event that the number can be of.

    What is said behind another "that" is another statement.
    """
    s = scene.sentence
    return any(
        t.first < number.first or not s.holds(number.last, t.first, "complementisers")
        for t in scene.triggers
        if t.type != "estimate"
    )


def _figure(s: Sentence, number: Number, last: int, kind: str) -> Figure:
    span = s.tokens.span(number.first, last)
    of = s.tokens.raw(number.last, last) if last > number.last else ""
    raw = s.tokens.raw(number.first, last)
    trace = Trace(number.rule, number.where, *span)
    return Figure(kind, of, number.low, number.high, raw, number.approx, trace=trace)


def _host(told: list[Draft], figure: Figure) -> Draft | None:
    """The event told before whose people the figure counts, the nearest one first."""
    for draft in reversed(told):
        if figure.kind == _KILLED and (draft.type in FIGHTING or draft.type == "killing"):
            return draft
        if not figure.kind and _antecedent(draft, figure) is not None:
            return draft
    return None


def _antecedent(draft: Draft, figure: Figure) -> tuple[str, str] | None:
    """What befell those whom "their number" means, and who they are.

    They were counted vaguely ("hundreds"), within which the number has to be, or not at all.
    """
    people = [f for f in draft.figures if f.kind in _PEOPLE]
    if not people:
        named = draft.rule.figure in _FATES and (draft.actor or draft.target)
        return (draft.rule.figure, "") if named else None
    last, count = people[-1], figure.low if figure.low is not None else figure.high
    vague = last.low is not None and last.high is not None and last.low < last.high
    if not vague or count is None or not (last.low or 0) <= count <= (last.high or 0):
        return None
    return last.kind, last.of


def _tell(scene: Scene, host: Draft, counted: Counted, head: int) -> list[Draft]:
    """Give ``host`` the count, or make a telling of its own of it where another one gives it."""
    kind, of = _antecedent(host, counted.figure) or ("", "")
    figure = counted.figure
    if not figure.kind:
        figure = msgspec.structs.replace(figure, kind=kind, of=figure.of or of)
    speaker, s = _speaker(scene, counted.first), scene.sentence
    span = s.tokens.span(*s.clause(counted.first))
    if speaker is None or not _differs(host, figure, speaker):
        host.add_figures([figure])
        host.evidence.append(span)
        host.speaker = host.speaker or speaker
        return []
    again = msgspec.structs.replace(
        host,
        figures=[figure],
        evidence=[span],
        speaker=speaker,
        trigger=s.tokens.raw(head, head + 1),
        traces=dict(host.traces),
        first=counted.first,
        last=counted.last,
        headline=s.headline,
        title=s.title,
    )
    return [again]


def _speaker(scene: Scene, i: int) -> Speaker | None:
    """On whose word the token ``i`` stands."""
    inner = [a for a in scene.attributions if a.first <= i < a.last]
    return max(inner, key=lambda a: a.first).speaker if inner else None


def _differs(host: Draft, figure: Figure, speaker: Speaker) -> bool:
    """Whether somebody else gives another number than the event was told with."""
    other = host.speaker is None or (host.speaker.id or host.speaker.text) != (
        speaker.id or speaker.text
    )
    known = [(f.low, f.high) for f in host.figures if f.kind == figure.kind]
    return other and bool(known) and (figure.low, figure.high) not in known
