"""What was seen in a sentence, as a flat list for people to look at."""

from __future__ import annotations

from datetime import date

from sijill.extract.scene import Draft, Scene
from sijill.model import Seen, Trace
from sijill.text.calendar import resolve
from sijill.text.tokens import Tokens


def see_sentence(scene: Scene, drafts: list[Draft], day: date | None) -> list[Seen]:
    """Words, numbers, times, mentions, speakers, triggers and reports of one sentence."""
    return [
        *_words(scene),
        *_numbers(scene),
        *_times(scene, day),
        *_mentions(scene),
        *_speakers(scene),
        *_triggers(scene),
        *_reports(scene, drafts),
    ]


def _seen(
    tokens: Tokens, kind: str, first: int, last: int, value: str, rule: str, where: str
) -> Seen:
    start, end = tokens.span(first, last)
    return Seen(kind, start, end, tokens.text[start:end], value, Trace(rule, where, start, end))


def _words(scene: Scene) -> list[Seen]:
    s, found = scene.sentence, []
    for i in range(s.first, s.last):
        for analysis in s.analyses(i):
            form = analysis.form
            parts = [*analysis.before, "+" if analysis.article else "", form.lemma, analysis.after]
            value = " ".join(
                [
                    "-".join(p for p in parts if p and p != "+"),
                    form.pos,
                    form.tense,
                    form.voice,
                    form.gender,
                    form.number,
                ]
            )
            where = "nouns.tsv" if form.pos in ("noun", "adj") else "verbs.tsv"
            found.append(_seen(s.tokens, "word", i, i + 1, " ".join(value.split()), "word", where))
    return found


def _numbers(scene: Scene) -> list[Seen]:
    return [
        _seen(
            scene.sentence.tokens,
            "number",
            n.first,
            n.last,
            f"{n.kind} {_bound(n.low)}..{_bound(n.high)}{' about' if n.approx else ''}",
            n.rule,
            n.where,
        )
        for n in scene.sentence.numbers
    ]


def _bound(value: float | int | None) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _times(scene: Scene, day: date | None) -> list[Seen]:
    found = []
    for expr in scene.sentence.times:
        days = resolve(expr, day) if day else None
        value = f"{days[0]}..{days[1]}" if days else expr.op
        found.append(
            _seen(
                scene.sentence.tokens, "time", expr.first, expr.last, value, expr.rule, expr.where
            )
        )
    return found


def _mentions(scene: Scene) -> list[Seen]:
    found = []
    for m in scene.sentence.mentions:
        if m.kind == "place" and m.place:
            ident = m.place.row.id if m.place.row else "unknown"
            value = f"{ident} {m.place.kind} {m.place.name}" + (
                " (container)" if m.container else ""
            )
            found.append(
                _seen(
                    scene.sentence.tokens,
                    "place",
                    m.first,
                    m.last,
                    value,
                    f"place.{m.role}",
                    m.where,
                )
            )
        else:
            ids = "|".join(m.ids) or m.figure
            found.append(
                _seen(
                    scene.sentence.tokens,
                    "actor",
                    m.first,
                    m.last,
                    f"{ids} {m.kind} {m.role} {m.prep}".strip(),
                    f"{m.kind}.{m.role}",
                    m.where,
                )
            )
    return found


def _speakers(scene: Scene) -> list[Seen]:
    tokens = scene.sentence.tokens
    return [
        _seen(
            tokens,
            "speaker",
            a.at,
            a.at + 1,
            f"{a.speaker.id or '?'}: {a.speaker.text}",
            "speech",
            a.speaker.trace.where if a.speaker.trace else "",
        )
        for a in scene.attributions
    ]


def _triggers(scene: Scene) -> list[Seen]:
    return [
        _seen(
            scene.sentence.tokens,
            "trigger",
            t.first,
            t.last,
            f"{t.type} {t.kind}",
            t.rule.id,
            t.rule.where,
        )
        for t in scene.triggers
    ]


def _reports(scene: Scene, drafts: list[Draft]) -> list[Seen]:
    found = []
    for draft in drafts:
        start, end = draft.evidence[0]
        value = " ".join(
            filter(
                None,
                [
                    draft.type,
                    draft.status,
                    "actor=" + "|".join(draft.actor),
                    "target=" + "|".join(draft.target),
                    "place=" + "|".join(p.name for p in draft.place),
                    f"time={'..'.join(draft.time)}" if draft.time else "time=",
                    "figures=" + ", ".join(f"{f.kind} {f.stated}" for f in draft.figures),
                ],
            )
        )
        found.append(
            Seen(
                "report",
                start,
                end,
                scene.sentence.tokens.text[start:end],
                value,
                draft.traces["type"],
            )
        )
    return found
