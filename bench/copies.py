#!/usr/bin/env python3
"""How many planted copies are found in 10,000 articles, how fast, and which families come of it.

    copies.py [--articles N] [--each N] [--show N] [--seed N]

Needs ../shared/news. Articles of consecutive days are taken, so that the copies of real life are
among them. ``--each`` says how many copies of each kind are planted; each is an article changed by
a seeded script. ``--show`` prints that many of the families that nobody planted, for people to
judge: what the bench cannot know by itself is whether those are copies.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sijill.link.copies import compare_texts
from sijill.link.copy_bands import CROWDED, signature, standing_bands
from sijill.link.copy_families import families
from sijill.link.copy_text import CopyText, prepare
from sijill.testimony import CopyLink

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "articles.jsonl.gz"

#: Nine days of newspapers from here on; the rest of the articles is the radio station's.
FIRST, NEWSPAPERS = 8_000, 0.85
#: A copy is made of articles of at least so many words, an excerpt of longer ones.
LEAST, LEAST_EXCERPT = 50, 90

#: So many articles of this outlet get one more paragraph, the same for all.
STANDING, STANDING_OUTLET = 40, "alriyadh"
#: So many of each kind of planted copy must be found.
BAR = 0.95

MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
SPELLINGS = (
    ("\u0623", "\u0627"),
    ("\u0625", "\u0627"),
    ("\u0629 ", "\u0647 "),
    ("\u064a ", "\u0649 "),
    ("\u0624", "\u0648\u0621"),
)
EASTERN = str.maketrans(
    "0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
)
SENTENCE = re.compile(r"[^.!?\u061f\n]+[.!?\u061f\n]*")
NUMBER = re.compile(r"\d+")


class Plant(NamedTuple):
    """A planted copy: its id, the kind of change, the article it was made from."""

    doc: str
    kind: str
    source: str


class News(NamedTuple):
    """What the changes draw on: chance, other articles, and words to put in."""

    chance: random.Random
    others: list[str]
    words: list[str]

    def other(self) -> str:
        return self.chance.choice(self.others)


def split(text: str) -> tuple[str, list[str]]:
    """The headline and the sentences of the body, each with what ends it."""
    head, _, body = text.partition("\n")
    return head, SENTENCE.findall(body)


def edited(text: str, news: News, share: float = 0.1) -> str:
    """One word in ten is another word."""
    change = news.chance.random
    return re.sub(
        r"\w+", lambda w: news.chance.choice(news.words) if change() < share else w[0], text
    )


def dropped_added(text: str, news: News) -> str:
    """A quarter of the sentences gone, two foreign ones put in."""
    head, body = split(text)
    kept = [one for one in body if news.chance.random() > 0.25] or body
    for one in news.chance.sample(split(news.other())[1], 2):
        kept.insert(news.chance.randrange(len(kept) + 1), one.strip() + ". ")
    return head + "\n" + "".join(kept)


def renumbered(text: str, news: News) -> str:
    """Every number is another number."""
    return NUMBER.sub(lambda found: str(int(found[0]) + news.chance.randint(1, 90)), text)


def reheaded(text: str, news: News) -> str:
    """Another headline, a dateline before the text."""
    dateline = news.other().split()[0]
    return f"{split(news.other())[0]}\n\n{dateline} - {''.join(split(text)[1]).strip()}"


def respelled(text: str, news: News) -> str:
    """Marks, hamzas, endings and digits written otherwise; paragraphs run together."""
    for one, other in SPELLINGS:
        text = text.replace(one, other)
    some = news.chance.random
    text = "".join(
        c + news.chance.choice(MARKS) if c.isalpha() and some() < 0.15 else c for c in text
    )
    head, _, body = text.partition("\n")
    return head + "\n" + " ".join(body.split()).translate(EASTERN)


def mixed(text: str, news: News) -> str:
    """A little of everything."""
    for change in (renumbered, respelled, reheaded):
        text = change(text, news)
    return edited(text, news, 0.05)


def lead(text: str, news: News) -> str:
    """The lead, of at least 30 words, under another headline; then another article."""
    taken, count = [], 0
    for one in split(text)[1]:
        taken.append(one)
        count += len(one.split())
        if count >= 30:
            break
    head, rest = split(news.other())
    return head + "\n\n" + "".join(taken).strip() + "\n" + "".join(rest)


def inside(text: str, news: News) -> str:
    """A stretch of 40 words or more from the middle, put into the middle of another article."""
    body = split(text)[1]
    start = news.chance.randrange(max(1, len(body) // 2))
    taken: list[str] = []
    while start < len(body) and sum(len(one.split()) for one in taken) < 40:
        taken.append(body[start])
        start += 1
    head, rest = split(news.other())
    middle = len(rest) // 2
    return head + "\n\n" + "".join([*rest[:middle], "\n", *taken, "\n", *rest[middle:]])


def edited_lead(text: str, news: News) -> str:
    """The lead as above, one word in twenty another."""
    return edited(lead(text, news), news, 0.05)


CHANGES: dict[str, Callable[[str, News], str]] = {
    "words": edited,
    "sentences": dropped_added,
    "numbers": renumbered,
    "headline": reheaded,
    "spelling": respelled,
    "mixed": mixed,
    "lead": lead,
    "inside": inside,
    "edited lead": edited_lead,
}
EXCERPTS = {"lead", "inside", "edited lead"}


def articles(count: int) -> list[dict[str, str]]:
    """``count`` articles: newspapers of consecutive days, then the radio station."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    papers = [row for row in rows if row["doc"].startswith("snn")][FIRST:]
    radio = [row for row in rows if row["doc"].startswith("ant")]
    some = int(count * NEWSPAPERS)
    return papers[:some] + radio[: count - some]


