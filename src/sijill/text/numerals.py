"""Numbers in running text: value, bounds, hedges, and what they are not a count of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sijill.text.letters import ALEF, LAM, WAW, YEH
from sijill.text.number_parts import Core, Hedge, Number, NumberDraft, NumberTables
from sijill.text.number_words import DIGITS, parse_core
from sijill.text.tokens import Tokens

_TO: Final = ALEF + LAM + YEH
_OR: Final = ALEF + WAW
_IN: Final = "\u0641\u064a"
_STOPS: Final = frozenset(".,;:\u060c\u061b()!?\u061f\n")
_OPENERS: Final = frozenset("\"'(\u00ab\u201c\u201d[")
_SKIPPED: Final = _OPENERS | {"-"}  # F-16: the hyphen belongs to the name
_BEHIND: Final = 4
_FIRST_YEAR: Final = 1300
_LAST_YEAR: Final = 2099
_RECENT_YEARS: Final = range(1900, 2036)


def find_numbers(
    tokens: Tokens,
    first: int,
    last: int,
    tables: NumberTables,
    among: list[int] | None = None,
) -> list[Number]:
    """The numbers among tokens ``[first, last)``, in order, ranges as one.

    ``among`` are the tokens that can begin one, where they are known.
    """
    at = list(range(first, last)) if among is None else among
    return _merge(tokens, first, list(_drafts(tokens, first, last, tables, at)), tables)


def _drafts(
    tokens: Tokens, first: int, last: int, tables: NumberTables, at: list[int]
) -> Iterator[NumberDraft]:
    word, starts, free = tokens.word, tables.words, first
    for i in [n for n in at if word[n] in starts or word[n][0] in DIGITS]:
        core = parse_core(tokens, i, last, starts, tables.digits) if i >= free else None
        if core is None:
            continue
        draft = _draft(tokens, (free, i, last), core, tables)
        free = core.last
        if draft is not None:
            free = draft.number.last
            yield draft


def _draft(
    tokens: Tokens, span: tuple[int, int, int], core: Core, tables: NumberTables
) -> NumberDraft | None:
    """A number with its context; ``span`` is what is free before it, its start, the end."""
    free, i, last = span
    if core.kind == "one" and not (i > free and tokens.word[i - 1] in tables.one_after):
        return None
    kind, end, where = _kind(tokens, i, core, last, tables)
    start, hedges = _hedges_before(tokens, free, i, tables)
    behind = _hedge_behind(tokens, core.last, last, tables)
    if behind is not None and kind in _COUNTED:
        hedges.append(behind[0])
        end = max(end, behind[1])
    hedges.extend(_far_bound(tokens, free, i, core, tables))
    number = _number((start, end, i, core.last), core, kind, hedges, where)
    return NumberDraft(number, core, any(h.effect == "between" for h in hedges))


#: Roles of words such as "thousand" and "thousands".
_SCALE: Final = frozenset({"scale", "scales"})
_COUNTED: Final = frozenset(
    {"count", "vague", "percent", "fraction", "distance", "money", "weight"}
)


def _number(
    span: tuple[int, int, int, int], core: Core, kind: str, hedges: list[Hedge], where: str
) -> Number:
    effects = {hedge.effect for hedge in hedges}
    low: float | int | None = _whole(core.low)
    high: float | int | None = _whole(core.high)
    third = core.kind == "fraction" and core.value != low
    if "high" in effects:
        low = None
    elif "low" in effects:
        high = None
    value = None if core.value is None else _whole(core.value)
    rule = "-".join([kind, *sorted(effects & {"approx", "low", "high"})])
    where = hedges[0].where if hedges else where
    return Number(*span, value, low, high, "approx" in effects or third, kind, rule, where)


def _whole(value: float) -> float | int:
    """An int where the value is one, or where it is a fraction such as a third."""
    near = round(value)
    return near if abs(value - near) < 1e-6 or 33 < value < 33.4 or 66 < value < 67 else value


def _match(words: list[str], i: int, last: int, hedges: tuple[Hedge, ...]) -> Hedge | None:
    """The first of ``hedges`` whose words stand at ``i``."""
    for hedge in hedges:
        n = len(hedge.words)
        if i + n <= last and all(words[i + k] == hedge.words[k] for k in range(n)):
            return hedge
    return None


def _hedges_before(
    tokens: Tokens, free: int, i: int, tables: NumberTables
) -> tuple[int, list[Hedge]]:
    """Hedges that end at ``i``, skipping clitics written apart, and where they start."""
    found: list[Hedge] = []
    start = j = i
    while j > free:
        hedge = None
        for candidate in tables.before.get(tokens.word[j - 1], ()):
            at = j - len(candidate.words)
            if at >= free and _match(tokens.word, at, j, (candidate,)):
                hedge = candidate
                break
        if hedge is not None:
            found.append(hedge)
            start = j = j - len(hedge.words)
        elif tokens.word[j - 1] in tables.particles or tokens.word[j - 1] in _OPENERS:
            j -= 1
        else:
            break
    return start, found


def _hedge_behind(
    tokens: Tokens, i: int, last: int, tables: NumberTables
) -> tuple[Hedge, int] | None:
    """A hedge up to three words behind the number, before any sign or other number."""
    for j in range(i, min(i + _BEHIND, last)):
        word = tokens.word[j]
        hedge = _match(tokens.word, j, last, tables.after.get(word, ()))
        if hedge is not None:
            return hedge, j + len(hedge.words)
        if word in _STOPS or word in tables.words or word[0] in DIGITS:
            return None
    return None


def _far_bound(
    tokens: Tokens, free: int, i: int, core: Core, tables: NumberTables
) -> tuple[Hedge, ...]:
    """A verb of exceeding anywhere before a number that has the article."""
    apart = i > free and tokens.word[i - 1] in tables.particles and tokens.word[i - 1][-1] == LAM
    if not (core.definite or apart) or core.kind != "count":
        return ()
    for j in range(free, i):
        for hedge in tables.far.get(tokens.word[j], ()):
            if hedge.effect == "low":
                return (hedge,)
    return ()


def _kind(
    tokens: Tokens, i: int, core: Core, last: int, tables: NumberTables
) -> tuple[str, int, str]:
    """What the number counts, by the words beside it; with its end and the row that tells."""
    if core.kind == "ordinal":
        return "ordinal", core.last, core.where
    prior = _prior(tokens, i, tables)
    digits = core.role == "digits"
    named = prior is not None and prior.effect in ("unit_number", "name")
    apart = named and i > 0 and tokens.word[i - 1] == WAW  # the head of a battalion and 3 others
    if prior is not None and not apart and _prior_fits(prior.effect, core, digits):
        kind = "year" if prior.effect == "recent_year" else prior.effect
        return kind, core.last, prior.where
    if core.role == "tens" and core.definite and i and tokens.word[i - 1] == _IN:
        return "age", core.last, core.where
    following = _next(tokens, core.last, last, tables)
    if following is not None and (following.effect != "year" or _yearlike(core)):
        wide = following.effect == "percent"
        end = core.last + len(following.words) if wide else core.last
        return following.effect, end, following.where
    if digits and (plain := _plain_kind(tokens, i, core, last, tables)):
        return plain, core.last, core.where
    return ("count" if core.kind == "one" else core.kind), core.last, core.where


def _prior(tokens: Tokens, i: int, tables: NumberTables) -> Hedge | None:
    j = i - 1
    while j >= 0 and (tokens.word[j] in _SKIPPED or tokens.word[j] in tables.particles):
        j -= 1
    found = tables.prior.get(tokens.word[j], ()) if j >= 0 else ()
    return found[0] if found else None


def _prior_fits(effect: str, core: Core, digits: bool) -> bool:
    if effect == "year":
        return _yearlike(core)
    if effect == "recent_year":
        return digits and core.value is not None and core.value in _RECENT_YEARS
    if effect in ("unit_number", "name"):
        return digits or (effect == "unit_number" and core.definite)
    return True


def _yearlike(core: Core) -> bool:
    """Whether the number could be a year, Hijri or Gregorian."""
    return core.value is not None and _FIRST_YEAR <= core.value <= _LAST_YEAR


def _next(tokens: Tokens, i: int, last: int, tables: NumberTables) -> Hedge | None:
    if i < last and tokens.word[i] == "/":
        i += 1
    return _match(tokens.word, i, last, tables.next.get(tokens.word[i], ())) if i < last else None


def _plain_kind(tokens: Tokens, i: int, core: Core, last: int, tables: NumberTables) -> str:
    """The kind of bare digits beside a month, a sign, or a Latin letter glued to them."""
    word = tokens.word
    before = word[i - 1] if i else ""
    after = word[core.last] if core.last < last else "."
    beyond = word[core.last + 1] if core.last + 1 < last else ""
    if after in tables.months or beyond in tables.months:
        return "date"
    if _yearlike(core) and (before in tables.months or not after[0].isalpha()):
        return "year" if len(word[i]) == 4 else ""
    glued = i > 0 and tokens.end[i - 1] == tokens.start[i] and before.isascii()
    if "+" in (before, after) or (glued and before.isalpha()):
        return "name"
    return ""


def _merge(
    tokens: Tokens, first: int, drafts: list[NumberDraft], tables: NumberTables
) -> list[Number]:
    """Put "between A and B", "A to B" and "A or B" together."""
    found: list[Number] = []
    open_draft: NumberDraft | None = None
    for draft in drafts:
        if open_draft is not None and _is_range(tokens, first, open_draft, draft, tables):
            shared = _shared_scale(tokens, open_draft, draft, tables)
            found[-1] = _range(open_draft.number, draft.number, shared)
            open_draft = None
            continue
        found.append(draft.number)
        open_draft = draft
    return found


def _is_range(
    tokens: Tokens, first: int, a: NumberDraft, b: NumberDraft, tables: NumberTables
) -> bool:
    low, high = a.number.value, b.number.value
    if low is None or high is None or low >= high or a.number.kind not in (b.number.kind, "count"):
        return False
    gap = tokens.word[a.number.last : b.number.first]
    if a.between:
        return len(gap) <= 2 and (b.core.joined or WAW in gap)
    if gap not in ([_TO], ["-"], ["\u2013"], [_OR]):
        return False
    before = range(max(first, a.number.first - 6), a.number.first)
    return not any(h.effect == "change" for j in before for h in tables.far.get(tokens.word[j], ()))


def _shared_scale(tokens: Tokens, a: NumberDraft, b: NumberDraft, tables: NumberTables) -> int:
    """What the lower bound is counted in where only the upper one says so: 3 to 4 thousand."""
    last = tables.words.get(tokens.word[b.core.last - 1])
    if last is None or last.role not in _SCALE or a.core.role in _SCALE:
        return 1
    low, high = a.core.value, b.core.value
    fits = low is not None and high is not None and low * last.value < high
    return round(last.value) if fits else 1


def _range(a: Number, b: Number, scale: int) -> Number:
    whole = (a.first, b.last, a.core_first, b.core_last)
    low = None if a.low is None else _whole(a.low * scale)
    return Number(*whole, None, low, b.high, b.approx, b.kind, f"{b.kind}-range", b.where)
