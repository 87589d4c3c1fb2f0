"""The reader of reports: an article's tokens in, its reports out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice, pairwise
from typing import Final

import msgspec

from sijill.extract.assertion import Weigher
from sijill.extract.context import Context, CountryReader, Votes
from sijill.extract.drafts import Drafter
from sijill.extract.fact_reader import FactReader
from sijill.extract.facts import Facts
from sijill.extract.figures import read_figures
from sijill.extract.gate import Gate
from sijill.extract.governing import govern
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.mentions import MentionReader
from sijill.extract.merge import Merger
from sijill.extract.place_apart import disown
from sijill.extract.place_found import rank
from sijill.extract.privacy import Discretion
from sijill.extract.reasons import reasons
from sijill.extract.scene import Draft, Scene
from sijill.extract.screen import PLACED, Hits, Screen, Spans, hits_of
from sijill.extract.seen import see_sentence
from sijill.extract.speech import SpeechReader
from sijill.extract.syntax import Syntax
from sijill.extract.trigger import Trigger
from sijill.extract.triggers import TriggerReader
from sijill.lexicon.geography import lineage
from sijill.lexicon.knowledge import Knowledge, load_knowledge
from sijill.lexicon.rules import EventRule
from sijill.model import Article, Reference, Report, Seen
from sijill.text.calendar import find_times
from sijill.text.letters import WAW
from sijill.text.numerals import find_numbers
from sijill.text.tokens import Tokens, sentences, tokenise

_LONGEST_HEADLINE: Final = 25  # tokens
_LONGEST_SUBHEAD: Final = 10  # tokens
_FARTHEST: Final = 15  # tokens from a place to the one it is said to be so many kilometres from
_LINKS: Final = re.compile("[\u060c,()\\-]")


class _Reading:
    """A document while it is read: its sentences ``begun`` and ``ahead``, the triggers found.

    The first ``read`` sentences gave the ``drafts``; those of them ``passed`` were only glanced at.
    """

    def __init__(self, context: Context, ahead: Iterator[Sentence]) -> None:
        self.context, self.ahead, self.read = context, ahead, 0
        self.begun: list[Sentence] = []
        self.passed: list[Sentence] = []
        self.triggers: dict[int, list[Trigger]] = {}
        self.drafts: list[Draft] = []


class Extractor:
    """Reads reports with the packaged grammar and lexicon."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        self._mentions = MentionReader(knowledge)
        self._countries = CountryReader(knowledge.lexicon)
        self._speech = SpeechReader(knowledge)
        self._drafter = Drafter(knowledge)
        self._weigher = Weigher(knowledge.weights)
        self._merger = Merger(knowledge.lexicon)
        self._gate = Gate(knowledge)
        self._triggers = TriggerReader(knowledge, self._gate.decisive)
        self._screen = Screen(knowledge, self._triggers)
        self._discretion = Discretion(knowledge)
        #: What is known of a folded word by itself.
        self.facts = FactReader(knowledge, self._speech, self._triggers).facts

    def extract(self, article: Article, tokens: Tokens, reference: Reference) -> tuple[Report, ...]:
        """The reports of one article, in text order; offsets are into ``article.text``."""
        day = date.fromisoformat(reference.day) if reference.day else None
        ranges = sentences(tokens)
        facts = list(map(self.facts, tokens.word))
        known = [(i, one.known) for i, one in enumerate(facts) if one and one.known]
        found = self._triggers.candidates(tokens, ranges, known)
        if not (most := self._screen.decisive(found)) or self._gate.off_topic(tokens, most):
            return ()
        hits = hits_of(tokens, facts, ranges)
        decisive = self._screen.sentences(tokens, ranges, found, hits)
        if not any(decisive):
            return ()
        reading = self._open(tokens, facts, ranges, hits)
        drafts = self._read(reading, day) if self._promises(reading, decisive, day) else []
        kept = self._merger.merge(self._gate.keep(drafts, tokens, reading.context))
        self._gate.fill_enemies(kept, reading.context)
        reading.context.forget()
        return tuple(self._report(draft, n) for n, draft in enumerate(kept, 1))

    def _read(self, reading: _Reading, day: date | None) -> list[Draft]:
        """The drafts of all sentences of a document that gives reports."""
        if any(self._tells(sentence, reading) for sentence in reading.passed):
            reading.context.forget()
            reading.read, reading.drafts = 0, []
        context, drafts = reading.context, reading.drafts
        rest = chain(reading.begun[reading.read :], reading.ahead)
        for number, sentence in enumerate(rest, reading.read):
            triggers = self._events(sentence, reading)
            if triggers or (sentence.known and self._drafter.may_carry(sentence, context)):
                drafts += self._told(sentence, triggers, number, context, day)
            else:
                self._pass(sentence, context)
        return drafts

    def _promises(self, reading: _Reading, decisive: list[int], day: date | None) -> bool:
        """Whether the sentences that may tell of violence or protest give reports.

        Where they give none no other sentence does, so only these are drafted before all are.
        """
        context, drafts = reading.context, reading.drafts
        last = max([i for i, one in enumerate(decisive) if one])
        for number, sentence in enumerate(islice(reading.ahead, last + 1)):
            reading.begun.append(sentence)
            reading.read += 1
            may = decisive[number]
            tells = may and (may != PLACED or any(m.kind == "place" for m in sentence.mentions))
            triggers = self._find(sentence, reading) if tells else []
            if any(trigger.rule.id in self._gate.decisive for trigger in triggers):
                drafts += self._told(sentence, triggers, number, context, day)
                if self._gate.promises(drafts, sentence.tokens, context):
                    return True
            else:
                reading.passed.append(sentence)
                self._pass(sentence, context)
        if not any(map(self._gate.decides, drafts)):
            return False
        reading.begun += reading.ahead  # the sides of a war may be named behind
        return self._gate.promises(drafts, reading.begun[0].tokens, context)

    def _told(
        self,
        sentence: Sentence,
        triggers: list[Trigger],
        number: int,
        context: Context,
        day: date | None,
    ) -> list[Draft]:
        """The drafts of a sentence, which hands its subject on."""
        scene = self._scene(sentence, triggers, number, context)
        made = self._drafts(scene, context, day)
        context.subjects.wait(scene.syntax.main_subject)
        return made

    def _report(self, draft: Draft, number: int) -> Report:
        speaker = draft.speaker
        if speaker is not None:
            public = self._discretion.public(speaker.text)
            speaker = msgspec.structs.replace(speaker, public=public)
        return Report(
            id=f"r{number}",
            type=draft.type,
            status=draft.status,
            actor=tuple(draft.actor),
            target=tuple(draft.target),
            place=tuple(draft.place),
            time=draft.time,
            speaker=speaker,
            figures=tuple(draft.figures),
            evidence=tuple(draft.evidence),
            trigger=draft.trigger,
            traces=dict(reasons(draft)),
        )

    def _pass(self, sentence: Sentence, context: Context) -> None:
        """Pass a sentence without events; what it hands on waits until a later one asks."""
        words = sentence.tokens.word[sentence.first : sentence.last]
        if sentence.known or any(map(self._speech.may_speak.__getitem__, words)):
            context.speakers.wait(lambda: self._overhear(sentence, context))
        if sentence.known:
            context.subjects.wait(lambda: self._syntax(sentence, context).main_subject())

    def _drafts(self, scene: Scene, context: Context, day: date | None) -> list[Draft]:
        made = self._drafter.drafts(scene, context, day)
        self._weigher.weigh(scene, made)
        return made

    def _overhear(self, sentence: Sentence, context: Context) -> None:
        """Let the document know whom a sentence without events quotes."""
        self._analyse(sentence)
        self._speech.read(sentence, context)

    def _scenes(self, text: str) -> Iterator[tuple[Scene, Context]]:
        """Every sentence of a text with all that is in it."""
        reading = self._begin(tokenise(text))
        for number, sentence in enumerate(reading.ahead):
            triggers = self._find(sentence, reading)
            yield self._scene(sentence, triggers, number, reading.context), reading.context

    def named_places(self, tokens: Tokens) -> Iterator[tuple[Sentence, Mention]]:
        """Every place that a text names or points to, with its sentence, whatever is told there."""
        for sentence in self._begin(tokens).ahead:
            self._contain(sentence)
            for mention in sentence.mentions:
                if mention.place is not None:
                    yield sentence, mention

    def named_actors(self, tokens: Tokens) -> Iterator[tuple[str, int, int]]:
        """Each actor that a text names by a name or an epithet, and where its words stand.

        The words are given by the first of them and the one behind the last.
        """
        for sentence in self._begin(tokens).ahead:
            for mention in sentence.mentions:
                if mention.kind == "actor" and mention.role in ("name", "epithet", "force"):
                    yield from ((actor, mention.first, mention.last) for actor in mention.ids)

    def see(self, text: str, day: date | None) -> list[Seen]:
        """Everything seen in a sentence, for ``sijill parse``."""
        found: list[Seen] = []
        for scene, context in self._scenes(text):
            found += see_sentence(scene, self._drafter.drafts(scene, context, day), day)
        return found

    @property
    def rules(self) -> list[EventRule]:
        """The rules that make reports."""
        return self._knowledge.rules

    def drafts(self, text: str, day: date | None) -> list[Draft]:
        """The drafts of a text before they are merged and weighed, for checking rules."""
        return [
            draft
            for scene, context in self._scenes(text)
            for draft in self._drafts(scene, context, day)
        ]

    def _begin(self, tokens: Tokens) -> _Reading:
        """A text that is read whatever it is about."""
        ranges = sentences(tokens)
        facts = list(map(self.facts, tokens.word))
        return self._open(tokens, facts, ranges, hits_of(tokens, facts, ranges))

    def _open(
        self, tokens: Tokens, facts: list[Facts | None], ranges: Spans, hits: list[Hits]
    ) -> _Reading:
        """What a document is about, and its sentences, each read when it is reached."""
        whole, named = Votes({}, {}), list(map(self._countries.read, hits))
        for one in named:
            whole.add(one)
        context = Context(self._lexicon, whole.countries(), hits)
        context.sentences = len(ranges)
        return _Reading(context, self._ahead(tokens, facts, ranges, hits, named, context))

    def _ahead(
        self,
        tokens: Tokens,
        facts: list[Facts | None],
        ranges: Spans,
        hits: list[Hits],
        named: list[Votes],
        context: Context,
    ) -> Iterator[Sentence]:
        """The sentences of a document, each entered when it is reached."""
        for one in zip(ranges, hits, named, strict=True):
            yield self._enter(tokens, facts, *one, context)

    def _enter(
        self,
        tokens: Tokens,
        facts: list[Facts | None],
        span: tuple[int, int],
        hits: Hits,
        named: Votes,
        context: Context,
    ) -> Sentence:
        """A sentence with its mentions, which the document remembers."""
        sentence = Sentence(tokens, facts, *span, self._knowledge)
        sentence.headline = _is_headline(tokens, *span) or (
            tokens.word[span[0]] in self._knowledge.sets["boilerplate"]
        )
        sentence.title = _is_title(tokens, span[1])
        context.move_to(named, hits)
        sentence.name(self._mentions.read(tokens, *span, context, hits))
        sentence.latest = context.latest()
        return sentence

    def _analyse(self, sentence: Sentence) -> None:
        """Find numbers, times and what governs the mentions, once."""
        if sentence.analysed:
            return
        span = sentence.first, sentence.last
        sentence.measure(
            find_numbers(sentence.tokens, *span, self._knowledge.numbers, sentence.counting),
            find_times(sentence.tokens, *span, self._knowledge.times, sentence.counting),
        )
        govern(sentence)
        self._contain(sentence)
        sentence.analysed = True

    def _tells(self, sentence: Sentence, reading: _Reading) -> bool:
        """Whether a sentence may give or carry on an event of any kind."""
        tolls = sentence.holds(sentence.first, sentence.last, "tolls")
        return tolls or bool(self._events(sentence, reading))

    def _events(self, sentence: Sentence, reading: _Reading) -> list[Trigger]:
        span = sentence.first, sentence.last
        told = self._triggers.may_hold(sentence.tokens, span, sentence.known)
        return self._find(sentence, reading) if told else []

    def _find(self, sentence: Sentence, reading: _Reading) -> list[Trigger]:
        if (known := reading.triggers.get(sentence.first)) is not None:
            return known
        self._analyse(sentence)
        triggers = reading.triggers[sentence.first] = self._triggers.find(sentence)
        sentence.events = [trigger.first for trigger in triggers]
        return triggers

    def _syntax(self, sentence: Sentence, context: Context) -> Syntax:
        self._analyse(sentence)
        return Syntax(sentence, context.subjects)

    def _scene(
        self, sentence: Sentence, triggers: list[Trigger], number: int, context: Context
    ) -> Scene:
        self._analyse(sentence)
        sentence.speakers = []
        attributions = self._speech.read(sentence, context)
        sentence.speakers = [a.span for a in attributions if a.span]
        figures, syntax = read_figures(sentence), self._syntax(sentence, context)
        return Scene(sentence, syntax, triggers, attributions, figures, number)

    def _contain(self, sentence: Sentence) -> None:
        """Mark places that only tell what the place before them lies in."""
        places = [m for m in sentence.mentions if m.kind == "place" and m.place]
        for a, b in pairwise(places):
            if b.first - a.last > 3 or b.before.startswith(WAW) or not (a.place and b.place):
                continue
            if not all(self._links(sentence, i) for i in range(a.last, b.first)):
                continue
            comma = any(sentence.word(i) in "\u060c," for i in range(a.last, b.first))
            coarser = rank(b.place.kind) > rank(a.place.kind) and not comma
            if coarser or self._is_in(a, b):
                b.container = True
                disown(a, b, sentence.tokens, self._lexicon.places)
                a.place.within = a.place.within or b.place.name
        for a, b in pairwise(places):
            b.container = b.container or self._is_distant(sentence, a, b)

    def _is_distant(self, sentence: Sentence, a: Mention, b: Mention) -> bool:
        """Whether the text only tells how far the place ``a`` lies from ``b``."""
        near = b.first - a.last <= _FARTHEST
        return near and sentence.holds(max(a.last, b.first - 2), b.first, "distance_units")

    def _links(self, sentence: Sentence, i: int) -> bool:
        word = sentence.word(i)
        return bool(_LINKS.fullmatch(word)) or word in self._knowledge.sets["container_links"]

    def _is_in(self, a: Mention, b: Mention) -> bool:
        """Whether the place of ``a`` lies in that of ``b``."""
        inner, outer = a.place, b.place
        if inner is None or inner.row is None or outer is None or outer.row is None:
            return False
        return outer.row in lineage(inner.row, self._lexicon.places)


def _is_headline(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a sentence is the title, or a short line of its own without a full stop."""
    word = tokens.word
    if _is_title(tokens, last):
        return True
    alone = (first == 0 or word[first - 1] == "\n") and word[last : last + 1] == ["\n"]
    longest = _LONGEST_HEADLINE if first == 0 else _LONGEST_SUBHEAD
    return alone and last - first <= longest and word[last - 1] not in ".:"


def _is_title(tokens: Tokens, last: int) -> bool:
    """Whether a sentence that ends at ``last`` stands in a short first line."""
    if last > _LONGEST_HEADLINE:
        return False
    head = tokens.word[: _LONGEST_HEADLINE + 1]
    return "\n" in head and last <= head.index("\n")


def load_extractor() -> Extractor:
    """The extractor with the packaged knowledge.

    Raises:
        KnowledgeError: when the knowledge does not load.
    """
    return Extractor(load_knowledge())
