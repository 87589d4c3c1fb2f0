"""What the search for copies needs of a text by itself, worked out wherever the text is read."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import msgspec
import numpy as np

from sijill.link.copy_bands import signatures
from sijill.link.copy_text import SHINGLE, CopyText, prepare, shingles


class Ready(msgspec.Struct, frozen=True):
    """A prepared text and its bands on their way to a record, as numbers of 8 bytes each.

    It goes without the id of a document, which is known only where the document is kept, and
    without shingles, which take less time to make than to send. ``agency`` is the one named in it.
    """

    words: bytes
    bands: bytes
    agency: str = ""

    def text(self, document: str) -> CopyText:
        """The prepared text of a document."""
        words = _array(self.words)
        short = array("Q", shingles(words, SHINGLE).tobytes())
        return CopyText(document, words, short, self.agency)

    def all(self) -> tuple[int, ...]:
        """Every band once, sorted, as in a :class:`~sijill.link.copy_bands.Signature`."""
        return tuple(_array(self.bands))


def make_ready(given: Sequence[tuple[str, str]]) -> list[Ready]:
    """Make texts ready, each given with the agency that it names or nothing; best some at once."""
    texts = [prepare("", text, agency) for text, agency in given]
    made = zip(texts, signatures(texts), strict=True)
    return [Ready(_bytes(text.words), _bytes(one.all), text.agency) for text, one in made]


def _bytes(numbers: Sequence[int]) -> bytes:
    """Little-endian whatever the machine: those of a cluster may differ."""
    return np.asarray(numbers, dtype=np.uint64).astype("<u8").tobytes()


def _array(data: bytes) -> array[int]:
    return array("Q", np.frombuffer(data, dtype="<u8").astype(np.uint64).tobytes())
