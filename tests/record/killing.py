"""A run that reads the sample in another process and is killed on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from made_articles import SAMPLE


def killed(target: Path, where: str) -> list[str]:
    """Read the sample into ``target`` until ``where``, and kill the run; the names it had told."""
    command = [sys.executable, str(Path(__file__).with_name("record_reader.py"))]
    told: list[str] = []
    with subprocess.Popen(
        [*command, str(target), str(SAMPLE), where], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        for line in run.stdout:
            if line.strip() == "holding":
                break
            told.append(line.strip())
        run.kill()
    return told
