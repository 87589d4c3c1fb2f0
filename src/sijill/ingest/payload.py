"""The body of a web server's answer as it was before it was packed for the way."""

from __future__ import annotations

import zlib

from sijill.errors import SourceError

_GZIP = frozenset(["gzip", "x-gzip"])
#: zlib's word for "a gzip or zlib header, whichever is there", and for none.
_ANY_HEADER, _NO_HEADER = 47, -15


def unpacked(data: bytes, encoding: str, most: int, source: str) -> bytes:
    """``data`` without its content encodings (``gzip``, ``deflate``, ``br``).

    Raises:
        SourceError: when it is cut off or damaged, packed in another way, or larger than ``most``.
    """
    for name in reversed([one.strip().lower() for one in encoding.split(",")]):
        if name in ("", "identity", "none"):
            continue
        if name in _GZIP or name == "deflate":
            data = _inflated(data, most, source)
        elif name == "br":
            data = _unbrotlied(data, most, source)
        else:
            message = f"packed as {name[:40]!r}, which is not read"
            raise SourceError(source, "packed", message)
    if len(data) > most:
        raise SourceError(source, "too-large", f"larger than {most >> 20} MB")
    return data


def _inflated(data: bytes, most: int, source: str) -> bytes:
    """Gzip or deflate undone; what servers call deflate has a header or has none."""
    for header in (_ANY_HEADER, _NO_HEADER):
        unpacker = zlib.decompressobj(header)
        try:
            found = unpacker.decompress(data, most + 1)
        except zlib.error:
            continue
        if len(found) <= most and not unpacker.eof:
            raise SourceError(source, "cut-off", "its packed content breaks off")
        return found
    raise SourceError(source, "packed", "its packed content is damaged")


def _unbrotlied(data: bytes, most: int, source: str) -> bytes:
    try:
        import brotli
    except ImportError as error:
        message = "packed as br; install what reads it: pip install 'sijill[inputs]'"
        raise SourceError(source, "needs-extra", message) from error
    unpacker = brotli.Decompressor()
    try:
        found = unpacker.process(data, output_buffer_limit=most + 1)
    except (brotli.error, TypeError) as error:
        raise SourceError(source, "packed", f"its packed content is damaged ({error})") from error
    if len(found) <= most and not unpacker.is_finished():
        raise SourceError(source, "cut-off", "its packed content breaks off")
    return bytes(found)
