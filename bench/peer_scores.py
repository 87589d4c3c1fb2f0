"""Scoring of bench/peers.py: what of the gold collections a tool finds, and what of it is right."""

from __future__ import annotations

import csv
import importlib.util
import json
import operator
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article

SHARED = Path(__file__).resolve().parents[2] / "shared"
GSR = {"ASSAULT": "assault", "PROTEST": "protest"}
OCCURRED = ("occurred", "ongoing")
FOLDS = 5
DAY = timedelta(days=1)

#: One way to read a text: it takes an article and returns what it found there.
Read = Callable[[Article], Any]


class Tally(NamedTuple):
    """Of what was wanted how much was found, and of what was said how much was right."""

    found: int = 0
    wanted: int = 0
    right: int = 0
    said: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        recall = self.found / self.wanted if self.wanted else 0.0
        precision = self.right / self.said if self.said else 0.0
        return f"{recall:.0%} found, {precision:.0%} of what it says right"


def tally(
    wanted: Sequence[Sequence[Any]],
    allowed: Sequence[Any],
    said: Iterable[Any],
    fits: Callable[[Any, Any], bool],
) -> Tally:
    """Each thing wanted is a list of what will do for it; ``allowed`` is what is not wrong."""
    said = list(said)
    found = sum(any(fits(one, it) for one in ways for it in said) for ways in wanted)
    right = sum(any(fits(one, it) for one in allowed) for it in said)
    return Tally(found, len(wanted), right, len(said))


def f1(gold: Sequence[bool], said: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(gold, said, strict=True))
    return 2 * both / (sum(gold) + sum(said)) if both else 0.0


def day_fits(days: Sequence[str], day: date) -> bool:
    """Whether ``day`` lies in an interval of days, or next to it."""
    first, last = map(date.fromisoformat, days)
    return first - DAY <= day <= last + DAY


