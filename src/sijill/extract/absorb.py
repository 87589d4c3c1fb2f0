"""Deaths told beside the fighting that brought them about are part of its report."""

from __future__ import annotations

import msgspec

from sijill.extract.scene import FIGHTING, Draft


def absorb(drafts: list[Draft]) -> list[Draft]:
    """Fold deaths into the fighting of the same sentence that brought them about."""
    fights = [d for d in drafts if d.type in FIGHTING and d.status in ("occurred", "ongoing")]
    kept = []
    for draft in drafts:
        host = _host(draft, fights)
        if host is None:
            kept.append(draft)
            continue
        hosts = [host, *_joined(host, fights)]
        for one in hosts:
            shared = [msgspec.structs.replace(f, joint=len(hosts) > 1) for f in draft.figures]
            one.figures += [f for f in shared if f not in one.figures]
            one.target = one.target or draft.target
            one.place = one.place or draft.place
        host.target = host.target or draft.target
        host.place = host.place or draft.place
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


def _joined(host: Draft, fights: list[Draft]) -> list[Draft]:
    """Fights that "and" joins to the one that killed: they share its toll."""
    return [f for f in fights if f.coordinated and f.first > host.first and f.type != host.type]


def _host(draft: Draft, fights: list[Draft]) -> Draft | None:
    """The fight that a death belongs to, unless somebody else is said to have killed."""
    told = draft.status in ("occurred", "ongoing")
    if "absorbed" not in draft.rule.flags or draft in fights or not told:
        return None
    fitting = [
        f
        for f in fights
        if (draft.result and f.first < draft.first)
        or (
            not (draft.actor and f.actor and not set(draft.actor) & set(f.actor))
            and not _elsewhere(draft, f)
        )
    ]
    return min(fitting, key=lambda f: abs(f.first - draft.first)) if fitting else None
