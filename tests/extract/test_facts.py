"""What is known of a word by itself leaves out no word at which something begins."""

from __future__ import annotations

from sijill.extract.reader import Extractor
from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir
from sijill.text.calendar import find_times
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
            numbers = [vars_of(n) for n in find_numbers(*span, knowledge.numbers)]
            assert [vars_of(n) for n in find_numbers(*span, knowledge.numbers, at)] == numbers
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


def vars_of(one: object) -> dict[str, object]:
    """A record's parts by name."""
    return {name: getattr(one, name) for name in type(one).__slots__}  # type: ignore[attr-defined]
