"""Deaths told beside the fighting that brought them about are part of its report."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from sijill.extract.grammar import Sentence
from sijill.extract.reasons import lend
from sijill.extract.scene import FIGHTING, Draft
from sijill.model import Days

_FEH: Final = "\u0641"
#: Days.
_LONG: Final = 300
_SHORT: Final = 7
_NEAR: Final = 3  # tokens from the verb that tells a result to the deaths


def absorb(drafts: list[Draft], sentence: Sentence) -> list[Draft]:
    """Fold deaths into the fighting of the same sentence that brought them about."""
    fights = [
        d
        for d in drafts
        if d.type in FIGHTING
        and d.status in ("occurred", "ongoing")
        and not sentence.near_before(d.first, "reprisals")  # what the deaths answer
    ]
    kept = []
    for draft in drafts:
        host = _host(draft, fights, sentence)
        if host is None:
            kept.append(draft)
            continue
        hosts = [host, *_joined(host, fights)]
        for one in hosts:
            shared = [msgspec.structs.replace(f, joint=len(hosts) > 1) for f in draft.figures]
            one.figures += [f for f in shared if f not in one.figures]
            lend(one, draft, "target", "place")
        if draft.time_stated and not host.time_stated:
            host.time, host.time_stated = draft.time, True
        first = min(host.evidence[0][0], draft.evidence[0][0])
        last = max(host.evidence[0][1], draft.evidence[0][1])
        host.evidence = [(first, last)]
        host.speaker = host.speaker or draft.speaker
    return kept


def _elsewhere(a: Draft, b: Draft) -> bool:
    """Whether two drafts of one sentence name places that are not the same."""
    ids, others = {p.id or p.name for p in a.place}, {p.id or p.name for p in b.place}
    return bool(ids) and bool(others) and not ids & others


def _another_time(a: Draft, b: Draft) -> bool:
    """Whether two drafts state times that have no day in common."""
    if not (a.time_stated and b.time_stated and a.time and b.time):
        return False
    return a.time[1] < b.time[0] or b.time[1] < a.time[0]


def _of_years(death: Draft, fight: Draft) -> bool:
    """Whether the dead are those of years, and the fight one of days."""
    if not (death.time_stated and death.time and fight.time):
        return False
    return _days(death.time) > _LONG and _days(fight.time) <= _SHORT


def _days(time: Days) -> int:
    return (date.fromisoformat(time[1]) - date.fromisoformat(time[0])).days


def _caused(death: Draft, fight: Draft, sentence: Sentence) -> bool:
    """Whether the sentence says that the fight brought the deaths about."""
    if fight.first < death.first:
        verb = sentence.verb(death.first)
        follows = verb is not None and _FEH in verb.before  # it blew up, and so seven died
        return follows or any(_leads(sentence, i) for i in range(death.first - _NEAR, death.first))
    return sentence.near_before(fight.first, "causes")


def _leads(sentence: Sentence, i: int) -> bool:
    """Whether the verb at ``i`` tells what an event led to."""
    verb = sentence.verb(i)
    return verb is not None and verb.form.lemma in sentence.sets["result_lemmas"]


def _killed_by_others(death: Draft, fight: Draft) -> bool:
    """Whether those who killed are others than those who fought."""
    return bool(death.actor and fight.actor and not set(death.actor) & set(fight.actor))


def _beaten_off(death: Draft, fight: Draft) -> bool:
    """Whether those who were attacked killed, and as far as is told, killed attackers."""
    return set(death.actor) <= set(fight.target) and set(death.target) <= set(fight.actor)


def _joined(host: Draft, fights: list[Draft]) -> list[Draft]:
    """Fights that "and" joins to the one that killed: they share its toll."""
    return [f for f in fights if f.coordinated and f.first > host.first and f.type != host.type]


def _host(draft: Draft, fights: list[Draft], sentence: Sentence) -> Draft | None:
    """The fight that a death belongs to, unless somebody else is said to have killed."""
    told = draft.status in ("occurred", "ongoing")
    if "absorbed" not in draft.rule.flags or draft in fights or not told:
        return None
    fitting = [
        f
        for f in fights
        if (not _killed_by_others(draft, f) or _beaten_off(draft, f))
        and not _of_years(draft, f)
        and (_caused(draft, f, sentence) or not (_elsewhere(draft, f) or _another_time(draft, f)))
    ]
    return min(fitting, key=lambda f: abs(f.first - draft.first)) if fitting else None
