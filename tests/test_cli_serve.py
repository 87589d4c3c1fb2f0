"""``sijill serve`` and the end of ``sijill demo``: the address, the token, and a clean end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from typer.testing import CliRunner, Result

from sijill import cli, cli_ends, cli_serve
from sijill.record.record import Record

ADDRESS = re.compile(r"is at (http://\S+)")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    Record.open(path).close()
    return path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Config]:
    """What would be served: nothing listens for long."""
    found: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: found.append(self.config))
    return found


@contextmanager
def serving(*arguments: object) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The page as a process of its own, with its address."""
    command = [sys.executable, "-c", "from sijill.cli import main; main()", *map(str, arguments)]
    quiet = {**os.environ, "CI": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quiet
    ) as process:
        try:
            assert process.stderr
            said = ADDRESS.search(process.stderr.readline())
            assert said, process.stderr.read()
            yield said[1], process
        finally:
            process.kill()


def test_it_serves_on_a_free_port_and_ends_on_ctrl_c(record: Path) -> None:
    with serving("serve", record, "--port", 0, "--read-only") as (address, process):
        assert httpx.get(f"{address}record").status_code == 200
        refused = httpx.post(f"{address}event/e1/correct", headers={"Origin": address[:-1]})
        assert refused.status_code == 403
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=60)
        assert (process.returncode, out, told.strip()) == (130, "", "interrupted")


def test_a_port_that_is_taken_is_told(record: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", record, "--port", taken.getsockname()[1])
    assert result.exit_code == cli_ends.USAGE
    assert "cannot listen" in result.stderr and "--port 0" in result.stderr


@pytest.mark.parametrize("option", [(), ("--record",)])
def test_the_record_is_named_as_for_other_commands(
    record: Path, served: list[uvicorn.Config], option: tuple[str, ...]
) -> None:
    assert f"{record} is at" in run("serve", *option, record, "--port", 0).stderr
    assert len(served) == 1


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_cannot_be_is_told(record: Path, port: int) -> None:
    assert run("serve", record, f"--port={port}").exit_code == cli_ends.USAGE


def test_elsewhere_the_address_has_a_token(record: Path, served: list[uvicorn.Config]) -> None:
    result = run("serve", record, "--port", 0, "--host", "0.0.0.0")
    said = ADDRESS.search(result.stderr)
    assert said and re.search(r"/\?token=[\w-]{20,}$", said[1]) and socket.gethostname() in said[1]
    again = ADDRESS.search(run("serve", record, "--port", 0, "--host", "0.0.0.0").stderr)
    assert again and again[1].partition("token=")[2] != said[1].partition("token=")[2]
    assert [(one.access_log, one.proxy_headers) for one in served] == [(False, False)] * 2


def test_on_this_machine_no_token_is_asked_for(record: Path, served: list[uvicorn.Config]) -> None:
    assert "?token=" not in run("serve", record, "--port", 0).stderr
    assert len(served) == 1


def test_a_record_that_is_not_there_is_made_or_told(
    tmp_path: Path, served: list[uvicorn.Config]
) -> None:
    missing = tmp_path / "none.db"
    result = run("serve", missing, "--port", 0, "--read-only")
    assert result.exit_code == cli_ends.FAILED and str(missing) in result.stderr
    assert not missing.exists() and not served
    assert "new and empty" in run("serve", missing, "--port", 0).stderr
    assert missing.exists()
    nowhere = run("serve", tmp_path / "no" / "folder.db", "--port", 0)
    assert nowhere.exit_code == cli_ends.FAILED and "folder.db" in nowhere.stderr


def test_what_is_no_record_is_told(tmp_path: Path, served: list[uvicorn.Config]) -> None:
    foreign = tmp_path / "notes.txt"
    foreign.write_text("no record", encoding="utf-8")
    result = run("serve", foreign, "--port", 0)
    assert result.exit_code == cli_ends.FAILED and "notes.txt" in result.stderr
    assert foreign.read_text(encoding="utf-8") == "no record" and not served


def test_without_a_browser_the_address_is_to_be_opened_by_hand(
    record: Path, served: list[uvicorn.Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)))
    result = run("serve", record, "--port", 0, "--open")
    assert "open the address yourself" in result.stderr
    assert opened and opened[0] in result.stderr and served


def test_demo_ends_by_itself_and_names_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: list[uvicorn.Config]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("demo")
    assert result.exit_code == cli_ends.DONE and not served
    named = re.search(r"sijill serve (\S+sample\.db)", result.stdout)
    assert named and Path(named[1]).is_file()


def test_demo_opens_the_page_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: list[uvicorn.Config]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    monkeypatch.setattr(cli, "_sample_record", lambda: tmp_path / "sample.db")
    assert run("demo", "--open").exit_code == cli_ends.DONE
    assert len(served) == 1 and opened[0].startswith("http://127.0.0.1:")
    assert run("demo", "--no-open").exit_code == cli_ends.DONE
    assert len(served) == 1


@pytest.mark.parametrize(
    ("terminal", "given", "seen"),
    [
        (True, {"DISPLAY": ":0"}, True),
        (True, {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (True, {}, False),
        (True, {"DISPLAY": ":0", "CI": "true"}, False),
        (False, {"DISPLAY": ":0"}, False),
    ],
)
def test_a_screen_is_one_that_somebody_sits_before(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, given: dict[str, str], seen: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cli_serve.sys, "platform", "linux")
    monkeypatch.setattr(cli_serve.sys, "stdout", _Output(terminal))
    assert cli_serve.has_screen() is seen


class _Output:
    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal
