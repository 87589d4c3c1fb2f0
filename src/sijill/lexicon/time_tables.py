"""The tables of time expressions, built from the knowledge files of times, months and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sijill.errors import Fault
from sijill.lexicon.number_tables import clitics, load_number_tables, with_clitics
from sijill.lexicon.tables import Row, did_you_mean, knowledge_dir, read_table
from sijill.text.calendar import SLOTS, Item, Month, Pattern, TimeTables
from sijill.text.calendar_resolve import OPS
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE, LAM, WAW
from sijill.text.number_parts import NumberTables

__all__ = ["TimeTables", "load_time_tables"]

#: Slots that can begin at a number word; at digits too, but for ordinals.
_NUMBER_SLOTS = frozenset({"n", "ord", "date", "defdur", "bareyear", "year"})
_DIGIT_SLOTS = _NUMBER_SLOTS - {"ord"}
_EXACT, _BAN, _SKIP = "=", "!", "?"
_Phrases = dict[str, tuple[tuple[str, ...], ...]]


def load_time_tables(
    faults: list[Fault], folder: Path | None = None, numbers: NumberTables | None = None
) -> TimeTables:
    """Read everything that names a time, with ``numbers`` where they are loaded already.

    What is wrong with the words of times goes to ``faults``.
    """
    folder = folder or knowledge_dir()
    rows = {
        "times": read_table(folder / "times.tsv", ["pattern", "op", "args", "grain"], faults),
        "words": read_table(folder / "time_words.tsv", ["class", "value", "words"], faults),
        "months": read_table(folder / "months.tsv", ["name", "month", "calendar", "bare"], []),
        "weekdays": read_table(folder / "weekdays.tsv", ["name", "weekday", "rule"], faults),
    }
    rows["times"] = [row for row in rows["times"] if _good(row, faults)]
    return _Builder(rows, numbers or load_number_tables([], folder), clitics(folder)).tables()


def _good(row: Row, faults: list[Fault]) -> bool:
    """Whether a pattern names only slots and an op that there are."""
    names = [part.strip("{}?!") for part in row["pattern"].split() if "{" in part]
    wrong = [("slot", name, SLOTS) for name in names if name not in SLOTS]
    wrong += [("op", row["op"], OPS)] if row["op"] not in OPS else []
    for what, name, known in wrong:
        hint = did_you_mean(name, sorted(known))
        faults.append(Fault(row.file, row.line, f"unknown {what} {name!r}{hint}"))
    return not wrong


class _Builder:
    """Turns rows into tables; holds what several of them share."""

    def __init__(
        self, rows: dict[str, list[Row]], numbers: NumberTables, prefixes: list[str]
    ) -> None:
        self.rows, self.numbers, self.prefixes = rows, numbers, prefixes
        self.classes = self._classes()
        self.weekdays = self._weekdays()
        self.months = self._months()

    def tables(self) -> TimeTables:
        """Everything together."""
        index, at_digits = self._index([self._pattern(row) for row in self.rows["times"]])
        never = (n for r in self.rows["weekdays"] if r["rule"] == "never" for n in r.many("name"))
        return TimeTables(
            numbers=self.numbers,
            index=index,
            at_digits=at_digits,
            classes=self.classes,
            months=self.months,
            weekdays=self.weekdays,
            no_day_after=frozenset(s for n in never for s in self._spelt(n)),
            since=self._phrases("since"),
            until=self._phrases("until"),
        )

    def _spelt(self, word: str) -> Iterator[str]:
        """``word`` with its clitics; the article only if it is there already."""
        definite = word.startswith(ARTICLE)
        for spelt, prefix in with_clitics(word, self.prefixes):
            if definite or not prefix.endswith(LAM) or prefix in (LAM, WAW + LAM):
                yield spelt

    def _classes(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.rows["words"]:
            for word in row.many("words"):
                for spelt in self._spelt(word):
                    found[row["class"]].setdefault(spelt, fold(row["value"]))
        return dict(found)

    def _weekdays(self) -> dict[str, int]:
        days = (r for r in self.rows["weekdays"] if not r["rule"])
        return {s: int(r["weekday"]) for r in days for n in r.many("name") for s in self._spelt(n)}

    def _months(self) -> dict[str, tuple[Month, ...]]:
        found: dict[str, list[Month]] = defaultdict(list)
        for row in self.rows["months"]:
            for name in row.many("name"):
                head, *rest = name.split()
                for spelt in self._spelt(head):
                    words = (spelt, *map(fold, rest))
                    raw = name if row["bare"] == "raw" else ""
                    about = int(row["month"]), row["calendar"], row["bare"] == "yes", raw
                    found[spelt].append(Month(words, *about))
        return {w: tuple(sorted(m, key=lambda n: -len(n.words))) for w, m in found.items()}

    def _phrases(self, name: str) -> _Phrases:
        """Phrases of a class whose members are of several words, by their last word."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for row in self.rows["words"]:
            if row["class"] == name:
                for phrase in row.many("words"):
                    head, *rest = phrase.split()
                    for spelt in self._spelt(head):
                        words = (spelt, *map(fold, rest))
                        found[words[-1]].append(words)
        return {w: tuple(sorted(set(p), key=lambda n: -len(n))) for w, p in found.items()}

    def _pattern(self, row: Row) -> Pattern:
        parts = row["pattern"].split()
        exact = parts[0].startswith(_EXACT)
        first = self._part(parts[0].removeprefix(_EXACT), clitics=not exact)
        items = (first, *(self._part(part, clitics=False) for part in parts[1:]))
        numbers = [int(a) if a.lstrip("-").isdigit() else a for a in row["args"].split()]
        return Pattern(items, row["op"], tuple(numbers), row["grain"], row.where)

    def _part(self, part: str, *, clitics: bool) -> Item:
        ban, skip = part.startswith(_BAN), part.endswith(_SKIP)
        part = part.removeprefix(_BAN).removesuffix(_SKIP)
        if part.startswith("{"):
            return Item(frozenset(), part.strip("{}"), ban, skip)
        words = part.split("|")
        spelt = (s for w in words for s in self._spelt(w)) if clitics else map(fold, words)
        return Item(frozenset(spelt), "", ban, skip)

    def _index(
        self, patterns: list[Pattern]
    ) -> tuple[dict[str, tuple[Pattern, ...]], tuple[Pattern, ...]]:
        """Which patterns can start at each word, and which at digits."""
        found: dict[str, list[Pattern]] = defaultdict(list)
        at_digits = []
        for pattern in patterns:
            starts, digits = self._starts(pattern.items)
            for word in starts:
                found[word].append(pattern)
            if digits:
                at_digits.append(pattern)
        return {word: tuple(all_) for word, all_ in found.items()}, tuple(at_digits)

    def _starts(self, items: tuple[Item, ...]) -> tuple[set[str], bool]:
        """The words that can begin these items, and whether digits can."""
        item = items[0]
        words, digits = set(item.words), item.slot in _DIGIT_SLOTS
        if item.slot in _NUMBER_SLOTS:
            words |= set(self.numbers.words)
        if item.slot in self.classes:
            words |= set(self.classes[item.slot])
        words |= self._slot_starts(item.slot)
        if item.skip and len(items) > 1:
            more, more_digits = self._starts(items[1:])
            words, digits = words | more, digits or more_digits
        return words, digits

    def _slot_starts(self, slot: str) -> set[str]:
        if slot in ("weekday", "date"):
            return set(self.weekdays)
        if slot == "month":
            return set(self.months)
        if slot == "defdur":
            articles = {p for p in self.numbers.particles if p.endswith(LAM) and len(p) > 1}
            return {*self.classes["the_units"], *self.classes["the_unit2"], *articles}
        return set()
