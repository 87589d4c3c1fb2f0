"""What is known of a word by itself leaves out no word at which something begins."""

from __future__ import annotations

from sijill.extract.reader import Extractor
from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir
from sijill.text.calendar import find_times
from sijill.text.number_parts import Number
from sijill.text.numerals import find_numbers
from sijill.text.tokens import sentences, tokenise

SAMPLES = knowledge_dir().parent / "samples"


def test_numbers_and_times_are_the_same_among_the_words_that_may_begin_them(
    extractor: Extractor,
) -> None:
    knowledge, seen = load_knowledge(), 0
    for article in read_articles([str(SAMPLES)], IssueLog()):
        tokens = tokenise(article.text)
        facts = [extractor.facts(word) for word in tokens.word]
        for first, last in sentences(tokens):
            span = tokens, first, last
            at = [i for i in range(first, last) if (one := facts[i]) is not None and one.counts]
            numbers = [parts(n) for n in find_numbers(*span, knowledge.numbers)]
            assert [parts(n) for n in find_numbers(*span, knowledge.numbers, at)] == numbers
            times = find_times(*span, knowledge.times)
            assert find_times(*span, knowledge.times, at) == times
            seen += len(numbers) + len(times)
    assert seen > 100


def test_each_part_of_the_reader_marks_the_words_that_it_asks_about(extractor: Extractor) -> None:
    assert extractor.facts("منصورين") is None
    for word, part in (("قصفت", "known"), ("دمشق", "names"), ("15", "counts"), (".", "stirs")):
        facts = extractor.facts(word)
        assert facts is not None and getattr(facts, part), word
    verb = extractor.facts("واعلن")
    assert verb is not None and verb.verbal and verb.speaks and not verb.counts


def parts(one: Number) -> tuple[object, ...]:
    """What makes a number, to compare it with another."""
    span = (one.first, one.last, one.core_first, one.core_last)
    return (*span, one.value, one.low, one.high, one.approx, one.kind, one.rule, one.where)
