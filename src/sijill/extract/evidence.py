"""Where a report stands in the text: its evidence, and the words each slot was made from."""

from __future__ import annotations

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.slots import Roles
from sijill.extract.status import status_rule
from sijill.extract.trigger import Trigger
from sijill.model import Trace
from sijill.text.calendar import TimeExpr


def evidence(s: Sentence, trigger: Trigger, roles: Roles) -> tuple[int, int]:
    """Code-point offsets of the clause, widened to the mentions that fill its slots."""
    marks = [m for m in roles.actor + roles.target + roles.place if m.first >= 0]
    first = min([roles.slots.first, trigger.first, *(m.first for m in marks)])
    last = max([roles.slots.last, trigger.last, *(m.last for m in marks)])
    while last > trigger.last and s.word(last - 1) in '.\u060c,:;\u061b"\u201d\u201c!\u061f':
        last -= 1
    return s.tokens.span(first, last)


def slot_traces(
    s: Sentence,
    trigger: Trigger,
    roles: Roles,
    status: tuple[str, int],
    expr: TimeExpr | None,
) -> dict[str, Trace]:
    """What each slot was made from; ``status`` comes with the token that decided it, or -1."""
    tokens = s.tokens
    traces = {
        "type": Trace(
            trigger.rule.id,
            trigger.rule.where,
            *tokens.span(trigger.first, trigger.last),
        )
    }
    for role in ("actor", "target", "place"):
        mentions: list[Mention] = sorted(getattr(roles, role), key=lambda m: m.first < 0)
        if mentions:
            m = mentions[0]
            here = tokens.span(m.first, m.last) if m.first >= 0 else (0, 0)
            traces[role] = Trace(f"{trigger.rule.id} > {m.kind}.{m.role}", m.where, *here)
    if roles.nisba and not roles.actor:
        i = roles.nisba_at
        traces["actor"] = Trace(
            f"{trigger.rule.id} > nationality", "countries.tsv", tokens.start[i], tokens.end[i]
        )
    name, at = status
    if at >= 0:
        traces["status"] = Trace(*status_rule(s, at, name), tokens.start[at], tokens.end[at])
    if expr is not None:
        traces["time"] = Trace(expr.rule, expr.where, *tokens.span(expr.first, expr.last))
    return traces
