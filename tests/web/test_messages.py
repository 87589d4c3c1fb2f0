"""What the program says is said in Arabic on Arabic pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import sijill
from sijill.errors import EngineError
from sijill.store.failures import _NEXT_STEP as STEPS
from sijill.web.messages import in_words, wordings

SOURCES = Path(sijill.__file__).parent
GAP = re.compile(r"\{\w*\}")
ERRORS = ("UsageError", "RecordError", "HTTPException")
#: What the page asks of; their errors reach whoever uses it.
ASKED = (
    "web",
    "record/filters.py",
    "record/places.py",
    "record/correcting.py",
    "record/corrections.py",
    "record/questions.py",
    "record/record.py",
    "record/explaining.py",
)


def shape(part: ast.expr) -> str:
    """The words of a string in the program, with ``{}`` for what is filled in."""
    if isinstance(part, ast.Constant):
        return GAP.sub("{}", str(part.value))
    assert isinstance(part, ast.JoinedStr)
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in part.values)


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Constant, ast.JoinedStr)):
            yield shape(node)


@cache
def said() -> frozenset[str]:
    """All strings of the program, and those that the web framework says by itself."""
    found = {one for path in sorted(SOURCES.rglob("*.py")) for one in strings(path)}
    return frozenset(found | {"Not Found", "Method Not Allowed"})


def raised() -> Iterator[str]:
    """The messages of errors that are raised by what the page asks of."""
    for name in ASKED:
        place = SOURCES / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS:
                    yield from (
                        shape(one)
                        for one in node.args
                        if isinstance(one, ast.JoinedStr)
                        or (isinstance(one, ast.Constant) and " " in str(one.value))
                    )


def test_what_is_raised_on_a_page_has_arabic_words() -> None:
    found = set(raised()) - {"line {}: {}"}  # which holds another one
    assert len(found) > 25
    filled = [one.replace("{}", "x") for one in found]
    assert [one for one in filled if in_words(one, "ar") is None] == []


@pytest.mark.parametrize("code", sorted(STEPS))
def test_failures_of_the_record_have_arabic_words(code: str) -> None:
    assert in_words("r.db: " + STEPS[code].format(why="locked"), "ar")


def test_a_failed_process_has_arabic_words() -> None:
    told = in_words(str(EngineError(MemoryError("no room"))), "ar")
    assert told and "no room" in told


def test_no_words_are_left_of_a_message_that_is_gone() -> None:
    gone = [one.english for one in wordings("ar") if GAP.sub("{}", one.english) not in said()]
    assert gone == []


def test_words_fill_in_what_the_message_tells() -> None:
    for one in wordings("ar"):
        assert sorted(GAP.findall(one.english)) == sorted(GAP.findall(one.sentence)), one.english
        assert re.search("[\u0621-\u064a]", one.sentence) or one.english == "{record}: {message}"


def test_a_message_within_a_message_and_a_hint_are_told_too() -> None:
    told = in_words("no type 'clsh'; did you mean 'clash'?; there are: clash, killing", "ar")
    assert told is not None
    assert not re.search("[a-z]", re.sub("clsh|clash|killing", "", told))
    assert in_words("line 3: there is no text; paste an article", "ar")
    assert in_words("line 3: gibberish of another program", "ar") is None


def test_what_was_typed_can_hold_nothing_up() -> None:
    """However many words of a form somebody types: to compare takes no longer than to read."""
    for typed in ("; " * 20_000, "x names " * 10_000, " in " * 20_000, "; did you mean '" * 5_000):
        assert in_words(f"no document '{typed}' in r.db", "ar")
        assert in_words(f"{typed} of another program", "ar") is None


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/record?after=spring", "ليس يوما"),
        ("/record?type=clsh", "لعلك تقصد"),
        ("/export?form=x", "لا صيغة باسم"),
        ("/sources?outlet=a.example&week=x", "ليس أسبوعا"),
        ("/event/e1", "لا حدث برمز"),
        ("/nowhere", "غير موجود"),
    ],
)
def test_an_arabic_page_tells_what_is_wrong_in_arabic(
    made: TestClient, address: str, words: str
) -> None:
    page = made.get(address, headers={"Cookie": "lang=ar"}).text
    assert words in page
    english = made.get(address, headers={"Cookie": "lang=en"}).text
    assert words not in english
