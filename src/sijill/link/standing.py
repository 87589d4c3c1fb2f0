"""Who can vouch for an event: independent witnesses, its standing, a grade for civilian harm.

Two testimonies are one witness when anything links where their words come from: one document, one
family of copies, one outlet, one agency (named, or itself the outlet), or one named speaker (the
same body, or a body and what it belongs to; "officials" and "residents" are not one speaker). The
witnesses are as many testimonies as can be picked so that no two of them are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sijill.lexicon.sides import Sides
from sijill.link.background import Background
from sijill.model import Figure
from sijill.testimony import Dispute, Testimony

#: Disputes that leave open whether the event was what it is said to be; a toll does not.
_DOUBTS = frozenset({"who", "whom", "what", "where", "when", "whether"})
#: Speakers that stand for many: two of them need not be one.
_NOT_ONE = frozenset({"officials", "media", "analysts", "other", "militants", "unknown_gunmen"})
_CIVIL = frozenset({"civilians", "children", "women", "families"})
_HURT = frozenset({"killed", "wounded"})
#: Types of events in which one side can harm civilians by what it does.
HARMING = frozenset(
    {"airstrike", "shelling", "bombing", "killing", "clash", "offensive", "destruction"}
)


def asserted(testimony: Testimony) -> bool:
    """Whether a testimony says that something happened: not that it did not, will or might."""
    return testimony.status in ("occurred", "ongoing")


def speaker_id(testimony: Testimony) -> str:
    """The id of the one who speaks, or nothing where no id is known."""
    return (testimony.speaker.id or "") if testimony.speaker else ""


def one_speaker(a: str, b: str, sides: Sides) -> bool:
    """Whether two speakers, by id, are one named body, or one belongs to the other."""
    if not a or not b or any(one in _NOT_ONE or sides.people(one) for one in (a, b)):
        return False
    return a in sides.line(b) or b in sides.line(a)


def one_witness(a: Testimony, b: Testimony, background: Background) -> bool:
    """Whether the words of two testimonies come from one place; the module says when."""
    if a.document == b.document or (a.family and a.family == b.family):
        return True
    if _publishers(a, background) & _publishers(b, background):
        return True
    return one_speaker(speaker_id(a), speaker_id(b), background.sides)


def _publishers(testimony: Testimony, background: Background) -> set[str]:
    """Outlet and agency as ids: an agency is one source whether it prints or is relayed."""
    names = (testimony.outlet, testimony.agency)
    return {background.outlets.key(name) for name in names if name}


def independent(members: Iterable[Testimony], background: Background) -> list[Testimony]:
    """Witnesses of which no two are one, as many as a simple search finds, never too many.

    Those that share their source with the fewest others are taken first.
    """
    left = {member.id: member for member in members}
    if len(left) < 2:
        return list(left.values())
    linked: dict[str, set[str]] = {ident: set() for ident in left}
    everyone = list(left.values())
    for i, one in enumerate(everyone):
        for other in everyone[i + 1 :]:
            if one_witness(one, other, background):
                linked[one.id].add(other.id)
                linked[other.id].add(one.id)
    taken = []
    while left:
        ident = min(left, key=lambda one: (len(linked[one] & left.keys()), one))
        taken.append(left.pop(ident))
        for its_own in linked[ident]:
            left.pop(its_own, None)
    return taken


def outlets(members: Iterable[Testimony], background: Background) -> set[str]:
    """The outlets that published ``members``; a document without one counts by itself."""
    return {background.outlets.key(m.outlet) if m.outlet else m.document for m in members}


def standing(members: Sequence[Testimony], witnesses: int, disputes: Sequence[Dispute]) -> str:
    """``denied``, ``disputed``, ``corroborated`` or ``single``, in this order.

    Denied is what nobody asserts and somebody denies; disputed what the testimonies contradict each
    other about. A toll in dispute is stated and leaves the standing: the event itself is not.
    """
    if any(m.status == "denied" for m in members) and not any(map(asserted, members)):
        return "denied"
    if any(dispute.field in _DOUBTS for dispute in disputes):
        return "disputed"
    return "corroborated" if witnesses > 1 else "single"


# ------------------------------------------------------------ civilian harm


def harm(
    members: Sequence[Testimony],
    actor: Sequence[str],
    disputes: Sequence[Dispute],
    background: Background,
) -> str:
    """A grade for civilian harm in the manner of Airwars; ours, proposed, nobody else's.

    ``confirmed``: the side that did it says so; ``contested``: who did it is disputed;
    ``fair``: two independent witnesses tell of civilian victims; ``weak``: one does;
    ``discounted``: one does, and somebody who does not speak for the side that did it denies it or
    counts the dead as fighters. Nothing where nobody tells of civilian victims.
    """
    told = [m for m in members if asserted(m) and _tells_of_victims(m, background)]
    if not told:
        return ""
    if any(_for_doer(m, actor, background.sides) for m in told):
        return "confirmed"
    if any(dispute.field == "who" for dispute in disputes):
        return "contested"
    if len(independent(told, background)) > 1:
        return "fair"
    against = _against(members, disputes, background)
    return "weak" if all(_for_doer(m, actor, background.sides) for m in against) else "discounted"


def _against(
    members: Sequence[Testimony], disputes: Sequence[Dispute], background: Background
) -> list[Testimony]:
    """Who denies the deed, or is on the other side about who the dead were."""
    disputed = {
        ident
        for dispute in disputes
        if dispute.field == "whom"
        for position in dispute.positions
        for ident in position.testimonies
    }
    return [
        m
        for m in members
        if m.status == "denied" or (m.id in disputed and not _tells_of_victims(m, background))
    ]


def _tells_of_victims(testimony: Testimony, background: Background) -> bool:
    return testimony.type in HARMING and any(
        civil_victims(figure, testimony, background) for figure in testimony.figures
    )


def civil_victims(figure: Figure, testimony: Testimony, background: Background) -> bool:
    """Whether a figure counts civilians hurt, by its own words or because only they were hit."""
    if figure.kind not in _HURT or not (figure.low or figure.high):
        return False
    group = background.victims(figure.of)
    hit = [background.sides.line(target) for target in testimony.target]
    return group in _CIVIL or (not group and bool(hit) and all("civilians" in line for line in hit))


def _for_doer(testimony: Testimony, actor: Sequence[str], sides: Sides) -> bool:
    """Whether the speaker belongs to the side that is said to have done it."""
    speaker = speaker_id(testimony)
    doers = testimony.actor or tuple(actor)
    return bool(speaker) and any(sides.same(speaker, doer) for doer in doers)