def whole(spans: Iterable[Sequence[int]], pieces: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many of ``spans`` lie within one piece of the text each, and how many there are."""
    cut = [any(a <= first and last <= b for a, b in pieces) for first, last in spans]
    return sum(cut), len(cut)


def fold_of(sentence_id: str) -> int:
    """The sentences of one article share their fold."""
    return zlib.crc32(sentence_id.rsplit("-", 1)[0].encode()) % FOLDS


def learn(
    texts: Sequence[frozenset[str]], gold: Sequence[bool], triggers: Iterable[str]
) -> frozenset[str]:
    """The triggers whose presence tells the event best: the share of events among the sentences
    that hold one (and one more, as a rare word proves little) must reach a limit, which is set
    where F1 on these sentences is highest."""
    kept = set(triggers)
    seen = Counter(word for words in texts for word in words & kept)
    hit = Counter(
        word for words, yes in zip(texts, gold, strict=True) if yes for word in words & kept
    )
    lists = [
        frozenset(word for word in hit if hit[word] / (seen[word] + 1) >= limit / 20)
        for limit in range(1, 20)
    ]
    return max(lists, key=lambda words: f1(gold, [bool(one & words) for one in texts]))


class Gold:
    """The gold collections, and the scorer's own ideas of what is the same."""

    def __init__(self) -> None:
        self.scorer = load(SHARED / "gold" / "score.py")
        self.records: dict[str, dict[str, Any]] = {}
        for path in sorted((SHARED / "gold").glob("*/*.json")):
            row = json.loads(path.read_text("utf-8"))
            self.records[Path(row["doc"]).stem] = row
        sources = [str(SHARED / "seeds"), str(SHARED / "gold" / "news.jsonl")]
        self.articles = {
            Path(one.doc).stem: one
            for one in read_articles(sources, IssueLog())
            if Path(one.doc).stem in self.records
        }

    def answers(self, read: Read) -> dict[str, Any]:
        return {stem: read(article) for stem, article in self.articles.items()}

    def day(self, article: Article) -> date | None:
        """The day from which an article counts, as the annotator has it."""
        record = self.records.get(Path(article.doc).stem)
        return date.fromisoformat(record["reference_date"][0]) if record else None

    def _over(self, answers: dict[str, Any], one: Callable[[list[Any], Any], Tally]) -> Tally:
        total = Tally()
        for stem, answer in answers.items():
            total = total.plus(one(self.records[stem]["reports"], answer))
        return total

    def times(self, answers: dict[str, set[date]]) -> Tally:
        total = Tally()
        for stem, days in answers.items():
            record = self.records[stem]
            told = [one for one in record["reports"] if one["time"]]
            wanted = {tuple(one["time"]) for one in told if not one.get("optional")}
            allowed = [one["time"] for one in told] + [record["reference_date"]]
            allowed += [t for one in record["reports"] for t in one.get("time_also", []) if t]
            total = total.plus(tally([[t] for t in wanted], allowed, days, day_fits))
        return total

    def places(self, answers: dict[str, list[dict[str, Any]]]) -> Tally:
        bare, same = self.scorer.bare, self.scorer.same_place

        def one(reports: list[Any], said: list[dict[str, Any]]) -> Tally:
            firm = [p for r in reports if not r.get("optional") for p in r["place"]]
            wanted = {bare(p["name"]): p for p in firm}.values()
            sets = [s for r in reports for s in [r["place"], *r.get("place_also", [])]]
            allowed = [place for some in sets for place in some]
            different = {bare(p["name"]): p for p in said}.values()
            return tally([[p] for p in wanted], allowed, different, same)

        return self._over(answers, one)

    def figures(self, read: Read) -> Tally:
        """Numbers read from the words of each figure that has one number."""
        total = Tally()
        for record in self.records.values():
            for figure in (f for r in record["reports"] for f in r["figures"]):
                bounds = {b for b in (figure["low"], figure["high"]) if b is not None}
                if len(bounds) == 1 and figure.get("stated"):
                    said = read(Article("figure", figure["stated"]))
                    total = total.plus(tally([list(bounds)], list(bounds), said, operator.eq))
        return total

    def pieces(self, answers: dict[str, list[tuple[int, int]]]) -> str:
        kept = [
            whole((s for r in self.records[stem]["reports"] for s in r["evidence"]), pieces)
            for stem, pieces in answers.items()
        ]
        share = sum(a for a, _ in kept) / sum(b for _, b in kept)
        words = sum(len(one.text.split()) for one in self.articles.values())
        each = words / sum(map(len, answers.values()))
        return f"{share:.0%} of evidence uncut, {each:.0f} words a sentence"

    def detection(self, answers: dict[str, list[dict[str, Any]]]) -> str:
        preds = {stem: {"reports": reports} for stem, reports in answers.items()}
        result, _ = self.scorer.score(list(self.records.values()), preds)
        return "F1 {f1:.2f} (P {p:.2f}, R {r:.2f})".format(**result["detection"])


class Sentences:
    """The public gold-standard sentences of one event."""

    def __init__(self, event: str) -> None:
        stem = SHARED / "gsr" / GSR[event]
        with Path(f"{stem}_sentences.csv").open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["label"] != "ambiguous"]
        self.event = event
        self.articles = [Article(row["id"], row["text"]) for row in rows]
        self.gold = [row["label"] == "yes" for row in rows]
        self.folds = [fold_of(row["id"]) for row in rows]
        self.verbs: dict[str, set[str]] = defaultdict(set)
        for row in json.loads(Path(f"{stem}_spans.json").read_text("utf-8")):
            self.verbs[row["text"]] |= {w for s in row["spans"] for w in s.get("verb", [])}

    def held_out(self, code: Callable[[list[int], list[int]], Iterable[bool]]) -> float:
        """F1 of a coder that is given the sentences to learn from and those to judge."""
        said = [False] * len(self.gold)
        for part in range(FOLDS):
            test = [i for i, own in enumerate(self.folds) if own == part]
            train = [i for i, own in enumerate(self.folds) if own != part]
            for i, answer in zip(test, code(train, test), strict=True):
                said[i] = answer
        return f1(self.gold, said)

    def keywords(self, read: Read) -> float:
        """A list of trigger words: those that people marked in the sentences learned from."""
        texts = [frozenset(read(one)) for one in self.articles]

        def code(train: list[int], test: list[int]) -> list[bool]:
            marked = {word for i in train for word in self.verbs[self.articles[i].text]}
            triggers = read(Article("triggers", " ".join(sorted(marked))))
            words = learn([texts[i] for i in train], [self.gold[i] for i in train], triggers)
            return [bool(texts[i] & words) for i in test]

        return self.held_out(code)

    def learned(self, make: Callable[[], Any]) -> float:
        """A classifier of texts."""

        def code(train: list[int], test: list[int]) -> list[bool]:
            model = make().fit(
                [self.articles[i].text for i in train], [self.gold[i] for i in train]
            )
            return [bool(one) for one in model.predict([self.articles[i].text for i in test])]

        return self.held_out(code)

    def reported(self, read: Read) -> float:
        """Reports of a fitting type that occurred, as the collection's own scorer asks."""
        types = load(SHARED / "gsr" / "score_gsr.py").TYPES[self.event]
        said = [
            any(r["type"] in types and r["status"] in OCCURRED for r in read(one))
            for one in self.articles
        ]
        return f1(self.gold, said)


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
