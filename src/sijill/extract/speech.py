"""On whose word: speakers, the words that introduce them, and how far their word reaches."""

from __future__ import annotations

from typing import Final

from sijill.extract.addressed import name_start, quoted_name
from sijill.extract.context import Context
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.scene import Attribution
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.words import Analysis
from sijill.model import Speaker, Trace
from sijill.text.letters import LAM
from sijill.text.memo import Memo

_BEH: Final = "\u0628"
_DEAD: Final = "killed"  # they say nothing: somebody puts their number
_COLON: Final = ":"
_FROM: Final = "\u0639\u0646"
_IN: Final = "\u0641\u064a"
_OF: Final = "\u0645\u0646"
_QAD: Final = "\u0642\u062f"


class SpeechReader:
    """Finds who says what in a sentence."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sets = knowledge.sets
        self._lexicon = knowledge.lexicon
        self._telling = self._sets["say_lemmas"] | self._sets["documenting"]
        self.may_speak: Memo[str, bool] = Memo(self._can_speak)
        self._openings: dict[str, list[list[str]]] = {}
        for words in sorted(map(str.split, self._sets["according"]), key=len, reverse=True):
            self._openings.setdefault(words[0], []).append(words)

    def _can_speak(self, word: str) -> bool:
        """Whether the folded ``word`` alone can introduce a speaker."""
        according = self._sets["according"]
        readings = self._knowledge.analyser.analyse(word)
        return word in according or word[1:] in according or self._tell(readings)

    def can_open(self, bare: str, readings: tuple[Analysis, ...]) -> bool:
        """Whether the word can be the first of those that introduce a speaker.

        ``bare`` is the folded word less its conjunction, ``readings`` are those of the whole word.
        """
        return bare in self._openings or (bool(readings) and self._tell(readings))

    def _tell(self, readings: tuple[Analysis, ...]) -> bool:
        return any(a.form.lemma in self._telling for a in readings)

    def read(self, sentence: Sentence, context: Context) -> list[Attribution]:
        """The attributions of a sentence; updates whom the document quoted last."""
        found: list[Attribution] = []
        for i in sentence.speaking:
            made = (
                self._according(sentence, i, context)
                or self._saying(sentence, i, context)
                or self._documenting(sentence, i, context)
            )
            if made:
                found.append(made)
                speaker = made.speaker
                context.speakers.give((speaker.text, speaker.id or ""))
        return found

    # ------------------------------------------------------------ verbs of saying

    def _saying(self, sentence: Sentence, i: int, context: Context) -> Attribution | None:
        analysis = next(
            (
                a
                for a in sentence.analyses(i)
                if a.form.lemma in self._sets["say_lemmas"]
                and (a.form.pos == "verb") == (sentence.verb(i) is not None)
                and (a.form.pos in ("verb", "active"))
            ),
            None,
        )
        if analysis is None:
            return None
        first, _ = sentence.clause(i)
        quoted = self._quoted(sentence, i, analysis.form.lemma)
        if isinstance(quoted, str):
            return self._again(sentence, i, context)
        span = quoted or self._named_behind(sentence, i + 1, analysis.form.lemma)
        comes_first = analysis.form.pos == "verb" and not span
        if comes_first:
            span = self._before(sentence, i, first) or self._had_said(sentence, i, first)
        scope_first = max(i + 1, span[1] if span and span[0] > i else i + 1)
        weighs = analysis.form.lemma in self._sets["estimating"]
        if not weighs and not self._introduces(sentence, scope_first):
            return None
        if span:
            speaker = self._speaker(sentence, span, i, context)
        else:
            return self._again(sentence, i, context)
        start = i if weighs else self._scope_start(sentence, scope_first)
        return Attribution(speaker, start, sentence.last, i, span)

    def _named_behind(self, sentence: Sentence, i: int, lemma: str) -> tuple[int, int] | None:
        """Who speaks, behind the verb of saying and whom it is said to."""
        start = name_start(sentence, i, told=lemma in self._sets["announcing"])
        close = quoted_name(sentence, start)
        span = self._speaker_span(sentence, start + bool(close), close or sentence.last)
        if close and span is not None and not self._is_known(sentence, span):
            return None  # a name alone may be that of whoever was quoted last
        if span is None or lemma not in self._sets["warning"]:
            return span
        words = (j for j in range(*span) if sentence.word(j) == _OF)
        return span[0], next(words, span[1])  # warned + of

    def _is_known(self, sentence: Sentence, span: tuple[int, int]) -> bool:
        """Whether the words tell who it is that speaks."""
        named = any(m.ids for m in sentence.mentions if span[0] <= m.first < span[1])
        return named or self._noun_id(sentence, span) is not None

    def _had_said(self, sentence: Sentence, i: int, first: int) -> tuple[int, int] | None:
        """The subject between "had" and the verb at ``i``, or before the "who" that opens it."""
        whom = sentence.mention_at(i - 2) if sentence.isin(i - 1, "relatives") else None
        if whom is not None and whom.kind == "actor" and whom.last == i - 1:
            told = any(sentence.isin(j, "complementisers") for j in range(i + 1, i + 4))
            return (whom.first, whom.last) if told else None
        for j in range(first, i - 1):
            if sentence.isin(j, "pluperfect"):
                span = self._speaker_span(sentence, j + 1, i - (sentence.word(i - 1) == _QAD))
                return span if span is not None and span[1] >= i - 1 else None
        return None

    def _again(self, sentence: Sentence, i: int, context: Context) -> Attribution | None:
        """Whoever was quoted last, speaking on."""
        known = context.speakers.get()
        if known is None:
            return None
        speaker = Speaker(known[0], known[1] or None, self._trace(sentence, i))
        return Attribution(speaker, self._scope_start(sentence, i + 1), sentence.last, i)

    def _quoted(self, sentence: Sentence, i: int, lemma: str) -> tuple[int, int] | str | None:
        """Whom a paper quotes at ``i``: "the paper quoted X"; ``back`` for a bare pronoun."""
        if lemma not in self._sets["quoting"]:
            return None
        for j in range(i + 1, min(i + 9, sentence.last)):
            if sentence.isin(j, "quoted_backs"):
                return "back"
            if sentence.word(j) == _FROM:
                return self._after_according(sentence, j + 1)
        return None

    def _documented(self, sentence: Sentence, i: int) -> tuple[int, int] | None:
        """The mention in front of "from documenting ...", which tells what it could document."""
        if sentence.word(i - 1) != _OF or not any(
            a.form.pos == "masdar" and a.form.lemma in self._sets["documenting"]
            for a in sentence.analyses(i)
        ):
            return None
        mention = sentence.mention_at(i - 2)
        return (mention.first, mention.last) if mention and mention.kind == "actor" else None

    def _introduces(self, sentence: Sentence, i: int) -> bool:
        """Whether what follows is something said: ``that``, a colon, a quotation, a verbal noun."""
        for j in range(i, min(i + 14, sentence.last)):
            if sentence.isin(j, "complementisers") or sentence.word(j) == _COLON:
                return True
            if sentence.word(j) in '\u201c\u00ab"\u2018':
                return True
            if j in sentence.events or any(a.form.pos == "masdar" for a in sentence.analyses(j)):
                return True
            if sentence.bare(j) == _FROM:
                return True
        return False

    def _scope_start(self, sentence: Sentence, i: int) -> int:
        """Where the speech opens: at "that", a colon or a quotation, else behind the speaker."""
        at = max((t.last for t in sentence.times if t.first == i), default=i)
        if at in sentence.events:
            return i  # condemned yesterday + the shelling of
        for j in range(i, sentence.last):
            opens = sentence.word(j) == _COLON or sentence.word(j) in '\u201c\u00ab"\u2018'
            if opens or sentence.isin(j, "complementisers"):
                return j
            if j > i in sentence.events and sentence.says(j):
                break  # an act was announced; what opens behind is the next speaker's
        return i

    def _speaker_span(self, sentence: Sentence, i: int, last: int) -> tuple[int, int] | None:
        """The noun phrase at ``i`` that can speak, as far as the word that opens the speech."""
        if i >= last:
            return None
        skip = i
        while skip < last and sentence.word(skip) in self._sets["titles"] and skip < i + 4:
            skip += 1
        opener = sentence.mention_at(skip) or sentence.mention_at(i)
        if opener is None and sentence.word(i) not in self._sets["speaker_nouns"]:
            return None
        if opener is not None and (opener.prep_governed() or opener.figure == _DEAD):
            return None
        end = opener.last if opener else i + 1
        while end < min(last, i + 16) and self._goes_on(sentence, end):
            inner = sentence.mention_at(end)
            end = inner.last if inner else end + 1
        return i, end

    def _goes_on(self, sentence: Sentence, i: int) -> bool:
        word = sentence.word(i)
        if word in '.:\u060c,\u201c\u00ab"' or sentence.isin(i, "complementisers"):
            return False
        ends = ("relatives", "speech_ends", "number_of")
        if sentence.verb(i) or any(sentence.isin(i, name) for name in ends):
            return False
        if word == _IN and sentence.isin(i + 1, "utterances"):
            return False
        if sentence.mention_at(i) is None and (i in sentence.events or self._is_told(sentence, i)):
            return False
        return not any(t.first <= i < t.last for t in sentence.times)

    def _is_told(self, sentence: Sentence, i: int) -> bool:
        """Whether the word is a verbal noun with "of", as behind "he reported"."""
        return any(a.form.pos == "masdar" and _BEH in a.before for a in sentence.analyses(i))

    def _before(self, sentence: Sentence, i: int, first: int) -> tuple[int, int] | None:
        for mention in reversed(sentence.mentions):
            if (
                first <= mention.first
                and mention.last <= i <= mention.last + 2
                and (
                    (
                        mention.kind == "actor"
                        and not mention.prep_governed()
                        and sentence.verb(mention.first - 1) is None
                    )
                    or _state_had(sentence, mention)
                )
            ):
                return mention.first, mention.last
        return None

    def _documenting(self, sentence: Sentence, i: int, context: Context) -> Attribution | None:
        span = self._documented(sentence, i)
        if span is None:
            return None
        speaker = self._speaker(sentence, span, i, context)
        return Attribution(speaker, i + 1, sentence.last, i, span)

    # ------------------------------------------------------------ according to

    def _according(self, sentence: Sentence, i: int, context: Context) -> Attribution | None:
        length = self._according_at(sentence, i)
        if not length:
            return None
        span = self._after_according(sentence, i + length)
        if span is None:
            return None
        speaker = self._speaker(sentence, span, i, context)
        return Attribution(speaker, sentence.first, sentence.last, i, span)

    def _according_at(self, sentence: Sentence, i: int) -> int:
        """How many tokens of "according to" stand at ``i``."""
        for words in self._openings.get(sentence.bare(i), ()):
            if all(sentence.bare(i + n) == word for n, word in enumerate(words)):
                return len(words)
        return 0

    def _after_according(self, sentence: Sentence, i: int) -> tuple[int, int] | None:
        while i < sentence.last and sentence.word(i) in self._sets["according_links"]:
            i += 1
        if i >= sentence.last:
            return None
        mention = sentence.mention_at(i)
        if mention is None:
            word = sentence.word(i)
            stem = word[1:] if word[:1] == LAM else word
            if stem not in self._sets["speaker_nouns"]:
                return None
        end = mention.last if mention else i + 1
        while end < min(sentence.last, i + 12) and self._goes_on(sentence, end):
            inner = sentence.mention_at(end)
            end = inner.last if inner else end + 1
        return i, end

    # ------------------------------------------------------------ who it is

    def _speaker(
        self, sentence: Sentence, span: tuple[int, int], at: int, context: Context
    ) -> Speaker:
        inside = [m for m in sentence.mentions if span[0] <= m.first < span[1] and m.ids]
        ident = self._specific(inside) or self._noun_id(sentence, span)
        ident = self._lexicon.core(ident) if ident else None
        tokens = sentence.tokens
        raw = tokens.raw(*span)
        start = tokens.start[span[0]]
        known = context.speakers.get() if not inside and self._is_back(sentence, span) else None
        if known is not None:
            return Speaker(known[0], known[1] or ident, self._trace(sentence, at))
        cut = len(raw) - len(raw.lstrip(LAM + "\u0628")) if raw[:1] == LAM else 0
        trace = Trace("speech", sentence_rule(sentence, at), start, tokens.end[span[1] - 1])
        return Speaker(raw[cut:].strip(' \u201d\u201c"\u00ab\u00bb'), ident, trace)

    def _specific(self, inside: list[Mention]) -> str | None:
        ids = [m.ids[0] for m in inside if m.kind == "actor" or m.role in ("state", "capital")]
        for ident in ids:
            if ident not in ("officials", "other", "media"):
                return ident
        return ids[0] if ids else None

    def _noun_id(self, sentence: Sentence, span: tuple[int, int]) -> str | None:
        for i in range(*span):
            word = sentence.bare(i)
            for name, ident in _NOUN_IDS:
                if word in self._sets[name]:
                    return ident
        return None

    def _is_back(self, sentence: Sentence, span: tuple[int, int]) -> bool:
        """Whether the phrase is only a definite noun: the source, the official, the statement."""
        return span[1] - span[0] == 1 and sentence.word(span[0]) in self._sets["speaker_backs"]

    def _trace(self, sentence: Sentence, i: int) -> Trace:
        tokens = sentence.tokens
        return Trace("speech", sentence_rule(sentence, i), tokens.start[i], tokens.end[i])


_NOUN_IDS = (
    ("media_nouns", "media"),
    ("witness_nouns", "residents"),
    ("expert_nouns", "analysts"),
    ("speaker_nouns", "officials"),
)


def sentence_rule(sentence: Sentence, i: int) -> str:
    """Where the word that made an attribution is known."""
    saying = any(a.form.lemma in sentence.sets["say_lemmas"] for a in sentence.analyses(i))
    return sentence.sets["say_lemmas" if saying else "according"].where


def _state_had(sentence: Sentence, mention: Mention) -> bool:
    """Whether a country or capital stands behind "had" as its subject: Damascus had denied."""
    had = sentence.isin(mention.first - 1, "pluperfect")
    return had and mention.kind == "place" and mention.role in ("state", "capital")
