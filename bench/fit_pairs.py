"""Fit the weights of ``knowledge/pair_weights.tsv`` on pairs of reports that people judged.

    python bench/fit_pairs.py [--shared ../shared] [--write]

Logistic regression held to the column ``start`` (a ridge around it, not around nought): the judged
pairs are some hundreds, and a feature that few of them have must not be thrown about by them.
What has ``yes`` in the column ``fixed`` stays at its start.
Prints precision, recall and F1 of pairs with each group left out in turn.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import minimize
from testimonies import read_docs

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir
from sijill.link.pairs import Comparer
from sijill.testimony import Testimony

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "bench" / "event_pairs.tsv"
WEIGHTS = knowledge_dir() / "pair_weights.tsv"
#: How strongly a weight is held to its start: as if so many judged pairs spoke for it.
HOLD = 2.0
#: The judged news pairs of one place weigh as much as so many: one great battle is not the world.
MOST_OF_ONE = 6
#: A pair of stories of one event weighs as much as so many others: there are few, of many events.
STORY_WEIGHT = 2
#: A first piece of evidence that begins so many characters further still is the one judged.
DRIFT = 40


class Judged(msgspec.Struct, frozen=True):
    """A pair that a person judged; ``group`` is the event or place it is about."""

    a: Testimony
    b: Testimony
    same: bool
    group: str


def read_tsv(path: Path) -> list[dict[str, str]]:
    """The rows of a table of the bench."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(kept, delimiter="\t"))


def read_judged(testimonies: Iterable[Testimony]) -> tuple[list[Judged], int]:
    """The judged pairs whose reports are still read, and how many are not."""
    by_doc: dict[str, list[Testimony]] = {}
    for one in testimonies:
        by_doc.setdefault(one.doc, []).append(one)
    found, lost = [], 0
    for row in read_tsv(LABELS):
        a, b = (_report(row[side], by_doc) for side in "ab")
        if a is None or b is None or a is b:
            lost += 1
        else:
            found.append(Judged(a, b, row["same"] == "1", row["group"]))
    return found, lost


def _report(name: str, by_doc: dict[str, list[Testimony]]) -> Testimony | None:
    doc, _, rest = name.partition("/")
    kind, _, start = rest.partition("@")
    near = [
        (abs(one.evidence[0][0] - int(start)), one.id, one)
        for one in by_doc.get(doc, ())
        if one.type == kind and abs(one.evidence[0][0] - int(start)) <= DRIFT
    ]
    return min(near)[2] if near else None


def docs_judged() -> set[str]:
    """The documents that the judged pairs are of."""
    return {row[side].partition("/")[0] for row in read_tsv(LABELS) for side in "ab"}


class Fit:
    """Fits weights to judged pairs; features are worked out once."""

    def __init__(self, judged: Sequence[Judged], comparer: Comparer) -> None:
        rows = read_tsv(WEIGHTS)
        self.names = [row["feature"] for row in rows]
        self.start = np.array([float(row["start"]) for row in rows])
        held = [row["fixed"] == "yes" for row in rows]
        self.bounds = [(s, s) if h else (None, None) for s, h in zip(self.start, held, strict=True)]
        self.groups = np.array([one.group for one in judged])
        self.same = np.array([one.same for one in judged], dtype=float)
        many = Counter(one.group for one in judged if one.group.startswith("news "))
        self.weigh = np.array(
            [
                min(1.0, MOST_OF_ONE / many[one.group])
                if one.group in many
                else STORY_WEIGHT
                if one.same
                else 1.0
                for one in judged
            ]
        )
        self.table = np.zeros((len(judged), len(rows)))
        at = {name: number for number, name in enumerate(self.names)}
        for number, one in enumerate(judged):
            self.table[number, [at["bias"], *(at[f] for f in comparer.features(one.a, one.b))]] = 1

    def fit(self, mask: np.ndarray | None = None) -> dict[str, float]:
        """The weights that the pairs of ``mask`` give, or all of them."""
        table = self.table if mask is None else self.table[mask]
        weigh = self.weigh if mask is None else self.weigh[mask]
        sign = 2 * (self.same if mask is None else self.same[mask]) - 1

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            margin = sign * (table @ weights)
            away = weights - self.start
            slope = -weigh * sign / (1 + np.exp(margin))
            value = (weigh * np.logaddexp(0, -margin)).sum() + HOLD / 2 * (away @ away)
            return float(value), table.T @ slope + HOLD * away

        found = minimize(loss, self.start, jac=True, method="L-BFGS-B", bounds=self.bounds).x
        return dict(zip(self.names, (round(float(w), 2) for w in found), strict=True))

    def scores(self, weights: dict[str, float], mask: np.ndarray) -> np.ndarray:
        """The log-odds of the pairs of ``mask``."""
        return self.table[mask] @ np.array([weights[name] for name in self.names])

    def left_out(self) -> np.ndarray:
        """The log-odds of every pair by weights that its group had no part in."""
        scores = np.zeros(len(self.same))
        for group in sorted(set(self.groups)):
            mask = self.groups == group
            scores[mask] = self.scores(self.fit(~mask), mask)
        return scores


def quality(predicted: np.ndarray, same: np.ndarray) -> str:
    """Precision, recall and F1 as a line."""
    hit = int((predicted & same).sum())
    precision, recall = hit / max(1, predicted.sum()), hit / max(1, same.sum())
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true", help="write the weights to the knowledge")
    args = parser.parse_args()
    comparer = Comparer(load_knowledge().lexicon.places)
    judged, lost = read_judged(read_docs(args.shared, docs_judged()))
    fit = Fit(judged, comparer)
    same = fit.same > 0
    print(f"{len(judged)} judged pairs, {int(same.sum())} of one event; {lost} no longer read")
    news = np.array([group.startswith("news ") for group in fit.groups])
    scores = fit.left_out()
    inside = np.array([one.a.document == one.b.document for one in judged])
    parts = {"all": same | ~same, "stories": ~news & ~inside, "one story": inside, "news": news}
    for name, mask in parts.items():
        print(f"{name:9} groups left out: {quality(scores[mask] > 0, same[mask])}")
    weights = fit.fit()
    print(f"{'all':9} as fitted:       {quality(fit.scores(weights, same | ~same) > 0, same)}")
    if args.write:
        write(
            weights, Counter({n: int(c) for n, c in zip(fit.names, fit.table.sum(0), strict=True)})
        )


def write(weights: dict[str, float], seen: Counter[str]) -> None:
    """Put the weights into the table; a feature that no judged pair has keeps its start."""
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if cells[0] in weights and seen[cells[0]]:
            cells[2] = f"{weights[cells[0]]:.2f}"
            lines[number] = "\t".join(cells)
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
