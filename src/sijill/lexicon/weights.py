"""Weights of the features that tell a reported event from one that is only mentioned."""

from __future__ import annotations

from sijill.errors import Fault
from sijill.lexicon.tables import knowledge_dir, read_table


def load_weights(faults: list[Fault]) -> dict[str, float]:
    """Read ``assertion.tsv``: a feature, its weight (log-odds)."""
    weights: dict[str, float] = {}
    for row in read_table(knowledge_dir() / "assertion.tsv", ["feature", "weight"], faults):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError:
            faults.append(Fault(row.file, row.line, f"{row['weight']!r} is no number"))
    return weights
