"""The command line: exit codes, streams, formats; never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sijill import cli, cli_ends, pipeline
from sijill.errors import Fault, KnowledgeError
from sijill.extract import check
from sijill.model import Article, Place, Reference, Report, Seen, Speaker, Trace
from sijill.text.tokens import Tokens

ARABIC = "استعادت القوات العراقية حي المعلمين في الموصل. وقتل 23 مدنيا."
TRACE = Trace("capture.verb", "rules/territory.yml:12", 0, 7)


class OneReport:
    """An extractor that finds the same report in every article."""

    def extract(self, article: Article, tokens: Tokens, reference: Reference) -> tuple[Report, ...]:
        place = Place("حي المعلمين", "الموصل", 36.34, 43.11, trace=TRACE)
        report = Report(
            "r1",
            "capture",
            "occurred",
            actor=("iraq_forces",),
            place=(place,),
            time=("2017-03-09", "2017-03-09"),
            speaker=Speaker("قيادة العمليات سالم", "iraq_joc", public="قيادة العمليات […]"),
            evidence=((0, 7),),
            trigger="استعادت",
            traces={"type": TRACE},
        )
        return (report,)

    def see(self, text: str, day: date | None) -> list[Seen]:
        return [Seen("trigger", 0, 7, text[:7], f"capture {day}", TRACE)]


@pytest.fixture(autouse=True)
def one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "load_extractor", OneReport)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(ARABIC, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def test_extract_prints_json_lines(article: Path) -> None:
    result = run("extract", article)
    assert result.exit_code == cli_ends.DONE
    assert json.loads(result.stdout)["reports"][0]["type"] == "capture"
    assert result.stderr == ""


def test_skipped_inputs_are_named_and_change_the_exit_code(article: Path, tmp_path: Path) -> None:
    result = run("extract", article, tmp_path / "none.txt")
    assert result.exit_code == cli_ends.SKIPPED
    assert len(result.stdout.splitlines()) == 1
    assert f"skipped: {tmp_path / 'none.txt'}: there is no such file" in result.stderr
    assert "1 article, 1 report, 1 skipped input\n" in result.stderr


def test_out_writes_a_whole_file(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("extract", article, "--out", out)
    assert (result.exit_code, result.stdout) == (cli_ends.DONE, "")
    assert json.loads(out.read_bytes())["doc"] == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.txt", "out.jsonl"]


def test_out_that_cannot_be_written_is_one_message(article: Path, tmp_path: Path) -> None:
    absent, folder = tmp_path / "no" / "out.jsonl", tmp_path
    for out, reason in ((absent, "mkdir -p"), (folder, "is a folder"), (article, "written over")):
        result = run("extract", article, "--out", out)
        assert result.exit_code == cli_ends.USAGE
        assert result.stderr.startswith(f"sijill: {out}: ") and reason in result.stderr
    assert article.read_text(encoding="utf-8") == ARABIC


def test_names_are_left_out_unless_asked_for(article: Path) -> None:
    line = run("extract", article).stdout
    assert json.loads(line)["reports"][0]["speaker"]["text"] == "قيادة العمليات […]"
    line = run("extract", article, "--with-names").stdout
    assert json.loads(line)["reports"][0]["speaker"]["text"] == "قيادة العمليات سالم"


def test_an_interrupted_run_leaves_what_it_read(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two.txt").write_text(ARABIC, encoding="utf-8")
    whole = OneReport.extract

    def interrupt(*given: Any) -> tuple[Report, ...]:
        if given[1].doc == "two":
            raise KeyboardInterrupt
        return whole(*given)

    monkeypatch.setattr(OneReport, "extract", interrupt)
    out = tmp_path / "out.jsonl"
    result = run("extract", article, tmp_path / "two.txt", "--out", out)
    assert result.exit_code == cli_ends.INTERRUPTED
    assert not out.exists()
    assert json.loads((tmp_path / "out.jsonl.part").read_bytes())["doc"] == "one"
    assert "out.jsonl.part" in result.stderr


def test_table_is_tab_separated_in_a_pipe(article: Path) -> None:
    lines = run("extract", article, "--format", "table").stdout.splitlines()
    header, row = (line.split("\t") for line in lines)
    assert dict(zip(header, row, strict=True))["actor"] == "iraq_forces"


@pytest.mark.parametrize("out", [True, False])
def test_pretty_shows_sentences_and_reports(article: Path, tmp_path: Path, out: bool) -> None:
    path = tmp_path / "out.txt"
    result = run("extract", article, "--format", "pretty", *(["--out", path] if out else []))
    assert result.exit_code == cli_ends.DONE
    text = path.read_text(encoding="utf-8") if out else result.stdout
    assert "وقتل 23 مدنيا." in text.splitlines()
    assert "r1 capture occurred 2017-03-09" in text
    assert "حي المعلمين (الموصل)  36.34, 43.11" in text
    assert "\u2067" not in text


def test_why_names_words_and_rule(article: Path) -> None:
    result = run("why", article, "r1")
    assert result.exit_code == cli_ends.DONE
    assert "capture.verb (rules/territory.yml:12) استعادت" in result.stdout


def test_why_one_of_several(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"doc": doc, "text": ARABIC}) for doc in ("x", "y")]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert run("why", f"{path}#y").exit_code == cli_ends.DONE
    several = run("why", path)
    assert several.exit_code == cli_ends.USAGE and f"name one: {path}#x" in several.stderr
    missing = run("why", f"{path}#z")
    assert missing.exit_code == cli_ends.USAGE and "holds no document z" in missing.stderr


def test_why_unknown_report_says_which_there_are(article: Path) -> None:
    result = run("why", article, "r9")
    assert result.exit_code == cli_ends.USAGE
    assert "it has: r1" in result.stderr


def test_parse(tmp_path: Path) -> None:
    seen = run("parse", ARABIC, "--on", "2017-03-09")
    assert "capture 2017-03-09" in seen.stdout
    path = tmp_path / "lines.txt"
    path.write_text(f"{ARABIC}\n\n{ARABIC}\n", encoding="utf-8")
    lines = run("parse", "--lines", path, "--json").stdout.splitlines()
    assert [json.loads(line)["seen"][0]["kind"] for line in lines] == ["trigger", "trigger"]


def test_parse_refuses_a_day_that_is_none() -> None:
    result = run("parse", ARABIC, "--on", "9 March")
    assert result.exit_code == cli_ends.USAGE
    assert "write it as 2017-03-09" in result.stderr


@pytest.mark.parametrize(
    ("content", "code", "reason"),
    [
        (b"", cli_ends.USAGE, "there is no text in it"),
        (b"%PDF-1.4", cli_ends.FAILED, "is not a text"),
        (ARABIC.encode("cp1256"), cli_ends.DONE, ""),
    ],
)
def test_parse_of_lines_that_are_no_utf8(
    tmp_path: Path, content: bytes, code: int, reason: str
) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(content)
    result = run("parse", "--lines", path, "--json")
    assert result.exit_code == code and reason in result.stderr


def test_parse_of_missing_lines_says_so(tmp_path: Path) -> None:
    result = run("parse", "--lines", tmp_path / "none.txt")
    assert result.exit_code == cli_ends.FAILED
    assert "none.txt: there is no such file" in result.stderr


def test_rules_unused_says_nothing_of_no_articles(tmp_path: Path) -> None:
    result = run("rules", "unused", tmp_path)
    assert (result.exit_code, result.stdout) == (cli_ends.USAGE, "")


def test_demo_shows_the_sample_and_what_to_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("demo")
    assert result.exit_code == cli_ends.DONE
    assert "40 short articles read, 40 reports found" in result.stdout
    assert "Try next" in result.stdout


def test_rules_are_tried_without_the_words() -> None:
    assert "capture.verb" in run("rules", "try", ARABIC).stdout


def test_rules_test_tells_how_each_example_went(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = [
        check.Outcome("a.b", "a.yml:1", "good"),
        check.Outcome("a.b", "a.yml:2", "x", "bad"),
    ]
    monkeypatch.setattr(check, "test_rule", lambda ident: outcomes)
    result = run("rules", "test", "a.b")
    assert result.exit_code == cli_ends.FAILED
    assert result.stdout.splitlines() == ["a.yml:1: ok: good", "a.yml:2: bad"]


def test_rules_test_of_an_unknown_rule_says_which_was_meant() -> None:
    result = run("rules", "test", "capture.tak")
    assert result.exit_code == cli_ends.USAGE
    assert "did you mean 'capture.take'?" in result.stderr


def test_rules_unused_lists_ids(article: Path) -> None:
    listed = run("rules", "unused", article).stdout.splitlines()
    assert "protest.demonstrate" in listed or len(listed) > 10
    assert "capture.take" not in listed


def test_unknown_option_is_a_usage_error() -> None:
    assert run("extract", "--nonsense").exit_code == cli_ends.USAGE


def sijill(*arguments: object, code: str = "") -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    command = [sys.executable, "-c", f"{code}\nfrom sijill.cli import main; main()"]
    return subprocess.run([*command, *map(str, arguments)], capture_output=True, timeout=120)


def test_help_imports_nothing_heavy() -> None:
    """What a command needs is imported when it runs: help comes at once."""
    heavy = ("trafilatura", "yaml", "lxml", "numpy", "sqlalchemy", "fastapi", "jinja2", "babel")
    code = (
        "import sys\nfrom sijill import cli\nsys.argv[1:] = ['--help']\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('loaded:', [m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip().endswith("loaded: []"), done.stdout + done.stderr


@pytest.mark.parametrize("form", ["jsonl", "table", "pretty"])
def test_broken_pipe_is_quiet(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.jsonl"
    row = json.dumps({"doc": "x", "text": "قال المتحدث إن المباراة انتهت. " * 5, "pad": "x" * 9000})
    path.write_text("\n".join([row] * 60), encoding="utf-8")
    command = [sys.executable, "-c", "from sijill.cli import main; main()", "extract", str(path)]
    command += ["--format", form]
    with (tmp_path / "errors").open("w+b") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=120) == cli_ends.DONE
        errors.seek(0)
        said = errors.read()
    assert b"Traceback" not in said and b"BrokenPipe" not in said


def test_a_broken_knowledge_file_is_told_briefly(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise KnowledgeError([Fault("actors.tsv", line, "is wrong") for line in range(1, 500)])

    monkeypatch.setattr(pipeline, "load_extractor", broken)
    result = run("extract", article)
    assert result.exit_code == cli_ends.FAILED
    assert "actors.tsv:1: is wrong" in result.stderr
    assert "(479 more)" in result.stderr and len(result.stderr.splitlines()) == 21


def test_output_is_utf8_whatever_the_locale(article: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-c", "from sijill.cli import main; main()"]
    done = subprocess.run(
        [*command, "extract", str(article), "--format", "pretty"],
        capture_output=True,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0
    assert "استعادت" in done.stdout.decode("utf-8")
