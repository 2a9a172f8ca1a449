"""The algebra system in its own process: what it shows, and that nothing it does can hurt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checkers.decide.algebra import COMMAND, Algebra
from checkers.decide.decision import Bounds
from checkers.decide.equal import equal
from checkers.finding import Verdict
from checkers.formula.read import read
from checkers.formula.tree import Chain, Node

READY = "import sys, time, os\nout = sys.stdout.buffer\nout.write(b'ready\\n'); out.flush()\nsys.stdin.buffer.read(4)\n"


def sides(text: str) -> tuple[Node, Node]:
    chain = read(text)
    assert isinstance(chain, Chain)
    return chain.parts[0], chain.parts[1]


@pytest.fixture(scope="module")
def algebra() -> Iterator[Algebra]:
    found = Algebra()
    yield found
    found.close()


@pytest.fixture
def lane() -> Iterator[Callable[[str], Algebra]]:
    opened: list[Algebra] = []

    def start(code: str) -> Algebra:
        opened.append(Algebra((sys.executable, "-I", "-c", code)))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def planted(code: str) -> str:
    """The worker itself, with a line of the attacker's where it builds its trees."""
    return f"""
import importlib.util
found = importlib.util.spec_from_file_location("worker", {COMMAND[2]!r})
worker = importlib.util.module_from_spec(found)
found.loader.exec_module(worker)
rightful = worker.build
import os, socket, subprocess, sympy
def build(tree, depth=0):
    if worker.hooked:
        {code}
    return rightful(tree, depth)
worker.build = build
worker.hooked = False
import sys
adding = sys.addaudithook
def add(hook):
    worker.hooked = True
    adding(hook)
sys.addaudithook = add
worker.main()
"""


@pytest.mark.parametrize(
    "text",
    [
        "(x + 1)^2 = x^2 + 2x + 1",
        "\\sin(\\arcsin(x)) = x",
        "\\sqrt{7 + 4\\sqrt3} = 2 + \\sqrt3",
        "\\sum_{k=1}^{n} 2^k = 2^{n+1} - 2",
        "\\log_2(8) = 3",
        "50\\% = \\frac12",
        "e^{i\\pi} = -1",
    ],
)
def test_the_algebra_system_shows_identities(algebra: Algebra, text: str) -> None:
    assert algebra.shows_equal(*sides(text), seconds=20) == (True, "not shown")


def test_what_is_not_shown_is_unknown(algebra: Algebra) -> None:
    assert algebra.shows_equal(*sides("x + 1 = x"), seconds=20)[0] is False
    found = equal(*sides("\\lfloor x \\rfloor \\cdot y^z = 2"), algebra=algebra, bounds=Bounds(seconds=20))
    assert found.verdict in (Verdict.UNKNOWN, Verdict.FAILS)


def test_one_worker_answers_many_jobs_of_many_threads(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    before = algebra.process
    found: list[bool] = []
    asking = [
        threading.Thread(
            target=lambda: found.append(algebra.shows_equal(*sides("(x+1)(x-1) = x^2 - 1"), seconds=20)[0])
        )
        for _ in range(8)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert found == [True] * 8
    assert algebra.process is before


@pytest.mark.parametrize(
    "code",
    [
        "sympy.sin('__import__(chr(111)+chr(115))')",
        "open('/etc/hostname')",
        "open('/proc/self/environ')",
        "eval('1 + 1')",
        "exec('x = 1')",
        "compile('1', '', 'eval')",
        "socket.socket()",
        "os.system('true')",
        "subprocess.Popen(['true'])",
        "os.listdir('/')",
        "import ftplib",
    ],
)
def test_planted_code_ends_the_worker_and_reads_unknown(lane: Callable[[str], Algebra], code: str) -> None:
    algebra = lane(planted(code))

    shows, reason = algebra.shows_equal(*sides("x + 1 = 1 + x"), seconds=20)

    assert (shows, reason) == (False, "the algebra system died")
    assert algebra.process is None


def test_the_worker_in_which_nothing_is_planted_answers(lane: Callable[[str], Algebra]) -> None:
    assert lane(planted("pass")).shows_equal(*sides("x + 1 = 1 + x"), seconds=20)[0] is True


def test_text_in_a_job_is_refused_by_its_shape(algebra: Algebra) -> None:
    for tree in (["number", "1", 1], ["symbol", "x"], ["call", "sin", "__import__('os')"], "x", ["call", "system", []]):
        reply = algebra._reply(json.dumps([tree, ["number", 1, 1]]).encode(), 20)

        assert isinstance(reply, dict)
        assert reply["equal"] is None
        assert reply["reason"] in ("ValueError", "KeyError")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("time.sleep(60)", "deadline"),
        ("out.write(b'\\x00\\x00'); out.flush(); time.sleep(60)", "deadline"),
        ("out.write(b'\\xff' * 4); out.flush(); time.sleep(60)", "replied too much"),
        ("out.write(b'\\x00\\x00\\x00\\x02[]'); out.flush(); time.sleep(60)", "nonsense"),
        ("out.write(b'\\x00\\x00\\x00\\x04\\x80\\x04K.'); out.flush(); time.sleep(60)", "nonsense"),
        ("out.write(b'\\x00\\x00\\x00\\x40{'); out.flush()", "died"),
        ("os._exit(70)", "died"),
        ("os.kill(os.getpid(), 9)", "died"),
    ],
)
def test_a_worker_that_answers_badly_is_ended_and_reads_unknown(
    lane: Callable[[str], Algebra], code: str, reason: str
) -> None:
    algebra = lane(READY + code)
    algebra._running()
    began = time.monotonic()

    shows, told = algebra.shows_equal(*sides("x = x"), seconds=1)

    assert (shows, reason in told) == (False, True), told
    assert time.monotonic() - began < 5
    assert algebra.process is None


def test_a_killed_worker_is_replaced(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    assert algebra.process is not None
    algebra.process.kill()
    algebra.process.wait()

    assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True


def test_a_worker_whose_thread_has_ended_is_replaced_without_a_word() -> None:
    algebra = Algebra()
    starting = threading.Thread(target=algebra._running)
    starting.start()
    starting.join()

    try:
        assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True
    finally:
        algebra.close()


def test_the_worker_has_no_environment_few_files_and_little_memory(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    assert algebra.process is not None
    own = Path(f"/proc/{algebra.process.pid}")

    assert (own / "environ").read_bytes() == b""
    assert {int(name) for name in os.listdir(own / "fd")} <= {0, 1, 2, 3}
    limits = (own / "limits").read_text(encoding="ascii")
    assert f"Max address space         {512 << 20}" in limits
    assert "Max file size             0 " in limits


def test_the_worker_dies_with_the_process_that_started_it() -> None:
    code = (
        "import sys, time\nfrom checkers.decide.algebra import Algebra\nlane = Algebra()\n"
        "print(lane._running().pid, flush=True)\ntime.sleep(60)"
    )
    root = str(Path(COMMAND[2]).parents[2])
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env={"PYTHONPATH": root}) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not Path(f"/proc/{pid}").exists() or "Z" in _state(pid)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
