"""The reader of reports: an article's tokens in, its reports out."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from sijill.extract.assertion import Weigher
from sijill.extract.context import Context, count_countries
from sijill.extract.drafts import Drafter
from sijill.extract.figures import read_figures
from sijill.extract.gate import Gate
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.mentions import MentionReader
from sijill.extract.merge import Merger
from sijill.extract.place_found import rank
from sijill.extract.privacy import Discretion
from sijill.extract.reasons import reasons
from sijill.extract.scene import Draft, Scene
from sijill.extract.seen import see_sentence
from sijill.extract.speech import SpeechReader
from sijill.extract.syntax import Syntax
from sijill.extract.triggers import TriggerReader
from sijill.lexicon.knowledge import Knowledge, load_knowledge
from sijill.lexicon.rules import EventRule
from sijill.model import Article, Reference, Report, Seen
from sijill.text.calendar import find_times
from sijill.text.numerals import find_numbers
from sijill.text.tokens import Tokens, sentences, tokenise

_LONGEST_HEADLINE, _LONGEST_SUBHEAD = 25, 10  # tokens
_FARTHEST = 15  # tokens from a place to the one it is said to be so many kilometres from
_LINKS = re.compile("[\u060c,()\\-]")


class Extractor:
    """Reads reports with the packaged grammar and lexicon."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        self._mentions = MentionReader(knowledge)
        self._triggers = TriggerReader(knowledge)
        self._speech = SpeechReader(knowledge)
        self._drafter = Drafter(knowledge)
        self._weigher = Weigher(knowledge.weights)
        self._merger = Merger(knowledge.lexicon)
        self._gate = Gate(knowledge)
        self._discretion = Discretion(knowledge)

    def extract(
        self, article: Article, tokens: Tokens, reference: Reference
    ) -> tuple[Report, ...]:
        """The reports of one article, in text order; offsets are into ``article.text``."""
        day = date.fromisoformat(reference.day) if reference.day else None
        ranges = sentences(tokens)
        may = self._triggers.may_trigger
        fired = [any(may(w) for w in tokens.word[first:last]) for first, last in ranges]
        if not any(fired):
            return ()
        context = self._context(tokens, ranges)
        drafts: list[Draft] = []
        for number, (first, last) in enumerate(ranges):
            scene = self._scene(tokens, first, last, number, context, fired[number])
            if fired[number]:
                made = self._drafter.drafts(scene, context, day)
                self._weigher.weigh(scene, made)
                drafts += made
                context.subject = scene.syntax.main_subject() or context.subject
        kept = self._merger.merge(self._gate.keep(drafts, tokens, context))
        self._gate.fill_enemies(kept, context)
        return tuple(self._report(draft, n) for n, draft in enumerate(kept, 1))

    def _report(self, draft: Draft, number: int) -> Report:
        speaker = draft.speaker
        if speaker is not None:
            public = self._discretion.public(speaker.text)
            speaker = msgspec.structs.replace(speaker, public=public)
        return Report(
            id=f"r{number}", type=draft.type, status=draft.status, actor=tuple(draft.actor),
            target=tuple(draft.target), place=tuple(draft.place), time=draft.time,
            speaker=speaker, figures=tuple(draft.figures), evidence=tuple(draft.evidence),
            trigger=draft.trigger, traces=dict(reasons(draft)),
        )

    def see(self, text: str, day: date | None) -> list[Seen]:
        """Everything seen in a sentence, for ``sijill parse``."""
        tokens = tokenise(text)
        ranges = sentences(tokens)
        context = self._context(tokens, ranges)
        found: list[Seen] = []
        for number, (first, last) in enumerate(ranges):
            scene = self._scene(tokens, first, last, number, context, True)
            drafts = self._drafter.drafts(scene, context, day)
            found += see_sentence(scene, drafts, day)
        return found

    @property
    def rules(self) -> list[EventRule]:
        """The rules that make reports."""
        return self._knowledge.rules

    def drafts(self, text: str, day: date | None) -> list[Draft]:
        """The drafts of a text before they are merged and weighed, for checking rules."""
        tokens = tokenise(text)
        ranges = sentences(tokens)
        context = self._context(tokens, ranges)
        found: list[Draft] = []
        for number, (first, last) in enumerate(ranges):
            scene = self._scene(tokens, first, last, number, context, True)
            made = self._drafter.drafts(scene, context, day)
            self._weigher.weigh(scene, made)
            found += made
        return found

    def _context(self, tokens: Tokens, ranges: list[tuple[int, int]]) -> Context:
        counts = count_countries(tokens, self._lexicon.index, self._lexicon, ranges)
        return Context(self._lexicon, counts)

    def _scene(
        self, tokens: Tokens, first: int, last: int, number: int, context: Context, full: bool
    ) -> Scene:
        sentence = Sentence(tokens, first, last, self._knowledge)
        sentence.headline = _is_headline(tokens, first, last) or (
            tokens.word[first] in self._knowledge.sets["boilerplate"]
        )
        sentence.title = _is_title(tokens, last)
        context.move_to(count_countries(tokens, self._lexicon.index, self._lexicon,
                                        [(first, last)]))
        sentence.mentions = self._mentions.read(tokens, first, last, context)
        speaks = full or any(self._speech.may_speak(w) for w in tokens.word[first:last])
        if not speaks:
            return Scene(sentence, Syntax(sentence), [], [], [], number)
        sentence.numbers = find_numbers(tokens, first, last, self._knowledge.numbers)
        sentence.times = find_times(tokens, first, last, self._knowledge.times)
        sentence.link()
        self._contain(sentence)
        triggers = self._triggers.find(sentence) if full else []
        sentence.events = [trigger.first for trigger in triggers]
        attributions = self._speech.read(sentence, context)
        sentence.speakers = [a.span for a in attributions if a.span]
        figures = read_figures(sentence) if full else []
        inherited = inherit(context.subject)
        return Scene(sentence, Syntax(sentence, inherited), triggers, attributions, figures, number)

    def _contain(self, sentence: Sentence) -> None:
        """Mark places that only tell what the place before them lies in."""
        places = [m for m in sentence.mentions if m.kind == "place" and m.place]
        for a, b in zip(places, places[1:], strict=False):
            if b.first - a.last > 3 or b.before.startswith("\u0648") or not (a.place and b.place):
                continue
            if not all(self._links(sentence, i) for i in range(a.last, b.first)):
                continue
            comma = any(sentence.word(i) in "\u060c," for i in range(a.last, b.first))
            coarser = rank(b.place.kind) > rank(a.place.kind) and not comma
            if coarser or self._is_in(a, b):
                b.container = True
                a.place.within = a.place.within or b.place.name
        for a, b in zip(places, places[1:], strict=False):
            b.container = b.container or self._is_distant(sentence, a, b)

    def _is_distant(self, sentence: Sentence, a: Mention, b: Mention) -> bool:
        """Whether the text only tells how far the place ``a`` lies from ``b``."""
        return b.first - a.last <= _FARTHEST and any(
            sentence.isin(i, "distance_units") for i in range(max(a.last, b.first - 2), b.first)
        )

    def _links(self, sentence: Sentence, i: int) -> bool:
        word = sentence.word(i)
        return bool(_LINKS.fullmatch(word)) or word in self._knowledge.sets["container_links"]

    def _is_in(self, a: object, b: object) -> bool:
        inner = getattr(a, "place", None)
        outer = getattr(b, "place", None)
        ident = inner.row.parent if inner and inner.row else ""
        while ident and outer and outer.row:
            if ident == outer.row.id:
                return True
            row = self._lexicon.places.get(ident)
            ident = row.parent if row else ""
        return False


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
    head = tokens.word[: _LONGEST_HEADLINE + 1]
    return "\n" in head and last <= head.index("\n")


def inherit(subject: Mention | None) -> Mention | None:
    """The subject of the sentence before, as one without a place in this sentence."""
    if subject is None:
        return None
    return Mention("actor", -1, -1, subject.ids, "", "inherited", subject.where)


def load_extractor() -> Extractor:
    """The extractor with the packaged knowledge.

    Raises:
        KnowledgeError: when the knowledge does not load.
    """
    return Extractor(load_knowledge())
