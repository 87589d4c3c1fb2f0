"""Whatever the text, reading it never fails, and every offset holds what it claims to."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article, Reading, Trace
from sijill.pipeline import Pipeline

SAMPLE = Path(__file__).resolve().parents[1] / "src" / "sijill" / "samples" / "stories.jsonl"
TEXTS = [article.text for article in read_articles([str(SAMPLE)], IssueLog())]

LETTERS = st.characters(min_codepoint=0x0621, max_codepoint=0x064A)
MARKS = st.characters(min_codepoint=0x064B, max_codepoint=0x0655)
SIGNS = st.sampled_from([*"\n\n  .،:؛؟!()«»“”\"'-–/,0123456789٠١٢٣٤٥٦٧٨٩۴%$", "\u00a0", "\u200f"])
NOISE = st.text(st.one_of(LETTERS, LETTERS, LETTERS, MARKS, SIGNS), max_size=200)

#: Words of the sample in any order reach far more of the grammar than letters do.
WORDS = sorted({word for text in TEXTS for word in text.split()})
SALAD = st.lists(st.one_of(st.sampled_from(WORDS), SIGNS), max_size=60).map(" ".join)

ROUGH = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@lru_cache(maxsize=1)
def pipeline() -> Pipeline:
    return Pipeline()


def traces(reading: Reading) -> list[Trace]:
    found = [reading.reference.trace]
    for report in reading.reports:
        found += report.traces.values()
        found += [part.trace for part in (*report.place, *report.figures)]
        found += [report.speaker.trace] if report.speaker else []
    return [trace for trace in found if trace]


def check(text: str) -> None:
    """Read ``text`` and hold every offset of the reading against it."""
    reading = pipeline().read(Article("d", text, published="2017-03-09"))
    for trace in traces(reading):
        assert 0 <= trace.start <= trace.end <= len(text)
    for report in reading.reports:
        assert report.evidence
        for start, end in report.evidence:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        quoted = [text[start:end] for start, end in report.evidence]
        assert any(report.trigger in words for words in quoted)
        for figure in report.figures:
            assert figure.stated and figure.stated in text
        if report.time:
            assert report.time[0] <= report.time[1]


@ROUGH
@given(NOISE)
def test_letters_digits_marks_and_line_ends(text: str) -> None:
    check(text)


@ROUGH
@given(SALAD)
def test_words_in_any_order(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_packaged_sample(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", TEXTS[:10])
def test_a_text_cut_off_anywhere(text: str) -> None:
    for end in range(0, len(text), 37):
        check(text[:end])


@pytest.mark.parametrize(
    "text", ["", " ", "\n", ".", "،", "قتل", "في", "23", "“", "\u064b", "قال:"]
)
def test_hardly_a_text(text: str) -> None:
    check(text)


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = "from sijill.cli import main; main()"
    made = {
        subprocess.run(
            [sys.executable, "-c", program, "extract", str(SAMPLE)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1
