"""How the page is served."""

from __future__ import annotations

import ipaddress

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """What the page serves and to whom.

    ``record`` is a path or an address of PostgreSQL; ``host`` and ``port`` are where it listens;
    ``token`` must be shown by whoever asks, where it is not empty; ``read_only`` turns off reading
    articles and correcting. Uploads: at most ``most_files`` of ``most_bytes`` each.
    """

    record: str
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    read_only: bool = False
    most_files: int = 200
    most_bytes: int = 20_000_000


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
