"""Whether an event occurred, goes on, is planned, possible or denied."""

from __future__ import annotations

from typing import Final

from sijill.extract.denial import denies
from sijill.extract.doubt import failed, given, lacking, unless, warned
from sijill.extract.goals import is_aim, is_goal
from sijill.extract.grammar import Sentence
from sijill.extract.negated import ceases, excepted, undoes
from sijill.extract.trigger import Trigger
from sijill.lexicon.rules import ReportType
from sijill.text.letters import LAM, WAW

_SEEN: Final = "\u0633"
_QAD: Final = "\u0642\u062f"
_LA: Final = "\u0644\u0627"
_LAN: Final = "\u0644\u0646"
_IN: Final = "\u0641\u064a"
_WHENCE: Final = ("\u0645\u0646", "\u0627\u0644\u064a")
_AN: Final = "\u0627\u0646"
_WHEN = ("\u0642\u0628\u0644", "\u0628\u0639\u062f", "\u0645\u0646\u0630")
_THAT: Final = "\u0630\u0644\u0643"
_DAY_AFTER: Final = "\u063a\u062f\u0627\u0647"
_SAME_DAY: Final = frozenset({"meeting"})  # "after a meeting he said" tells of the same day
_PERFORMED: Final = frozenset({"request", "accusation", "threat"})  # done by saying them
_LASTING: Final = frozenset(
    {
        "control",
        "clash",
        "siege",
        "support",
        "offensive",
        "deployment",
        "sweep",
        "advance",
        "estimate",
        "threat",
        "displacement",
        "human_shields",
        "meeting",
        "withdrawal",
    }
)

#: Words before an event that set its status, and how far before it they may stand.
_AHEAD: Final = (("denied", "denied", 6), ("planned", "planned", 8))
_REFUSED: Final = (("denied", "refusing", 4),)
_AHEAD_OF: Final = {
    "forces": (("planned", "approved", 6),),
    "agreement": _REFUSED,
    "meeting": _REFUSED,
    "withdrawal": _REFUSED,
}

#: The closed classes that may set each status, to say which of them did.
_STATUS_SETS: Final = {
    "occurred": ("earlier", "pluperfect", "negation"),
    "ongoing": ("ongoing", "negation"),
    "planned": ("future", "planned", "approved", "future_marks", "purpose"),
    "possible": ("possible", "warning", "negation"),
    "denied": ("denying", "denied", "refusing", "negation", "lacking"),
}


def status_of(sentence: Sentence, trigger: Trigger, kind: ReportType) -> tuple[str, int]:
    """The status of the event at ``trigger`` and the token that decided it (-1 for none)."""
    if is_earlier(sentence, trigger) and kind.group != "politics":
        return "occurred", trigger.first - 1
    if sentence.near_before(trigger.first, "conditionals"):
        return "goal", trigger.first
    if is_aim(sentence, trigger):
        return "goal", trigger.first
    head = _head_verb(sentence, trigger)
    if given(sentence, trigger):
        return _going_on(sentence, trigger, None if _is_negated(sentence, head) else head, kind)
    found = _said_so(sentence, trigger, kind)
    if found:
        return found
    if head is not None:
        found = _verb_status(sentence, head, trigger, kind)
        if found:
            return found
    if trigger.kind == "noun":
        at = _behind(sentence, trigger)
        if at >= 0 and not _carried_out(sentence, trigger):
            return "planned", at
    at = _before(sentence, trigger, "possible", 5, skip_qad=True)
    if at >= 0:
        return "possible", at
    if trigger.kind == "noun" and is_goal(sentence, trigger):
        return "goal", trigger.first
    return _going_on(sentence, trigger, head, kind)


def _said_so(sentence: Sentence, trigger: Trigger, kind: ReportType) -> tuple[str, int] | None:
    """What a word before the event denies, plans or warns of."""
    for status, name, reach in _AHEAD + _AHEAD_OF.get(kind.id, _AHEAD_OF.get(kind.group, ())):
        at = _before(sentence, trigger, name, reach)
        if name == "refusing" and not _refuses(sentence, trigger, at):
            continue
        if at >= 0 and not failed(sentence, trigger, kind, at):
            return status, at
    for status, find in (("denied", denies), ("denied", lacking), ("possible", warned)):
        at = find(sentence, trigger)
        if at >= 0:
            return status, at
    return None


def status_rule(sentence: Sentence, i: int, status: str) -> tuple[str, str]:
    """The rule by which the token at ``i`` sets a status, and where it stands."""
    for name in _STATUS_SETS[status]:
        if sentence.isin(i, name) or any(
            a.form.lemma in sentence.sets[name] for a in sentence.analyses(i)
        ):
            return f"status.{name}", sentence.sets[name].where
    verb = sentence.verb(i)
    if verb is not None and verb.form.tense == "present":
        return "status.present", "verbs.tsv"
    return ("status.goal", "clitics.tsv") if status == "planned" else ("status.type", "types.yml")


