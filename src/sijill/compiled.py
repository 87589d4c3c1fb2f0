"""Whether the reader runs compiled, and whether what was compiled is still what the sources say."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib import resources
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import msgspec


class Compiled(msgspec.Struct, frozen=True):
    """How many modules are compiled, and those whose sources have changed since."""

    modules: int
    changed: tuple[str, ...] = ()


def compiled(home: Path | None = None) -> Compiled:
    """What is compiled of the package in ``home``, by what its build wrote down."""
    home = home or Path(str(resources.files("sijill")))
    record = home / "compiled.json"
    if not record.exists():
        return Compiled(0)
    digests: dict[str, str] = json.loads(record.read_text("utf-8"))
    native = [name for name in digests if _is_native(home.parent / name)]
    changed = [name for name in native if _digest(home.parent / name) != digests[name]]
    return Compiled(len(native), tuple(changed))


def _is_native(source: Path) -> bool:
    """Whether Python loads a compiled module rather than its source."""
    return any(source.with_suffix(suffix).exists() for suffix in EXTENSION_SUFFIXES)


def _digest(source: Path) -> str:
    return sha256(source.read_bytes()).hexdigest()
