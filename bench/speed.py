#!/usr/bin/env python3
"""How fast the reader is, stage by stage and beside other tools on the same text in the same run.

    speed.py [--articles N]

Needs ../shared/news. The other tools do far less than Sijill: simplemma gives each word its lemma
(remembering words as ever, and without: a memory's speed tells more of the texts than of the tool),
dateparser looks for dates only, pyahocorasick only finds the names (the ceiling for any reader).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from unittest import mock

from sijill.compiled import compiled
from sijill.ingest.dating import find_reference
from sijill.ingest.language import other_language
from sijill.ingest.outlet import find_outlet
from sijill.lexicon.entries import load_places
from sijill.lexicon.names import NameIndex
from sijill.lexicon.tables import knowledge_dir
from sijill.model import Article, Reference
from sijill.pipeline import Pipeline
from sijill.text.fold import fold
from sijill.text.tokens import Tokens, sentences, tokenise

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEWS = SHARED / "news" / "articles.jsonl.gz"
WAR = SHARED / "gold" / "news.jsonl"

#: dateparser is slow: it gets one article in so many.
DATEPARSER_SHARE = 30
#: So is simplemma without its memory of words.
AFRESH_SHARE = 10


def news(count: int) -> list[Article]:
    """``count`` articles spread evenly over the collection, those without Arabic text left out."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in islice(stream, 0, None, max(1, 30_000 // count))]
    articles = [article(row) for row in rows]
    return [one for one in articles if other_language(one.text) is None][:count]


def article(row: dict[str, str]) -> Article:
    """One line of a collection."""
    published = row.get("published") or row.get("stamp") or ""
    return Article(row["doc"], row["text"], row["title"], published, row["outlet"], row["url"])


def timed(work: Callable[[], object]) -> float:
    """Processor seconds that ``work`` takes: other programs on the machine count for nothing."""
    start = time.process_time()
    work()
    return time.process_time() - start


def words_in(articles: Sequence[Article]) -> int:
    return sum(len(one.text.split()) for one in articles)


def stages(articles: Sequence[Article], pipeline: Pipeline) -> dict[str, float]:
    """Seconds in each stage, each run over all articles, the knowledge loaded before."""
    tokens: list[Tokens] = []
    references: list[Reference] = []
    cells: list[tuple[Article, Tokens]] = []

    def tokenise_all() -> None:
        tokens.extend(tokenise(one.text) for one in articles)
        cells.extend(zip(articles, tokens, strict=True))

    def date_all() -> None:
        references.extend(find_reference(*cell, pipeline.dating)[0] for cell in cells)

    def extract_all() -> None:
        for cell, reference in zip(cells, references, strict=True):
            pipeline.extractor.extract(*cell, reference)

    return {
        "tokenise": timed(tokenise_all),
        "sentences": timed(lambda: [sentences(one) for one in tokens]),
        "reference date": timed(date_all),
        "outlet": timed(lambda: [find_outlet(*cell, pipeline.outlets) for cell in cells]),
        "extract reports": timed(extract_all),
    }


#: Parts of the extractor, by the attribute or the function of its module that does them; "places"
#: is a part of "mentions", and of that the only one that is held to a share of the whole.
PARTS = {
    "theatre": "_countries.read",
    "mentions": "_mentions.read",
    "places": "_mentions._places.read",
    "numbers": "find_numbers",
    "times": "find_times",
    "candidates": "_triggers.candidates",
    "triggers": "_triggers.find",
    "speech": "_speech.read",
    "figures": "read_figures",
    "drafts": "_drafter.drafts",
    "merge": "_merger.merge",
}
WHOLE = "all of it"
#: What places may take: of the extractor's time, and in seconds to load.
MOST_OF_EXTRACTOR, MOST_TO_LOAD = 0.25, 0.3


def parts(articles: Sequence[Article], pipeline: Pipeline) -> dict[str, float]:
    """Seconds in each part of the extractor, timed call by call in one more pass."""
    spent = dict.fromkeys([*PARTS, WHOLE], 0.0)
    with contextlib.ExitStack() as watches:
        for part, name in PARTS.items():
            owner = _owner(pipeline.extractor, name)
            if owner is not None:
                watches.enter_context(_watched(owner, name.split(".")[-1], part, spent))
        watches.enter_context(_watched(pipeline.extractor, "extract", WHOLE, spent))
        for one in articles:
            pipeline.read(one)
    return {part: seconds for part, seconds in spent.items() if seconds}


def places_loaded() -> float:
    """Seconds to load and check the tables of places: the quickest of five times."""
    folder = knowledge_dir()
    return min(timed(lambda: load_places(folder, NameIndex(), [])) for _ in range(5))


def _owner(extractor: object, name: str) -> object | None:
    """The part of the extractor, or else its module, that a name belongs to."""
    *homes, function = name.split(".")
    owner = extractor if homes else sys.modules[type(extractor).__module__]
    for home in homes:
        owner = getattr(owner, home, None)
    return owner if hasattr(owner, function) else None


@contextlib.contextmanager
def _watched(owner: object, name: str, part: str, spent: dict[str, float]) -> Iterator[None]:
    """Count the seconds that a function takes while the context lasts, once where it nests."""
    work, running = getattr(owner, name), False

    def watch(*given: object, **named: object) -> object:
        nonlocal running
        if running:
            return work(*given, **named)
        running, start = True, time.process_time()
        try:
            return work(*given, **named)
        finally:
            running = False
            spent[part] += time.process_time() - start

    with mock.patch.object(owner, name, watch):
        yield