def _head_verb(sentence: Sentence, trigger: Trigger) -> int | None:
    """The finite verb that carries the event: the trigger itself, or its light verb."""
    if trigger.kind == "verb":
        return trigger.first
    if trigger.light is not None:
        return trigger.light
    first, last = sentence.clause(trigger.first)
    before = sentence.verbs(first, trigger.first)
    while before and sentence.is_aside(before[-1], trigger.first):
        before.pop()
        if not before:
            return sentence.main_verb(first)
    if before:
        return before[-1] if trigger.first - before[-1] <= 3 else None
    after = sentence.verbs(trigger.last, min(last, trigger.last + 14))
    return after[0] if after else None


def _is_negated(sentence: Sentence, head: int | None) -> bool:
    """Whether "did not" stands before the verb, whose present is then no present."""
    return head is not None and sentence.isin(head - 1, "negation")


def _verb_status(
    sentence: Sentence, i: int, trigger: Trigger, kind: ReportType
) -> tuple[str, int] | None:
    """What particles in front of the verb at ``i`` say of it, and so of the event."""
    verb = sentence.verb(i)
    if verb is None:
        return None
    if _SEEN in verb.before or sentence.isin(i - 1, "future"):
        return "planned", i
    if verb.form.tense == "present" and LAM in verb.before:
        return "occurred", i
    if verb.form.tense == "present" and sentence.bare(i - 1) == _AN:
        told = any(sentence.bare(i - 2) == word for word in _WHEN)
        modal = any(
            sentence.isin(j, name) for j in range(i - 6, i - 1) for name in ("possible", "planned")
        )
        return ("occurred", i) if told else None if modal else ("goal", i)
    for j in range(i - 1, max(i - 4, sentence.first - 1), -1):
        bare = sentence.bare(j)
        if bare in sentence.sets["negation"]:
            pair = f"{bare} {sentence.word(i)}"
            still = f"{bare} {sentence.word(j + 1)}"
            if pair in sentence.sets["still"] or still in sentence.sets["still"]:
                return "ongoing", j
            return _negated(sentence, i, j, trigger, kind)
        if bare == _QAD and verb.form.tense == "present":
            return "possible", j
        if not (sentence.isin(j, "verb_particles") or bare == _AN):
            break
    return None


def _negated(
    sentence: Sentence, i: int, at: int, trigger: Trigger, kind: ReportType
) -> tuple[str, int] | None:
    """What the particle at ``at``, which negates the verb at ``i``, makes of the event."""
    if unless(sentence, at):
        return "possible", at
    if ceases(sentence, i, trigger):
        return "ongoing", at
    future = sentence.bare(at) == _LAN
    if (excepted(sentence, i) and not future) or not undoes(sentence, i, trigger, kind):
        return None if sentence.bare(at) == _LA else ("occurred", at)
    return "denied", at


def _before(
    sentence: Sentence, trigger: Trigger, name: str, reach: int, skip_qad: bool = False
) -> int:
    """The nearest word of the closed class ``name`` before the trigger in its sentence part."""
    start = trigger.light if trigger.light is not None else trigger.first
    low = (
        start
        if _told_anew(sentence, start)
        else max(sentence.first, min(start, trigger.first) - reach)
    )
    if not sentence.holds(low, trigger.first, name):
        return -1
    for i in range(trigger.first - 1, low - 1, -1):
        bare = sentence.bare(i)
        if bare == _QAD and skip_qad:
            continue
        if bare in sentence.sets[name] and _says_so(sentence, trigger, i):
            return i
        if sentence.word(i) in ".\u060c,:\u061b" or sentence.isin(i, "relatives"):
            return -1
    return -1


def _says_so(sentence: Sentence, trigger: Trigger, i: int) -> bool:
    """Whether the word at ``i`` is meant as its class has it, and no word that is spelt alike.

    "Coming" is no future where it comes from somewhere, "prepares" is "is counted" without "for",
    and a "state" is a condition only behind "in".
    """
    if sentence.isin(i, "future_marks"):
        return sentence.word(i + 1) not in _WHENCE
    if sentence.isin(i, "preparing"):
        words = (sentence.word(i + 1), sentence.word(i + 2), sentence.word(trigger.first))
        return any(word[:1] == LAM for word in words)
    return not sentence.isin(i, "states") or sentence.bare(i - 1) == _IN


def _told_anew(sentence: Sentence, i: int) -> bool:
    """Whether "and" with a verb of the past sets out from what was said before."""
    verb = sentence.verb(i)
    return verb is not None and verb.form.tense == "past" and WAW in verb.before


def _refuses(sentence: Sentence, trigger: Trigger, at: int) -> bool:
    """Whether the word at ``at`` tells as a verb that somebody refused, and what: a truce."""
    said = sentence.verb(at) is not None
    return said and not sentence.verbs(at + 1, trigger.first)


