"""Starts the engine that was asked for, or says how to get it."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Any

from sijill.engine.runner import Runner
from sijill.errors import UsageError
from sijill.ingest.remote import load_daft


def check_installed(name: str) -> None:
    """Raises UsageError where an engine is not installed, and says how to get it."""
    needs = ("daft", "ray") if name == "ray" else ("daft",)
    if not all(map(find_spec, needs)):
        extra = "ray" if name == "ray" else "engine"
        message = f"reading in several processes needs an extra: pip install 'sijill[{extra}]'"
        raise UsageError(f"{message}; or leave out --engine and --jobs")


def start(name: str, jobs: int, address: str) -> Runner:
    """The runner of an engine; its processes start with the first units.

    Raises:
        UsageError: the cluster cannot be reached.
    """
    load_daft()
    if name == "ray":
        _join(importlib.import_module("ray"), jobs, address)
    from sijill.engine.flow import Cluster, Processes

    return Cluster(jobs) if name == "ray" else Processes(jobs)


def _join(ray: Any, jobs: int, address: str) -> None:
    """Join the cluster at an address, or start one of ``jobs`` processes on this machine."""
    if ray.is_initialized():
        return
    quiet = {"logging_level": "ERROR", "log_to_driver": False, "configure_logging": True}
    here = {"num_cpus": jobs, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    try:
        ray.init(**({"address": address} if address else here), **quiet)
    except Exception as error:
        where = f"the cluster at {address}" if address else "a cluster on this machine"
        raise UsageError(f"{where} cannot be reached: {error}") from error
