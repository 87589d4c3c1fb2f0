"""Readers of the page, many at once, for bench/web.py; and what they cost the server."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import msgspec

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") / 1024


class Answer(msgspec.Struct, frozen=True):
    """One answer: its address, status (0 where there was none) and how long it took, in ms."""

    path: str
    status: int
    took: float


class Load(msgspec.Struct, frozen=True):
    """What many readers saw in so many ``seconds``."""

    answers: tuple[Answer, ...]
    seconds: float

    @property
    def wrong(self) -> list[Answer]:
        """The answers that are none."""
        return [one for one in self.answers if one.status != httpx.codes.OK]

    def quantile(self, part: float) -> float:
        """How long (ms) that part of the requests took at most."""
        took = sorted(one.took for one in self.answers)
        return took[min(len(took) - 1, int(part * len(took)))]

    def slowest(self, most: int) -> list[Answer]:
        """The slowest answers."""
        return sorted(self.answers, key=lambda one: -one.took)[:most]


class Server(msgspec.Struct, frozen=True):
    """A process as Linux tells of it."""

    pid: int

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def resident_mb(self) -> float:
        """Memory in use."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * _PAGE_KB / 1024


def read_together(
    base: str, paths: Sequence[str], readers: int, seconds: float, pause: float
) -> Load:
    """``readers`` who ask for pages at random, each resting ``pause`` seconds in the middle."""
    return asyncio.run(_read_together(base, paths, readers, seconds, pause))


async def _read_together(
    base: str, paths: Sequence[str], readers: int, seconds: float, pause: float
) -> Load:
    start = time.monotonic()
    ends = start + seconds
    limits = httpx.Limits(max_connections=readers)
    async with httpx.AsyncClient(base_url=base, timeout=30, limits=limits) as client:
        some = [_reader(client, paths, ends, pause, number) for number in range(readers)]
        found = await asyncio.gather(*some)
    answers = tuple(one for answers in found for one in answers)
    return Load(answers, time.monotonic() - start)


async def _reader(
    client: httpx.AsyncClient, paths: Sequence[str], ends: float, pause: float, number: int
) -> list[Answer]:
    chance, answers = random.Random(number), []
    while True:
        if pause:
            await asyncio.sleep(chance.uniform(0, 2 * pause))
        if time.monotonic() >= ends:
            return answers
        answers.append(await _ask(client, chance.choice(paths)))


async def _ask(client: httpx.AsyncClient, path: str) -> Answer:
    start = time.perf_counter()
    try:
        status = (await client.get(path)).status_code
    except httpx.HTTPError:
        status = 0
    return Answer(path, status, (time.perf_counter() - start) * 1e3)
