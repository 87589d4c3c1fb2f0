"""Packed answers of web servers: undone within bounds, and named where they cannot be."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from sijill.errors import SourceError
from sijill.ingest.payload import unpacked

MOST = 1 << 20


def brotlied(data: bytes) -> bytes:
    brotli = pytest.importorskip("brotli", reason="the extra inputs is not installed")
    packed: bytes = brotli.compress(data)
    return packed


PACKERS = [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotlied)]


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_what_was_packed_comes_back(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    data = bytes(range(256)) * 50
    assert unpacked(pack(data), encoding, MOST, "a") == data
    assert unpacked(pack(pack(data)), f"{encoding}, {encoding.upper()}", MOST, "a") == data
    assert unpacked(data, "identity", MOST, "a") == data


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_a_small_answer_does_not_fill_the_memory(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(bytes(60 * MOST))
    tracemalloc.start()
    with pytest.raises(SourceError) as caught:
        unpacked(bomb, encoding, MOST, "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "too-large" and peak < 8 * MOST


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_half_an_answer_is_named(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(bytes(range(256)) * 50)
    with pytest.raises(SourceError) as caught:
        unpacked(packed[: len(packed) // 2], encoding, MOST, "a")
    assert caught.value.code == "cut-off"
    with pytest.raises(SourceError) as caught:
        unpacked(b"not packed at all", encoding, MOST, "a")
    assert caught.value.code in ("packed", "cut-off")


def test_other_ways_of_packing_are_named() -> None:
    with pytest.raises(SourceError, match="'zstd', which is not read"):
        unpacked(b"x", "zstd", MOST, "a")
