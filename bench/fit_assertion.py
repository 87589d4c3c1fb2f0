"""Fit the weights of ``knowledge/assertion.tsv`` on sentences that people judged.

    python bench/fit_assertion.py [--shared ../shared] [--write]

The sentences of the public Arabic gold-standard records say of a lone sentence whether it reports
an assault or a protest, not which word of it does: a positive sentence has at least one draft that
reports, a negative one has none (multiple-instance learning: the best draft of a positive sentence
is taken for the positive example, and the model refitted until that settles). Needs scikit-learn.
Prints the F1 of a ten-fold cross-validation, so that what is written can be trusted as far as that.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from sijill.extract.reader import Extractor, load_extractor
from sijill.lexicon.tables import knowledge_dir

ASSAULT = {
    "clash",
    "airstrike",
    "shelling",
    "bombing",
    "killing",
    "abduction",
    "human_shields",
    "destruction",
    "offensive",
    "capture",
    "advance",
}
EVENTS = {"assault": ASSAULT, "protest": {"protest"}}
ROUNDS, FOLDS, STRENGTH, SMALLEST = 5, 10, 0.1, 0.02

Item = tuple[bool, list[frozenset[str]]]


def read_items(extractor: Extractor, path: Path, types: set[str]) -> list[Item]:
    """Each judged sentence: whether it reports the event, and the features of its drafts."""
    items = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["label"] == "ambiguous":
                continue
            drafts = extractor.drafts(row["text"], None)
            told = [
                d.features
                for d in drafts
                if d.type in types and d.status in ("occurred", "ongoing")
            ]
            items.append((row["label"] == "yes", told))
    return items


class Model:
    """A linear model over sets of feature names."""

    def __init__(self, vectors: DictVectorizer) -> None:
        self._vectors = vectors
        self._model: Any = None

    def matrix(self, sets: list[frozenset[str]]) -> Any:
        """The feature sets as a sparse matrix."""
        return self._vectors.transform([dict.fromkeys(s, 1) for s in sets])

    def fit(self, items: list[Item]) -> Model:
        """Fit by multiple-instance rounds."""
        for _ in range(ROUNDS):
            sets: list[frozenset[str]] = []
            labels: list[bool] = []
            for positive, told in items:
                chosen = told
                if positive and told and self._model is not None:
                    chosen = [told[int(np.argmax(self.scores(told)))]]
                sets += chosen
                labels += [positive] * len(chosen)
            self._model = LogisticRegression(C=STRENGTH, max_iter=3000)
            self._model.fit(self.matrix(sets), labels)
        return self

    def scores(self, sets: list[frozenset[str]]) -> Any:
        """Log-odds of each set."""
        return self._model.decision_function(self.matrix(sets))

    def weights(self) -> dict[str, float]:
        """Feature weights, the bias among them, small ones left out."""
        names = self._vectors.get_feature_names_out()
        found = dict(zip(names, self._model.coef_[0], strict=True))
        kept = {name: float(w) for name, w in found.items() if abs(w) >= SMALLEST}
        return {"bias": float(self._model.intercept_[0]), **kept}


def best_threshold(items: list[Item], scores: list[float]) -> tuple[float, float]:
    """The F1 and the threshold that gives it."""
    wanted = np.array([positive for positive, _ in items])
    found = np.array(scores)
    options = np.linspace(-4, 3, 141)

    def f1(t: float) -> float:
        kept = found >= t
        return float(2 * (kept & wanted).sum() / (kept.sum() + wanted.sum()))

    best = max(options, key=f1)
    return f1(best), float(best)


def cross_validate(items: list[Item], vectors: DictVectorizer) -> tuple[float, float]:
    """F1 and threshold over folds that the model was not fitted on."""
    order = np.random.RandomState(0).permutation(len(items))
    scores = [-99.0] * len(items)
    for fold in np.array_split(order, FOLDS):
        held = set(fold.tolist())
        model = Model(vectors).fit([item for n, item in enumerate(items) if n not in held])
        for n in held:
            if items[n][1]:
                scores[n] = float(max(model.scores(items[n][1])))
    return best_threshold(items, scores)


def main() -> None:
    """Fit, print what cross-validation says, and write on request."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--write", action="store_true", help="write knowledge/assertion.tsv")
    args = ask.parse_args()
    extractor = load_extractor()
    lines = [
        "feature\tweight",
        "# Fitted by bench/fit_assertion.py; log-odds that a draft of an "
        "event of that kind reports one.",
    ]
    for event, types in EVENTS.items():
        items = read_items(extractor, args.shared / "gsr" / f"{event}_sentences.csv", types)
        vectors = DictVectorizer().fit([dict.fromkeys(s, 1) for _, told in items for s in told])
        f1, threshold = cross_validate(items, vectors)
        print(
            f"{event}: cross-validated F1 {f1:.3f} at {threshold:.2f}, {len(items)} sentences, "
            f"{sum(p and not t for p, t in items)} positive without a draft"
        )
        weights = Model(vectors).fit(items).weights()
        weights["bias"] -= threshold
        lines += [f"{event} {name}\t{weight:.3f}" for name, weight in sorted(weights.items())]
    if args.write:
        path = knowledge_dir() / "assertion.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
