"""Several processes on one file: the same findings in the same order, clean workers, and no death that is silent."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from checkers import BadRecord
from checkers.jsonline import read_lines
from copilot.checkfile import Choice, Pool, check_stream
from copilot.cli.check import check
from copilot.errors import CopilotError

TOP = Path(__file__).parents[2]
RULES = '''
import os, signal, sys, time
from checkers import rule
from checkers.finding import holds

@rule(version=1, scope="response")
def trap(trace):
    """Does to its process what the text says."""
    said = trace.text
    if said == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if said == "leave":
        os._exit(7)
    if said == "hang":
        time.sleep(600)
    if said == "chatter":
        os.write(1, b'{"line": 1, "id": "x"}\\n')
    if said == "fill":
        bytearray(3 << 30)
    if said == "write":
        with open(__file__ + ".out", "w") as out:
            out.write("x" * 9)
    if said == "look":
        state = {"environ": dict(os.environ), "folder": os.getcwd(), "path": sys.path, "isolated": sys.flags.isolated,
                 "files": sorted(os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")[:9]
                                 if os.path.exists(f"/proc/self/fd/{name}")),
                 "sympy": "sympy" in sys.modules, "group": os.getpgid(0) == os.getpid()}
        yield holds((0, 0), "Seen.", **state)
    yield holds((0, 1), "Still here.")
'''
TRAP = Choice(select=("trap",), plugins=("trap",))


@pytest.fixture
def _trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plug-in whose rule breaks its process on demand, as an installed package."""
    (tmp_path / "rules_of_trap").mkdir()
    (tmp_path / "rules_of_trap" / "__init__.py").write_text("")
    (tmp_path / "rules_of_trap" / "trap.py").write_text(RULES)
    (tmp_path / "trap-1.0.dist-info").mkdir()
    (tmp_path / "trap-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: trap\nVersion: 1.0\n")
    (tmp_path / "trap-1.0.dist-info" / "entry_points.txt").write_text("[copilot.checkers]\ntrap = rules_of_trap\n")
    monkeypatch.syspath_prepend(str(tmp_path))


def lines(*texts: str) -> Iterator[tuple[int, bytes | BadRecord]]:
    for number, text in enumerate(texts, 1):
        yield number, json.dumps({"id": f"r{number}", "response": text}).encode()


def test_several_processes_find_what_one_finds_in_the_same_order() -> None:
    kinds = [
        {"steps": ["1 + 1 = 2", "2 + 2 = 5"], "answer": "5", "reference": {"answer": "4"}},
        {"response": "So 5/0 = 1", "constraints": [{"name": "length.words", "params": {"max": 2}}, {"name": "x"}]},
        {"response": "[1]", "constraints": [{"name": "json_shape.schema", "params": {"schema": {"type": "object"}}}]},
        {"response": "ü" * 200_000},
        {"response": "\u2028 = \x85 7 * 8 = 54"},
    ]
    rows = [json.dumps(row) for row in kinds] + ["{bad", "", '{"response": 3}', "\x00", '{"a": 1, "a": 2}']
    text = "\ufeff" + "\n".join(rows * 20) + '\r\n{"response": "a"}'

    alone = list(check_stream(io.BytesIO(text.encode())))
    with Pool(Choice(), jobs=3) as pool:
        together = list(check_stream(io.BytesIO(text.encode()), pool=pool))
        again = list(pool.check(read_lines(io.BytesIO(text.encode()))))

    assert [each.as_json() for each in together] == [each.as_json() for each in alone]
    assert [each.report for each in together] == [each.report for each in again]
    assert [each.line for each in together] == [each.line for each in alone]
    assert [each.report and each.report.rules for each in together] == [
        each.report and each.report.rules for each in alone
    ]


@pytest.mark.usefixtures("_trap")
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("die", "the worker was ended by signal 9"),
        ("leave", "the worker ended with status 7"),
        ("hang", "no answer in 2 s"),
        ("chatter", "the worker gave a reply of another shape"),
    ],
)
def test_a_worker_that_is_lost_leaves_an_unknown_with_its_reason_and_the_rest_goes_on(said: str, reason: str) -> None:
    texts = ["fine"] * 5 + [said] + ["fine"] * 40 + [said]
    with Pool(TRAP, jobs=2, seconds=2.0) as pool:
        found = list(pool.check(lines(*texts)))

    assert [each.id for each in found] == [f"r{number}" for number in range(1, len(texts) + 1)]
    for text, each in zip(texts, found, strict=True):
        assert each.report is not None
        (finding,) = each.report.findings
        assert finding.rule == "trap.trap"
        if text == "fine":
            assert (finding.verdict.value, each.stopped) == ("holds", None)
        else:
            assert (finding.verdict.value, finding.evidence["reason"], each.stopped) == ("unknown", reason, reason)


@pytest.mark.usefixtures("_trap")
def test_a_record_that_was_stopped_has_its_unknown_for_every_constraint_too() -> None:
    asked = [{"name": "length.words", "params": {"max": 2}}, {"name": "no.such"}]
    raw = json.dumps({"response": "die", "constraints": asked}).encode()
    with Pool(Choice(plugins=("trap",)), jobs=1) as pool:
        (found,) = pool.check([(4, raw)])

    assert found.id == "line-4"
    assert found.report is not None
    assert {each.verdict.value for each in found.report.findings} == {"unknown"}
    constraints = {each.evidence["index"]: each for each in found.report.findings if "index" in each.evidence}
    assert [constraints[index].evidence["constraint"] for index in range(2)] == ["length.words", "no.such"]
    assert {"trap.trap", "arithmetic.equation"} <= {each.rule for each in found.report.findings}