def plant(rows: list[dict[str, str]], each: int, seed: int) -> tuple[list[Plant], dict[str, str]]:
    """Planted copies and their texts."""
    chance = random.Random(seed)
    texts = [row["text"] for row in rows]
    fit = [text for text in texts if len(split(text)[1]) >= 3 and len(text.split()) >= 60]
    news = News(chance, fit, chance.sample([w for text in fit[:500] for w in text.split()], 5_000))
    plants, made = [], {}
    for kind, change in CHANGES.items():
        least = LEAST_EXCERPT if kind in EXCERPTS else LEAST
        able = [
            r for r in rows if len(r["text"].split()) >= least and len(split(r["text"])[1]) >= 3
        ]
        if kind == "numbers":
            able = [r for r in able if len(NUMBER.findall(r["text"])) >= 3]
        for n, row in enumerate(chance.sample(able, each)):
            doc = f"planted-{kind}-{n}"
            plants.append(Plant(doc, kind, row["doc"]))
            made[doc] = change(row["text"], news)
    return plants, made


def candidates(bands: dict[str, tuple[int, ...]]) -> tuple[set[tuple[str, str]], int]:
    """Pairs of documents that share a band, as a store would find them; and the crowded bands."""
    having: defaultdict[int, list[str]] = defaultdict(list)
    for doc in sorted(bands):
        for band in bands[doc]:
            having[band].append(doc)
    crowded = sum(len(docs) > CROWDED for docs in having.values())
    few = (docs for docs in having.values() if len(docs) <= CROWDED)
    return {pair for docs in few for pair in combinations(docs, 2)}, crowded


def stand(rows: list[dict[str, str]], seed: int) -> set[str]:
    """Put one paragraph under some articles of one outlet; which ones."""
    chance = random.Random(seed)
    ours = [row for row in rows if row["outlet"] == STANDING_OUTLET]
    appeal = " ".join(chance.sample([word for row in ours for word in row["text"].split()], 40))
    chosen = chance.sample(ours, min(STANDING, len(ours)))
    for row in chosen:
        row["text"] += "\n" + appeal
    return {row["doc"] for row in chosen}


class Found(NamedTuple):
    """What came of one run."""

    texts: dict[str, CopyText]
    links: list[CopyLink]
    family: dict[str, str]


