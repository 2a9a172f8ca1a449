"""`copilot check --set`, as a verb and as a command."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from checkers import Whole, all_rules
from copilot.checkfile import Checked
from copilot.checkfile.sets import check_set_file, check_set_stream
from copilot.cli.check import check
from copilot.errors import CopilotError

A = '{"id": "a", "prompt": "What is 3+4?", "response": "7", "domain": "math"}\n'
B = '{"id": "b", "prompt": "What is  3+4?", "response": "7", "domain": "math"}\n'
C = '{"id": "c", "prompt": "what is 3+4", "domain": "law"}\n'
BAD = "{bad\n"
RULES = all_rules()

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(check)
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, *lines: str) -> str:
    Path(name).write_text("".join(lines), encoding="utf-8")
    return name


def test_records_keep_their_places_and_the_whole_comes_last() -> None:
    *records, whole = check_set_file(Path(written("d.jsonl", A, "\n", BAD, B, C)), rules=RULES)

    assert isinstance(whole, Whole)
    told = [
        (one.line, one.id, [found.rule for found in one.report.findings] if one.report else None)
        for one in records
        if isinstance(one, Checked)
    ]
    assert told == [
        (1, "a", []),
        (3, None, None),
        (4, "b", ["duplicates.exact"]),
        (5, "c", ["duplicates.near"]),
    ]
    assert whole.members == 3


@pytest.mark.parametrize("form", ["text", "jsonl", "json"])
def test_each_form_tells_records_and_the_whole(form: str) -> None:
    result = RUNNER.invoke(app, ["--set", written("d.jsonl", A, B, C), "--format", form])

    assert result.exit_code == 1
    if form == "text":
        assert "d.jsonl:2: duplicates.exact: Prompt and response are those of “a” (line 1).\n" in result.stdout
        assert (
            "d.jsonl:3: duplicates.near: suspicious: Its prompt is 100 % like that of “a” (line 1).\n" in result.stdout
        )
        assert "  math          2  66.7 %  20.8 %  93.8 %\n" in result.stdout
    else:
        lines = (
            json.loads(result.stdout) if form == "json" else [json.loads(line) for line in result.stdout.splitlines()]
        )
        assert [each.get("id") for each in lines] == ["a", "b", "c", None]
        assert lines[-1]["set"]["members"] == 3
        assert {table["table"] for table in lines[-1]["set"]["tables"]} >= {"domain", "near duplicates"}
    assert "3 records: 0 holds, 1 fails, 1 suspicious, 0 unknown" in result.stderr


def test_a_doubt_alone_is_no_failure_but_of_a_strict_run() -> None:
    name = written("d.jsonl", A, C)

    assert RUNNER.invoke(app, ["--set", name]).exit_code == 0
    assert RUNNER.invoke(app, ["--set", "--strict", name]).exit_code == 1


@pytest.mark.parametrize(
    "evaluation",
    ["What is 3+4?\n", '\n{"prompt": "What is 3+4?"}\n', '{"question": "What is 3+4?", "answer": 7}\n'],
)
def test_what_stands_in_an_evaluation_file_is_told(evaluation: str) -> None:
    written("eval", evaluation)

    result = RUNNER.invoke(app, ["--set", written("d.jsonl", A), "--against", "eval"])

    assert "d.jsonl:1: contamination.prompt: This prompt stands in the evaluation file" in result.stdout
    assert result.exit_code == 1


def test_quotas_come_from_the_folder_and_are_told_of_the_whole() -> None:
    written("copilot.toml", '[quotas.domain]\nmath = "90%"\n')

    result = RUNNER.invoke(app, ["--set", written("d.jsonl", A, C)])

    assert "d.jsonl: coverage.quotas: domain math: 1 of 2 (50.0 %), at least 90 %.\n" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--set", "d.jsonl", "d.jsonl"], "a set is one file", id="two files"),
        pytest.param(["--set", "d.jsonl", "--format", "sarif"], "cannot be told as sarif", id="a form without a whole"),
        pytest.param(["--set", "d.jsonl", "--select", "length"], "no rule of sets", id="no rule of sets"),
        pytest.param(["--set", "none.jsonl"], "there is no file", id="no file"),
        pytest.param(["--set", "empty"], "there is no record", id="an empty file"),
        pytest.param(["--set", "d.jsonl", "--against", "none"], "there is no file", id="no evaluation"),
        pytest.param(["--set", "d.jsonl", "--against", "empty"], "has no text", id="an empty evaluation"),
        pytest.param(["--set", "d.jsonl", "--against", "numbers"], "line 1 of the evaluation file", id="no texts"),
        pytest.param(["--set", "d.jsonl", "--against", "latin"], "not UTF-8", id="other bytes"),
        pytest.param(["d.jsonl", "--against", "empty"], "--against is of a set", id="no set"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_a_hint(arguments: list[str], said: str) -> None:
    written("d.jsonl", A)
    written("empty", "")
    written("numbers", '{"a": 3}\n')
    Path("latin").write_bytes(b"caf\xe9\n")

    with pytest.raises(CopilotError) as told:
        RUNNER.invoke(app, ["--format", "json", *arguments], catch_exceptions=False)

    assert said in told.value.what
    assert told.value.hint


def test_a_wrong_quota_is_told_before_a_line_is_written() -> None:
    written("copilot.toml", '[quotas.domian]\nmath = "90%"\n')

    result = RUNNER.invoke(app, ["--set", written("d.jsonl", A), "--format", "json"])

    assert isinstance(result.exception, CopilotError)
    assert "[quotas.domain]" in result.exception.hint
    assert result.stdout == ""


def test_a_file_that_changes_under_the_reading_is_told() -> None:
    many = [f'{{"id": "n{number}", "prompt": "{number}", "domain": "law"}}\n' for number in range(5_000)]
    name = Path(written("d.jsonl", *many))
    found: Iterator[Checked | Whole] = check_set_file(
        name, rules=[rule for rule in RULES if rule.name == "coverage.quotas"]
    )
    next(found)
    name.write_text("".join(many).replace("law", "tax"), encoding="utf-8")

    with pytest.raises(CopilotError, match="changed while it was read"):
        list(found)


def test_standard_input_is_laid_aside_and_nothing_of_it_stays(tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    command = "from copilot.cli.main import run; run()"
    said = subprocess.run(
        [sys.executable, "-c", command, "check", "--set", "-"],
        input=(A + B).encode(),
        env={**os.environ, "TMPDIR": str(aside)},
        capture_output=True,
        check=False,
    )

    assert said.returncode == 1, said.stderr
    assert "-:2: duplicates.exact:" in said.stdout.decode()
    assert list(aside.iterdir()) == []


class Pipe(io.BytesIO):
    """A stream that cannot go back."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation("seek")


def test_a_stream_that_cannot_go_back_is_laid_aside_up_to_a_bound() -> None:
    stream = (A + C).encode()

    *records, _ = check_set_stream(Pipe(stream), name="standard input", rules=RULES, most=len(stream))
    with pytest.raises(CopilotError, match="standard input has more than") as told:
        list(check_set_stream(Pipe(stream), name="standard input", rules=RULES, most=len(stream) - 1))

    assert len(records) == 2
    assert "save it as a file" in told.value.hint


def test_no_line_commands_a_terminal_or_a_runner() -> None:
    hostile = '{"id": "::error::\\u001b[31m", "prompt": "p", "domain": "::stop\\u001b[2J##[group]"}\n'

    result = RUNNER.invoke(app, ["--set", written("::d", hostile, hostile)])

    assert "\x1b" not in result.stdout
    assert "“::stop" in result.stdout
    assert not [line for line in result.stdout.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in result.stdout