def others(articles: Sequence[Article]) -> dict[str, tuple[int, float]]:
    """Words read and seconds taken by other tools."""
    few, many = articles[::DATEPARSER_SHARE], articles[::AFRESH_SHARE]
    return {
        "simplemma, each word, words remembered": (words_in(articles), _simplemma(articles)),
        "simplemma, each word, no word remembered": (words_in(many), _simplemma_afresh(many)),
        "dateparser, dates only": (words_in(few), _dateparser(few)),
        "pyahocorasick, names only": (words_in(articles), _ahocorasick(articles)),
    }


def _simplemma(articles: Sequence[Article]) -> float:
    """Its own way to read a text, which looks up each different word once."""
    import simplemma

    simplemma.text_lemmatizer("x", lang="ar")
    return timed(lambda: [simplemma.text_lemmatizer(one.text, lang="ar") for one in articles])


def _simplemma_afresh(articles: Sequence[Article]) -> float:
    """The work itself: a memory of words makes any run as fast as its share of new words."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    lemmatizer = Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy())
    lemmatizer.lemmatize("x", lang="ar")
    word = re.compile(r"\w+")
    return timed(
        lambda: [
            lemmatizer.lemmatize(found, lang="ar")
            for one in articles
            for found in word.findall(one.text)
        ]
    )


def _dateparser(articles: Sequence[Article]) -> float:
    from dateparser.search import search_dates

    search_dates("2017", languages=["ar"])
    return timed(lambda: [search_dates(one.text, languages=["ar"]) for one in articles])


def _ahocorasick(articles: Sequence[Article]) -> float:
    import ahocorasick

    machine = ahocorasick.Automaton()
    for name in names():
        machine.add_word(name, len(name))
    machine.make_automaton()
    return timed(lambda: [sum(1 for _ in machine.iter(fold(one.text))) for one in articles])


def names() -> set[str]:
    """Every name of the lexicon, folded."""
    found = set()
    for path in [*knowledge_dir().glob("*.tsv"), *knowledge_dir().glob("places/*.tsv")]:
        header, *lines = path.read_text("utf-8").splitlines()
        columns = [
            i for i, name in enumerate(header.split("\t")) if "name" in name or "alias" in name
        ]
        for line in lines:
            cells = line.split("\t")
            found |= {
                fold(name).strip()
                for i in columns
                if i < len(cells)
                for name in cells[i].split("|")
            }
    return {name for name in found if len(name) > 2}


def show(title: str, articles: Sequence[Article], spent: dict[str, float]) -> float:
    """Print one collection's stages; words a second of the whole."""
    words, total = words_in(articles), sum(spent.values())
    print(f"\n{title}: {len(articles):,} articles, {words:,} words")
    for stage, seconds in spent.items():
        each = seconds / len(articles) * 1e6
        print(f"  {stage:<32}{each:>10,.0f} us an article{seconds / total:>8.0%}")
    print(f"  {'all':<32}{total / len(articles) * 1e6:>10,.0f} us an article")
    print(f"  {'words a second':<32}{words / total:>10,.0f}")
    return words / total


def show_parts(articles: Sequence[Article], spent: dict[str, float]) -> None:
    """Print what the extractor spends its time on."""
    print("\ninside the extractor, on the news of all kinds")
    for part, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {part:<32}{seconds / len(articles) * 1e6:>10,.0f} us an article")
    taken = spent["places"] / spent[WHOLE]
    print(f"  places take {taken:.0%} of it (to stay below {MOST_OF_EXTRACTOR:.0%})")


def peak_memory(count: int) -> tuple[float, float]:
    """Megabytes after loading the knowledge, and at the peak of reading, in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, "--memory", str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, peak = done.stdout.split()
    return float(loaded), float(peak)


def print_memory(count: int) -> None:
    """What :func:`peak_memory` runs: a stream of articles, none of them kept."""
    pipeline = Pipeline()
    pipeline.read(Article("warm", "x"))
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
        for line in islice(stream, count):
            pipeline.read(article(json.loads(line)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(loaded / 1024, peak / 1024)


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--articles", type=int, default=3000)
    ask.add_argument("--memory", type=int, help=argparse.SUPPRESS)
    args = ask.parse_args()
    if not NEWS.exists():
        print(f"speed not measured: no articles in {NEWS.parent}")
        return
    if args.memory:
        print_memory(args.memory)
        return
    seconds = places_loaded()
    print(f"places loaded and checked in {seconds:.2f} s (to stay below {MOST_TO_LOAD} s)")
    pipeline = Pipeline()
    print(f"knowledge loaded in {timed(pipeline.settle):.2f} s")
    articles = news(args.articles)
    rate = show("news of all kinds", articles, stages(articles, pipeline))
    with WAR.open(encoding="utf-8") as stream:
        war = [article(json.loads(line)) for line in stream]
    show("war news", war, stages(war, pipeline))
    if modules := compiled().modules:
        print(f"\nits parts are not timed: {modules} modules are compiled (plain: make pure)")
    else:
        show_parts(articles, parts(articles, pipeline))
    print(f"\n{'beside it, on the news of all kinds':<42}{'words/s':>12}{'Sijill is':>12}")
    for tool, (words, seconds) in others(articles).items():
        print(f"  {tool:<40}{words / seconds:>12,.0f}{rate * seconds / words:>11.2f}x")
    loaded, peak = peak_memory(args.articles)
    print(f"\nmemory: {loaded:.0f} MB with the knowledge, {peak:.0f} MB at the peak of reading")


if __name__ == "__main__":
    main()
