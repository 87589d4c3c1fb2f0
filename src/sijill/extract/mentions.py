"""Actors, people and places that a sentence names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from sijill.extract.context import Context
from sijill.extract.mention import Mention, note
from sijill.extract.places import PlaceReader
from sijill.extract.side_choice import SideChooser
from sijill.lexicon.entries import Entry, Lexicon
from sijill.lexicon.hits import Hit
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import past_quotes, strip_clitics
from sijill.text.letters import ALEF, ARTICLE, WAW
from sijill.text.memo import Memo
from sijill.text.tokens import Tokens

#: Words that may stand between members and their side: suspected that they belong to.
_LINKS: Final = 6
ACTOR_KINDS: Final = frozenset({"name", "epithet", "office", "person", "force"})
_FIELD_ORDER = ("government", "state")
#: What a number in front of an actor counts, by the actor's kind.
_COUNTED_AS: Final = {"armed_group": "fighters", "military": "troops", "police": "troops"}
#: Figures of people who can be members of a side ("a rebel of the Houthis").
_MEMBERS: Final = frozenset({"fighters", "troops", "people", ""})
_THINGS: Final = frozenset({"places", "strikes", "vehicles"})
_OF: Final = "\u0645\u0646"
_IN: Final = "\u0641\u064a"
_AT: Final = "\u0628"


_Reading = Callable[[Tokens, Hit[Entry], dict[str, Entry], int, Context], Mention | None]


class _Meaning(NamedTuple):
    """What a name may be: its entries by kind, what reads it; if a capital town; if nothing."""

    by_kind: dict[str, Entry]
    readings: tuple[_Reading, ...]
    town: bool
    stops: bool


class MentionReader:
    """Finds mentions with the names of the lexicon and what the document said before."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon: Lexicon = knowledge.lexicon
        self._sets = knowledge.sets
        self._analyser = knowledge.analyser
        self._places = PlaceReader(knowledge)
        own = knowledge.sets["own_forces"]
        self._own_forces = own | {WAW + word for word in own}
        self._sides = SideChooser(knowledge.wars)
        self._meanings: Memo[tuple[Entry, ...], _Meaning] = Memo(self._meaning)

    def read(
        self, tokens: Tokens, first: int, last: int, context: Context, hits: dict[int, Hit[Entry]]
    ) -> list[Mention]:
        """The mentions in tokens ``[first, last)``, in order, none overlapping another."""
        found: list[Mention] = []
        own, i, words, order = self._own_forces, first, tokens.word[first:last], list(hits)
        if not own.isdisjoint(words):
            order = sorted({*hits, *(n for n, word in enumerate(words, first) if word in own)})
        for at in order:
            if at < i:
                continue
            hit = hits.get(at)
            if hit is None:
                found += self._own(tokens, at, context)
                continue
            mention = self._build_some(tokens, hit, last, context)
            if mention is None and found and self._listed(found[-1], hit):
                mention = self._placed(tokens, hit, {}, last, context, listed=True)
            if mention and found and self._describes(found[-1], mention, tokens):
                found[-1].last = i = mention.last
            elif mention:
                found.append(mention)
                note(mention, tokens, context)
                i = mention.last
            else:
                i = hit.last if self._stops(hit) else i + 1
        return found

    def _listed(self, previous: Mention, hit: Hit[Entry]) -> bool:
        """Whether "and" adds the hit to a place of the same country right before it."""
        row = previous.place.row if previous.place else None
        if row is None or previous.last != hit.first or hit.before[:1] != WAW:
            return False
        if previous.role in ("state", "capital"):
            return any(entry.kind == "state" for entry in hit.entries)
        country = row.id.split("_")[0]
        return previous.role in ("named", "part", "unknown") and any(
            entry.kind == "place" and entry.ids[0].split("_")[0] == country for entry in hit.entries
        )

    def _describes(self, name: Mention, mention: Mention, tokens: Tokens) -> bool:
        """Whether a mention only tells more of the one right before it: adjective, the capital."""
        if name.place and mention.place and mention.role == "back" and not mention.before:
            row = name.place.row
            return name.last == mention.first and row is not None and row is mention.place.row
        return (
            name.kind in ("actor", "asset")
            and mention.kind != "place"
            and not mention.before
            and name.last == mention.first
            and mention.role in ("epithet", "people", "back")
            and mention.figure not in _THINGS  # the army took + the town
            and (mention.role != "back" or set(mention.ids) <= set(name.ids))
            and tokens.word[mention.first].startswith(ARTICLE)
        )

    def _own(self, tokens: Tokens, i: int, context: Context) -> list[Mention]:
        """Forces with a pronoun (``its troops``): those of the side named last."""
        word = tokens.word[i]
        bare = word.removeprefix(WAW)
        if bare not in self._sets["own_forces"]:
            return []
        actor, before = context.latest_actor(), word[: len(word) - len(bare)]
        return [Mention("actor", i, i + 1, (actor,), before, "own", "words.yml")] if actor else []

    def _build_some(
        self, tokens: Tokens, hit: Hit[Entry], last: int, context: Context
    ) -> Mention | None:
        """What the longest name builds, or a shorter one that begins at the same word."""
        mention = self._build(tokens, hit, last, context)
        while mention is None and hit.last - hit.first > 1 and not self._stops(hit):
            shorter = self._lexicon.index.at(tokens, hit.first, hit.last - 1)
            if shorter is None:
                return None
            hit = shorter
            mention = self._build(tokens, hit, last, context)
        return mention

    def _build(
        self, tokens: Tokens, hit: Hit[Entry], last: int, context: Context
    ) -> Mention | None:
        meaning = self._meanings[hit.entries]
        by_kind, readings = meaning.by_kind, meaning.readings
        if meaning.town and self._is_inside(tokens, hit):
            readings = (self._placed, *readings)
        for reading in readings:
            mention = reading(tokens, hit, by_kind, last, context)
            if mention:
                return mention
        return None

    def _stops(self, hit: Hit[Entry]) -> bool:
        """Whether the words are known to name nothing."""
        return self._meanings[hit.entries].stops

    def _meaning(self, entries: tuple[Entry, ...]) -> _Meaning:
        """What a name may be, and the readings that can make a mention of it, in their order."""
        by_kind: dict[str, Entry] = {}
        for entry in entries:
            by_kind.setdefault(entry.kind, entry)
        readings: tuple[tuple[frozenset[str], _Reading], ...] = (
            (frozenset({"head"}), self._headed),
            (frozenset({"body"}), self._body),
            (ACTOR_KINDS | {"back"}, self._named),
            (frozenset({"place", "type"}), self._placed),
            (frozenset({"people"}), self._peopled),
        )
        stops = "stop" in by_kind
        fit = [read for kinds, read in readings if not (stops or kinds.isdisjoint(by_kind))]
        state = by_kind.get("state")
        town = state is not None and state.sub == "capital" and "place" in by_kind and not stops
        return _Meaning(by_kind, tuple(fit), town, stops)

    def _is_inside(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether the name stands behind "in": a capital so is the town, and no government."""
        before = tokens.word[hit.first - 1] if hit.first else ""
        return hit.before[-1:] == _AT or before.removeprefix(WAW) == _IN

    def _headed(
        self,
        tokens: Tokens,
        hit: Hit[Entry],
        by_kind: dict[str, Entry],
        last: int,
        context: Context,
    ) -> Mention | None:
        """Members, leaders, voices or things of a side: the head and the side make one mention."""
        head = by_kind.get("head")
        if head is None or self._is_accusative_adjective(tokens, hit):
            return None
        inner = self._after_head(tokens, hit.last, last, context)
        if inner is None or not inner.ids:
            return None
        if inner.kind == "place" and head.value != "asset" and inner.role != "state":
            return None
        kind = "asset" if head.value == "asset" else "actor"
        figure = by_kind["people"].value if "people" in by_kind else ""
        return _mention(kind, hit, inner.last, inner.ids, head.value, inner.where, figure)

    def _after_head(self, tokens: Tokens, i: int, last: int, context: Context) -> Mention | None:
        """The side behind a head at ``i``: at once, or over links and adjectives."""
        sets, word = self._sets, tokens.word
        links, adjectives = sets["head_links"], sets["force_adjectives"]
        j = i - 1
        for skip in range(_LINKS):
            j = past_quotes(tokens, j + 1, last)
            if j >= last or word[j] in sets["agent"]:
                return None  # an officer + by the fire of a side
            hit = self._lexicon.index.at(tokens, j, last)
            if hit and not hit.before.startswith(WAW):
                inner = self._build(tokens, hit, last, context)
                if inner and inner.kind in ("actor", "asset"):
                    return inner
                if inner and inner.kind == "place" and inner.ids and skip == 0 and not inner.before:
                    return inner
                if inner and inner.kind == "place":
                    return None
            if word[j] not in links and not (skip <= 1 and word[j] in adjectives):
                return None
        return None

    def _body(
        self,
        tokens: Tokens,
        hit: Hit[Entry],
        by_kind: dict[str, Entry],
        last: int,
        context: Context,
    ) -> Mention | None:
        """A body and a nationality: ``the army`` + ``Syrian``."""
        body = by_kind.get("body")
        if body is None:
            return None
        for j in range(hit.last, min(hit.last + 3, last)):
            if iso := self._lexicon.nisba.get(tokens.word[j]):
                actor = self._field(iso, body.value)
                end = self._apposition(tokens, j + 1, last)
                return _mention("actor", hit, end, (actor,), body.sub, body.where)
            if j == hit.last:
                state = self._state_at(tokens, j, last)
                if state:
                    actor = self._field(state[0], body.value)
                    end = self._apposition(tokens, state[1], last)
                    return _mention("actor", hit, end, (actor,), body.sub, body.where)
            if tokens.word[j] not in self._sets["force_adjectives"]:
                break
        return self._office(tokens, hit, body, last, context) if body.sub == "office" else None

    def _office(
        self, tokens: Tokens, hit: Hit[Entry], body: Entry, last: int, context: Context
    ) -> Mention | None:
        """An office without its country: that of the person behind, or of the text's country."""
        person = self._lexicon.index.at(tokens, hit.last, last) if hit.last < last else None
        known = [e for e in person.entries if e.kind == "person"] if person else []
        if person and known and not person.before:
            ids, where = known[0].ids[:1], known[0].where
            return _mention("actor", hit, person.last, ids, body.sub, where)
        definite = tokens.word[hit.last - 1].startswith(ARTICLE)
        if context.local not in self._lexicon.countries or not definite:
            return None  # "a president", or a main bridge
        actor = self._field(context.local, body.value)
        return _mention("actor", hit, hit.last, (actor,), body.sub, body.where)

    def _state_at(self, tokens: Tokens, i: int, last: int) -> tuple[str, int] | None:
        hit = self._lexicon.index.at(tokens, i, last)
        if hit and not hit.before:
            for entry in hit.entries:
                if entry.kind == "state" and entry.sub != "capital":
                    return entry.value, hit.last
        return None

    def _field(self, iso: str, field: str) -> str:
        fields = self._lexicon.countries[iso].fields
        return next((fields[name] for name in [field, *_FIELD_ORDER] if fields.get(name)), "other")

    def _apposition(self, tokens: Tokens, i: int, last: int) -> int:
        """The end of a person's name that stands in apposition at ``i``, or ``i``."""
        start = i
        while i < last and i < start + 4:
            hit = self._lexicon.index.at(tokens, i, last)
            if hit and not hit.before and any(e.kind == "person" for e in hit.entries):
                return hit.last
            if tokens.word[i] not in self._sets["titles"]:
                return start
            i += 1
        return start

    def _named(
        self,
        tokens: Tokens,
        hit: Hit[Entry],
        by_kind: dict[str, Entry],
        last: int,
        context: Context,
    ) -> Mention | None:
        """An actor by name, epithet, office or person; or one named before."""
        options = [entry for entry in hit.entries if entry.kind in ACTOR_KINDS]
        if entry := self._sides.choose(options, context):
            end = hit.last
            if entry.kind == "office":
                end = self._apposition(tokens, end, last)
            kind = self._lexicon.actors[entry.ids[0]].kind
            ids = entry.ids if entry.kind == "force" else entry.ids[:1]
            counted = _COUNTED_AS.get(kind, "people")
            return _mention("actor", hit, end, ids, entry.kind, entry.where, counted)
        backs = [entry for entry in hit.entries if entry.kind == "back"]
        if backs:
            ids = context.resolve_back(backs)
            if ids:
                return _mention("actor", hit, hit.last, ids, "back", backs[0].where)
        return None

    def _placed(
        self,
        tokens: Tokens,
        hit: Hit[Entry],
        by_kind: dict[str, Entry],
        last: int,
        context: Context,
        listed: bool = False,
    ) -> Mention | None:
        found = self._places.read(tokens, hit, last, context, listed)
        if found is None:
            return None
        state = by_kind.get("state")
        ids = state.ids if state and found.role in ("state", "capital") else ()
        return Mention(
            "place", found.first, found.last, ids, hit.before, found.role, found.where, place=found
        )

    def _is_accusative_adjective(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether the word agrees with an accusative noun before it: military (support)."""
        word = tokens.word
        return (
            not hit.before
            and hit.first > 0
            and hit.last - hit.first == 1
            and word[hit.first].endswith(ALEF)
            and word[hit.first - 1].endswith(ALEF)
            and any(
                a.form.pos in ("masdar", "noun")
                for a in self._analyser.analyse(word[hit.first - 1])
            )
        )

    def _qualifies_event(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether the word is an adjective of the event before it: a suicide + bombing."""
        if hit.before or hit.first == 0:
            return False
        word, noun = tokens.word[hit.first], tokens.word[hit.first - 1]
        if word in self._sets["attack_adjectives"]:
            return any(rest in self._sets["attack_nouns"] for _, rest in strip_clitics(noun))
        return word in self._sets["bomb"] and any(
            a.form.pos in ("masdar", "noun") for a in self._analyser.analyse(noun)
        )

    def _peopled(
        self,
        tokens: Tokens,
        hit: Hit[Entry],
        by_kind: dict[str, Entry],
        last: int,
        context: Context,
    ) -> Mention | None:
        people = by_kind.get("people")
        if people is None or self._qualifies_event(tokens, hit):
            return None
        if self._is_accusative_adjective(tokens, hit):
            return None
        states = people.value == "countries" and tokens.word[hit.last : hit.last + 1] == [_OF]
        if people.value in _MEMBERS or states:
            hedged = " ".join(tokens.word[hit.last : hit.last + 2]) in self._sets["at_least"]
            inner = self._after_head(tokens, hit.last + 2 * hedged, last, context)
            if inner and inner.kind == "actor" and inner.ids:
                role = by_kind["head"].value if "head" in by_kind else "member"
                return _mention(
                    "actor", hit, inner.last, inner.ids, role, inner.where, people.value
                )
        iso = self._lexicon.nisba.get(tokens.word[hit.last]) if hit.last < last else None
        ids, end = people.ids, hit.last
        if iso and people.value in ("troops", "fighters", "people", "killed", "wounded", ""):
            end += 1
            ids = (self._field(iso, "army"),) if people.value == "troops" else ids
        return _mention("people", hit, end, ids, "people", people.where, people.value)


def _mention(
    kind: str,
    hit: Hit[Entry],
    last: int,
    ids: tuple[str, ...],
    role: str,
    where: str,
    figure: str = "",
) -> Mention:
    """A mention from the first word of a hit up to ``last``, with the hit's proclitics."""
    return Mention(kind, hit.first, last, ids, hit.before, role, where, figure)