def run(rows: list[dict[str, str]], made: dict[str, str]) -> Found:
    """Find every copy, and print what it took."""
    texts = {row["doc"]: row["text"] for row in rows} | made
    outlet = {row["doc"]: row["outlet"] for row in rows}
    clock = time.process_time()
    ready = {doc: prepare(doc, text) for doc, text in texts.items()}
    bands = {doc: signature(text).all for doc, text in ready.items()}
    each = (time.process_time() - clock) / len(texts)
    pairs, crowded = candidates(bands)
    standing = standing_bands((b, outlet.get(doc, ""), doc) for doc in bands for b in bands[doc])
    clock = time.process_time()
    compared = (
        compare_texts(ready[a], ready[b], standing.intersection(bands[a], bands[b]))
        for a, b in sorted(pairs)
    )
    links = [one for one in compared if one]
    compare = (time.process_time() - clock) / len(texts)
    clock = time.process_time()
    family = families(links)
    joined = time.process_time() - clock
    count = sum(map(len, bands.values())) / len(bands)
    print(f"{len(texts):,} articles, {count:.1f} bands each; {crowded} bands crowded")
    print(f"{len(standing)} bands standing")
    some, linked = len(pairs) / len(texts), len(links) / max(1, len(pairs))
    print(f"{some:.2f} candidates an article, {linked:.0%} of them linked")
    print(f"ms an article: {each * 1e3:.2f} to prepare and sign, {compare * 1e3:.2f} to compare")
    print(f"families: {joined:.2f} s; peak memory {peak():.0f} MB, all texts and bands held")
    return Found(ready, links, family)


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(plants: list[Plant], found: Found) -> bool:
    """Print the share found by kind; whether the bar is reached."""
    kinds = {(link.a, link.b): link.kind for link in found.links}
    print(f"{'planted':12} {'n':>4} {'found':>6} {'family':>6}  as")
    reached = True
    for kind in CHANGES:
        some = [one for one in plants if one.kind == kind]
        hits = [kinds.get((min(p.doc, p.source), max(p.doc, p.source))) for p in some]
        one = [found.family.get(p.doc) == found.family.get(p.source, p.source) for p in some]
        share, joined = sum(map(bool, hits)) / len(some), sum(one) / len(some)
        reached &= share >= BAR
        counts = dict(Counter(filter(None, hits)))
        print(f"{kind:12} {len(some):4} {share:6.1%} {joined:6.1%}  {counts}")
    return reached


def real(rows: list[dict[str, str]], found: Found) -> list[list[str]]:
    """The families of two or more articles that nobody planted."""
    known = {row["doc"] for row in rows}
    links = [one for one in found.links if one.a in known and one.b in known]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for doc, family in families(links).items():
        groups[family].append(doc)
    return [sorted(group) for _, group in sorted(groups.items()) if len(group) > 1]


def show(rows: list[dict[str, str]], found: Found, count: int, seed: int) -> Iterator[str]:
    """Families to judge by hand, each member with its outlet, length and first words."""
    by_doc = {row["doc"]: row for row in rows}
    groups = real(rows, found)
    for group in random.Random(seed).sample(groups, min(count, len(groups))):
        yield f"--- {len(group)} articles"
        for doc in group:
            row = by_doc[doc]
            words = " ".join(row["text"].split()[:45])
            yield f"{doc} {row['outlet']} {len(found.texts[doc].words)} words: {words}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=150)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    if not NEWS.exists():
        print(f"{NEWS} is not here: nothing to measure")
        return 0
    rows = articles(wanted.articles)
    plants, made = plant(rows, wanted.each, wanted.seed)
    chosen = stand(rows, wanted.seed)
    found = run(rows, made)
    reached = report(plants, found)
    among = sum(one.a in chosen and one.b in chosen for one in found.links)
    print(f"{len(chosen)} articles of {STANDING_OUTLET} with one more paragraph: {among} links")
    sizes = Counter(map(len, real(rows, found)))
    print(f"families nobody planted: {sum(sizes.values())}, by size {dict(sorted(sizes.items()))}")
    for line in show(rows, found, wanted.show, wanted.seed):
        print(line)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
