"""Which event of its sentence a figure belongs to."""

from __future__ import annotations

from typing import Final

import msgspec

from sijill.extract.grammar import Sentence
from sijill.extract.scene import FIGHTING, Counted
from sijill.extract.trigger import Trigger
from sijill.extract.triggers import STRIKES
from sijill.model import Figure

_BEHIND_COST: Final = 3  # a figure rather belongs to the event named before it
_HIT_REACH: Final = 8  # tokens from an attack to those it hit
_SAID_COST: Final = 5
PASSED_ON: Final = 8  # tokens within which a figure of an event that came to nothing finds another
_ANYWHERE: Final = 10_000
_MANY_STRIKES: Final = 500
_SIDES: Final = frozenset({"fighters", "troops"})
_HARMING: Final = frozenset({*FIGHTING, "killing"})
TOLL: Final = frozenset({"killed", "wounded"})
_HOLDABLE: Final = frozenset({"people", "displaced", "captured"})
_DISPLACED: Final = "displaced"
_HELD: Final = frozenset({"captured", _DISPLACED})
_ANY: Final = frozenset({"people", "vehicles", "places", "percent", "troops", "fighters"})
_CASUALTIES: Final = frozenset(
    {"killed", "wounded", "captured", "people", "vehicles", "fighters", "troops"}
)
_FITS: dict[str, frozenset[str]] = {
    **dict.fromkeys(FIGHTING, _CASUALTIES | {"strikes", "places"}),
    "killing": (_CASUALTIES | {"places"}) - _SIDES,
    **dict.fromkeys(
        ("arrest", "abduction"),
        frozenset({"captured", "people", "fighters", "wounded", "killed", "places"}),
    ),
    "displacement": frozenset({"displaced", "people"}),
    "deployment": frozenset({"troops", "fighters", "vehicles", "people"}),
    "support": frozenset({"troops", "fighters", "vehicles", "amount"}),
    "estimate": _ANY | {"strikes"},
    "siege": _ANY - {"vehicles"},
    "meeting": frozenset({"countries"}),
    "protest": frozenset({"people", "killed", "wounded", "captured"}),
    "advance": frozenset({"fighters", "troops", "vehicles", "places", "distance_km"}),
    "withdrawal": frozenset({"fighters", "troops", "vehicles"}),
    "capture": frozenset({"places", "percent", "killed", "wounded"}),
    "control": frozenset({"percent"}),
    "aid": frozenset({"vehicles", "amount", "people"}),
}


def share_out(
    sentence: Sentence, triggers: list[Trigger], figures: list[Counted], reach: int = _ANYWHERE
) -> dict[int, list[Counted]]:
    """The figures of each trigger, by the token the trigger stands at."""
    shares: dict[int, list[Counted]] = {trigger.first: [] for trigger in triggers}
    for counted in figures:
        near = [t for t in triggers if _near(t, counted, reach)]
        owner = _owner(sentence, near, counted)
        if owner is not None:
            shares[owner.first].append(counted)
    return shares


def _near(trigger: Trigger, counted: Counted, reach: int) -> bool:
    """Whether the trigger stands within reach; tolls and shares reach any event of the sentence."""
    return (
        counted.figure.kind in TOLL | {"percent"}
        or -reach <= counted.first - trigger.first <= reach
    )


def _owner(sentence: Sentence, triggers: list[Trigger], counted: Counted) -> Trigger | None:
    """The trigger of a fitting type nearest to the figure."""
    fitting = [t for t in triggers if _fits(sentence, t, counted)]
    if not fitting:
        return None
    return min(fitting, key=lambda t: _cost(sentence, t, counted))


def _fits(sentence: Sentence, trigger: Trigger, counted: Counted) -> bool:
    """Whether an event of the trigger's type has such figures.

    People are only those that an attack hit, kilometres only those that a side came.
    """
    figure, fits = counted.figure, _FITS.get(trigger.type, _ANY)
    settled = trigger.type in _HARMING or trigger.type == "estimate"
    if counted.families and figure.kind == _DISPLACED and not settled:
        near = _DISPLACED in fits or abs(counted.first - trigger.first) <= _HIT_REACH
        return near and bool(fits & {_DISPLACED, "people"})
    if figure.kind not in fits:
        return False
    if figure.kind == "distance_km":
        way = range(trigger.first, counted.first)
        return bool(way) and not sentence.holds(way.start, way.stop, "relatives")
    if trigger.type not in _HARMING or figure.kind != "people" or counted.toll:
        return True
    near = 0 < counted.first - trigger.first <= _HIT_REACH
    return near and not _said_between(sentence, trigger, counted)


def _cost(sentence: Sentence, trigger: Trigger, counted: Counted) -> int:
    """How far the trigger is from the figure; what is said is far from the saying."""
    apart = abs(trigger.first - counted.first)
    if trigger.first >= counted.last:
        return apart + _BEHIND_COST
    return apart + (_SAID_COST if _said_between(sentence, trigger, counted) else 0)


def _said_between(sentence: Sentence, trigger: Trigger, counted: Counted) -> bool:
    """Whether a "that" parts the figure from the trigger before it."""
    return sentence.holds(trigger.first + 1, counted.first, "complementisers")


def told_by(counted: Counted, trigger: Trigger) -> Figure:
    """The figure as its event makes it: people arrested are captured, targets are people."""
    figure = counted.figure
    behind = trigger.first < counted.first or _manages(trigger, counted)
    if trigger.rule.figure in _HELD and behind and figure.kind in _SIDES | {"people"}:
        return msgspec.structs.replace(figure, kind=trigger.rule.figure)
    if counted.families and figure.kind == _DISPLACED and trigger.rule.figure != _DISPLACED:
        held_too = behind and trigger.rule.figure in _HELD
        return msgspec.structs.replace(figure, kind=trigger.rule.figure if held_too else "people")
    if trigger.type in STRIKES and behind and figure.kind in _SIDES:
        return msgspec.structs.replace(figure, kind="people")
    return figure


def _manages(trigger: Trigger, counted: Counted) -> bool:
    """Whether those counted are who a verb in front says managed to get away."""
    flees = trigger.rule.figure == "displaced" and trigger.light_kind == "agent"
    return flees and trigger.light is not None and trigger.light < counted.first


def held(trigger: Trigger, figures: list[Counted]) -> list[Figure]:
    """The people whom "use them as shields" means: those counted last before it."""
    before = [c for c in figures if c.last <= trigger.first and c.figure.kind in _HOLDABLE]
    return [msgspec.structs.replace(c.figure, kind="people") for c in before[-1:]]


def sums_up(sentence: Sentence, trigger: Trigger, shares: list[Counted]) -> bool:
    """Whether a number of strikes is one of a whole campaign, up to a day or since one."""
    counted = next((c for c in shares if c.first <= trigger.first < c.last), None)
    if counted is None or counted.figure.kind != "strikes":
        return False
    many = counted.figure.low is not None and counted.figure.low >= _MANY_STRIKES
    exact = counted.figure.low == counted.figure.high or counted.figure.high is None
    return many and exact and sentence.holds(sentence.first, sentence.last, "periods")