@pytest.mark.usefixtures("_trap")
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "drafts.jsonl:2: not checked: the worker was ended by signal 9"),
        ("github", "::error file=drafts.jsonl,line=2,title=not checked::the worker was ended by signal 9"),
        ("jsonl", '"reason": "the worker was ended by signal 9"'),
        ("sarif", '"ruleId": "not checked"'),
    ],
)
def test_the_command_tells_what_was_not_checked_and_exits_with_1(
    form: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("drafts.jsonl").write_bytes(
        b"\n".join(raw for _, raw in lines("fine", "die", "fine") if isinstance(raw, bytes))
    )
    app = typer.Typer()
    app.command()(check)

    done = CliRunner().invoke(app, ["drafts.jsonl", "--plugin", "trap", "--jobs", "2", "--format", form])

    assert done.exit_code == 1
    assert said in done.stdout
    assert done.stderr.startswith("3 records: 2 holds, 0 fails, 0 suspicious, ")
    assert done.stderr.endswith(" unknown, 1 not checked\n")


@pytest.mark.usefixtures("_trap")
def test_a_worker_has_bounded_memory_and_writes_no_file() -> None:
    with Pool(TRAP, jobs=1) as pool:
        found = list(pool.check(lines("fill", "write", "fine")))

    reasons = [each.report.findings[0].evidence.get("reason") for each in found if each.report is not None]
    assert reasons == ["crashed: MemoryError", "crashed: OSError", None]


@pytest.mark.usefixtures("_trap")
def test_a_worker_starts_clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a canary")
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "secret").open("w"), Pool(TRAP, jobs=2) as pool:
        (found,) = pool.check(lines("look"))

    assert found.report is not None
    seen = dict(found.report.findings[0].evidence)
    path = seen.pop("path")
    files = seen.pop("files")
    assert isinstance(path, list)
    assert isinstance(files, list)
    assert "" not in path
    assert not [name for name in files if "secret" in str(name)]
    # An interpreter may set a locale for itself where it was given none.
    environ = seen.pop("environ")
    assert isinstance(environ, dict)
    assert set(environ) <= {"LC_CTYPE"}
    assert seen == {"folder": "/", "isolated": 1, "sympy": False, "group": True}


def test_workers_that_cannot_start_are_the_caller_s_error() -> None:
    with pytest.raises(CopilotError, match="status 1") as caught:
        Pool(Choice(plugins=("nobody",)), jobs=2)

    assert "--jobs" in caught.value.hint


def test_lines_are_read_only_as_they_are_needed() -> None:
    read = itertools.count(1)

    def endless() -> Iterator[tuple[int, bytes]]:
        for number in read:
            yield number, b'{"response": "a"}'

    with Pool(Choice(), jobs=2) as pool:
        found = pool.check(endless())
        assert [next(found).line for _ in range(100)] == list(range(1, 101))

    assert next(read) < 300


@pytest.mark.usefixtures("_trap")
def test_no_worker_outlives_its_pool() -> None:
    with Pool(TRAP, jobs=2) as pool:
        pids = children()
        found = pool.check(lines(*["fine"] * 40, *["hang"] * 40))
        next(found)
        began = time.monotonic()

    assert time.monotonic() - began < 5
    assert len(pids) >= 2
    assert not pids & children()


def children() -> set[int]:
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()}


def test_a_worker_whose_parent_is_killed_ends_by_itself() -> None:
    script = (
        "import time\nfrom copilot.checkfile import Choice, Pool\n"
        "from pathlib import Path\nimport os\n"
        "with Pool(Choice(), jobs=2):\n"
        "    print(*[pid for task in Path(f'/proc/{os.getpid()}/task').iterdir()"
        " for pid in (task / 'children').read_text().split()], flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=TOP, text=True) as parent:
        assert parent.stdout is not None
        pids = parent.stdout.readline().split()
        parent.kill()

    assert len(pids) == 2
    due = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < due:
        time.sleep(0.02)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_memory_does_not_grow_with_the_file(tmp_path: Path, jobs: int) -> None:
    def peak(records: int) -> float:
        filler = "lorem ipsum " * 3_000
        path = tmp_path / f"{records}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for number in range(records):
                record = {"id": str(number), "steps": ["2 + 2 = 4", f"{number} + 1 = 7"], "metadata": filler}
                out.write(json.dumps(record) + "\n")
        script = (
            "import resource, sys\n"
            "sys.argv = ['copilot', 'check', sys.argv[1], '--format', 'sarif', '--jobs', sys.argv[2]]"
            "\nfrom copilot.cli.main import app\ntry: app()\nexcept SystemExit: pass\n"
            "usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
            "print(max(usage), file=sys.stderr)\n"
        )
        said = subprocess.run(
            [sys.executable, "-c", script, str(path), str(jobs)], capture_output=True, text=True, cwd=TOP, check=True
        )
        log = json.loads(said.stdout)
        assert len(log["runs"][0]["results"]) == records - 1
        return int(said.stderr.splitlines()[-1]) / 1024

    few, many = peak(50), peak(1_000)

    assert many - few < 6  # MiB, of a file that grew by 33
