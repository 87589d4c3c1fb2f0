"""The queue of reviews: what is asked, in which order, and that an answer is not asked again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from made_articles import ARTICLES, SAMPLE, write

from sijill.errors import UsageError
from sijill.record.questions import Question, carry_out
from sijill.record.record import Record
from sijill.record.review import IMPLAUSIBLE, openness, usefulness
from sijill.store.answers import Doubt

SAYS = {"why": "looked at the article", "by": "Amal"}


def first(record: Record, kind: str, disputes: tuple[int, ...] = (0, 1)) -> Question:
    """The first question of a kind, of an event of so many disputes."""
    for ident in waiting(record):
        found = record.review.question(ident)
        assert found is not None
        alone = found.doubt.kind != "dispute" or len(found.event.disputes) in disputes
        if found.doubt.kind == kind and alone:
            return found
    raise AssertionError(f"nothing waits of the kind {kind}")


def waiting(record: Record) -> list[str]:
    return list(record.review.queue().ids)


def answer(record: Record, question: Question, name: str) -> str:
    return carry_out(record.correcting, question, name, **SAYS).id


def test_the_most_useful_comes_first_and_the_order_is_stable(sample: Record) -> None:
    queue = sample.review.queue()
    worth = [usefulness(one) for one in queue.doubts]
    assert worth == sorted(worth, reverse=True) and len(set(queue.ids)) == len(worth) > 10
    assert not queue.more
    again = Record(sample.store).review.queue()
    assert again == queue


def test_a_pair_is_most_open_at_the_threshold() -> None:
    near = [Doubt("pair-apart", "e", pair=("a", "b"), score=score) for score in (0, -0.4, 0.4, 0.8)]
    assert openness(near[0]) == 1 > openness(near[1])
    assert openness(near[1]) == pytest.approx(openness(near[2]))
    assert openness(near[2]) > openness(near[3])
    few, many = Doubt("toll", "e", IMPLAUSIBLE - 1), Doubt("toll", "e", IMPLAUSIBLE)
    assert openness(few) < openness(many)
    assert usefulness(Doubt("day", "e")) == openness(Doubt("day", "e"))


def test_every_question_has_sentences_and_can_be_accepted(sample: Record) -> None:
    for ident in waiting(sample):
        question = sample.review.question(ident)
        assert question is not None and question.id == ident
        assert question.told and all(one.quote for one in question.told)
        assert question.option("accept").kind == "confirm"


@pytest.mark.parametrize(
    "kind", ["toll", "dispute", "pair-apart", "pair-together", "place-unknown"]
)
def test_what_was_confirmed_is_asked_no_more_and_comes_back_when_undone(
    sample: Record, kind: str
) -> None:
    before, events = waiting(sample), list(sample.events())
    question = first(sample, kind)
    made = answer(sample, question, "accept")
    assert waiting(sample) == [one for one in before if one != question.id]
    assert sample.review.question(question.id) is None
    assert list(sample.events()) == events
    assert sample.correcting.conflicts() == []
    sample.correcting.undo(made, **SAYS)
    assert waiting(sample) == before


@pytest.mark.parametrize(
    "kind", ["toll", "dispute", "pair-apart", "pair-together", "place-unknown"]
)
def test_the_opposite_changes_the_record_and_is_asked_no_more(sample: Record, kind: str) -> None:
    before, events = waiting(sample), list(sample.events())
    question = first(sample, kind)
    made = answer(sample, question, "reject")
    assert list(sample.events()) != events
    assert question.id not in waiting(sample)
    sample.correcting.undo(made, **SAYS)
    assert list(sample.events()) == events
    assert waiting(sample) == before


def test_an_event_asks_of_its_disputes_one_after_the_other(sample: Record) -> None:
    before = first(sample, "dispute", (2,))
    answer(sample, before, "accept")
    after = sample.review.question(before.id)
    assert after is not None and after.dispute != before.dispute and after.stand != before.stand
    answer(sample, after, "accept")
    assert sample.review.question(before.id) is None


def test_a_merged_pair_is_not_asked_again_as_one_event(sample: Record) -> None:
    question = first(sample, "pair-apart")
    answer(sample, question, "reject")
    pairs = [one.pair for one in sample.review.queue().doubts]
    assert question.doubt.pair not in pairs


def test_a_confirmation_holds_only_for_what_was_confirmed(sample: Record) -> None:
    question = first(sample, "place-unknown")
    confirmed = question.option("accept")
    other = confirmed.value + " else"
    sample.correcting.confirm(question.event.id, confirmed.field, other, **SAYS)
    assert question.id in waiting(sample)


def test_confirmations_are_carried_to_another_record(sample: Record, tmp_path: Path) -> None:
    question = first(sample, "toll")
    answer(sample, question, "accept")
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(sample.correcting.export()))
    with Record.open(tmp_path / "other.db") as other:
        other.read(SAMPLE)
        assert question.id in waiting(other)
        assert other.correcting.apply(path) == (1, [])
        assert waiting(other) == waiting(sample)


def test_a_confirmation_of_a_replaced_event_is_a_conflict(sample: Record) -> None:
    question = first(sample, "pair-apart")
    assert question.other is not None
    later = max(question.event.id, question.other.id, key=lambda one: one)
    ident = sample.correcting.confirm(later, "toll", "1", **SAYS).id
    merged = sample.correcting.merge([question.event.id, question.other.id], **SAYS)
    wrong = [one.correction.id for one in sample.correcting.conflicts()]
    survivor = sample.event(later).event.id
    assert wrong == ([] if survivor == later else [ident])
    sample.correcting.undo(merged.id, **SAYS)
    assert sample.correcting.conflicts() == []


def test_an_answer_without_a_reason_says_what_was_answered(sample: Record) -> None:
    question = first(sample, "toll")
    made = carry_out(sample.correcting, question, "accept", why=" ", by="Amal")
    assert made.why == "review, toll: accept"


def test_wrong_answers_are_refused(sample: Record) -> None:
    question = first(sample, "toll")
    with pytest.raises(UsageError, match="no answer '7' to this question; there are: accept"):
        answer(sample, question, "7")
    with pytest.raises(UsageError, match="no event"):
        sample.correcting.confirm("nothing", "toll", "1", **SAYS)
    assert sample.review.question("q000") is None
    assert msgspec.structs.asdict(question)["id"] in waiting(sample)


def test_a_dispute_about_numbers_offers_the_number_of_each_side(tmp_path: Path) -> None:
    articles = {
        name: (*ARTICLES[name][:2], ARTICLES[name][2].replace("23 مدنيا", "60 مدنيا"))
        for name in ("strike-one", "strike-two")
    }
    with Record.open(tmp_path / "record.db") as record:
        record.read(write(tmp_path / "articles.jsonl", articles))
        question = first(record, "dispute")
        assert question.dispute and question.dispute.field == "how_many"
        choices = [one for one in question.options if one.kind == "set"]
        assert {(one.field, one.value) for one in choices} == {
            ("killed/civilians", "17"),
            ("killed/civilians", "60"),
        }
        (sixty,) = (one for one in choices if one.value == "60")
        answer(record, question, sixty.name)
        figures = record.event(question.event.id).event.figures
        (figure,) = (one for one in figures if one.kind == "killed")
        assert (figure.low, figure.high, len(figure.claims)) == (60, 60, 2)
        assert question.id not in waiting(record)
