"""Splink on DuckDB on the same judged pairs and the same week, to choose between it and own code.

    python bench/splink_events.py rows.json judged.json

Needs splink and duckdb, which the program does not. Rows hold the columns that own code compares
(type, place, point, day, sides, rare words, figures, blocking keys), judged pairs their label.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def settings() -> SettingsCreator:
    """Comparisons as near to own features as the library's ready-made ones come."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        comparisons=[
            cl.ExactMatch("type"),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.DistanceInKMAtThresholds("lat", "lon", [2, 10, 30, 150]),
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day"], thresholds=[1, 7]
            ),
            cl.ArrayIntersectAtSizes("actors", [1]),
            cl.ArrayIntersectAtSizes("targets", [1]),
            cl.ArrayIntersectAtSizes("rare", [3, 2, 1]),
            cl.ArrayIntersectAtSizes("figures", [1]),
        ],
    )


def f1(score: np.ndarray, same: np.ndarray) -> tuple[float, float]:
    """The best F1 over all thresholds (which flatters), and the F1 at even odds."""

    def at(cut: float) -> float:
        hit = ((score > cut) & same).sum()
        return float(2 * hit / max(1, (score > cut).sum() + same.sum()))

    return max(at(cut) for cut in np.unique(score)), at(0.0)


def main() -> None:
    rows = pd.DataFrame(json.loads(Path(sys.argv[1]).read_text()))
    judged = pd.DataFrame(json.loads(Path(sys.argv[2]).read_text()))
    judged.columns = ["a", "b", "same", "group"]
    database = DuckDBAPI()
    linker = Linker(database.register(rows), settings())
    start = time.perf_counter()
    linker.training.estimate_probability_two_random_records_match(
        [block_on("type", "place", "day")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    labels = judged[judged.same].rename(columns={"a": "unique_id_l", "b": "unique_id_r"})
    labels = labels.assign(clerical_match_score=1.0)[
        ["unique_id_l", "unique_id_r", "clerical_match_score"]
    ]
    linker.training.estimate_m_from_pairwise_labels(database.register(labels))
    print(f"training {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    found = linker.inference.predict(threshold_match_weight=-20).as_pandas_dataframe()
    print(f"{len(found)} pairs in {time.perf_counter() - start:.1f} s")
    weight = {
        frozenset((a, b)): w
        for a, b, w in zip(found.unique_id_l, found.unique_id_r, found.match_weight, strict=True)
    }
    both = map(frozenset, zip(judged.a, judged.b, strict=True))
    score = np.array([weight.get(pair, -50.0) for pair in both])
    same = judged.same.to_numpy()
    news = judged.group.str.startswith("news ").to_numpy()
    for name, mask in (("all", same | ~same), ("stories", ~news), ("news", news)):
        best, even = f1(score[mask], same[mask])
        print(f"{name}: F1 at best threshold {best:.3f}, at even odds {even:.3f}")


if __name__ == "__main__":
    main()
