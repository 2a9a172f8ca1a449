"""`copilot check`, as a verb and as a command."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from checkers import all_rules
from copilot.checkfile import check_file, check_stream, rules_for
from copilot.cli.check import Format, check
from copilot.errors import CopilotError

RIGHT = '{"id": "a", "response": "2 + 2 = 4"}\n'
SHORT = '[{"name": "length.words", "params": {"max": 99}}]'
WRONG = '{"id": "b", "steps": ["1 + 1 = 2", "2 + 2 = 5"], "constraints": ' + SHORT + "}\n"
OPEN = '{"id": "c", "response": "So 5/0 = 1"}\n'
BAD = "{bad\n"

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


def test_every_line_keeps_its_place_and_its_id() -> None:
    stream = io.BytesIO((RIGHT + "\n" + BAD + '{"response": "x"}\n{"id": [3], "response": "x"}').encode())

    found = list(check_stream(stream))

    assert [(each.line, each.id, each.rejected is None) for each in found] == [
        (1, "a", True),
        (3, None, False),
        (4, "line-4", True),
        (5, None, False),
    ]


def test_a_line_of_a_findings_file_is_as_documented() -> None:
    wrong, bad = (each.as_json() for each in check_stream(io.BytesIO((WRONG + BAD).encode())))

    assert bad == {"id": None, "line": 2, "error": bad["error"], "hint": bad["hint"]}
    findings = json.loads(json.dumps(wrong))["findings"]
    assert list(wrong) == ["id", "findings"]
    assert findings[1] == {
        "rule": "arithmetic.equation",
        "version": 3,
        "verdict": "fails",
        "step": 1,
        "span": [0, 9],
        "message": "2 + 2 is 4, not 5.",
        "evidence": {"left": "4", "right": "5"},
        "repair": "2 + 2 = 4",
        "carried": False,
    }


def test_lines_are_checked_as_they_are_read() -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise OSError("the second line was read before the first was checked")
            return super().readline(size)

    first = next(check_stream(Broken((RIGHT + WRONG).encode())))

    assert first.id == "a"


def test_a_rule_that_is_not_there_is_the_caller_s_error() -> None:
    with pytest.raises(CopilotError, match="arithmetics") as caught:
        rules_for(select=["arithmetics"])

    assert "arithmetic" in caught.value.hint


def test_a_list_of_rules_in_one_word_is_told_to_be_given_apart() -> None:
    with pytest.raises(CopilotError, match="arithmetic,length") as caught:
        rules_for(select=["arithmetic,length"])

    assert "--select arithmetic --select length" in caught.value.hint


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "absent", "device", "url"])
def test_only_a_regular_file_is_opened(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text(RIGHT)
    path = tmp_path / "asked"
    if kind == "link":
        path.symlink_to(target)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "url":
        path = Path("http://127.0.0.1:9/x.jsonl")

    with pytest.raises(CopilotError) as caught:
        list(check_file(path))

    assert caught.value.hint


@pytest.mark.parametrize(
    ("lines", "flags", "status"),
    [
        ([RIGHT], [], 0),
        ([RIGHT, WRONG], [], 1),
        ([RIGHT, BAD], [], 1),
        ([OPEN], [], 0),
        ([OPEN], ["--strict"], 1),
        ([RIGHT], ["--strict"], 0),
        ([WRONG], ["--ignore", "arithmetic"], 0),
        ([WRONG], ["--select", "format"], 0),
        ([WRONG], ["--select", "symbolic"], 1),
    ],
)
def test_the_exit_status_is_a_contract(lines: list[str], flags: list[str], status: int) -> None:
    name = written("drafts.jsonl", *lines)

    for form in ("text", "jsonl", "json", "sarif", "github"):
        assert RUNNER.invoke(app, [name, *flags, "--format", form]).exit_code == status
    assert RUNNER.invoke(app, [name, *flags, "--jobs", "2"]).exit_code == status


def test_text_is_one_line_a_failing_finding_and_a_count() -> None:
    name = written("drafts.jsonl", RIGHT, WRONG, BAD, OPEN)

    result = RUNNER.invoke(app, [name])

    lines = result.stdout.splitlines()
    assert lines[0] == "drafts.jsonl:2: arithmetic.equation: step 2: 2 + 2 is 4, not 5."
    assert lines[1].startswith("drafts.jsonl:3: rejected: this is not JSON")
    assert len(lines) == 2
    assert result.stderr.splitlines() == [
        "3 records: 3 holds, 1 fails, 0 suspicious, 1 unknown, 1 rejected",
        "followed, demands: 1 of 1, 100.0 % [20.7, 100.0]",
        "followed, records with all of theirs: 1 of 1, 100.0 % [20.7, 100.0]",
    ]


def test_jsonl_is_one_line_a_record_in_order() -> None:
    name = written("drafts.jsonl", RIGHT, BAD, WRONG)

    told = [json.loads(line) for line in RUNNER.invoke(app, [name, "--format", "jsonl"]).stdout.splitlines()]

    assert [line["id"] for line in told] == ["a", None, "b"]
    assert told[1]["line"] == 2


def test_standard_input_is_read_by_a_dash() -> None:
    result = RUNNER.invoke(app, ["-"], input=WRONG)

    assert result.exit_code == 1
    assert result.stdout.startswith("-:1: arithmetic.equation: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no file to check"),
        (["absent.jsonl"], "absent.jsonl"),
        (["empty.jsonl"], "no record to check"),
        (["empty.jsonl", "--select", "arithmetics"], "arithmetics"),
        (["empty.jsonl", "--plugin", "nobody"], "nobody"),
        (["empty.jsonl", "--select", "symbolic", "--ignore", "symbolic"], "no rule is left"),
    ],
)
def test_the_user_s_errors_have_a_hint(arguments: list[str], said: str) -> None:
    written("empty.jsonl", "\n \n")

    result = RUNNER.invoke(app, arguments)

    assert isinstance(result.exception, CopilotError)
    assert said in result.exception.what
    assert result.exception.hint


def test_one_unreadable_file_of_several_is_told_and_the_others_are_checked() -> None:
    name = written("drafts.jsonl", RIGHT)

    result = RUNNER.invoke(app, ["absent.jsonl", name])
    nothing = RUNNER.invoke(app, ["absent.jsonl", "gone.jsonl"])

    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "1 record:" in result.stderr
    assert nothing.exit_code == 2


def test_an_empty_file_of_several_is_told_and_counts_as_it_does_alone() -> None:
    empty, wrong = written("empty.jsonl", "\n"), written("drafts.jsonl", WRONG)

    result = RUNNER.invoke(app, [empty, wrong])

    assert result.exit_code == 2
    assert result.stdout.startswith("drafts.jsonl:1: arithmetic.equation: ")
    assert result.stderr.startswith("error: empty.jsonl: there is no record to check\n hint: ")


LONG = json.dumps({"id": "long", "steps": ["2 + 2 = 5", "a" * 200_000]}) + "\n"
MANY = json.dumps({"id": "many", "steps": ["2 + 2 = 5"] * 2_001}) + "\n"


@pytest.mark.parametrize(
    ("record", "reason"),
    [(LONG, "more than 200,000 characters"), (MANY, "more than 2,000 steps")],
    ids=["long", "many"],
)
@pytest.mark.parametrize("more", [[], ["--strict"], ["--jobs", "2"]], ids=str)
def test_a_record_beyond_a_limit_is_told_once_and_never_passes(record: str, reason: str, more: list[str]) -> None:
    name = written("drafts.jsonl", RIGHT, record)

    said = {form: RUNNER.invoke(app, [name, "--format", form, *more]) for form in Format}

    assert {result.exit_code for result in said.values()} == {1}
    assert said[Format.TEXT].stdout == f"drafts.jsonl:2: not checked: {reason}\n"
    assert said[Format.GITHUB].stdout == f"::error file=drafts.jsonl,line=2,title=not checked::{reason}\n"
    results = json.loads(said[Format.SARIF].stdout)["runs"][0]["results"]
    assert [(each["ruleId"], each["level"]) for each in results] == [("not checked", "error")]
    for rows in (json.loads(said[Format.JSON].stdout), list(map(json.loads, said[Format.JSONL].stdout.splitlines()))):
        assert [row.get("not_checked") for row in rows] == [None, reason]
        assert {found["verdict"] for found in rows[1]["findings"]} == {"unknown"}
    assert said[Format.TEXT].stderr.endswith(" unknown, 1 not checked\n")


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        (
            {"name": "length.word", "params": {"max": 9}},
            "constraint: unknown: No rule is called 'length.word'; did you",
        ),
        ({"name": "arithmetic.equation"}, "unknown: The rule 'arithmetic.equation' decides no constraint."),
        ({"name": "length.words", "params": {"maximum": 9}}, "length.words: unknown: This constraint cannot be read: "),
    ],
)
def test_a_constraint_that_is_written_wrongly_is_told_without_being_strict(
    constraint: dict[str, object], said: str
) -> None:
    name = written("drafts.jsonl", json.dumps({"response": "One.", "constraints": [constraint]}) + "\n")

    result = RUNNER.invoke(app, [name])
    (noted,) = json.loads(RUNNER.invoke(app, [name, "--format", "sarif"]).stdout)["runs"][0]["results"]

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert said in result.stdout
    assert (noted["kind"], noted["level"]) == ("fail", "error")


@pytest.mark.parametrize(
    ("record", "note"),
    [
        ({"response": "So.", "anwser": "4"}, "the key 'anwser' is not read: did you mean `answer`?"),
        ({"response": "So.", "Constraints": []}, "the key 'Constraints' is not read: did you mean `constraints`?"),
        ({"response": "So.", "answer\u202e": "4"}, "the key 'answer\\u202e' is not read: did you mean `answer`?"),
        ({"response": " "}, "`response` is empty"),
        ({"response": "So.", "answer": "4", "answers": ["4"], "model": "x", "": 1}, None),
        ({"response": "", "steps": ["So."]}, None),
    ],
    ids=str,
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_may_have_been_overlooked_is_noted_once_and_changes_nothing(
    record: dict[str, object], note: str | None, jobs: str
) -> None:
    name = written("drafts.jsonl", *[json.dumps(record) + "\n"] * 3)

    result = RUNNER.invoke(app, [name, "--jobs", jobs])

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[:-1] == ([f"note: drafts.jsonl:1: {note}"] if note else [])


def test_a_record_without_a_draft_is_told_of_a_key_that_is_nearly_right() -> None:
    name = written("drafts.jsonl", '{"reponse": "2 + 2 = 5"}\n')

    assert "did you mean `response`?" in RUNNER.invoke(app, [name]).stdout


def test_an_instruction_of_a_data_set_that_no_rule_knows_is_just_unknown() -> None:
    name = written("drafts.jsonl", '{"response": "One.", "instruction_id_list": ["keywords:strange"]}\n')

    result = RUNNER.invoke(app, [name])

    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 unknown" in result.stderr


def test_the_rules_are_listed_with_their_help() -> None:
    lines = RUNNER.invoke(app, ["--list-rules", "--select", "length"]).stdout.splitlines()

    assert [line.split(" ")[0] for line in lines] == [
        "length.characters",
        "length.paragraphs",
        "length.sentences",
        "length.words",
    ]
    assert lines[3].startswith("length.words (format, response, version 2): The response has at least")


def test_the_folder_s_settings_choose_rules_and_a_flag_overrules_them() -> None:
    name = written("drafts.jsonl", WRONG)
    Path("copilot.toml").write_text('[check]\nselect = ["format"]\n')

    assert RUNNER.invoke(app, [name]).exit_code == 0
    assert RUNNER.invoke(app, [name, "--select", "symbolic"]).exit_code == 1


def test_drafted_text_cannot_speak_to_the_terminal() -> None:
    nasty = "\x1b]52;c;aGk=\x07\x9b31m\u202e[/b]::stop-commands::x\n::error::"
    record = {
        "id": nasty,
        "steps": ["2 + 2 = 5"],
        "answer": "B",
        "reference": {"answer": "C"},
        "constraints": [{"name": "keywords.include", "params": {"words": [nasty]}}, {"name": nasty}],
    }
    name = written("drafts.jsonl", json.dumps(record) + "\n", '{"' + "a\u202e\u009b" + '": 1, "a\u202e\u009b": 2}\n')

    for form, count, start in (
        ("text", 5, ("drafts.jsonl:",)),
        ("jsonl", 2, ('{"id": ',)),
        ("json", 4, ("[", '{"file": "drafts.jsonl"', "]")),
        ("sarif", len(all_rules()) + 12, ("{", '"columnKind"', "]")),
        ("github", 5, ("::error file=drafts.jsonl,line=", "::warning file=drafts.jsonl,line=")),
    ):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "from copilot.cli.main import run; run()",
                "check",
                "--strict",
                "--format",
                form,
                name,
            ],
            capture_output=True,
            check=False,
        )

        assert done.returncode == 1, done.stderr
        for shown in (done.stdout, done.stderr):
            text = shown.decode()
            assert all(character.isprintable() or character == "\n" for character in text)
        lines = done.stdout.decode().splitlines()
        assert len(lines) == count
        assert all(line.startswith(start) for line in lines)


def test_checking_opens_nothing_but_its_file() -> None:
    name = written("drafts.jsonl", WRONG)
    Path(".copilot").mkdir()
    Path(".copilot/copilot.db").write_text("not a database")
    script = (
        "import sys\nseen = []\n"
        "sys.addaudithook(lambda event, args: seen.append((event, str(args[0]))) if event in ('open', 'socket.connect',"
        " 'socket.getaddrinfo', 'sqlite3.connect', 'subprocess.Popen', 'pickle.find_class') else None)\n"
        "from copilot.checkfile import check_file\nfrom pathlib import Path\n"
        f"list(check_file(Path({name!r})))\n"
        "outside = (sys.prefix, sys.base_prefix, *[entry for entry in sys.path if entry])\n"
        "print([what for what in seen if what[0] != 'open' or not what[1].startswith(outside)])"
    )
    top = Path(__file__).parents[2]

    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(top)},
    )

    assert done.stdout.strip() == "[('open', 'drafts.jsonl'), ('open', '3')]"  # the name once, then its descriptor


def test_json_is_one_array_with_file_and_line() -> None:
    names = [written("a.jsonl", RIGHT), written("b.jsonl", BAD, WRONG)]

    told = json.loads(RUNNER.invoke(app, [*names, "--format", "json"]).stdout)

    assert [(each["file"], each["line"], each["id"]) for each in told] == [
        ("a.jsonl", 1, "a"),
        ("b.jsonl", 1, None),
        ("b.jsonl", 2, "b"),
    ]


@pytest.mark.parametrize("form", ["text", "jsonl", "json", "sarif", "github"])
def test_several_processes_write_what_one_writes(form: str) -> None:
    names = [written("a.jsonl", *[RIGHT, WRONG, BAD] * 20), written("b.jsonl", OPEN, WRONG)]

    alone, together = (RUNNER.invoke(app, [*names, "absent", "--format", form, "--jobs", jobs]) for jobs in ("1", "3"))

    assert together.stdout == alone.stdout
    assert together.stderr == alone.stderr
    assert together.exit_code == alone.exit_code == 2


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_nothing_is_written_when_there_is_nothing_to_check(form: str) -> None:
    for name in ("absent.jsonl", written("empty.jsonl", "\n")):
        result = RUNNER.invoke(app, [name, "--format", form])

        assert isinstance(result.exception, CopilotError)
        assert result.stdout == ""


def test_a_file_s_name_cannot_be_a_command() -> None:
    name = written("::stop-commands::x", WRONG)

    lines = RUNNER.invoke(app, [name]).stdout.splitlines()

    assert lines[0].startswith("./::stop-commands::x:1: arithmetic.equation: ")


STATED = (
    '{"id": "d", "prompt": "Say it in at most 3 words. Avoid the word hot.", "response": "No, hot in three words."}\n'
)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_prompt_states_is_checked_behind_what_is_given(jobs: str) -> None:
    given = STATED.replace('"response"', '"constraints": ' + SHORT + ', "response"')
    name = written("stated.jsonl", STATED, given)
    told = RUNNER.invoke(app, [name, "--format", "jsonl", "--jobs", jobs])
    first, second = (json.loads(line)["findings"] for line in told.stdout.splitlines())
    places = [[(one["rule"], one["evidence"]["index"], one["verdict"]) for one in found] for found in (first, second)]

    assert sorted(places[0]) == [("keywords.exclude", 1, "fails"), ("length.words", 0, "fails")]
    assert sorted(places[1]) == [("keywords.exclude", 1, "fails"), ("length.words", 0, "holds")]
    assert {one["evidence"]["origin"] for one in first} == {"reader"}
    assert [one["evidence"]["asked"] for one in first if one["rule"] == "length.words"] == [[10, 25]]
    assert told.exit_code == 1


@pytest.mark.parametrize(
    ("flags", "settings"),
    [
        pytest.param(["--no-read-prompt"], "", id="a flag says no"),
        pytest.param([], "[constraints]\nread_prompts = false\n", id="the folder says no"),
        pytest.param(["--constraints", "compat"], "", id="scores are of what is given"),
    ],
)
def test_a_prompt_is_left_unread_when_that_is_told(flags: list[str], settings: str) -> None:
    Path("copilot.toml").write_text(settings)
    name = written("stated.jsonl", STATED)

    assert RUNNER.invoke(app, [name, *flags]).exit_code == 0
    assert RUNNER.invoke(app, [name, *flags, "--read-prompt"]).exit_code == 1


def test_steps_are_not_asked_for_what_a_prompt_states_of_its_response() -> None:
    name = written("steps.jsonl", STATED.replace('"response": "No, hot in three words."', '"steps": ["No, hot so."]'))

    assert RUNNER.invoke(app, [name]).exit_code == 0