def _carried_out(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a verb of the past carries the event: they managed to retake it later."""
    verb = sentence.verb(trigger.light) if trigger.light is not None else None
    return verb is not None and verb.form.tense == "past"


def _behind(sentence: Sentence, trigger: Trigger) -> int:
    """A word behind an event noun, before the next verb, that puts it into the future."""
    end = min(trigger.last + 8, sentence.last)
    if not sentence.holds(trigger.last, end, "future_marks"):
        return -1
    for i in range(trigger.last, end):
        if sentence.isin(i, "future_marks"):
            return i
        verb = sentence.verb(i)
        if sentence.word(i) in ".\u060c,:\u061b":
            return -1
        if verb is not None and verb.form.lemma not in sentence.sets["becoming"]:
            return -1
    return -1


def _going_on(
    sentence: Sentence, trigger: Trigger, head: int | None, kind: ReportType
) -> tuple[str, int]:
    """Ongoing or occurred, by tense, by aspect words, by kind of event."""
    carried = trigger.light is not None and sentence.isin(trigger.light, "ongoing")
    if trigger.light is not None and carried and trigger.type in _LASTING:
        return "ongoing", trigger.light
    first, last = sentence.clause(trigger.first)
    reach = 6 if trigger.type in _LASTING else 2
    low, end = max(first - 1, sentence.first), min(last, trigger.last + 6)
    for i in range(low, end if sentence.holds(low, end, "ongoing") else low):
        if i > trigger.last and sentence.verb(i) is not None:
            break
        if sentence.isin(i, "ongoing") and abs(i - trigger.first) <= reach:
            return "ongoing", i
    if sentence.headline and trigger.type not in _LASTING:
        return "occurred", -1
    verb = sentence.verb(head) if head is not None else None
    if verb is not None and trigger.kind == "verb" and trigger.analysis is not None:
        verb = trigger.analysis
    if trigger.type == "control":
        past = (verb is not None and _was(sentence, head)) or _stood(sentence, trigger)
        return ("occurred", head or -1) if past else ("ongoing", trigger.first)
    done = trigger.kind == "noun" and kind.group != "fighting"
    if verb is not None and done and verb.form.lemma in sentence.sets["weighing"]:
        return "occurred", -1  # the clearing of X comes to confirm ...
    said = trigger.type in _PERFORMED and not _since(sentence, trigger)
    said = said or (head is not None and _announces(sentence, head, trigger))
    if verb is not None and verb.form.tense == "present" and not said and not _was(sentence, head):
        return "ongoing", head if head is not None else -1
    return "occurred", -1


def _stood(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether "was" right before words for holding puts it into the past: was in the hands of."""
    return trigger.kind == "phrase" and sentence.isin(trigger.first - 1, "pluperfect")


def _announces(sentence: Sentence, head: int, trigger: Trigger) -> bool:
    """Whether the verb at ``head`` only tells of the event noun behind it: (it) announces + ..."""
    told = trigger.kind == "noun" and trigger.type not in _LASTING and 0 < trigger.first - head <= 8
    return told and sentence.says(head)


def _since(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the clause tells since when something goes on."""
    first, last = sentence.clause(trigger.first)
    return any(sentence.bare(i) == _WHEN[2] for i in range(first, last))


def _was(sentence: Sentence, i: int | None) -> bool:
    """Whether the verb at ``i`` stands behind an auxiliary of the past."""
    return i is not None and sentence.near_before(i, "pluperfect")


def is_earlier(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether "after" or "before" in front puts an event noun before what the sentence tells."""
    return trigger.kind == "noun" and sentence.isin(trigger.first - 1, "earlier")


def is_background(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the event is told as older than the news: ``had``, ``after``, a relative clause."""
    if is_earlier(sentence, trigger):
        that = sentence.bare(trigger.first - 2) == _THAT  # "and that after": what led to the news
        led_to_it = that and sentence.bare(trigger.first - 1) != _DAY_AFTER
        return trigger.type not in _SAME_DAY and not led_to_it
    head = _head_verb(sentence, trigger)
    if head is not None and (_was(sentence, head) or sentence.isin(head, "pluperfect")):
        return True
    first, _ = sentence.clause(trigger.first)
    return (
        sentence.isin(first, "relatives")
        and trigger.kind == "verb"
        and (
            sentence.bare(first) not in ("\u062d\u064a\u062b", "\u0645\u0645\u0627", "\u0645\u0627")
        )
        and WAW not in (trigger.analysis.before if trigger.analysis else ())
    )


def of_saying(sentence: Sentence, at: int, trigger: Trigger) -> bool:
    """Whether the time at ``at``, before an event noun, is that of the verb that announces it."""
    if trigger.kind != "noun" or trigger.light is not None or at > trigger.first:
        return False
    verbs = [v for i in sentence.verbal(at - 8, at) if (v := sentence.verb(i)) is not None]
    return bool(verbs) and verbs[-1].form.lemma in sentence.sets["say_lemmas"]
